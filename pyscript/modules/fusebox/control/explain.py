"""Decision -> notes: what each load does and why, as reasons that a user can act on."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence

from .. import tuning
from ..model.ceiling import Budget, Ceiling
from ..model.decision import Allocation, Demand, Hold, Note, Share
from ..model.durations import NEVER_S
from ..model.electrics import DUST, plain, watts
from ..model.load import Load, Mode
from ..model.load_memory import LoadMemory
from ..model.messages.message import Message, Value, message
from ..model.phase_switch import Stage
from ..model.site import Site
from ..model.snapshot import LoadState, Snapshot, Status
from .allocation.allocation import available, could_get, kept_from
from .data_quality import DataQuality, quality_of, stages_s
from .diagnostics.load_faults import aside, is_out_of_hand, problem_of
from .diagnostics.phase_words import phase_words
from .limits.fuses import fuse_name
from .limits.headroom import Headroom
from .limits.tariff_limit import overrun_words
from .ramping.verdicts import AWAITS_READING, BLIND_WORDS
from .step_context import Observed, Setpoint, Shares

SWITCHING_HIDES = frozenset({"charging", "waiting", "paused"})
"""Statuses that are replaced by `switching` while the load's phases are switched."""

AWAITED = (Budget.SOLAR, Budget.EXCESS)
"""Budgets whose loads wait for energy by choice of their mode: they do not count as held back."""


def notes_of(seen: Observed, shares: Shares, setpoints: Mapping[str, Setpoint]) -> Mapping[str, Note]:
    """Return load name -> its note: currents [A], status, limits, reason and problem."""
    site, snapshot, memory = seen.site, seen.snapshot, seen.memory
    ceilings, allocation = shares.rooms.expected, shares.allocation
    by_load = {demand.load: demand for demand in shares.demands}
    notes = {}
    for load in site.loads:
        demand, share, setpoint = by_load[load.name], allocation[load.name], setpoints[load.name]
        state, past = snapshot.loads.get(load.name) or LoadState(available=False), memory.loads[load.name]
        limited_by = _limited_by(ceilings, demand, allocation, past)
        problem = problem_of(load, state, past, snapshot.now_s)
        words = _reason(site, load, demand, Share(share.amps, limited_by), setpoint, shares)
        reason = aside(past, share.amps, snapshot.now_s, load.is_switched) + "; ".join(words)
        reason = f"{reason}; {state.note}" if state.note else reason
        switch = shares.phase_switches.get(load.name)
        phases = phase_words(load, state, switch)
        reason = reason if phases is None else f"{reason}; {phases}"
        out_of_hand = bool(problem) and is_out_of_hand(state, past)
        quality = seen.data_quality[load.name]
        status = "fault" if out_of_hand else _status(load, state, setpoint, quality, demand)
        status = "switching" if setpoint.switches and status in SWITCHING_HIDES else status
        unsolved = out_of_hand or (load.mode is not Mode.OFF and (problem != "" or status == "fault"))
        problem = problem or state.missing or (switch and switch.problem) or ""
        notes[load.name] = Note(
            allocated_a=_allocated_a(share, demand, setpoint, quality),
            setpoint_a=setpoint.amps,
            available_a=share.amps if share.amps > 0 else available(ceilings, demand, allocation),
            status=status,
            limited_by=", ".join(_names(limited_by)) or (past.patience.paused_by if _is_paused(demand, past) else ""),
            reason=f"{problem}; {reason}" if problem else reason,
            cause=next((each for each in (problem, *words) if isinstance(each, Message)), None),
            problem=problem,
            noteworthy=_is_held(demand) or setpoint.switches,
            unsolved=unsolved,
            held_back=any(c.budget not in AWAITED for c in limited_by) or _is_paused(demand, past),
        )
    return notes


def _allocated_a(share: Share, demand: Demand, setpoint: Setpoint, quality: DataQuality) -> float:
    """Return the allocated current to publish [A]: the share, or no more than the setpoint.

    A load without good readings, or whose phases are being switched, has no more than its setpoint: the rest is
    reserved.
    """
    is_given = quality is DataQuality.GOOD and demand.most_now_a > share.amps and not setpoint.switches
    return share.amps if is_given else min(share.amps, setpoint.amps)


def _limited_by(
    ceilings: Sequence[Ceiling], demand: Demand, allocation: Allocation, past: LoadMemory
) -> tuple[Ceiling, ...]:
    """Return the ceilings that limit a load: those of its share, or the tightest over a held minimum.

    For a paused load, those that leave less than its minimum now: fuses, or budgets where it lacks energy.
    """
    limited_by = allocation[demand.load].limited_by
    if not limited_by and demand.hold is Hold.OFF:
        wires = _is_paused(demand, past)
        kept = kept_from(ceilings, demand, allocation) if wires or not demand.budget_ok else ()
        return tuple(c for c in kept if (wires if c.budget is None else not demand.budget_ok))
    if limited_by or demand.hold is not Hold.ON:
        return limited_by
    return tuple(sorted(Headroom(ceilings).blocking(demand), key=lambda c: c.room_a)[:1])


