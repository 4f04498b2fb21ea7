"""Decision -> why a load has what it has: one message, the cause that decides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from .. import tuning
from ..model.ceiling import Budget, Ceiling
from ..model.decision import Demand, Hold, Share
from ..model.durations import NEVER_S
from ..model.electrics import DUST, Phase, watts
from ..model.load import Load, Mode
from ..model.load_memory import LoadMemory
from ..model.local_day import clock_text_rounded_up
from ..model.messages.message import Message, Value, code_of, message, values_of, with_values
from ..model.phases_memory import Stage
from ..model.records import fast_replace
from ..model.site import Distribution, Site
from ..model.snapshot import LoadState, Snapshot, Status
from .allocation.allocation import current_left_by_others_a
from .allocation.distributions import HELD_OFF
from .allocation.phase_allocation import may_switch_to_one
from .estimators.draws import runs_unblocked
from .estimators.usage import cap_in_force_a, measures_nothing, rests_at_offer
from .limits.headroom import move_load
from .ramping.obstacles import BLIND_WORDS, MOMENTARY
from .site_reason import part_text, silent_meters
from .step_context import Setpoint, Shares, Situation
from .target import device_steps, round_down_to_steps


def load_reason(observed: Situation, shares: Shares, demand: Demand, share: Share, setpoint: Setpoint) -> str:
    """Return the cause that decides what a load has now: the first that applies.

    First a cut that its device cannot be sent yet, then why a load can use nothing, a silent meter unless it is limited
    by a measured overload, what keeps the load on or off, what keeps it below its share, the limit of its share, and
    last what it does by itself.
    """
    return next(filter(None, _causes(observed, shares, demand, share, setpoint)))


def _causes(observed: Situation, shares: Shares, demand: Demand, share: Share, setpoint: Setpoint) -> Iterator[str]:
    """Yield every cause that may explain a load's setpoint, the decisive one first; "" for one that does not apply.

    A cause that passes within moments comes after the limit of the share, unless the load is off. Last "all it can
    use" or "rising", which always applies.
    """
    load, past = observed.site.by_name[demand.load], observed.memory.loads[demand.load]
    state = observed.snapshot.state_of(demand.load)
    limit = _with_own_wait(observed, demand.load, share.limited_by[0]) if share.limited_by else None

    def reaches(current_a: float) -> bool:
        """Return whether the setpoint is at least this current, as far as the device's steps allow it."""
        return setpoint.amps + DUST >= round_down_to_steps(current_a, demand, device_steps(load, state))

    is_below = share.amps > 0 and demand.max_a > 0 and not reaches(share.amps)
    if past.command.deferred_cut_a > share.amps:
        yield message("cut_deferred", **load.in_own_unit(set_a=past.command.deferred_cut_a))
    if demand.max_a <= 0:
        yield state.missing
        yield state.note
        yield demand.reason
    if setpoint.switches:
        yield setpoint.why  # what holds it on or off counts only once it charges again
    # A measured overload holds or stops the load whether another meter reports or not.
    if setpoint.why in BLIND_WORDS.values() and not (limit is not None and limit.known and limit.exceeded):
        yield _with_silent_meters(setpoint.why, observed, load)
    if limit is not None and demand.hold is Hold.OFF and _outlasts_pause(limit, demand.reason):
        yield _limit_message(observed, demand, share, shares, limit)
    hidden = observed.memory.hidden_sun
    if hidden is not None and hidden.load == demand.load and hidden.starts and setpoint.amps > 0:
        yield message("tests_hidden_sun")  # no minimum time keeps it on
    yield demand.reason
    yield _unmeasured_phases_reason(load, demand, setpoint, shares)
    yield state.note
    why = _with_amounts(setpoint.why, load, past, demand, share) if is_below else ""
    if code_of(why) not in MOMENTARY or setpoint.amps <= 0:  # one that is off is not limited to its share yet
        yield why
    if limit is not None and share.amps <= 0 and runs_unblocked(load, state):
        yield message("runs_until_blocked", limit=limit.name)
    if limit is not None and not (load.on_off and share.amps > 0):  # one that is on has all that it can use
        yield _limit_message(observed, demand, share, shares, limit)
    if is_below:
        yield why
    yield _own_limit_reason(load, past, demand, observed.snapshot)
    if setpoint.amps > 0 and reaches(demand.max_a) and _is_left_unused(load, state, past, observed.snapshot.now_s):
        yield message("draws_nothing", set_a=setpoint.amps)
    if past.mode == Mode.BOOST:
        yield message("boosted")
    yield message("all_it_can_use" if reaches(demand.max_a) else "rising")


