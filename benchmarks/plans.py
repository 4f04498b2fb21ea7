"""Random nights with prices: Fusebox's plans compared with evcc's law, openWB's law, charging at once, and perfect
foresight.

    python -m benchmarks.plans [--nights 60] [--first 1000] [--kinds plain,fees,negative,pump]

Two cars on one main fuse, a home battery, sun in the morning, a tariff that bills peaks in every other night; nights
with hourly fees, with negative prices, with a heat pump. All laws run in the same house, which differs from every
forecast; fuses decide, and each law plans again each quarter hour. The optimum is an integer program that knows the
house. Energy that a law has not delivered by the departure is charged at the highest price of the night.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from statistics import fmean, median
from time import process_time

from rich.console import Console
from rich.table import Table

from fusebox import tuning
from fusebox.model.durations import QUARTER_S
from fusebox.model.electrics import Phase
from fusebox.planning.continuity import plan_running
from fusebox.planning.load_needs import reserve_limit
from fusebox.planning.need import SLOT_H, Need, PeakTariff, PlanProblem, SlotForecast
from fusebox.planning.prices import NO_PRICES
from fusebox.planning.replan import PlanRecord, drop_small_unplanned_energy, powers_now_kw, replan_cause
from fusebox.planning.slot_forecast import house_load_kw, seldom_exceeded_kw, with_present_load
from tests.planning.optimum import Optimum, optimum

from .plan_nights import BEGINS_S, CAR_A, FREE_KW, PEAK_PRICE, SLOTS, Kind, Night, make_night
from .pump_days import best_gains, day_prices, gains_of_fusebox

KEPT_SHARE = 0.98
NOTHING_KWH = 1e-3
OPENWB_A = 14
LEAST_BASE = 3.0
"""Below this mean cost of the nights a percentage is meaningless."""

Law = Callable[[Night, Sequence[Need], int], dict[str, float]]
"""(night, remaining needs, slot) -> the power that each load requests now [kW]."""


def at_once(night: Night, left: Sequence[Need], slot: int) -> dict[str, float]:
    return {need.name: need.max_kw for need in left if need.worth is None and slot >= need.first}


def _cheapest_slots(night: Night, need: Need, slot: int, kw: float, more: int = 0) -> set[int]:
    """Return the cheapest slots before its deadline that a need requires at this power; on a tie the later ones."""
    open_ = range(max(slot, need.first), need.end)
    count = math.ceil(need.energy_kwh / (kw * SLOT_H) - 1e-9) + more
    return (
        set(sorted(open_, key=lambda at: (night.outlook.prices[at], -at))[:count]) if count < len(open_) else set(open_)
    )


def evcc(night: Night, left: Sequence[Need], slot: int) -> dict[str, float]:
    """Return each load's request by evcc's rule: alone, at its maximum power."""
    cars = [need for need in left if need.worth is None and slot >= need.first]
    return {need.name: need.max_kw for need in cars if slot in _cheapest_slots(night, need, slot, need.max_kw)}


def request_like_openwb(night: Night, left: Sequence[Need], slot: int) -> dict[str, float]:
    """Return each load's request by openWB's rule: at the plan's current, one slot more than needed; more when late."""
    wants = {}
    for need in left:
        if need.worth is not None or slot < need.first:
            continue
        kw = need.max_kw if need.min_kw == need.max_kw else need.max_kw * OPENWB_A / CAR_A
        is_late = need.energy_kwh > kw * SLOT_H * (need.end - slot)
        if slot in _cheapest_slots(night, need, slot, kw, more=1):
            wants[need.name] = need.max_kw if is_late else kw
    return wants


def with_reserve(problem: PlanProblem) -> PlanProblem:
    """Return the problem with the reserve before each car's departure."""
    needs = tuple(n if n.worth is not None else replace(n, cut_s=tuning.PLAN_RESERVE_S) for n in problem.needs)
    kept = [reserve_limit(n, len(problem.forecast.prices)) for n in needs if n.worth is None]
    return replace(problem, needs=needs, limits=(*problem.limits, *kept))


Expected = Mapping[Phase, Sequence[float]]
"""Phase -> the house's power in each slot from now on [kW]."""


