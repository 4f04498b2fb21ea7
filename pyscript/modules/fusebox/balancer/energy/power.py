"""What a load takes at this moment [W], by phase: measured, or reckoned from its offer where nothing measures. Pure."""

from __future__ import annotations

from typing import NamedTuple

from ... import tuning
from ...control.estimators.draws import assumed_draw_a
from ...model.electrics import PerPhase
from ...model.load import Load
from ...model.snapshot import LoadState, Status


class LoadPower(NamedTuple):
    """What a load takes."""

    by_phase_a: PerPhase
    """On each of its phases [A]."""
    measured: bool
    """Whether that is measured and not reckoned."""

    @property
    def sum_a(self) -> float:
        """Of all its phases [A]; a load that gives takes nothing."""
        return max(sum([a for a in self.by_phase_a if a is not None]), 0.0)


NOTHING = LoadPower(PerPhase(), False)
"""Where nobody tells anything of it."""


def power_of(load: Load, state: LoadState | None, last: LoadPower, silent_s: float) -> LoadPower:
    """What it takes now. `last`: what it took when that was known last, `silent_s` ago [s]."""
    if state is None:
        return NOTHING
    if state.status is Status.UNPLUGGED and not _rests(load, state):
        # There is no car: a draw that says otherwise is one of before.
        return LoadPower(PerPhase.each(load.phases, 0.0), False)
    if None in [state.draw_a[phase] for phase in load.phases]:
        return _unmeasured(load, state, last, silent_s)
    drawn = LoadPower(state.draw_a, not state.counted)
    if state.draw_age_s <= tuning.ENERGY_OLD_S:
        return drawn
    if drawn.sum_a > tuning.DRAWS_A:
        drawn = LoadPower(state.draw_a, False)
    # Many sensors tell only what has changed; but one that is dead goes on telling what it told last.
    most = _most(load, state)
    if load.on_off:
        return most if state.on is False else drawn
    return drawn if drawn.sum_a <= most.sum_a + tuning.TOLERANCE_A * len(load.phases) else most


def is_idle(load: Load, state: LoadState | None, power: LoadPower, power_w: float) -> bool:
    """Whether a load is known to take nothing: measured, or reported by its device. `power_w`: the sum [W]."""
    if power_w > tuning.ENERGY_DRAWS_W or state is None:
        return False
    if state.status is Status.UNPLUGGED and LoadPower(state.draw_a, False).sum_a > tuning.DRAWS_A:
        return False  # they contradict each other: its own counter decides
    return power.measured or (state.available and _most(load, state).sum_a == 0)


def is_told(load: Load, state: LoadState | None, power: LoadPower) -> bool:
    """Whether a sensor tells its power now, so that it is right whatever the house's meter shows."""
    is_known = state is not None and None not in [state.draw_a[phase] for phase in load.phases]
    return power.measured and is_known and state is not None and state.draw_age_s <= tuning.LASTING_S


def _rests(load: Load, state: LoadState) -> bool:
    """Whether its draw is known, and no more than a device without a car takes."""
    is_known = None not in [state.draw_a[phase] for phase in load.phases]
    return is_known and LoadPower(state.draw_a, False).sum_a <= tuning.DRAWS_A


def _unmeasured(load: Load, state: LoadState, last: LoadPower, silent_s: float) -> LoadPower:
    """What a load counts with whose draw is unknown: for a moment what it took, measured as it was; then no more than
    that and no more than its offer; and nothing once the device itself has been away for long."""
    if silent_s <= tuning.LASTING_S:
        return last
    was_known = last.by_phase_a != NOTHING.by_phase_a
    if state.available:
        most = _most(load, state)
        return LoadPower(last.by_phase_a, False) if was_known and last.sum_a < most.sum_a else most
    return LoadPower(last.by_phase_a, False) if silent_s <= tuning.ENERGY_OLD_S else NOTHING


def _most(load: Load, state: LoadState) -> LoadPower:
    """What it may take by its offer, its switch and its status."""
    return LoadPower(PerPhase.each(load.phases, assumed_draw_a(load, state)), False)
