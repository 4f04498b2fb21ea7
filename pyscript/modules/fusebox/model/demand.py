"""What a load could use, and what patience makes of that. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .fuse_memory import FuseMemory


class MinimumSource(StrEnum):
    """Who vouches for a demand's minimum when the budget of its mode does not hold it.

    NONE: nobody, it waits. GRID: the grid, always. ONCE_OPEN: the grid, while the budget holds anything at all.
    """

    NONE = "none"
    GRID = "grid"
    ONCE_OPEN = "once open"


class Hold(StrEnum):
    """A load that patience keeps where it is: held-on loads get their minimum first, held-off loads nothing.

    LATER is held off too, but nothing has paused it: it has only not begun yet.
    """

    ON = "on"
    OFF = "off"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Demand:
    """What a load could use: 0, or `min_a`..`max_a`. `rank` orders service: mode urgency, priority, place in CONFIG.

    `fits`: whether its minimum fits under all wires beside the running loads that are served before it; `budget_ok`:
    the same for the budgets. `minimum_source`: who vouches for the minimum. `wish_a`: what it could use if it took
    part. `part`: how much of its minimum it is known to use. `piece_a`: it is made of pieces of so much, of which each
    is on or off; 0 where any current will do. `spent`: as remembered; of one that runs, the fuses without any budget.
    `runs_on`: nothing stops it from taking its minimum.
    """

    load: str
    min_a: float
    max_a: float
    rank: tuple[int, int, int]
    fits: bool = True
    budget_ok: bool = True
    minimum_source: MinimumSource = MinimumSource.NONE
    wish_a: float = 0.0
    part: float = 1.0
    piece_a: float = 0.0
    spent: Mapping[str, FuseMemory] = field(default_factory=dict)
    runs_on: bool = False
    hold: Hold | None = None
    reason: str = ""
