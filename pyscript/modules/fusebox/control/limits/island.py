"""Loads while the grid is gone: which of them may not run, and what inverter and battery deliver to the others. Pure.

The grid then delivers nothing, whatever its meters display: they may vanish, or repeat a value.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from ...model.ceiling import Ceiling
from ...model.data_quality import DataQuality, reading_quality
from ...model.electrics import Phase, amps, watts
from ...model.equipment import sum_or_none
from ...model.house_memory import NEW_HOUSE_LOAD, HouseLoadMemory
from ...model.load import Load
from ...model.messages.message import Value
from ...model.meter_memory import known_batteries
from ...model.site import MAIN, Site
from ...model.snapshot import Reading, Snapshot
from ..estimators.late_readings import DrawInReading, draw_range_in_reading
from ..estimators.production import sun_w
from .flows import Flows
from .tariff_limit import LEAST_RATING_A

NO_CURRENT = Reading(0.0, 0.0, 0.0)
INVERTER, BATTERY = "inverter", "battery"
"""The names of these ceilings."""
INVERTER_CAUSE, BATTERY_CAUSE = "limited_by_island_inverter", "limited_by_island_battery"
"""The codes of their messages."""


def needs_grid(site: Site, load: Load) -> bool:
    """Return whether a load may not run now, because the grid is gone and it is not marked to run on an island."""
    return site.island and site.has_grid and not load.island


def without_grid(site: Site, snapshot: Snapshot) -> Snapshot:
    """Return the snapshot with no current at the main meter while the grid is gone; otherwise unchanged."""
    if not site.island:
        return snapshot
    return replace(snapshot, grid_a={**snapshot.grid_a, MAIN: dict.fromkeys(site.phases, NO_CURRENT)})


class _Use(NamedTuple):
    """What inverter or battery delivers to the phases of a limit, by its last readings."""

    flow_a: float
    """The current, our loads included [A]."""
    reported_s: float
    """The time of that reading [s since 1970]."""
    known: bool
    """Whether its readings are recent."""
    metered: bool = True
    """False where only our own loads are counted."""
    least_a: float = 0.0
    """The least that the house can take of it [A]: negative where the sun, which this limit does not cover, helps."""


_Limit = tuple[str, tuple[Phase, ...], float, _Use]
"""A limit of inverter or battery on the loads while the grid is gone: the name of its ceiling, the phases that it
delivers to, the most that it delivers to them together [W], and what it delivers to them now."""


def island_ceilings(flows: Flows) -> Iterator[Ceiling]:
    """Yield what inverter and battery deliver while the grid is gone, as limits on the loads; none otherwise.

    Their headroom is the limit less what the house takes. The battery's also shows what it discharges.
    """
    for name, phases, most_w, use in _island_limits(flows):
        limit_a, used_a = amps(most_w, flows.site.voltage_v), flows.memory.house_load[name].used_a
        details: dict[str, Value] = {"limit_kw": most_w / 1000}
        if name == BATTERY:
            # What the house takes in addition may come from the sun.
            details["discharge_kw"] = round(watts(max(use.flow_a, 0.0), flows.site.voltage_v) / 1000, 1)
        yield flows.ceiling(
            name,
            BATTERY_CAUSE if name == BATTERY else INVERTER_CAUSE,
            phases,
            details=details,
            headroom_a=limit_a - used_a,
            used_a=used_a,
            flow_a=use.flow_a,
            rating_a=max(limit_a, LEAST_RATING_A),
            known=use.known,
            metered=use.metered,
            reported_s=use.reported_s,
        )


def island_house_load(flows: Flows) -> Mapping[str, HouseLoadMemory]:
    """Return limit -> the house load within it by its last reading, held until the next; empty while the grid is there.

    A present draw subtracted from an older reading would invent headroom, or a house load that takes it.
    """
    found, snapshot, loads = {}, flows.snapshot, flows.memory.loads
    for name, phases, _, use in _island_limits(flows):
        past, drawn_a = flows.memory.house_load.get(name, NEW_HOUSE_LOAD), flows.drawn_on(phases)
        if use.reported_s > past.reported_s:
            ours_a = sum(drawn_a.values())
            shown = DrawInReading(ours_a, ours_a, ours_a)
            if use.metered:
                shown = draw_range_in_reading(flows.site, snapshot, loads, drawn_a, use.reported_s)
            used_a = max(min(past.used_a, use.flow_a - shown.least_a), use.flow_a - shown.most_a, use.least_a)
            past = HouseLoadMemory(use.reported_s, used_a)
        found[name] = past
    return found


def _island_limits(flows: Flows) -> Iterator[_Limit]:
    """Yield what the batteries, all inverters and each phase of them deliver without the grid, where that is known."""
    site, every = flows.site, flows.site.phases
    if not site.island:
        return
    if site.batteries:
        yield BATTERY, every, _battery_w(flows), _battery_delivery(flows)
    for phase in (None, *every):
        name, phases = (INVERTER, every) if phase is None else (f"{INVERTER} {phase.name}", (phase,))
        most_w = _inverters_w(flows, phase)
        if most_w is not None:
            yield name, phases, most_w, _inverter_delivery(flows, phases)


def _battery_w(flows: Flows) -> float:
    """Return the most that the batteries may discharge now [W]: not those at their minimum, or of unknown charge."""
    known = known_batteries(flows.site, flows.memory.batteries)
    return sum(battery.max_discharge_w for battery, past in known if past is not None and past.able)


def _inverters_w(flows: Flows, phase: Phase | None) -> float | None:
    """Return the most that the inverters may deliver together, or to a phase [W]; None where unknown.

    Only those with a battery can follow the loads: any other counts with its present sun.
    """
    site, parts = flows.site, list[float | None]()
    follow = {site.inverter_of(place) for place in range(len(site.batteries))} or range(len(site.inverters))
    for place, inverter in enumerate(site.inverters):
        most_w = inverter.max_w if phase is None else inverter.most_w(phase)
        if place not in follow:
            given_w = sun_w(site, flows.snapshot, place) or 0.0
            if phase is not None:
                given_w *= inverter.feeds(phase) / len(inverter.phases or site.phases)
            most_w = given_w if most_w is None else min(most_w, given_w)
        parts.append(most_w)
    return sum_or_none(parts)


def _battery_delivery(flows: Flows) -> _Use:
    """Return what the batteries discharge; negative while they charge, which gives way to loads."""
    site, snapshot = flows.site, flows.snapshot
    reading, sun = snapshot.battery_charge_w, snapshot.solar_w.last or 0.0 if site.measures_sun else float("inf")
    known = reading.last is not None and reading_quality(site, reading) is DataQuality.GOOD
    flow_a, least_a = amps(-(reading.last or 0.0), site.voltage_v), -amps(max(sun, 0.0), site.voltage_v)
    return _Use(flow_a, snapshot.now_s - reading.age_s, known, least_a=least_a)


def _inverter_delivery(flows: Flows, phases: tuple[Phase, ...]) -> _Use:
    """Return what the inverter delivers to some phases: by its own meters, otherwise sun and battery shared evenly.

    It is as old as what follows the loads: the battery, the sun without one. Where these are not measured: what the
    battery delivers or our loads draw, whichever is more.
    """
    site, snapshot = flows.site, flows.snapshot
    output = [snapshot.inverter_a[phase] for phase in phases if phase in snapshot.inverter_a]
    if len(output) == len(phases) and all(each.last is not None for each in output):
        known = all(reading_quality(site, each) is DataQuality.GOOD for each in output)
        flow_a = sum(each.last or 0.0 for each in output)
        return _Use(flow_a, snapshot.now_s - min(each.age_s for each in output), known)
    battery = snapshot.battery_charge_w
    readings = [snapshot.solar_w, *([battery] if site.batteries else [])]
    if not site.measures_sun or any(each.last is None for each in readings):
        # The battery delivers at least this, and our loads take at least what they draw.
        least_a = _battery_delivery(flows).flow_a if site.batteries else 0.0
        drawn_a = sum(flows.drawn_on(phases).values())
        flow_a = max(least_a * len(phases) / len(site.phases), drawn_a)
        return _Use(flow_a, snapshot.now_s, known=True, metered=False)
    total_w = (snapshot.solar_w.last or 0.0) - (battery.last or 0.0 if site.batteries else 0.0)
    known = all(reading_quality(site, each) is DataQuality.GOOD for each in readings)
    flow_a = amps(max(total_w, 0.0), site.voltage_v) * len(phases) / len(site.phases)
    return _Use(flow_a, snapshot.now_s - readings[-1].age_s, known)
