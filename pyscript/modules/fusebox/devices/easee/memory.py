"""What is remembered of an Easee charger between steps; times are in seconds since 1970. All frozen."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.durations import NEVER_S


@dataclass(frozen=True, slots=True)
class EaseeMemory:
    """What an Easee charger was told, and when."""

    amps: int | None = None
    """The limit that it was told [A], None before the first."""
    told_s: float = NEVER_S
    """When it was last told."""
    since_s: float = NEVER_S
    """Since when it is that limit."""
    lasts_s: float = 0.0
    """For how long it was told [s]."""
    failed_s: float = NEVER_S
    """When the cloud last did not take one."""
    paused_s: float = NEVER_S
    """When it was paused beyond its limit, never while it is not."""
    asked_s: float = NEVER_S
    """When that or its end was last asked for."""
    restart: bool = False
    """Whether a person wants it restarted."""
