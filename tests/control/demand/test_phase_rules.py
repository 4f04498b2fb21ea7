"""Why a load goes to other phases, and what holds it where it is."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.demand.phase_rules import (
    PhaseContext,
    may_go_back_up,
    one_phase_for_energy,
    switch_reason,
    switches_up,
    three_phases_for_more,
    why_on_one_phase,
)
from fusebox.model.ceiling import Budget, Ceiling
from fusebox.model.decision import Demand, Share
from fusebox.model.electrics import Phase
from fusebox.model.load import PhaseSwitching
from fusebox.model.phases_memory import NEW_PHASE_SWITCH, PhaseSwitchMemory, Stage

from ..houses import T0_S, car

SWITCHING = PhaseSwitching(tuple(Phase), rest_s=5.0, dwell_s=600.0, most=6)
WIRE = Ceiling("main L2", "", 3.0, {"car": 1.0})
UNEVEN = Ceiling("imbalance L1 L2", "", 4.0, {"car": 1.0})
SUN = Ceiling("solar", "", 3.0, {"car": 1.0}, budget=Budget.SOLAR)
ON_ONE = replace(NEW_PHASE_SWITCH, stage=Stage.STEADY, phase_count=1, tried_s=T0_S - 601, fits_since_s=T0_S - 60)
PLENTY = Share(16.0)
LATER = ", then on three if there is still enough for them"


def context(
    past: PhaseSwitchMemory = ON_ONE,
    *,
    share: Share = PLENTY,
    own: Share = PLENTY,
    other: Share = PLENTY,
    runs: bool = True,
    switching: PhaseSwitching = SWITCHING,
) -> PhaseContext:
    """A car that runs on one phase, could on three, and has rested long enough."""
    return PhaseContext(
        load=replace(car("car"), phases=tuple(Phase), switching=switching, start_after_s=60.0),
        switching=switching,
        demand=Demand("car", 6.0, 16.0, (0, 0, 0)),
        past=past,
        now_s=T0_S,
        day_began_s=T0_S - 40_000,
        runs=runs,
        share=share,
        own=own,
        other=other,
        left_a=3.0,
        spare_a=0.9,
    )


def test_three_phases_may_begin_where_the_imbalance_leaves_too_little_for_one() -> None:
    kept = context(own=Share(0.0, (UNEVEN,)), share=Share(0.0), runs=False)
    assert switch_reason(kept) == "on three phases: the imbalance limit L1 L2 leaves too little for one"
    assert three_phases_for_more(kept._replace(past=replace(ON_ONE, fits_since_s=T0_S - 59))) is None


@pytest.mark.parametrize(
    ("past", "switching", "back"),
    [
        ({}, SWITCHING, True),
        ({"phase_count": 3}, SWITCHING, False),
        ({"phase_count": None}, SWITCHING, False),
        ({"by_hand": 1}, SWITCHING, False),
        ({"stays_on_one": True}, SWITCHING, False),
        ({"failures": 2}, SWITCHING, False),
        ({}, replace(SWITCHING, comes_back=False), False),
        ({"in_session": 4}, SWITCHING, True),
        ({"in_session": 5}, SWITCHING, False),
        ({"switches_s": (T0_S - 100.0,) * 11}, SWITCHING, False),
        ({"switches_s": (T0_S - 50_000.0,) * 11}, SWITCHING, True),
        ({}, None, False),
    ],
)
def test_which_chargers_return_to_all_phases_by_themselves(past, switching, back) -> None:
    load = replace(car("car"), phases=tuple(Phase), switching=switching)
    assert may_go_back_up(load, replace(ON_ONE, **past), T0_S - 40_000) is back


def test_a_charger_that_may_begin_on_one_phase_begins_there() -> None:
    assert three_phases_for_more(context(runs=False)) is None
    assert three_phases_for_more(context(own=Share(0.0, (SUN,)), runs=False)) is None, (
        "no energy is more on three phases"
    )


ON_THREE = replace(ON_ONE, phase_count=3, short_since_s=T0_S - 10)
NO_SUN = Share(0.0, (SUN,))


@pytest.mark.parametrize(
    ("past", "share", "runs", "goes"),
    [
        (ON_THREE, Share(6.0), True, False),  # it is supplied from the grid for a while
        (ON_THREE, Share(0.0), True, True),
        (ON_THREE, Share(0.0), False, True),
        (replace(ON_THREE, fits_since_s=T0_S - 59), Share(0.0), False, False),
        (replace(ON_THREE, in_session=1, short_since_s=T0_S - 359), Share(0.0), True, False),
        (replace(ON_THREE, in_session=1, short_since_s=T0_S - 360), Share(0.0), True, True),
        (replace(ON_THREE, in_session=2, short_since_s=T0_S - 719), Share(0.0), True, False),
        (replace(ON_THREE, short_since_s=T0_S - 180), Share(6.0), True, True),
        (ON_ONE, Share(0.0), True, False),
    ],
)
def test_one_phase_comes_in_place_of_a_stop_and_each_time_later(past, share, runs, goes) -> None:
    told = one_phase_for_energy(context(past, own=NO_SUN, share=share, runs=runs))
    assert told == ("on one phase: not enough sun for three" if goes else None)


UNTIL_NEXT_CAR = (
    " until its car is unplugged and plugged in again: the charger goes back to three only for a new session"
)


@pytest.mark.parametrize(
    ("past", "other", "says"),
    [
        (ON_ONE, Share(0.0, (WIRE,)), ": main L2 has only 3 A left"),
        (ON_ONE, Share(0.0, (SUN,)), ": not enough sun for three"),
        (ON_ONE, Share(0.0), ": three would stop another load"),
        (replace(ON_ONE, in_session=5), PLENTY, ": 5 of 6 switches used in this session"),
        (replace(ON_ONE, switches_s=(T0_S,) * 11), PLENTY, ": 11 of 12 switches used today"),
        (replace(ON_ONE, stays_on_one=True), PLENTY, UNTIL_NEXT_CAR),
        (replace(ON_ONE, tried_s=T0_S - 385), PLENTY, f" until 22:17{LATER}"),
        (
            replace(ON_ONE, fits_since_s=T0_S - 45),
            PLENTY,
            f" until 22:14{LATER}",
        ),
        (ON_ONE, Share(5.4), ": three would give no more"),
        (replace(ON_ONE, by_hand=1), PLENTY, ": set by hand"),
    ],
)
def test_the_reason_for_one_phase_is_reported(past: PhaseSwitchMemory, other: Share, says: str) -> None:
    assert why_on_one_phase(context(past, other=other)) == f"on one phase{says}"


@pytest.mark.parametrize("past", [replace(ON_ONE, phase_count=3), replace(ON_ONE, failures=2)])
def test_three_phases_and_a_failed_switch_have_no_further_reason(past: PhaseSwitchMemory) -> None:
    assert why_on_one_phase(context(past)) is None


@pytest.mark.parametrize(
    ("phase_count", "by_hand", "up"),
    [(1, None, True), (3, None, False), (None, None, False), (None, 3, True), (None, 1, False)],
)
def test_with_unknown_phases_only_a_user_requests_more(phase_count: int | None, by_hand: int | None, up: bool) -> None:
    assert switches_up(replace(ON_ONE, phase_count=phase_count, by_hand=by_hand)) is up
