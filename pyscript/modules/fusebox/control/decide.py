"""The results of all stages of a step -> one decision, and on request its notes: what each load does and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from .. import tuning
from ..model.ceiling import Budget, Ceiling
from ..model.data_quality import DataQuality
from ..model.decision import Command, Decision, DecisionReport, Demand, Hold, LoadNote, Share
from ..model.durations import NEVER_S
from ..model.load import Load, Mode
from ..model.load_memory import LoadMemory
from ..model.messages.message import code_of, message
from ..model.phases_memory import NEW_PHASES
from ..model.records import fast_replace
from ..model.snapshot import LoadState, Status
from .allocation.allocation import attainable_current_a, headroom_without
from .demand.group_order import update_groups
from .demand.phase_rules import phases_reason
from .estimators.acknowledgement import is_same_current, is_unresponsive, report_ignoring_after_s
from .estimators.compliance import exceeding_for_s, is_excess_reported, non_compliant_draw_a
from .estimators.draws import present_draw, runs_unblocked
from .estimators.production import battery_problems, negative_sun_messages
from .hidden_sun import update_hidden_sun
from .limits.headroom import Headroom
from .limits.supply import unknown_surplus_messages, unused_production_w
from .load_reason import load_reason
from .site_reason import site_state_and_reason
from .step_context import RampResult, Setpoint, Shares, Situation

SWITCHING_HIDES = frozenset({"charging", "waiting", "paused"})
"""Statuses that are replaced by `switching` while the load's phases are switched."""

AWAITED = (Budget.SOLAR, Budget.EXCESS)
"""Budgets whose loads wait for energy by choice of their mode: they do not count as held back."""


def explain_load(load: Load, observed: Situation, shares: Shares, demand: Demand, setpoint: Setpoint) -> LoadNote:
    """Return the note of one load: currents [A], status, limits, reason and problem.

    The reason is the problem, if there is one; one that may let the load exceed its allowance makes it a "fault".
    Without a problem, what its setup lacks, or a failed phase switch, is published as the problem; without a limit, the
    ceiling that paused the load is published as its limit.
    """
    snapshot, past = observed.snapshot, observed.memory.loads[load.name]
    state, share = snapshot.state_of(load.name), _share_in_force(shares.allocation[load.name], setpoint, load, past)
    quality, switch = observed.data_quality[load.name], shares.phase_switches.get(load.name)
    is_as_planned = _has_planned_current(load, demand, share)
    limited_by = () if is_as_planned else _limiting_ceilings(shares, share, demand, past)
    demand = fast_replace(demand, max_a=share.amps) if is_as_planned else demand
    fits = observed.memory.phases_in_use.get(load.name, NEW_PHASES).excess_s is None
    problem = _load_problem(load, state, past, snapshot.now_s, fits=fits)
    may_exceed = bool(problem) and _may_exceed_allowance(state, past)
    status = "fault" if may_exceed else _status_word(load, state, setpoint, quality, demand)
    shows_off = state.offer_a == 0 and not state.draw_a.highest
    if problem and status == "on" and (code_of(problem) == "on_not_taken" or shows_off):
        status = "off"
    if setpoint.switches and status in SWITCHING_HIDES:
        status = "switching"
    # One that is only off until its plan begins is needed then.
    is_needed = load.mode is not Mode.OFF or load.plan is not None
    paused_by = past.patience.paused_by if _is_paused(demand, past) else ""
    # Without good readings, while phases are switched and from `most_now_a` on, the rest is only reserved.
    is_given = quality is DataQuality.GOOD and demand.most_now_a > share.amps and not setpoint.switches
    return LoadNote(
        allocated_a=share.amps if is_given else min(share.amps, setpoint.amps),
        setpoint_a=setpoint.amps,
        available_a=share.amps or attainable_current_a(shares.ceilings.expected, demand, shares.allocation),
        status=status,
        limited_by=", ".join(_ceiling_names(limited_by)) or paused_by,
        reason=problem or load_reason(observed, shares, demand, Share(share.amps, limited_by), setpoint),
        phases_reason=phases_reason(load, state, switch) or "",
        problem=problem or state.missing or (switch and switch.problem) or "",
        noteworthy=_is_held(demand) or setpoint.switches or code_of(demand.reason) == "maximum_below_minimum",
        unsolved=may_exceed or (is_needed and (problem != "" or status == "fault")),
        held_back=any(c.budget not in AWAITED for c in limited_by) or _is_paused(demand, past),
    )


def _has_planned_current(load: Load, demand: Demand, share: Share) -> bool:
    """Return whether a load that nothing holds has its plan's current, or less by at most `SHOWN_MOVED_A`.

    A plan gives it just what the fuses are expected to leave, so the reason would alternate between plan and fuse.
    """
    is_by_plan = load.plan is not None and load.max_a < load.user_max_a and demand.hold is None
    return is_by_plan and demand.min_a <= share.amps and demand.max_a - share.amps <= tuning.SHOWN_MOVED_A


