"""`estimate_power_saving.py` through the host: alone, and with the radiators that follow its level."""

from __future__ import annotations

import logging
from functools import partial

import pytest

from .houses import BRIEF_S, config
from .warm import Warm, heating

STATUS = "pyscript.powersavingmode"
METER = "sensor.house_current"
LEVEL = "input_number.level"


def saving(**more) -> dict:
    """The section with a plain meter, for the radiators of `heating`."""
    return {"meter": {"entity": METER}, "target": LEVEL, "damping_s": 30, **more}


class Home:
    """Six radiators of 5 A behind a meter; the level's helper and the relays obey."""

    def __init__(self, house, lag_s: int = 0, every_s: int = 1, **more) -> None:
        written = heating("abcdef", max_active=[5, 4, 2, 1, 0]) | {"power_saving": saving(**more)}
        self.rooms = Warm(house(written), "abcdef")
        self.house_a, self.level = 2.0, "0"
        self.lag_s, self.every_s = lag_s, every_s
        self.flows: list[float] = []
        self.second = 0
        self.rooms.t = -1

    @property
    def flow_a(self) -> float:
        return self.house_a + 5 * len(self.rooms.lit)

    def go(self, seconds: int) -> None:
        self.rooms.house.is_brief = seconds < BRIEF_S
        for left in reversed(range(seconds)):
            states = {LEVEL: self.level}
            self.flows.append(self.flow_a)
            if self.second % self.every_s == 0:
                states[METER] = str(self.flows[max(len(self.flows) - 1 - self.lag_s, 0)])
            if self.second == 0:
                states |= {f"input_boolean.{name}": "on" for name in "abcdef"}
                states |= {"input_boolean.away": "off", "sensor.oven": "1"}
            self.rooms.line(states, send=partial(self.rooms.house.report, last=left == 0))
            for service, data in ((c["service"], c["data"]) for c in self.rooms.house.reply["calls"]):
                if service == "input_number.set_value":
                    self.level = str(float(data["value"]))
            self.second += 1

    @property
    def shown(self) -> dict:
        return self.rooms.shown(STATUS)


def test_it_writes_the_helper_and_says_why(house):
    home = house({"power_saving": saving()})
    home.line(0, {METER: "12", LEVEL: "0"})
    assert home.calls == [(0, "input_number.set_value", {"entity_id": LEVEL, "value": 2})]
    shown = home.session.host.world.states.get(STATUS)
    assert shown.state == "2"
    assert shown.attributes["available"] == 15
    assert shown.attributes["heating_remaining_power"] == 15
    assert shown.attributes["method"] == "global"
    assert "15 is left for heating" in shown.attributes["reason"]


def test_an_attribute_and_a_divisor(house):
    meter = {"entity": METER, "attribute": "rms", "divisor": 1000}
    home = house({"power_saving": saving(meter=meter)})
    home.line(0, {METER: {"state": "on", "attributes": {"rms": 20500}}, LEVEL: "0"})
    assert home.calls[-1][2]["value"] == 3
    home.line(5, {METER: {"state": "on", "attributes": {"rms": 40000}}, LEVEL: "3"})
    assert home.calls[-1][2]["value"] == 4


def levels_told(home: Home) -> list[tuple[float, int]]:
    """The times and levels that the helper was sent."""
    return [(t, d["value"]) for t, service, d in home.rooms.house.calls if service == "input_number.set_value"]


@pytest.mark.parametrize("word", ["unknown", "unavailable", "nan", "inf", "soon"])
def test_a_meter_that_is_unknown_for_stale_after_s_means_the_last_level_but_one(house, word):
    home = Home(house)
    home.go(10)
    assert home.level == "0"
    home.rooms.line({METER: word})
    home.rooms.go(28)
    assert levels_told(home) == []
    assert "the meter is unknown" in home.shown["reason"]
    home.rooms.go(5)
    assert [level for _, level in levels_told(home)] == [3]


def test_a_meter_that_blinks_moves_no_level(house):
    home = Home(house)
    home.go(10)
    for _ in range(8):
        home.rooms.line({METER: "unavailable"})
        home.rooms.go(20)
        home.go(2)
    assert levels_told(home) == [] and len(home.rooms.lit) == 5


def test_a_meter_that_is_not_there_after_a_restart_has_as_long_to_come(house):
    home = house({"power_saving": saving()})
    home.line(0, {METER: "unavailable", LEVEL: "1"})
    home.steady(29)
    assert home.calls == []
    home.steady(34)
    assert [data["value"] for _, _, data in home.calls] == [3]


