"""Modes and holds -> the demand of each load: what it could use now, and what holds it on or off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.decision import Demand, Hold
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.memory import Memory
from ...model.messages.message import message
from ...model.phase_switch import Stage
from ...model.records import fast_replace
from ...model.site import Site
from ...model.snapshot import LoadState, Snapshot, Status, min_current_a
from ..estimators.compliance import least_draw_at_start_a
from ..estimators.rated_power import part_of_rating_to_reserve, with_measured_rating
from ..estimators.usage_cap import cap_in_force_a
from ..limits import fuse_budget
from ..limits.headroom import Headroom
from ..limits.tariff_limit import configured_limit_names
from ..modes import MODES, served_mode
from ..modes.rule import Want
from .group_order import another_group_waits, in_group_order
from .hold import HoldContext, apply_first_hold, is_running
from .holds_off import HOLDS_OFF, grid_gone_message, manual_stop_message, session_stop_message, unusable_message
from .holds_on import HOLDS_ON, stop_unavailable_by_switch
from .sg_ready import update_pump_memory
from .tank import update_tank_memory
from .tank_temperature import with_watched_maximum


def compute_demands(site: Site, snapshot: Snapshot, memory: Memory, ceilings: Sequence[Ceiling]) -> tuple[Demand, ...]:
    """Return one demand per load, in order of service (of groups, where the site has them), each with at most one hold.

    Loads that cannot be paused are held on at their minimum first; running loads get theirs before those served later.
    `fits` and `budget_ok` say whether a minimum still fits. The hold is that of the first rule in `HOLDS_ON` or
    `HOLDS_OFF` that applies; a load without a demand gets none, except an unavailable charger. An unpausable load that
    should be off, does not fit or leaves another one no room gets that as its reason. Budgets follow (`budget_hold`).
    """
    wants = (
        _cap_during_phase_switch(
            _demand_without_holds(site, snapshot, load, memory.loads[load.name], place), load, memory, snapshot
        )
        for place, load in enumerate(site.loads)
    )
    loads = site.by_name
    headroom = Headroom(ceilings)
    wanted = in_group_order(site, memory, sorted(wants, key=_rank))
    # Loads that cannot be paused get their minimum before all others.
    stays = {
        d.load: _demand_of_unpausable(d, headroom, _device_min_a(snapshot.loads[d.load])) for d in wanted if d.runs_on
    }
    in_the_way = {d.load for d in wanted if d.runs_on and (d.max_a <= 0 or not _minimum_fits(stays[d.load]))}
    wanted = [stays.get(d.load, d) for d in wanted]
    running = {d.load: d.min_a for d in wanted if is_running(d, memory.loads[d.load])}
    worn = fuse_budget.exhausted_fuses(memory.fuses)
    found: list[Demand] = []
    # The running loads that are served before the present one.
    before = {d.load: d.min_a for d in stays.values() if d.load in running}
    for demand in wanted:
        if demand.load in stays:
            found.append(demand)
            continue
        short = headroom.ceilings_below_minimum(demand)
        wires = [c for c in short if c.budget is None]
        if short:
            demand = fast_replace(demand, fits=not wires, budget_ok=len(wires) == len(short))
            in_the_way |= {name for name in stays for c in wires if demand.max_a > 0 and c.stops(name)}
        if demand.max_a > 0:
            past, is_on, over = memory.loads[demand.load], demand.load in running, headroom.ceilings_of(demand.load)
            if is_on:
                # A running load gets its minimum before the loads served after it.
                headroom.take(demand.load, demand.min_a)
                exhausted = {c.name: worn[c.name] for c in over if c.name in worn} if worn else worn
            else:
                exhausted_then = past.patience.exhausted_fuses
                left = headroom.ceilings_and_room(demand.load) if exhausted_then else ()
                exhausted = fuse_budget.relieved_fuses(site, exhausted_then, left, snapshot.now_s)
            paused_by = past.patience.paused_by
            context = HoldContext(
                fast_replace(demand, exhausted_fuses=exhausted) if exhausted else demand,
                loads[demand.load],
                past,
                snapshot.now_s,
                state=snapshot.loads.get(demand.load),
                day_began_s=snapshot.day_began_s,
                short=wires,
                over=over,
                fuses=memory.fuses,
                before=before if is_on else {},
                running=running,
                group_waits=is_on and another_group_waits(demand, found, running),
                island_s=NEVER_S if loads[demand.load].island else memory.island_s,
                is_released=paused_by != "" and paused_by not in configured_limit_names(site, ceilings),
                unexpected=_exceeds_reserved_phases(memory, demand.load, snapshot.now_s),
                gains_nothing=memory.hidden_sun is not None and memory.hidden_sun.stops == demand.load,
            )
            demand = apply_first_hold(HOLDS_ON if is_on else HOLDS_OFF, context)
            if is_on and (demand.fits or demand.hold is Hold.ON):
                before[demand.load] = demand.min_a
        else:
            demand = _stop_unavailable_charger(demand, loads[demand.load], snapshot, memory, headroom)
        found.append(demand)
    return tuple(_with_cannot_pause_reason(d, loads[d.load], snapshot) if d.load in in_the_way else d for d in found)


def _stop_unavailable_charger(
    demand: Demand, load: Load, snapshot: Snapshot, memory: Memory, headroom: Headroom
) -> Demand:
    """Return the demand of an unavailable charger held off where its on/off switch has to relieve an exhausted fuse.

    Unchanged for an available or an on/off load, without a state, and where no overdrawn fuse above is exhausted.
    """
    state = snapshot.loads.get(load.name)
    if state is None or state.available or load.on_off:
        return demand
    past, over = memory.loads[load.name], headroom.ceilings_of(load.name)
    context = HoldContext(demand, load, past, snapshot.now_s, state=state, over=over, fuses=memory.fuses)
    return apply_first_hold((stop_unavailable_by_switch,), context)


def _cap_during_phase_switch(demand: Demand, load: Load, memory: Memory, snapshot: Snapshot) -> Demand:
    """Return the demand of a load whose phase switch is not over, limited; unchanged for any other load.

    With a reserved current that becomes the maximum, no more than it demands and no less than its minimum, and it may
    start with its minimum only. While the device is unavailable the whole reserve stays, even without a demand. With
    nothing reserved the maximum is at most its minimum, or its present setpoint while starting if that is higher.
    """
    switch = memory.phase_switches.get(load.name)
    if load.switching is None or switch is None or switch.stage is Stage.STEADY:
        return demand
    if switch.reserved_a > 0:
        away = not (snapshot.loads.get(load.name) or LoadState(available=False)).available
        reserved_a = max(switch.reserved_a if away else min(switch.reserved_a, demand.max_a), demand.min_a)
        if demand.max_a > 0 or away:
            return fast_replace(demand, max_a=reserved_a, most_now_a=demand.min_a)
    has_a = memory.loads[load.name].setpoint_a if switch.stage is Stage.STARTING else 0.0
    return fast_replace(demand, max_a=min(demand.max_a, max(demand.min_a, has_a)))


def _exceeds_reserved_phases(memory: Memory, load: str, now_s: float) -> bool:
    """Return whether a load was measured on more phases than were reserved for it within the last `LASTING_S`."""
    switch = memory.phase_switches.get(load)
    return switch is not None and now_s - switch.beyond_s < tuning.LASTING_S


def _rank(demand: Demand) -> tuple[int, int, int]:
    """Return a demand's place in the order of service: the lowest is served first."""
    return demand.rank


