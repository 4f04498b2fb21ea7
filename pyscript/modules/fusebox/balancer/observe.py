"""Site + states -> Snapshot: every measurement enters here, once, with its time."""

from __future__ import annotations

import math

from .. import tuning
from ..control.limits.island import NO_CURRENT, without_grid
from ..devices import DRIVERS
from ..model.durations import has_passed
from ..model.electrics import PerPhase, Phase
from ..model.equipment import Battery, Circuit, Inverter, Source
from ..model.load import Load
from ..model.readings import Meters, View
from ..model.records import fast_replace
from ..model.site import Site
from ..model.snapshot import NEVER, BatteryReadings, InverterReadings, LoadState, Reading, Snapshot, sum_of
from .device_sessions import DeviceSessions
from .vehicles.vehicles import vehicle_entities

SUN = "sun.sun"
SUN_UP = {"above_horizon": True, "below_horizon": False}
"""State of Home Assistant's own sun -> whether it is above the horizon."""


def take_snapshot(site: Site, view: View, meters: Meters, sessions: DeviceSessions) -> Snapshot:
    """Return all readings of entities at the instant of `view`; the main meter shows 0 A while the grid is gone.

    `meters` and `sessions` are updated: they remember what they have read.
    """
    meters.problems.clear()
    grid_a = {circuit.name: _meter_readings(circuit, view, meters, site) for circuit in site.circuits}
    inverters = tuple(_inverter_readings(inverter, view, meters, site) for inverter in site.inverters)
    states = {load.name: sessions.read_device(load, view, site.voltage_v) for load in site.loads}
    own_suns = [read.solar_w for read, each in zip(inverters, site.inverters, strict=True) if each.solar_w is not None]
    snapshot = Snapshot(
        now_s=view.now_s,
        grid_a=grid_a,
        loads={load.name: _without_strays(site, load, states[load.name]) for load in site.loads},
        solar_w=sum_of(own_suns) if site.solar_w is None else meters.power(view, site.solar_w),
        batteries=tuple(_battery_readings(battery, view, meters) for battery in site.batteries),
        inverters=inverters,
        sun_up=SUN_UP.get(view.word(SUN) or ""),
    )
    return without_grid(site, snapshot)


def _meter_readings(circuit: Circuit, view: View, meters: Meters, site: Site) -> dict[Phase, Reading]:
    """Return the readings of a circuit's meters, unknown for an export that is impossible.

    Where nothing generates, only a reversed meter shows an export that no breaker tolerates for long. After that any
    export is impossible, until none was shown for `FORGET_S`: otherwise loads would rise again as soon as their cut has
    lowered it. A stray number proves nothing: the house may have a small sun that CONFIG does not name.
    """
    stray_a = -tuning.STRAY_READING_RATIO * circuit.fuse_a
    lowest_a = stray_a if site.has_generation else -tuning.RAISE_BORNE_RATIO * circuit.fuse_a
    if not site.has_generation and not has_passed(tuning.FORGET_S, meters.reversed_s, view.now_s):
        lowest_a = -tuning.TOLERANCE_A
    meters.rejected.clear()
    readings = {phase: meters.current(view, each, site.voltage_v, lowest_a) for phase, each in circuit.grid.items()}
    if not site.has_generation and any(each >= stray_a for each in meters.rejected):
        meters.reversed_s = view.now_s
    return readings


def _without_strays(site: Site, load: Load, state: LoadState) -> LoadState:
    """Return a load's state, in which a draw or an offer above `STRAY_READING_RATIO` times its fuse is unknown.

    Such a value is an error of the device, such as the register's highest number, and would be counted as energy.
    """
    most_a = tuning.STRAY_READING_RATIO * site.circuit(load.circuit).fuse_a
    if max([abs(a or 0.0) for a in state.draw_a]) > most_a:
        state = fast_replace(state, draw_a=PerPhase(), single_a=None)
    return fast_replace(state, offer_a=None) if (state.offer_a or 0.0) > most_a else state


def _inverter_readings(inverter: Inverter, view: View, meters: Meters, site: Site) -> InverterReadings:
    """Return an inverter's output on each phase and its sun.

    The output is 0 on a phase that it does not feed while others are measured; phases that are not measured are left
    out. The sun is `NEVER` without a sensor of its own.
    """
    output_a = dict.fromkeys(filter(inverter.measures, Phase), NO_CURRENT)
    output_a |= {phase: meters.current(view, source, site.voltage_v) for phase, source in inverter.output.items()}
    return InverterReadings(output_a, NEVER if inverter.solar_w is None else meters.power(view, inverter.solar_w))


def _battery_readings(battery: Battery, view: View, meters: Meters) -> BatteryReadings:
    """Return a battery's state of charge and power; unknown above `STRAY_READING_RATIO` times its highest power."""
    most_w = tuning.STRAY_READING_RATIO * max(battery.max_charge_w, battery.max_discharge_w) or math.inf
    power = meters.power(view, battery.charge_w, (-most_w, most_w))
    return BatteryReadings(meters.percent(view, battery.soc_pct), power)


def counter_kwh(view: View, load: Load) -> float | None:
    """Return the energy counter of a load's device [kWh], None for none or no value."""
    return DRIVERS[load.type].counter(load, view)


def watched_entities(site: Site) -> tuple[str, ...]:
    """Return every entity that a snapshot of this site reads, each once, in reading order.

    What a direct connection reads, such as `huawei.soc_pct`, is there too; names without a domain are left out.
    """
    sources: list[Source | None] = [source for circuit in site.circuits for source in circuit.grid.values()]
    sources.append(site.solar_w)
    sources += [each for inverter in site.inverters for each in (*inverter.output.values(), inverter.solar_w)]
    sources += [each for battery in site.batteries for each in (battery.soc_pct, battery.charge_w)]
    found = [entity for source in sources if source is not None for entity in source.entities]
    if site.tariff is not None:
        found += filter(None, (site.tariff.demand_kw, site.tariff.month_peak_kw, site.tariff.dim))
    found += [entity for load in site.loads for entity in DRIVERS[load.type].entities(load)]
    found += vehicle_entities(site)
    return tuple(dict.fromkeys(entity for entity in found if "." in entity))
