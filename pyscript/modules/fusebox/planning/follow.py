"""The power that each load requests now by its plan, and what it has to have where reality differs. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.durations import HOUR_S, QUARTER_S
from .in_time import possible_power_kw
from .need import DUST_KW, DUST_KWH, SLOT_H, Limit, Need, Peak, Problem
from .replan import Made, subtract_planned


def powers_now_kw(made: Made, problem: Problem, from_s: float, now_s: float) -> Mapping[str, float]:
    """Return need -> power to take now [kW], by the plan or more where later slots lack room; without needs that wait.

    The first slot of `problem` begins at `from_s`.
    """
    powers = {need.name: made.powers_from(need.name, from_s, len(problem.forecast.prices)) for need in problem.needs}
    total_kw = [sum(at_slot) for at_slot in zip(*powers.values(), strict=True)]
    found, musts = {}, {}
    for need in problem.needs:
        own_kw = powers[need.name]
        now_kw = need.max_kw if need.at_once else own_kw[0]
        if need.at_once:
            musts[need.name] = need.max_kw
        elif need.worth is None:
            musts[need.name] = least_power_now_kw(need, problem.limits, from_s, now_s)
            if need.name in made.outcome.missing_kwh:
                # It lacks energy in any case: what it took from other loads, these would lack.
                others = {name: kws[:1] for name, kws in powers.items() if name != need.name}
                left_kw = possible_power_kw(need, [subtract_planned(limit, others) for limit in problem.limits], 0)
                musts[need.name] = min(musts[need.name], max(left_kw, own_kw[0]))
            others_kw = [total - own for total, own in zip(total_kw, own_kw, strict=True)]
            now_kw = max(now_kw, musts[need.name])
            if problem.peak is not None:
                within = _peak_limit(need, problem.peak, made.outcome.peak_kw, others_kw)
                now_kw = max(now_kw, least_power_now_kw(need, (*problem.limits, within), from_s, now_s))
        if now_kw > DUST_KW:
            found[need.name] = now_kw
    if problem.peak is not None:
        _reduce_to_peak(found, problem.needs, musts, made.outcome.peak_kw - problem.peak.house_kw[0])
    return found


def least_power_now_kw(need: Need, limits: Sequence[Limit], from_s: float, now_s: float) -> float:
    """Return the power that a need has to take for the rest of this slot, as later slots lack room [kW]; 0 for none.

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


def _peak_limit(need: Need, peak: Peak, most_kw: float, others_kw: Sequence[float]) -> Limit:
    """Return what house and other loads leave below the planned peak; at least what the load needs to run at all."""
    rooms = (most_kw - house - others for house, others in zip(peak.house_kw, others_kw, strict=True))
    return Limit("peak", {need.name: 1.0}, tuple(max(room, need.min_kw) for room in rooms))


def _reduce_to_peak(
    wanted: dict[str, float], needs: Sequence[Need], musts: Mapping[str, float], room_kw: float
) -> None:
    """Reduce the powers in `wanted`, in place, by equal parts where they exceed `room_kw` below the planned peak.

    None goes below its least power, or below what it needs to be ready in time (`musts`).
    """
    above_kw = sum(wanted.values()) - room_kw
    floors = {need.name: max(need.min_kw, musts.get(need.name, 0.0)) for need in needs}
    spare_kw = {name: max(kw - floors[name], 0.0) for name, kw in wanted.items()}
    # Begin with the load that can give least: the others compensate.
    for count, name in enumerate(sorted(wanted, key=lambda name: spare_kw[name])):
        less_kw = min(max(above_kw, 0.0) / (len(wanted) - count), spare_kw[name])
        wanted[name] -= less_kw
        above_kw -= less_kw
