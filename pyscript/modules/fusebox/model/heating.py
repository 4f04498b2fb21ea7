"""Groups of radiators that take turns, and the power-saving level that they follow, as CONFIG describes them.

A key of CONFIG has its field's name, default and range. Frozen values.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any, Literal

from .messages.message import Value
from .numbers import Span

HIGHEST_LEVELS = 10
"""A list of `max_active` is as long as the levels that an input_number of one digit can name."""

DEFAULT_MAX_ACTIVE = (5, 4, 2, 1, 0)


@dataclass(frozen=True, slots=True)
class Radiator:
    """One row of CONFIG: a thermostat and its relay. A relay in several rows has one share for each."""

    name: str
    """Name of the radiator in messages."""
    virtual: str
    """The thermostat's entity."""
    actual: str
    """The relay's entity."""
    temperature: str | None = None
    """Entity of the room's temperature, None without one."""
    setpoint: str | float | None = None
    """Entity of the room's set-point, or a fixed set-point [degrees]; None without one."""
    power: str | None = None
    """Entity of the radiator's power, None without one."""


@dataclass(frozen=True)
class Group:
    """A group of radiators that take turns."""

    name: str
    """By which services and entities call it."""
    rows: tuple[Radiator, ...]
    """The radiators in the order of their turns: CONFIG's `radiators`."""
    step: str
    """The cron trigger that passes the turn on."""
    status: str
    """The status entity of the group."""
    max_active: tuple[int, ...] = DEFAULT_MAX_ACTIVE
    """How many radiators may be on at each power-saving level."""
    away: str | None = None
    """Entity that shows that nobody is at home, None without one."""
    power_saving: str | None = None
    """Entity of the power-saving level, None without one."""
    external_smoothing: bool = True
    """Whether a lower level applies at once, instead of at the next rotation step."""
    hold_off_s: Annotated[float, Span("s", 0, 600)] = 1
    """Changes of thermostats are collected for so long after the first, then applied together [s]."""
    settle_s: Annotated[float, Span("s", 0, 60)] = 0
    """Pause between switching two relays [s]; 0 switches all at once."""
    boost_timeout_s: Annotated[float | None, Span("s", 1, 604_800)] = None
    """Duration of a boost [s], None for no end."""
    blind_active: Annotated[int, Span("", 0, 100)] = 1
    """How many may be on while the level has never been known."""
    test_mode: bool = False
    """Whether nothing is commanded."""

    @cached_property
    def relays(self) -> tuple[str, ...]:
        """All relays, each once, in the order of the rows."""
        return tuple(dict.fromkeys(row.actual for row in self.rows))

    @cached_property
    def thermostats(self) -> tuple[str, ...]:
        """All thermostats, each once."""
        return tuple(dict.fromkeys(row.virtual for row in self.rows))

    def name_of(self, relay: str) -> str:
        """Return the name of a relay's radiator."""
        return next(row.name for row in self.rows if row.actual == relay)


@dataclass(frozen=True, slots=True)
class PowerSaving:
    """A section that estimates the power-saving level; powers in the unit of its meter."""

    meter: Mapping[str, Any]
    """The house's meter: `entity`, `attribute` and `divisor`."""
    status: str
    """The status entity of the section."""
    max_active: tuple[int, ...] = DEFAULT_MAX_ACTIVE
    """That of the radiators that follow the level."""
    extra_meters: tuple[Mapping[str, Any], ...] = ()
    """Meters of other loads."""
    method: Literal["global", "individual"] = "global"
    """Whether all other loads are measured one by one (`individual`)."""
    max_available: Annotated[float, Span("", 0.001, 1e6)] = 30
    """What the house may draw."""
    per_radiator: Annotated[float, Span("", 0.001, 1e6)] = 5
    """What one radiator draws."""
    thermostat_factor: Annotated[float, Span("", 1, 10)] = 1.3
    """By how much less counts as available again when the level falls."""
    hysteresis: Annotated[float, Span("", 1, 10)] = 1.2
    """By how much more than needed has to be available for a lower level."""
    security_margin: Annotated[float, Span("", 0, 1e6)] = 3
    """What is left free of `max_available`."""
    damping_s: Annotated[float, Span("s", 0, 86400)] = 90
    """For how long a lower level has to fit before it applies [s]."""
    blind_level: Annotated[int | None, Span("", 0, HIGHEST_LEVELS - 1)] = None
    """The level while the meter has been unknown for long, None for the last but one."""
    target: str | None = None
    """The entity that the level is sent to, None for none."""
    test_mode: bool = False
    """Whether nothing is sent."""

    @property
    def top(self) -> int:
        """The highest level."""
        return len(self.max_active) - 1

    @property
    def blind(self) -> int:
        """The level while the meter has been unknown for long."""
        return min(max(self.top - 1, 0) if self.blind_level is None else self.blind_level, self.top)

    def allowance_values(self, level: int) -> dict[str, Value]:
        """Return a level and how many radiators it allows of how many, as values of a message."""
        return {"level": level, "allowed": self.max_active[level], "most": self.max_active[0]}

    def highest_draw(self, level: int) -> float:
        """Return the most that the radiators allowed at a level draw."""
        return self.max_active[level] * self.per_radiator
