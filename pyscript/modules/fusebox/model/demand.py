"""What a load could use, and what patience makes of that. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from .meter_memory import FuseMemory
from .records import record


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


@record
class Demand:
    """What a load could use: 0, or `min_a` to `max_a`."""

    load: str
    """Its name."""
    min_a: float
    """The least that it runs at [A]."""
    max_a: float
    """The most that it can take [A]."""
    rank: tuple[int, int, int]
    """The order of service: urgency of its mode, priority, place in CONFIG."""
    fits: bool = True
    """Whether its minimum fits under all wires beside the running loads that are served before it."""
    budget_ok: bool = True
    """The same for the budgets."""
    minimum_source: MinimumSource = MinimumSource.NONE
    """Who vouches for the minimum."""
    wish_a: float = 0.0
    """What it could use if it took part [A]."""
    part: float = 1.0
    """How much of its minimum it is known to use, 0 to 1."""
    piece_a: float = 0.0
    """It is made of pieces of so much, of which each is on or off [A]; 0 where any current will do."""
    spent: Mapping[str, FuseMemory] = field(default_factory=dict)
    """The fuses without any budget left: of one that runs now, of one that is paused as they are remembered."""
    runs_on: bool = False
    """Nothing stops it from taking its minimum."""
    hold: Hold | None = None
    """What patience makes of it, None for nothing."""
    reason: str = ""
    """Why, for a person."""
