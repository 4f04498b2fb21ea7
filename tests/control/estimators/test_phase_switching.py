"""How far a switch of phases has come: what is believed, what ends it, and what its owner's word changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.estimators.phase_switching import given_up, watched_phase_switches
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import PhaseSwitching
from fusebox.model.memory import Memory
from fusebox.model.phase_switch import NEW_PHASE_SWITCH, PhaseSwitchMemory, Stage
from fusebox.model.snapshot import LoadState, Status

from ..houses import T0_S, car, charger, seen, site

SWITCHING = PhaseSwitching(tuple(Phase), rest_s=5.0, dwell_s=600.0, most=6)
CAR = replace(car("car"), phases=tuple(Phase), switching=SWITCHING)
IDLE = replace(charger(0.0, on=False), status=Status.CONNECTED)


def after(past: PhaseSwitchMemory, state: LoadState, at_s: float = 0.0, *, wanted: bool = True) -> PhaseSwitchMemory:
    """What is known of the switch after a look; `wanted`: whether its owner still wants it switched."""
    house = site(CAR if wanted else replace(CAR, switching=None), phases="L1 L2 L3")
    memory = Memory(phase_switches={"car": past})
    return watched_phase_switches(house, seen(dict.fromkeys(("L1", "L2", "L3"), 5.0), at_s, car=state), memory)["car"]


def test_after_a_restart_what_the_box_is_set_to_comes_before_what_was_kept() -> None:
    kept = replace(NEW_PHASE_SWITCH, lines=1, proven=True)
    found = after(kept, replace(IDLE, lines_set=3))
    assert (found.lines, found.proven) == (3, False)
    assert after(kept, replace(IDLE, lines_set=1)).proven
    assert after(kept, IDLE).lines == 1


def test_a_switch_that_is_given_up_leaves_what_was_kept_free_for_it() -> None:
    stopping = replace(NEW_PHASE_SWITCH, stage=Stage.STOPPING, since_s=T0_S, lines=3, target=1)
    silent = replace(IDLE, status=Status.UNKNOWN, draw_age_s=200.0)
    before = {"car": stopping}
    assert given_up(before, {"car": after(stopping, silent, 89)}) == frozenset()
    assert given_up(before, {"car": after(stopping, silent, 91)}) == {"car"}
    assert given_up(before, {"car": after(stopping, IDLE, 11)}) == frozenset(), "it has stopped, and is switched"


@pytest.mark.parametrize(("flows_a", "stage"), [(2.6, Stage.STOPPING), (0.9, Stage.RESTING)])
def test_what_a_single_sensor_tells_may_all_flow_on_one_phase(flows_a: float, stage: Stage) -> None:
    """600 W are 0.9 A on each of three phases, and 2.6 A where it is on one."""
    stopping = replace(NEW_PHASE_SWITCH, stage=Stage.STOPPING, since_s=T0_S, lines=1, target=3)
    spread = PerPhase(*[flows_a / 3] * 3)
    assert after(stopping, replace(IDLE, draw_a=spread, single_a=flows_a, is_power=True), 3).stage is stage


@pytest.mark.parametrize(("stage", "target", "told"), [(Stage.STEADY, None, 1), (Stage.STARTING, None, 1)])
def test_who_is_not_to_be_switched_any_more_is_told_as_before_until_it_is_unplugged(stage, target, told) -> None:
    past = replace(NEW_PHASE_SWITCH, stage=stage, lines=1, target=target, switches_s=(T0_S,))
    found = after(past, IDLE, wanted=False)
    assert (found.told, found.switches_s) == (told, (T0_S,))
    assert after(past, replace(IDLE, status=Status.UNPLUGGED), wanted=False).told is None


def test_who_is_not_to_be_switched_any_more_rests_to_the_end_and_begins_no_switch() -> None:
    resting = replace(NEW_PHASE_SWITCH, stage=Stage.RESTING, since_s=T0_S, lines=3, target=1)
    assert after(resting, IDLE, 89, wanted=False).stage is Stage.RESTING
    assert after(resting, IDLE, 90, wanted=False).lines == 1
    stopping = replace(resting, stage=Stage.STOPPING)
    assert (after(stopping, IDLE, 30, wanted=False).stage, after(stopping, IDLE, 30, wanted=False).target) == (
        Stage.STEADY,
        None,
    )