class Fusebox:
    """Fusebox's planner with its own forecast, run as often as in the scripts."""

    def __init__(self, *, knows: bool = False) -> None:
        self._knows = knows
        self.took_s: list[float] = []
        self._made: PlanRecord | None = None
        self._before: dict[str, float] = {}
        self._wanted: dict[str, float] = {}
        self._peak_kw = FREE_KW

    def __call__(self, night: Night, left: Sequence[Need], slot: int) -> dict[str, float]:
        self._update_month_peak(night, left, slot)
        mean, cautious = self._expected_house_kw(night, slot)
        now = {phase: kws[slot] for phase, kws in zip(Phase, night.house_kw, strict=True)}
        over = (0.0,) * slot
        house = [(*over, *kws) for kws in with_present_load(cautious, now).values()]
        problem = with_reserve(_problem_from_slot(night.problem(house, left), slot))
        if night.has_peak:
            problem = self._with_month_peak(night, problem, mean, cautious, slot)
        now_s = slot * float(QUARTER_S)
        if replan_cause(self._made, problem.needs, NO_PRICES, now_s, now_s):
            before = self._made and self._made.all_powers_from(problem.needs, now_s, SLOTS - slot)
            began_s = process_time()
            outcome = plan_running(drop_small_unplanned_energy(problem, self._made, now_s), 0.0, before)
            self.took_s.append(process_time() - began_s)
            self._made = PlanRecord(now_s, {need.name: need for need in problem.needs}, NO_PRICES, outcome)
        assert self._made is not None
        self._wanted = dict(powers_now_kw(self._made, problem, now_s, now_s))
        return self._wanted

    def _expected_house_kw(self, night: Night, slot: int) -> tuple[Expected, Expected]:
        """Return the house's usual power from a slot on, and the power that it seldom exceeds."""
        if self._knows:
            knows = {phase: tuple(kws[slot:]) for phase, kws in zip(Phase, night.house_kw, strict=True)}
            return knows, knows
        starts = range(BEGINS_S + slot * QUARTER_S, BEGINS_S + SLOTS * QUARTER_S, QUARTER_S)
        mean, cautious = (
            house_load_kw(night.learnt, starts, lambda at_s: 0.0, cautious=each) for each in (False, True)
        )
        return mean, cautious

    def _with_month_peak(
        self, night: Night, problem: PlanProblem, mean: Expected, cautious: Expected, slot: int
    ) -> PlanProblem:
        """Return the problem with the month's peak, as the scripts compose it."""
        ends = [need.end for need in problem.needs if need.worth is None]
        sun_kw = night.outlook.sun_kw[slot:]
        taken = [sum(kws) - sun for *kws, sun in zip(*mean.values(), sun_kw, strict=True)]
        house = (night.import_kw(slot), *seldom_exceeded_kw(taken, mean, cautious, ends)[1:])
        early = tuple(replace(need, early=True) for need in problem.needs)
        return replace(problem, peak=PeakTariff(self._peak_kw, PEAK_PRICE, house), needs=early)

    def _update_month_peak(self, night: Night, left: Sequence[Need], slot: int) -> None:
        """Update the month's peak as its meter shows it."""
        now = {need.name: need.energy_kwh for need in left}
        # A need that is gone has been met, or its time is over: then it took no more than it requested.
        gone_kw = {name: min(kwh / SLOT_H, self._wanted.get(name, 0.0)) for name, kwh in self._before.items()}
        took_kw = sum(
            (kwh - now[name]) / SLOT_H if name in now else gone_kw[name] for name, kwh in self._before.items()
        )
        if took_kw > NOTHING_KWH:
            self._peak_kw = max(self._peak_kw, took_kw + night.import_kw(slot - 1))
        self._before = now


def _problem_from_slot(problem: PlanProblem, slot: int) -> PlanProblem:
    """Return the problem as seen from a later slot."""
    needs = tuple(replace(n, first=max(n.first - slot, 0), end=max(n.end - slot, 1)) for n in problem.needs)
    limits = tuple(replace(each, headroom_kw=each.headroom_kw[slot:]) for each in problem.limits)
    o = problem.forecast
    outlook = SlotForecast(o.prices[slot:], o.known[slot:], o.export[slot:], o.sun_kw[slot:])
    peak = problem.peak and replace(problem.peak, house_kw=problem.peak.house_kw[slot:])
    return PlanProblem(needs, limits, outlook, peak)