def _demand_without_holds(site: Site, snapshot: Snapshot, load: Load, past: LoadMemory, place: int) -> Demand:
    """Return the demand of one load before holds: what its mode requests, limited by device, user, usage and status.

    A tank or heat pump that needs nothing has a maximum of 0. A manual start replaces all that by `max_a`, in any mode.
    Then the maximum is 0, with the reason, where the load is refused (no grid, unusable, stopped by its user or session
    limit) or less than its minimum is left. A car that has suspended charging gets its minimum at most. `requested_a`
    is limited by mode and device only. A load without a state counts as unavailable.
    """
    state = snapshot.loads.get(load.name) or LoadState(available=False)
    need = past.switched.need
    rule, load = MODES[served_mode(load, past)], with_measured_rating(load, past) if load.on_off else load
    if need is not None and need.amps is not None:
        load = fast_replace(load, min_a=need.amps, max_a=need.amps)
    want = rule.want(load, state, snapshot)
    if need is not None and not need.wants:
        want = Want(0.0, need.reason)
    requested_a = max_a = want.max_a if state.device_max_a is None else min(want.max_a, state.device_max_a)
    min_a = max(min_current_a(load, state), min(least_draw_at_start_a(past, snapshot.now_s), max_a))
    # A device that displays 0 A has been stopped already by other means.
    runs_on = not state.can_pause and state.available and state.can_use_power and state.offer_a != 0
    limit_a = past.manual.limit_a
    if limit_a is not None:
        if runs_on:
            min_a = min(min_a, max(limit_a, _device_min_a(state)))
        max_a = min(max_a, max(limit_a, min_a))
    if past.manual.on:
        # Also in mode `off`: the user who switched it on knows the mode.
        max_a, want = load.max_a, Want(load.max_a)
    usage_cap_a = cap_in_force_a(past, snapshot.now_s)
    if usage_cap_a is not None:
        max_a = min(max_a, max(usage_cap_a, min_a))
    refusal = (
        grid_gone_message(site, load)
        or unusable_message(state)
        or manual_stop_message(state, past, min_a)
        or session_stop_message(load)
    )
    if refusal:
        max_a, want = 0.0, Want(0.0, refusal)
    elif state.status is Status.SUSPENDED_CAR:
        # The car has stopped by itself: the minimum lets it resume, more would be reserved for nothing.
        max_a = min(max_a, min_a)
    if 0 < max_a < min_a:
        max_a, want = 0.0, Want(0.0, message("maximum_below_minimum", max_a=max_a, min_a=min_a))
    rank = (rule.urgency, load.priority, place)
    part = part_of_rating_to_reserve(load, past, snapshot.now_s)
    return Demand(
        load.name,
        min_a,
        max_a,
        rank,
        minimum_source=rule.minimum_source,
        requested_a=requested_a,
        part=part,
        piece_a=0.0 if load.is_modulated or load.on_off else load.step_a,
        runs_on=runs_on,
        reason=want.reason,
    )


