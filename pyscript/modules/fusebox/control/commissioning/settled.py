"""Whether a load under test and the meters have shown all that they will. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.electrics import ALL_PHASES
from ...model.load_memory import LoadMemory
from ...model.site import MAIN
from ...model.snapshot import LoadState, Snapshot
from ..estimators.acknowledgement import same
from .level import Sample, drawn_a, half_way_s
from .trial import Trial


def wait_s(lags_s: Mapping[str, float]) -> float:
    """How long a meter may still show what was [s]."""
    return max(lags_s.values()) + tuning.TICK_S if MAIN in lags_s else tuning.LASTING_S / 2


def others_still_since_s(samples: Sequence[Sample]) -> float:
    """Since when no load has moved [s since 1970]."""
    last = samples[-1]
    moving = [
        s.at_s
        for s in samples
        if abs(s.others_a - last.others_a) > tuning.DRAWS_A
        or abs((drawn_a(s) or s.offered_a) - (drawn_a(last) or last.offered_a)) > tuning.DRAWS_A
    ]
    return moving[-1] if moving else samples[0].at_s


def period_s(snapshot: Snapshot) -> float:
    """How seldom the slowest of the meters tells [s]."""
    periods_s = [r.period_s for phases in snapshot.grid_a.values() for r in phases.values() if r.period_s is not None]
    return min(max(periods_s, default=0.0), tuning.LASTING_S / 2)


def is_settled(trial: Trial, state: LoadState, past: LoadMemory, lags_s: Mapping[str, float], window_s: float) -> bool:
    """Whether load and meters have shown all that they will."""
    last = trial.samples[-1]
    if last.at_s - trial.since_s >= tuning.SLOWEST_S:
        return True
    if not _is_told(trial, past):
        return False
    seen_s = {circuit: at_s for circuit in last.grid_a if (at_s := responded_s(trial.samples, circuit)) is not None}
    starts = trial.level_a > 0 and (drawn_a(last) or 0.0) <= tuning.DRAWS_A
    if starts and set(state.draw_a) != {None} and not seen_s:
        # A car may wake late.
        return False
    still_s = _still_since_s(trial.samples)
    answered_s = max(still_s + wait_s(lags_s), seen_s.get(MAIN, still_s))
    return last.at_s - answered_s >= window_s


def _is_told(trial: Trial, past: LoadMemory) -> bool:
    """Whether the device has been told what it may have at this level, and has had its time to show it."""
    last = trial.samples[-1]
    since_s = max(trial.since_s, past.timing.changed_s)
    reached = past.setpoint_a >= trial.level_a if trial.level_a > 0 else past.setpoint_a <= 0
    if not reached and last.at_s - since_s < tuning.IGNORES_S:
        return False
    if same(last.offered_a, past.setpoint_a):
        return True
    # What differs from what it is to be at will be told, or has been told and is rounded: told again, it is no later.
    sent_s = next(s.at_s for s in trial.samples if s.sent_a == last.sent_a)
    is_new = sent_s > trial.samples[0].at_s
    return last.at_s - sent_s >= tuning.ANSWER_S and (is_new or last.at_s - since_s >= tuning.IGNORES_S)


def _still_since_s(samples: Sequence[Sample]) -> float:
    """Since when the load has been as it is now, by its own sensor or by what its device shows [s since 1970]."""
    last = samples[-1]
    last_a = drawn_a(last)
    shown_s = [s.at_s for s in samples if abs(s.offered_a - last.offered_a) > tuning.DRAWS_A]
    if last_a is None:
        return shown_s[-1] + tuning.QUICK_S if shown_s else samples[0].at_s
    drawn_s = [s.at_s for s in samples if abs((drawn_a(s) or 0.0) - last_a) > tuning.DRAWS_A]
    return max([samples[0].at_s, *shown_s[-1:], *drawn_s[-1:]])


def responded_s(samples: Sequence[Sample], circuit: str, step_a: float | None = None) -> float | None:
    """When the first of a circuit's meters had moved half of its way [s since 1970]; None while none has.

    Of those that moved as far as the load did, where that is known.
    """
    ways = [[(s.at_s, s.grid_a[circuit][phase]) for s in samples] for phase in ALL_PHASES]
    if step_a is not None:
        ways = [way for way in ways if abs(_length_a(way) - step_a) <= tuning.ALIKE_SHARE * step_a]
    return min([at_s for at_s in map(half_way_s, ways) if at_s is not None], default=None)


def _length_a(way: Sequence[tuple[float, float | None]]) -> float:
    return abs((way[-1][1] or 0.0) - (way[0][1] or 0.0))
