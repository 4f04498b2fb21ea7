"""Many seconds of a house at a fraction of their cost: while nothing changes, not every second is decided."""

from __future__ import annotations

from dataclasses import replace

from fusebox.control.control import step
from fusebox.model.decision import Decision
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot

CALM_S = 10.0
"""A house is at rest in which nothing has changed and nothing was commanded for this long [s]."""
REST_S = 10.0
"""Interval of the decisions about a house at rest [s]."""


class Steps:
    """Decides about one house as `step` does, and about a house at rest only each `REST_S`.

    The decision at the end of such a rest is made first. Unless it changes nothing, each second until then is decided:
    whatever begins or ends by the clock does so in its second.
    """

    def __init__(self) -> None:
        self._site: Site | None = None
        self._seen: Snapshot | None = None
        self._last: Decision | None = None
        self._ahead: Decision | None = None
        """The decision at the end of the present rest; None while each second is decided."""
        self._until_s = self._busy_s = 0.0
        """When that rest ends, or the seconds after one that would have changed something; when something changed."""

    def decide(self, site: Site, snapshot: Snapshot, memory: Memory) -> Decision:
        """Return the decision on a snapshot; within a rest the last one, which commanded nothing."""
        last, now_s = self._last, snapshot.now_s
        if last is None or memory is not last.memory or site is not self._site or not self._is_next(snapshot):
            memory = self._end_rest(memory)
            self._busy_s = self._until_s = now_s
            last = None
        self._site, self._seen = site, snapshot
        if self._ahead is None and last is not None and now_s >= self._until_s and now_s - self._busy_s >= CALM_S:
            self._until_s = now_s + REST_S - 1
            ahead = step(site, replace(snapshot, now_s=self._until_s), memory)
            self._ahead = ahead if _is_same(ahead, last) else None
        if self._ahead is None or last is None:
            decision = step(site, snapshot, memory)
            self._busy_s = self._busy_s if last is not None and _is_same(decision, last) else now_s
        elif now_s < self._until_s:
            decision = last
        else:
            decision, self._ahead = self._ahead, None
        self._last = decision
        return decision

    def _end_rest(self, memory: Memory) -> Memory:
        """Return the memory of the last second before a change: that of a rest is some seconds old."""
        was_at_rest, self._ahead = self._ahead is not None, None
        if was_at_rest and self._last is not None and memory is self._last.memory:
            assert self._site is not None and self._seen is not None
            return step(self._site, self._seen, memory).memory
        return memory

    def _is_next(self, snapshot: Snapshot) -> bool:
        """Return whether a snapshot is a second later than the one before, and the same apart from that."""
        assert self._seen is not None
        return snapshot.now_s == self._seen.now_s + 1 and replace(snapshot, now_s=self._seen.now_s) == self._seen


def _is_same(decision: Decision, before: Decision) -> bool:
    """Return whether a decision commands nothing and leaves setpoints, phase switches and problems as they were.

    False where sun may be hidden: its tests begin and end between two commands.
    """
    setpoints_a = {name: past.setpoint_a for name, past in decision.memory.loads.items()}
    return (
        not decision.commands
        and decision.memory.hidden_sun is None
        and decision.problems == before.problems
        and decision.memory.phase_switches == before.memory.phase_switches
        and setpoints_a == {name: past.setpoint_a for name, past in before.memory.loads.items()}
    )
