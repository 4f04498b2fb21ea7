"""A signal over time, and how late a meter or a sensor shows it: to compare two signals of which one is late. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise

from .. import tuning
from .durations import DUST_S, NEVER_S, longest_usual_s
from .records import fast_replace, record, replace_if_changed

Trace = tuple[tuple[float, float], ...]
"""Pairs of (when a value was first read [s since 1970], value), each valid until the next one; the newest is last."""


def extend(trace: Trace, at_s: float, value: float, for_s: float) -> Trace:
    """Return the trace with a new value, cut to the last `for_s` seconds and the value valid when they began."""
    return (*trace[_index_at(trace, at_s - for_s) :], (at_s, value))


def trace_value_at(trace: Trace, at_s: float) -> float | None:
    """Return the value at a time, the oldest one for any time before; None for an empty trace.

    Values within one burst of reports count as simultaneous.
    """
    return trace[_index_at(trace, at_s + tuning.REPORT_BURST_S)][1] if trace else None


def range_since(trace: Trace, from_s: float) -> tuple[float, float]:
    """Return the least and the greatest value since a time, with the one valid at that time; 0 for an empty trace."""
    values = [value for _, value in trace[_index_at(trace, from_s) :]]
    return min(values, default=0.0), max(values, default=0.0)


def extend_least(least: Trace, at_s: float, value: float, from_s: float) -> Trace:
    """Return the values since `from_s` that are less than all later ones, with a new one; the first is the least.

    Only such a value can still become the least of a window that ends later.
    """
    return (*[pair for pair in least if pair[0] >= from_s and pair[1] < value], (at_s, value))


def total_move(values: Sequence[float]) -> float:
    """Return the sum of all changes between values, up and down."""
    return sum(abs(after - before) for before, after in pairwise(values))


def _index_at(trace: Trace, at_s: float) -> int:
    """Return the index of the value that is valid at a time, 0 where none is."""
    return max(sum(since_s <= at_s for since_s, _ in trace) - 1, 0)


@record
class SensorLatency:
    """How late a load's draw sensor shows a change that the main meter shows already."""

    changed_s: float = NEVER_S
    """When the setpoint had changed, at the last step."""
    last: tuple[float, float, float] = (0.0, 0.0, 0.0)
    """Draw, meter, and meter without the other loads' draw, on the first phase at the last step [A]."""
    before: tuple[float, float, float] | None = None
    """Those before the change that is watched [A], None while none is."""
    change_a: float = 0.0
    """By how much the draw is to change [A], negative for a cut."""
    shown_s: float | None = None
    """When the meter first showed half of `change_a` [s since 1970], None until then."""
    hidden_s: float | None = None
    """How long after that the sensor still reported the old draw [s], None where it has not reported since."""
    alone: bool = True
    """Whether `change_a` was one change: the setpoint has not gone on in the same direction."""
    undone: bool = False
    """Whether the setpoint was changed back before the sensor had shown the change."""
    lags_s: tuple[float, ...] = ()
    """How late it was at the last changes [s]."""

    @property
    def lag_s(self) -> float:
        """How old its values usually are when it reports them [s]; 0 below `TICK_S`, or unknown."""
        usual_s = longest_usual_s(self.lags_s) if self.lags_s else 0.0
        return usual_s if usual_s >= tuning.TICK_S else 0.0


@record
class MeterLatency:
    """How late a meter shows one load, or several that count as one."""

    drawn: Trace = ()
    """Its recent draws."""
    before: tuple[float, float] | None = None
    """The meter's value and the load's draw before its last change; None once the meter has shown that change."""
    hidden_s: float = 0.0
    """How long after that change the meter still showed the old value [s]."""
    lags_s: tuple[float, ...] = ()
    """How long the meter took to show the last changes [s]."""
    shown_s: float = NEVER_S
    """When it showed the last one [s since 1970]."""
    sensor: SensorLatency = SensorLatency()
    """How much later than the meter the load's own sensor is."""

    @property
    def latency_s(self) -> float:
        """How long after a change the meter may still show the old value [s]; `MOMENT_S` without observed lags."""
        return longest_usual_s(self.lags_s) if self.lags_s else tuning.MOMENT_S


