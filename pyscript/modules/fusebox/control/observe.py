"""Readings + memory -> the situation to decide on: learnt device facts, phases in use, stuck meters masked.

What was learnt of a car is stored when the car leaves, and restored when it is recognised. Until then, and for a guest,
nothing is known: the next car does not inherit what was learnt of the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .. import tuning
from ..model.data_quality import quality_by_load
from ..model.durations import NEVER_S
from ..model.electrics import CircuitFlows, PerPhase, floor_to_step
from ..model.load import PLAIN, Load, Mode
from ..model.load_memory import NEW_LOAD, LoadMemories, LoadMemory
from ..model.memory import NEW_VEHICLE, Memory, VehicleMemory
from ..model.phases_memory import NEW_PHASES
from ..model.records import fast_replace, replace_within
from ..model.site import Site
from ..model.snapshot import LoadState, Snapshot, Status, min_current_a
from ..model.vehicle import GUEST
from .demand.sg_ready import update_pump_memory
from .demand.tank import update_tank_memory
from .demand.tank_temperature import with_watched_maximum
from .diagnostics.stuck_meters import mask_false_zeros, mask_stuck_meters
from .diagnostics.wiring import update_wiring_evidence
from .estimators.acknowledgement import correct_by_learnt
from .estimators.compliance import judge_by_meter, observe_compliance
from .estimators.draws import present_draw
from .estimators.late_readings import (
    add_flows,
    add_main_readings,
    currents_by_circuit,
    flows_at,
    update_meter_latency,
    update_sensor_latency,
)
from .estimators.manual_override import update_manual_override
from .estimators.phase_flows import Reported
from .estimators.phase_switching import abandoned_switches, keep_zero_draws_measured, observe_phase_switches
from .estimators.phases_in_use import narrow_phases, update_phases_in_use
from .estimators.production import battery_discharge_per_phase_a, update_battery_memories
from .estimators.usage import update_rating
from .step_context import Situation

Watch = Callable[[Load, LoadState, LoadMemory, Snapshot], LoadMemory]
"""Returns a load's memory updated from what its device shows."""

WATCHED: Mapping[str, Watch] = {
    "keeps_heat": update_tank_memory,
    "takes_sg_state": update_pump_memory,
    "in_watts": with_watched_maximum,
}
"""Capability -> the function that watches a load which has it."""


def observe_step(site: Site, snapshot: Snapshot, memory: Memory) -> Situation:
    """Return the site and snapshot corrected by what was learnt, the updated memory, and each load's data quality.

    In the site each load has only the phases it counts on; in the snapshot stuck meters are unknown, each with a
    problem. While the grid is gone nothing is learnt of phases in use, stuck meters and wiring. The data quality counts
    all phases of a load, also unused ones. The memory's loads, phases, batteries, meters and present cars are those of
    now.
    """
    memory = with_present_vehicles(site, snapshot, memory)
    reported = Reported(site, snapshot, memory.phases_in_use)
    switches = observe_phase_switches(site, snapshot, memory)
    # While the grid is gone, its meters say nothing about phases, and nothing about themselves.
    found = memory.phases_in_use if site.island else update_phases_in_use(reported, memory)
    # The phases measured before a switch say nothing about those after it.
    switched = {name: NEW_PHASES for name, switch in switches.items() if switch.target is not None}
    stopped = abandoned_switches(memory.phase_switches, switches)
    memory = fast_replace(memory, phases_in_use={**found, **switched}, phase_switches=switches)
    site, snapshot = narrow_phases(site, keep_zero_draws_measured(snapshot, switches), memory)
    snapshot = _hide_tested_draw(site, snapshot)
    snapshot, memory, problems = (snapshot, memory, ()) if site.island else _mask_wrong_meters(site, snapshot, memory)
    # All phases of a load need readings: an unused one may be used the next moment.
    quality = quality_by_load(reported.site, snapshot)
    known, now_s = memory.loads, snapshot.now_s
    states = {n: correct_by_learnt(each, known.get(n, NEW_LOAD), now_s) for n, each in snapshot.loads.items()}
    snapshot = fast_replace(snapshot, loads=states)
    batteries = update_battery_memories(site, snapshot, memory.batteries)
    memory = add_main_readings(snapshot, memory)
    gone_s = now_s if site.island and site.has_grid else memory.island_s
    memory = fast_replace(memory, batteries=batteries, island_s=gone_s)
    flows_a = currents_by_circuit(snapshot, battery_discharge_per_phase_a(site, batteries))
    memory = add_flows(memory, flows_a, now_s)
    loads = _observe_loads(site, snapshot, memory, flows_a, stopped)
    if any(each.adopted and not memory.loads.get(name, NEW_LOAD).adopted for name, each in loads.items()):
        # The readings before contain the draw of a load that has become available, which counted as house load.
        before = memory.house_load.items()
        due = {fuse: fast_replace(load, reported_s=load.reported_s - tuning.LASTING_S) for fuse, load in before}
        memory = fast_replace(memory, house_load=due)
    memory = fast_replace(memory, loads=loads)
    if not site.island:
        memory = update_wiring_evidence(reported, memory)
        problems = (*problems, *memory.wiring_problems)
    return Situation(site, snapshot, memory, quality, problems)


