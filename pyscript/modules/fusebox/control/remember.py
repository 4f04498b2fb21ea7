"""What is remembered of a load after a step: when it started, stopped and rose, and since when it fits. Pure.

Also what remains where that memory is discarded.
"""

from __future__ import annotations

from collections.abc import Mapping

from .. import tuning
from ..model.decision import Demand, Share
from ..model.durations import LONGEST_DAY_S, NEVER_S, since
from ..model.electrics import DUST, CircuitFlows
from ..model.load_memory import NEW_LOAD, CommandMemory, LoadMemory, PatienceMemory, TimingMemory
from ..model.memory import Memory
from ..model.meter_memory import FuseMemory
from ..model.phases_memory import Stage
from ..model.records import fast_replace, replace_if_changed
from ..model.site import Site
from ..model.snapshot import Status
from .allocation.allocation import headroom_without
from .demand.holds_by_shares import update_turn
from .estimators.compliance import grid_at_cut, is_draw_report_outdated
from .limits.load_envelope import tolerates_load
from .step_context import Shares, Situation

OF_DEVICES = ("loads", "phases_in_use", "phase_switches", "vehicle_at", "wiring_evidence")
"""The fields of `Memory` that map the name of a load to what was observed of its device."""


def reset_memory(site: Site, memory: Memory, back_s: float) -> Memory:
    """Return an empty memory that retains only the last command times of loads with a write interval.

    Makers count commands in any case. `back_s`: by how much the clock was set back [s].
    """
    past = {load.name: memory.loads[load.name] for load in site.loads if load.min_write_s and load.name in memory.loads}
    commands = {name: CommandMemory(sent_s=each.command.sent_s - back_s) for name, each in past.items()}
    return Memory({name: LoadMemory(command=command) for name, command in commands.items()})


def move_memory(memory: Memory, earlier: Mapping[str, str | None]) -> Memory:
    """Return the memory with each device's part under its load's new name, after an edit of CONFIG.

    `earlier`: load -> the name that its device had until now, None for a new device in place of another: it starts with
    an empty memory. Loads that are not in it are dropped.
    """
    new = {name: NEW_LOAD for name, before in earlier.items() if before is None}
    moved = {
        part: {name: known[before] for name, before in earlier.items() if before in known}
        for part, known in ((part, getattr(memory, part)) for part in OF_DEVICES)
    }
    return replace_if_changed(memory, **{**moved, "loads": {**moved["loads"], **new}})


def remember_load(observed: Situation, shares: Shares, demand: Demand, setpoint_a: float) -> LoadMemory:
    """Return the memory of a load after this step: setpoint, times, patience, manual switching; from demand and share.

    A manual off ends when an on/off load would have been stopped: without energy after its patience, at once under a
    wire that does not tolerate it, unless a draw reported late makes the house load uncertain. A manual on ends when it
    stops, unless it is unavailable, or would run anyway. A tank's lasts to its boost temperature.
    No pause begins or ends while it stops for a phase switch. `vacant` is whether it is available and can use no power.
    """
    load, past = observed.site.by_name[demand.load], observed.memory.loads[demand.load]
    state, now_s, share = observed.snapshot.state_of(demand.load), observed.now_s, shares.allocation[demand.load]
    was_on, is_on = past.setpoint_a > 0, setpoint_a > 0
    # A plug that would be off by now in any case is no longer held off by its user, nor one that would be on held on.
    runs_anyway = demand.requested_a > 0 and demand.minimum_fits and past.switched.tank is None
    manual_off = past.manual.off and not (load.on_off and _would_have_stopped(observed, shares, demand))
    manual_on = past.manual.on and (is_on or not state.available) and not runs_anyway
    (since_s, last_s), is_admitted = past.timing.admitted_s, share.amps > 0 and not is_on and not was_on
    admitted_s = (since(since_s, is_admitted, now_s), now_s if is_admitted else last_s)
    patience = _update_patience(observed, demand, share, setpoint_a)
    switch = shares.phase_switches.get(load.name)
    if switch is not None and switch.stage is Stage.STOPPING:
        # Its draw on the phases that it leaves counts as house load until it ends, and may leave it nothing.
        was = past.patience
        patience = replace_if_changed(patience, paused_s=was.paused_s, paused_by=was.paused_by, pauses=was.pauses)
    timing = _update_timing(load.name, setpoint_a, admitted_s, observed)
    manual = replace_if_changed(past.manual, off=manual_off, on=manual_on)
    vacant = state.available and not state.can_use_power
    after = replace_if_changed(past, timing=timing, patience=patience, manual=manual)
    return replace_if_changed(after, setpoint_a=setpoint_a, vacant=vacant)


def _would_have_stopped(observed: Situation, shares: Shares, demand: Demand) -> bool:
    """Return whether an on/off load that its user switched off would have been stopped by now if it had stayed on."""
    load, memory = observed.site.by_name[demand.load], observed.memory
    short = headroom_without(shares.ceilings.expected, demand, shares.allocation).ceilings_below_minimum(demand)
    if not demand.fits and not all(tolerates_load(c, load, {}) for c in short if c.budget is None):
        over = shares.ceilings.expected.over(demand.load)
        return not any(c.name in memory.headroom and memory.headroom[c.name].blurred for c in over)
    short_s = memory.loads[demand.load].patience.budget_short_since_s
    return short_s is not None and not demand.budget_ok and observed.now_s - short_s >= load.stop_after_s