NEW_METER_LATENCY = MeterLatency()


def add_reading(past: Trace, meter: float | None, reported_s: float) -> Trace:
    """Return the last readings of `QUICK_S` with a new one added; unchanged without a value or a new report.

    `reported_s`: when the meter reported it.
    """
    if meter is None or (past and past[-1][0] >= reported_s):
        return past
    return (*(reading for reading in past if reported_s - reading[0] <= tuning.QUICK_S), (reported_s, meter))


def update_latency(past: MeterLatency, now_s: float, drawn: float, readings: Trace) -> MeterLatency:
    """Return the memory with the load's present draw added, and the latency if the meter now shows the last change.

    It shows it once it has moved by about as much; a change that it showed before the relay reported has no latency. A
    change that the meter never shows is given up after the longest known latency. `readings`: the meter's last.
    """
    if not past.drawn:
        return fast_replace(past, drawn=((NEVER_S, drawn),))
    since_s, latest = past.drawn[-1]
    reported_s, meter = readings[-1] if readings else (NEVER_S, None)
    if drawn != latest:
        recent = tuple(entry for entry in past.drawn[:-1] if now_s - entry[0] < 2 * _longest_latency_s(past))
        before, lags_s, shown_s = past.before, past.lags_s, past.shown_s
        if before is None and _meter_was_ahead(drawn - latest, readings, shown_s):
            lags_s, shown_s = (*lags_s, 0.0)[-tuning.LAST_TIMES :], reported_s
        elif before is None and meter is not None:
            before = (meter, latest)
        elif before is not None and before[1] == drawn:
            before = None
        since = (*recent, past.drawn[-1], (now_s, drawn))
        return fast_replace(past, drawn=since, before=before, hidden_s=0.0, lags_s=lags_s, shown_s=shown_s)
    if past.before is None or meter is None or reported_s < since_s:
        return past
    meter_then, drawn_then = past.before
    moved = (meter - meter_then) * math.copysign(1, drawn - drawn_then)
    if moved >= abs(drawn - drawn_then) - abs(drawn - past.drawn[-2][1]) / 2:
        lag_s = min(past.hidden_s + tuning.TICK_S, reported_s - since_s, _longest_latency_s(past))
        lags_s = (*past.lags_s, lag_s)[-tuning.LAST_TIMES :]
        return fast_replace(past, before=None, lags_s=lags_s, shown_s=reported_s)
    if now_s - since_s > _longest_latency_s(past):
        return fast_replace(past, before=None)
    return replace_if_changed(past, hidden_s=reported_s - since_s)


def _longest_latency_s(past: MeterLatency) -> float:
    """Return how late the meter may show a change [s]: at least `FOLLOW_S`, or the known latency."""
    return max(tuning.FOLLOW_S, past.latency_s)


def _meter_was_ahead(change: float, readings: Trace, shown_s: float) -> bool:
    """Return whether the meter showed at least half of a change before the relay reported it.

    Only those of its last `readings` that were reported at `shown_s` or later count.
    """
    moves = [(readings[-1][1] - then) * math.copysign(1, change) for then_s, then in readings if then_s >= shown_s]
    return max(moves, default=0.0) >= abs(change) / 2


def shown_draw_range_a(latency: MeterLatency, reported_s: float) -> tuple[float, float]:
    """Return the least and the most of a load's draw that a reading taken at `reported_s` may contain.

    Its draws within the known latency before that count; within twice that while the meter has not shown the last
    change.
    """
    # A change not shown yet is awaited for twice as long: the meter may be slower than usual.
    from_s = reported_s - (latency.latency_s if latency.before is None else 2 * latency.latency_s)
    # A change at that very moment may be in the reading or not.
    return range_since(latency.drawn, from_s - DUST_S)
