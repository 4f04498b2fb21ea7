"""How often a session was paused, and how many commands the last hour has seen: for a person to look at."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.durations import HOUR_S
from ...model.load_memory import LoadMemory
from ...model.records import fast_replace
from ...model.snapshot import Snapshot, Status


def counted(
    before: Mapping[str, LoadMemory], after: Mapping[str, LoadMemory], snapshot: Snapshot
) -> Mapping[str, LoadMemory]:
    """The memories after a step with their sessions' pauses; a new session begins when the car has left."""
    found = dict(after)
    for name, past in after.items():
        state = snapshot.loads.get(name)
        if past.paused_s > before[name].paused_s:
            found[name] = fast_replace(past, pauses=past.pauses + 1)
        elif past.pauses and state is not None and state.status is Status.UNPLUGGED:
            found[name] = fast_replace(past, pauses=0)
    return found


def writes_per_hour(past: LoadMemory, now_s: float) -> int:
    """How many commands were sent to a load in the last hour."""
    return sum(1 for s in past.writes_s if now_s - s < HOUR_S)