def _with_amounts(why: str, load: Load, past: LoadMemory, demand: Demand, share: Share) -> str:
    """Return the reason with the values of its share and of what has to be free, in the load's own unit (A or W).

    To start, its minimum has to be free; with a setpoint, more than that. A reason that is no `Message` stays
    unchanged.
    """
    if not isinstance(why, Message):
        return why
    needed = {"set_a": past.setpoint_a} if past.setpoint_a > 0 else {"min_a": demand.min_a}
    return with_values(why, **load.in_own_unit(share_a=share.amps, **needed))


def _with_silent_meters(why: str, observed: Situation, load: Load) -> str:
    """Return why a load is in fail-safe with the meters over it that do not report, any other reason unchanged."""
    meters = silent_meters(observed.site, observed.snapshot, load) if code_of(why) == "fail_safe" else ()
    return with_values(why, meters=", ".join(meters)) if meters and isinstance(why, Message) else why


PAUSE = "pause"
"""The value of a hold's message that says how long the minimum has to fit before a load starts again."""


def _outlasts_pause(limit: Ceiling, reason: str) -> bool:
    """Return whether a limit, taken to be in the way, keeps a load off beyond the pause or rest that `reason` states.

    True for a pause of a fixed length, for one until a clock time under a budget, and for one until a fuse has cooled
    down where current is reserved under it; else False. No durations are compared.
    """
    values = values_of(reason)
    if code_of(reason) == "fuse_cools_down":
        return "reserved_for" in limit.details
    # A pause of a fixed length ends when the minimum has fitted for that long, one with a clock time by itself.
    return PAUSE in values or (limit.budget is not None and "until" in values)


def _own_limit_reason(load: Load, past: LoadMemory, demand: Demand, snapshot: Snapshot) -> str:
    """Return why a load uses no more although no limit of the site stops it, "" for no such reason.

    The first of: its own need, a current set by hand at its device, a car that uses less.
    """
    need, limit_a, usage_cap_a = past.switched.need, past.manual.limit_a, cap_in_force_a(past, snapshot.now_s)
    if need is not None and need.wants and need.reason:
        return need.reason
    state = snapshot.state_of(load.name)
    if limit_a is not None and demand.max_a <= limit_a + DUST:
        # One that takes the lower of its own limit and ours shows no higher one of its own.
        code = "lowered_by_hand" if state.verifies else "set_by_hand"
        return message(code, **load.in_own_unit(limit_a=limit_a))
    if usage_cap_a is not None and abs(demand.max_a - usage_cap_a) <= DUST:
        is_unseen = measures_nothing(load, snapshot, past.setpoint_a)
        return message("draw_not_shown" if is_unseen else "uses_less", **load.in_own_unit(usage_cap_a=usage_cap_a))
    return ""


