"""What a wiring test leaves in a load's memory, and which results are never called sure."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.commissioning import state as commissioning_state
from fusebox.control.commissioning.level import LevelResult
from fusebox.control.commissioning.plan import skip_reason
from fusebox.control.commissioning.report import build_report
from fusebox.control.commissioning.state import uncertain_loads
from fusebox.control.commissioning.trial import Trial, memory_after_test
from fusebox.control.diagnostics.wiring_fit import Fit
from fusebox.model.appliance_memory import SwitchedMemory, TankMemory
from fusebox.model.electrics import PerPhase
from fusebox.model.load_memory import LoadMemory, PatienceMemory, ResponseMemory, TimingMemory
from fusebox.model.phases_memory import Move
from fusebox.model.site import MAIN
from fusebox.model.trace import MeterLatency

from ..houses import plug, site, switched

WAS = LoadMemory(
    timing=TimingMemory(switched_s=100.0, starts_s=(50.0,)), patience=PatienceMemory(budget_stops_s=(60.0,))
)
NOW = LoadMemory(timing=TimingMemory(switched_s=900.0, starts_s=(50.0, 700.0, 800.0)))
TRIAL = Trial("pool", (), 0.0, 0.0, memory_before=WAS)


def tank(*heating: str) -> TankMemory:
    return TankMemory(0.0, 0.0, 0.0, heating=frozenset(heating), mode="boost")


def test_starts_and_times_of_a_test_do_not_count():
    assert memory_after_test(NOW, TRIAL, None) == WAS


def test_what_a_limit_has_stopped_meanwhile_has_its_time():
    assert (
        memory_after_test(replace(NOW, patience=PatienceMemory(paused_s=890.0)), TRIAL, None).timing.switched_s == 900.0
    )


def test_a_tank_heats_for_what_it_had_begun_to_heat_for():
    was = replace(WAS, switched=SwitchedMemory(tank=replace(tank("surplus"), mode="solar_only")))
    now = replace(NOW, switched=SwitchedMemory(tank=tank()))
    found = memory_after_test(now, replace(TRIAL, memory_before=was), None).switched.tank
    assert found is not None and (found.heating, found.mode) == ({"surplus"}, "solar_only")


@pytest.mark.parametrize(
    ("known_s", "measured_s", "latency_s"),
    [((), 20.0, 20.0), ((15.0, 15.0), 17.0, 17.0), ((6.0,) * 5, 4.0, 6.0), ((15.0, 15.0), None, 15.0)],
)
def test_a_lag_counts_where_it_is_longer_than_what_is_known(known_s, measured_s, latency_s):
    now = replace(NOW, response=ResponseMemory(meter_latency=MeterLatency(lags_s=known_s)))
    found = memory_after_test(now, TRIAL, measured_s).response.meter_latency
    assert found.latency_s == latency_s


@pytest.mark.parametrize(("failed", "left"), [(False, ()), (True, ("pool",))])
def test_a_load_that_could_not_be_switched_is_not_sure(failed, left):
    house = site(plug("pool"))
    move = Move(PerPhase(10.0), {MAIN: PerPhase(10.0)}, {MAIN: PerPhase(0.1)}, commanded_a=10.0)
    trial = replace(TRIAL, results=(LevelResult(move),) * 4, failed=failed)
    test = commissioning_state.Test(commissioning_state.DONE, 0.0, (), done=(trial,))
    assert uncertain_loads(test, Fit(house, test.moves)) == left
    assert (build_report(house, test).rows[0]["sure_pct"] is None) is failed


@pytest.mark.parametrize(("heating", "is_out"), [("minimum", True), ("hygiene", True), ("surplus", False)])
def test_a_tank_that_heats_for_what_does_not_wait_is_left_out(heating, is_out):
    past = LoadMemory(switched=SwitchedMemory(tank=tank(heating)))
    assert bool(skip_reason(plug("tank"), switched(on=True), past)) is is_out
