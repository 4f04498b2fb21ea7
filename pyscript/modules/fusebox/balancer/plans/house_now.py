"""The present house load without loads that can be planned, by phase, as far as measured. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product

from ...control.estimators.draws import assumed_draw_a
from ...control.estimators.phases_in_use import narrow_phases
from ...control.limits.fuses import fuse_name
from ...model.electrics import Phase, amps, watts
from ...model.memory import Memory
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, Reading, Snapshot
from .modes import can_be_planned


def import_without_planned_kw(site: Site, snapshot: Snapshot, memory: Memory) -> float:
    """Return the import without loads that can be planned, and without battery charging [kW]; negative for export."""
    flow_a = sum(reading.value or 0.0 for reading in snapshot.grid_a.get(MAIN, {}).values())
    flow_a -= sum(planned_loads_draw_a(site, snapshot, memory).values())
    return (watts(flow_a, site.voltage_v) - max(snapshot.battery_charge_w.value or 0.0, 0.0)) / 1000


def house_load_now_kw(site: Site, snapshot: Snapshot, memory: Memory, circuit: str = MAIN) -> Mapping[Phase, float]:
    """Return phase -> house load under a circuit's own meter [kW]; empty while a needed value is missing.

    At the main fuse without sun and battery; under any other circuit these feed nothing.
    """
    meters, drawn = snapshot.grid_a.get(circuit, {}), planned_loads_draw_a(site, snapshot, memory, circuit)
    told_a = {phase: meters.get(phase, NEVER).value for phase in site.phases}
    rest_a = {phase: a - drawn[phase] for phase, a in told_a.items() if a is not None}
    if circuit == MAIN and site.has_generation:
        sources_a = _source_currents_a(site, snapshot)
        if sources_a is None or len(rest_a) < len(site.phases):
            return {}
        from_inverter_a, unplaced_a = sources_a
        if from_inverter_a and site.inverter.wiring != "parallel":
            # The power of everything behind the inverter flows through it.
            rest_a = {phase: a - drawn[phase] for phase, a in from_inverter_a.items()}
        elif from_inverter_a:
            rest_a = {phase: a + from_inverter_a[phase] for phase, a in rest_a.items()}
        used_a = place_sources(list(rest_a.values()), unplaced_a)
        gives_unmeasured = any(load.can.discharges for load in site.loads)
        if not gives_unmeasured and (site.measures_sun or from_inverter_a):
            used_a = _spread_negative_uses(used_a)
        rest_a = dict(zip(rest_a, used_a, strict=True))
    return {phase: watts(max(a, 0.0), site.voltage_v) / 1000 for phase, a in rest_a.items()}


def planned_loads_draw_a(site: Site, snapshot: Snapshot, memory: Memory, circuit: str = MAIN) -> Mapping[Phase, float]:
    """Return phase -> draw under a fuse of the loads that can be planned [A].

    Counted on the phases they are known to use. A charger without a sensor counts for its offer, as far as the meter
    has confirmed it.
    """
    used, seen = narrow_phases(site, snapshot, memory)
    loads = [load for load in used.loads_below(circuit) if can_be_planned(load) and load.name in seen.loads]
    found = {}
    for phase in site.phases:
        measured_a = offered_a = 0.0
        for load in loads:
            state = seen.loads[load.name]
            draw_a = state.draw_a[phase]
            if draw_a is not None:
                measured_a += draw_a
            elif phase in load.phases and load.on_off:
                measured_a += assumed_draw_a(load, state)
            elif phase in load.phases:
                offered_a += assumed_draw_a(load, state)
        others = memory.house_load.get(fuse_name(circuit, phase))
        if others is not None and others.proof is not None:
            offered_a = min(offered_a, others.proof.proven_a)
        found[phase] = measured_a + offered_a
    return found


def place_sources(rest_a: Sequence[float], sources_a: Sequence[float]) -> list[float]:
    """Return the use on each phase [A] where it is unknown which phases the sources feed.

    `rest_a`: the phases' currents without the sources. Each source feeds all phases equally or one only; of the
    combinations, that with the least negative use counts, the more equal one first.
    """
    every = range(len(rest_a))
    ways = [[1 / len(rest_a) for _ in every], *([float(phase == alone) for phase in every] for alone in every)]
    found = []
    for each in product(ways, repeat=len(sources_a)):
        fed_a = [sum(source * way[phase] for source, way in zip(sources_a, each, strict=True)) for phase in every]
        found.append([a + fed for a, fed in zip(rest_a, fed_a, strict=True)])
    return min(found, key=lambda used_a: round(_negative_sum_a(used_a), 1))


def _spread_negative_uses(used_a: Sequence[float]) -> list[float]:
    """Return the uses with negative ones set to 0 and the others scaled down, so that the sum stays as it was."""
    taken_a = sum(max(a, 0.0) for a in used_a)
    share = max(1 - _negative_sum_a(used_a) / taken_a, 0.0) if taken_a else 0.0
    return [max(a, 0.0) * share for a in used_a]


def _negative_sum_a(used_a: Sequence[float]) -> float:
    """Return the sum of the negative uses [A], as a positive number."""
    return sum(max(-a, 0.0) for a in used_a)


def _source_currents_a(site: Site, snapshot: Snapshot) -> tuple[Mapping[Phase, float], list[float]] | None:
    """Return the inverter's output by phase where all are known, and further sources on unknown phases [A].

    None while one of them has no value.
    """
    is_night = snapshot.sun_up is False
    solar_w = _value_or_asleep(snapshot.solar_w, is_night) if site.measures_sun else 0.0
    charge_w = _value_or_asleep(snapshot.battery_charge_w) if site.batteries else 0.0
    if solar_w is None or charge_w is None:
        return None
    solar_a, battery_a = amps(solar_w, site.voltage_v), amps(-charge_w, site.voltage_v)
    if not site.inverter.output.keys() >= set(site.phases):
        return {}, [solar_a, battery_a]
    sleeps = is_night and not site.batteries
    output_a = {phase: _value_or_asleep(snapshot.inverter_a.get(phase, NEVER), sleeps) for phase in site.phases}
    given_a = {phase: a for phase, a in output_a.items() if a is not None}
    if len(given_a) < len(output_a):
        return None
    # Some inverters include the battery's power, others do not.
    total_a = sum(given_a.values())
    counts_battery = not site.measures_sun or abs(total_a - solar_a - battery_a) <= abs(total_a - solar_a)
    return given_a, [] if counts_battery or site.inverter.wiring != "parallel" else [battery_a]


def _value_or_asleep(reading: Reading, sleeps: bool = False) -> float | None:
    """Return the value of a reading; 0 for an inverter that sleeps (`sleeps`) and has none."""
    return 0.0 if reading.value is None and sleeps else reading.value
