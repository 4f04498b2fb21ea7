"""The public scenarios to the tenth of an ampere; those that the suite does not score keep what physics says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simhouse.scenarios.engine import Engine
from simhouse.scenarios.run import judge_cycles, run_scenario, simulate_cycles
from simhouse.scenarios.shape import mistakes_in_scenario

PUBLIC = json.loads((Path(__file__).parent / "public.json").read_text(encoding="utf-8"))
SCORED = [s for s in PUBLIC["scenarios"] if s["expectation"] != "unscored"]
UNSCORED = {s["id"]: s for s in PUBLIC["scenarios"] if s["expectation"] == "unscored"}
Scenario = dict[str, Any]


def flows_and_shares(name: str) -> tuple[dict[str, float], dict[str, float]]:
    last = simulate_cycles(PUBLIC["simulation"], UNSCORED[name], Engine(UNSCORED[name]))[-1]
    return last.grid_a, last.allocated_a


def test_there_are_seventy_one_of_which_four_are_not_scored():
    assert (len(PUBLIC["scenarios"]), len(UNSCORED)) == (71, 4)


@pytest.mark.parametrize("scenario", SCORED, ids=lambda scenario: scenario["id"])
def test_public_scenario(scenario: Scenario):
    assert mistakes_in_scenario(scenario) == []
    outcome = run_scenario(PUBLIC["simulation"], scenario, Engine(scenario))
    assert outcome.errors == []
    assert outcome.passed is True


@pytest.mark.parametrize("name", UNSCORED)
def test_unscored_scenario_ends_steady_and_under_its_breaker(name: str):
    scenario = UNSCORED[name]
    cycles = simulate_cycles(PUBLIC["simulation"], scenario, Engine(scenario))
    outcome = judge_cycles(PUBLIC["simulation"], scenario, cycles)
    assert (outcome.passed, outcome.errors) == (None, [])
    last = cycles[-5:]
    assert all(cycle.allocated_a == last[0].allocated_a for cycle in last)
    assert max(last[-1].grid_a.values()) <= scenario["site"]["breaker_a"] + 0.1


def test_the_breaker_carries_the_real_flow_not_what_an_inverter_could_add():
    """The house takes 8, 7, 6 A, the sun and the battery give (2990 + 4140) W evenly: A is full at 25 A of import."""
    flows, shares = flows_and_shares("3ph_battery.standard.02")
    assert shares["charger_1"] == pytest.approx(25 - 8 + (2990 + 4140) / 230 / 3, abs=0.1)
    assert flows["A"] == pytest.approx(25, abs=0.1)


def test_what_solar_priority_uses_is_subtracted_from_the_excess():
    """3000 W of sun less 3 A of the house are 10 A, and a threshold of 3000 W leaves nothing for the other."""
    flows, shares = flows_and_shares("features.mixed_modes.06")
    assert shares == {"charger_1": pytest.approx(3000 / 230 - 3, abs=0.1), "charger_2": 0.0}
    assert flows["A"] == pytest.approx(0, abs=0.1)


def test_solar_loads_share_what_standard_ones_leave_of_the_sun():
    """9200 W are 13.3 A a phase, less 2 A of the house, and 5.8 A of the battery: 16 A go first, then a minimum."""
    _, shares = flows_and_shares("features.mixed_modes.07")
    assert shares == {"charger_1": 16.0, "charger_2": 6.0, "charger_3": 0.0}
