"""How many radiators may be on: the lower of what the level allows and what the site grants."""

from __future__ import annotations

import math
from typing import NamedTuple

from ..model.electrics import DUST
from .group import Group
from .memory import GroupMemory


class Cap(NamedTuple):
    """How many may be on, and why not more."""

    most: int
    reason: str


def level_in_force(group: Group, memory: GroupMemory, read: float | None, stepping: bool) -> int | None:
    """The level to act upon; one between two is the higher, an unreadable one leaves the last in force.

    A lower level lets more be on: where nobody has smoothed it, that waits for the next step.
    """
    if read is None or not math.isfinite(read):
        return memory.level
    level = min(max(math.ceil(read - DUST), 0), len(group.max_active) - 1)
    if memory.level is None or level > memory.level or group.external_smoothing or stepping:
        return level
    return memory.level


def cap_of(group: Group, memory: GroupMemory, granted: int | None) -> Cap:
    """The cap as of now."""
    if memory.away:
        return Cap(0, "away")
    if group.power_saving is None:
        cap = Cap(group.max_active[0], f"at most {group.max_active[0]} at once")
    elif memory.level is None:
        count = min(group.blind_active, group.max_active[0])
        cap = Cap(count, f"{group.power_saving} has no usable value yet, {count} may be on until then")
    else:
        count = min(group.max_active[memory.level], group.max_active[0])
        cap = Cap(count, f"level {memory.level} allows {count}")
    if granted is not None and granted < cap.most:
        return Cap(max(granted, 0), f"the site's allocation allows {max(granted, 0)}")
    return cap