def _is_left_unused(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> bool:
    """Return whether a car has drawn nothing for a while, or its charger pauses it a minute after our last change.

    False without a status: then nothing tells a car that draws nothing from a broken sensor.
    """
    is_paused = state.status is Status.PAUSED and state.offers_nothing and not load.can.discharges
    is_refused = is_paused and now_s - past.timing.changed_s >= tuning.LASTING_S
    return state.status is not Status.UNKNOWN and (is_refused or rests_at_offer(load, state, past))


def _unmeasured_phases_reason(load: Load, demand: Demand, setpoint: Setpoint, shares: Shares) -> str:
    """Return why a load has no more than its minimum while it begins on its phases; "" for any other load.

    After a switch, or with a new car once that draws. Also "" while it has no current at all, and where CONFIG no
    longer switches it: then it rises unmeasured.
    """
    switch = shares.phase_switches.get(load.name) if load.switching is not None else None
    if switch is None or switch.stage is not Stage.STARTING or setpoint.amps <= 0:
        return ""
    is_capped = switch.drawing_s != NEVER_S and demand.max_a <= demand.min_a + DUST < demand.requested_a
    return message("phases_unmeasured") if switch.reserved_a > 0 or is_capped else ""


def _limit_message(observed: Situation, demand: Demand, share: Share, shares: Shares, limit: Ceiling) -> Message:
    """Return the message of the limit that a load's share ends at, or of what a load without a share waits for.

    With no more than its minimum of a budget that has less left, it is the message of that minimum. Without a share,
    budgets have what it waits for, on one phase if it may be switched to that, other limits the minimum that has to
    fit, of a load in amps with the length of a pause. The other loads under the limit are named, unless it is a budget
    too small for that minimum without them too.
    """
    site = observed.site
    load, others_a = site.by_name[demand.load], {n: s.amps for n, s in shares.allocation.items() if n != demand.load}
    phases, ceilings = load.phases, shares.ceilings.expected
    past, waits_for_energy = shares.phase_switches.get(load.name), share.amps <= 0 and limit.budget is not None
    if waits_for_energy and past is not None and may_switch_to_one(observed, load, demand, past):
        phases, ceilings = load.phases[:1], move_load(site, ceilings, load, load.phases[:1])
        limit = next((c for c in ceilings.over(load.name) if c.budget is limit.budget), limit)
    left_a = limit.headroom_a - sum(a * limit.weights.get(name, 0.0) for name, a in others_a.items())
    is_above_minimum = share.amps > demand.min_a + DUST
    if is_above_minimum and limit.budget is not None and left_a + DUST < share.amps * limit.weights[load.name]:
        # It keeps what it has for now, although the budget is smaller.
        set_a = load.in_own_unit(set_a=share.amps)
        return message("room_not_lasting", most_s=tuning.SLOWEST_S, limit=limit.name, **set_a)
    are_cause = limit.budget is None or not _is_short_of_minimum(limit, demand, limit.headroom_a)
    loads = loads_under(limit, others_a) if are_cause else {}
    if share.amps > 0 and (name := _waiting_next(site, shares, demand, limit)):
        return message("leaves_room_to_start", loads=name)
    if share.amps > 0:
        is_fed = is_above_minimum or not _is_short_of_minimum(limit, demand, left_a)
        if limit.budget is None or limit.cause in NO_SURPLUS_KNOWN or is_fed:
            return limit.limit_message(**load.in_own_unit(share_a=share.amps), **loads)
        free_kw = max(watts(limit.headroom_a, limit.voltage_v), 0.0) / 1000
        values: dict[str, Value] = {**limit.details, **load.in_own_unit(min_a=demand.min_a), "free_kw": free_kw}
        code = "minimum_behind_others" if loads else "minimum_without_energy"
        return message(code, energy=limit.energy, **values, **loads)
    if limit.budget is not None:
        budgets = [ceiling for ceiling in ceilings if ceiling.budget is not None]
        free_a = current_left_by_others_a(budgets, demand, shares.allocation)
        return _waiting_message(site, demand, phases, free_a, limit, loads)
    # Less is as good as nothing, such as a single watt or the token of a heat pump.
    needed = load.in_own_unit(min_a=demand.min_a) if demand.min_a > tuning.DRAWS_A else {}
    if PAUSE in (held := values_of(demand.reason)) and "min_a" in needed:
        return limit.limit_message(fits_a=demand.min_a, pause=held[PAUSE], **loads)
    return limit.limit_message(**needed, **loads)


def _waiting_next(site: Site, shares: Shares, demand: Demand, limit: Ceiling) -> str:
    """Return the next load in line under `optimized` if it waits though this limit is not used up, else "".

    A load makes way for the minimum of the next one, even where that does not suffice for it.
    """
    left_a = limit.headroom_a - sum(s.amps * limit.weights.get(name, 0.0) for name, s in shares.allocation.items())
    if site.distribution is not Distribution.OPTIMIZED or left_a <= DUST:
        return ""
    place = [each.load for each in shares.demands].index(demand.load)
    following = (d for d in shares.demands[place + 1 :] if d.max_a > 0 and d.hold not in HELD_OFF)
    name = next((d.load for d in following), "")
    return name if limit.stops(name) and shares.allocation[name].amps <= 0 else ""


def _is_short_of_minimum(limit: Ceiling, demand: Demand, left_a: float) -> bool:
    """Return whether `left_a` of a limit is less than the minimum of a load [A]."""
    return left_a + DUST < limit.weights.get(demand.load, 0.0) * demand.min_a


def loads_under(limit: Ceiling, shares_a: Mapping[str, float]) -> dict[str, Value]:
    """Return {"loads": those of `shares_a` (load -> its share [A]) that use a limit, each with its part}; {} for none.

    A part is the share and the draw above the setpoint, if the load ignores that; those below `DRAWS_A` are left out.
    """
    takers = [
        f"{name} {part_text(limit, part_a)}"
        for name, share_a in shares_a.items()
        # Less is no cause, such as the token of a heat pump: its draw is part of the house's.
        if (part_a := share_a * limit.weights.get(name, 0.0) + limit.ignored_a.get(name, 0.0)) >= tuning.DRAWS_A
    ]
    return {"loads": ", ".join(takers)} if takers else {}


def _with_own_wait(observed: Situation, name: str, limit: Ceiling) -> Ceiling:
    """Return the solar limit with the time of the load's next test for hidden sun, if it drew nothing in its last one.

    Unchanged for any other limit, for any other load, and once that time has come.
    """
    idle = observed.memory.hidden_sun.idle if observed.memory.hidden_sun is not None else {}
    if limit.budget is not Budget.SOLAR or name not in idle or idle[name].next_s <= observed.now_s:
        return limit
    until = clock_text_rounded_up(idle[name].next_s, observed.snapshot.day_began_s)
    return fast_replace(limit, details={**limit.details, "until": until})


NO_SURPLUS_KNOWN = {
    "limited_by_unknown_surplus": "waits_for_known_energy",
    "limited_by_unknown_battery": "waits_for_known_battery",
}
"""Cause of a limit -> what a load waits for where the surplus is unknown."""


def _waiting_message(
    site: Site, demand: Demand, phases: tuple[Phase, ...], free_a: float, limit: Ceiling, loads: Mapping[str, Value]
) -> Message:
    """Return what a load waits for, with its minimum and the free energy over the phases on which it would start.

    If no surplus is known, only why. If there is enough, it waits until that lasts: then the minimum alone. Otherwise
    in kilowatts, with the battery or the time of the next test for hidden sun where the limit names one; in watts, or
    rounded apart, where both would look equal.
    """
    if limit.cause in NO_SURPLUS_KNOWN:
        return message(NO_SURPLUS_KNOWN[limit.cause], energy=limit.energy)
    used_a = (demand.part * a for a in (max(free_a, 0.0), demand.min_a))
    free_w, need_w = (watts(a, site.voltage_v, len(phases)) for a in used_a)
    if free_w >= need_w:
        # There is enough just now, but it has not lasted yet or is reserved for a load that is served first.
        need_kw = round(need_w / 1000, 1) or math.ceil(need_w / 10) / 100
        return message("waits_for_lasting_energy", energy=limit.energy, need_kw=need_kw, **loads)
    if site.by_name[demand.load].can.takes_sg_state:
        # Nothing is reserved for a heat pump, so that any energy that is left ends its wait.
        return message("waits_for_energy", energy=limit.energy, free_kw=round(free_w / 1000, 1), **loads)
    values: dict[str, Value] = {"energy": limit.energy, **limit.details}
    if len(phases) > 1:
        values["phases"] = len(phases)
    elif len(phases) < len(site.phases) and len(limit.phases) == 1:
        values["phase"] = limit.phases[0].name
    values["free_kw"], values["need_kw"] = round(free_w / 1000, 1), round(need_w / 1000, 1)
    if looks_equal := values["free_kw"] == values["need_kw"]:
        values["free_w"], values["need_w"] = math.floor(free_w), math.ceil(need_w)
        values["free_kw"], values["need_kw"] = math.floor(free_w / 10) / 100, math.ceil(need_w / 10) / 100
    if "soc_pct" in values:
        return message("waits_behind_battery", **values)
    if "until" in values:
        return message("waits_for_hidden_sun", **values)
    return message("waits_for_energy_w" if looks_equal else "waits_for_energy", **values, **loads)
