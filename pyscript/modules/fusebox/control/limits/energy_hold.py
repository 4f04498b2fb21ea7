"""Patience under limits that are energy over a time: what runs may go on while there is enough, and nothing begins that
would have to stop again soon. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.durations import HOUR_S, QUARTER_S, backoff_s
from ...model.load import Load


def bears(ceiling: Ceiling, load: Load, before: Mapping[str, float]) -> bool:
    """Whether a ceiling is energy over a time, and has enough of it for a load that runs and does not fit just now.

    When it has not, the load is still on for as long as its device takes to hear of it. `before`: the minimums of those
    that run and are served before it [A], by name: they are to go on until the time ends.
    """
    if ceiling.bears_s is None:
        return False
    least_s = tuning.FOLLOW_S + load.min_write_s
    served_a = sum(ceiling.weights[name] * min_a for name, min_a in before.items() if name in ceiling.weights)
    if served_a > 0 and ceiling.ends_in_s < float("inf"):
        own_a = ceiling.drawn_a.get(load.name, 0.0)
        return ceiling.spare_as - served_a * ceiling.ends_in_s > own_a * (least_s + tuning.WINDOW_NEXT_BEARS_S)
    return ceiling.bears_s > least_s + len(before) * tuning.WINDOW_NEXT_BEARS_S


def rest_s(load: Load, starts_s: Sequence[float], now_s: float) -> float:
    """How long a switched load stays off that such a ceiling has stopped [s]: what turns often is to turn less."""
    starts = sum(1 for s in starts_s if now_s - s < HOUR_S)
    longest_s = max(tuning.FORGET_S, load.min_off_s)
    return backoff_s(max(load.min_off_s, load.pause_s), starts - 1, longest_s)


def is_fresh(starts_s: Sequence[float], now_s: float) -> bool:
    """Whether a charger has begun so seldom within the hour that one more start is no matter."""
    return sum(1 for s in starts_s if now_s - s < HOUR_S) < tuning.NO_CHANCE_TIMES


def runs_s(fresh: bool) -> float:
    """How long a charger should run in all that begins late in a window [s]."""
    return tuning.WINDOW_NEXT_BEARS_S if fresh else tuning.WINDOW_RUNS_S


def begins_in_vain(ceiling: Ceiling, load: Load, min_a: float, running_a: float, fresh: bool) -> bool:
    """Whether a load that began at its minimum would have to stop again soon.

    `running_a`: what the minimums of those that run use of the ceiling; `fresh`: of a charger, see `is_fresh`.
    """
    if ceiling.bears_s is None or ceiling.ends_in_s == float("inf"):
        return False
    if ceiling.bears_s < tuning.LASTING_S:
        return True
    then_s = (QUARTER_S if load.on_off else runs_s(fresh)) - ceiling.ends_in_s
    return then_s > 0 and (running_a + min_a * ceiling.weights[load.name]) * then_s > ceiling.then_as
