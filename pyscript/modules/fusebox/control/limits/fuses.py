"""The fuses of all circuits on all phases, as ceilings. Pure.

A meter also shows the draw of a load that does not respond, or that has no sensor. A wire without a meter shows
nothing, so there each load counts for all that it may draw until it is known to be off.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from types import MappingProxyType
from typing import NamedTuple

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.electrics import DUST, Phase
from ...model.equipment import Circuit
from ...model.house_memory import HouseLoadMemory
from ...model.load import Load
from ...model.load_memory import NEW_LOAD, LoadMemory
from ...model.messages.message import Value
from ...model.site import Site
from ...model.snapshot import NEVER, LoadState
from ..data_quality import DataQuality, reading_quality
from ..estimators.draws import most_uncontrolled_draw_a
from ..estimators.rated_power import with_measured_rating
from .flows import Flows
from .house_load import HouseLoad

METERED, UNMETERED, RESERVED = "limited_by_fuse", "limited_by_unmetered_fuse", "limited_by_reserve"


@cache
def fuse_name(circuit: str, phase: Phase) -> str:
    """Return the name of a fuse's ceiling on one phase, as published on the status entities."""
    return f"{circuit} {phase.name}"


class _Wire(NamedTuple):
    """The values of one phase of a circuit that its ceiling needs; the fields are those of `Ceiling`."""

    cause: str
    weights: Mapping[str, float]
    drawn_a: Mapping[str, float]
    used_a: float
    uncertainty_a: float
    flow_a: float
    known: bool
    reported_s: float
    exported_a: float = 0.0
    ignored_a: Mapping[str, float] = MappingProxyType({})
    details: Mapping[str, Value] = MappingProxyType({})


def fuse_ceilings(flows: Flows) -> tuple[list[Ceiling], Mapping[str, HouseLoadMemory]]:
    """Return the ceilings of all fuses and phases, and fuse name -> memory of the house load where there is a meter.

    Phases of a circuit with neither loads nor a meter are left out.
    """
    site, house_load, remembered = flows.site, HouseLoad(flows), {}
    places = [(c, p) for c in site.circuits for p in site.phases if site.behind[c.name, p] or p in c.grid]
    wires: dict[tuple[str, Phase], _Wire] = {}
    for circuit, phase in places:
        if phase in circuit.grid:
            wires[circuit.name, phase], after = _metered_wire(flows, house_load, circuit, phase)
            remembered[fuse_name(circuit.name, phase)] = after
    for circuit, phase in places:
        if phase not in circuit.grid:
            wires[circuit.name, phase] = _unmetered_wire(flows, circuit, phase, wires)
    return [_fuse_ceiling(site, circuit, phase, wires[circuit.name, phase]) for circuit, phase in places], remembered


def _metered_wire(flows: Flows, house_load: HouseLoad, circuit: Circuit, phase: Phase) -> tuple[_Wire, HouseLoadMemory]:
    """Return the values of one phase of a metered circuit, and the memory of the house load there.

    Its current counts without sign, so export warms a fuse too; without any reading ever it is house load plus draws.
    Only a good reading makes it known.
    """
    site, snapshot = flows.site, flows.snapshot
    weights, on_phase_a = site.behind[circuit.name, phase], flows.drawn.on_phases((phase,))
    drawn_a = on_phase_a if len(weights) == len(on_phase_a) else {name: on_phase_a[name] for name in weights}
    reading = snapshot.grid_a.get(circuit.name, {}).get(phase, NEVER)
    remembered, counted = house_load.estimate(fuse_name(circuit.name, phase), (circuit.name, phase), reading, drawn_a)
    above_a = {name: (flows.draws[name].whole[phase] or 0.0) - drawn_a[name] for name in weights}
    # A fuse warms up from what flows out as well as from what flows in.
    flow_a = counted.used_a + sum(drawn_a.values()) if reading.last is None else abs(reading.last)
    wire = _Wire(
        cause=METERED,
        weights=weights,
        drawn_a=drawn_a,
        used_a=counted.used_a,
        uncertainty_a=counted.uncertainty_a,
        flow_a=flow_a,
        known=reading_quality(site, reading) is DataQuality.GOOD,
        reported_s=snapshot.now_s - reading.age_s,
        exported_a=max(-(reading.last or 0.0), 0.0),
        ignored_a={name: a for name, a in above_a.items() if a > tuning.CLEARLY_A},
    )
    return wire, remembered


