"""What is remembered of loads that are only on or off, beside what is remembered of every load. All frozen."""

from __future__ import annotations

from dataclasses import dataclass

NEVER_S = float("-inf")
"""The time of what has not happened."""


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
class TankMemory:
    """What is remembered of a tank; times are in seconds since 1970.

    `heating`: for which purposes it has begun to heat and is not hot enough yet. `seen_s`: the last step. `known_c`,
    `known_s`: its last known temperature; `begun_s`: the first look at it. `same_s`: for how long it has heated while
    that has not moved. `done_s`: when the last hygiene cycle was complete, or the tank first seen; `held_s`: how long
    it has been hot enough since, `hot_s`: when last. `mode`: the mode of the last step. `drew`: whether it was ever
    measured to draw; `idle_s`: since when it is on and draws nothing; `cut_c`, `cut_s`: where and when its own
    thermostat opened. `dose_s`: how long it has heated since `window_s` without knowing its temperature.
    """

    begun_s: float
    seen_s: float
    done_s: float
    heating: frozenset[str] = frozenset()
    known_c: float | None = None
    known_s: float = NEVER_S
    same_s: float = 0.0
    held_s: float = 0.0
    hot_s: float = NEVER_S
    mode: str = ""
    drew: bool = False
    idle_s: float | None = None
    cut_c: float | None = None
    cut_s: float = NEVER_S
    window_s: float = NEVER_S
    dose_s: float = 0.0


BLOCK, NORMAL, RECOMMEND, FORCE = "block", "normal", "recommend", "force"
"""The four states of SG-Ready."""


@dataclass(frozen=True, slots=True)
class PumpMemory:
    """What is remembered of an SG-Ready heat pump; times are in seconds since 1970.

    `told`, `told_s`: the state that it is to be in, and since when; `reached`: whether its relays have shown that.
    `calls_s`: when it was called upon, or let go, in the last hour. `blocks`: from when to when it was blocked in the
    last day, `block_s`: since when it is. `short_s`: since when its rating does not fit. `level`: how much its surplus
    calls for, 0 to 2; `richer_s`, `poorer_s`: since when it has called for more, or for less.
    """

    told: str | None = None
    told_s: float = NEVER_S
    reached: bool = False
    calls_s: tuple[float, ...] = ()
    blocks: tuple[tuple[float, float], ...] = ()
    block_s: float | None = None
    short_s: float | None = None
    level: int = 0
    richer_s: float | None = None
    poorer_s: float | None = None


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
