"""The power range of a Quasar: charging limited by its allocation, discharging by the same fuses. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...model.ceiling import Ceiling
from ...model.electrics import watts
from ...model.load import Load, Mode
from ...model.site import Site
from ..data_quality import DataQuality


@dataclass(frozen=True, slots=True)
class PowerRange:
    """Limits of one Quasar [W]: `low_w` <= 0 <= `high_w`; `low_w` is None while a ceiling above it has no good reading.

    `offer_w` is its allocation. `high_w` may be lower: it is the room at the last reading, because a Quasar stops where
    other chargers are held at their minimum.
    """

    low_w: float | None
    high_w: float
    offer_w: float


@dataclass(frozen=True, slots=True)
class QuasarStatus:
    """What a Quasar's entity publishes: its limit in the requested direction [W, signed] and the reason.

    `guarded`: whether its guard runs; without a guard Fusebox does not limit it.
    """

    limit_w: float
    words: str = ""
    guarded: bool = True


def power_range_of(
    site: Site, ceilings: Sequence[Ceiling], load: Load, setpoint_a: float, quality: DataQuality
) -> PowerRange:
    """Return the power range of a Quasar at this step; 0 to 0 where readings are stale or its mode is off."""
    offer_w = watts(setpoint_a, site.voltage_v, len(load.phases))
    if quality >= DataQuality.STALE or load.mode is Mode.OFF:
        return PowerRange(0.0, 0.0, offer_w)
    over = [c for c in ceilings if c.budget is None and c.stops(load.name)]
    high_a = min([setpoint_a, *((c.room_a - _others_a(c, load)) / c.weights[load.name] for c in over)])
    most_a = min([load.max_a, *(_export_a(c, load) for c in over if c.fuse is not None)])
    known = all(c.known for c in over)
    return PowerRange(
        -watts(max(most_a, 0.0), site.voltage_v) if known else None,
        watts(max(high_a, 0.0), site.voltage_v),
        offer_w,
    )


def free_w(site: Site, ceilings: Sequence[Ceiling], load: Load) -> float:
    """Return how much a Quasar that Fusebox does not steer could charge in addition to all present draws [W]."""
    return power_range_of(site, ceilings, load, load.max_a, DataQuality.GOOD).high_w


def _others_a(ceiling: Ceiling, load: Load) -> float:
    """Return the present draw of our other loads under a ceiling [A]."""
    return sum(drawn_a for name, drawn_a in ceiling.drawn_a.items() if name != load.name)


def _export_a(ceiling: Ceiling, load: Load) -> float:
    """Return how much a load may discharge under a fuse until the export reaches the fuse's limit [A]."""
    limit_a = ceiling.room_a + ceiling.used_a
    return limit_a + ceiling.used_a + _others_a(ceiling, load)
