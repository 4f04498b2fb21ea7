"""Differences between this allocation and FORMAT taken literally: one site each, decided by the physics of section
2."""

from __future__ import annotations

from typing import Any

import pytest

from simhouse.scenarios.engine import Engine
from simhouse.scenarios.run import Cycle

from .format_engine import FormatEngine
from .format_sites import VOLTAGE_V, Scenario, settled


def site(house: str, sun_a: float, *loads: Scenario, **more: Any) -> Scenario:
    """A site of symmetric inverter; `house` are amps on each phase, `sun_a` amps of sun on each."""
    house_a = dict(zip("ABC", map(float, house.split()), strict=False))
    facts = {
        "phases": list(house_a),
        "voltage_v": VOLTAGE_V,
        "breaker_a": 25,
        "max_import_w": None,
        "distribution": "priority",
        "allow_grid_charging": True,
        "excess_threshold_w": 2300,
        "inverter": {
            "max_w": None,
            "max_w_per_phase": None,
            "asymmetric": False,
            "wiring": "parallel",
            "output_sensors": False,
        },
        "solar_sensor": False,
        "battery": None,
        "groups": [],
    }
    return {
        "id": "difference",
        "site": facts | more,
        "physical": {"household_a": house_a, "solar_w": sun_a * VOLTAGE_V * len(house_a)},
        "loads": [load | {"priority": place} for place, load in enumerate(loads)],
    }


def car(name: str, mode: str, phases: str, max_a: float = 16) -> Scenario:
    wired = list(phases)
    return {
        "id": name,
        "kind": "evse",
        "mode": mode,
        "min_a": 6,
        "max_a": max_a,
        "phases": wired,
        "lines": wired,
        "status": "active",
    }


def battery(soc_pct: float, power_w: float) -> Scenario:
    return {
        "soc_pct": soc_pct,
        "soc_min_pct": 20,
        "soc_target_pct": 80,
        "max_charge_w": power_w,
        "max_discharge_w": power_w,
    }


def ends(scenario: Scenario) -> tuple[Cycle, Cycle]:
    """FORMAT's last cycle and ours."""
    return settled(scenario, FormatEngine(scenario))[-1], settled(scenario, Engine(scenario))[-1]


def import_a(cycle: Cycle) -> float:
    return sum(max(flow_a, 0.0) for flow_a in cycle.grid_a.values())


def test_without_grid_charging_the_export_counts_once() -> None:
    """The battery gives 30 A, the house takes 3: 9 A a phase. FORMAT counts its 27 A of export twice and imports."""
    scenario = site(
        "1 1 1", 0, car("car", "standard", "ABC"), battery=battery(50, 6900), allow_grid_charging=False, breaker_a=32
    )
    theirs, ours = ends(scenario)
    assert theirs.allocated_a["car"] == 16
    assert import_a(theirs) == pytest.approx(3 * 16 + 3 - 30, abs=0.3)
    assert ours.allocated_a["car"] == 9
    assert import_a(ours) == pytest.approx(0, abs=0.3)


def test_at_its_target_no_load_rises_on_what_the_battery_gives_another() -> None:
    """No sun: two backed minimums. FORMAT takes their own draw, from the battery, for export, and the first rises."""
    cars = [car("one", "solar_priority", "A", 32), car("two", "solar_priority", "A", 32)]
    scenario = site("3", 0, *cars, battery=battery(80, 11000), distribution="strict", breaker_a=63)
    theirs, ours = ends(scenario)
    assert theirs.allocated_a == {"one": 32, "two": 6}
    assert theirs.readings["battery"]["power_w"] == pytest.approx(41 * VOLTAGE_V)
    assert ours.allocated_a == {"one": 6, "two": 6}


@pytest.mark.parametrize("soc_pct", [50, 90])
def test_what_the_battery_discharges_is_never_excess(soc_pct: float) -> None:
    """No sun at all: a car on A and B runs on the battery, and what that puts on C is no export of the roof."""
    cars = [car("car", "standard", "AB"), car("spare", "excess", "C")]
    theirs, ours = ends(site("0 0 0", 0, *cars, battery=battery(soc_pct, 11000)))
    assert theirs.allocated_a["spare"] > 6
    assert ours.allocated_a == {"car": 16, "spare": 0}


