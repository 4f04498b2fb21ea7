"""The demo of a limit on export, and of a time without the grid."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from simhouse.cli.demo import main
from simhouse.house.config_file import read_config_file
from simhouse.house.record import Record
from simhouse.report import picture
from simhouse.report.export_story import play_without_limit
from simhouse.report.verdict import judge

from .houses import AT_ONCE, charger, house
from .test_demo import RecklessHost

GONE = "binary_sensor.grid_gone"
BATTERY = {"soc_pct": "sensor.soc", "charge_w": "sensor.battery", "max_discharge_w": 3000, "capacity_kwh": 10}


@pytest.mark.usefixtures("unrendered")
def test_a_day_with_a_limit_on_export_is_shown_with_and_without_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[str] = []
    monkeypatch.setattr(picture, "draw_sun", lambda *_, name="sun", **__: drawn.append(name))
    limited: list[bool] = []

    class Reading(RecklessHost):
        """Remembers whether CONFIG limits the export."""

        def __init__(self, config: Path, **more: Any) -> None:
            limited.append("export" in read_config_file(config)["site"])
            super().__init__(config, **more)

    main(["--config", "negative_prices", "--hours", "12-12:05", "--out", str(tmp_path)], Reading)
    assert limited == [True, False]
    assert "Limit on export" in capsys.readouterr().out
    assert drawn == ["sun", "sun, without limit"]


@pytest.mark.usefixtures("unrendered")
def test_the_second_run_of_a_demo_reads_the_secrets_too(tmp_path: Path) -> None:
    seen: list[bool] = []

    class Reading(RecklessHost):
        def __init__(self, config: Path, **more: Any) -> None:
            seen.append((config.parent / "secrets.yaml").exists())
            super().__init__(config, **more)

    (tmp_path / "secrets.yaml").write_text("tag: 04A1B2\n", encoding="utf-8")
    site = {"main_fuse_a": 25, "grid": {"L1": "sensor.net"}, "solar_w": "sensor.sun"}
    site |= {"export": {"max_w": 0, "curtail": {"number": "number.limit"}}}
    config = {"site": site, "vehicles": {"ioniq": {"tags": ["!secret tag"]}}}
    (tmp_path / "site.py").write_text(f"CONFIG = {config}\n", encoding="utf-8")
    main(["--config", str(tmp_path / "site.py"), "--hours", "12-12:02", "--out", str(tmp_path)], Reading)
    assert seen == [True, True]


@pytest.mark.parametrize("export", [None, {"max_w": 0}])
def test_a_house_whose_inverter_is_not_held_back_is_not_played_again(export: object) -> None:
    async def again(config: Any) -> Any:
        return config

    assert asyncio.run(play_without_limit({"site": {"export": export}}, again)) is None


@pytest.mark.parametrize(
    "more", [{"export": {"max_w": 0, "curtail": {"number": "number.limit"}}}, {"inverter": {"throttles": True}}]
)
@pytest.mark.usefixtures("unrendered")
def test_an_inverter_without_a_measured_sun_is_demonstrated_all_the_same(tmp_path: Path, more: Any) -> None:
    config = tmp_path / "site.py"
    config.write_text(
        f"CONFIG = {{'site': {more | {'main_fuse_a': 25, 'grid': {'L1': 'sensor.net'}}}}}\n", encoding="utf-8"
    )
    assert main(["--config", str(config), "--hours", "17-17:02", "--out", str(tmp_path)], RecklessHost) == 0


@pytest.mark.parametrize(
    ("solar_w", "base_w", "complaints", "unjudged"),
    [(5000.0, 1000.0, 0, 0), (1500.0, 1000.0, 1, 0), (500.0, 1000.0, 0, 1)],
)
def test_what_inverter_and_battery_cannot_feed_without_the_grid_is_no_success(
    solar_w: float, base_w: float, complaints: int, unjudged: int
) -> None:
    site = {"solar_w": "sensor.sun", "inverter": {"max_w": 5000}, "island": GONE}
    a = house(site=site, base_w=base_w, solar=[solar_w] * 60, loads={"car": charger(max_a=16)})
    a.outage, record = range(20, 40), Record(a)
    for t_s in range(60):
        a.step(t_s)
        record.watch(a.now, {})
    found = judge(record)
    assert [sum("grid is gone" in each for each in said) for said in (found.complaints, found.unjudged)] == [
        complaints,
        unjudged,
    ]


def test_without_the_grid_inverter_and_battery_feed_the_house_and_the_entity_says_so() -> None:
    site = {"solar_w": "sensor.sun", "battery": BATTERY, "inverter": {"max_w": 5000}, "island": GONE}
    a = house(site=site, base_w=1500.0, solar=[1000.0] * 60, soc_pct=60)
    a.outage = range(20, 40)
    gone, nets_a = [], []
    for t_s in range(60):
        a.step(t_s)
        gone.append(a.states[GONE]["state"])
        nets_a.append(sum(a.now.net_a.values()))
    assert gone == ["off"] * 20 + ["on"] * 20 + ["off"] * 20
    assert nets_a[20:40] == [pytest.approx(0)] * 20
    assert a.now.roof.battery_w == pytest.approx(-500, abs=1)


def test_without_the_grid_the_sun_gives_no_more_than_the_house_takes() -> None:
    a = house(site={"solar_w": "sensor.sun", "inverter": {"max_w": 5000}}, base_w=500.0, solar=[3000.0] * 9)
    a.outage = range(9)
    for t_s in range(9):
        a.step(t_s)
    assert (a.now.roof.solar_w, sum(a.now.net_a.values())) == (500, 0)


def test_what_inverter_and_battery_cannot_deliver_is_seen_at_the_meter() -> None:
    site = {"battery": BATTERY, "inverter": {"max_w": 3000}}
    a = house(site=site, loads={"car": charger(max_a=32)}, cars={"car": AT_ONCE}, base_w=0.0, soc_pct=60)
    a.outage = range(30)
    for t_s in range(30):
        a.step(t_s)
    drawn_w = 230 * sum(sum(each.values()) for each in a.now.loads_a.values())
    assert 230 * sum(a.now.net_a.values()) == pytest.approx(drawn_w - 3000, abs=5)
