"""The fuses of all circuits on all phases, as ceilings. Pure.

A meter also shows the draw of a load that does not respond, or that has no sensor. A wire without a meter shows
nothing, so there each load counts for all that it may draw until it is known to be off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.data_quality import DataQuality, reading_quality
from ...model.electrics import DUST, Phase, Wire
from ...model.equipment import Circuit
from ...model.house_memory import HouseLoadMemory
from ...model.load import Load
from ...model.load_memory import NEW_LOAD, LoadMemory
from ...model.site import Site
from ...model.snapshot import LoadState
from ..estimators.draws import most_uncontrolled_draw_a
from ..estimators.usage import with_measured_rating
from .flows import Flows
from .house_load import HouseLoad

METERED, UNMETERED, RESERVED = "limited_by_fuse", "limited_by_unmetered_fuse", "limited_by_reserve"


@cache
def fuse_name(circuit: str, phase: Phase) -> str:
    """Return the name of a fuse's ceiling on one phase, as published on the status entities."""
    return f"{circuit} {phase.name}"


def fuse_ceilings(flows: Flows) -> tuple[list[Ceiling], Mapping[str, HouseLoadMemory]]:
    """Return the ceilings of all fuses and phases, and fuse name -> memory of the house load where there is a meter.

    Phases of a circuit with neither loads nor a meter are left out.
    """
    site, house_load, remembered = flows.site, HouseLoad(flows), {}
    places = [(c, p) for c in site.circuits for p in site.phases if site.behind[c.name, p] or p in c.grid]
    found: dict[Wire, Ceiling] = {}
    for circuit, phase in places:
        if phase in circuit.grid:
            found[circuit.name, phase], after = _metered_ceiling(flows, house_load, circuit, phase)
            remembered[fuse_name(circuit.name, phase)] = after
    for circuit, phase in places:
        if phase not in circuit.grid:
            found[circuit.name, phase] = _unmetered_ceiling(flows, circuit, phase, found)
    return [found[circuit.name, phase] for circuit, phase in places], remembered


def _fuse_ceiling(site: Site, circuit: Circuit, phase: Phase, used_a: float, **values: Any) -> Ceiling:
    """Return the ceiling of a circuit's fuse on one phase. Headroom: rating less `margin_a` and the used current."""
    return Ceiling(
        name=fuse_name(circuit.name, phase),
        headroom_a=circuit.fuse_a - site.margin_a - used_a,
        margin_a=site.margin_a,
        phases=(phase,),
        used_a=used_a,
        rating_a=circuit.fuse_a,
        fuse=circuit.name,
        metered=phase in circuit.grid,
        voltage_v=site.voltage_v,
        **values,
    )


def _metered_ceiling(
    flows: Flows, house_load: HouseLoad, circuit: Circuit, phase: Phase
) -> tuple[Ceiling, HouseLoadMemory]:
    """Return the ceiling of one phase of a metered circuit, and the memory of the house load there.

    Its current counts without sign, so export warms a fuse too; without any reading ever it is house load plus draws.
    Only a good reading makes it known.
    """
    site, snapshot = flows.site, flows.snapshot
    weights, on_phase_a = site.behind[circuit.name, phase], flows.drawn_on((phase,))
    drawn_a = {name: on_phase_a[name] for name in weights}
    reading = snapshot.meter(circuit.name, phase)
    remembered, counted = house_load.estimate(fuse_name(circuit.name, phase), (circuit.name, phase), reading, drawn_a)
    # A draw that is only assumed, such as of a charger out of reach, is not named where the meter shows less.
    beyond = [(name, (flows.draws[name].whole[phase] or 0.0) - drawn_a[name]) for name in weights]
    large_a = {name: a for name, a in beyond if a > tuning.CLEARLY_A}
    measured = {name for name in large_a if snapshot.state_of(name).draw_a[phase] is not None}
    ignored_a = {name: a for name, a in large_a.items() if a <= counted.used_a or name in measured}
    ceiling = _fuse_ceiling(
        site,
        circuit,
        phase,
        counted.used_a,
        least_used_a=counted.used_a,
        cause=METERED,
        weights=weights,
        drawn_a=drawn_a,
        uncertainty_a=counted.uncertainty_a,
        # A fuse warms up from what flows out as well as from what flows in.
        flow_a=counted.used_a + sum(drawn_a.values()) if reading.last is None else abs(reading.last),
        known=reading_quality(site, reading) is DataQuality.GOOD,
        reported_s=snapshot.now_s - reading.age_s,
        exported_a=max(-(reading.last or 0.0), 0.0),
        ignored_a=ignored_a,
    )
    return ceiling, remembered


