"""Decision -> why a load has what it has: one message, the cause that decides."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping

from ..model.ceiling import Ceiling
from ..model.decision import Allocation, Demand, Hold, Share
from ..model.electrics import DUST, plain, watts
from ..model.load import Load, Mode
from ..model.load_memory import LoadMemory
from ..model.messages.message import Message, Value, code_of, message, values_of
from ..model.phase_switch import Stage
from ..model.site import Site
from ..model.snapshot import LoadState
from .allocation.allocation import could_get
from .estimators.usage_cap import cap_in_force_a
from .ramping.verdicts import BLIND_WORDS, MOMENTARY
from .step_context import Observed, Setpoint, Shares


def reason_of(seen: Observed, shares: Shares, demand: Demand, share: Share, setpoint: Setpoint) -> str:
    """Return the cause that decides what a load has now.

    A load that can use nothing says why. Otherwise a silent meter comes first, then what keeps the load on or off,
    then what keeps it below its share, then the limit of its share, and last what it does by itself.
    """
    return next(filter(None, _causes(seen, shares, demand, share, setpoint)))


def _causes(seen: Observed, shares: Shares, demand: Demand, share: Share, setpoint: Setpoint) -> Iterator[str]:
    """Yield every cause that applies, "" for one that does not, the decisive one first."""
    load, past = seen.site.by_name[demand.load], seen.memory.loads[demand.load]
    state = seen.snapshot.loads.get(demand.load) or LoadState(available=False)
    limit = share.limited_by[0] if share.limited_by else None
    needed_a = max(share.amps, demand.min_a)
    is_below = share.amps > 0 and demand.max_a > 0 and setpoint.amps + DUST < needed_a
    if past.command.deferred_cut_a > share.amps:
        yield message("cut_deferred", set_a=past.command.deferred_cut_a)
    if demand.max_a <= 0:
        yield state.missing
        yield state.note
        yield demand.reason
    if setpoint.why in BLIND_WORDS.values():
        yield setpoint.why
    if limit is not None and demand.hold is Hold.OFF and _outlasts(limit, demand.reason):
        yield _limit_message(seen.site, demand, share, shares, limit)
    yield demand.reason
    yield _until_measured(load, setpoint, shares)
    yield state.note
    if is_below and code_of(setpoint.why) not in MOMENTARY:
        yield setpoint.why
    if limit is not None:
        yield _limit_message(seen.site, demand, share, shares, limit)
    if is_below:
        yield setpoint.why
    yield _by_itself(past, demand, seen.now_s)
    yield message("all_it_can_use" if setpoint.amps + DUST >= demand.max_a else "rising")


PAUSE = "pause_min"
"""The value of a hold's message that says how long the minimum has to fit before a load starts again."""


def _outlasts(limit: Ceiling, reason: str) -> bool:
    """Whether the limit would keep a load off longer than the pause or the rest that keeps it off now."""
    values = values_of(reason)
    # A pause in minutes ends when the minimum has fitted for that long, one with a clock time by itself.
    return PAUSE in values or (limit.budget is not None and "until" in values)


def _by_itself(past: LoadMemory, demand: Demand, now_s: float) -> str:
    """Return why a load that nothing limits uses no more than it does; "" where it has all that it can use."""
    need, limit_a, usage_cap_a = past.switched.need, past.manual.limit_a, cap_in_force_a(past, now_s)
    if need is not None and need.wants and need.reason:
        return need.reason
    if limit_a is not None and demand.max_a <= limit_a + DUST:
        return message("set_by_hand", limit_a=limit_a)
    if usage_cap_a is not None and demand.max_a <= usage_cap_a + DUST:
        return message("uses_less", usage_cap_a=usage_cap_a)
    return message("boosted") if past.mode == Mode.BOOST else ""


def _until_measured(load: Load, setpoint: Setpoint, shares: Shares) -> str:
    """Return why a load that begins on other phases has its minimum and no more; "" for one that has nothing yet."""
    switch = shares.phase_switches.get(load.name)
    begins = switch is not None and switch.stage is Stage.STARTING and switch.reserved_a > 0
    return message("phases_unmeasured") if begins and setpoint.amps > 0 else ""


def _limit_message(site: Site, demand: Demand, share: Share, shares: Shares, limit: Ceiling) -> Message:
    """Return the message of the limit that a load's share ends at, or of what a load without a share waits for."""
    loads = _other_loads(limit, demand, shares.allocation)
    if share.amps > 0:
        if limit.budget is None or limit.cause in NO_SURPLUS_KNOWN or not _is_short_of_minimum(limit, demand):
            return limit.explained(share_a=share.amps, **loads)
        free_kw = max(watts(limit.room_a, limit.voltage_v), 0.0) / 1000
        values: dict[str, Value] = {**limit.details, "min_a": demand.min_a, "free_kw": free_kw}
        return message("minimum_without_energy", energy=limit.budget.energy, **values)
    if limit.budget is not None:
        free_a = could_get(shares.rooms.expected, demand, shares.allocation)
        return _waits(site, demand, free_a, limit, loads)
    held = values_of(demand.reason)
    if PAUSE in held:
        return limit.explained(fits_a=demand.min_a, pause_min=held[PAUSE], **loads)
    return limit.explained(min_a=demand.min_a, **loads)


def _is_short_of_minimum(limit: Ceiling, demand: Demand) -> bool:
    """Return whether a limit leaves less than the minimum of a load, even if no other load used any of it."""
    return limit.room_a + DUST < limit.weights.get(demand.load, 0.0) * demand.min_a


def _other_loads(limit: Ceiling, demand: Demand, allocation: Allocation) -> dict[str, Value]:
    """Return the loads that have a limit's amps, or its kilowatts if it is not a fuse, as a value of its message.

    They are not the cause where a budget would be too small for the minimum of this demand without them too.
    """
    if limit.budget is not None and _is_short_of_minimum(limit, demand):
        return {}
    takers = [
        f"{name} {_taken(limit, name, share)}"
        for name, share in allocation.items()
        if name != demand.load and share.amps > 0 and limit.weights.get(name, 0.0) > 0
    ]
    return {"loads": ", ".join(takers)} if takers else {}


def _taken(limit: Ceiling, name: str, share: Share) -> str:
    """Return how much of a limit a load has, in the unit of the limit's message."""
    if limit.fuse is not None or limit.against:
        return f"{plain(share.amps * limit.weights[name])} A"
    return f"{watts(share.amps * limit.weights[name], limit.voltage_v) / 1000:.1f} kW"


NO_SURPLUS_KNOWN = {
    "limited_by_unknown_surplus": "waits_for_known_energy",
    "limited_by_unknown_battery": "waits_for_known_battery",
}
"""Cause of a limit -> what a load waits for where the surplus is unknown."""


def _waits(site: Site, demand: Demand, free_a: float, limit: Ceiling, loads: Mapping[str, Value]) -> Message:
    """Return what a load waits for, with its minimum and the free energy in kilowatts over all its phases."""
    load = site.by_name[demand.load]
    energy = limit.budget.energy if limit.budget is not None else ""
    if limit.cause in NO_SURPLUS_KNOWN:
        return message(NO_SURPLUS_KNOWN[limit.cause], energy=energy)
    used_a = (demand.part * a for a in (max(free_a, 0.0), demand.min_a))
    free_w, need_w = (watts(a, site.voltage_v, len(load.phases)) for a in used_a)
    if free_w >= need_w:
        # There is enough just now, but it has not lasted yet or is reserved for a load that is served first.
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