def _share_in_force(share: Share, setpoint: Setpoint, load: Load, past: LoadMemory) -> Share:
    """Return a load's share; where its setpoint stays higher though nothing defers the cut, that, with what stops it.

    So within a margin, and under `optimized` where it is to give back energy that does not limit it to the next load.
    """
    if not 0 < share.amps < setpoint.amps or past.command.deferred_cut_a > share.amps or not share.limited_by:
        return share
    return Share(setpoint.amps, tuple(ceiling for ceiling in share.limited_by if ceiling.stops(load.name)))


def _limiting_ceilings(shares: Shares, share: Share, demand: Demand, past: LoadMemory) -> tuple[Ceiling, ...]:
    """Return the ceilings that limit a load: those of its share; without any, by its hold.

    Of a load without a share only the budgets, if there are any: without energy it would not run under any fuse.
    Held off: those that leave less than its minimum in addition to the other shares, budgets if it lacks energy, and
    others if it is paused. Held on: of those below its minimum, measured ones first, the one with the least headroom.
    Otherwise empty.
    """
    ceilings = shares.ceilings.expected
    budgets = tuple(c for c in share.limited_by if c.budget is not None and share.amps <= 0)
    limited_by = budgets or share.limited_by
    if not limited_by and demand.hold is Hold.OFF:
        wires, others = _is_paused(demand, past), headroom_without(ceilings, demand, shares.allocation)
        kept = others.ceilings_below_minimum(demand) if wires or not demand.budget_ok else ()
        return tuple(c for c in kept if (wires if c.budget is None else not demand.budget_ok))
    if limited_by or demand.hold is not Hold.ON:
        return _tightest_first(limited_by, shares)
    short = sorted(Headroom(ceilings).ceilings_below_minimum(demand), key=lambda c: (not c.known, c.headroom_a))
    return tuple(short[:1])


def _tightest_first(limited_by: tuple[Ceiling, ...], shares: Shares) -> tuple[Ceiling, ...]:
    """Return a load's limits; those that leave `SHOWN_MOVED_A` more than the tightest one now come last.

    A fuse without headroom a moment ago is a limit too, but not the first to be named, nor is one without a good
    reading. Unchanged where a budget is one.
    """
    if len(limited_by) < 2 or any(c.budget is not None for c in limited_by):
        return limited_by
    left_a = {
        c.name: c.headroom_a - sum(share.amps * c.weights.get(load, 0.0) for load, share in shares.allocation.items())
        for c in shares.ceilings.expected
    }
    least_a = min((left_a[c.name] for c in limited_by if c.known), default=0.0)
    return tuple(sorted(limited_by, key=lambda c: not c.known or left_a[c.name] > least_a + tuning.SHOWN_MOVED_A))


def _is_held(demand: Demand) -> bool:
    """Return whether a load with a demand is held off, or should stop and cannot be stopped."""
    return demand.max_a > 0 and (demand.hold in (Hold.OFF, Hold.LATER) or (demand.runs_on and demand.reason != ""))


def _is_paused(demand: Demand, past: LoadMemory) -> bool:
    """Return whether a load with a demand is off in a pause that was not caused by missing energy."""
    for_energy = past.patience.budget_stops_s and past.patience.budget_stops_s[-1] >= past.patience.paused_s
    waits = demand.max_a > 0 and demand.hold is Hold.OFF and past.setpoint_a <= 0
    return waits and past.patience.paused_s != NEVER_S and not for_energy


def _status_word(load: Load, state: LoadState, setpoint: Setpoint, quality: DataQuality, demand: Demand) -> str:
    """Return the status word of a load: first `waiting` if left alone, `fault`, `blind` without good readings.

    An unavailable load has a fault. Otherwise a switched load is `on` or `off`, a charger `unplugged` or `full`, and a
    Quasar that discharges is `charging`. With a setpoint of 0 it is `paused` without a demand or held off, else
    `waiting`. With a setpoint it is `waiting` if its car suspends or a sensor shows no draw, else `charging`.
    """
    if state.left_alone:
        return "waiting"
    if not state.available or state.status is Status.FAULT:
        return "fault"
    if quality is not DataQuality.GOOD:
        return "blind"
    if load.is_switched:
        # Of what is counted by its relays it is known whether any is on.
        runs = setpoint.amps > 0 and not (state.counted and not any(state.draw_a))
        return "on" if runs or runs_unblocked(load, state) else "off"
    if state.status in (Status.UNPLUGGED, Status.FULL):
        return str(state.status)
    drawn_a = state.draw_a.highest
    if setpoint.amps <= 0 and (drawn_a or 0.0) >= -tuning.DRAWS_A:
        return "paused" if demand.max_a <= 0 or demand.hold is Hold.OFF else "waiting"
    rests = drawn_a is not None and abs(drawn_a) <= tuning.DRAWS_A
    return "waiting" if state.status is Status.SUSPENDED_CAR or rests else "charging"


