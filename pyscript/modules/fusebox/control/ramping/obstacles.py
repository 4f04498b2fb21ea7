"""What a raise has to respect: the current that each load counts for, readings, ceilings and its last command. Pure.

Each load counts for the most of its draw, its setpoint and what its device still offers; a raise has to fit in
addition. For wires a sum is stored, and the load that is to rise is subtracted from it; from a budget each load in turn
takes no more than is left.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.ceiling import Budget, Ceiling
from ...model.data_quality import DataQuality
from ...model.decision import Demands
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.messages.message import message
from ...model.meter_memory import HeadroomMemory
from ...model.snapshot import Snapshot
from ..estimators.compliance import may_follow_yet
from ..limits.headroom import NO_LIMITS, Ceilings, Headroom, Weighed, take_from_budget


class CountedAmps:
    """The current that all loads count for now, at first `most_a` or their draw; `set_current` changes one load's."""

    __slots__ = ("_ceilings", "_current_a", "_demands", "_of_wires", "_used_a")

    def __init__(self, ceilings: Ceilings, demands: Demands, most_a: Mapping[str, float]) -> None:
        self._ceilings, self._demands = ceilings, demands
        self._used_a = [0.0] * len(ceilings)
        self._of_wires: dict[str, Weighed] = {}
        self._current_a: dict[str, float] = {}
        for demand in demands:
            self.set_current(demand.load, most_a[demand.load])

    def set_current(self, load: str, most_a: float) -> None:
        """Count a load with `most_a` [A] on each phase from now on, or with its measured draw where that is more."""
        ceilings, by_load, used_a = self._ceilings, self._ceilings.by_load, self._used_a
        for place, part_a in self._of_wires.get(load, NO_LIMITS):
            used_a[place] -= part_a
        wires = by_load.wires.get(load, NO_LIMITS)
        mine = [(place, max(ceilings[place].drawn_a.get(load, 0.0), weight * most_a)) for place, weight in wires]
        for place, part_a in mine:
            used_a[place] += part_a
        for budget in by_load.budgets.get(load, {}).values():
            for place, weight in budget:
                most_a = max(most_a, ceilings[place].drawn_a.get(load, 0.0) / weight)
        self._of_wires[load], self._current_a[load] = mine, most_a

    def headroom_without(self, load: str, ceilings: Ceilings, starts: bool) -> Headroom:
        """Return the headroom that all other loads, as they count now, leave one load under `ceilings` [A].

        These may leave other currents than those of the constructor. With `starts`, other loads that an energy budget
        does not limit take only their minimum of it, and nothing if served later, as at admission.
        """
        left = [ceiling.headroom_a - used_a for ceiling, used_a in zip(ceilings, self._used_a, strict=True)]
        for place, part_a in self._of_wires[load]:
            left[place] += part_a
        for budget, places in ceilings.by_load.budgets.get(load, {}).items():
            if ceilings[places[0][0]].stops(load):
                self._subtract_budget_use(left, budget, load, starts)
        return Headroom(ceilings, left)

    def _subtract_budget_use(self, left: list[float], budget: Budget, rising: str, starts: bool) -> None:
        """Subtract from `left` what each load except `rising` takes of an energy budget, in order of service.

        With `starts`, a load that the budget does not stop takes only its minimum, and nothing if served after it: that
        needs no sun.
        """
        is_later = False
        for demand in self._demands:
            is_later = is_later or demand.load == rising
            places = self._ceilings.by_load.budgets.get(demand.load, {}).get(budget)
            if places and demand.load != rising:
                taken_a = self._current_a[demand.load]
                if starts and not self._ceilings[places[0][0]].stops(demand.load):
                    taken_a = 0.0 if is_later else min(demand.min_a, taken_a)
                take_from_budget(left, places, taken_a)


MOMENTARY = frozenset({"limit_watched_first", "next_command_due", "last_raise_unseen", "next_reading_awaited"})
"""Codes of waits of seconds: in place of one of these the limit of the share is published, where there is one."""

