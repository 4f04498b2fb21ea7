"""What is remembered of loads that are only on or off, beside what is remembered of every load. All frozen."""

from __future__ import annotations

from dataclasses import dataclass

from .heat_memory import PumpMemory, TankMemory


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
class Need:
    """What a device of its own mind needs now: whether it is to be on, in which mode it is served, and why.

    `target_c`: to which temperature it heats, None where that is no matter. `problem`: what a person should look at.
    `amps`: what it asks of a wire, where that is not its rating. `waits`: why it may not start yet; `stays`: why it
    cannot be stopped now.
    """

    mode: str
    wants: bool
    reason: str
    target_c: float | None = None
    problem: str = ""
    amps: float | None = None
    waits: str = ""
    stays: str = ""


@dataclass(frozen=True, slots=True)
class SwitchedMemory:
    """`manual_on`: whether a user has switched it on. `rating`: what it draws while on.

    `need`: what one with a mind of its own needs now. `tank`, `pump`: what is remembered of such.
    """

    manual_on: bool = False
    rating: RatingMemory = NEW_RATING
    need: Need | None = None
    tank: TankMemory | None = None
    pump: PumpMemory | None = None

    @property
    def left_alone(self) -> bool:
        """Whether nothing is asked of a heat pump: what it does behind two open relays is its own affair."""
        return self.pump is not None and self.need is not None and not self.need.wants


NEW_SWITCHED = SwitchedMemory()
