"""An Easee charger of the simulated house: its limit, its circuit, its energy, and its end without mains."""

from dataclasses import replace
from typing import Any

import pytest

from simhouse.physics.car import Car, Visit

from .houses import house

GRID = {"L1": "sensor.l1", "L2": "sensor.l2", "L3": "sensor.l3"}
CAR = Car(3, 32.0, wakes_after_s=0, below_offer_a=0.0, raise_after_s=0, visits=(Visit(0, 1e9, 20.0),))


def easee(**more: Any) -> dict[str, Any]:
    """Return an Easee charger on all phases."""
    return {"type": "easee", "charger": "EH1", "site": 7, "circuit_id": 8, "phases": [*GRID]} | more


def test_it_was_left_at_the_maximum_of_config():
    a = house(grid=GRID, loads={"car": easee(max_a=10)}, site={"main_fuse_a": 63}, cars={"car": CAR})
    for t_s in range(60):
        a.step(t_s)
    assert a.now.loads_a["car"]["L1"] == 10 == a.chargers["car"].spec.limit_a


def test_chargers_on_two_circuits_are_limited_each_by_its_own():
    loads = {"one": easee(), "two": easee(charger="EH2", circuit_id=9)}
    linked = house(grid=GRID, loads=loads, cars=dict.fromkeys(loads, CAR)).linked
    assert [each["circuit_id"] for each in linked.with_addresses({"loads": loads})["loads"].values()] == [8, 9]
    linked.cloud._tokens["t"] = float("inf")
    answer = linked.cloud._answer(
        "POST", "/api/sites/7/circuits/9/dynamicCurrent", {f"phase{n}": 6 for n in (1, 2, 3)}, "Bearer t"
    )
    linked.cloud.advance(linked.cloud.now_s + 60)
    assert answer[0] == 202
    assert [box.device.circuit_a[0] for box in linked.boxes.values()] == [40, 6]


def test_its_car_takes_the_energy_of_its_phases_and_nothing_behind_an_open_breaker():
    a = house(grid=GRID, loads={"car": easee()}, site={"main_fuse_a": 63}, cars={"car": CAR})
    drawn_as = 0.0
    for t_s in range(300):
        a.step(t_s)
        drawn_as += sum(a.now.loads_a["car"].values())
    assert a.chargers["car"].car_state.taken_kwh == pytest.approx(drawn_as * 230 / 3.6e6)
    a.circuits["main"].trip = object()
    a.step(300)
    assert sum(a.now.loads_a["car"].values()) == 0


def test_its_own_limit_does_not_outlast_the_car_before():
    visits = (Visit(0, 100, 20.0), Visit(200, 1e9, 20.0))
    a = house(
        grid=GRID, loads={"car": easee(max_a=16)}, site={"main_fuse_a": 63}, cars={"car": replace(CAR, visits=visits)}
    )
    offered_a = []
    for t_s in range(300):
        if t_s == 50:
            a.chargers["car"].device.charger_a = 8.0
        a.step(t_s)
        offered_a.append(a.chargers["car"].offered_a)
    assert [offered_a[t_s] for t_s in (40, 60, 150, 210)] == [16, 8, 8, 16]