def _mask_wrong_meters(site: Site, snapshot: Snapshot, memory: Memory) -> tuple[Snapshot, Memory, tuple[str, ...]]:
    """Return the snapshot with stuck meters and false zeros unknown, the memory, and a sentence for each such meter."""
    snapshot, memory, stuck = mask_stuck_meters(site, snapshot, memory)
    snapshot, memory, zeros = mask_false_zeros(site, snapshot, memory)
    return snapshot, memory, (*stuck, *zeros)


def _hide_tested_draw(site: Site, snapshot: Snapshot) -> Snapshot:
    """Return the snapshot without the draw of an on/off load under a wiring test; unchanged otherwise.

    Its kW read as W would be counted twice.
    """
    state = snapshot.loads.get(site.tested or "")
    if state is None or site.tested not in [load.name for load in site.loads if load.on_off]:
        return snapshot
    unknown = fast_replace(state, draw_a=PerPhase(), single_a=None)
    return fast_replace(snapshot, loads={**snapshot.loads, site.tested: unknown})


def _observe_loads(
    site: Site, snapshot: Snapshot, memory: Memory, flows_a: CircuitFlows, stopped: frozenset[str]
) -> LoadMemories:
    """Return load name -> memory updated by this snapshot; an unavailable load has a setpoint of 0 A.

    One that is available again, or whose phase switch was given up (`stopped`), starts from its device's present
    current. Its rating, mode, manual changes, appliance, latencies and compliance are updated. `flows_a`: circuit ->
    its present grid currents with what batteries deliver [A].
    """
    loads = {}
    for load in site.loads:
        past = memory.loads.get(load.name, NEW_LOAD)
        state = snapshot.state_of(load.name)
        if not state.available:
            past = fast_replace(past, setpoint_a=0.0, adopted=False)
        elif not past.adopted or load.name in stopped:
            past = fast_replace(past, setpoint_a=_adopted_current_a(load, state), adopted=True)
        past = update_rating(load, state, past, snapshot.now_s)
        past = update_manual_override(load, state, past, snapshot.now_s)
        past = _adopt_mode(load, past)
        for capability, watch in WATCHED.items() if load.can is not PLAIN else ():
            past = watch(load, state, past, snapshot) if getattr(load.can, capability) else past
        past = update_meter_latency(load, state, past, snapshot, memory.readings)
        past = update_sensor_latency(load, state, past, snapshot, flows_a)
        then_a = flows_at(memory, snapshot.now_s - state.draw_age_s, flows_a)
        draw = present_draw(load, state)
        past = observe_compliance(state, draw, past, snapshot, flows_a, then_a)
        if past.timing.grid_at_cut is not None:
            changes_s = [each.timing.changed_s for name, each in memory.loads.items() if name != load.name]
            past = judge_by_meter(state, draw, past, snapshot, flows_a, max(changes_s, default=NEVER_S))
        loads[load.name] = past
    return loads


def _adopt_mode(load: Load, past: LoadMemory) -> LoadMemory:
    """Return the memory for the load's mode: a mode change clears its pause; unchanged while the mode stays.

    A change also ends what the user did at the device before, except at the first step: for a switched load everything;
    for a charger the limit and off, and only in mode `boost`.
    """
    if past.mode == load.mode:
        return past
    if past.mode and (load.is_switched or load.mode is Mode.BOOST):
        # A new mode of a switched load replaces what the user did at the device before: no car leaves, so nothing else
        # ends it. A boost does so at a charger. A mode or boost that comes back after a restart is not new.
        past = replace_within(past, "manual", limit_a=None, off=False, on=False)
    return replace_within(fast_replace(past, mode=str(load.mode)), "patience", paused_s=NEVER_S)


