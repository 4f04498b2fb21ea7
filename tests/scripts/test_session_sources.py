"""Where a session's energy came from: never more sun than there was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from .houses import charger, config, plug, watts
from .living import Device
from .nights import T0, ZONE, Night

PHASES = ("L1", "L2", "L3")
ALL = " ".join(PHASES)
PANELS = {"solar_w": "sensor.sun"}


@dataclass
class LateCar(Device):
    """A charger with a car that may still draw what it drew before."""

    late_a: float | None = None

    @property
    def draw_a(self) -> float:
        return super().draw_a if self.late_a is None else self.late_a


class Day(Night):
    """A three-phase house whose charger reports one power; panels feed L1, measured or not."""

    step_s = 10
    sun_w = 0.0

    def grid_a(self, phase: str) -> float:
        return super().grid_a(phase) - (self.sun_w / 230 if phase == "L1" else 0.0)

    def states(self) -> dict[str, Any]:
        car = self.devices["car"]
        power_w = car.draw_a * 230 * len(car.phases.split())
        return {**super().states(), "sensor.car_draw": watts(power_w), "sensor.sun": watts(self.sun_w)}

    def charge(self, vehicle: str, seconds: int = 400) -> dict[str, Any]:
        """Plug in, choose the car, let it charge; return the attributes of its energy."""
        self.devices["car"].status = "Charging"
        self.run(20)
        self.house.call("fusebox_set_vehicle", load="car", vehicle=vehicle)
        self.run(seconds)
        return self.house.shown("car_energy")


@pytest.fixture
def day(house):
    """`day(car_phases, sun_w, **keys of the site)`: a house with a car on these phases, and a pool that waits for
    sun."""

    def begin(car_phases: str = ALL, sun_w: float = 0.0, **site: Any) -> Day:
        cars = charger(phases=list(PHASES), vehicles=["leaf", "ioniq"], pause_s=0)
        loads = {"car": cars, "pool": plug(mode="solar_only", rated_w=4000, phases=["L2"])}
        written = config(loads=loads, phases=ALL, **site)
        written["vehicles"] = {"leaf": {"phases": 1}, "ioniq": {}}
        devices: dict[str, Device] = {"car": LateCar(on=False, status="Available", takes_a=16, phases=car_phases)}
        devices["pool"] = Device("plug", on=False, phases="L2")
        found = Day(house(written, start=T0.replace(hour=12), time_zone=ZONE), **devices)
        found.base_a, found.sun_w = dict.fromkeys(PHASES, 1.0), sun_w
        found.run(30)
        return found

    return begin


@pytest.mark.parametrize(
    ("vehicle", "netting", "takes_a"),
    [("leaf", "per_phase", 6), ("leaf", "sum", 16), ("ioniq", "per_phase", 16), ("ioniq", "sum", 6)],
)
def test_a_house_without_panels_credits_no_sun_whichever_car_is_chosen(day, vehicle, netting, takes_a) -> None:
    """The Leaf counts on one phase, the car that is really there draws on three."""
    home = day(netting=netting)
    home.devices["car"].takes_a = takes_a
    shown = home.charge(vehicle)
    assert shown["session_kwh"] > 0.4
    assert shown["session_solar_pct"] == 0


def test_a_car_that_draws_more_than_one_phase_carries_is_not_on_one(day) -> None:
    home = day()
    home.charge("leaf", 40)
    assert home.house.shown("car")["phases_used"] == ["L1"]
    home.run(60)
    assert home.house.shown("car")["phases_used"] == list(PHASES)


def test_a_car_on_one_phase_that_follows_a_lower_limit_late_stays_there(day) -> None:
    home = day("L1")
    home.charge("leaf", 120)
    car = home.devices["car"]
    assert isinstance(car, LateCar)
    car.late_a = car.draw_a
    home.house.call("fusebox_set_max_current", load="car", current_a=6)
    home.run(40)
    assert (car.offer_a, car.draw_a) == (6, 16)
    assert home.house.shown("car")["phases_used"] == ["L1"]


@pytest.mark.parametrize("netting", ["per_phase", "sum"])
@pytest.mark.parametrize(("sun_w", "most_pct"), [(300, 8), (1000, 26)])
def test_measured_panels_give_no_more_than_they_deliver(day, netting, sun_w, most_pct) -> None:
    """4.1 kW of a car that counts on L1 only, but draws on all phases."""
    home = day(sun_w=sun_w, netting=netting, **PANELS)
    home.devices["car"].takes_a = 6
    assert home.charge("leaf")["session_solar_pct"] <= most_pct


@pytest.mark.parametrize("netting", ["per_phase", "sum"])
def test_panels_without_a_sensor_count_once_they_have_exported(day, netting) -> None:
    home = day("L1", 3000, netting=netting)
    home.devices["car"].takes_a = 10
    assert home.house.state("sensor.l1") == str(1 - 3000 / 230)
    assert home.charge("leaf")["session_solar_pct"] > 90
