"""What is remembered of loads that are only on or off, beside what is remembered of every load. All frozen."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RatingMemory:
    """What a switched load was measured to draw while on [A on a phase].

    `level_a`, `level_s`: the draw that it has now, and since when it has been alike. `peak_a`: the highest that stayed
    for a while since it went on at `began_s`; None while it is off. `runs_a`: the same of its last runs.
    """

    level_a: float = 0.0
    level_s: float = 0.0
    peak_a: float = 0.0
    began_s: float | None = None
    runs_a: tuple[float, ...] = ()


NEW_RATING = RatingMemory()


@dataclass(frozen=True, slots=True)
class SwitchedMemory:
    """`hand_on`: whether a user has switched it on. `rating`: what it draws while on."""

    hand_on: bool = False
    rating: RatingMemory = NEW_RATING


NEW_SWITCHED = SwitchedMemory()
