"""The power range of a Quasar: charging limited by its allocation, discharging by the same fuses. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ...model.ceiling import Ceiling
from ...model.data_quality import DataQuality
from ...model.electrics import amps, watts
from ...model.load import Load, Mode
from ...model.records import fast_replace
from ...model.site import MAIN, Site
from .island import needs_grid


@dataclass(frozen=True, slots=True)
class PowerRange:
    """Limits of one Quasar [W]: `low_w` <= 0 <= `high_w`; `low_w` is None while a ceiling above it has no good reading.

    `offer_w` is its allocation. `high_w` may be lower: it is the headroom at the last reading, because a Quasar stops
    where a fuse or a contract holds other chargers at their minimum. `is_stale`: whether both limits are 0 because a
    reading is stale.
    """

    low_w: float | None
    high_w: float
    offer_w: float
    is_stale: bool = False


@dataclass(frozen=True, slots=True)
class QuasarStatus:
    """What a Quasar's entity publishes: its limit in the requested direction [W, signed] and the reason.

    `guarded`: whether its guard runs; without a guard Fusebox does not limit it.
    """

    limit_w: float
    reason: str = ""
    guarded: bool = True


def compute_power_range(
    site: Site,
    ceilings: Sequence[Ceiling],
    load: Load,
    setpoint_a: float,
    quality: DataQuality,
    giving_way: Collection[str] = (),
) -> PowerRange:
    """Return the power range of a Quasar [W, negative = discharging] in the headroom that the other loads' draws leave.

    Charging is at most the set-point; discharging at most `max_a`, and limited by fuses and what may be exported. 0 to
    0 where readings are stale, its mode is off, or it needs the grid and that is gone. No discharging on an island; its
    limit is None while a ceiling above it has no good reading. `giving_way`: Quasars whose draw does not count, because
    they stop for it.
    """
    offer_w = watts(setpoint_a, site.voltage_v, len(load.phases))
    if quality >= DataQuality.STALE or load.mode is Mode.OFF or needs_grid(site, load):
        return PowerRange(0.0, 0.0, offer_w, is_stale=quality >= DataQuality.STALE)
    over = [c for c in ceilings if c.budget is None and c.stops(load.name)]
    not_counted = {load.name, *giving_way}
    # A limit on energy leaves the set-point time: a load at its minimum stays until the energy is nearly used up.
    at_once = [c for c in over if c.tolerates_s is None]
    left_a = [(c.headroom_a - _draw_without_a(c, not_counted)) / c.weights[load.name] for c in at_once]
    high_a = min([setpoint_a, *left_a])
    fuses = [c for c in over if c.fuse is not None]
    headrooms_a = [_discharge_headroom_a(c.headroom_a + c.used_a, [c], load, not_counted) for c in fuses]
    if site.export is not None:
        main = [c for c in ceilings if c.fuse == MAIN]
        may_export_a = amps(site.may_export_w, site.voltage_v)
        headrooms_a.append(_discharge_headroom_a(may_export_a, main, load, not_counted) / len(load.phases))
    most_a = min([load.max_a, *headrooms_a])
    known = all(c.known for c in over)
    # Nothing may feed into what the inverter of an island controls.
    most_a = 0.0 if site.island else most_a
    low_w = -watts(max(most_a, 0.0), site.voltage_v) if known else None
    return PowerRange(low_w, watts(max(high_a, 0.0), site.voltage_v), offer_w)


def free_charging_power_w(site: Site, ceilings: Sequence[Ceiling], load: Load) -> float:
    """Return how much a Quasar that Fusebox does not steer could charge in addition to all present draws [W].

    At most its `max_a`; 0 in mode off, and where it needs the grid and that is gone.
    """
    # Its power is no set-point, so limits on energy apply at once too.
    at_once = [fast_replace(ceiling, tolerates_s=None) for ceiling in ceilings]
    return compute_power_range(site, at_once, load, load.max_a, DataQuality.GOOD).high_w


def _draw_without_a(ceiling: Ceiling, names: Collection[str]) -> float:
    """Return the present draw under a ceiling of our loads other than `names` [A]."""
    return sum(drawn_a for name, drawn_a in ceiling.drawn_a.items() if name not in names)


def _discharge_headroom_a(limit_a: float, fuses: Sequence[Ceiling], load: Load, not_counted: Collection[str]) -> float:
    """Return how much a load may discharge, over its phases, until `limit_a` flows out through fuses together [A].

    The least house load and the other loads' draw add to that limit. What the load discharges already goes before what
    loads `not_counted` discharge.
    """
    present_a = -sum(c.drawn_a.get(load.name, 0.0) for c in fuses)

    def headroom_without_a(names: Collection[str]) -> float:
        return limit_a + sum(c.least_used_a + _draw_without_a(c, names) for c in fuses)

    return max(headroom_without_a({load.name}), min(headroom_without_a(not_counted), present_a))
