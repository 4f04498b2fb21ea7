"""All loads together over the slots that are known: who runs when, within what all wires bear. Pure and deterministic.

First everybody's energy goes into the cheapest slots that there are (`exchange`), then each load's powers become such
as it can run at (`settle`). Whose energy is a must goes before what is only worth its price.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from .exchange import Exchange
from .ledger import Ledger
from .need import SLOT_H, Limit, Need, Peak, Problem
from .settle import settle

SAME = 1e-6
"""Sums this close are the same: kilowatt-hours that are missing, costs."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """Who runs when, and what that comes to."""

    powers: dict[str, tuple[float, ...]]
    """Need -> its mean power in each slot [kW]."""
    cost: float
    """Of the energy."""
    peak_kw: float
    """The highest import of a slot [kW]; the free one where it is not above that, 0 where no peak is billed."""
    peak_cost: float
    """What the peak costs more than it does anyhow."""
    missing_kwh: dict[str, float]
    """Need -> what it will not have by its time [kWh]: musts only, those that lack nothing left out."""


ROUNDS = 3
"""Everybody is asked so often whether there is a cheaper slot now."""
MOST_ORDERS = 8
"""So many orders are tried at most."""
NO_HELP = 2
"""Nor is another one tried after so many that have not helped."""
WORTH_A_ROUND = 0.002
"""And once more only where that saved so much of all."""


class _Rank(NamedTuple):
    """What makes one outcome better than another; the lower the better."""

    missing: tuple[float, ...]
    cost: float


def plan(problem: Problem) -> Outcome:
    """The best outcome that is found."""
    if problem.peak is None:
        return _within(problem, problem.limits)
    return _with_peak(problem, problem.peak)


def _within(problem: Problem, limits: tuple[Limit, ...]) -> Outcome:
    """The best of several orders: who is placed last moves the others, and alone the first has the choice."""
    ranked = _ranked(problem)
    outcomes = [_placed(problem, limits, ranked)]
    if len(ranked) > 1:
        outcomes.append(_placed(problem, limits, ranked[::-1]))
    order, helped = ranked, len(outcomes)
    while len(ranked) > 1 and all(outcome.missing_kwh for outcome in outcomes) and len(outcomes) < MOST_ORDERS:
        if len(outcomes) - helped > NO_HELP:
            break
        best = min(rank(problem.needs, each) for each in outcomes)
        outcomes.append(_placed(problem, limits, order, alone=True))
        helped = len(outcomes) if rank(problem.needs, outcomes[-1]) < best else helped
        # Who lacks something has the first choice in the next order.
        order = sorted(order, key=lambda at: problem.needs[at].name not in outcomes[-1].missing_kwh)
    return min(outcomes, key=lambda each: rank(problem.needs, each))


def _ranked(problem: Problem) -> list[int]:
    """The musts in the order in which they go without where not all fits."""
    needs = problem.needs
    musts = [at for at, need in enumerate(needs) if need.worth is None]
    return sorted(musts, key=lambda at: (not needs[at].at_once, needs[at].priority, needs[at].end))


def _placed(problem: Problem, limits: tuple[Limit, ...], order: Sequence[int], *, alone: bool = False) -> Outcome:
    """All in the best way together, or each `alone` beside those before it."""
    ledger = Ledger(problem, limits)
    exchange = Exchange(ledger)
    needs = problem.needs
    later = [at for at in order if not needs[at].at_once]
    for at in [each for each in order if needs[each].at_once or not alone]:
        exchange.place(at)
    for _ in [] if alone else range(ROUNDS):
        before = ledger.cost()
        for at in later:
            exchange.improve(at)
        if ledger.cost() > before - WORTH_A_ROUND * abs(before):
            break
    for at in later if alone else sorted(later, key=lambda each: -needs[each].min_kw / needs[each].max_kw):
        settle(ledger, exchange, at)
    for at, need in enumerate(problem.needs):
        if need.worth is not None:
            exchange.place(at)
    return _outcome(problem, ledger)


def _outcome(problem: Problem, ledger: Ledger) -> Outcome:
    needs = problem.needs
    missing = {
        need.name: left for need, left in zip(needs, ledger.left_kwh, strict=True) if need.worth is None and left > SAME
    }
    peak = problem.peak
    peak_kw = 0.0
    if peak is not None:
        at_slots = zip(ledger.total_kw, peak.house_kw, strict=True)
        peak_kw = max([peak.free_kw, *(total + house for total, house in at_slots if total > SAME)])
    above = peak_kw - peak.free_kw if peak is not None else 0.0
    price = peak.price_per_kw if peak is not None else 0.0
    return Outcome(dict(ledger.powers()), ledger.cost(), peak_kw, above * price, missing)


def rank(needs: Sequence[Need], outcome: Outcome) -> _Rank:
    """What is missing counts before what it costs, and by priority."""
    levels = sorted({need.priority for need in needs})
    lost = [
        round(sum(outcome.missing_kwh.get(need.name, 0.0) for need in needs if need.priority == level), 2)
        for level in levels
    ]
    return _Rank(tuple(lost), outcome.cost + outcome.peak_cost)


def _with_peak(problem: Problem, peak: Peak) -> Outcome:
    """How high the month's peak had better be: what it costs is convex, so the best height is closed in on."""
    names = {need.name: 1.0 for need in problem.needs}
    order = _ranked(problem)

    def limits(kw: float) -> tuple[Limit, ...]:
        return (*problem.limits, Limit("peak", names, tuple(kw - house for house in peak.house_kw)))

    def looked(kw: float) -> tuple[_Rank, Outcome]:
        """One order and any power tell well enough how a height compares."""
        ledger = Ledger(problem, limits(kw))
        exchange = Exchange(ledger)
        for at in order:
            exchange.place(at)
        outcome = _outcome(problem, ledger)
        return rank(problem.needs, outcome), outcome

    from_kw = _least_peak_kw(problem.needs, peak)
    low, high = looked(from_kw), looked(peak.most_kw)
    to_kw = max(high[1].peak_kw, from_kw)
    if low[0].missing == high[0].missing and peak.price_per_kw > 0:
        # What is saved by a higher peak pays for no more than this.
        to_kw = min(to_kw, from_kw + max(low[1].cost - high[1].cost, 0.0) / peak.price_per_kw)
    tried = {from_kw: low[0], high[1].peak_kw: high[0]}
    inner = [_inner(from_kw, to_kw, GOLDEN), _inner(from_kw, to_kw, 1 - GOLDEN)]
    if to_kw - from_kw > CLOSE_KW:
        tried |= {kw: looked(kw)[0] for kw in inner}
    while to_kw - from_kw > CLOSE_KW and len(tried) < LOOKS:
        left, right = sorted(inner)
        if tried[left] <= tried[right]:
            to_kw, inner = right, [left, _inner(from_kw, right, GOLDEN)]
        else:
            from_kw, inner = left, [right, _inner(left, to_kw, 1 - GOLDEN)]
        tried[inner[1]] = looked(inner[1])[0]
    found_kw = min(tried, key=lambda kw: (tried[kw], kw))
    return _raised(problem, limits, found_kw, max(high[1].peak_kw, found_kw))


