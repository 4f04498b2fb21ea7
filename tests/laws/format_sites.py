"""Random sites in FORMAT's terms, and their state in the last cycle."""

from __future__ import annotations

import functools
from typing import Any

from hypothesis import strategies as st

from simhouse.scenarios.run import Allocator, Cycle, simulate_cycles

from .drawn import among, some_of

Scenario = dict[str, Any]
SIMULATION: dict[str, Any] = {
    "cycles": 30,
    "cycle_s": 15,
    "ramp_in": [0.2, 0.4, 0.6, 0.8, 1.0],
    "check_last_cycles": 5,
    "max_command_spread_a": 0.5,
    "tolerance_a": 0.1,
    "setpoint_up_a_per_cycle": 1.5,
    "setpoint_down_a_per_cycle": 3.0,
    "battery_full_pct": 97,
}
VOLTAGE_V = 230


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Draw a site with one to four loads, in any mode, on any phases."""
    phases = draw(st.sampled_from([["A"], ["A", "B", "C"], ["A", "B", "C"]]))
    breaker_a = draw(among(16, 20, 25, 32, 35, 63))
    most_w = breaker_a * VOLTAGE_V * len(phases)
    site: Scenario = {
        "phases": phases,
        "voltage_v": VOLTAGE_V,
        "breaker_a": breaker_a,
        "max_import_w": draw(among(None, most_w, most_w // 2, 5000)),
        "distribution": draw(among("priority", "shared", "strict", "optimized")),
        "allow_grid_charging": draw(among(True, True, True, False)),
        "excess_threshold_w": draw(among(2000, 3450, 6000, 13000)),
        "inverter": _inverter(draw),
        "solar_sensor": draw(among(False, False, False, True)),
        "battery": draw(st.none() | _batteries()),
        "groups": [],
    }
    house = among(0.0, 0.5, 2.0, 5.5, 9.3, 15.0) | st.integers(0, 200).map(lambda tenths: tenths / 10)
    return {
        "id": "random",
        "expectation": "exact",
        "reviewed": False,
        "site": site,
        "physical": {
            "household_a": {phase: draw(house) for phase in phases},
            "solar_w": min(draw(among(0, 0, 1000, 3000, 6000, 9000, 12000)), _most_w(site["inverter"], phases)),
        },
        "loads": [_load(draw, number, phases) for number in range(draw(st.integers(1, 4)))],
        "expected": {},
    }


def _most_w(inverter: Scenario, phases: list[str]) -> float:
    """Return an inverter's maximum output [W]."""
    each_w = inverter["max_w_per_phase"] or float("inf")
    return min(inverter["max_w"] or float("inf"), each_w * len(phases))


def _inverter(draw: st.DrawFn) -> Scenario:
    max_w = draw(among(None, 12000, 15000, 20000))
    part = draw(among(None, 1, 2, 3)) if max_w else None
    return {
        "max_w": max_w,
        "max_w_per_phase": max_w / part if max_w and part else None,
        "asymmetric": draw(st.booleans()),
        "wiring": draw(among("parallel", "parallel", "series")),
        "output_sensors": draw(among(False, False, False, True)),
    }


@st.composite
def _batteries(draw: st.DrawFn) -> Scenario:
    powers = among(3000, 4140, 5000, 11000)
    return {
        "soc_pct": draw(among(10, 15, 20, 50, 75, 80, 85, 90, 97)),
        "soc_min_pct": 20,
        "soc_target_pct": 80,
        "max_charge_w": draw(powers),
        "max_discharge_w": draw(powers),
    }


@functools.cache
def _lines(phases: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """Half of all loads are on all phases."""
    return among(phases, phases) | some_of(*phases)


def _load(draw: st.DrawFn, number: int, phases: list[str]) -> Scenario:
    mine = list(draw(_lines(tuple(phases))))
    plug = draw(among(False, False, False, True))
    rated_w = draw(among(1000, 1500, 2300, 3000))
    min_a = round(rated_w / VOLTAGE_V / len(mine), 1) if plug else draw(among(6, 6, 8, 10))
    return {
        "id": f"load_{number}",
        "kind": "plug" if plug else "evse",
        "mode": draw(among("standard", "solar_priority", "solar_only", "solar_only", "excess")),
        "priority": number + 1,
        "min_a": min_a,
        "max_a": min_a if plug else draw(among(10, 16, 16, 32)),
        "phases": mine,
        "lines": mine,
        "status": draw(among("active", "active", "active", "active", "unplugged")),
    }


def settled(scenario: Scenario, engine: Allocator) -> list[Cycle]:
    """Return the last cycles, by which a scenario is judged."""
    return simulate_cycles(SIMULATION, scenario, engine)[-SIMULATION["check_last_cycles"] :]
