"""What is remembered of an Easee charger between steps; times are in seconds since 1970. All frozen."""

from __future__ import annotations

from dataclasses import dataclass

from ...model.durations import NEVER_S


@dataclass(frozen=True, slots=True)
class Kept:
    """The limit it was told [A], `amps` None before the first, and until when that lasts.

    `told_s`: when; `since_s`: since when it is that limit; `lasts_s`: for how long it was told. `failed_s`: when the
    cloud last did not take one. `paused_s`: when it was paused beyond its limit, never while it is not; `asked_s`: when
    that or its end was last asked for. `restart`: whether a person wants it restarted.
    """

    amps: int | None = None
    told_s: float = NEVER_S
    since_s: float = NEVER_S
    lasts_s: float = 0.0
    failed_s: float = NEVER_S
    paused_s: float = NEVER_S
    asked_s: float = NEVER_S
    restart: bool = False