def _demand_of_unpausable(demand: Demand, headroom: Headroom, device_min_a: float) -> Demand:
    """Return the demand of a load that cannot be paused: held on at its minimum, which is taken from `headroom`.

    Where it should be off or its minimum does not fit, the minimum is at most that of the device. The maximum is never
    below the minimum; `fits` and `budget_ok` say whether that minimum fits.
    """
    if demand.max_a <= 0 or headroom.ceilings_below_minimum(demand):
        demand = fast_replace(demand, min_a=min(demand.min_a, device_min_a))
    short = headroom.ceilings_below_minimum(demand)
    headroom.take(demand.load, demand.min_a)
    return fast_replace(
        demand,
        max_a=max(demand.max_a, demand.min_a),
        fits=all(c.budget is not None for c in short),
        budget_ok=all(c.budget is None for c in short),
        hold=Hold.ON,
    )


def _device_min_a(state: LoadState) -> float:
    """Return the minimum that a device reports [A], 0 where it reports none."""
    return state.device_min_a or 0.0


def _minimum_fits(demand: Demand) -> bool:
    """Return whether a demand's minimum fits under all wires and budgets."""
    return demand.fits and demand.budget_ok


def _with_cannot_pause_reason(demand: Demand, load: Load, snapshot: Snapshot) -> Demand:
    """Return the demand with the reason that the load, at the device's minimum, should be paused and cannot be."""
    min_a = _device_min_a(snapshot.loads[demand.load])
    return fast_replace(demand, reason=message("cannot_be_paused", **load.in_own_unit(min_a=min_a)))


Watch = Callable[[Load, LoadState, LoadMemory, Snapshot], LoadMemory]
"""Returns a load's memory updated from what its device shows."""

WATCHED: Mapping[str, Watch] = {
    "keeps_heat": update_tank_memory,
    "by_signal": update_pump_memory,
    "in_watts": with_watched_maximum,
}
"""Capability -> the function that watches a load which has it."""


def update_appliance_memory(load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot) -> LoadMemory:
    """Return the memory of a tank, heat pump or load in watts updated from its state; unchanged for any other load."""
    for capability, watch in WATCHED.items():
        if getattr(load.can, capability):
            past = watch(load, state, past, snapshot)
    return past
