"""Meters as `power_saving` names them -> numbers with their age: state or attribute, over a divisor."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from ..config.sections import DEFAULT_MAX_ACTIVE
from ..control.data_quality import DataQuality, quality_of
from ..devices.driver import switch_state
from ..model.readings import Track, View, finite
from ..model.site import Site
from ..model.snapshot import Reading
from . import Group
from .caps import level_in_force
from .groups import groups_of
from .memory import GroupMemory
from .power_saving import Estimator, Readings

NO_GROUP = Group(
    name="",
    rows=(),
    max_active=DEFAULT_MAX_ACTIVE,
    blind_active=0,
    step="",
    external_smoothing=True,
    hold_off_s=0.0,
    settle_s=0.0,
    status="",
)
"""Where no radiators follow the level: the levels of a usual group, and nothing that is on."""


def followers(section: Mapping[str, Any], sections: Mapping[str, object]) -> Group:
    """The group of radiators that follows this section's level."""
    target = section["target"]
    found = (group for group in groups_of(sections) if target is not None and group.power_saving == target)
    return next(found, NO_GROUP)


def estimator_of(section: Mapping[str, Any], group: Group) -> Estimator:
    """The section without its entities."""
    return Estimator(
        max_available=section["max_available"],
        per_radiator=section["per_radiator"],
        max_active=group.max_active,
        thermostat_factor=section["thermostat_factor"],
        hysteresis=section["hysteresis"],
        security_margin=section["security_margin"],
        damping_s=section["damping_s"],
        individual=section["method"] == "individual",
        blind_level=section["blind_level"],
    )


def triggers_of(section: Mapping[str, Any], group: Group) -> list[str]:
    """What a run has to follow."""
    meters = [section["meter"], *section["extra_meters"]]
    found = [meter["entity"] if meter["attribute"] is None else f"{meter['entity']}.*" for meter in meters]
    return [*found, *([section["target"]] if section["target"] else []), *group.relays]


class Meter:
    """One meter, with its last number and since when that counts."""

    def __init__(self) -> None:
        self.track = Track()
        self._known_s = math.inf

    def read(self, view: View, meter: Mapping[str, Any], site: Site, *, steady: bool) -> tuple[Reading, DataQuality]:
        """What it reads, and how well it is seen.

        One that never had a number has as long to come as any other may be silent. `steady`: its silence counts too;
        others may speak only when something changes, so they are lost when they say so.
        """
        value, raw, track = number_of(view, meter), view.raw(meter["entity"]), self.track
        if value is not None and raw is not None:
            track.tell(value, raw.last_reported.timestamp())
            track.number_s = min(track.number_s, view.now_s)
            self._known_s = track.number_s if steady else view.now_s
        self._known_s = min(self._known_s, view.now_s)
        reading = Reading(value, track.last, view.now_s - self._known_s, track.period_s)
        return reading, quality_of(site, reading)


Meters = dict[tuple[str, str | None], Meter]
"""Entity and attribute -> its meter."""


def number_of(view: View, meter: Mapping[str, Any]) -> float | None:
    """What a meter shows, in the unit of CONFIG; None while it is unknown."""
    entity, attribute = meter["entity"], meter["attribute"]
    if attribute is not None and view.word(entity) is None:
        return None
    number = view.number(entity) if attribute is None else finite(view.attribute(entity, attribute))
    return None if number is None else number / float(meter["divisor"])


def readings_of(
    section: Mapping[str, Any], group: Group, view: View, meters: Meters, site: Site, level: int | None
) -> Readings:
    """One look. `level`: what the target shows when somebody else has moved it."""

    def meter_of(meter: Mapping[str, Any]) -> Meter:
        return meters.setdefault((meter["entity"], meter["attribute"]), Meter())

    house = meter_of(section["meter"])
    reading, quality = house.read(view, section["meter"], site, steady=True)
    extra = [meter_of(each).read(view, each, site, steady=False) for each in section["extra_meters"]]
    known = [each.last for each, seen in extra if each.last is not None and seen < DataQuality.STALE]
    on = sum(switch_state(view, relay) is True for relay in group.relays)
    return Readings(
        now_s=view.now_s,
        meter=reading.value if quality is DataQuality.GOOD else None,
        reported_s=house.track.number_s,
        on=on,
        extra=sum(known) if len(known) == len(extra) else None,
        level=level,
        quality=quality,
        extra_quality=max((seen for _, seen in extra), default=DataQuality.GOOD),
    )


def shown_level(view: View, target: str | None, group: Group) -> int | None:
    """The level that the target shows, as the radiators understand it."""
    return None if target is None else level_in_force(group, GroupMemory(), view.number(target), stepping=True)