def _unmetered_ceiling(flows: Flows, circuit: Circuit, phase: Phase, metered: Mapping[Wire, Ceiling]) -> Ceiling:
    """Return the ceiling of one phase of a circuit without a meter, from the `metered` ones below it and its draws.

    House load without a meter counts as 0, that of meters below with at least 0; what loads may draw unsteered is
    reserved, and may also flow out where they can discharge. A heat pump that may run, without a draw sensor, draws its
    rating, and its weight turns its token current into that. Known if all meters below are.
    """
    site, draws, wire = flows.site, flows.draws, (circuit.name, phase)
    loads, circuits = site.derive(("fed through", *wire), lambda: _fed_through_wire(site, *wire))
    below, weights = [metered[name, phase] for name in circuits], dict(site.behind[wire])
    drawn_a = {name: draws[name].steerable[phase] or 0.0 for name in weights}
    reserved_a: dict[str, float] = {}
    for load in loads:
        state = flows.snapshot.state_of(load.name)
        past = flows.memory.loads.get(load.name, NEW_LOAD)
        token_a = _pump_token_a(load, state, past)
        if token_a:
            # It is allocated a token current, because elsewhere a meter shows its draw. Here it counts with its rating.
            weights[load.name], drawn_a[load.name] = load.max_a / token_a, load.max_a
            continue
        ignored_a = (draws[load.name].whole[phase] or 0.0) - drawn_a[load.name]
        uncontrolled_a = _uncontrolled_draw_a(load, state, past, phase, ignored_a)
        if uncontrolled_a > DUST:
            reserved_a[load.name] = uncontrolled_a
    discharge_a = sum(a for name, a in reserved_a.items() if site.by_name[name].can.discharges)
    reserve_a = sum(reserved_a.values(), 0.0)
    used_a = reserve_a + sum(max(each.used_a, 0.0) for each in below)
    least_used_a = sum(each.used_a for each in below) - discharge_a
    steered_a = sum(drawn_a.values())
    in_a, out_a = used_a + steered_a, -least_used_a - steered_a
    return _fuse_ceiling(
        site,
        circuit,
        phase,
        used_a,
        least_used_a=least_used_a,
        cause=RESERVED if reserved_a else METERED if below else UNMETERED,
        weights=weights,
        drawn_a=drawn_a,
        uncertainty_a=sum(each.uncertainty_a for each in below),
        flow_a=max(in_a, out_a),
        exported_a=out_a if out_a > in_a else 0.0,
        known=all(each.known for each in below),
        reported_s=flows.snapshot.now_s,
        details={"reserved_a": round(reserve_a, 0), "reserved_for": ", ".join(reserved_a)} if reserved_a else {},
    )


def _fed_through_wire(site: Site, circuit: str, phase: Phase) -> tuple[Sequence[Load], Sequence[str]]:
    """Return the loads that an unmetered wire feeds above any lower meter, and the circuits with meters just below."""
    inside, metered = {circuit}, []
    for each in site.circuits:
        if each.parent in inside and phase in each.grid:
            metered.append(each.name)
        elif each.parent in inside:
            inside.add(each.name)
    return [load for load in site.loads if load.circuit in inside and phase in load.phases], metered


def _pump_token_a(load: Load, state: LoadState, past: LoadMemory) -> float:
    """Return the token current of a heat pump without a draw sensor while it may run [A]; 0 for any other load.

    0 also while it is unavailable, left alone or blocked.
    """
    need = past.switched.need
    runs = load.can.takes_sg_state and state.available and not past.switched.left_alone
    return (need.amps or 0.0) if runs and need is not None else 0.0


def _uncontrolled_draw_a(load: Load, state: LoadState, past: LoadMemory, phase: Phase, ignored_a: float) -> float:
    """Return the most that a load may draw on a phase without being steered [A], at least `ignored_a`.

    `ignored_a`: its known draw above its setpoint [A]. For an available load that and what relays draw that do not
    answer. An unavailable load on or off counts with its rating unless it is known to be off or hot; an unavailable
    charger with what it may draw without control, such as the limit that applies while it is out of reach.
    """
    if state.available and not past.switched.left_alone:
        return ignored_a + state.unanswered_a
    if load.on_off:
        return max(ignored_a, 0.0 if state.on is False or state.hot else with_measured_rating(load, past).max_a)
    return max(ignored_a, state.unanswered_a, most_uncontrolled_draw_a(load, state, past, phase))
