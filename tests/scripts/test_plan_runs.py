"""Fact 11 during a night: few starts and no short run, whatever the house does meanwhile."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest

from .houses import BOX, charger, config, unit, watts
from .living import Device
from .nights import NORD_POOL, T0, ZONE, Night, car_config, nord_pool

LEAST_S = 15 * 60
START = T0.replace(hour=23)


class Cars(Night):
    """Two of them, and a house that takes now more and now less."""

    step_s = 10

    random = Random(30)

    def __init__(self, house) -> None:
        cars = {"car": Device(on=False, takes_a=16), "van": Device(on=False, takes_a=16, phases="L2")}
        super().__init__(house, **cars)
        self.base_a = {"L1": 2.0, "L2": 1.0, "L3": 1.0}
        self.drawn = {name: [] for name in cars}

    def run(self, seconds: int) -> None:
        for _ in range(seconds // 20):
            if self.second % 240 == 0:
                self.base_a["L1"] = self.random.choice([1.0, 2.0, 3.0, 9.0])
            self.told |= {"sensor.soc": unit(40, "%"), "sensor.battery": watts(0), "switch.force": "off"}
            super().run(10)
            self.second += 10
            for name, seen in self.drawn.items():
                seen.append((self.second, self.devices[name].draw_a > 0))

    def runs(self, name: str) -> list[int]:
        """How long each run of a car was [s]."""
        edges, before = [], False
        for second, draws in [*self.drawn[name], (self.second, False)]:
            if draws is not before:
                edges.append(second)
            before = draws
        return [end - start for start, end in zip(edges[::2], edges[1::2], strict=True)]


def two_cars() -> dict[str, object]:
    plans: Mapping[str, object] = {
        "car": {"ready_by": "00:15", "energy_kwh": 1.8},
        "van": {"ready_by": "00:00", "energy_kwh": 1.2},
    }
    loads = {
        name: charger(name, phases=[phase], plan=plan, max_a=16)
        for (name, plan), phase in zip(plans.items(), ("L1", "L2"), strict=True)
    }
    battery = {
        "soc_pct": "sensor.soc",
        "charge_w": "sensor.battery",
        "capacity_kwh": 8,
        "charge_from_grid": {"switch": "switch.force"},
        "plan": {"ready_by": "02:00", "soc_target_pct": 80},
    }
    written = config(phases="L1 L2 L3", battery=battery, loads=loads)
    tariff = {"kind": "fluvius", "target_kw": 8, "price_per_kw_year": 48, "minimum_kw": 2.5}
    return {**written, "prices": {"import": NORD_POOL}, "tariff": tariff}


def test_fact_11_with_a_battery_and_a_billed_peak_runs_are_long_and_starts_are_few(house) -> None:
    home = Cars(house(two_cars(), start=START, time_zone=ZONE))
    random = Random(3)
    times = [f"{hour:02}:{minute:02}" for hour in (23, 0) for minute in (0, 15, 30, 45)]
    later = {f"{hour:02}:00": 0.6 for hour in range(6, 20)}
    home.told = nord_pool({time: round(random.uniform(0.1, 0.16), 3) for time in times} | later, START)
    home.run(60)
    blocks = {name: len(home.house.shown(name)["plan"]) for name in home.drawn}
    home.until("00:15", START)
    for name, count in blocks.items():
        assert home.house.shown(name)["plan_state"] == "done"
        runs = home.runs(name)
        assert len(runs) <= count + 1, (name, runs)
        assert all(run_s > LEAST_S - 60 for run_s in runs[:-1]), (name, runs)


def test_a_car_that_comes_does_not_begin_before_its_block(house) -> None:
    home = Night(house(car_config({"ready_by": "22:00", "energy_kwh": 1.0}), start=T0, time_zone=ZONE))
    car = home.devices["car"]
    car.status, car.takes_a = "Available", 0.0
    home.told = nord_pool({"21:00": 0.1, "21:15": 0.1})
    home.run(125)
    assert home.house.shown("car")["reason"] == "no car is connected"
    for _ in range(3):
        car.status, car.takes_a = "Preparing", 16.0
        home.run(60)
        car.status, car.takes_a = "Available", 0.0
        home.run(50)
    assert home.hours() == []


def test_what_is_left_after_a_block_takes_the_best_that_remains(house) -> None:
    home = Night(house(car_config({"ready_by": "23:00", "energy_kwh": 1.84}), start=T0, time_zone=ZONE))
    home.told = nord_pool({"20:15": 0.1, "20:30": 0.1, "20:45": 0.12, "22:30": 0.5, "22:45": 0.5})
    home.until("20:20")
    home.base_a["L1"] = 14.0  # it lacks a little at the end of its block
    home.until("20:27")
    home.base_a["L1"] = 1.0
    home.until("21:00")
    assert home.hours() == ["20:15", home.hours()[-1]]
    assert home.hours()[-1] > "20:45"
    assert home.plan()["state"] == "done"


class SmallCharger(Night):
    """The car is behind a charger that gives at most 10 A."""

    def states(self) -> dict[str, Any]:
        found = super().states()
        found["number.car"]["attributes"] = {**BOX, "max": 10}
        return found


@pytest.mark.parametrize(("night", "set_a"), [(SmallCharger, None), (Night, 8.0)])
def test_a_car_that_gets_less_than_max_a_by_charger_or_user_begins_early_enough(house, night, set_a) -> None:
    home = night(house(car_config({"ready_by": "22:00", "energy_kwh": 3.4}), start=T0, time_zone=ZONE))
    home.told = nord_pool({"20:00": 0.2, "21:15": 0.1, "21:30": 0.1, "21:45": 0.1})
    home.run(60)
    if set_a is not None:
        home.devices["car"].offer_a = set_a
    home.until("21:58")
    assert home.plan()["state"] == "done"
