"""What is remembered of tanks and heat pumps. All frozen."""

from __future__ import annotations

from dataclasses import dataclass

from .durations import NEVER_S


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
