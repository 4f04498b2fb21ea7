"""The thermal budget of a breaker or fuse: how long an overload may last before it must be shed.

A first-order model of the bimetal: d(theta)/dt = ((I/In)^2 - theta)/tau, 1.0 after a long time at the rating. It is a
budget, not a protection: IEC 60898-1 lets a breaker trip within a second at 2.55 In. It decides only when a charger
that already is at its minimum has to pause; nothing is ever planned above the rating.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.data_quality import is_implausible
from ...model.durations import NEVER_S
from ...model.equipment import Circuit, FuseType
from ...model.load_memory import LoadMemories
from ...model.memory import Memory
from ...model.meter_memory import FuseMemory
from ...model.records import fast_replace
from ...model.site import Site
from ...model.snapshot import Snapshot
from ..estimators.compliance import expected_fall_a

LINKY_TAU_S = 124.5
"""The time constant of a Linky meter [s]: it filters squared power with 0.008 each second, which is 1/124.5."""


def update_fuses(site: Site, snapshot: Snapshot, memory: Memory, ceilings: Iterable[Ceiling]) -> Memory:
    """Return the memory with the thermal state of each fuse now, and how often in a row its current was high.

    Ceilings without a fuse are left out; a fuse without memory starts as warm as its present current would make it.
    """
    found = {}
    for ceiling in ceilings:
        if ceiling.fuse is not None:
            past, circuit = memory.fuses.get(ceiling.name), site.circuit(ceiling.fuse)
            after_commands_a = _current_after_commands_a(ceiling, snapshot, memory.loads)
            fuse = _update_fuse(ceiling, past, circuit, snapshot.now_s)
            found[ceiling.name] = _count_overload_readings(ceiling, fuse, after_commands_a)
    return fast_replace(memory, fuses=found)


def _time_constant_s(circuit: Circuit) -> float:
    """Return the time constant of a circuit's fuse [s], by its type."""
    if circuit.fuse_type is FuseType.LINKY:
        return LINKY_TAU_S
    return tuning.FUSE_GG_TAU_S if circuit.fuse_type is FuseType.GG else tuning.FUSE_B_TAU_S


def _shed_theta(circuit: Circuit, final_theta: float) -> float:
    """Return the theta from which loads of a circuit are shed: `SHED_THETA`, for a Linky `SHED_THETA_LINKY`.

    A Linky opens at once, so its loads are shed while they have `QUICK_S` to follow before it would be reached.
    `final_theta`: what the present current would reach at last.
    """
    if circuit.fuse_type is not FuseType.LINKY:
        return tuning.SHED_THETA
    left = (tuning.SHED_THETA_LINKY - final_theta) * math.exp(tuning.QUICK_S / LINKY_TAU_S)
    return min(tuning.SHED_THETA_LINKY, final_theta + left)


def _current_after_commands_a(ceiling: Ceiling, snapshot: Snapshot, loads: LoadMemories) -> float:
    """Return the current through a fuse once the loads have followed their last cuts [A].

    Not reduced for a fuse that is not overdrawn.
    """
    if not ceiling.overdrawn:
        return ceiling.flow_a
    weights = ceiling.weights
    return ceiling.flow_a - sum(
        weights[name] * expected_fall_a(snapshot.state_of(name), loads[name], amps / weights[name], snapshot.now_s)
        for name, amps in ceiling.drawn_a.items()
    )


def relieved_fuses(
    site: Site, exhausted: Mapping[str, FuseMemory], headrooms_beyond: Iterable[tuple[Ceiling, float]], now_s: float
) -> Mapping[str, FuseMemory]:
    """Return the `exhausted` fuses over a load that paused for them, warmed until now, with the current that will flow.

    That is their current once the loads that make way for this load are off. `headrooms_beyond`: the load's ceilings,
    each with the headroom beyond the loads that do not make way [A]. An implausible reading warms nothing. A fuse that
    carries its rating less the margin stays warm for as long as it does; that keeps no load off.
    """
    found = {}
    for ceiling, left_a in headrooms_beyond:
        if ceiling.name in exhausted and ceiling.fuse is not None:
            tau_s = _time_constant_s(site.circuit(ceiling.fuse))
            before = _convert_to_rating(exhausted[ceiling.name], ceiling.rating_a)
            theta = _theta_now(before, tau_s, now_s)
            flow_a = before.flow_a if is_implausible(ceiling) else ceiling.used_a + ceiling.headroom_a - left_a
            found[ceiling.name] = fast_replace(before, theta=theta, at_s=now_s, flow_a=flow_a)
    return found


def may_carry(circuit: Circuit, fuse: FuseMemory, flow_a: float, lasts_s: float) -> bool:
    """Return whether a fuse, from its present warmth, may carry a current [A] for so long [s].

    Never from `SHED_RATIO` of its rating on. Below that while it makes the fuse no warmer than the current a breaker
    carries for an hour (IEC 60898-1); a Linky meter, while its filter is at most at `SHED_THETA_LINKY`.
    """
    ratio = flow_a / fuse.rating_a
    theta = _theta_now(fast_replace(fuse, flow_a=flow_a), _time_constant_s(circuit), fuse.at_s + lasts_s)
    is_linky = circuit.fuse_type is FuseType.LINKY
    most_theta = tuning.SHED_THETA_LINKY if is_linky else _final_theta(tuning.RAISE_BORNE_RATIO)
    return ratio < tuning.SHED_RATIO and theta <= most_theta


