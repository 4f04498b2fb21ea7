"""What is decided: ceilings, demands, shares, commands. All frozen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .. import tuning
from .memory import FuseMemory, Memory


class Budget(StrEnum):
    """Ceilings that are no wire but energy: their loads wait and stop with the patience of the sun."""

    SOLAR = "solar"
    EXCESS = "excess"
    GRID_CHARGING_OFF = "grid charging off"

    @property
    def energy(self) -> str:
        """What a load that lives on it waits for."""
        return _ENERGY[self]


_ENERGY = {
    Budget.SOLAR: "sun",
    Budget.EXCESS: "excess",
    # Who wonders why `standard` does not charge looks for the switch that forbids it.
    Budget.GRID_CHARGING_OFF: "own power (allow_grid_charging is off)",
}


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
class Ceiling:
    """A limit: the sum over loads of weight x amps may not exceed `room_a`.

    `weights`: load -> how much one of its amps uses; `binds`: the loads that it stops, None for all of them. What the
    others take of it is only subtracted, at most down to what it still held for that load. `budget`: the energy budget
    that this is a part of, None for a wire or a contract. `drawn_a`: load -> what it uses of this now, at its measured
    draw. `used_a`: what others use, as of the last reading, `uncertainty_a`: how much more that may be; `flow_a`: what
    flows under it now, ours included. `rating_a`: where it comes from, before any margin. `name` says which limit,
    `wording` is its `reason` for a person with `{used_a}`, `{used_kw}`, `{room_kw}` and `{rating_a}` to be filled in,
    `fuse` is the circuit whose fuse this is, None for limits without a thermal budget. `known` is False while a reading
    behind it is missing or late, `reported_s` is the time of the newest [s since 1970]; `metered` is False where there
    never is one, and only our own loads are counted. `bears_s` is None where every moment counts; where it is energy
    over a time, for how long [s] what runs may go on as it does before even the minimums have to stop. `ends_in_s`:
    when such a time ends [s from now], `spare_as`: what the loads may still take of it, `then_as`: what the next one
    leaves for them [A x s].
    """

    name: str
    wording: str
    room_a: float
    weights: Mapping[str, float]
    binds: frozenset[str] | None = None
    budget: Budget | None = None
    drawn_a: Mapping[str, float] = field(default_factory=dict)
    used_a: float = 0.0
    uncertainty_a: float = 0.0
    flow_a: float = 0.0
    rating_a: float = 0.0
    fuse: str | None = None
    known: bool = True
    metered: bool = True
    bears_s: float | None = None
    ends_in_s: float = float("inf")
    spare_as: float = float("inf")
    then_as: float = float("inf")
    reported_s: float = float("-inf")
    voltage_v: float = 0.0

    @property
    def reason(self) -> str:
        """The limit in words, with the numbers of now."""
        used_kw, room_kw = self.used_a * self.voltage_v / 1000, self.room_a * self.voltage_v / 1000
        words = self.wording.format(used_a=self.used_a, used_kw=used_kw, room_kw=room_kw, rating_a=self.rating_a)
        return f"{self.name}: {words}" if words else self.name

    @property
    def exceeded(self) -> bool:
        """Whether more flows than the rating."""
        return self.flow_a > self.rating_a + tuning.DUST

    @property
    def overdrawn(self) -> bool:
        """Whether more flows in than the rating: export is too much as well, but loads relieve it."""
        return self.exceeded and self.used_a + sum(self.drawn_a.values()) > 0

    def stops(self, load: str) -> bool:
        """Whether this limits what the load may have."""
        return load in self.weights and (self.binds is None or load in self.binds)


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


@dataclass(frozen=True, slots=True)
class Share:
    """What one load gets [A]; `binding` are the ceilings that kept it from more, none when it has all it could use.

    Without all of them the load would have had more; without any other it would not.
    """

    amps: float
    binding: tuple[Ceiling, ...] = ()


Allocation = Mapping[str, Share]
"""Shares by load name, in order of service."""


@dataclass(frozen=True, slots=True)
class Command:
    """One change for one device. `current_a` None leaves the current as it is; `on` None leaves the switch."""

    load: str
    current_a: float | None = None
    on: bool | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Note:
    """What one load's entity shows: amps allocated, the setpoint, words; `problem` is what a person should look at.

    `noteworthy`: whether its reason belongs to the site's, because patience keeps it from what it wants or nothing
    stops it; `held_back`: whether a limit does that it has not asked for, as it has who waits for the sun; `unsolved`:
    whether its problem is a fault of the site's, as that of a load that is not to run is not.
    """

    allocated_a: float
    setpoint_a: float
    available_a: float
    status: str
    binding: str
    reason: str
    problem: str = ""
    noteworthy: bool = False
    unsolved: bool = False
    held_back: bool = False


class Words(NamedTuple):
    """What a decision tells a person: a note on each load by its name, the site's state word and its reason."""

    notes: Mapping[str, Note]
    state: str
    reason: str


@dataclass(frozen=True)
class Decision:
    """The result of a step: what to send, what to remember, what to show.

    `surplus_w`: own production that the house does not use, None where nothing generates or it is unknown. `problems`:
    what a person should look at, beside those of single loads. `explain`: finds the words. It takes its
    time, so it is done when they are first asked for: after the commands have left.
    """

    commands: tuple[Command, ...]
    memory: Memory
    ceilings: tuple[Ceiling, ...]
    allocation: Allocation
    surplus_w: float | None
    problems: tuple[str, ...]
    explain: Callable[[], Words] = field(compare=False, repr=False)

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