def _unmetered_wire(flows: Flows, circuit: Circuit, phase: Phase, wires: Mapping[tuple[str, Phase], _Wire]) -> _Wire:
    """Return the values of one phase of a circuit without a meter, from the meters below it and its loads' draws.

    House load without a meter counts as 0, that of meters below with at least 0; what loads may draw unsteered is
    reserved. Known if all meters below are. `wires` holds the metered ones.
    """
    site, wire = flows.site, (circuit.name, phase)
    below = [wires[name, phase] for name in _fed_through_wire(site, *wire).metered]
    house_a = sum(max(each.used_a, 0.0) for each in below)
    flow = _unmetered_flow(flows, wire)
    used_a = flow.reserved_a + house_a
    return _Wire(
        cause=RESERVED if flow.reserved_for else METERED if below else UNMETERED,
        weights=flow.weights,
        drawn_a=flow.drawn_a,
        used_a=used_a,
        uncertainty_a=sum(each.uncertainty_a for each in below),
        flow_a=used_a + sum(flow.drawn_a.values()),
        known=all(each.known for each in below),
        reported_s=flows.snapshot.now_s,
        details=_reserve_details(flow) if flow.reserved_for else {},
    )


def _fuse_ceiling(site: Site, circuit: Circuit, phase: Phase, wire: _Wire) -> Ceiling:
    """Return the ceiling of a circuit's fuse on one phase: room is its rating less `margin_a` and the used current."""
    return Ceiling(
        name=fuse_name(circuit.name, phase),
        room_a=circuit.fuse_a - site.margin_a - wire.used_a,
        margin_a=site.margin_a,
        phases=(phase,),
        rating_a=circuit.fuse_a,
        fuse=circuit.name,
        metered=phase in circuit.grid,
        voltage_v=site.voltage_v,
        **wire._asdict(),
    )


class _UnmeteredFlow(NamedTuple):
    """What flows on one phase of a wire without a meter.

    `weights`: load -> amps of the wire for each allocated amp; `drawn_a`: load -> the part of its draw that is steered
    [A]; `reserved_a`: the part of all loads that is not [A]; `reserved_for`: those loads.
    """

    weights: Mapping[str, float]
    drawn_a: Mapping[str, float]
    reserved_a: float
    reserved_for: tuple[str, ...]


class _Below(NamedTuple):
    """What is fed through a wire without a meter: loads above any lower meter, and the nearest metered circuits."""

    loads: Sequence[Load]
    metered: Sequence[str]


def _unmetered_flow(flows: Flows, wire: tuple[str, Phase]) -> _UnmeteredFlow:
    """Return the flow on a wire (circuit and phase) from the loads that no meter on it or below it covers.

    A heat pump that may run, without a draw sensor, draws its rating, and its weight turns its token current into that.
    For any other load what it may draw without being steered is reserved.
    """
    site, draws, phase, below = flows.site, flows.draws, wire[1], _fed_through_wire(flows.site, *wire)
    weights = dict(site.behind[wire])
    drawn_a = {name: draws[name].steerable[phase] or 0.0 for name in weights}
    reserved_a, reserved_for = 0.0, list[str]()
    for load in below.loads:
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
            reserved_a += uncontrolled_a
            reserved_for.append(load.name)
    return _UnmeteredFlow(weights, drawn_a, reserved_a, tuple(reserved_for))


def _reserve_details(flow: _UnmeteredFlow) -> Mapping[str, Value]:
    """Return the reserved current and its loads, as details of a message."""
    return {"reserved_a": round(flow.reserved_a, 0), "reserved_for": ", ".join(flow.reserved_for)}


def _fed_through_wire(site: Site, circuit: str, phase: Phase) -> _Below:
    """Return what is fed through an unmetered wire: its loads, and the circuits with meters just below.

    Cached on the site.
    """
    key = ("below an unmetered wire", circuit, phase)
    found: _Below | None = site.derived.get(key)
    if found is None:
        inside, metered = {circuit}, []
        for each in site.circuits:
            if each.parent in inside and phase in each.grid:
                metered.append(each.name)
            elif each.parent in inside:
                inside.add(each.name)
        loads = tuple(load for load in site.loads if load.circuit in inside and phase in load.phases)
        found = site.derived[key] = _Below(loads, tuple(metered))
    return found


def _pump_token_a(load: Load, state: LoadState, past: LoadMemory) -> float:
    """Return the token current of a heat pump without a draw sensor while it may run [A]; 0 for any other load.

    0 also while it is unavailable, left alone or blocked.
    """
    need = past.switched.need
    runs = load.can.by_signal and state.available and not past.switched.left_alone
    return (need.amps or 0.0) if runs and need is not None else 0.0


def _uncontrolled_draw_a(load: Load, state: LoadState, past: LoadMemory, phase: Phase, ignored_a: float) -> float:
    """Return the most that a load may draw on a phase without being steered [A], at least `ignored_a`.

    `ignored_a`: its known draw above its setpoint [A]. For an available load that and what relays draw that do not
    answer. An unavailable load on or off counts with its rating unless it is known to be off or hot; an unavailable
    charger with what it may draw without control.
    """
    if state.available and not past.switched.left_alone:
        return ignored_a + state.unanswered_a
    if load.on_off:
        return max(ignored_a, 0.0 if state.on is False or state.hot else with_measured_rating(load, past).max_a)
    return max(ignored_a, most_uncontrolled_draw_a(load, state, past, phase))