@dataclass(frozen=True)
class NightResult:
    """The result of a controller's night."""

    cost: float
    kept: dict[str, bool]
    missing_kwh: float
    """What all cars together lack at their departures [kWh]."""
    pump_starts: int = 0
    """How often the heat pump starts."""


def play_night(night: Night, law: Law) -> NightResult:
    """Play a night by slot: `law` says what each load wants, the fuses serve loads in order, none below its minimum.

    Return the cost, which cars got their energy, what they lack and the starts. Missing energy costs the dearest price
    or its worth, and a peak above `FREE_KW` its price.
    """
    left = {need.name: need.energy_kwh for need in night.needs}
    ran_s = dict.fromkeys(left, 0.0)
    pumps = {need.name for need in night.needs if need.min_slots > 1}
    starts = 0
    actual = night.problem(night.house_kw, night.needs)
    cost, peak_kw = 0.0, FREE_KW
    for slot in range(SLOTS):
        still = [need for need in night.needs if left[need.name] > 1e-6 and slot < need.end]
        open_ = [replace(n, energy_kwh=left[n.name], ran_s=ran_s[n.name] if n.name in pumps else 0.0) for n in still]
        wants = law(night, open_, slot)
        given = _allocate_power(night, open_, wants, [limit.headroom_kw[slot] for limit in actual.limits])
        total = sum(given.values())
        for name, kw in given.items():
            left[name] -= kw * SLOT_H
        starts += sum(given.get(name, 0.0) > 0 and ran_s[name] == 0 for name in pumps)
        ran_s = {name: ran_s[name] + QUARTER_S if given.get(name, 0.0) > 0 else 0.0 for name in ran_s}
        own = min(total, night.outlook.sun_kw[slot])
        price = night.outlook.prices[slot]
        cost += SLOT_H * ((total - own) * price + own * min(price, night.outlook.export[slot]))
        if night.has_peak and actual.peak is not None and total > 0:
            peak_kw = max(peak_kw, total + actual.peak.house_kw[slot])
    dearest = max(night.outlook.prices)
    cost += sum(left[need.name] * (dearest if need.worth is None else need.worth) for need in night.needs)
    cost += PEAK_PRICE * (peak_kw - FREE_KW)
    cars = [need for need in night.needs if need.worth is None]
    kept = {need.name: left[need.name] <= (1 - KEPT_SHARE) * need.energy_kwh for need in cars}
    return NightResult(cost, kept, sum(left[need.name] for need in cars), starts)


def _allocate_power(
    night: Night, needs: Sequence[Need], wants: dict[str, float], room: list[float]
) -> dict[str, float]:
    """Return each load's power: the minimums first, then more in order, within the wires."""
    given: dict[str, float] = {}
    for least in (True, False):
        for need in needs:
            on, has = night.phases[need.name], given.get(need.name, 0.0)
            most = min(wants.get(need.name, 0.0), need.max_kw, max(need.energy_kwh / SLOT_H, need.min_kw))
            more = min(need.min_kw if least else most, most) - has
            fits = min(room[phase] for phase in on) * len(on)
            if (least and more > fits) or (not least and need.min_kw and not has):
                continue
            more = max(min(more, fits), 0.0)
            given[need.name] = has + more
            for phase in on:
                room[phase] -= more / len(on)
    return {need.name: min(given.get(need.name, 0.0), need.energy_kwh / SLOT_H) for need in needs}


LAWS: Mapping[str, Callable[[], Law]] = {
    "Fusebox": Fusebox,
    "Fusebox if it knew the house": lambda: Fusebox(knows=True),
    "evcc's law": lambda: evcc,
    "openWB's law": lambda: request_like_openwb,
    "at once": lambda: at_once,
}


@dataclass(frozen=True)
class NightsPlayed:
    """The nights of one kind: the lowest cost, that with the reserve, and each controller's results."""

    nights: Mapping[int, Night]
    best: Mapping[int, Optimum]
    kept: Mapping[int, Optimum]
    found: Mapping[tuple[str, int], NightResult]
    took_s: Sequence[float]


