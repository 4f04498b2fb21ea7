"""The limit on export, from prices and meters to the inverter's number, over restarts and saved CONFIGs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simhouse.host.mirror import STORAGE_NAME

from .houses import House, charger, charging, config, unit, watts

NUMBER = "number.export_limit"
CURTAIL = {"number": NUMBER, "unit": "%", "of_w": 10_000, "normal": 100}
LEFT = [{"entity": NUMBER, "before": 100, "sent": [0]}]
"""What a process that held the inverter back at 0 % has on disk."""
FILES = ("fusebox.plans", "fusebox.export")
DAMAGE = ("{", json.dumps([1, 2]), json.dumps({"lowered": [{"entity": NUMBER, "before": "high"}]}))
"""A torn file, other JSON, and a record whose value is damaged."""
LOADS = {"car": charger(mode="solar_only")}
STEP_S = 10


class Roof:
    """An inverter of 10 kW with its number, in full sun; the house takes 1 kW."""

    def __init__(self, house: House, number: float = 100) -> None:
        self.house, self.t, self.number = house, 0, str(number)
        self.obeys, self.sun_w, self.output_is_limited = True, 8000.0, False
        self.taken_w = 1000.0

    @property
    def output_w(self) -> float:
        most_w = float(self.number) * 100 + (0 if self.output_is_limited else 1000)
        return min(self.sun_w, most_w) if self.number != "unavailable" else self.sun_w

    def states(self) -> dict[str, Any]:
        number = {"state": self.number, "attributes": {"min": 0, "max": 100, "step": 1, "unit_of_measurement": "%"}}
        return {"sensor.l1": watts(self.taken_w - self.output_w), "sensor.sun": watts(self.output_w), NUMBER: number}

    def run(self, seconds: int, **states: Any) -> list[str]:
        """Run some seconds; return what was sent to the number."""
        sent = []
        for _ in range(0, seconds, STEP_S):
            self.house.line(self.t, {**self.states(), **states}, leap=True)
            for value in self.house.sent(NUMBER):
                sent.append(f"{value:g}")
                if self.obeys:
                    self.number = sent[-1]
            self.t += STEP_S
        return sent


def write_files(folder: Path, **texts: str | None) -> None:
    """Write what an earlier process left in `.storage`; None for no such file."""
    (folder / STORAGE_NAME).mkdir()
    for name, text in texts.items():
        if text is not None:
            (folder / STORAGE_NAME / name).write_text(text, encoding="utf-8")


def of(site: dict[str, Any], **sections: Any) -> dict[str, Any]:
    return {**config(loads=LOADS, solar_w="sensor.sun", main_fuse_a=63, **site), **sections}


def test_within_two_minutes_no_more_is_exported_than_allowed(house):
    roof = Roof(house(of({"export": {"max_w": {"pct": 60, "of_w": 10_000}, "curtail": CURTAIL}})))
    assert roof.run(60) == []
    assert roof.run(60) == ["60"]
    assert roof.house.shown()["export_limit_w"] == 6000
    assert roof.run(300) == []


def test_an_output_follows_what_the_house_takes(house):
    curtail = {**CURTAIL, "limits": "output"}
    roof = Roof(house(of({"export": {"max_w": 0, "curtail": curtail}})))
    roof.output_is_limited = True
    assert roof.run(120) == ["10"]
    assert roof.house.shown()["export_limit_w"] == 0
    roof.sun_w = 300.0
    roof.run(600)
    assert roof.number == "100"


def test_a_negative_export_price_holds_the_inverter_back_and_a_better_one_releases_it(house):
    prices = {"fixed": 0.3, "export": "input_number.feed_in"}
    roof = Roof(house(of({"export": {"when_price_below": 0, "curtail": CURTAIL}}, prices=prices)))
    assert roof.run(120, **{"input_number.feed_in": unit(0.05, "EUR/kWh")}) == []
    assert roof.run(120, **{"input_number.feed_in": unit(-0.02, "EUR/kWh")}) == ["0"]
    assert roof.run(30, **{"input_number.feed_in": unit(0.01, "EUR/kWh")}) == ["100"]


def test_a_saved_config_without_the_limit_gives_the_inverter_back(house):
    limit = {"export": {"max_w": 0, "curtail": CURTAIL}}
    roof = Roof(house(of(limit)))
    roof.run(120)
    assert roof.number == "0"
    roof.house.save(of({}))
    assert set(roof.run(60)) == {"100"}


def test_a_saved_config_without_a_site_gives_the_inverter_back(house):
    roof = Roof(house(of({"export": {"max_w": 0, "curtail": CURTAIL}})))
    roof.run(120)
    assert roof.number == "0"
    radiators = [{"name": "bath", "virtual": "input_boolean.bath", "actual": "switch.bath"}]
    roof.house.save({"radiators": {"name": "heating", "max_active": [1, 0], "radiators": radiators}})
    assert set(roof.run(120)) == {"100"}


@pytest.mark.parametrize("margin_a", [0, 1])
def test_a_saved_config_with_the_limit_goes_on_holding_the_inverter_back(house, margin_a):
    limit = {"export": {"max_w": 0, "curtail": CURTAIL}}
    roof = Roof(house(of(limit)))
    roof.run(120)
    assert roof.number == "0"
    roof.house.save(of({**limit, "margin_a": margin_a, "stale_after_s": 40}))
    assert roof.run(180) == []


def test_a_dry_run_lowers_nothing(house):
    export = {"export": {"max_w": 0, "curtail": CURTAIL}}
    roof = Roof(house(of({**export, "dry_run": True})))
    assert roof.run(180) == []
    assert roof.house.shown()["export_limit_w"] == 0


def test_the_inverter_is_given_back_while_the_grid_is_gone(house):
    gone = "binary_sensor.grid_gone"
    facts = {"export": {"max_w": 0, "curtail": CURTAIL}, "island": gone, "inverter": {"max_w": 10_000}}
    roof = Roof(house(of(facts)))
    roof.run(120, **{gone: "off"})
    assert roof.number == "0"
    assert roof.run(30, **{gone: "on"})[:1] == ["100"]
    assert roof.number == "100"


@pytest.mark.parametrize("moved", [None, "30"])
def test_the_next_start_gives_back_what_a_killed_process_left_and_leaves_a_persons_value(house, tmp_path, moved):
    write_files(tmp_path, **{"fusebox.plans": json.dumps({"lowered": LEFT})})
    roof = Roof(house(of({})), 0)
    roof.number = moved or "0"
    roof.run(60)
    assert roof.number == (moved or "100")


@pytest.mark.parametrize(("limits", "left"), [("export", 0), ("output", 10)])
def test_the_next_start_goes_on_holding_back_what_a_killed_process_left(house, tmp_path, limits, left):
    write_files(tmp_path, **{"fusebox.export": json.dumps({"lowered": [{**LEFT[0], "sent": [left]}]})})
    roof = Roof(house(of({"export": {"max_w": 0, "curtail": {**CURTAIL, "limits": limits}}})), left)
    roof.output_is_limited = limits == "output"
    assert roof.run(180) == []


@pytest.mark.parametrize(("price", "sent"), [(-0.02, []), (0.01, ["100"])])
def test_the_next_start_holds_an_inverter_back_only_while_the_price_demands_it(house, tmp_path, price, sent):
    write_files(tmp_path, **{"fusebox.export": json.dumps({"lowered": LEFT})})
    prices = {"fixed": 0.3, "export": "input_number.feed_in"}
    roof = Roof(house(of({"export": {"when_price_below": 0, "curtail": CURTAIL}}, prices=prices)), 0)
    assert roof.run(180, **{"input_number.feed_in": unit(price, "EUR/kWh")}) == sent


@pytest.mark.parametrize("damaged", FILES)
@pytest.mark.parametrize("text", [*DAMAGE, None])
def test_one_damaged_or_missing_file_does_not_keep_the_inverter_back(house, tmp_path, damaged, text):
    write_files(tmp_path, **{**dict.fromkeys(FILES, json.dumps({"lowered": LEFT})), damaged: text})
    roof = Roof(house(of({})), 0)
    assert roof.run(60)[:1] == ["100"]


@pytest.mark.parametrize("text", DAMAGE)
def test_a_number_that_two_damaged_files_may_name_is_reported_until_a_person_moves_it(tmp_path, text):
    write_files(tmp_path, **dict.fromkeys(FILES, text))
    curtail = {key: value for key, value in CURTAIL.items() if key != "normal"}
    limit = {"max_w": 0, "when_price_below": 0, "curtail": curtail}
    facts = of({"export": limit}, prices={"fixed": 0.3, "export": 0.1})
    for _ in range(2):  # the second start finds whole files
        with House(tmp_path, facts) as begun:
            roof = Roof(begun, 20)
            assert roof.run(60) == []
            assert f"{NUMBER} may be too low at 20" in str(begun.shown()["errors"])
    with House(tmp_path, facts) as begun:
        roof = Roof(begun, 20)
        roof.run(30)
        roof.number = "90"
        roof.run(30)
        assert "too low" not in str(begun.shown()["errors"])


@pytest.mark.parametrize("shown", [100, 99.5])
def test_a_number_at_its_normal_is_not_suspected(house, tmp_path, shown):
    write_files(tmp_path, **dict.fromkeys(FILES, "{"))
    roof = Roof(house(of({"export": {"max_w": 9000, "curtail": CURTAIL}})), shown)
    roof.run(60)
    assert "too low" not in str(roof.house.shown()["errors"])


@pytest.mark.parametrize(
    ("export", "feed_in", "is_hidden"),
    [
        pytest.param({"when_price_below": 0}, 0.05, False, id="no limit counts"),
        pytest.param({"max_w": 6000}, 0.05, False, id="what may be exported starts a car"),
        pytest.param({"max_w": 1000}, 0.05, True, id="what may be exported starts no car"),
        pytest.param({"when_price_below": 0}, -0.05, True, id="nothing may be exported"),
    ],
)
def test_a_car_waits_for_the_end_of_a_cloud_unless_the_limit_hides_the_sun(house, export, feed_in, is_hidden):
    prices = {"fixed": 0.3, "export": "input_number.feed_in"}
    home = house({**of({"export": export}, prices=prices), "loads": {"car": charger(mode="solar_only", max_a=6)}})
    roof, seen = Roof(home), {**charging(offer=6), "input_number.feed_in": unit(feed_in, "EUR/kWh")}
    roof.taken_w, roof.sun_w = 2380.0, 2400.0
    roof.run(120, **seen)
    roof.sun_w = 1400.0
    roof.run(60, **seen)
    assert ("off" in [told for _, told in home.all_sent("switch.car")]) is is_hidden


def test_a_car_on_the_sun_tests_while_the_grid_is_gone_whatever_may_be_exported(house):
    facts = {"export": {"max_w": 6000}, "island": "binary_sensor.grid_gone", "inverter": {"max_w": 10_000}}
    home = house({**of(facts), "loads": {"car": charger(mode="solar_only", max_a=6, island=True)}})
    roof, seen = Roof(home), {**charging(offer=6, draw=0), "switch.car": "off", "binary_sensor.grid_gone": "on"}
    # The inverter gives no more than the house takes.
    roof.sun_w = 1000.0
    roof.run(400, **seen)
    assert home.all_sent("switch.car")


def test_an_output_leaves_room_for_a_car_that_has_just_been_started(house):
    curtail = {**CURTAIL, "limits": "output"}
    home = house({**of({"export": {"max_w": 0, "curtail": curtail}}), "loads": {"car": charger(mode="solar_only")}})
    roof, car = Roof(home), {**charging(offer=6, draw=0), "switch.car": "off"}
    roof.output_is_limited, roof.sun_w = True, 4000.0
    while not home.all_sent("switch.car"):
        roof.run(5, **car)
    # It begins to draw ten seconds after the inverter was to be held back.
    roof.run(10, **{**car, "switch.car": "on"})
    roof.taken_w = 2380.0
    roof.run(60, **charging(offer=6))
    assert min(value for _, value in home.all_sent(NUMBER)) == 23