LIMITS = ("site.", "tariff.target_kw", "tariff.minimum_kw:", "tariff.night_factor:")
"""Beginnings of the CONFIG paths whose live values limit every load."""

BLIND_WORDS = {
    DataQuality.MISSING: message("reading_missing"),
    DataQuality.STALE: message("reading_late"),
    DataQuality.FAILSAFE: message("fail_safe"),
}


class CeilingObstacles:
    """Per ceiling, why nothing under it may be raised now; computed once for all loads."""

    def __init__(self, ceilings: Ceilings, headroom: Mapping[str, HeadroomMemory], now_s: float) -> None:
        self.ceilings = ceilings
        self._reasons = {ceiling.name: _ceiling_obstacle(ceiling, headroom, now_s) for ceiling in ceilings}
        self._fresh = {c.name for c in ceilings if c.metered and not self._reasons[c.name] and headroom[c.name].fresh}

    def obstacle_above(self, over: Sequence[Ceiling]) -> str:
        """Return why one of the ceilings over a load allows no raise now, "" when all of them do."""
        return next((why for c in over if (why := self._reasons[c.name])), "")

    def awaits_reading(self, over: Sequence[Ceiling], raised_s: float) -> bool:
        """Return whether a raise has to wait for a meter: none reports anything new, or one has not since `raised_s`.

        `over`: the ceilings over the load; `raised_s`: its last raise [s since 1970]. One phase may be silent for a
        while although others report: its last reading allows one raise, not several. False for a load that no ceiling
        stops. Every other load is under the main fuse, which has a meter on each phase; without a grid, that meter
        counts as reporting 0 A.
        """
        is_new = any(c.name in self._fresh for c in over)
        return (bool(over) and not is_new) or any(c.metered and c.reported_s <= raised_s for c in over)


def _ceiling_obstacle(ceiling: Ceiling, headroom: Mapping[str, HeadroomMemory], now_s: float) -> str:
    """Return why nothing under a ceiling may be raised, "" if it may be.

    Reasons: unmeasured, exceeded (unless it tolerates that for a time), or not observed for `HEADROOM_WATCH_S`.
    """
    if not ceiling.known:
        return message("limit_unmeasured", limit=ceiling.name)
    if ceiling.overdrawn and ceiling.tolerates_s is None:
        return message("limit_exceeded", limit=ceiling.name)
    if now_s - headroom[ceiling.name].since_s < tuning.HEADROOM_WATCH_S:
        return message("limit_watched_first", limit=ceiling.name, watch_s=tuning.HEADROOM_WATCH_S)
    return ""


def raise_obstacle(
    load: Load, obstacles: CeilingObstacles, past: LoadMemory, quality: DataQuality, snapshot: Snapshot
) -> str:
    """Return why a load may not be raised now, "" when it may; the first that applies, settings before readings.

    A missing setting of a limit or of the load, old readings, a ceiling above it, its write interval, its last raise
    not followed yet, or no new reading since.
    """
    for text in snapshot.unsettled:
        if text.startswith((*LIMITS, f"loads.{load.name}.")):
            return message("setting_missing", text=text)
    if quality is DataQuality.STALE and not load.is_modulated:
        return message("next_reading_awaited")  # it stays as it is, on or off: it has no minimum to be lowered to
    if quality is not DataQuality.GOOD:
        return BLIND_WORDS[quality]
    over, state = obstacles.ceilings.over(load.name), snapshot.state_of(load.name)
    if reason := obstacles.obstacle_above(over):
        return reason
    if snapshot.now_s - past.command.sent_s < load.min_write_s:
        return message("next_command_due", min_write_s=load.min_write_s)
    if may_follow_yet(state, past, snapshot.now_s):
        return message("last_raise_unseen")
    # The last reading has been acted on already; the next one may show that the kettle is on.
    return message("next_reading_awaited") if obstacles.awaits_reading(over, past.timing.raised_s) else ""
