"""Modes and holds -> the demand of each load: what it could use now, and what holds it on or off."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.decision import Demand, Demands, Hold
from ...model.durations import NEVER_S
from ...model.load import SOLAR_MODES, Load, Mode
from ...model.load_memory import LoadMemory
from ...model.memory import Memory
from ...model.messages.message import message
from ...model.meter_memory import FuseMemory
from ...model.phases_memory import Stage
from ...model.records import fast_replace, record
from ...model.site import Site
from ...model.snapshot import Snapshot, Status, min_current_a
from ..estimators.compliance import expected_start_draw_a
from ..estimators.usage import cap_in_force_a, part_of_rating_to_reserve, with_measured_rating
from ..limits import fuse_budget
from ..limits.headroom import Ceilings, Headroom
from ..limits.tariff_limit import configured_limit_names
from ..modes import MODES, served_mode
from .group_order import another_group_waits, in_group_order
from .hold import HoldContext, apply_first_hold, is_running
from .holds_off import HOLDS_OFF, refusal_message
from .holds_on import HOLDS_ON, stop_unavailable_by_switch


def compute_demands(site: Site, snapshot: Snapshot, memory: Memory, ceilings: Ceilings) -> tuple[Demand, ...]:
    """Return one demand per load, in order of service (of groups, where the site has them), each with at most one hold.

    Loads that cannot be paused are held on at their minimum first. Then heat pumps that cannot be blocked take theirs,
    then the running loads before those served later. `fits` and `budget_ok` say whether a minimum still fits. The hold
    is that of the first rule in `HOLDS_ON` or `HOLDS_OFF` that applies; a load without a demand gets none, except an
    unavailable charger. An unpausable load that should be off, does not fit or leaves another one no headroom gets that
    as its reason. Budgets follow (`budget_hold`).
    """
    headroom = Headroom(ceilings)
    demands = _demands_in_order(site, snapshot, memory)
    unpausable = [d for d in demands if d.runs_on]
    least_a = {d.load: snapshot.loads[d.load].device_min_a or 0.0 for d in unpausable}
    forced = {d.load: _demand_of_unpausable(d, headroom, least_a[d.load]) for d in unpausable}
    in_the_way = {d.load for d in demands if d.runs_on and (d.max_a <= 0 or not forced[d.load].minimum_fits)}
    demands = [forced.get(d.load, d) for d in demands]
    running = {d.load: d.min_a for d in demands if is_running(d, memory.loads[d.load])}
    before = {d.load: d.min_a for d in demands if d.runs_on and d.load in running}
    exhausted = {name: fuse for name, fuse in memory.fuses.items() if fuse_budget.is_exhausted(fuse)}
    queue = _Queue(site, snapshot, memory, ceilings, headroom, exhausted, running, before)
    found: list[Demand] = []
    # No load served before a heat pump that draws in any case may count on its current.
    needs = {name: past.switched.need for name, past in memory.loads.items()}
    unblockable = {name for name, need in needs.items() if need is not None and need.no_stop_reason}
    for demand in sorted(demands, key=lambda demand: demand.load not in unblockable):
        if demand.load in forced:
            found.append(demand)
            continue
        demand, wires = _with_fit(demand, headroom)
        in_the_way |= {name for name in forced for wire in wires if demand.max_a > 0 and wire.stops(name)}
        found.append(queue.with_hold(demand, wires, found))
    places = {demand.load: place for place, demand in enumerate(demands)}
    found.sort(key=lambda demand: places[demand.load])
    least = {name: site.by_name[name].in_own_unit(min_a=least_a[name]) for name in in_the_way}
    reasons = {name: message("cannot_be_paused", **values) for name, values in least.items()}
    return tuple(fast_replace(d, reason=reasons[d.load]) if d.load in reasons else d for d in found)


def _demands_in_order(site: Site, snapshot: Snapshot, memory: Memory) -> list[Demand]:
    """Return the demands before holds, in order of service; limited for loads whose phases are being switched."""
    demands = []
    for place, load in enumerate(site.loads):
        demand = _demand_without_holds(site, snapshot, load, memory.loads[load.name], place)
        demands.append(_cap_during_phase_switch(demand, load, memory, snapshot))
    return in_group_order(site, memory, sorted(demands, key=lambda demand: demand.rank))


def _with_fit(demand: Demand, headroom: Headroom) -> tuple[Demand, Sequence[Ceiling]]:
    """Return the demand with whether its minimum fits (`fits`, `budget_ok`), and the wires that leave less than it.

    What a load may start to draw (`may_start_a`) has to fit like a minimum, although it is not taken from the headroom.
    """
    full = fast_replace(demand, min_a=demand.may_start_a) if demand.may_start_a > demand.min_a else demand
    short = headroom.ceilings_below_minimum(full)
    wires = [c for c in short if c.budget is None]
    return fast_replace(demand, fits=not wires, budget_ok=len(wires) == len(short)) if short else demand, wires


@record
class _Queue:
    """The loads that can be paused, in their order of service: each gets its hold, and if it runs its minimum."""

    site: Site
    snapshot: Snapshot
    memory: Memory
    ceilings: Ceilings
    headroom: Headroom
    exhausted: Mapping[str, FuseMemory]
    """The exhausted fuses."""
    running: Mapping[str, float]
    """The running loads -> their minimums [A]."""
    before: dict[str, float]
    """Those that are served before the present one -> their minimums [A]."""

    def with_hold(self, demand: Demand, wires: Sequence[Ceiling], served: Demands) -> Demand:
        """Return the next demand with its hold; a running load takes its minimum before the loads served after it.

        Without a demand only an unavailable charger may be held off. `wires`: those that leave less than its minimum;
        `served`: the demands before it.
        """
        if demand.max_a <= 0:
            if self.snapshot.state_of(demand.load).available:
                return demand
            return apply_first_hold((stop_unavailable_by_switch,), self._context(demand, ()))
        if demand.load not in self.running:
            return apply_first_hold(HOLDS_OFF, self._context(demand, wires))
        self.headroom.take(demand.load, demand.min_a)
        group_waits = another_group_waits(demand, served, self.running)
        context = self._context(demand, wires, before=self.before, group_waits=group_waits)
        demand = apply_first_hold(HOLDS_ON, context)
        if demand.fits or demand.hold is Hold.ON:
            self.before[demand.load] = demand.min_a
        return demand

    def _context(self, demand: Demand, wires: Sequence[Ceiling], **of_running: Any) -> HoldContext:
        """Return what the rules know about a load. `of_running`: fields of `HoldContext` for a running load only."""
        memory, load = self.memory, self.site.by_name[demand.load]
        past, hidden_sun = memory.loads[load.name], memory.hidden_sun
        exhausted, paused_by = self._exhausted_fuses(load.name), past.patience.paused_by
        switch, now_s = memory.phase_switches.get(load.name), self.snapshot.now_s
        return HoldContext(
            fast_replace(demand, exhausted_fuses=exhausted) if exhausted else demand,
            load,
            past,
            now_s,
            state=self.snapshot.state_of(load.name),
            day_began_s=self.snapshot.day_began_s,
            short=wires,
            over=self.ceilings.over(load.name),
            fuses=memory.fuses,
            cycles=memory.cycles,
            running=self.running,
            island_s=NEVER_S if load.island and self.site.island else memory.island_s,
            is_released=paused_by != "" and paused_by not in configured_limit_names(self.site, self.ceilings),
            unexpected=switch is not None and now_s - switch.beyond_s < tuning.LASTING_S,
            gains_nothing=hidden_sun is not None
            and (hidden_sun.stops == load.name or (hidden_sun.is_too_costly and load.mode in SOLAR_MODES)),
            **of_running,
        )

    def _exhausted_fuses(self, load: str) -> Mapping[str, FuseMemory]:
        """Return the exhausted fuses over a running load; for another one those it was paused for, as they are now."""
        if load in self.running:
            over = self.ceilings.over(load) if self.exhausted else ()
            return {c.name: self.exhausted[c.name] for c in over if c.name in self.exhausted}
        before = self.memory.loads[load].patience.exhausted_fuses
        headrooms = self.headroom.ceilings_and_headroom(load) if before else ()
        return fuse_budget.relieved_fuses(self.site, before, headrooms, self.snapshot.now_s)


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
        away = not snapshot.state_of(load.name).available
        reserved_a = max(switch.reserved_a if away else min(switch.reserved_a, demand.max_a), demand.min_a)
        if demand.max_a > 0 or away:
            return fast_replace(demand, max_a=reserved_a, most_now_a=demand.min_a)
    has_a = memory.loads[load.name].setpoint_a if switch.stage is Stage.STARTING else 0.0
    return fast_replace(demand, max_a=min(demand.max_a, max(demand.min_a, has_a)))


def _demand_without_holds(site: Site, snapshot: Snapshot, load: Load, past: LoadMemory, place: int) -> Demand:
    """Return the demand of one load before holds: what its mode requests, limited by device, user, usage and status.

    A tank or heat pump that needs nothing has a maximum of 0. A manual start sets the maximum to `max_a`, in any mode.
    Then the maximum is 0, with the reason, where the load is refused (no grid, unusable, stopped by its user or session
    limit) or less than its minimum is left. A car that has suspended charging gets its minimum at most. `requested_a`
    is limited by mode and device only. A load without a state counts as unavailable.
    """
    state = snapshot.state_of(load.name)
    need = past.switched.need
    mode, load = served_mode(load, past), with_measured_rating(load, past) if load.on_off else load
    rule = MODES[mode]
    may_start_a = expected_a = expected_start_draw_a(past, snapshot.now_s)
    if need is not None and need.amps is not None:
        may_start_a = 0.0 if state.draw_a.highest is None else load.max_a
        load = fast_replace(load, min_a=need.amps, max_a=need.amps)
    requested_a, reason = rule.request(load), message("mode_off") if mode is Mode.OFF else ""
    if need is not None and not need.wants:
        requested_a, reason = 0.0, need.reason
    requested_a = max_a = requested_a if state.device_max_a is None else min(requested_a, state.device_max_a)
    min_a = max(min_current_a(load, state), min(expected_a, max_a))
    # A device that displays 0 A has been stopped already by other means.
    runs_on = not state.can_pause and state.available and state.can_use_power and state.offer_a != 0
    limit_a = past.manual.limit_a
    if limit_a is not None:
        if runs_on:
            min_a = min(min_a, max(limit_a, state.device_min_a or 0.0))
        max_a = min(max_a, max(limit_a, min_a))
    if past.manual.on:
        # Also in mode `off`: the user who switched it on knows the mode.
        max_a, reason = load.max_a, ""
    usage_cap_a = cap_in_force_a(past, snapshot.now_s)
    if usage_cap_a is not None:
        max_a = min(max_a, max(usage_cap_a, min_a))
    refusal = refusal_message(site, load, state, past, min_a)
    if refusal:
        max_a, reason = 0.0, refusal
    elif state.status is Status.SUSPENDED_CAR:
        # The car has stopped by itself: the minimum lets it resume, more would be reserved for nothing.
        max_a = min(max_a, min_a)
    if 0 < max_a < min_a or (load.max_a <= 0 < min_a and not reason):
        max_a, reason = 0.0, message("maximum_below_minimum", max_a=max_a, min_a=min_a)
    rank = (rule.urgency, load.priority, place)
    part = part_of_rating_to_reserve(load, past, snapshot.now_s)
    return Demand(
        load.name,
        min_a,
        max_a,
        rank,
        minimum_source=rule.minimum_source,
        may_start_a=may_start_a,
        requested_a=requested_a,
        part=part,
        piece_a=0.0 if load.is_modulated or load.on_off else load.step_a,
        runs_on=runs_on,
        reason=reason,
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
    fits, budget_ok = all(c.budget is not None for c in short), all(c.budget is None for c in short)
    most_a = max(demand.max_a, demand.min_a)
    return fast_replace(demand, max_a=most_a, fits=fits, budget_ok=budget_ok, hold=Hold.ON)
