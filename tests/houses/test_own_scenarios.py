"""Our own scenarios, one file a topic; their names are the claims, and `why` is the sum that gives the amps."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from simhouse.scenarios.engine import Engine
from simhouse.scenarios.run import judge_cycles, simulate_cycles
from simhouse.scenarios.shape import mistakes_in_scenario

FILES = sorted(path for path in Path(__file__).parent.glob("*.json") if path.name != "public.json")
HOUSES = [
    (path.stem, found["simulation"], scenario)
    for path in FILES
    for found in [json.loads(path.read_text(encoding="utf-8"))]
    for scenario in found["scenarios"]
]
Scenario = dict[str, Any]


def test_every_claim_is_made_once_and_in_the_file_of_its_topic():
    names = [scenario["id"] for _, _, scenario in HOUSES]
    assert len(set(names)) == len(names) >= 80
    assert all(scenario["id"].split(".")[0] == topic for topic, _, scenario in HOUSES)


@pytest.mark.parametrize(("simulation", "scenario"), [pytest.param(*house[1:], id=house[2]["id"]) for house in HOUSES])
def test_own_scenario(simulation: Scenario, scenario: Scenario):
    assert mistakes_in_scenario(scenario) == []
    assert scenario["why"]
    assert scenario["expected"].keys() == {load["id"] for load in scenario["loads"]}
    cycles = simulate_cycles(simulation, scenario, Engine(scenario))
    assert judge_cycles(simulation, scenario, cycles).errors == []
    breaker_a, house_a = scenario["site"]["breaker_a"], scenario["physical"]["household_a"]
    assert all(flow_a <= max(breaker_a, house_a[phase]) + 0.1 for phase, flow_a in cycles[-1].grid_a.items())