def _is_held(demand: Demand) -> bool:
    """Return whether a hold keeps a load off, or a load that should stop cannot be stopped."""
    return demand.max_a > 0 and (demand.hold in (Hold.OFF, Hold.LATER) or (demand.runs_on and demand.reason != ""))


def _is_paused(demand: Demand, past: LoadMemory) -> bool:
    """Return whether a load is off in a pause that was not caused by missing energy."""
    for_energy = past.patience.budget_stops_s and past.patience.budget_stops_s[-1] >= past.patience.paused_s
    waits = demand.max_a > 0 and demand.hold is Hold.OFF and past.setpoint_a <= 0
    return waits and past.patience.paused_s != NEVER_S and not for_energy


def _status(load: Load, state: LoadState, setpoint: Setpoint, quality: DataQuality, demand: Demand) -> str:
    """Return the status word of a load, such as `charging`, `paused`, `blind` or `fault`."""
    if state.left_alone:
        return "waiting"
    if not state.available or state.status is Status.FAULT:
        return "fault"
    if quality is not DataQuality.GOOD:
        return "blind"
    if load.is_switched:
        # Of what is counted by its relays it is known whether any is on.
        runs = setpoint.amps > 0 and not (state.counted and not any(state.draw_a))
        return "on" if runs else "off"
    if state.status in (Status.UNPLUGGED, Status.FULL):
        return str(state.status)
    draws = any((draw_a or 0.0) > tuning.DRAWS_A for draw_a in state.draw_a)
    if setpoint.amps <= 0:
        return "paused" if demand.max_a <= 0 or demand.hold is Hold.OFF else "waiting"
    measured = any(draw_a is not None for draw_a in state.draw_a)
    if state.status is Status.SUSPENDED_CAR or (measured and not draws):
        return "waiting"
    return "charging"


def _other_loads(ceiling: Ceiling, demand: Demand, allocation: Allocation) -> dict[str, Value]:
    """Return `{"loads": ...}`, the loads that use a limit and how much, as values for its message; empty for none.

    Also empty where a budget would not cover the minimum of this demand without them either.
    """
    if ceiling.budget is not None and ceiling.room_a + DUST < ceiling.weights.get(demand.load, 0.0) * demand.min_a:
        return {}
    takers = [
        f"{name} {_taken(ceiling, name, share)}"
        for name, share in allocation.items()
        if name != demand.load and share.amps > 0 and ceiling.weights.get(name, 0.0) > 0
    ]
    return {"loads": ", ".join(takers)} if takers else {}


def _taken(ceiling: Ceiling, name: str, share: Share) -> str:
    """Return how much of a limit a load uses, as text in the unit of the limit's reason."""
    if ceiling.fuse is not None or ceiling.against:
        return f"{plain(share.amps * ceiling.weights[name])} A"
    return f"{watts(share.amps * ceiling.weights[name], ceiling.voltage_v) / 1000:.1f} kW"


def _reason(site: Site, load: Load, demand: Demand, share: Share, setpoint: Setpoint, shares: Shares) -> list[str]:
    """Return the messages for why a load has its current, the cause first."""
    share_a, limited_by = share.amps, share.limited_by
    free_a = 0.0 if share_a > 0 else could_get(shares.rooms.expected, demand, shares.allocation)
    words = list(filter(None, [demand.reason or _until_measured(load, setpoint, shares)]))
    if limited_by and (not words or demand.hold is Hold.OFF):
        limit, loads = limited_by[0], _other_loads(limited_by[0], demand, shares.allocation)
        if share_a > 0:
            words.append(limit.explained(share_a=share_a, **loads))
        elif limit.budget is None:
            words.append(limit.explained(min_a=demand.min_a, **loads))
        else:
            words.append(_waits(site, load, demand, free_a, limit, loads))
    waits = share_a > 0 and demand.max_a > 0 and setpoint.amps + DUST < max(share_a, demand.min_a)
    if setpoint.why in BLIND_WORDS.values() or (waits and setpoint.why and setpoint.why != AWAITS_READING):
        words.append(setpoint.why)
    if not words:
        words.append(message("all_it_can_use" if setpoint.amps + DUST >= demand.max_a else "rising"))
    return words


def _until_measured(load: Load, setpoint: Setpoint, shares: Shares) -> str:
    """Return why a load that starts on other phases has only its minimum; "" for none or while it has nothing."""
    switch = shares.phase_switches.get(load.name)
    begins = switch is not None and switch.stage is Stage.STARTING and switch.reserved_a > 0
    return message("phases_unmeasured") if begins and setpoint.amps > 0 else ""


def _names(limited_by: Sequence[Ceiling]) -> list[str]:
    """Return the names of the limiting ceilings, each once; several parts of one budget become the budget's name."""
    parts = Counter(c.budget for c in limited_by)
    return list(dict.fromkeys(str(c.budget) if c.budget and parts[c.budget] > 1 else c.name for c in limited_by))