def test_a_breaker_is_held_at_what_flows_through_it() -> None:
    """A: 25 - 20 of the house + 6 of sun = 11 A. FORMAT adds a third of the export of B and C: 4 A over the rating."""
    theirs, ours = ends(site("20 0 0", 6, car("car", "standard", "A")))
    assert (theirs.allocated_a["car"], ours.allocated_a["car"]) == (15, 11)
    assert theirs.grid_a["A"] == pytest.approx(29)
    assert ours.grid_a["A"] == pytest.approx(25)


def test_a_breaker_is_not_credited_with_sun_that_the_house_already_uses() -> None:
    """With a solar sensor FORMAT counts all of the sun in addition to the meter, which shows the house less of it
    already."""
    theirs, ours = ends(site("20", 10, car("car", "standard", "A", 32), solar_sensor=True))
    assert (theirs.allocated_a["car"], ours.allocated_a["car"]) == (25, 15)
    assert theirs.grid_a["A"] == pytest.approx(35)
    assert ours.grid_a["A"] == pytest.approx(25)


def test_export_on_one_phase_does_not_pay_for_import_on_another() -> None:
    """A imports 6 of the contract's 15 A: 9 A. FORMAT adds a third of the export of B and C."""
    theirs, ours = ends(site("12 0 0", 6, car("car", "standard", "A"), max_import_w=3450))
    assert (theirs.allocated_a["car"], ours.allocated_a["car"]) == (13, 9)
    assert import_a(theirs) == pytest.approx(19)
    assert import_a(ours) == pytest.approx(15)


def test_a_house_uses_no_less_than_nothing() -> None:
    """The phase limit is 26 A, 16 are taken. What the battery adds FORMAT reads as a house of less than nothing."""
    inverter: Scenario = {"max_w": 12000, "max_w_per_phase": 26 * VOLTAGE_V, "asymmetric": True}
    inverter |= {"wiring": "parallel", "output_sensors": True}
    cars = [car("car", "standard", "A"), car("sunny", "solar_priority", "A", 10.5)]
    theirs, ours = ends(site("0", 26, *cars, battery=battery(85, 3000), inverter=inverter, breaker_a=16))
    assert sum(theirs.allocated_a.values()) > 26.3
    assert sum(ours.allocated_a.values()) <= 26


def test_a_group_is_a_circuit_and_is_used_completely() -> None:
    """20 A for two cars that share: 10 each. FORMAT gives both 15, then cuts the second to 5, which is nothing."""
    cars = [car("one", "standard", "A"), car("two", "standard", "A")]
    garage = {"id": "garage", "limit_a": 20, "members": ["one", "two"]}
    theirs, ours = ends(site("2", 0, *cars, groups=[garage], distribution="shared", breaker_a=32))
    assert theirs.allocated_a == {"one": 15, "two": 0}
    assert ours.allocated_a == {"one": 10, "two": 10}


def test_what_is_given_back_is_counted_in_the_measure_of_the_ceiling() -> None:
    """The narrow car lacks 6 A of the contract's 34: 2 A on three phases make them, and not one ampere is left over."""
    cars = [car("wide", "standard", "ABC"), car("narrow", "standard", "A")]
    _, ours = ends(site("2 2 2", 0, *cars, max_import_w=9200, distribution="optimized"))
    assert ours.allocated_a == {"wide": 9.3, "narrow": 6}
    assert import_a(ours) == pytest.approx(40, abs=0.2)


def test_an_optimized_load_spares_the_next_ones_minimum_of_excess() -> None:
    """37 A of export, 28.3 above 2 kW: after 10 A on three phases nothing is open, so the car goes down to its 6.

    What it gives back the pump can live on. FORMAT gives back the last drop that opens the excess, and both import.
    """
    pump = car("pump", "excess", "ABC", 4.3) | {"kind": "plug", "min_a": 4.3}
    cars = [car("car", "standard", "ABC", 10), pump]
    inverter = {"max_w": None, "max_w_per_phase": None, "asymmetric": True, "wiring": "parallel"}
    more = {"inverter": inverter | {"output_sensors": False}, "distribution": "optimized", "excess_threshold_w": 2000}
    theirs, ours = ends(site("0 1 1", 13, *cars, **more))
    assert theirs.allocated_a == {"car": 9.4, "pump": 4.3}
    assert import_a(theirs) > 3
    assert ours.allocated_a == {"car": 6, "pump": 4.3}
    assert import_a(ours) == 0
