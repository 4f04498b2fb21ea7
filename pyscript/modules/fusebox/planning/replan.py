"""A finished plan: the power that each load requests now by it, and when a new plan is made. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from .. import tuning
from ..model.durations import HOUR_S, QUARTER_S
from .need import DUST_KW, DUST_KWH, SLOT_H, UNLIMITED_STARTS, Limit, Need, PeakTariff, PlanProblem, possible_power_kw
from .planner import Outcome
from .prices import Prices


@dataclass(frozen=True, slots=True)
class PlanRecord:
    """A plan and what it was made for."""

    from_s: float
    """When its first slot began [s since 1970]."""
    needs: Mapping[str, Need]
    """The needs at that time."""
    prices: Prices
    outcome: Outcome
    spare_kwh: Mapping[str, float] = field(default_factory=dict)
    """Need -> energy that it could take until its exact time in addition to the plan [kWh]."""

    def powers_from(self, name: str, from_s: float, slots: int) -> tuple[float, ...]:
        """Return a need's planned power in `slots` slots, the first beginning at `from_s` [kW]; 0 where unplanned."""
        first = int((from_s - self.from_s) // QUARTER_S)
        powers = ((0.0,) * -first + self.outcome.powers.get(name, ())[max(first, 0) :])[:slots]
        return powers + (0.0,) * (slots - len(powers))

    def total_from(self, names: Iterable[str], from_s: float, slots: int) -> list[float]:
        """Return the planned power of all these needs together in `slots` slots from `from_s` on [kW]."""
        every = [self.powers_from(name, from_s, slots) for name in names]
        return [sum(at_slot) for at_slot in zip((0.0,) * slots, *every, strict=True)]

    def all_powers_from(self, needs: Sequence[Need], from_s: float, slots: int) -> Mapping[str, tuple[float, ...]]:
        """Return need -> its planned power in `slots` slots from `from_s` on [kW], for all these needs."""
        return {need.name: self.powers_from(need.name, from_s, slots) for need in needs}


def drop_small_unplanned_energy(problem: PlanProblem, made: PlanRecord | None, from_s: float) -> PlanProblem:
    """Return the problem in which needs that the plan in force nearly meets are lowered to what it gives them.

    What such a need lacks is less than `PLAN_OFF_KWH`, than one slot at full power, and than the headroom after its
    last block, where it can still be taken. Only needs that have to be met, and at the same time as before, are
    lowered. Unchanged without a plan, and below a billed peak, where there may be no headroom. Loads start some seconds
    late, so most quarter hours leave a rest, for which they would run on into a dearer one.
    """
    if made is None or problem.peak is not None:
        return problem
    needs, waiting_kwh = [], 0.0
    planned = made.all_powers_from(problem.needs, from_s, len(problem.forecast.prices))
    for need in problem.needs:
        planned_kw = planned[need.name][: need.end]
        rest_kwh = need.energy_kwh - SLOT_H * sum(planned_kw)
        after = max([slot + 1 for slot, kw in enumerate(planned_kw) if kw > DUST_KW], default=0)
        # Below its least it runs the shorter.
        anyhow = replace(need, min_kw=0.0)
        headrooms_kw = [possible_power_kw(anyhow, problem.limits, slot, planned) for slot in range(after, need.end)]
        headroom_kwh = SLOT_H * sum(headrooms_kw) - waiting_kwh
        # A small pump takes less than that in hours.
        most_kwh = min(tuning.PLAN_OFF_KWH, need.max_kw * SLOT_H, headroom_kwh)
        old = made.needs.get(need.name)
        is_old = old is not None and made.from_s + old.end * QUARTER_S == from_s + need.end * QUARTER_S
        waits = need.worth is None and is_old and after > 0 and 0 < rest_kwh < most_kwh
        waiting_kwh += rest_kwh if waits else 0.0
        needs.append(replace(need, energy_kwh=need.energy_kwh - rest_kwh) if waits else need)
    return replace(problem, needs=tuple(needs))


def replan_cause(made: PlanRecord | None, needs: Sequence[Need], prices: Prices, from_s: float, now_s: float) -> str:
    """Return a word for why a new plan has to be made, "" where the old one holds; the first that applies.

    "no_plan", "other_loads", "other_wish" (a load's need differs in more than energy and run time), "other_energy" (a
    need fell or rose by more than its load can have caused: a state of charge came late), "new_prices" (or changed
    ones), "new_quarter". A need of the battery is never the cause. The first slot of `needs` begins at `from_s`.
    """
    if made is None:
        return "no_plan"
    old = {name: need for name, need in made.needs.items() if _is_required(need)}
    required = [need for need in needs if _is_required(need)]
    if {need.name for need in required} != set(old):
        return "other_loads"
    if any(_comparable_request(n, from_s) != _comparable_request(old[n.name], made.from_s) for n in required):
        return "other_wish"
    for need in required:
        taken_kwh, slot_kwh = old[need.name].energy_kwh - need.energy_kwh, need.max_kw * SLOT_H
        if not -slot_kwh <= taken_kwh <= need.max_kw * (now_s - made.from_s) / HOUR_S + slot_kwh:
            return "other_energy"
    published = made.prices.by_start
    coming = () if prices is made.prices else prices.by_start.items()
    if any(published.get(start) != price for start, price in coming if start + QUARTER_S > now_s):
        return "new_prices"
    # Deviations wait for the next quarter hour, so that a running load is not moved within one.
    return "new_quarter" if from_s > made.from_s else ""


def _is_required(need: Need) -> bool:
    """Return whether a need is for a plan: energy by a time, or at low prices; not the battery's."""
    return need.worth is None or need.max_price is not None


def _comparable_request(need: Need, from_s: float) -> tuple[Need, float]:
    """Return a need without energy, run time, starts and slots, which change with time, and its end [s since 1970]."""
    lasting = replace(need, energy_kwh=0.0, first=0, ran_s=0.0, end=0, starts=UNLIMITED_STARTS)
    return lasting, from_s + need.end * QUARTER_S


def powers_now_kw(made: PlanRecord, problem: PlanProblem, from_s: float, now_s: float) -> Mapping[str, float]:
    """Return need -> power to take now [kW], by the plan, or more where later slots lack headroom; no needs that wait.

    A need that starts at once takes its maximum. One that lacks energy in any case takes no more than the others leave,
    but at least its even power, whatever the house uses, where only such needs are planned now.
    At most the planned peak, except what a need has to take now. The first slot of `problem` begins at `from_s`.
    """
    needs = {need.name: need for need in problem.needs}
    if not all(map(_is_required, problem.needs)):
        # The battery's are numbered anew at each evaluation: what is planned for any of them goes on while one is left.
        needs = {**{name: need for name, need in made.needs.items() if not _is_required(need)}, **needs}
    powers = {name: made.powers_from(name, from_s, len(problem.forecast.prices)) for name in needs}
    total_kw = [sum(at_slot) for at_slot in zip(*powers.values(), strict=True)]
    found, musts = {}, {}
    for need in needs.values():
        own_kw = powers[need.name]
        now_kw = need.max_kw if need.at_once else own_kw[0]
        if need.at_once:
            musts[need.name] = need.max_kw
        elif need.worth is None:
            musts[need.name] = least_power_now_kw(need, problem.limits, from_s, now_s)
            if need.name in made.outcome.missing_kwh:
                # It lacks energy in any case: what it took from other loads, these would lack.
                left_kw = possible_power_kw(need, problem.limits, 0, powers)
                musts[need.name] = min(musts[need.name], max(left_kw, own_kw[0]))
                if all(name in made.outcome.missing_kwh for name, kws in powers.items() if kws[0] > DUST_KW):
                    # What the house seems to use includes radiators, which make way for it by priority.
                    musts[need.name] = max(musts[need.name], even_power_kw(need, from_s, now_s))
            others_kw = [total - own for total, own in zip(total_kw, own_kw, strict=True)]
            now_kw = max(now_kw, musts[need.name])
            if problem.peak is not None:
                within = _peak_limit(need, problem.peak, made.outcome.peak_kw, others_kw)
                now_kw = max(now_kw, least_power_now_kw(need, (*problem.limits, within), from_s, now_s))
        if now_kw > DUST_KW:
            found[need.name] = now_kw
    if problem.peak is not None:
        _reduce_to_peak(found, needs.values(), musts, problem.peak.headroom_kw(0, made.outcome.peak_kw))
    return found


def least_power_now_kw(need: Need, limits: Sequence[Limit], from_s: float, now_s: float) -> float:
    """Return the power that a need has to take for the rest of this slot [kW], 0 for none: later slots lack headroom.

    At least its minimum and at most its maximum. In its last slot the reserve before its deadline is left out.
    """
    later_kwh = sum(possible_power_kw(need, limits, slot) * SLOT_H for slot in range(max(need.first, 1), need.end))
    short_kwh = need.energy_kwh - later_kwh
    if short_kwh <= DUST_KWH or need.first > 0:
        return 0.0
    # In its last quarter hour the reserve is for surprises, not for running at lower power.
    cut_s = need.cut_s if need.end == 1 else 0.0
    rest_h = max(from_s + QUARTER_S - cut_s - now_s, 1.0) / HOUR_S
    return min(max(short_kwh / rest_h, need.min_kw), need.max_kw)


def even_power_kw(need: Need, from_s: float, now_s: float) -> float:
    """Return the power at which a need would just be met if it ran evenly from now on [kW]; 0 before its first slot.

    At least its minimum and at most its maximum.
    """
    left_h = max(from_s + need.end * QUARTER_S - need.cut_s - now_s, 1.0) / HOUR_S
    return 0.0 if need.first > 0 else min(max(need.energy_kwh / left_h, need.min_kw), need.max_kw)


def _peak_limit(need: Need, peak: PeakTariff, most_kw: float, others_kw: Sequence[float]) -> Limit:
    """Return what house and other loads leave below the planned peak; at least what the load needs to run at all."""
    headroom_kw = (peak.headroom_kw(slot, most_kw) - others for slot, others in enumerate(others_kw))
    return Limit("peak", {need.name: 1.0}, tuple(max(kw, need.min_kw) for kw in headroom_kw))


def _reduce_to_peak(
    powers_kw: dict[str, float], needs: Iterable[Need], musts: Mapping[str, float], headroom_kw: float
) -> None:
    """Reduce the powers in `powers_kw`, in place, by equal parts where they exceed `headroom_kw` under the peak.

    None goes below its least power, or below what it needs to be ready in time (`musts`).
    """
    above_kw = sum(powers_kw.values()) - headroom_kw
    floors = {need.name: max(need.min_kw, musts.get(need.name, 0.0)) for need in needs}
    spare_kw = {name: max(kw - floors[name], 0.0) for name, kw in powers_kw.items()}
    # Begin with the load that can give least: the others compensate.
    for count, name in enumerate(sorted(powers_kw, key=lambda name: spare_kw[name])):
        less_kw = min(max(above_kw, 0.0) / (len(powers_kw) - count), spare_kw[name])
        powers_kw[name] -= less_kw
        above_kw -= less_kw
