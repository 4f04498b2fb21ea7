"""One step: (site, snapshot, memory) -> decision. Reads like a table of contents; a pure function of its inputs."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.decision import Budget, Decision, Words
from ..model.memory import NEVER_S, BatteryMemory, LoadMemory, Memory, PendingCommand
from ..model.records import fast_replace
from ..model.site import Load, Mode, Site
from ..model.snapshot import LoadState, Snapshot
from .allocation.admission import admitted
from .commands import commands_for
from .data_quality import data_quality
from .demand.demands import demands_of
from .demand.sg_ready import left_for_pumps, with_told_pumps, with_watched_pump
from .demand.tank import with_watched_tank
from .diagnostics.stuck_meters import mask_stuck_meters
from .diagnostics.wiring import watched_sightings, wiring_problems
from .estimators.acknowledgement import as_learnt
from .estimators.compliance import flows_in, watched
from .estimators.counters import counted
from .estimators.draws import present_draw
from .estimators.late_readings import with_heard_echo, with_reading
from .estimators.manual_override import with_manual_override
from .estimators.phases_in_use import narrowed, watched_phases_in_use
from .estimators.rated_power import with_watched_rating
from .estimators.usage_cap import with_watched_offers
from .explain import notes_of, site_words
from .limits import fuse_budget
from .limits.battery import battery_memory, battery_problems
from .limits.battery_delivery import lifted_a
from .limits.ceilings import ceilings_in_force
from .limits.energy_budgets import caps_of
from .limits.supply import supply_problems, surplus_of
from .limits.sustained_headroom import forecast_ceilings, sustained_ceilings, with_watched_headroom
from .ramping.ramping import smooth


def step(site: Site, snapshot: Snapshot, memory: Memory) -> Decision:
    """Decide once. `snapshot.now_s` is the only clock."""
    installed, photograph = site, snapshot
    memory = fast_replace(memory, phases_in_use=watched_phases_in_use(site, snapshot, memory))
    site, snapshot = narrowed(site, snapshot, memory.phases_in_use)
    snapshot, still, stuck = mask_stuck_meters(site, snapshot, memory)
    snapshot = _as_learnt(snapshot, memory.loads)
    battery = battery_memory(site, snapshot, memory.battery)
    memory = fast_replace(memory, readings=with_reading(snapshot, memory.readings))
    known = _adopted(site, snapshot, memory, battery)
    found = ceilings_in_force(site, snapshot, fast_replace(memory, loads=known, battery=battery))
    ceilings, supply, house, others = found
    known = with_watched_offers(site, snapshot, known, ceilings)
    fuses = fuse_budget.warmed(site, snapshot, known, ceilings, memory.fuses)
    memory = fast_replace(memory, loads=known, fuses=fuses, others=others, battery=battery, still=still, house=house)
    memory = with_watched_headroom(ceilings, snapshot, memory)
    demands = demands_of(site, snapshot, memory, ceilings)
    foreseen = forecast_ceilings(site, ceilings, demands, memory, snapshot.now_s)
    lasting = sustained_ceilings(foreseen, memory, snapshot.now_s)
    demands, allocation = admitted(site, foreseen, lasting, demands, memory, snapshot.now_s)
    # All phases of a load have to be seen: those that it does not use may be used the next moment.
    seen = data_quality(installed, snapshot)
    setpoints, remembered = smooth(site, snapshot, memory, lasting, demands, allocation, seen)
    remembered = counted(known, remembered, snapshot)
    pumps = {load.name: load.mode for load in site.loads if load.can.by_signal}
    if pumps:
        budgets = {name: Budget.EXCESS if mode is Mode.EXCESS else Budget.SOLAR for name, mode in pumps.items()}
        caps = {name: caps_of(site, snapshot, supply, battery, budget) for name, budget in budgets.items()}
        left_w = left_for_pumps(site, demands, allocation, caps)
        remembered = with_told_pumps(
            site, known, remembered, demands, allocation, setpoints, ceilings, memory.fuses, seen, left_w, snapshot
        )
    commands, remembered = commands_for(site, snapshot, setpoints, remembered, ceilings, allocation)
    if site.dry_run:
        # Nothing is sent, so the next step starts from what is there and not from what would have been.
        remembered = {
            name: fast_replace(
                past,
                adopted=False,
                sent_a=None,
                sent_on=None,
                sent_s=NEVER_S,
                told=(),
                pending=PendingCommand(),
                starts_s=known[name].starts_s,
                pauses=known[name].pauses,
                writes_s=known[name].writes_s,
            )
            for name, past in remembered.items()
        }
    evidence = watched_sightings(installed, photograph, memory.wiring_evidence)
    after = fast_replace(memory, loads=remembered, wiring_evidence=evidence)
    surplus_w = surplus_of(site, supply)
    doubts = battery_problems(battery) or supply_problems(site, snapshot, supply)
    problems = (*doubts, *stuck, *wiring_problems(installed, evidence))

    def explain() -> Words:
        notes = notes_of(site, snapshot, memory, foreseen, demands, allocation, setpoints, seen)
        return Words(notes, *site_words(site, snapshot, ceilings, notes, seen))

    return Decision(commands, after, ceilings, allocation, surplus_w, problems, explain)


def _as_learnt(snapshot: Snapshot, known: Mapping[str, LoadMemory]) -> Snapshot:
    """The devices with what they have shown of themselves."""
    loads = {
        name: as_learnt(state, known[name], snapshot.now_s) if name in known else state
        for name, state in snapshot.loads.items()
    }
    return fast_replace(snapshot, loads=loads)


def _adopted(site: Site, snapshot: Snapshot, memory: Memory, battery: BatteryMemory | None) -> Mapping[str, LoadMemory]:
    """What is remembered of each load; of one that was away, what is physically there now."""
    loads, from_battery_a = {}, lifted_a(site, battery)
    flows_a = flows_in(snapshot, from_battery_a)
    for load in site.loads:
        past = memory.loads.get(load.name, LoadMemory())
        state = snapshot.loads.get(load.name) or LoadState(available=False)
        if not state.available:
            past = fast_replace(past, setpoint_a=0.0, adopted=False)
        elif not past.adopted:
            past = fast_replace(past, setpoint_a=_present_a(load, state), adopted=True)
        past = with_watched_rating(load, state, past, snapshot.now_s)
        if past.mode != load.mode:
            # Who is served otherwise now owes no patience for what was before.
            if load.on_off and past.mode:
                # A new mode is a reason of its own: what its user did at the device before has had its time.
                past = fast_replace(past, manual_off=False, switched=fast_replace(past.switched, manual_on=False))
            past = fast_replace(past, mode=str(load.mode), paused_s=NEVER_S)
            if load.mode is Mode.BOOST:
                # Who wants a boost wants it more than what the same hand has set before.
                past = fast_replace(past, manual_limit_a=None, manual_off=False)
        past = with_watched_tank(load, state, with_manual_override(load, state, past, snapshot.now_s), snapshot)
        past = with_watched_pump(load, state, past, snapshot.now_s)
        past = with_heard_echo(load, state, past, snapshot, memory.readings)
        loads[load.name] = watched(state, present_draw(load, state), past, snapshot, flows_a, from_battery_a)
    return loads


def _present_a(load: Load, state: LoadState) -> float:
    if state.on is False or not state.can_use_power:
        return 0.0
    if load.on_off:
        return load.max_a if state.on else 0.0
    return min(state.offer_a or 0.0, load.max_a)
