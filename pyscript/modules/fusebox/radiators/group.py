"""A group of radiators as CONFIG describes it, its readings and memory, and how many may be on.

Frozen; an unknown value is None or missing.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..model.durations import NEVER_S, NO_ATTEMPTS, Attempts
from ..model.electrics import DUST
from ..model.heating import Group
from ..model.messages.message import Value
from ..model.numbers import number_of


@dataclass(frozen=True, slots=True)
class GroupReadings:
    """Readings of a group at one instant."""

    now_s: float
    """The only clock [s since 1970]."""
    level: float | None = None
    """The power-saving level as read, None while it is unknown."""
    away: bool | None = None
    """Whether nobody is at home, None while that is unknown."""
    calls: Mapping[str, bool | None] = field(default_factory=dict)
    """Thermostat -> whether it calls for heat."""
    relays: Mapping[str, bool | None] = field(default_factory=dict)
    """Relay -> whether it shows on; None while unknown."""
    debt_k: Mapping[str, float] = field(default_factory=dict)
    """Relay -> by how much its room is too cold [K]."""
    draws: Mapping[str, bool] = field(default_factory=dict)
    """Relay -> whether its radiator draws anything, where that is known."""
    granted: int | None = None
    """How many radiators the site's allocation allows, None when it sets no limit."""
    problems: tuple[str, ...] = ()
    """A sentence for each entity that measures another quantity than CONFIG says."""


@dataclass(frozen=True, slots=True)
class RelayMemory:
    """Memory of a relay and its radiator; times are in seconds since 1970."""

    served_s: float = 0.0
    """On-time for each share until the last step, counted from the radiator that had least [s]."""
    turn_s: float = 0.0
    """On-time for each share since the last step [s]."""
    waited: int = 0
    """Number of steps in which it requested a turn without getting one."""
    passed_on: bool = False
    """Whether it leaves its turn to others until the next step."""
    idle_s: float | None = None
    """Since when it has been on without drawing power, None while that is not so."""
    boosted: bool = False
    """Whether it is boosted."""
    boost_until_s: float | None = None
    """Until when, None where that has no end."""
    shown: bool | None = None
    """The last known state of the relay, None before any."""
    sent: Attempts[bool] = NO_ATTEMPTS
    """On or off, as it was last sent."""

    @property
    def on_time_s(self) -> float:
        """The on-time for each share in all [s]."""
        return self.served_s + self.turn_s


@dataclass(frozen=True, slots=True)
class GroupMemory:
    """Memory of a group of radiators; times are in seconds since 1970."""

    relays: Mapping[str, RelayMemory] = field(default_factory=dict)
    """Relay -> its memory."""
    calls: Mapping[str, bool] = field(default_factory=dict)
    """Thermostat -> whether it calls for heat, as applied (see `hold_off_s`)."""
    changed_s: float | None = None
    """Since when a thermostat has differed from `calls`, None while none does."""
    level: int | None = None
    """The power-saving level in force, None while none was ever known."""
    away: bool = False
    """Whether nobody is at home."""
    index: int = 0
    """The row whose turn is next."""
    live: tuple[str, ...] = ()
    """The relays that have the turn, first come first."""
    turned: frozenset[str] = frozenset()
    """Relays that got the turn at the last step."""
    run_s: float | None = None
    """When the last run was, None before the first."""
    sent_s: float = NEVER_S
    """When a command was last sent to any relay."""
    stepped_s: float | None = None
    """When the turn was last passed on, None before the first time."""
    turn_lasts_s: float = 0.0
    """Duration of the last turn [s]."""

    def relay_memory(self, relay: str) -> RelayMemory:
        """Return a relay's memory, an empty one when there is none."""
        return self.relays.get(relay) or RelayMemory()

    def change_relays(self, relays: Iterable[str], change: Callable[[str, RelayMemory], RelayMemory]) -> GroupMemory:
        """Return the memory with `change` applied to each of these relays."""
        changed = {relay: change(relay, self.relay_memory(relay)) for relay in relays}
        return replace(self, relays={**self.relays, **changed})

    def set_boost(self, relays: Iterable[str], on: bool, until_s: float | None = None) -> GroupMemory:
        """Return the memory with these relays boosted until `until_s` (None: without an end), or not boosted."""
        return self.change_relays(relays, lambda _, past: replace(past, boosted=on, boost_until_s=until_s))


class Cap(NamedTuple):
    """How many radiators may be on, and the limit that decides it."""

    most: int
    code: str
    """The message on radiators that this limit keeps off."""
    values: Mapping[str, Value] = {}
    """The values of that message about the limit."""


def level_in_force(group: Group, memory: GroupMemory, read: float | None, stepping: bool) -> int | None:
    """Return the power-saving level to apply, None before any was known.

    `read` rounded up, the last one while it is unreadable; either within the levels of the group, which CONFIG may have
    changed since. A lower level allows more radiators: unless something else smooths it (`external_smoothing`), it
    applies only at the next step (`stepping`).
    """
    read, highest = number_of(read), len(group.max_active) - 1
    last = None if memory.level is None else min(memory.level, highest)
    if read is None:
        return last
    level = min(max(math.ceil(read - DUST), 0), highest)
    return level if last is None or level > last or group.external_smoothing or stepping else last


def active_cap(group: Group, memory: GroupMemory, granted: int | None) -> Cap:
    """Return how many radiators may be on now, with the limit that decides it: the lowest of level and site's grant.

    None of them while away. `granted`: None for no limit by the site. While the level is unknown, at most
    `blind_active`; without an entity for the level, as many as at level 0.
    """
    if memory.away:
        return Cap(0, "radiators_away")
    most = group.max_active[0]
    if group.power_saving is None:
        cap = Cap(most, "radiators_by_most")
    elif memory.level is None:
        cap = Cap(min(group.blind_active, most), "radiators_by_unknown_level", {"entity": group.power_saving})
    else:
        cap = Cap(min(group.max_active[memory.level], most), "radiators_by_level", {"level": memory.level})
    if granted is not None and granted < cap.most:
        return Cap(max(granted, 0), "radiators_by_site")
    return cap
