"""How far a switch of phases has come: what is believed, what ends it, and what its owner's word changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.estimators.phase_switching import (
    abandoned_switches,
    keep_zero_draws_measured,
    observe_phase_switches,
)
from fusebox.model.durations import NEVER_S
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import PhaseSwitching
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import NEW_PHASE_SWITCH, PhaseSwitchMemory, Stage
from fusebox.model.snapshot import LoadState, Status

from ..houses import T0_S, car, charger, seen, site

SWITCHING = PhaseSwitching(tuple(Phase), rest_s=5.0, dwell_s=600.0, most=6)
CAR = replace(car("car"), phases=tuple(Phase), switching=SWITCHING)
IDLE = replace(charger(0.0, on=False), status=Status.CONNECTED)


def after(past: PhaseSwitchMemory, state: LoadState, at_s: float = 0.0, *, wanted: bool = True) -> PhaseSwitchMemory:
    """What is known of the switch after a look; `wanted`: whether its owner still wants it switched."""
    house = site(CAR if wanted else replace(CAR, switching=None), phases="L1 L2 L3")
    memory = Memory(phase_switches={"car": past})
    return observe_phase_switches(house, seen(dict.fromkeys(("L1", "L2", "L3"), 5.0), at_s, car=state), memory)["car"]


def test_after_a_restart_the_charger_setting_overrides_the_stored_phases() -> None:
    kept = replace(NEW_PHASE_SWITCH, phase_count=1, proven=True)
    found = after(kept, replace(IDLE, phase_setting=3))
    assert (found.phase_count, found.proven) == (3, False)
    assert after(kept, replace(IDLE, phase_setting=1)).proven
    assert after(kept, IDLE).phase_count == 1


def test_a_setting_at_the_charger_overrides_an_earlier_service_call() -> None:
    kept = replace(NEW_PHASE_SWITCH, phase_count=1, by_hand=1)
    assert after(kept, replace(IDLE, phase_setting=3)).by_hand is None
    assert after(kept, replace(IDLE, phase_setting=1)).by_hand == 1
    steady = replace(kept, stage=Stage.STEADY, shown=1)
    assert after(steady, replace(IDLE, phase_setting=3)).by_hand is None
    unknown = replace(NEW_PHASE_SWITCH, by_hand=3)
    assert after(unknown, replace(IDLE, phase_setting=1)).by_hand == 3


def test_an_abandoned_switch_releases_the_current_reserved_for_it() -> None:
    stopping = replace(NEW_PHASE_SWITCH, stage=Stage.STOPPING, since_s=T0_S, phase_count=3, target=1, off_since_s=T0_S)
    silent = replace(IDLE, status=Status.UNKNOWN, draw_age_s=200.0)
    before = {"car": stopping}
    assert abandoned_switches(before, {"car": after(stopping, silent, 89)}) == frozenset()
    assert abandoned_switches(before, {"car": after(stopping, silent, 91)}) == {"car"}
    assert abandoned_switches(before, {"car": after(stopping, IDLE, 11)}) == frozenset(), (
        "it has stopped, and is switched"
    )


SILENT = replace(IDLE, status=Status.UNKNOWN, draw_a=PerPhase(0.0, 0.0, 0.0), draw_age_s=300.0)


@pytest.mark.parametrize(
    ("off_since_s", "stage"),
    [(NEVER_S, Stage.RESTING), (T0_S - 400, Stage.RESTING), (T0_S - 200, Stage.STOPPING), (None, Stage.STOPPING)],
)
def test_a_sensor_that_reports_only_changes_has_reported_a_load_that_was_off(off_since_s, stage) -> None:
    stopping = replace(NEW_PHASE_SWITCH, stage=Stage.STOPPING, since_s=T0_S, phase_count=3, target=1)
    assert after(replace(stopping, off_since_s=off_since_s), SILENT, 3).stage is stage


def test_a_car_idle_at_an_offer_is_believed_by_its_status_when_the_sensor_is_silent() -> None:
    stopping = replace(
        NEW_PHASE_SWITCH, stage=Stage.STOPPING, since_s=T0_S, phase_count=3, target=1, off_since_s=T0_S + 1
    )
    said = replace(SILENT, status=Status.PAUSED)
    assert after(stopping, said, 9).stage is Stage.STOPPING
    assert after(stopping, said, 10).stage is Stage.RESTING
    assert after(stopping, replace(said, draw_age_s=60.0), 40).stage is Stage.STOPPING, "it reports now and then"


def test_a_load_that_was_unavailable_may_have_been_on_meanwhile() -> None:
    assert after(NEW_PHASE_SWITCH, replace(IDLE, available=False)).off_since_s == T0_S
    assert after(NEW_PHASE_SWITCH, IDLE).off_since_s == NEVER_S
    assert after(NEW_PHASE_SWITCH, replace(IDLE, on=True, offer_a=16.0)).off_since_s is None


WORN = replace(
    NEW_PHASE_SWITCH,
    stage=Stage.STEADY,
    phase_count=1,
    in_session=4,
    failures=2,
    short_ups=1,
    stays_on_one=True,
    by_hand=1,
)


def test_without_a_word_of_its_car_an_hour_without_draw_ends_a_session() -> None:
    idle = replace(SILENT, draw_age_s=1.0)
    begun = after(WORN, idle)
    assert begun.idle_since_s == T0_S
    assert after(begun, idle, 3599).in_session == 4
    ended = after(begun, idle, 3600)
    assert (ended.in_session, ended.failures, ended.short_ups, ended.by_hand) == (0, 0, 0, None)
    assert (ended.phase_count, ended.stays_on_one) == (1, False)


@pytest.mark.parametrize(
    "state",
    [
        replace(SILENT, status=Status.PAUSED),
        replace(SILENT, draw_a=PerPhase(6.0, 0.0, 0.0)),
        replace(SILENT, draw_a=PerPhase()),
    ],
    ids=["told", "draws", "not measured"],
)
def test_no_session_ends_while_a_status_or_a_draw_contradicts_it(state: LoadState) -> None:
    assert after(replace(WORN, idle_since_s=T0_S - 4000), state).in_session == 4


def test_a_charger_released_while_waiting_after_a_switch_reserves_nothing() -> None:
    waits = replace(NEW_PHASE_SWITCH, stage=Stage.STARTING, phase_count=3, holds=True)
    assert abandoned_switches({"car": waits}, {"car": after(waits, IDLE)}) == frozenset()
    assert abandoned_switches({"car": waits}, {"car": after(waits, IDLE, wanted=False)}) == {"car"}
    rests = replace(waits, stage=Stage.RESTING, target=1, since_s=T0_S)
    assert abandoned_switches({"car": rests}, {"car": after(rests, IDLE, 30, wanted=False)}) == frozenset()
    assert abandoned_switches({"car": rests}, {"car": after(rests, IDLE, 90, wanted=False)}) == {"car"}
    assert abandoned_switches({"gone": waits}, {}) == frozenset()


@pytest.mark.parametrize(
    ("switch", "state", "age_s"),
    [
        (replace(NEW_PHASE_SWITCH, stage=Stage.RESTING, holds=True), SILENT, 0.0),
        (replace(NEW_PHASE_SWITCH, stage=Stage.STARTING, holds=True), SILENT, 0.0),
        (replace(NEW_PHASE_SWITCH, stage=Stage.STARTING, holds=False), SILENT, 300.0),
        (replace(NEW_PHASE_SWITCH, stage=Stage.STOPPING, holds=True), SILENT, 300.0),
        (replace(NEW_PHASE_SWITCH, stage=Stage.RESTING, holds=True), replace(SILENT, on=True, offer_a=6.0), 300.0),
        (replace(NEW_PHASE_SWITCH, stage=Stage.RESTING, holds=True), replace(SILENT, single_a=1.0), 300.0),
    ],
)
def test_a_charger_held_at_0_a_and_measured_idle_counts_as_idle(switch, state, age_s) -> None:
    snapshot = seen({"L1": 5.0}, car=state)
    assert keep_zero_draws_measured(snapshot, {"car": switch}).loads["car"].draw_age_s == age_s


@pytest.mark.parametrize(("flows_a", "stage"), [(2.6, Stage.STOPPING), (0.9, Stage.RESTING)])
def test_what_a_single_sensor_reports_may_all_flow_on_one_phase(flows_a: float, stage: Stage) -> None:
    """600 W are 0.9 A on each of three phases, and 2.6 A where it is on one."""
    stopping = replace(NEW_PHASE_SWITCH, stage=Stage.STOPPING, since_s=T0_S, phase_count=1, target=3)
    spread = PerPhase(*[flows_a / 3] * 3)
    assert after(stopping, replace(IDLE, draw_a=spread, single_a=flows_a, is_power=True), 3).stage is stage


@pytest.mark.parametrize(("stage", "target", "told"), [(Stage.STEADY, None, 1), (Stage.STARTING, None, 1)])
def test_a_charger_no_longer_switched_keeps_its_reason_until_it_is_unplugged(stage, target, told) -> None:
    past = replace(NEW_PHASE_SWITCH, stage=stage, phase_count=1, target=target, switches_s=(T0_S,))
    found = after(past, IDLE, wanted=False)
    assert (found.commanded_phase_count, found.switches_s) == (told, (T0_S,))
    assert after(past, replace(IDLE, status=Status.UNPLUGGED), wanted=False).commanded_phase_count is None


def test_a_charger_no_longer_switched_ends_its_rest_and_begins_no_switch() -> None:
    resting = replace(NEW_PHASE_SWITCH, stage=Stage.RESTING, since_s=T0_S, phase_count=3, target=1)
    assert after(resting, IDLE, 89, wanted=False).stage is Stage.RESTING
    assert after(resting, IDLE, 90, wanted=False).phase_count == 1
    stopping = replace(resting, stage=Stage.STOPPING)
    assert (after(stopping, IDLE, 30, wanted=False).stage, after(stopping, IDLE, 30, wanted=False).target) == (
        Stage.STEADY,
        None,
    )


DRAWS_ON_THREE = (
    replace(charger(6.0), draw_a=PerPhase(6.0, 6.0, 6.0)),
    replace(charger(6.0), draw_a=PerPhase(6.0, 6.0, 6.0), single_a=18.0, is_power=True),
)


@pytest.mark.parametrize("stage", [Stage.STEADY, Stage.STARTING])
@pytest.mark.parametrize("state", DRAWS_ON_THREE, ids=["a sensor a phase", "a power"])
def test_a_load_measured_on_more_phases_than_assumed_counts_on_them_at_once(stage: Stage, state: LoadState) -> None:
    past = replace(NEW_PHASE_SWITCH, stage=stage, since_s=T0_S - 30, phase_count=1, proven=True, shown=1)
    found = after(past, replace(state, phase_setting=1), 1)
    assert (found.assumed_phase_count, found.proven, found.beyond_s) == (3, False, T0_S + 1)


def test_an_interrupted_switch_leaves_the_next_one_free_and_reserves_nothing() -> None:
    stopping = replace(
        NEW_PHASE_SWITCH,
        stage=Stage.STOPPING,
        since_s=T0_S,
        phase_count=3,
        target=1,
        reserved_a=9.0,
        tried_s=T0_S - 700,
    )
    away = replace(IDLE, available=False)
    assert after(stopping, away, 89).reserved_a == 9.0
    lost = after(stopping, away, 90)
    assert (lost.stage, lost.target, lost.reserved_a, lost.tried_s) == (Stage.STARTING, None, 0.0, T0_S - 700)
    fault = after(stopping, replace(IDLE, status=Status.FAULT), 1)
    assert (fault.stage, fault.reserved_a) == (Stage.STARTING, 0.0)


def test_what_is_reserved_ends_when_the_phases_have_been_measured() -> None:
    starting = replace(NEW_PHASE_SWITCH, since_s=T0_S - 100, drawing_s=T0_S - 61, phase_count=1, reserved_a=9.0)
    assert after(starting, replace(charger(6.0), draw_a=PerPhase(6.0, 0.0, 0.0))).reserved_a == 0.0


def begun(
    state: LoadState, *, off_a: tuple[float, float, float], now_a: tuple[float, float, float]
) -> PhaseSwitchMemory:
    """The memory of a load commanded to one phase: its charger is off, then shows this state with new currents."""
    house = site(CAR, phases="L1 L2 L3")
    found = replace(NEW_PHASE_SWITCH, phase_count=1, since_s=T0_S - 100)
    for at_s, flows_a, each in (
        (0, off_a, replace(IDLE, phase_setting=1)),
        (2, now_a, replace(state, phase_setting=1)),
    ):
        now = seen(dict(zip(("L1", "L2", "L3"), flows_a, strict=True)), at_s, car=each)
        found = observe_phase_switches(house, now, Memory(phase_switches={"car": found}))["car"]
    return found


BY_ONE_CURRENT = replace(charger(6.0), draw_a=PerPhase(6.0, 6.0, 6.0), single_a=6.0)
UNMEASURED = replace(charger(6.0), draw_a=PerPhase())


@pytest.mark.parametrize("state", [BY_ONE_CURRENT, UNMEASURED], ids=["one current", "no draw"])
@pytest.mark.parametrize("now_a", [(7.0, 26.0, 1.0), (7.0, 20.0, 7.0), (7.0, 33.0, 1.0), (7.0, 27.0, 2.0)])
def test_a_phase_that_was_full_before_the_load_began_does_not_accuse_it(state, now_a) -> None:
    """L2 was at 26 A of 25 A; then the house falls, L3 rises alone, L2 rises alone, or both by less than the load."""
    found = begun(state, off_a=(1.0, 26.0, 1.0), now_a=now_a)
    assert (found.phase_count, found.problem) == (1, None)


@pytest.mark.parametrize("state", [BY_ONE_CURRENT, UNMEASURED], ids=["one current", "no draw"])
@pytest.mark.parametrize(
    ("off_a", "now_a"),
    [((1.0, 26.0, 1.0), (7.0, 32.0, 7.0)), ((1.0, 20.0, 1.0), (7.0, 25.5, 5.6)), ((1.0, 26.0, 1.0), (7.0, 35.0, 7.0))],
)
def test_a_load_whose_start_overloads_another_phase_counts_on_all_of_them(state, off_a, now_a) -> None:
    found = begun(state, off_a=off_a, now_a=now_a)
    assert (found.phase_count, found.failures) == (3, 1)
    assert found.problem is not None and found.problem.code == "phases_more_than_one"
