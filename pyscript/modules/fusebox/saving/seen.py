"""Meters as `power_saving` names them -> numbers with their age: state or attribute, over a divisor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..blind import stages_s
from ..drivers.contract import switch_state
from ..power_saving import Estimator, Readings
from ..radiators import Group
from ..radiators.caps import level_in_force
from ..radiators.memory import GroupMemory
from ..readings import Track, View, finite
from ..rotation.groups import groups_of
from ..site import Site
from ..snapshot import Reading

NO_GROUP = Group("", (), (5, 4, 2, 1, 0))
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
    """The house's meter, with when it reported last."""

    def __init__(self) -> None:
        self._track = Track()
        self._unknown_s: float | None = None

    def look(self, view: View, section: Mapping[str, Any], site: Site) -> tuple[float | None, float, float, float]:
        """Its value or None, when it reported, for how long it has been unknown, and when that calls for fail-safe."""
        meter = section["meter"]
        value, raw = number_of(view, meter), view.raw(meter["entity"])
        track = self._track
        if value is not None and raw is not None:
            track.tell(value, raw.last_reported.timestamp())
        track.number_s = min(track.number_s, view.now_s)
        age_s = view.now_s - track.number_s
        stale_s, failsafe_s = stages_s(site, Reading(value, track.last, age_s, track.period_s))
        if value is not None and age_s > stale_s:
            value = None
        if value is not None:
            self._unknown_s = None
        elif self._unknown_s is None:
            self._unknown_s = view.now_s
        blind_s = 0.0 if self._unknown_s is None else view.now_s - self._unknown_s
        return value, track.number_s, blind_s, failsafe_s


def number_of(view: View, meter: Mapping[str, Any]) -> float | None:
    """What a meter shows, in the unit of CONFIG; None while it is unknown."""
    entity, attribute = meter["entity"], meter["attribute"]
    if attribute is not None and view.word(entity) is None:
        return None
    number = view.number(entity) if attribute is None else finite(view.attribute(entity, attribute))
    return None if number is None else number / float(meter["divisor"])


def readings_of(
    section: Mapping[str, Any], group: Group, view: View, meter: Meter, site: Site, level: int | None
) -> Readings:
    """One look. `level`: what the target shows when somebody else has moved it."""
    value, reported_s, blind_s, failsafe_s = meter.look(view, section, site)
    extra: Sequence[float | None] = [number_of(view, each) for each in section["extra_meters"]]
    known = [each for each in extra if each is not None]
    on = sum(switch_state(view, relay) is True for relay in group.relays)
    return Readings(
        now_s=view.now_s,
        meter=value,
        reported_s=reported_s,
        on=on,
        extra=sum(known) if len(known) == len(extra) else None,
        level=level,
        blind_s=blind_s,
        failsafe_s=failsafe_s,
    )


def shown_level(view: View, target: str | None, group: Group) -> int | None:
    """The level that the target shows, as the radiators understand it."""
    return None if target is None else level_in_force(group, GroupMemory(), view.number(target), stepping=True)
