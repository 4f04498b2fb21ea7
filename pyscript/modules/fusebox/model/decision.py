"""What a load wants and may have, and what one step comes to. Frozen values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .ceiling import Ceiling
from .memory import Memory
from .messages.message import Message
from .meter_memory import FuseMemory
from .records import record


class Share(NamedTuple):
    """What one load gets. A tuple: a step makes many."""

    amps: float
    """On each of its phases [A]."""
    limited_by: tuple[Ceiling, ...] = ()
    """The ceilings that kept it from more, none when it has all it could use. Without all of them it would have had
    more; without any other it would not."""


Allocation = Mapping[str, Share]
"""Shares by load name, in order of service."""


@dataclass(frozen=True, slots=True)
class Command:
    """One change for one device."""

    load: str
    """Its name."""
    current_a: float | None = None
    """The current to set [A], None leaves it as it is."""
    on: bool | None = None
    """The switch to set, None leaves it as it is."""
    urgent: bool = False
    """Whether it does not wait for a write interval."""
    lines: int | None = None
    """How many phases to switch it to, None leaves it on those that it is on."""


@dataclass(frozen=True, slots=True)
class Note:
    """What one load's entity shows."""

    allocated_a: float
    """What it was allocated [A]."""
    setpoint_a: float
    """What it is to be at now [A]."""
    available_a: float
    """What it could have [A]."""
    status: str
    """What its device says of itself."""
    limited_by: str
    """The names of the ceilings that kept it from more."""
    reason: str
    """Why it is so, in a sentence."""
    problem: str = ""
    """What a person should look at, "" for nothing."""
    noteworthy: bool = False
    """Whether its reason belongs to the site's: patience keeps it from what it wants, or nothing stops it."""
    unsolved: bool = False
    """Whether its problem is a fault of the site's, as that of a load that is not to run is not."""
    held_back: bool = False
    """Whether a limit does that it has not asked for, as it has who waits for the sun."""
    cause: Message | None = None
    """The message that its reason is about, None where that has no code yet."""


class Words(NamedTuple):
    """What a decision tells a person: a note on each load by its name, the site's state word and its reason."""

    notes: Mapping[str, Note]
    state: str
    reason: str


@dataclass(frozen=True)
class Decision:
    """The result of a step: what to send, what to remember, what to show."""

    commands: tuple[Command, ...]
    """What to send now."""
    memory: Memory
    """What to remember until the next step."""
    ceilings: tuple[Ceiling, ...]
    """Every limit of now."""
    allocation: Allocation
    """Everybody's share."""
    surplus_w: float | None
    """Own production that the house does not use [W], None where nothing generates or it is unknown."""
    problems: tuple[str, ...]
    """What a person should look at, beside those of single loads."""
    explain: Callable[[], Words] = field(compare=False, repr=False)
    """Finds the words. It takes its time, so it is done when they are first asked for: after the commands have left."""

    @cached_property
    def _words(self) -> Words:
        return self.explain()

    @property
    def notes(self) -> Mapping[str, Note]:
        """One note a load."""
        return self._words.notes

    @property
    def state(self) -> str:
        """The site's state word."""
        return self._words.state

    @property
    def reason(self) -> str:
        """The site's reason."""
        return self._words.reason


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
    most_now_a: float = float("inf")
    """The most that it may be set to now [A]: more of its share is only reserved for it."""
    wish_a: float = 0.0
    """What it could use if it took part [A]."""
    part: float = 1.0
    """How much of its minimum it is known to use, 0 to 1."""
    piece_a: float = 0.0
    """It is made of pieces of so much, of which each is on or off [A]; 0 where any current will do."""
    exhausted_fuses: Mapping[str, FuseMemory] = field(default_factory=dict)
    """The fuses without any budget left: of one that runs now, of one that is paused as they are remembered."""
    runs_on: bool = False
    """Nothing stops it from taking its minimum."""
    costs_others: bool = False
    """Whether loads before it lose more to it than it gets; looked at under `optimized` only."""
    hold: Hold | None = None
    """What patience makes of it, None for nothing."""
    reason: str = ""
    """Why, for a person."""
