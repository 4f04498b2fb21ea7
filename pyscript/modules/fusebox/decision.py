"""What is decided: ceilings, demands, shares, commands, and what is remembered between steps. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Hold(StrEnum):
    """A load that patience keeps where it is: held-on loads get their minimum first, held-off loads nothing."""

    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Ceiling:
    """A limit: the sum over loads of weight x amps may not exceed `room_a`.

    `weights`: load -> how much one of its amps uses. `name` says which limit, `reason` is for a person.
    `fuse`: the circuit whose fuse this is, for limits that have a thermal budget. `used_a` is what others than
    our loads use under it, `limit_a` the rating that it comes from.
    """

    name: str
    reason: str
    room_a: float
    weights: Mapping[str, float]
    limit_a: float = 0.0
    used_a: float = 0.0
    fuse: str | None = None


@dataclass(frozen=True, slots=True)
class Demand:
    """What a load could use: 0, or `min_a`..`max_a`. `rank` orders service: mode urgency, then priority."""

    load: str
    min_a: float
    max_a: float
    rank: tuple[int, int, int]
    hold: Hold | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one load gets [A], and the name of the ceiling that kept it from more ("" when it has all it could use)."""

    amps: float
    binding: str = ""
    reason: str = ""


Allocation = Mapping[str, Share]


@dataclass(frozen=True, slots=True)
class Command:
    """One change for one device. `current_a` None leaves the current as it is; `on` None leaves the switch."""

    load: str
    current_a: float | None = None
    on: bool | None = None
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class LoadMemory:
    """What is remembered of one load between steps; times are in seconds since 1970."""

    setpoint_a: float = 0.0
    changed_s: float = float("-inf")
    raised_s: float = float("-inf")
    paused_s: float = float("-inf")
    fits_since_s: float | None = None
    commanded_a: float | None = None
    commanded_on: bool | None = None
    commanded_s: float = float("-inf")
    starts: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class FuseMemory:
    """Thermal state of one fuse on one phase: 1.0 is a long time at its rating."""

    theta: float
    at_s: float
    high_readings: int = 0


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that outlives a step.

    `rooms`: ceiling -> (time, room) pairs, the rolling worst case of its room. `fuses`: ceiling -> thermal state.
    """

    loads: Mapping[str, LoadMemory] = field(default_factory=dict)
    rooms: Mapping[str, tuple[tuple[float, float], ...]] = field(default_factory=dict)
    fuses: Mapping[str, FuseMemory] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Note:
    """What one load's entity shows: amps allocated, the setpoint, words."""

    allocated_a: float
    setpoint_a: float
    available_a: float
    status: str
    binding: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """The result of a step: what to send, what to remember, what to show."""

    commands: tuple[Command, ...]
    memory: Memory
    notes: Mapping[str, Note]
    ceilings: tuple[Ceiling, ...]
    allocation: Allocation
    state: str
    reason: str
