"""A group of radiators as CONFIG describes it. Frozen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Radiator:
    """One row: the thermostat (`virtual`) and the relay (`actual`) that it works through.

    A relay in several rows has as many shares. `temperature` and `setpoint`: the entities that tell the room's own, or
    a fixed set-point [degrees]; `power`: the entity that tells what the radiator draws.
    """

    name: str
    virtual: str
    actual: str
    temperature: str | None = None
    setpoint: str | float | None = None
    power: str | None = None


@dataclass(frozen=True)
class Group:
    """One group. `max_active`: how many may be on at each level; `blind_active`: while the level was never known.

    `step`: the cron trigger that passes the turn on. `away`, `power_saving`: the entities that say so, None for none.
    """

    name: str
    rows: tuple[Radiator, ...]
    max_active: tuple[int, ...]
    blind_active: int = 1
    step: str = "cron(*/2 * * * *)"
    away: str | None = None
    power_saving: str | None = None
    external_smoothing: bool = True
    hold_off_s: float = 1.0
    settle_s: float = 0.0
    boost_timeout_s: float | None = None
    test_mode: bool = False
    status: str = "pyscript.radiator_status"

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
