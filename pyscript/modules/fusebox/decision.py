"""What is decided: ceilings, demands, shares, commands, and what is remembered between steps. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .electrics import PerPhase

AMP_DUST = 1e-6
"""Amps below which two currents are the same: what floating point leaves behind."""


class Budget(StrEnum):
    """Ceilings that are no wire but energy: their loads wait and stop with the patience of the sun."""

    SOLAR = "solar"
    EXCESS = "excess"
    GRID_CHARGING_OFF = "grid charging off"

    @property
    def energy(self) -> str:
        """What a load that lives on it waits for."""
        return {"solar": "sun", "excess": "excess", "grid charging off": "own power"}[self.value]


class Backing(StrEnum):
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
    draw. `used_a`: what others use, as of the last reading; `flow_a`: what flows under it now, ours included.
    `rating_a`: where it comes from, before any margin. `name` says which limit, `wording` is its `reason` for a
    person with `{used_a}`, `{used_kw}`, `{room_kw}` and `{rating_a}` to be filled in, `fuse` is
    the circuit whose fuse this is, None for limits without a thermal budget. `known` is False while a reading behind
    it is missing or late, `reported_s` is the time of the newest [s since 1970].
    """

    name: str
    wording: str
    room_a: float
    weights: Mapping[str, float]
    binds: frozenset[str] | None = None
    budget: Budget | None = None
    drawn_a: Mapping[str, float] = field(default_factory=dict)
    used_a: float = 0.0
    flow_a: float = 0.0
    rating_a: float = 0.0
    fuse: str | None = None
    known: bool = True
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
        return self.flow_a > self.rating_a + AMP_DUST

    def stops(self, load: str) -> bool:
        """Whether this limits what the load may have."""
        return load in self.weights and (self.binds is None or load in self.binds)


@dataclass(frozen=True, slots=True)
class Demand:
    """What a load could use: 0, or `min_a`..`max_a`. `rank` orders service: mode urgency, priority, place in CONFIG.

    `fits`: whether its minimum fits under all wires beside the running loads that are served before it; `sunny`: the
    same for the budgets. `backing`: who vouches for the minimum. `wish_a`: what it could use if it took part.
    """

    load: str
    min_a: float
    max_a: float
    rank: tuple[int, int, int]
    fits: bool = True
    sunny: bool = True
    backing: Backing = Backing.NONE
    wish_a: float = 0.0
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


NEVER_S = float("-inf")
"""The time of what has not happened."""


DAY_S = 86_400.0
"""How long a start counts among those of the day [s]."""


@dataclass(frozen=True, slots=True)
class LoadMemory:
    """What is remembered of one load between steps; times are in seconds since 1970.

    `adopted`: whether its setpoint began as what the device was seen at. `switched_s`: when it last went on or off.
    `raised_s`: the last raise. `paused_s`: when a ceiling paused it, never while it runs. `fits_since_s`: since when
    its minimum has fitted under all wires, None while it does not; `sunny_since_s`: the same for the budgets, and
    `dull_since_s` since when it has not.
    `changed_s`: when its setpoint last changed. `drawn_s`, `grid_then_a`: when its draw was last reported, and what
    the main meter showed then. `over_since_s`: since when it has drawn more than its setpoint, None while it follows.
    `sent_a`, `sent_on`, `sent_s`: the last command, for verification; `told`: the commands of the last minutes, each
    with its time. `seen_a`, `seen_on`: what the device last showed; `hand_a`: the current that its user has set there,
    `hand_off`: whether the user has switched it off.
    """

    setpoint_a: float = 0.0
    adopted: bool = False
    switched_s: float = NEVER_S
    raised_s: float = NEVER_S
    paused_s: float = NEVER_S
    fits_since_s: float | None = None
    sunny_since_s: float | None = None
    dull_since_s: float | None = None
    over_since_s: float | None = None
    changed_s: float = NEVER_S
    drawn_s: float = NEVER_S
    grid_then_a: PerPhase | None = None
    starts_s: tuple[float, ...] = ()
    sent_a: float | None = None
    sent_on: bool | None = None
    sent_s: float = NEVER_S
    told: tuple[tuple[float, float | None, bool | None], ...] = ()
    seen_a: float | None = None
    seen_on: bool | None = None
    hand_a: float | None = None
    hand_off: bool = False


@dataclass(frozen=True, slots=True)
class FuseMemory:
    """Thermal state of one fuse on one phase at `at_s`: theta 1.0 is a long time at its rating.

    `high_readings`: how many meter readings running were far above the rating; `reported_s` is the newest of them.
    """

    theta: float
    at_s: float
    flow_a: float
    high_readings: int = 0
    reported_s: float = NEVER_S


@dataclass(frozen=True, slots=True)
class RoomMemory:
    """Rolling worst case of one ceiling's room [A]: (time, room) pairs, both rising; `since_s`: watched since.

    `reported_s`: the newest reading behind it; `fresh`: whether the last step brought a newer one.
    """

    since_s: float
    pairs: tuple[tuple[float, float], ...]
    reported_s: float
    fresh: bool = True

    @property
    def worst_a(self) -> float:
        """The least room within the window."""
        return self.pairs[0][1]


@dataclass(frozen=True, slots=True)
class BatteryMemory:
    """Which thresholds of the home battery's state of charge are passed; each lets go only a hysteresis away.

    `charged`: at its target, solar modes run. `lends`: above it, and what it could still give counts as surplus.
    `able`: not empty, so it may discharge. `then_s`, `then_pct`: when the present watch over its sign began, and the
    state of charge then; `charged_ws`: the energy that its power has told since, up to `seen_s` [Ws, + charging];
    `against`: how often running the two have contradicted each other.
    """

    charged: bool = False
    lends: bool = False
    able: bool = False
    then_s: float = NEVER_S
    then_pct: float | None = None
    seen_s: float = NEVER_S
    charged_ws: float = 0.0
    against: int = 0


@dataclass(frozen=True, slots=True)
class StillMemory:
    """A meter's value [A] since it last changed, and what was drawn behind it then [A].

    `moved_s`, `mover`: when a load was first seen to have moved since, and which; None while none has.
    """

    value_a: float
    since_s: float
    drawn_a: Mapping[str, float]
    battery_a: float | None = None
    moved_s: float | None = None
    mover: str = ""


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that outlives a step, by load or by ceiling name.

    `others`: for each metered fuse the time of its last reading [s since 1970] and what others used then [A].
    """

    loads: Mapping[str, LoadMemory] = field(default_factory=dict)
    rooms: Mapping[str, RoomMemory] = field(default_factory=dict)
    fuses: Mapping[str, FuseMemory] = field(default_factory=dict)
    others: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    battery: BatteryMemory | None = None
    still: Mapping[str, StillMemory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """What one load's entity shows: amps allocated, the setpoint, words; `problem` is what a person should look at."""

    allocated_a: float
    setpoint_a: float
    available_a: float
    status: str
    binding: str
    reason: str
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Decision:
    """The result of a step: what to send, what to remember, what to show.

    `surplus_w`: own production that the house does not use, None where nothing generates or it is unknown. `problems`:
    what a person should look at, beside those of single loads.
    """

    commands: tuple[Command, ...]
    memory: Memory
    notes: Mapping[str, Note]
    ceilings: tuple[Ceiling, ...]
    allocation: Allocation
    state: str
    reason: str
    surplus_w: float | None = None
    problems: tuple[str, ...] = ()