def _update_timing(
    name: str, setpoint_a: float, admitted_s: tuple[float | None, float], observed: Situation
) -> TimingMemory:
    """Return the times of setpoint changes, starts and admission, and the meters then, given the setpoint of now [A].

    Only the admission changes while the setpoint stays; starts older than the longest day are dropped at the next
    start.
    """
    past, now_s = observed.memory.loads[name], observed.now_s
    timing, was_a = replace_if_changed(past.timing, admitted_s=admitted_s), past.setpoint_a
    if setpoint_a == was_a:
        return timing
    if setpoint_a > 0 >= was_a:
        starts_s = (*(s for s in timing.starts_s if now_s - s < LONGEST_DAY_S), now_s)
        timing = fast_replace(timing, starts_s=starts_s, grid_at_report=_grid_at_start(name, observed))
    switched_s = now_s if (was_a > 0) is not (setpoint_a > 0) else timing.switched_s
    raised_s = now_s if setpoint_a > was_a else timing.raised_s
    timing = fast_replace(timing, changed_s=now_s, before_a=was_a, switched_s=switched_s, raised_s=raised_s)
    cut = grid_at_cut(past, setpoint_a, observed.snapshot, observed.memory.flows[-1][1])
    return fast_replace(timing, grid_at_cut=cut)


def _grid_at_start(name: str, observed: Situation) -> tuple[float, CircuitFlows]:
    """Return when the draw of a load that starts was last reported, and the grid currents to compare later draws with.

    The present ones if it is measured idle: what the meters have shown since that report was not its draw. Those at the
    report while the draw of any load is outdated: what that load explains counts from its own report.
    """
    snapshot, loads = observed.snapshot, observed.memory.loads
    (reported_s, then_a), draw_a = loads[name].timing.grid_at_report, snapshot.state_of(name).draw_a.highest
    states = {each: snapshot.state_of(each) for each in loads}
    is_late = any(is_draw_report_outdated(states[each], past, 0.0, observed.now_s) for each, past in loads.items())
    is_idle = draw_a is not None and draw_a <= tuning.DRAWS_A
    return reported_s, observed.memory.flows[-1][1] if is_idle and not is_late else then_a


def _update_patience(observed: Situation, demand: Demand, share: Share, setpoint_a: float) -> PatienceMemory:
    """Return since when a load's minimum fits, since when its energy suffices, and when and why it was paused.

    A pause begins when a load with a demand stops, and ends when it runs, or has no demand while it is available. It is
    caused by the first limit that leaves it nothing and is no budget; by none where it had a share, as in fail-safe.
    The demand's exhausted fuses are stored only during a pause. Pauses are counted until the car is unplugged. An
    on/off load that its user switched off waits without energy as if it were on. `setpoint_a` is that of now [A].
    """
    past, state = observed.memory.loads[demand.load], observed.snapshot.state_of(demand.load)
    before, now_s, is_on = past.patience, observed.now_s, setpoint_a > 0
    paused_s, paused_by, pauses = before.paused_s, before.paused_by, before.pauses
    if state.status is Status.UNPLUGGED:
        pauses = 0
    if is_on:
        paused_s = NEVER_S
    elif past.setpoint_a > 0 and demand.max_a > 0:
        stops = share.limited_by if share.amps <= 0 else ()
        paused_s, paused_by = now_s, next((c.name for c in stops if c.budget is None), "")
        pauses = before.pauses + 1
    elif demand.max_a <= 0 and state.available:
        # A load without a demand is not paused, so it need not wait when it has one again. Of one that is unavailable
        # it is not known whether it has.
        paused_s = NEVER_S
    # A heat pump that lost its share runs until its relays block it: its patience is not renewed meanwhile.
    is_held_off = past.manual.off and observed.site.by_name[demand.load].on_off
    seeks = is_on or is_held_off or past.setpoint_a > 0
    exhausted: Mapping[str, FuseMemory] = {}
    if paused_s != NEVER_S:
        exhausted = before.exhausted_fuses if demand.max_a <= 0 else demand.exhausted_fuses
    return replace_if_changed(
        before,
        paused_s=paused_s,
        paused_by=paused_by,
        exhausted_fuses=exhausted,
        fits_since_s=since(before.fits_since_s, demand.fits, now_s),
        budget_ok_since_s=since(before.budget_ok_since_s, demand.budget_ok, now_s),
        budget_short_since_s=since(before.budget_short_since_s, seeks and not demand.budget_ok, now_s),
        budget_stops_s=_update_energy_stops_s(past, demand, is_on, now_s),
        pauses=pauses,
        turn=update_turn(before.turn, demand, now_s),
        undone=_count_undone_raises(past, setpoint_a, now_s),
    )


def _count_undone_raises(past: LoadMemory, setpoint_a: float, now_s: float) -> int:
    """Return how many raises in a row were taken back by half or more within `FOLLOW_LATEST_S`; 0 once one lasts."""
    timing = past.timing
    if timing.changed_s > timing.raised_s:
        return past.patience.undone
    if now_s - timing.raised_s >= tuning.FOLLOW_LATEST_S:
        return 0
    return past.patience.undone + (setpoint_a <= (past.setpoint_a + timing.before_a) / 2 + DUST)


def _update_energy_stops_s(past: LoadMemory, demand: Demand, is_on: bool, now_s: float) -> tuple[float, ...]:
    """Return the last times when a load was stopped for lack of energy [s since 1970]; empty while it can use nothing.

    The present time is added if it has just been stopped for that.
    """
    if demand.max_a <= 0:
        return ()
    if is_on or past.setpoint_a <= 0 or demand.budget_ok:
        return past.patience.budget_stops_s
    return (*past.patience.budget_stops_s, now_s)[-tuning.LAST_TIMES :]