def _adopted_current_a(load: Load, state: LoadState) -> float:
    """Return the current that a load is adopted at [A]: what its device offers, at most its maximum; 0 when off.

    0 also if it cannot use power; an on/off load that is on has its maximum. Where the device never displays its
    current, the draw rounded down to its steps; for a car at least its minimum, so that one that charges is lowered but
    not stopped. A load in watts that draws less than its minimum counts as off: that would be a raise.
    """
    if state.on is False or not state.can_use_power:
        return 0.0
    if load.on_off:
        return load.max_a if state.on else 0.0
    offer_a = state.offer_a or 0.0
    if state.offer_hidden and state.offer_a is None:
        step_a, least_a = state.device_step_a or load.step_a, min_current_a(load, state)
        drawn_a = floor_to_step(state.draw_a.highest or 0.0, step_a, state.device_min_a or 0.0)
        offer_a = 0.0 if load.can.in_watts and drawn_a < least_a else max(drawn_a, least_a)
    return min(offer_a, load.max_a)


def with_present_vehicles(site: Site, snapshot: Snapshot, memory: Memory) -> Memory:
    """Return the memory with the learnt values of the cars that are at the chargers now.

    Values change only where another car is recognised or one has left, at chargers with `vehicles` in CONFIG.
    """
    for load in site.loads:
        if load.vehicles:
            state = snapshot.state_of(load.name)
            present = None if state.status is Status.UNPLUGGED else load.vehicle.name
            if memory.vehicle_at.get(load.name) != present:
                memory = _exchange_learnt_values(load, memory, present, has_left=state.status is Status.UNPLUGGED)
    return memory


def _exchange_learnt_values(load: Load, memory: Memory, present: str | None, *, has_left: bool) -> Memory:
    """Return the memory after a car has left a load (`has_left`) or was recognised there: what is learnt belongs to it.

    The follow times and the only phase of a car that leaves are stored for it, except for a guest. Those of the
    `present` car (None: none or unknown) replace them; times learnt in this stay before it was recognised are added.
    Its phase, stored or by CONFIG, counts until the meters show another; that of a wrongly guessed car is dropped.
    """
    past, phases = memory.loads.get(load.name, NEW_LOAD), memory.phases_in_use.get(load.name, NEW_PHASES)
    vehicle, vehicles = memory.vehicle_at.get(load.name), dict(memory.vehicles)
    if has_left and vehicle not in (None, GUEST):
        before = vehicles.get(vehicle, NEW_VEHICLE)
        only = {name: phase for name, phase in before.only.items() if name != load.name}
        only |= {} if phases.only is None else {load.name: phases.only}
        vehicles[vehicle] = VehicleMemory(past.response.follow_s, only)
    known = NEW_VEHICLE if present is None else vehicles.get(present, NEW_VEHICLE)
    # What this stay has shown before the car was recognised is of this car.
    shown_s = past.response.follow_s if vehicle is None and not has_left else ()
    follow_s = (*known.follow_s, *shown_s)[-tuning.LAST_TIMES :]
    past = replace_within(past, "response", follow_s=follow_s)
    is_corrected = vehicle is not None and present is not None and not has_left
    if is_corrected and phases.vote is not None and phases.vote == phases.only and phases.votes <= tuning.KNOWN_TIMES:
        phases = NEW_PHASES  # Only expected of the car that was taken for this one.
    # A car of which CONFIG says that it uses only one phase is expected on the first of its charger.
    configured = load.phases[0] if load.vehicle.phases == 1 and len(load.phases) > 1 else None
    expected = known.only.get(load.name, configured)
    if expected is not None and present is not None and phases.vote is None and not phases.on_all:
        phases = fast_replace(phases, only=expected, vote=expected, votes=tuning.KNOWN_TIMES)
    vehicle_at = {**memory.vehicle_at, load.name: present}
    loads, phases_in_use = {**memory.loads, load.name: past}, {**memory.phases_in_use, load.name: phases}
    return fast_replace(memory, loads=loads, phases_in_use=phases_in_use, vehicles=vehicles, vehicle_at=vehicle_at)
