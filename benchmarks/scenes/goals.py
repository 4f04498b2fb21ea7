"""Goals for Fusebox compared with others, checked on the means over the seeds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from statistics import fmean

from .measure import Outcome
from .play import FUSEBOX, PEERS, SIXTY
from .scene import Scene

SHARE_OF_JUGGLER = 1 / 8
ENERGY_PCT = 95.0
TWO_CARS_PCT_OF_JUGGLER = 90.0
STARTS = 2
SUN_PCT, SUN_STARTS, SUN_GRID_KWH = 90.0, 12, 1.0
JUGGLER = "Load Juggler"

Found = Mapping[str, Sequence[Outcome]]
"""Outcomes by controller, one a seed."""

Goal = tuple[str, str, bool]
"""(the goal, the result, whether it is met)."""


def goals_of_scene(scene: Scene, found: Found) -> Iterator[Goal]:
    """Yield the goals that Fusebox should meet in a scene, each with whether it does."""
    ours = found[FUSEBOX]
    most_starts = max(max(outcome.starts) for outcome in ours)
    if scene.solar:
        yield _at_least("% of the solar optimum", fmean(o.energy_pct for o in ours), SUN_PCT)
        yield _at_most("starts a day", most_starts, SUN_STARTS)
        yield _at_most("kWh a day from the grid", max(o.grid_kwh for o in ours), SUN_GRID_KWH)
        return
    if scene.on_phases:
        yield from _goals_against_sixty_lines(ours, found[SIXTY])
        return
    for what, amount in (("s above 1.13 In", _hot_s), ("A2s above In", _heat_a2s)):
        others = {name: amount(found[name]) for name in PEERS if name != SIXTY}
        if not scene.rough:
            yield _at_most(f"{what}, 1/8 of Load Juggler's", amount(ours), others[JUGGLER] * SHARE_OF_JUGGLER)
        yield _at_most(f"{what}, below every peer's", amount(ours), min(others.values()))
    if scene.cars > 1:
        share_pct = 100 * sum(o.kwh for o in ours) / sum(o.kwh for o in found[JUGGLER])
        yield _at_least("% of Load Juggler's energy", share_pct, TWO_CARS_PCT_OF_JUGGLER)
    elif not scene.rough:
        yield _at_least("% of the optimum", fmean(o.energy_pct for o in ours), ENERGY_PCT)
    yield _at_most("starts a car and evening", most_starts, STARTS)


def _goals_against_sixty_lines(ours: Sequence[Outcome], theirs: Sequence[Outcome]) -> Iterator[Goal]:
    """Yield the goals that Fusebox overloads and starts no more than the sixty-line controller, and charges as much."""
    for what, amount in (("s above 1.13 In", _hot_s), ("A2s above In", _heat_a2s), ("starts of all cars", _starts)):
        yield _at_most(f"{what}, sixty lines'", amount(ours), amount(theirs))
    shares_pct = [fmean(o.energy_pct for o in outcomes) for outcomes in (ours, theirs)]
    yield _at_least("% of the optimum, sixty lines'", *shares_pct)


def _starts(outcomes: Sequence[Outcome]) -> float:
    return fmean(sum(o.starts) for o in outcomes)


def _hot_s(outcomes: Sequence[Outcome]) -> float:
    return fmean(o.hot_s for o in outcomes)


def _heat_a2s(outcomes: Sequence[Outcome]) -> float:
    return fmean(o.heat_a2s for o in outcomes)


def _at_most(what: str, is_now: float, limit: float) -> Goal:
    return f"{what}: <= {limit:.4g}", f"{is_now:.4g}", is_now <= limit


def _at_least(what: str, is_now: float, limit: float) -> Goal:
    return f"{what}: >= {limit:.4g}", f"{is_now:.4g}", is_now >= limit
