"""Learns the power of each load without a limit: a cold or a nearly full car takes less than its maximum."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from ... import tuning
from ...control.estimators.usage import allowed_current_a
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.load_memory import NEW_LOAD, LoadMemory
from ...model.snapshot import LoadState, Status
from .plan_file import StoredPower


class PowerRecord(NamedTuple):
    """What was learnt of one load on a number of phases."""

    mean_kw: float
    """The mean of the last minute or so [kW]."""
    kw: float
    """The power to plan with [kW]: it follows the mean only when that is clearly different."""
    at_s: float
    """When it was last observed [s since 1970]."""
    top_kw: float = 0.0
    """The highest power that its present car took of an offer that did not limit it [kW]; 0 for none yet."""

    def expect_highest_again(self) -> PowerRecord:
        """Return the expectation for the next car, which is most likely the same one.

        A nearly full car takes less; next time it takes its highest power again.
        """
        return PowerRecord(self.top_kw, self.top_kw, self.at_s) if self.top_kw else self


ByPhases = Mapping[int, PowerRecord]
"""Number of phases -> what was learnt of a load or car on them."""


def power_owner(load: Load) -> str:
    """Return the key under which a load's power is learnt.

    Its car where that is known, the load's guests, or the load itself. A load's name never contains a blank.
    """
    if not load.vehicles:
        return load.name
    return f"vehicle {load.vehicle.name}" if load.vehicle.is_known else f"guest {load.name}"


class LearntPowers:
    """The learnt powers of all loads and cars by their number of phases, over sessions and restarts."""

    def __init__(self) -> None:
        self._learnt: dict[str, ByPhases] = {}
        """Load or car -> what was learnt of it."""
        self._present: dict[str, tuple[str, ByPhases]] = {}
        """Load -> whose power it shows now, and what was known of that before."""
        self._began_s: dict[str, float] = {}
        """Load -> when its present draw began [s since 1970]."""

    def learn(self, load: Load, state: LoadState, past: LoadMemory | None, voltage_v: float, now_s: float) -> None:
        """Learn from a load's present draw, `LASTING_S` after it began and was last raised; nothing while it is off.

        `load`: with the phases that it is known to use. A draw limited by a small offer only raises what is known.
        When the car leaves, its highest power is expected next time, and what was learnt of a guest is dropped.
        """
        if state.status is Status.UNPLUGGED:
            self._began_s.pop(load.name, None)
            owner, _ = self._present.pop(load.name, (power_owner(load), {}))
            own = self._learnt.pop(owner, {})
            if owner != f"guest {load.name}":
                self._learnt[owner] = {count: each.expect_highest_again() for count, each in own.items()}
            return
        owner = self._present_owner(load)
        able = None if past is None else unlimited_power_kw(load, state, past.setpoint_a, voltage_v)
        if past is None or past.setpoint_a <= 0 or able is None:
            self._began_s.pop(load.name, None)
            return
        if now_s - max(self._began_s.setdefault(load.name, now_s), past.timing.raised_s) <= tuning.LASTING_S:
            return
        known, phase_count = self._learnt.get(owner, {}), len(load.phases)
        before, has_choice = known.get(phase_count), not _is_throttled(load, state, past.setpoint_a)
        if before is not None and not has_choice:
            # A load that takes all of a small offer only shows that it can take that much.
            able = max(before.kw, able * past.setpoint_a / max(load.max_a, past.setpoint_a))
        self._learnt[owner] = {**known, phase_count: add_observation(before, able, now_s, has_choice=has_choice)}

    def _present_owner(self, load: Load) -> str:
        """Return the key of whose power a load shows now (`power_owner`).

        When that changes during a session, the earlier owner was a wrong guess: what this session taught of it is
        undone.
        """
        owner = power_owner(load)
        past, before = self._present.get(load.name, (owner, {}))
        if past != owner:
            self._learnt[past] = before
        if past != owner or load.name not in self._present:
            self._present[load.name] = owner, self._learnt.get(owner, {})
        return owner

    def power_to_plan_kw(self, load: Load, state: LoadState, past: LoadMemory | None, voltage_v: float) -> float:
        """Return the power to plan with on a load's present phases [kW]: what was learnt of its car or itself.

        At most its rating on these phases, which also counts while nothing is learnt: `max_a`, its device's own maximum
        or what its user has set at the device, whichever is lowest, but not below its minimum.
        """
        most_a = max(allowed_current_a(load, state, past or NEW_LOAD), load.min_a)
        rated_kw = most_a * len(load.phases) * voltage_v / 1000
        found = self._learnt.get(power_owner(load), {}).get(len(load.phases))
        return rated_kw if found is None else min(found.kw, rated_kw)

    def knows(self, load: Load) -> bool:
        """Return whether anything was learnt of a load on its number of phases."""
        return len(load.phases) in self._learnt.get(power_owner(load), {})

    def values_to_persist(self) -> tuple[StoredPower, ...]:
        """Return what has to be persisted."""
        rows = [(name, *row) for name, known in self._learnt.items() for row in known.items()]
        return tuple(StoredPower(name, count, round(found.top_kw or found.kw, 3)) for name, count, found in rows)

    def restore(self, stored: Iterable[StoredPower]) -> None:
        """Take over what was stored before a restart; powers that were learnt since stay."""
        for each in stored:
            stored_power = {each.phase_count: PowerRecord(each.kw, each.kw, NEVER_S)}
            self._learnt[each.load] = {**stored_power, **self._learnt.get(each.load, {})}


def unlimited_power_kw(load: Load, state: LoadState, setpoint_a: float, voltage_v: float) -> float | None:
    """Return the power that a load would take without a limit [kW], judged by its draw.

    None if a phase is not measured or none draws `DRAWS_A`. For a charger whose draw reaches its setpoint, the draw is
    scaled up to `max_a`.
    """
    drawn_a = [state.draw_a[phase] for phase in load.phases]
    known_a = [a for a in drawn_a if a is not None]
    if len(known_a) < len(drawn_a) or max(known_a) < tuning.DRAWS_A:
        return None
    sum_a, most_a = sum(known_a), max(known_a)
    if load.is_modulated and most_a >= setpoint_a - tuning.CLEARLY_A:
        sum_a *= max(load.max_a, setpoint_a) / most_a  # it takes what it is offered, on the phases that it uses
    return sum_a * voltage_v / 1000


def _is_throttled(load: Load, state: LoadState, setpoint_a: float) -> bool:
    """Return whether a load takes its whole offer, which is less than its maximum."""
    most_a = max(state.draw_a[phase] or 0.0 for phase in load.phases)
    return most_a >= setpoint_a - tuning.CLEARLY_A and setpoint_a < load.max_a - tuning.CLEARLY_A


def add_observation(past: PowerRecord | None, able: float, now_s: float, *, has_choice: bool = True) -> PowerRecord:
    """Return the learnt power after one more observation of `able` [kW]: a mean over `LASTING_S`.

    The power to plan with (`kw`) follows it only if it differs by more than `PLAN_POWER_SHARE`. `has_choice`: whether
    the load was offered more than it took; only then may its highest power (`top_kw`) rise.
    """
    if past is None:
        return PowerRecord(able, able, now_s, able if has_choice else 0.0)
    share = 1 - math.exp(-max(now_s - past.at_s, 0.0) / tuning.LASTING_S)
    mean_kw = past.mean_kw + share * (able - past.mean_kw)
    kw = mean_kw if abs(mean_kw - past.kw) > tuning.PLAN_POWER_SHARE * past.kw else past.kw
    return PowerRecord(mean_kw, kw, now_s, max(past.top_kw, min(mean_kw, able)) if has_choice else past.top_kw)