def test_an_extra_meter_that_is_lost_counts_as_unknown_after_stale_after_s(house):
    home = Home(house, method="individual", extra_meters=["sensor.oven"], blind_level=2)
    home.go(60)
    assert levels_told(home) == [], "an oven that is off says nothing for hours"
    home.rooms.line({"sensor.oven": "unavailable"})
    home.go(28)
    assert levels_told(home) == []
    home.go(5)
    assert [level for _, level in levels_told(home)] == [2]
    assert "one of extra_meters is unknown" in home.shown["reason"]
    home.rooms.line({"sensor.oven": "1"})
    home.go(60)
    assert home.level == "1.0" and len(home.rooms.lit) == 4


def test_a_meter_that_falls_silent_counts_as_unknown(house):
    home = Home(house)
    home.go(20)
    home.rooms.go(40)
    assert home.rooms.house.state(STATUS) == "3"


def test_a_meter_that_reports_the_same_is_alive(house):
    home = Home(house)
    home.go(100)
    assert home.rooms.house.state(STATUS) == "0"


def test_test_mode_writes_nothing(house):
    home = house({"power_saving": saving(test_mode=True)})
    home.line(0, {METER: "30", LEVEL: "0"})
    home.steady(30, {METER: "30"})
    assert home.calls == []
    assert home.state(STATUS) == "4"


def test_a_dry_run_of_the_site_writes_nothing(house):
    home = house(config(dry_run=True) | {"power_saving": saving()})
    home.line(0, {METER: "30", LEVEL: "0"})
    home.steady(30, {METER: "30"})
    assert home.calls == []
    assert home.state(STATUS) == "4"


def test_a_helper_that_does_not_accept_it_is_sent_it_again_and_named(house):
    home = house({"power_saving": saving()})
    home.is_exact = True
    home.line(0, {METER: "30", LEVEL: "0"})
    home.steady(60, {METER: "30"})
    assert [t for t, _, _ in home.calls] == [0, 10, 30]
    assert "does not show level 4" in home.session.host.world.states.get(STATUS).attributes["reason"]


def test_a_helper_that_ends_too_early_is_set_as_high_as_it_goes_and_named(house):
    home = house({"power_saving": saving()})
    home.line(0, {METER: "30", LEVEL: {"state": "0", "attributes": {"min": 0, "max": 3}}})
    assert home.calls[-1][2]["value"] == 3
    home.steady(30, {METER: "30", LEVEL: "3"})
    assert len(home.calls) == 1
    assert "raise its maximum" in home.session.host.world.states.get(STATUS).attributes["reason"]


def test_without_the_section_nothing_is_done_and_that_is_said_once(house, caplog):
    caplog.set_level(logging.INFO)
    home = house(config())
    home.steady(40)
    assert home.state(STATUS) is None
    assert sum("no section 'power_saving'" in r.getMessage() for r in caplog.records) == 1


@pytest.mark.parametrize(("lag_s", "every_s"), [(0, 1), (1, 1), (0, 10)])
def test_after_a_kettle_the_radiators_are_off_within_two_seconds_of_the_reading(house, lag_s, every_s):
    home = Home(house, lag_s, every_s)
    home.go(60)
    assert len(home.rooms.lit) == 5
    home.house_a = 12.0
    home.go(lag_s + every_s + 2)
    assert home.flow_a <= 30
    assert len(home.rooms.lit) == 2
    home.go(100)
    assert (home.level, len(home.rooms.lit)) == ("2.0", 2)
    home.house_a = 1.0
    home.go(120)
    assert len(home.rooms.lit) >= 4


def test_a_hand_on_the_helper_is_respected_until_there_is_a_reason(house):
    home = Home(house)
    home.go(20)
    home.level = "3"
    home.go(10)
    assert (home.level, len(home.rooms.lit)) == ("3", 1)
    home.house_a = 28.0
    home.go(3)
    assert home.rooms.lit == ""


def test_two_sections_each_with_its_own_meter(house):
    other = saving(meter="sensor.two", target="input_number.two", status="pyscript.two")
    home = house({"power_saving": [saving(), other]})
    home.line(0, {METER: "30", LEVEL: "4", "sensor.two": "8", "input_number.two": "0"})
    assert [d for _, _, d in home.calls] == [{"entity_id": "input_number.two", "value": 2}]
    assert (home.state(STATUS), home.state("pyscript.two")) == ("4", "2")
