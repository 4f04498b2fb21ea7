"""Random houses and nights, each from its number: realistic prices, cars, plugs, a tank, a battery."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

from fusebox.planning.need import Limit, Need, PeakTariff, PlanProblem, SlotForecast

PHASES = ("L1", "L2", "L3")
KW_PER_A = 0.23


def prices(random: Random, slots: int) -> tuple[float, ...]:
    """Return prices by slot: cheap at night and noon, expensive in the morning and evening, with noise."""
    level, spread, start = random.uniform(0.05, 0.35), random.uniform(0.0, 0.2), random.uniform(0, 24)
    noise = random.choice([0.0, 0.01, 0.04])
    found = []
    for slot in range(slots):
        hour = (start + slot / 4) % 24
        wave = math.cos((hour - 19) / 24 * 4 * math.pi) + 0.5 * math.cos((hour - 18) / 24 * 2 * math.pi)
        found.append(round(level + spread * wave + random.gauss(0, noise), 4))
    return tuple(found)


def need(random: Random, at: int, slots: int, *, smooth: bool) -> tuple[Need, tuple[str, ...]]:
    """Return a random load, and its phases."""
    lines = random.choice([1, 1, 3])
    phases = tuple(random.sample(PHASES, lines))
    max_kw = random.choice([10, 13, 16, 32 if lines == 1 else 16]) * KW_PER_A * lines
    min_kw = 0.0 if smooth else 6 * KW_PER_A * lines
    if not smooth and lines == 1 and random.random() < 0.5:  # a plug, a tank
        max_kw = min_kw = random.choice([0.8, 1.5, 2.3, 3.0])
    first = 0 if random.random() < 0.8 else random.randrange(slots // 2)
    end = random.randint(first + 8, slots)
    most = max_kw * (end - first) / 4
    energy = min(random.uniform(2, 45), most * random.uniform(0.1, 0.9))
    if min_kw == max_kw:  # runs whole quarters
        energy = max(round(energy / max_kw * 4), 1) * max_kw / 4
    early = random.random() < 0.3
    return Need(f"load{at}", energy, max_kw, end, first, min_kw, priority=at, early=early), phases


def night(number: int, *, loads: int | None = None, slots: int | None = None, smooth: bool = False) -> PlanProblem:
    """Return one planning problem, always the same for a number."""
    random = Random(number)
    slots = slots or random.choice([48, 96, 192])
    count = loads or random.randint(1, 5)
    drawn = [need(random, at, slots, smooth=smooth) for at in range(count)]
    needs = tuple(each for each, _ in drawn)
    fuse_kw = random.choice([20, 25, 25, 35, 40]) * KW_PER_A
    limits = []
    for phase in PHASES:
        weights = {each.name: 1 / len(on) for each, on in drawn if phase in on}
        house = [max(0.0, random.gauss(1.2, 0.6)) for _ in range(slots // 4 + 1)]
        room = tuple(fuse_kw - house[slot // 4] for slot in range(slots))
        if weights:
            limits.append(Limit(f"main {phase}", weights, room))
    if random.random() < 0.3:
        garage = {each.name: 1 / len(on) for each, on in drawn[:2] if "L1" in on}
        if garage:
            limits.append(Limit("garage L1", garage, (16 * KW_PER_A,) * slots))
    if random.random() < 0.3:
        limits.append(Limit("contract", {each.name: 1.0 for each in needs}, (random.uniform(8, 20),) * slots))
    cost = prices(random, slots)
    sunny = random.random() < 0.4
    sun = tuple(max(0.0, 5 * math.sin((slot % 96) / 96 * 2 * math.pi)) if sunny else 0.0 for slot in range(slots))
    return PlanProblem(needs, tuple(limits), SlotForecast(cost, (True,) * slots, (0.06,) * slots, sun))


def with_battery(problem: PlanProblem, parts: int = 8) -> PlanProblem:
    """Return the problem with a home battery in `parts` needs, each worth a little less than the one before."""
    slots = len(problem.forecast.prices)
    needs = tuple(
        Need(f"battery {at}", 1.0, 3.0, slots // 2, worth=0.35 - 0.2 * at / parts, early=True) for at in range(parts)
    )
    charger = Limit("battery", {need.name: 1.0 for need in needs}, (3.0,) * slots)
    return replace(problem, needs=(*problem.needs, *needs), limits=(*problem.limits, charger))


def with_peak(problem: PlanProblem, free_kw: float, price_per_kw: float, most_kw: float = 20.0) -> PlanProblem:
    """Return the problem with a tariff that bills peaks, in a house that draws 1 kW."""
    return replace(problem, peak=PeakTariff(free_kw, price_per_kw, (1.0,) * len(problem.forecast.prices), most_kw))
