"""The demand and share of a load, and the result of one step. Frozen values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .ceiling import Ceiling
from .memory import Memory
from .meter_memory import FuseMemory
from .records import record


class Share(NamedTuple):
    """The allocation of one load. A tuple, because each step makes many."""

    amps: float
    """On each of its phases [A]."""
    limited_by: tuple[Ceiling, ...] = ()
    """The ceilings that limit it, empty where it has all it can use.

    Without all of them it would have more; without any other ceiling it would not.
    """


Allocation = Mapping[str, Share]
"""Shares by load name, in order of service."""


@record
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
    phase_count: int | None = None
    """How many phases to switch it to, None leaves it on those that it is on."""


@record
class LoadNote:
    """The published facts about one load."""

    allocated_a: float
    """Its allocation [A]."""
    setpoint_a: float
    """Its setpoint [A]."""
    available_a: float
    """The current it could have [A]."""
    status: str
    """What it does, as a word such as `charging`, `waiting` or `fault`."""
    limited_by: str
    """The names of the ceilings that limit it, "" for none."""
    reason: str
    """Why it has what it has: the message of the cause that decides."""
    phases_reason: str = ""
    """Why it is on the phases that it is on, "" where there is nothing to say."""
    problem: str = ""
    """A problem for the user to solve, "" for none."""
    noteworthy: bool = False
    """Whether its reason is part of the site's: a hold delays it, it cannot be stopped, or its settings keep it off."""
    unsolved: bool = False
    """Whether its problem is a fault of the site; false for a load that should not run anyway."""
    held_back: bool = False
    """Whether a limit other than its chosen energy holds it back."""


class DecisionReport(NamedTuple):
    """The explanation of a decision: load -> note, the site's state word and the site's reason."""

    notes: Mapping[str, LoadNote]
    state: str
    reason: str


@record
class Decision:
    """The result of a step: what to send, to remember and to publish."""

    commands: tuple[Command, ...]
    """What to send now."""
    memory: Memory
    """The memory for the next step."""
    ceilings: tuple[Ceiling, ...]
    """Every limit in force."""
    allocation: Allocation
    """The share of each load."""
    surplus_w: float | None
    """Own production that the house does not use [W], None where nothing is generated or it is unknown."""
    problems: tuple[str, ...]
    """Problems for the user that do not belong to a single load."""
    explain: Callable[[], DecisionReport] = field(compare=False, repr=False)
    """Returns the explanation. It is slow, so it is called on first use, after the commands have been sent."""

    @cached_property
    def _words(self) -> DecisionReport:
        return self.explain()

    @property
    def notes(self) -> Mapping[str, LoadNote]:
        """Load -> its note."""
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
    """Where a demand's minimum comes from when the budget of its mode does not cover it.

    NONE: nowhere, the load waits. GRID: the grid, always. ONCE_OPEN: the grid, while the budget holds anything at all.
    """

    NONE = "none"
    GRID = "grid"
    ONCE_OPEN = "once open"


class Hold(StrEnum):
    """A load held on or off: a load held on gets its minimum first, a load held off gets nothing.

    LATER is off as well, but not as a pause: the load has not started yet.
    """

    ON = "on"
    OFF = "off"
    LATER = "later"


@record
class GroupPlace:
    """Where a load stands in a site whose loads belong to groups, such as the households of a shared garage."""

    name: str
    """Its group, "" for the loads without one, which together are a group as well."""
    phase_count: int
    """The number of phases that its current is on: a group's share is the sum of its amps over phases."""
    behind_kwh: float = 0.0
    """How much less energy its group has had lately than the group that had most [kWh]."""
    runs: bool = False
    """Whether it is running."""
    paused: bool = False
    """Whether a limit has paused it."""


@record
class Demand:
    """What a load could use: 0, or `min_a` to `max_a`."""

    load: str
    """Its name."""
    min_a: float
    """Its lowest current while on [A]."""
    max_a: float
    """The highest current that it can use now [A]; 0 for no demand."""
    rank: tuple[int, int, int]
    """The order of service: urgency of its mode, priority, place in CONFIG."""
    fits: bool = True
    """Whether its minimum fits under all wires in addition to running loads that are served before it."""
    budget_ok: bool = True
    """Whether its minimum fits under the budgets in addition to running loads that are served before it."""
    minimum_source: MinimumSource = MinimumSource.NONE
    """Where its minimum comes from when its budget does not cover it."""
    may_start_a: float = 0.0
    """The current that it may draw at once when it starts [A]. It has to fit; until then other loads may use it."""
    most_now_a: float = float("inf")
    """The highest setpoint now [A]; a higher share is only reserved for it."""
    requested_a: float = 0.0
    """The current it could use without manual stops, faults and learnt limits [A]."""
    part: float = 1.0
    """The part of its minimum that it is known to use, 0 to 1."""
    piece_a: float = 0.0
    """It comes in pieces of this size, each on or off [A]; 0 for any current."""
    exhausted_fuses: Mapping[str, FuseMemory] = field(default_factory=dict)
    """Ceiling -> its fuse without thermal budget: as of now for a running load, as remembered for a paused one."""
    runs_on: bool = False
    """Whether it cannot be stopped from taking its minimum."""
    costs_others: bool = False
    """Whether loads before it lose more to it than it gets; computed under `optimized` only."""
    group: GroupPlace | None = None
    """None in a site without groups."""
    hold: Hold | None = None
    """Whether it is held on or off, None for neither."""
    reason: str = ""
    """Why, as a message for the user."""

    @property
    def minimum_fits(self) -> bool:
        """Whether its minimum fits under all wires and budgets."""
        return self.fits and self.budget_ok


Demands = Sequence[Demand]
"""Those of all loads, in order of service."""
