"""A load in watts through the scripts: from its entities to the watts that it is sent, and what its entity shows."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from .houses import House, amps, config, unit, watts

HEATER = {"type": "power", "power": "number.heater", "draw": "sensor.heater", "max_w": 3000, "phases": ["L1"]}


class Heater:
    """A house with a heater that follows its number at once, and `base_a` of everything else."""

    def __init__(self, home: House, base_a: float) -> None:
        self.home, self.base_a, self.sent_w, self.water_c = home, base_a, 0.0, 50.0

    def run(self, seconds: int) -> None:
        begun = int(self.home.t)
        for t in range(begun + 1, begun + seconds + 1):
            self.home.report(t, self.states(), last=t == begun + seconds)
            self.sent_w = next(iter(self.home.sent("number.heater")), self.sent_w)

    def call(self, service: str, **data: Any) -> None:
        self.home.call(service, load="heater", **data)
        self.sent_w = next(iter(self.home.sent("number.heater")), self.sent_w)

    def states(self) -> dict[str, Any]:
        return {
            "sensor.l1": amps(round(self.base_a + self.sent_w / 230, 3)),
            "sensor.sun": watts(5000),
            "number.heater": unit(self.sent_w, "W", min=0, max=3000, step=1),
            "sensor.heater": watts(self.sent_w),
            "sensor.water": unit(self.water_c, "°C"),
        }


@pytest.fixture
def heater(house):
    loads = {"heater": {**HEATER, "mode": "solar_only", "temperature": "sensor.water", "max_c": 60}}
    home = Heater(house(config(loads=loads, solar_w="sensor.sun")), -5.0)
    home.run(50)
    return home


def test_it_follows_the_surplus_and_shows_watts(heater):
    assert heater.sent_w == 1150
    assert heater.home.state("sensor.fusebox_heater") == "1150"
    shown = heater.home.shown("heater")
    assert (shown["unit_of_measurement"], shown["max_w"], shown["status"]) == ("W", 3000, "on")
    assert (shown["temperature_c"], shown["target_c"]) == (50.0, 60)
    assert "rated_w" not in shown
    heater.base_a = -7.0
    heater.run(20)
    assert heater.sent_w == 1610


def test_its_modes_limit_and_temperature_are_obeyed(heater):
    heater.call("fusebox_set", max_w=690)
    heater.run(11)
    assert heater.sent_w == 690
    heater.water_c = 60.0
    heater.run(2)
    assert heater.sent_w == 0
    assert heater.home.shown("heater")["reason"] == "at 60 °C, heats up to 60 °C, again below 58 °C"
    heater.water_c = 57.0
    heater.run(60)
    assert heater.sent_w == 690
    heater.call("fusebox_set_mode", mode="off")
    heater.run(2)
    assert heater.sent_w == 0


def test_a_boost_uses_the_grid_and_ends_by_hand(heater):
    heater.call("fusebox_boost", state=True)
    heater.run(30)
    assert heater.sent_w == 3000
    heater.call("fusebox_boost", state=False)
    heater.run(30)
    assert heater.sent_w == 1150


@pytest.mark.parametrize("amount", [{"hours": 1}, {"energy_kwh": 3}])
def test_a_plan_runs_it_at_its_price_and_its_mode_counts_outside(house, amount):
    start = datetime(2026, 6, 15, 11, 59, tzinfo=UTC)
    loads = {"heater": {**HEATER, "mode": "off", "plan": {"ready_by": "14:00", **amount, "max_price": None}}}
    written = {**config(loads=loads), "prices": {"fixed": {"hours": {"12-13": 0.10}, "else": 0.40}}}
    heater = Heater(house(written, start=start, time_zone="UTC"), 2.0)
    heater.home.save({**written, "loads": {"heater": {**loads["heater"], "mode": "solar_only"}}})
    heater.run(30)
    assert heater.sent_w == 0
    heater.run(120)
    assert heater.sent_w == 3000
    shown = heater.home.shown("heater")
    assert (shown["plan_state"], shown["plan"][0]["kw"]) == ("running", 3.0)


@pytest.mark.parametrize(("base_a", "runs_min"), [(2.0, 15), (18.5, 30)])
def test_a_plan_of_hours_ends_after_these_hours_at_full_power(house, base_a, runs_min):
    start = datetime(2026, 6, 15, 11, 59, 30, tzinfo=UTC)
    loads = {"heater": {**HEATER, "plan": {"ready_by": "14:00", "hours": 0.25, "finish": "early"}}}
    written = {**config(loads=loads), "prices": {"fixed": {"hours": {"12-13": 0.10}, "else": 0.40}}}
    heater = Heater(house(written, start=start, time_zone="UTC"), base_a)
    heater.run(60 * runs_min)
    assert heater.sent_w == pytest.approx(3000 * 15 / runs_min, abs=5)
    heater.run(150)
    assert (heater.sent_w, heater.home.shown("heater")["plan_state"]) == (0, "done")
