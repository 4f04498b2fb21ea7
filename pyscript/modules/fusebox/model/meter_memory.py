"""What is remembered of meters, fuses and the home battery. Frozen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .durations import NEVER_S
from .equipment import Battery
from .records import record
from .site import Site


@record
class StuckMeterMemory:
    """How long a meter has been constant, and the draws behind it meanwhile."""

    value_a: float
    """Its constant value [A]."""
    since_s: float
    """When it last changed [s since 1970]."""
    drawn_a: Mapping[str, float]
    """Load behind it -> its draw at that time [A]."""
    rest_a: float
    """The house load, its value less the draws, when these last agreed with it [A]."""
    battery_a: float | None = None
    """The battery's charging current at that time [A], None where unknown."""
    rests: tuple[tuple[float, float, float], ...] = ()
    """Recent house loads before that, as (time, lowest, highest)."""
    off_s: float | None = None
    """Since when the draws have differed from `drawn_a` without a change of the meter, None while they do not."""
    contradicted: bool = False
    """Whether the meter had enough time to show that difference."""
    mover: str = ""
    """The load whose draw changed most."""
    only_if_all: frozenset[str] = frozenset()
    """Loads with unknown phases: the meters of all their phases have to be contradicted."""


@record
class FuseMemory:
    """The thermal state of one fuse on one phase."""

    theta: float
    """Its thermal state: 1.0 is a long time at the rating."""
    at_s: float
    """The time of that state [s since 1970]."""
    flow_a: float
    """The current through it at that time [A]."""
    rating_a: float
    """Its rating [A]."""
    shed_theta: float
    """The thermal state from which loads are shed, by its type."""
    high_readings: int = 0
    """The number of consecutive readings far above the rating, without currents that are about to end."""
    reported_s: float = NEVER_S
    """The time of the newest reading [s since 1970]."""


@record
class HeadroomMemory:
    """The rolling worst case of the headroom under one ceiling."""

    since_s: float
    """Since when it is observed [s since 1970]."""
    pairs: tuple[tuple[float, float], ...]
    """The least headroom from each time on: (when, headroom [A]), both rising."""
    reported_s: float
    """When the newest reading behind it came [s since 1970]."""
    fresh: bool = True
    """Whether the last step brought a newer reading."""
    blurred: bool = False
    """Whether its house load is uncertain, because a draw behind it is reported late."""
    limit_a: float = 0.0
    """The limit that the headroom was computed with [A], 0 for none."""

    def worst_since(self, from_s: float) -> float:
        """Return the least headroom since `from_s` [A], which must not be after the last pair."""
        return next(headroom_a for at_s, headroom_a in self.pairs if at_s >= from_s)


@record
class BatteryMemory:
    """What is remembered of the home battery; times are in seconds since 1970.

    A threshold of its state of charge that was passed is left only a hysteresis away.
    """

    charged: bool = False
    """Whether it is at its target, so that solar modes may run."""
    has_surplus: bool = False
    """Whether it is above its target, so that what it could discharge counts as surplus."""
    able: bool = False
    """Whether it is not empty, so that it may discharge."""
    then_s: float = NEVER_S
    """When the present check of its power's sign began."""
    then_pct: float | None = None
    """The state of charge at that time [%]."""
    seen_s: float = NEVER_S
    """Until when its power has been integrated."""
    charged_ws: float = 0.0
    """The integral of its power since `then_s` [Ws, + = charging]."""
    against: int = 0
    """How often in a row power and state of charge have contradicted each other."""
    power_w: float | None = None
    """Its power at the main meter's last report [W, + = charging]."""
    power_s: float = NEVER_S
    """The time of that report."""
    held_s: float = NEVER_S
    """When the meter last showed no import."""
    most_w: float | None = None
    """The most that it was observed to discharge [W], None where that is not below CONFIG's maximum."""
    most_s: float = NEVER_S
    """Since when `most_w` counts."""


BatteryMemories = tuple[BatteryMemory | None, ...]
"""The memory of each battery, in the order of the site."""


def known_batteries(site: Site, memories: BatteryMemories) -> Sequence[tuple[Battery, BatteryMemory | None]]:
    """Return each battery with its memory, None where there is none yet."""
    missing = (None,) * (len(site.batteries) - len(memories))
    return tuple(zip(site.batteries, (*memories, *missing), strict=False))
