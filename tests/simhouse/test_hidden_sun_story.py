"""The demo of a throttled inverter: one day with and without tests for hidden sun."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest
from matplotlib.figure import Figure
from rich.console import Console

from simhouse.cli.demo import main
from simhouse.house.config_file import read_config_file
from simhouse.house.record import Record
from simhouse.report import picture
from simhouse.report.hidden_sun_story import play_without_tests
from simhouse.report.picture_canvas import Canvas
from simhouse.report.picture_sun import draw_sun
from simhouse.report.sun_table import print_sun
from simhouse.report.verdict import possible_kwh

from .houses import AT_ONCE, call, charger, house
from .test_demo import RecklessHost

THROTTLED = {"solar_w": "sensor.sun", "inverter": {"max_w": 2500, "throttles": True}}


@pytest.mark.usefixtures("unrendered")
def test_a_throttled_day_is_shown_with_and_without_its_tests(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(picture, "draw_sun", lambda *_, name="sun", **__: drawn.append(name))
    told: list[Any] = []

    class Reading(RecklessHost):
        """Keeps what CONFIG says about the inverter."""

        def __init__(self, config: Path, **more: Any) -> None:
            told.append(read_config_file(config)["site"]["inverter"])
            super().__init__(config, **more)

    options = ["--config", "zero_export", "--hours", "08-08:10", "--battery-soc", "100"]
    main([*options, "--out", str(tmp_path)], Reading)
    assert told == [{"max_w": 8000, "throttles": True}, {"max_w": 8000, "throttles": False}]
    shown = capsys.readouterr().out
    for text in ("Hidden sun, kWh", "with tests", "without", "could give"):
        assert text in shown
    assert drawn == ["sun", "sun, without tests"]


@pytest.mark.parametrize(
    ("inverter", "denied"),
    [
        ({"max_w": 1}, None),
        (None, None),
        ([{"throttles": True}, {"max_w": 1}], [{"throttles": False}, {"max_w": 1, "throttles": False}]),
    ],
)
def test_only_a_throttled_house_is_played_again(inverter: object, denied: object) -> None:
    async def again(config: Any) -> Any:
        return config["site"]["inverter"]

    assert asyncio.run(play_without_tests({"site": {"inverter": inverter}}, again)) == denied


def test_what_the_inverter_could_have_given_is_a_dashed_line_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    a = house(site=THROTTLED, base_w=1000.0, solar=[3000.0] * 600)
    record = Record(a)
    for t_s in range(600):
        a.step(t_s)
        record.watch(a.now, {})
    axis = Figure().subplots()
    draw_sun(axis, Canvas(record), record.ledger)
    (could,) = [line.get_ydata() for line in axis.get_lines() if line.is_dashed()]
    assert set(could) == {2.5}
    assert record.held_back_kwh == pytest.approx(1.5 / 6, abs=0.01)
    assert axis.get_legend().get_title().get_text() == "sun 0.2 kWh\nof 0.4 kWh possible"
    print_sun(Console(), record)
    shown = capsys.readouterr().out
    assert "could not take 0.1 kWh more" in shown and "held back 0.2 kWh more" in shown


def test_a_throttled_cars_possible_energy_counts_what_the_inverter_holds_back() -> None:
    a = house(site=THROTTLED, loads={"car": charger(mode="solar_only")}, cars={"car": AT_ONCE}, solar=[3000.0] * 600)
    a.apply([call("switch.turn_off", "switch.car")], 0)
    record = Record(a)
    for t_s in range(600):
        a.step(t_s)
        record.watch(a.now, {})
    assert possible_kwh(record, "car") > 0.2
