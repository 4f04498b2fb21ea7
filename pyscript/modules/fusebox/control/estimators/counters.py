"""How often a session was paused, and how many commands were sent in the last hour, for the user."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.durations import HOUR_S
from ...model.load_memory import LoadMemory
from ...model.records import replace_within
from ...model.snapshot import Snapshot, Status


def count_pauses(
    before: Mapping[str, LoadMemory], after: Mapping[str, LoadMemory], snapshot: Snapshot
) -> Mapping[str, LoadMemory]:
    """Return the memories after a step with the pauses of each session counted; 0 again once the car is unplugged."""
    found = dict(after)
    for name, past in after.items():
        state = snapshot.loads.get(name)
        if past.patience.paused_s > before[name].patience.paused_s:
            found[name] = replace_within(past, "patience", pauses=past.patience.pauses + 1)
        elif past.patience.pauses and state is not None and state.status is Status.UNPLUGGED:
            found[name] = replace_within(past, "patience", pauses=0)
    return found


def writes_per_hour(past: LoadMemory, now_s: float) -> int:
    """Return how many commands were sent to a load in the last hour."""
    return sum(1 for s in past.timing.writes_s if now_s - s < HOUR_S)
