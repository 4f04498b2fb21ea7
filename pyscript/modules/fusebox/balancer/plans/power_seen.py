"""Learns the power of each load without a limit: a cold or a nearly full car takes less than its maximum."""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import NamedTuple

from ... import tuning
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.snapshot import LoadState, Status
from .keep import KeptPower


class PowerSeen(NamedTuple):
    """What was learnt of one load on a number of phases."""

    mean_kw: float
    """The mean of the last minute or so [kW]."""
    kw: float
    """The power to plan with [kW]: it follows the mean only when that is clearly different."""
    at_s: float
    """When it was last observed [s since 1970]."""
    top_kw: float = 0.0
    """The highest power that its present car took of an offer that did not limit it [kW]; 0 for none yet."""

    def left(self) -> PowerSeen:
        """Return the expectation for the next car, which is most likely the same one.

        A nearly full car takes less; next time it takes its highest power again.
        """
        return PowerSeen(self.top_kw, self.top_kw, self.at_s) if self.top_kw else self


class PowersSeen:
    """The learnt powers of all loads by their number of phases, over sessions and restarts."""

    def __init__(self) -> None:
        self._seen: dict[tuple[str, int], PowerSeen] = {}

    def look(self, load: Load, state: LoadState, past: LoadMemory | None, voltage_v: float, now_s: float) -> None:
        """Learn from a load's present draw. `load`: with the phases that it is known to use."""
        if state.status is Status.UNPLUGGED:
            self._seen.update({key: each.left() for key, each in self._seen.items() if key[0] == load.name})
            return
        if past is None or now_s - past.timing.raised_s <= tuning.LASTING_S or past.setpoint_a <= 0:
            return
        able = able_kw(load, state, past.setpoint_a, voltage_v)
        if able is None:
            return
        key, has_choice = (load.name, len(load.phases)), not _is_throttled(load, state, past.setpoint_a)
        before = self._seen.get(key)
        if before is not None and not has_choice:
            # A load that takes all of a small offer only shows that it can take that much.
            able = max(before.kw, able * past.setpoint_a / load.max_a)
        self._seen[key] = seen(before, able, now_s, has_choice=has_choice)

    def most_kw(self, load: Load, voltage_v: float) -> float:
        """Return the power to plan with on its phases [kW]: what was learnt, and at most what it may take."""
        rated_kw = load.max_a * len(load.phases) * voltage_v / 1000
        found = self._seen.get((load.name, len(load.phases)))
        return rated_kw if found is None else min(found.kw, rated_kw)

    def knows(self, load: Load) -> bool:
        """Return whether anything was learnt of a load on its number of phases."""
        return (load.name, len(load.phases)) in self._seen

    def kept(self) -> tuple[KeptPower, ...]:
        """Return what has to be persisted."""
        rows = self._seen.items()
        return tuple(KeptPower(name, lines, round(found.top_kw or found.kw, 3)) for (name, lines), found in rows)

    def restore(self, kept: Iterable[KeptPower]) -> None:
        """Take over what was stored before a restart."""
        for each in kept:
            self._seen.setdefault((each.load, each.lines), PowerSeen(each.kw, each.kw, NEVER_S))


def able_kw(load: Load, state: LoadState, setpoint_a: float, voltage_v: float) -> float | None:
    """Return the power that a load would take without a limit [kW], by its draw; None without a measured draw."""
    drawn_a = [state.draw_a[phase] for phase in load.phases]
    told_a = [a for a in drawn_a if a is not None]
    if len(told_a) < len(drawn_a) or max(told_a) < tuning.DRAWS_A:
        return None
    sum_a, most_a = sum(told_a), max(told_a)
    if not load.is_switched and most_a >= setpoint_a - tuning.CLEARLY_A:
        sum_a *= load.max_a / most_a  # it takes what it is offered, on the phases that it uses
    return sum_a * voltage_v / 1000


def _is_throttled(load: Load, state: LoadState, setpoint_a: float) -> bool:
    """Return whether a load takes its whole offer, which is less than its maximum."""
    most_a = max(state.draw_a[phase] or 0.0 for phase in load.phases)
    return most_a >= setpoint_a - tuning.CLEARLY_A and setpoint_a < load.max_a - tuning.CLEARLY_A


def seen(past: PowerSeen | None, able: float, now_s: float, *, has_choice: bool = True) -> PowerSeen:
    """Return what is learnt with one more observation. `has_choice`: whether its offer did not limit it."""
    if past is None:
        return PowerSeen(able, able, now_s, able if has_choice else 0.0)
    share = 1 - math.exp(-max(now_s - past.at_s, 0.0) / tuning.LASTING_S)
    mean_kw = past.mean_kw + share * (able - past.mean_kw)
    kw = mean_kw if abs(mean_kw - past.kw) > tuning.PLAN_POWER_SHARE * past.kw else past.kw
    return PowerSeen(mean_kw, kw, now_s, max(past.top_kw, min(mean_kw, able)) if has_choice else past.top_kw)