def _raised(problem: Problem, limits: Callable[[float], tuple[Limit, ...]], from_kw: float, to_kw: float) -> Outcome:
    """The plan at a height, or at a higher one where loads that do not run at just any power need that to be ready."""
    best = _within(problem, limits(from_kw))
    if not best.missing_kwh or to_kw - from_kw <= CLOSE_KW:
        return best
    top = _within(problem, limits(to_kw))
    ready, outcomes = rank(problem.needs, top).missing, [best, top]
    for _ in range(RAISES):
        kw = (from_kw + to_kw) / 2
        outcomes.append(_within(problem, limits(kw)))
        if rank(problem.needs, outcomes[-1]).missing > ready:
            from_kw = kw
        else:
            to_kw = kw
    return min(outcomes, key=lambda each: rank(problem.needs, each))


def _least_peak_kw(needs: Sequence[Need], peak: Peak) -> float:
    """A height below which the energy of all cannot fit in time, whatever else is in their way; the free one else."""
    musts = sorted((need for need in needs if need.worth is None), key=lambda need: need.end)
    least_kw, energy_kwh = peak.free_kw, 0.0
    for need in musts:
        energy_kwh += need.energy_kwh
        houses = sorted(peak.house_kw[: need.end])
        below_kw = 0.0
        for count, house in enumerate(houses, 1):
            # Up to the next house's level all slots below it are filled alike.
            below_kw += house
            level_kw = (energy_kwh / SLOT_H + below_kw) / count
            if count == len(houses) or level_kw <= houses[count]:
                least_kw = max(least_kw, level_kw)
                break
    return min(least_kw, peak.most_kw)


def _inner(from_kw: float, to_kw: float, share: float) -> float:
    return from_kw + share * (to_kw - from_kw)


GOLDEN = 0.381966
"""Where a span is cut by the golden section."""
CLOSE_KW = 0.1
"""Heights this close are the same [kW]."""
RAISES = 4
"""So often what lies between a height that is too low and one that does is halved."""
LOOKS = 9
"""So many heights are tried at most."""
