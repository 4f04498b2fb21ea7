"""Nights in which fuses decide and the house is not what was expected: who could be ready in time is."""

from __future__ import annotations

from dataclasses import replace

from benchmarks.plans import Fusebox, Night, lived, night
from tests.planning.optimum import optimum

NIGHTS = range(4001, 4043, 2)
"""No peak is billed in them: raising one is a matter of money, and no departure."""
HUNGRY = 2.2
"""So many times the energy: more than there is room for."""


def wanting(number: int, times: float = 1.0) -> Night:
    """Its cars want so many times as much; whatever they want, no battery does."""
    found = night(number)
    cars = (replace(need, energy_kwh=times * need.energy_kwh, priority=1) for need in found.needs if need.worth is None)
    return replace(found, needs=tuple(cars))


def cannot_have_kwh(found: Night) -> float:
    """What is missing at the least, for one who knows the house before."""
    return optimum(found.problem(found.house_kw, found.needs)).missing_kwh


def test_fact_7_departures_are_kept_where_somebody_who_knew_all_could_keep_them() -> None:
    could = [found for number in NIGHTS if cannot_have_kwh(found := wanting(number)) < 1e-3]
    kept = [each for found in could for each in lived(found, Fusebox()).kept.values()]
    assert len(kept) >= 30
    assert sum(kept) >= 0.99 * len(kept)


def test_fact_7_else_nearly_all_that_could_be_had_is_there() -> None:
    possible = had = 0.0
    short = 0
    for number in NIGHTS:
        found = wanting(number, HUNGRY)
        cannot_kwh, wanted_kwh = cannot_have_kwh(found), sum(need.energy_kwh for need in found.needs)
        if cannot_kwh > 1.0:
            short += 1
            possible += wanted_kwh - cannot_kwh
            had += wanted_kwh - lived(found, Fusebox()).missing_kwh
    assert short >= 10
    assert had >= 0.98 * possible
