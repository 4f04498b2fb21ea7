"""What is remembered of loads that are only on or off, beside what is remembered of every load. All frozen."""

from __future__ import annotations

from .heat_memory import PumpMemory, TankMemory
from .records import record


@record
class RatingMemory:
    """What a switched load was measured to draw while on [A on a phase]."""

    level_a: float = 0.0
    """The draw that it has now [A]."""
    level_s: float = 0.0
    """Since when it has been alike [s since 1970]."""
    peak_a: float = 0.0
    """The highest that stayed for a while since it went on [A]."""
    began_s: float | None = None
    """When it went on [s since 1970], None while it is off."""
    runs_a: tuple[float, ...] = ()
    """The highest of each of its last runs [A]."""


NEW_RATING = RatingMemory()


@record
class Need:
    """What a device of its own mind needs now."""

    mode: str
    """In which mode it is served."""
    wants: bool
    """Whether it is to be on."""
    reason: str
    """Why, for a person."""
    target_c: float | None = None
    """To which temperature it heats [degrees Celsius], None where that is no matter."""
    problem: str = ""
    """What a person should look at, "" for nothing."""
    amps: float | None = None
    """What it asks of a wire [A], None where that is its rating."""
    waits: str = ""
    """Why it may not start yet, "" where it may."""
    stays: str = ""
    """Why it cannot be stopped now, "" where it can."""


@record
class SwitchedMemory:
    """What is remembered of a load that is only on or off."""

    manual_on: bool = False
    """Whether a user has switched it on."""
    rating: RatingMemory = NEW_RATING
    """What it draws while on."""
    need: Need | None = None
    """What one with a mind of its own needs now."""
    tank: TankMemory | None = None
    """What is remembered of a tank."""
    pump: PumpMemory | None = None
    """What is remembered of an SG-Ready heat pump."""

    @property
    def left_alone(self) -> bool:
        """Whether nothing is asked of a heat pump: what it does behind two open relays is its own affair."""
        return self.pump is not None and self.need is not None and not self.need.wants


NEW_SWITCHED = SwitchedMemory()
