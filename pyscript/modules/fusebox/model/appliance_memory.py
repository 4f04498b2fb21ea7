"""What is remembered of loads that are only on or off, including tanks and heat pumps. All frozen."""

from __future__ import annotations

from .durations import DAY_S, NEVER_S
from .load_plan import PresentBlock
from .records import fast_replace, record

URGENT = frozenset({"minimum", "hygiene"})
"""Purposes that a tank heats for in every mode."""


@record
class TankMemory:
    """What is remembered of a tank; times are in seconds since 1970."""

    begun_s: float
    """When it was first read."""
    seen_s: float
    """When it was last read."""
    done_s: float
    """When its last hygiene cycle was complete, or it was first seen."""
    heating: frozenset[str] = frozenset()
    """The purposes that it has begun to heat for and not finished."""
    known_c: float | None = None
    """Its last known temperature [degrees Celsius]."""
    known_s: float = NEVER_S
    """When that was known."""
    same_s: float = 0.0
    """How long it has heated without a change of its temperature [s]."""
    held_s: float = 0.0
    """How long it has been at hygiene temperature since `done_s` [s]."""
    hot_s: float = NEVER_S
    """When it was last at hygiene temperature."""
    mode: str = ""
    """The mode when its temperature was last known, "planned" in a block of its plan, "" before that."""
    hot_in: PresentBlock | None = None
    """The last block of its plan in which it became hot, None for none."""
    drew: bool = False
    """Whether a draw was ever measured."""
    idle_s: float | None = None
    """Since when it has been on without a draw, None while that is not so."""
    cut_c: float | None = None
    """The temperature at which its own thermostat opened [degrees Celsius], None while unknown."""
    cut_s: float = NEVER_S
    """When its own thermostat opened."""
    window_s: float = NEVER_S
    """When the present window of heating without a temperature began."""
    dose_s: float = 0.0
    """How long it has heated in that window [s]."""


BLOCK, NORMAL, RECOMMEND, FORCE = "block", "normal", "recommend", "force"
"""The states of a load by signal: the four of SG-Ready."""


@record
class PumpMemory:
    """What is remembered of a load by signal, such as an SG-Ready heat pump; times are in seconds since 1970."""

    commanded: str | None = None
    """The state that it should be in, None before the first."""
    commanded_s: float = NEVER_S
    """When that state was chosen."""
    reached: bool = False
    """Whether its relays have displayed that state."""
    calls_s: tuple[float, ...] = ()
    """When its state was raised, in the last hour."""
    blocks: tuple[tuple[float, float], ...] = ()
    """(begin, end) of its blocks in the last day."""
    block_s: float | None = None
    """Since when it has been blocked, None while it is not."""
    overload_s: float = 0.0
    """When a fuse, inverter or battery over its rating last needed its block, as a whole hour; 0 for never."""
    short_s: float | None = None
    """Since when its rating has not fitted, None while it does."""
    level: int = 0
    """The level that its surplus justifies, 0 to 2."""
    richer_s: float | None = None
    """Since when the surplus has justified a higher level, None while it does not."""
    poorer_s: float | None = None
    """Since when the surplus has justified only a lower level, None while it does not."""

    def blocked_time_s(self, now_s: float) -> float:
        """Return for how long it was blocked in the last 24 hours, the present block included [s]."""
        since_s = now_s - DAY_S
        spans = self.blocks if self.block_s is None else (*self.blocks, (self.block_s, now_s))
        return sum(max(to_s - max(from_s, since_s), 0.0) for from_s, to_s in spans)

    @property
    def runs_until_s(self) -> float:
        """Until when no price may block it, because it runs for as long as its last block took [s since 1970]."""
        return max((2 * to_s - from_s for from_s, to_s in self.blocks[-1:]), default=NEVER_S)

    def record_block(self, blocked: bool, now_s: float) -> PumpMemory:
        """Return the memory with the begin or end of a block; at an end, blocks older than a day are dropped."""
        if blocked and self.block_s is None:
            return fast_replace(self, block_s=now_s)
        if blocked or self.block_s is None:
            return self
        blocks = tuple(each for each in self.blocks if now_s - each[1] < DAY_S)
        return fast_replace(self, blocks=(*blocks, (self.block_s, now_s)), block_s=None)


@record
class RatingMemory:
    """The measured draw of a switched load while it is on [A on a phase]."""

    level_a: float = 0.0
    """Its present draw [A]."""
    level_s: float = 0.0
    """Since when that draw has been steady [s since 1970]."""
    peak_a: float = 0.0
    """The highest steady draw of the present run [A]."""
    began_s: float | None = None
    """When it was switched on [s since 1970], None while it is off."""
    runs_a: tuple[float, ...] = ()
    """The highest steady draw of each of the last runs [A]."""


@record
class ApplianceNeed:
    """What a tank or heat pump needs now."""

    mode: str
    """The mode it is served in."""
    wants: bool
    """Whether it should be on."""
    reason: str
    """Why, as a message for the user."""
    target_c: float | None = None
    """The temperature it heats to [degrees Celsius], None where not relevant."""
    problem: str = ""
    """A problem for the user to solve, "" for none."""
    amps: float | None = None
    """The current that it needs [A], None for its rating."""
    no_start_reason: str = ""
    """Why it may not start yet, "" where it may."""
    no_stop_reason: str = ""
    """Why it cannot be stopped now, "" where it can."""


@record
class SwitchedMemory:
    """What is remembered of a load that is only on or off."""

    rating: RatingMemory = RatingMemory()
    """Its measured draw while on."""
    need: ApplianceNeed | None = None
    """What a tank or heat pump needs now, None for other loads."""
    tank: TankMemory | None = None
    """None for other loads."""
    pump: PumpMemory | None = None
    """What is remembered of a load by signal, None for other loads."""

    @property
    def left_alone(self) -> bool:
        """Whether a heat pump is not steered, so that it decides alone behind two open relays."""
        return self.pump is not None and self.need is not None and not self.need.wants


NEW_SWITCHED = SwitchedMemory()
