"""How late a meter shows that a load was switched, which is learnt, and what it may still show of the load. Pure.

A relay reports at once that it has opened, the meter a second or two later. What the meter still shows until then is
not house load: if it were counted as such, the next relay would be opened, and the next. Amounts are in the meter's
unit.
"""

from __future__ import annotations

import math

from ... import tuning
from ...model.durations import DUST_S, NEVER_S
from ...model.meter_memory import MeterLatency
from ...model.records import fast_replace, replace_if_changed
from ...model.trace import Trace, range_since


def add_reading(past: Trace, meter: float | None, reported_s: float) -> Trace:
    """Return the last readings of `QUICK_S` with a new one added; unchanged without a value or a new report."""
    if meter is None or (past and past[-1][0] >= reported_s):
        return past
    return (*(reading for reading in past if reported_s - reading[0] <= tuning.QUICK_S), (reported_s, meter))


def update_latency(past: MeterLatency, now_s: float, drawn: float, readings: Trace) -> MeterLatency:
    """Return the memory with the load's present draw added, and the latency if the meter now shows the last change.

    A change that the meter never shows is given up after the longest known latency.
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

    Looked at are its readings of the last `QUICK_S`, but none before `shown_s`.
    """
    if not readings:
        return False
    reported_s, meter = readings[-1]
    from_s = max(reported_s - tuning.QUICK_S, shown_s)
    moves = [(meter - then) * math.copysign(1, change) for then_s, then in readings if then_s >= from_s]
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
