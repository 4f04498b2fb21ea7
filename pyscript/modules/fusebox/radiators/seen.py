"""What was seen of a group at one instant. Frozen; unknown is None, or not there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Seen:
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
