"""Patience under limits that are energy over a time: what runs may go on while there is enough, and nothing begins that
would have to stop again soon. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ...model.backoff import backoff_s
from ...model.decision import Ceiling
from ...model.durations import HOUR_S
from ...model.site import Load

BEARS_AT_LEAST_S = 15.0
"""A device that is to pause may be told late by so much, beside its write interval, and its car takes its time."""

NEXT_BEARS_S = 120.0
"""Who is served later makes way so much earlier; for each that is served before it, where no time ends."""

BEGINS_S = 60.0
"""Nothing begins where what runs already could not go on as it does for so long."""

RUNS_S, SWITCHED_RUNS_S = 300.0, 900.0
"""What begins late in a window should run on into the next, for so long in all; relays are spared more than cars."""

FRESH_RUNS_S, FEW_STARTS = 120.0, 2
"""The same for a car that has begun less than so many times within the hour: it is spared less."""

LONGEST_REST_S = 1800.0
"""What was stopped stays off for twice as long with each start of the last hour, at most for so long."""


def bears(ceiling: Ceiling, load: Load, before: Mapping[str, float]) -> bool:
    """Whether a ceiling is energy over a time, and has enough of it for a load that runs and does not fit just now.

    When it has not, the load is still on for as long as its device takes to hear of it. `before`: the minimums of those
    that run and are served before it [A], by name: they are to go on until the time ends.
    """
    if ceiling.bears_s is None:
        return False
    least_s = BEARS_AT_LEAST_S + load.min_write_s
    served_a = sum(ceiling.weights[name] * min_a for name, min_a in before.items() if name in ceiling.weights)
    if served_a > 0 and ceiling.ends_in_s < float("inf"):
        own_a = ceiling.drawn_a.get(load.name, 0.0)
        return ceiling.spare_as - served_a * ceiling.ends_in_s > own_a * (least_s + NEXT_BEARS_S)
    return ceiling.bears_s > least_s + len(before) * NEXT_BEARS_S


def rest_s(load: Load, starts_s: Sequence[float], now_s: float) -> float:
    """How long a switched load stays off that such a ceiling has stopped [s]: what turns often is to turn less."""
    starts = sum(1 for s in starts_s if now_s - s < HOUR_S)
    longest_s = max(LONGEST_REST_S, load.min_off_s)
    return backoff_s(max(load.min_off_s, load.pause_s), starts - 1, longest_s)


def is_fresh(starts_s: Sequence[float], now_s: float) -> bool:
    """Whether a charger has begun so seldom within the hour that one more start is no matter."""
    return sum(1 for s in starts_s if now_s - s < HOUR_S) < FEW_STARTS


def runs_s(fresh: bool) -> float:
    """How long a charger should run in all that begins late in a window [s]."""
    return FRESH_RUNS_S if fresh else RUNS_S


def begins_in_vain(ceiling: Ceiling, load: Load, min_a: float, running_a: float, fresh: bool) -> bool:
    """Whether a load that began at its minimum would have to stop again soon.

    `running_a`: what the minimums of those that run use of the ceiling; `fresh`: of a charger, see `is_fresh`.
    """
    if ceiling.bears_s is None or ceiling.ends_in_s == float("inf"):
        return False
    if ceiling.bears_s < BEGINS_S:
        return True
    then_s = (SWITCHED_RUNS_S if load.on_off else runs_s(fresh)) - ceiling.ends_in_s
    return then_s > 0 and (running_a + min_a * ceiling.weights[load.name]) * then_s > ceiling.then_as
