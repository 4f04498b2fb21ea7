"""A group of radiators as CONFIG describes it, and what is seen of it. Frozen; unknown is None, or not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property


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