def play_nights(kind: Kind, numbers: Sequence[int]) -> NightsPlayed:
    """Play each night in which all cars can be ready with every controller, and compute the optima."""
    nights = {number: make_night(number, kind) for number in numbers}
    problems = {number: each.problem(each.house_kw, each.needs) for number, each in nights.items()}
    best = {number: optimum(problem, whole=True) for number, problem in problems.items()}
    could = [number for number, found in best.items() if found.missing_kwh < NOTHING_KWH]
    kept = {number: optimum(with_reserve(problems[number]), whole=True) for number in could}
    found, took_s = {}, []
    for name, make in LAWS.items():
        for number in could:
            law = make()
            found[name, number] = play_night(nights[number], law)
            took_s += law.took_s if isinstance(law, Fusebox) else []
    return NightsPlayed({number: nights[number] for number in could}, best, kept, found, took_s)


def print_kind(console: Console, kind: Kind, nights: NightsPlayed) -> None:
    """Print a table for nights without a billed peak, and one for those with it."""
    for title, has_peak in {"no peak is billed": False, "a peak is billed": True}.items():
        numbers = [number for number, each in nights.nights.items() if each.has_peak is has_peak]
        if not numbers:
            continue
        table = Table(title=f"{kind.value}: {len(numbers)} nights, {title}")
        for column in ("", "cost of a night", "over the optimum", "ready in time"):
            table.add_column(column, justify="right")
        if kind is Kind.PUMP:
            table.add_column("pump starts", justify="right")
        least = fmean(nights.best[number].cost for number in numbers)
        table.add_row("who knew all before", f"{least:.2f}", "", "100 %")
        held_back = fmean(nights.kept[number].cost for number in numbers)
        table.add_row("and kept the reserve", f"{held_back:.2f}", _over(held_back, least), "100 %")
        for name in LAWS:
            lives = [nights.found[name, number] for number in numbers]
            cost, ready = (
                fmean(each.cost for each in lives),
                fmean(kept for each in lives for kept in each.kept.values()),
            )
            row = [name, f"{cost:.2f}", _over(cost, least), f"{100 * ready:.1f} %"]
            table.add_row(*row, *([f"{fmean(each.pump_starts for each in lives):.1f}"] if kind is Kind.PUMP else []))
        console.print(table)


def print_pump_days(console: Console, numbers: Sequence[int]) -> None:
    """A table of the hours in which prices recommend or block an SG-Ready heat pump."""
    table = Table(title=f"SG-Ready on {len(numbers)} days: gain of the best hours", min_width=60)
    for column in ("", "recommended", "blocked"):
        table.add_column(column, justify="right")
    for kind in (Kind.PLAIN, Kind.FEES):
        days = [day_prices(number, kind) for number in numbers]
        had, best = [gains_of_fusebox(day) for day in days], [best_gains(day) for day in days]
        recommended = sum(each.recommended for each in had) / sum(each.recommended for each in best)
        blocked = sum(each.blocked for each in had) / sum(each.blocked for each in best)
        table.add_row(kind.value, f"{100 * recommended:.1f} %", f"{100 * blocked:.1f} %")
    console.print(table)


def _over(cost: float, least: float) -> str:
    """Return a night's extra cost, and its percentage of the lowest cost if that is large enough to be meaningful."""
    return f"{cost - least:+.2f}" + (f" ({100 * (cost / least - 1):+.1f} %)" if least > LEAST_BASE else "")


def main() -> None:
    """Play the nights of each kind with every controller and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nights", type=int, default=60)
    parser.add_argument("--first", type=int, default=1000)
    parser.add_argument("--kinds", default=",".join(Kind))
    options = parser.parse_args()
    console, took_s = Console(width=100), []
    for kind in map(Kind, options.kinds.split(",")):
        nights = play_nights(kind, range(options.first, options.first + options.nights))
        print_kind(console, kind, nights)
        took_s += nights.took_s
        if kind is Kind.PUMP:
            print_pump_days(console, range(options.first, options.first + options.nights))
    console.print(f"a plan takes {1000 * median(took_s):.0f} ms (median), {1000 * max(took_s):.0f} at most")


if __name__ == "__main__":
    main()