def _update_fuse(ceiling: Ceiling, before: FuseMemory | None, circuit: Circuit, now_s: float) -> FuseMemory:
    """Return the thermal state of a fuse now, from its last state and the current since then.

    An implausible reading does not warm it. Without a last state, and at the first reading of its meter, its present
    current counts as if it had always flowed.
    """
    flow_a = ceiling.flow_a
    if is_implausible(ceiling):
        # An implausible reading warms nothing, however long it is the newest; two in a row shed like any overload.
        flow_a = ceiling.rating_a if before is None else before.flow_a
    final_theta = _final_theta(flow_a / ceiling.rating_a)
    shed_theta = _shed_theta(circuit, final_theta)
    if before is None or before.reported_s == NEVER_S:
        before = FuseMemory(final_theta, now_s, flow_a, ceiling.rating_a, shed_theta)
    before = _convert_to_rating(before, ceiling.rating_a)
    theta = _theta_now(before, _time_constant_s(circuit), now_s)
    return fast_replace(before, theta=theta, at_s=now_s, flow_a=flow_a, shed_theta=shed_theta)


def _count_overload_readings(ceiling: Ceiling, fuse: FuseMemory, after_commands_a: float) -> FuseMemory:
    """Return the fuse with consecutive high readings counted: of at least `SHED_RATIO`, once the loads have followed.

    Unchanged without a new reading; a lower one resets the count to 0.
    """
    if ceiling.reported_s <= fuse.reported_s:
        return fuse
    high = fuse.high_readings + 1 if after_commands_a >= tuning.SHED_RATIO * ceiling.rating_a else 0
    return fast_replace(fuse, high_readings=high, reported_s=ceiling.reported_s)


def _convert_to_rating(before: FuseMemory, rating_a: float) -> FuseMemory:
    """Return the fuse's state converted to another rating: the warmth by the square of the ratio, high readings at 0.

    Unchanged for the same rating. CONFIG may have changed it.
    """
    if rating_a == before.rating_a:
        return before
    theta = before.theta * (before.rating_a / rating_a) ** 2
    return fast_replace(before, theta=theta, high_readings=0, rating_a=rating_a)


def _theta_now(before: FuseMemory, tau_s: float, now_s: float) -> float:
    """Return theta now: the last read current has flowed since the last value, a new reading counts from now on."""
    final = _final_theta(before.flow_a / before.rating_a)
    return final + (before.theta - final) * math.exp(-max(now_s - before.at_s, 0.0) / tau_s)


def _final_theta(ratio: float) -> float:
    """Return the theta that a current reaches at last: the square of its ratio to the rating."""
    return ratio**2


def is_exhausted(fuse: FuseMemory) -> bool:
    """Return whether a fuse's thermal budget is used up, so that no load may be held on under it.

    By its warmth, or by `SHED_READINGS` high readings in a row.
    """
    return fuse.theta >= fuse.shed_theta or fuse.high_readings >= tuning.SHED_READINGS


def stays_exhausted(ceiling: Ceiling, fuse: FuseMemory, flow_a: float) -> bool:
    """Return whether a fuse is exhausted, by warmth or by high readings in a row, and would stay so at `flow_a` [A]."""
    ratio = flow_a / ceiling.rating_a
    warm, high = fuse.theta >= fuse.shed_theta, fuse.high_readings >= tuning.SHED_READINGS
    return (warm and _final_theta(ratio) >= fuse.shed_theta) or (high and ratio >= tuning.SHED_RATIO)


def borne_ratio(fuse: FuseMemory) -> float:
    """Return the multiple of its rating that a fuse carries for so long that a plug or tank may stay on.

    `RAISE_BORNE_RATIO`, which is a breaker's (IEC 60898-1). A Linky meter, shed below 1.0, carries no more than its
    contract: what its filter has left is for the house.
    """
    return tuning.RAISE_BORNE_RATIO if fuse.shed_theta >= 1.0 else 1.0


def has_recovered(fuse: FuseMemory) -> bool:
    """Return whether a fuse has cooled enough for the loads paused for it to return: below `RECOVERED_THETA`.

    The present current may keep a large fuse warmer than that, although there is room for a load: then the mean of what
    it would keep it at and `shed_theta` counts.
    """
    stays_at = min(_final_theta(fuse.flow_a / fuse.rating_a), 1.0)
    return fuse.theta < max(tuning.RECOVERED_THETA, (stays_at + fuse.shed_theta) / 2)


def used_budget_pct(fuse: FuseMemory) -> float:
    """Return how much of the thermal budget is used [%]: 0 is a cold fuse, at 100 loads are shed.

    Also 100 after `SHED_READINGS` high readings in a row.
    """
    return 100.0 * min(fuse.theta / fuse.shed_theta, 1.0) if fuse.high_readings < tuning.SHED_READINGS else 100.0
