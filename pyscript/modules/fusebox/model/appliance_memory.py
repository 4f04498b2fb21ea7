"""What is remembered of loads that are only on or off, tanks and heat pumps too. All frozen."""

from __future__ import annotations

from .durations import NEVER_S
from .records import record

URGENT = frozenset({"minimum", "hygiene"})
"""What a tank heats for in every mode."""


@record
class TankMemory:
    """What is remembered of a tank; times are in seconds since 1970."""

    begun_s: float
    """When it was first looked at."""
    seen_s: float
    """When the last step was."""
    done_s: float
    """When its last hygiene cycle was complete, or it was first seen."""
    heating: frozenset[str] = frozenset()
    """For which purposes it has begun to heat and is not hot enough yet."""
    known_c: float | None = None
    """Its last known temperature [degrees Celsius]."""
    known_s: float = NEVER_S
    """When that was known."""
    same_s: float = 0.0
    """For how long it has heated while that has not moved [s]."""
    held_s: float = 0.0
    """How long it has been hot enough for its hygiene since `done_s` [s]."""
    hot_s: float = NEVER_S
    """When it last was."""
    mode: str = ""
    """The mode of the last step."""
    drew: bool = False
    """Whether it was ever measured to draw."""
    idle_s: float | None = None
    """Since when it is on and draws nothing, None while it does not."""
    cut_c: float | None = None
    """Where its own thermostat opened [degrees Celsius], None while that is not known."""
    cut_s: float = NEVER_S
    """When it did."""
    window_s: float = NEVER_S
    """Since when its heating is counted while its temperature is unknown."""
    dose_s: float = 0.0
    """How long it has heated since then [s]."""


BLOCK, NORMAL, RECOMMEND, FORCE = "block", "normal", "recommend", "force"
"""The four states of SG-Ready."""


@record
class PumpMemory:
    """What is remembered of an SG-Ready heat pump; times are in seconds since 1970."""

    told: str | None = None
    """The state that it is to be in, None before the first."""
    told_s: float = NEVER_S
    """Since when."""
    reached: bool = False
    """Whether its relays have shown that."""
    calls_s: tuple[float, ...] = ()
    """When it was called upon, or let go, in the last hour."""
    blocks: tuple[tuple[float, float], ...] = ()
    """From when to when it was blocked in the last day."""
    block_s: float | None = None
    """Since when it is blocked, None while it is not."""
    short_s: float | None = None
    """Since when its rating does not fit, None while it does."""
    level: int = 0
    """How much its surplus calls for, 0 to 2."""
    richer_s: float | None = None
    """Since when that has called for more, None while it does not."""
    poorer_s: float | None = None
    """Since when that has called for less, None while it does not."""


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
