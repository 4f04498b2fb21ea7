"""A group of radiators as CONFIG describes it, what is seen and remembered of it, and how many may be on.

Frozen; unknown is None, or not there.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import NamedTuple

from ..model.attempts import NO_ATTEMPTS, Attempts
from ..model.durations import NEVER_S
from ..model.electrics import DUST
from ..model.numbers import number_of


@dataclass(frozen=True, slots=True)
class Radiator:
    """One row: a thermostat and the relay that it works through. A relay in several rows has as many shares."""

    name: str
    """By which it is told of."""
    virtual: str
    """The thermostat's entity."""
    actual: str
    """The relay's entity."""
    temperature: str | None = None
    """The entity that tells the room's temperature, None for none."""
    setpoint: str | float | None = None
    """The entity that tells the room's set-point, or a fixed one [degrees]; None for none."""
    power: str | None = None
    """The entity that tells what the radiator draws, None for none."""


@dataclass(frozen=True)
class Group:
    """One group of radiators that take turns."""

    name: str
    """By which services and entities call it."""
    rows: tuple[Radiator, ...]
    """The radiators in the order of their turns."""
    max_active: tuple[int, ...]
    """How many may be on at each power-saving level."""
    blind_active: int
    """How many may be on while the level was never known."""
    step: str
    """The cron trigger that passes the turn on."""
    external_smoothing: bool
    """Whether a level that lets more be on counts at once, and not only when the turn is passed on."""
    hold_off_s: float
    """Thermostats that change are acted upon together, so long after the first [s]."""
    settle_s: float
    """Relays are switched one by one, so long after each other [s]; 0 for all at once."""
    status: str
    """The entity that shows it all."""
    away: str | None = None
    """The entity that says that nobody is at home, None for none."""
    power_saving: str | None = None
    """The entity that tells the level, None for none."""
    boost_timeout_s: float | None = None
    """How long a boost lasts [s], None for no end."""
    test_mode: bool = False
    """Whether nothing is commanded."""

    @cached_property
    def relays(self) -> tuple[str, ...]:
        """Every relay once, in the order of its first row."""
        return tuple(dict.fromkeys(row.actual for row in self.rows))

    @cached_property
    def thermostats(self) -> tuple[str, ...]:
        """Every thermostat once."""
        return tuple(dict.fromkeys(row.virtual for row in self.rows))

    def name_of(self, relay: str) -> str:
        """What the radiator behind a relay is called."""
        return next(row.name for row in self.rows if row.actual == relay)


@dataclass(frozen=True, slots=True)
class GroupReadings:
    """One instant, as a group sees it."""

    now_s: float
    """The only clock [s since 1970]."""
    level: float | None = None
    """The power-saving level as it is read, None while it is unknown."""
    away: bool | None = None
    """Whether nobody is at home, None while that is unknown."""
    calls: Mapping[str, bool | None] = field(default_factory=dict)
    """Thermostat -> whether it calls for heat."""
    relays: Mapping[str, bool | None] = field(default_factory=dict)
    """Relay -> whether it shows on."""
    debt_k: Mapping[str, float] = field(default_factory=dict)
    """Relay -> what its room is too cold by [K]."""
    draws: Mapping[str, bool] = field(default_factory=dict)
    """Relay -> whether its radiator draws anything, where that is known."""
    granted: int | None = None
    """How many the site's allocation lets be on, None where it has no say."""
    problems: tuple[str, ...] = ()
    """Entities that do not measure what CONFIG names them for, a sentence for each."""


@dataclass(frozen=True, slots=True)
class RelayMemory:
    """One relay and its radiator; times are in seconds since 1970."""

    served_s: float = 0.0
    """How long it has been on for each of its shares, as of the last step and beyond who has had least [s]."""
    turn_s: float = 0.0
    """How long it has been on since then [s]."""
    waited: int = 0
    """For how many steps it has wanted a turn in vain."""
    passed_on: bool = False
    """Whether it leaves its turn to others until the next step."""
    idle_s: float | None = None
    """Since when it has been on without drawing anything, None while it has not."""
    boosted: bool = False
    """Whether it is boosted."""
    boost_until_s: float | None = None
    """Until when, None where that has no end."""
    shown: bool | None = None
    """What it last showed."""
    sent: Attempts[bool] = NO_ATTEMPTS
    """On or off, as it was last sent."""

    @property
    def total_s(self) -> float:
        """How long it has been on in all [s]."""
        return self.served_s + self.turn_s


@dataclass(frozen=True, slots=True)
class GroupMemory:
    """One group of radiators; times are in seconds since 1970."""

    relays: Mapping[str, RelayMemory] = field(default_factory=dict)
    """Relay -> what is remembered of it."""
    calls: Mapping[str, bool] = field(default_factory=dict)
    """Thermostat -> whether it calls for heat, as it is acted upon."""
    changed_s: float | None = None
    """Since when some show otherwise, None while none does."""
    level: int | None = None
    """The power-saving level in force, None while none was ever known."""
    away: bool = False
    """Whether nobody is at home."""
    index: int = 0
    """The row whose turn is next."""
    live: tuple[str, ...] = ()
    """The relays that have the turn, first come first."""
    turned: frozenset[str] = frozenset()
    """Those that were given it at the last step."""
    run_s: float | None = None
    """When the last run was, None before the first."""
    told_s: float = NEVER_S
    """When any relay was last told something."""
    stepped_s: float | None = None
    """When the turn was last passed on, None before the first time."""
    turn_lasts_s: float = 0.0
    """How long the last turn was [s]."""

    def of(self, relay: str) -> RelayMemory:
        """One relay's; an empty one where nothing is known of it."""
        return self.relays.get(relay, RelayMemory())

    def each(self, relays: Iterable[str], change: Callable[[str, RelayMemory], RelayMemory]) -> GroupMemory:
        """The memory with what `change` makes of each of these relays."""
        return replace(self, relays={**self.relays, **{relay: change(relay, self.of(relay)) for relay in relays}})

    def boost(self, relay: str, until_s: float | None) -> GroupMemory:
        """With a radiator boosted until then; None: until it is ended."""
        return self.each((relay,), lambda _, past: replace(past, boosted=True, boost_until_s=until_s))

    def unboost(self, relay: str) -> GroupMemory:
        """With a radiator's boost ended."""
        return self.each((relay,), lambda _, past: replace(past, boosted=False, boost_until_s=None))


class Cap(NamedTuple):
    """How many may be on, and why not more."""

    most: int
    reason: str


def level_in_force(group: Group, memory: GroupMemory, read: float | None, stepping: bool) -> int | None:
    """The level to act upon; one between two is the higher, an unreadable one leaves the last in force.

    A lower level lets more be on: where nobody has smoothed it, that waits for the next step.
    """
    read = number_of(read)
    if read is None:
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