def _ceiling_names(limited_by: Sequence[Ceiling]) -> list[str]:
    """Return the names of the limiting ceilings, each once; several parts of one budget become the budget's name."""
    parts = Counter(c.budget for c in limited_by)
    return list(dict.fromkeys(str(c.budget) if c.budget and parts[c.budget] > 1 else c.name for c in limited_by))


def _load_problem(load: Load, state: LoadState, past: LoadMemory, now_s: float, *, fits: bool) -> str:
    """Return the most serious problem of a load, "" for none; of an unavailable load only its device's own fault.

    That fault, then an ignored limit, then commands that its device does not display, then a problem of its need. A
    device that verifies its commands itself has no third. Without `fits` it draws more than its only phase carries:
    that is no ignored limit, but probably a wrong number of phases.
    """
    if state.fault or not state.available:
        return state.fault
    need, exceeded_a = past.switched.need, non_compliant_draw_a(past, now_s)
    # A draw reported before the load could follow is no proof that it ignores its limit.
    ignores = exceeding_for_s(past, now_s) >= report_ignoring_after_s(past.response)
    ignores = ignores and is_excess_reported(state, past, now_s)
    if fits and ignores and not past.switched.left_alone:
        values = load.in_own_unit(draw_a=present_draw(load, state).highest or 0.0, set_a=past.setpoint_a)
        if state.refused and past.command.awaits:
            return message("limit_refused", service=state.refused, **values)
        return message("relays_ignore_limit" if state.counted else "ignores_limit", **values)
    if fits and exceeded_a is not None:
        code = "relays_ignored_limit" if state.counted else "ignored_limit"
        return message(code, **load.in_own_unit(draw_a=exceeded_a))
    if state.verifies or not is_unresponsive(past, state, now_s):
        return "" if need is None else need.problem
    awaited_a = past.command.awaited_a
    if awaited_a is not None and not is_same_current(awaited_a, state.offer_a):
        if state.offer_a is None:
            return message("current_not_displayed", sent_a=awaited_a)
        if load.can.in_watts:
            return message("power_not_taken", shown_w=load.watts_of(state.offer_a), sent_w=load.watts_of(awaited_a))
        return message("current_not_taken", shown_a=state.offer_a, sent_a=awaited_a)
    if state.on is None and (switch := load.device.get("switch")) is not None:
        return message("relay_unanswered", relays=str(switch))
    return message("on_not_taken" if past.command.awaited_on else "off_not_taken")


def _may_exceed_allowance(state: LoadState, past: LoadMemory) -> bool:
    """Return whether a load with a problem may draw more than it was given, so that its status is `fault`.

    So if its device has a fault, its draw exceeds the setpoint, the device displays more than it was sent, or it does
    not display the off that it was sent.
    """
    if state.fault:
        return True
    awaited_a, awaited_on = past.command.awaited_a, past.command.awaited_on
    more = awaited_a is not None and state.offer_a is not None and state.offer_a > awaited_a
    return past.timing.over_since_s is not None or more or (awaited_on is False and state.on is not False)


def build_decision(observed: Situation, shares: Shares, ramped: RampResult, commands: tuple[Command, ...]) -> Decision:
    """Return the decision: commands, memory, ceilings, shares, surplus [W], problems and the function that explains.

    The problems are those of the batteries, or without any those of the supply sensors; negative sun, and stuck meters.
    The memory gets the loads and phase switches of `ramped`, and its hidden sun and groups are updated.
    """
    site, snapshot, supply, ceilings = observed.site, observed.snapshot, shares.limits.supply, shares.limits.ceilings
    doubts = battery_problems(site, observed.memory.batteries) or unknown_surplus_messages(site, snapshot, supply)
    problems = (*doubts, *negative_sun_messages(site, snapshot), *observed.meter_problems)
    memory = fast_replace(observed.memory, loads=ramped.loads, phase_switches=ramped.phase_switches)
    groups = update_groups(site, snapshot, memory.groups)
    memory = fast_replace(memory, hidden_sun=update_hidden_sun(observed, shares, ramped), groups=groups)

    def explain() -> DecisionReport:
        """Return the notes of all loads, and the site's state word and reason."""
        demands, setpoints = {demand.load: demand for demand in shares.demands}, ramped.setpoints
        notes = {n: explain_load(load, observed, shares, demands[n], setpoints[n]) for n, load in site.by_name.items()}
        return DecisionReport(notes, *site_state_and_reason(observed, ceilings, notes))

    surplus_w = unused_production_w(site, supply)
    return Decision(commands, memory, ceilings, shares.allocation, surplus_w, problems, explain)
