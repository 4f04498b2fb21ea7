"""What is remembered of meters, fuses and the home battery. Frozen."""

from __future__ import annotations

from collections.abc import Mapping

from .. import tuning
from .durations import NEVER_S
from .records import record
from .trace import Trace


@record
class MeterLatency:
    """How late a meter shows one load, or several that count as one."""

    drawn: Trace = ()
    """How much it counts with."""
    before: tuple[float, float] | None = None
    """What the meter showed, and it counted with, before it was switched; None once the meter has shown that."""
    hidden_s: float = 0.0
    """How long after it the meter still showed the old [s]."""
    lags_s: tuple[float, ...] = ()
    """How long the last changes took to show [s]."""
    shown_s: float = NEVER_S
    """When the last one did [s since 1970]."""

    @property
    def latency_s(self) -> float:
        """How long the meter may still show it as it was [s]."""
        if not self.lags_s:
            return tuning.MOMENT_S
        return sorted(self.lags_s)[-2] if len(self.lags_s) >= max(tuning.KNOWN_TIMES, 2) else max(self.lags_s)


NEW_METER_LATENCY = MeterLatency()


@record
class StuckMeterMemory:
    """How long a meter has stood still, and what was drawn behind it meanwhile."""

    value_a: float
    """What it has shown since it last changed [A]."""
    since_s: float
    """When that was [s since 1970]."""
    drawn_a: Mapping[str, float]
    """What each load behind it drew then [A]."""
    battery_a: float | None = None
    """What the battery did then [A]."""
    rests: tuple[tuple[float, float, float], ...] = ()
    """What others used in the last time before that, in pieces of (when, least, most)."""
    off_s: float | None = None
    """Since when the draws have been elsewhere without the meter, None while they are not."""
    contradicted: bool = False
    """Whether the meter has had its time to answer."""
    mover: str = ""
    """The load that moved most."""
    only_if_all: frozenset[str] = frozenset()
    """The loads of which it is not known which phases they use: the meters of all of them have to be contradicted."""


@record
class FuseMemory:
    """How warm one fuse is on one phase."""

    theta: float
    """Its thermal state: 1.0 is a long time at the rating."""
    at_s: float
    """When it was that [s since 1970]."""
    flow_a: float
    """What flowed through it then [A]."""
    rating_a: float
    """Its rating [A]."""
    high_readings: int = 0
    """How many meter readings running were far above the rating, beyond what is about to end."""
    reported_s: float = NEVER_S
    """When the newest of them came [s since 1970]."""


@record
class HeadroomMemory:
    """The rolling worst case of the room under one ceiling."""

    since_s: float
    """Since when it is watched [s since 1970]."""
    pairs: tuple[tuple[float, float], ...]
    """The least room from each time on: (when, room [A]), both rising."""
    reported_s: float
    """When the newest reading behind it came [s since 1970]."""
    fresh: bool = True
    """Whether the last step brought a newer one."""
    blurred: bool = False
    """Whether a draw behind it is late."""
    limit_a: float = 0.0
    """The limit that the rooms are under [A], 0 for what has none."""

    def worst_since(self, from_s: float) -> float:
        """The least room since then."""
        return next(room_a for at_s, room_a in self.pairs if at_s >= from_s)


@record
class BatteryMemory:
    """What is remembered of the home battery; times are in seconds since 1970.

    A threshold of its state of charge that was passed lets go only a hysteresis away.
    """

    charged: bool = False
    """Whether it is at its target: then solar modes run."""
    has_surplus: bool = False
    """Whether it is above its target, and what it could still give counts as surplus."""
    able: bool = False
    """Whether it is not empty, so that it may discharge."""
    then_s: float = NEVER_S
    """When the present watch over the sign of its power began."""
    then_pct: float | None = None
    """The state of charge then [%]."""
    seen_s: float = NEVER_S
    """Up to when its power has been counted."""
    charged_ws: float = 0.0
    """The energy that its power has told since `then_s` [Ws, + = charging]."""
    against: int = 0
    """How often running power and state of charge have contradicted each other."""
    power_w: float | None = None
    """Its power as of the main meter's last report [W, + = charging]."""
    power_s: float = NEVER_S
    """When that report came."""
    held_s: float = NEVER_S
    """When the meter last showed no import."""
    most_w: float | None = None
    """The most that it has been seen to give [W], None where that is no less than CONFIG says."""
    most_s: float = NEVER_S
    """Since when that counts."""
