"""Modes and patience -> what every load could use now, and what keeps it where it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from ...model.decision import AMP_DUST, Ceiling, Demand, Hold
from ...model.memory import NEVER_S, FuseMemory, LoadMemory, Memory
from ...model.records import fast_replace, replace_if_changed
from ...model.site import Load, Site
from ...model.snapshot import LoadState, Snapshot, Status, min_current_a
from ..estimators.compliance import complies, is_non_compliant, start_a
from ..estimators.rated_power import part_used, rated
from ..estimators.usage_cap import cap_in_force_a
from ..limits import fuse_budget
from ..limits.energy_hold import bears, begins_in_vain, is_fresh, rest_s
from ..limits.headroom import Headroom
from ..modes import MODES
from ..modes.rule import Want
from ..modes.served import served_mode


def demands_of(site: Site, snapshot: Snapshot, memory: Memory, ceilings: Sequence[Ceiling]) -> tuple[Demand, ...]:
    """One demand a load, in order of service; the patience of the budgets comes with the shares."""
    wants = (_want(snapshot, load, memory.loads[load.name], place) for place, load in enumerate(site.loads))
    loads = {load.name: load for load in site.loads}
    rooms = Headroom(ceilings)
    wanted = sorted(wants, key=_rank)
    # What nothing stops has its minimum before all others.
    stays = {d.load: _running_on(d, rooms) for d in wanted if d.runs_on}
    in_the_way = {d.load for d in wanted if d.runs_on and (d.max_a <= 0 or not _is_served(stays[d.load]))}
    wanted = [stays.get(d.load, d) for d in wanted]
    runs = {d.load: d.min_a for d in wanted if d.max_a > 0 and memory.loads[d.load].setpoint_a > 0}
    found: list[Demand] = []
    for demand in wanted:
        if demand.runs_on:
            found.append(demand)
            continue
        load, past = loads[demand.load], memory.loads[demand.load]
        short = rooms.short(demand)
        narrow, budget_short = [c for c in short if c.budget is None], [c for c in short if c.budget is not None]
        if short:
            demand = fast_replace(demand, fits=not narrow, budget_ok=not budget_short)
            in_the_way |= {name for name in stays for c in narrow if demand.max_a > 0 and c.stops(name)}
        if demand.max_a > 0 and past.setpoint_a > 0:
            rooms.take(demand.load, demand.min_a)
            state, over = snapshot.loads.get(load.name), rooms.over(demand.load)
            demand = replace_if_changed(demand, spent=fuse_budget.worn(over, memory.fuses))
            strained = _strained(state, past, over, memory.fuses, snapshot.now_s)
            if strained is not None:
                demand = held(demand, Hold.OFF, f"switched off: it does not keep to its current while {strained}")
            else:
                first = (d for d in (*found, *stays.values()) if d.load in runs)
                before = {d.load: d.min_a for d in first if d.fits or d.hold is Hold.ON}
                demand = _running(demand, load, past, snapshot.now_s, narrow, memory.fuses, before)
        elif demand.max_a > 0:
            over = rooms.over(demand.load)
            if past.spent:
                spent = fuse_budget.reckoned(site, past.spent, rooms.left_over(demand.load), snapshot.now_s)
                demand = fast_replace(demand, spent=spent)
            demand = _waiting(demand, load, past, snapshot, over)
            if demand.hold is None:
                demand = _not_in_vain(demand, load, over, runs, is_fresh(past.starts_s, snapshot.now_s))
        found.append(demand)
    return tuple(_blocking(d, snapshot) if d.load in in_the_way else d for d in found)


def _rank(demand: Demand) -> tuple[int, int, int]:
    return demand.rank


def _want(snapshot: Snapshot, load: Load, past: LoadMemory, place: int) -> Demand:
    state = snapshot.loads.get(load.name) or LoadState(available=False)
    need = past.switched.need
    rule, load = MODES[served_mode(load, past)], rated(load, past)
    if need is not None and need.amps is not None:
        load = fast_replace(load, min_a=need.amps, max_a=need.amps)
    want = rule.want(load, state, snapshot)
    if need is not None and not need.wants:
        want = Want(0.0, need.reason)
    wish_a = max_a = want.max_a if state.device_max_a is None else min(want.max_a, state.device_max_a)
    min_a = max(min_current_a(load, state), min(start_a(past, snapshot.now_s), max_a))
    if past.manual_limit_a is not None:
        max_a = min(max_a, max(past.manual_limit_a, min_a))
    if past.switched.manual_on:
        # In mode off too: whoever has switched it on knows of the mode.
        max_a, want = load.max_a, Want(load.max_a)
    usage_cap_a = cap_in_force_a(past, snapshot.now_s)
    if usage_cap_a is not None:
        max_a = min(max_a, max(usage_cap_a, min_a))
    refusal = _manual_stop(state, past, min_a) or _no_part(state)
    if refusal:
        max_a, want = 0.0, Want(0.0, refusal)
    elif state.status is Status.SUSPENDED_CAR:
        # The car has stopped by itself: the least offer lets it come back, more would be kept from others for nothing.
        max_a = min(max_a, min_a)
    if 0 < max_a < min_a:
        max_a, want = 0.0, Want(0.0, f"its maximum of {max_a:g} A is below its minimum of {min_a:g} A")
    rank = (rule.urgency, load.priority, place)
    part = part_used(load, past, snapshot.now_s)
    return Demand(
        load.name,
        min_a,
        max_a,
        rank,
        minimum_source=rule.minimum_source,
        wish_a=wish_a,
        part=part,
        piece_a=load.step_a if load.is_switched and not load.on_off else 0.0,
        # One that shows 0 A has been stopped already, by whatever could.
        runs_on=not state.can_pause and state.available and state.can_use_power and state.offer_a != 0,
        reason=want.reason,
    )


def _running_on(demand: Demand, rooms: Headroom) -> Demand:
    """Held at its minimum at least, whatever stands against it."""
    short = rooms.short(demand)
    rooms.take(demand.load, demand.min_a)
    return fast_replace(
        demand,
        max_a=max(demand.max_a, demand.min_a),
        fits=all(c.budget is not None for c in short),
        budget_ok=all(c.budget is None for c in short),
        hold=Hold.ON,
    )


def _is_served(demand: Demand) -> bool:
    return demand.fits and demand.budget_ok


def _blocking(demand: Demand, snapshot: Snapshot) -> Demand:
    """With the words for one that would have to be paused, and cannot be."""
    from_a = snapshot.loads[demand.load].device_min_a or 0.0
    words = f"it cannot be paused: it has no switch, and its number starts at {from_a:g} A"
    return fast_replace(demand, reason=f"{demand.reason}; {words}" if demand.reason else words)


def _manual_stop(state: LoadState, past: LoadMemory, min_a: float) -> str:
    """How its user has stopped it at the device, "" where nobody has."""
    if past.manual_off:
        return "switched off by hand"
    if past.manual_limit_a is None or past.manual_limit_a + AMP_DUST >= min_a or not state.offer_is_set:
        return ""
    return f"its user has set it to {past.manual_limit_a:g} A, and it runs from {min_a:g} A"


def _no_part(state: LoadState) -> str:
    if not state.available:
        return "its control entity is unavailable"
    if state.status is Status.FAULT:
        return "the device reports a fault"
    if state.status is Status.FULL:
        return "the car is full"
    if state.can_use_power:
        return ""
    if state.counted:
        return "none of its radiators may be on" if state.remark else "no radiator wants heat"
    idle = state.status in (Status.CONNECTED, Status.CHARGING, Status.PAUSED)
    return "it is not to charge now" if idle else "no car is connected"


def _running(
    demand: Demand,
    load: Load,
    memory: LoadMemory,
    now_s: float,
    short: Sequence[Ceiling],
    fuses: Mapping[str, FuseMemory],
    before: Mapping[str, float],
) -> Demand:
    """Hold on what may not stop yet: a charger on its fuse's budget, a switched load within its minimum time.

    `short`: the wires under which its minimum does not fit now; `before`: the minimums of those that run and are served
    before it [A].
    """
    need = memory.switched.need
    if need is not None and need.stays:
        return held(demand, Hold.ON, need.stays)
    if not short:
        if memory.switched.manual_on:
            return held(demand, Hold.ON, "switched on by hand")
        if _keeps_on_s(load, memory, now_s) > 0:
            return held(demand, Hold.ON, f"stays on for at least {load.min_on_s:g} s")
        return demand
    if load.can.by_signal:
        # Its relays wait for a while, and its draw does not: others make way.
        return held(demand, Hold.ON, "runs until it is blocked")
    if not any(c.known for c in short):
        return held(demand, Hold.ON, f"held at its minimum: {short[0].name} is not fully measured")
    if load.on_off and all(bears(c, load, {}) for c in short) and _keeps_on_s(load, memory, now_s) > 0:
        return held(demand, Hold.ON, f"stays on for at least {load.min_on_s:g} s")
    if load.on_off and all(bears(c, load, before) for c in short):
        return held(demand, Hold.ON, f"stays on, {short[0].name} bears it for a while")
    if load.is_switched or memory.setpoint_a + AMP_DUST < demand.min_a:
        # Nothing that a fuse could bear for a while: a plug has no lower step, and this load is below its minimum now.
        return demand
    if any(not bears(c, load, before) and _wears_out(c, demand, fuses, before) for c in short):
        return demand
    used = _used_words([fuses[c.name] for c in short if c.fuse is not None])
    return held(demand, Hold.ON, f"held at {demand.min_a:g} A by {short[0].name}{used}")


def _wears_out(ceiling: Ceiling, demand: Demand, fuses: Mapping[str, FuseMemory], before: Mapping[str, float]) -> bool:
    """Whether a limit has no patience left, and would have none with only this load and those served before it."""
    if ceiling.fuse is None:
        return True
    minimums_a = {**before, demand.load: demand.min_a}
    ours_a = sum(weight * minimums_a.get(name, 0.0) for name, weight in ceiling.weights.items())
    return fuse_budget.wears_out(ceiling, fuses[ceiling.name], ceiling.used_a + ours_a)


def _used_words(fuses: Sequence[FuseMemory]) -> str:
    if not fuses:
        return ", which bears it for a while"
    return f", {10 * round(max(map(fuse_budget.used_pct, fuses)) / 10)} % of its budget used"


def _waiting(
    demand: Demand,
    load: Load,
    memory: LoadMemory,
    snapshot: Snapshot,
    over: Sequence[Ceiling],
) -> Demand:
    """Hold off what may not start yet."""
    now_s = snapshot.now_s
    if load.on_off:
        need = memory.switched.need
        if need is not None and need.waits:
            return held(demand, Hold.OFF, need.waits)
        spent = memory.paused_s != NEVER_S and any(c.bears_s is not None and c.name == memory.paused_by for c in over)
        off_s = rest_s(load, memory.starts_s, now_s) if spent else load.min_off_s
        if memory.switched_s + off_s > now_s:
            return held(demand, Hold.OFF, f"stays off for another {tens(memory.switched_s + off_s - now_s)} s")
        started = sum(1 for s in memory.starts_s if s >= snapshot.day_began_s)
        if load.max_starts_per_day is not None and started >= load.max_starts_per_day:
            return held(demand, Hold.OFF, f"has started {'once' if started == 1 else f'{started} times'} today")
        return demand
    if memory.paused_s == NEVER_S:
        return demand
    hot = next((name for name, fuse in demand.spent.items() if not fuse_budget.recovered(fuse)), None)
    if hot is not None:
        return held(demand, Hold.OFF, f"paused until {hot} has cooled down")
    fits_since_s = now_s if memory.fits_since_s is None or not demand.fits else memory.fits_since_s
    if demand.fits and any(c.bears_s is not None and c.name == memory.paused_by for c in over):
        fits_since_s = now_s - load.pause_s  # what such a limit leaves has been thought through to its end
    left_s = max(memory.paused_s, fits_since_s) + load.pause_s - now_s
    by = f" by {memory.paused_by}" if memory.paused_by else ""
    return held(demand, Hold.OFF, f"paused{by} for at least another {tens(left_s)} s") if left_s > 0 else demand


def _not_in_vain(demand: Demand, load: Load, over: Sequence[Ceiling], runs: Mapping[str, float], fresh: bool) -> Demand:
    for ceiling in over:
        running_a = sum(ceiling.weights[name] * min_a for name, min_a in runs.items() if name in ceiling.weights)
        if begins_in_vain(ceiling, load, demand.min_a, running_a, fresh):
            return held(demand, Hold.OFF, f"waits: {ceiling.name} would soon stop it again")
    return demand


def _strained(
    state: LoadState | None,
    past: LoadMemory,
    over: Sequence[Ceiling],
    fuses: Mapping[str, FuseMemory],
    now_s: float,
) -> str | None:
    """The wire that is over its rating while this load draws more than it was told to, for too long; None otherwise.

    A charger that ignores its current may still obey its switch. A fuse without budget does not wait for a slow one.
    """
    if state is None or not state.switched or complies(past, now_s):
        return None
    wires = [c for c in over if c.fuse is not None and c.known and c.overdrawn]
    worn = [c for c in wires if is_non_compliant(past, now_s) or fuse_budget.exhausted(fuses[c.name])]
    return f"{worn[0].name} is over its rating" if worn else None


def _keeps_on_s(load: Load, memory: LoadMemory, now_s: float) -> float:
    """How long a switched load still has to stay on [s]."""
    return memory.switched_s + load.min_on_s - now_s if load.on_off else 0.0


def tens(rest_s: float) -> int:
    """Seconds in tens, rounded up: a status that counts down every second would be written every second."""
    return 10 * math.ceil(rest_s / 10)


def held(demand: Demand, hold: Hold, reason: str) -> Demand:
    """A demand that is kept where it is, and why."""
    return fast_replace(demand, hold=hold, reason=reason)
