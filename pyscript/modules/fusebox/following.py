"""What a load does after it was told something: on its way, not following, or followed but not yet measured."""

from __future__ import annotations

from dataclasses import replace

from .electrics import PerPhase
from .memory import LoadMemory
from .snapshot import LoadState, Reading, Snapshot

FOLLOW_S = 15.0
"""A load that still draws too much so long after it was told otherwise does not follow."""

FOLLOW_TOLERANCE_A = 1.0
"""Drawing this much more than the setpoint is following: sensors and cars are not exact."""

SETTLE_S = 10.0
"""A car has settled on a new offer after this long; a draw reported earlier may still move."""

LAG_S = 2.0
"""A draw this much older than the meter's reading is behind it."""

LONGEST_LAG_S = 90.0
"""After this long without a report a draw is taken to be as it was: some sensors report only changes."""


def watched(state: LoadState | None, draw: PerPhase, past: LoadMemory, snapshot: Snapshot) -> LoadMemory:
    """The memory that knows since when the load has drawn too much, and what the meter showed at its last report."""
    most_a = max((draw_a for draw_a in draw if draw_a is not None), default=0.0)
    over_since_s = past.over_since_s
    if most_a <= past.setpoint_a + FOLLOW_TOLERANCE_A:
        over_since_s = None
    elif over_since_s is None:
        over_since_s = snapshot.now_s
    reported_s = snapshot.now_s - (state.draw_age_s if state is not None else 0.0)
    if reported_s <= past.drawn_s and over_since_s == past.over_since_s:
        return past
    if reported_s <= past.drawn_s:
        return replace(past, over_since_s=over_since_s)
    grid_then_a = {
        circuit: PerPhase.of({phase: reading.last for phase, reading in phases.items()})
        for circuit, phases in snapshot.grid_a.items()
    }
    return replace(past, over_since_s=over_since_s, drawn_s=reported_s, grid_then_a=grid_then_a)


def follows(past: LoadMemory, now_s: float) -> bool:
    """Whether a load keeps to its setpoint, or may still be on its way there."""
    return past.over_since_s is None or now_s - past.over_since_s < FOLLOW_S


def is_lagging(state: LoadState, past: LoadMemory, meter: Reading, now_s: float) -> bool:
    """Whether the load's draw was reported before its last change of setpoint had settled, and the meter since."""
    reported_s = now_s - state.draw_age_s
    return (
        state.draw_age_s > meter.age_s + LAG_S
        and reported_s < _acted_s(past) + SETTLE_S
        and now_s - _acted_s(past) < LONGEST_LAG_S
    )


def _acted_s(past: LoadMemory) -> float:
    """When the device may last have been given something new: a raise can wait long for a slow device's next write."""
    return max([past.changed_s, *(told_s for told_s, _, _ in past.told[-1:])])


def caught_up_a(
    draw_a: float, past: LoadMemory, then_a: float | None, meter: Reading, explained_a: float, now_s: float
) -> float:
    """A lagging draw [A], moved by the meter's change since its report as far as the setpoint explains that.

    `then_a`: what the meter showed at that report; `explained_a`: how much of its change other loads have explained
    already. Without this a slow sensor would make every car that starts look like a growing house, and cut it again.
    """
    if then_a is None or meter.last is None:
        return draw_a
    change_a = meter.last - then_a - explained_a
    # What was told a moment ago may be on its way still, also when something else has been told since.
    told_a = [amps for told_s, amps, _ in past.told if amps is not None and now_s - told_s < FOLLOW_S]
    low_a, high_a = min(draw_a, past.setpoint_a), max([draw_a, past.setpoint_a, *told_a])
    return min(max(draw_a + change_a, low_a), high_a)