NO_SURPLUS_KNOWN = {
    "limited_by_unknown_surplus": "waits_for_known_energy",
    "limited_by_unknown_battery": "waits_for_known_battery",
}
"""Cause of a limit -> what a load waits for where no surplus is known."""


def _waits(
    site: Site, load: Load, demand: Demand, free_a: float, limit: Ceiling, loads: Mapping[str, Value]
) -> Message:
    """Return the message for what a load waits for: its minimum and the free energy [kW over all its phases]."""
    energy = limit.budget.energy if limit.budget is not None else ""
    if limit.cause in NO_SURPLUS_KNOWN:
        return message(NO_SURPLUS_KNOWN[limit.cause], energy=energy)
    used_a = (demand.part * a for a in (max(free_a, 0.0), demand.min_a))
    free_w, need_w = (watts(a, site.voltage_v, len(load.phases)) for a in used_a)
    if free_w >= need_w:
        # There is enough now, but not for long enough yet, or a load that is served first has not risen to its share.
        return message("waits_for_lasting_energy", energy=energy, **loads)
    values: dict[str, Value] = {"energy": energy, **limit.details}
    if len(load.phases) > 1:
        values["phases"] = len(load.phases)
    elif len(load.phases) < len(site.phases) and len(limit.phases) == 1:
        values["phase"] = limit.phases[0].name
    values["free_kw"], values["need_kw"] = round(free_w / 1000, 1), round(need_w / 1000, 1)
    if "soc_pct" in values:
        return message("waits_behind_battery", **values)
    if values["free_kw"] == values["need_kw"]:
        values["free_w"], values["need_w"] = math.floor(free_w), math.ceil(need_w)
        return message("waits_for_energy_w", **values, **loads)
    return message("waits_for_energy", **values, **loads)


def site_words(
    site: Site,
    snapshot: Snapshot,
    ceilings: Sequence[Ceiling],
    notes: Mapping[str, Note],
    data_quality: Mapping[str, DataQuality],
) -> tuple[str, str]:
    """Return the state word of the site and the sentence that explains it."""
    blind = sorted(n for n, quality in data_quality.items() if quality is not DataQuality.GOOD and n in snapshot.loads)
    over = [c for c in ceilings if c.known and c.exceeded]
    unknown = [c for c in ceilings if not c.known and c.budget is None]
    faulty = [name for name, note in notes.items() if note.unsolved]
    limited = [name for name, note in notes.items() if note.held_back]
    waiting = [
        name
        for name, note in notes.items()
        if note.noteworthy or note.limited_by or note.setpoint_a + DUST < note.allocated_a
    ]
    if over:
        # A wire can burn; energy only costs.
        worst = max(over, key=lambda c: (c.bears_s is None, c.flow_a / c.rating_a))
        flows = f"{worst.name}: {worst.flow_a:.1f} A flows, {plain(worst.rating_a)} A allowed"
        state, reason = "over", flows if worst.bears_s is None else overrun_words(worst, ceilings, notes)
    elif blind:
        state, reason = "blind", _blindness(site, snapshot, blind, data_quality)
    elif unknown:
        state, reason = "blind", f"{unknown[0].name} is not fully measured"
    elif faulty or limited or waiting:
        # The state is that of the worst load.
        state = "fault" if faulty else "limited" if limited else "ok"
        reason = "; ".join(f"{name}: {notes[name].reason}" for name in faulty or limited or waiting)
    else:
        state, reason = "ok", "every load has what it can use"
    return state, "; ".join([reason, *_slow_meters(site, snapshot)])


def _blindness(site: Site, snapshot: Snapshot, blind: Sequence[str], data_quality: Mapping[str, DataQuality]) -> str:
    """Return a sentence: which meters do not report, and for which loads, the worst stage first."""
    stages: dict[DataQuality, list[str]] = {}
    for name in blind:
        stages.setdefault(data_quality[name], []).append(name)
    meters = [
        f"{fuse_name(circuit, phase)} ({', '.join(site.circuit(circuit).grid[phase].entities)})"
        for circuit, phases in snapshot.grid_a.items()
        for phase, reading in phases.items()
        if quality_of(site, reading) is not DataQuality.GOOD
    ]
    told = "; ".join(f"{', '.join(stages[quality])} {BLIND_WORDS[quality]}" for quality in sorted(stages, reverse=True))
    return f"{', '.join(meters)} not seen: {told}"


def _slow_meters(site: Site, snapshot: Snapshot) -> list[str]:
    """Return a sentence for each meter that reports so slowly that its stale and fail-safe ages are extended."""
    found = []
    for circuit, phases in snapshot.grid_a.items():
        for phase, reading in phases.items():
            stale_s, failsafe_s = stages_s(site, reading)
            if (stale_s, failsafe_s) != (site.stale_after_s, site.failsafe_after_s):
                name = fuse_name(circuit, phase)
                found.append(f"{name} reports slowly: late after {stale_s:.0f} s, fail-safe after {failsafe_s:.0f} s")
    return found
