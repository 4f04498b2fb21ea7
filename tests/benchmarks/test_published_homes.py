"""README and docs/measurements.md quote the published rows of random homes as they are."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from statistics import fmean, median

import pytest

from benchmarks.population.files import read_rows
from benchmarks.population.play import ALONE, FUSEBOX
from benchmarks.population.row import Row
from benchmarks.population.verdict import all_hot_s, beyond_the_house, heat_a2s, quantiles

ROOT = Path(__file__).parents[2]
HOMES = read_rows(ROOT / "benchmarks" / "population" / "held_out.csv")
KNOWN = {seed: rows for seed, rows in HOMES.items() if "naive" in rows}
"""The homes in which other controllers were played."""


def quoted(page: str) -> str:
    """The text of a page in one line."""
    return " ".join((ROOT / page).read_text(encoding="utf-8").split())


def overload_s(rows: Mapping[str, Row], controller: str = FUSEBOX) -> float:
    return beyond_the_house(rows, controller, all_hot_s)


def test_the_pages_name_the_published_homes():
    assert sorted(HOMES) == [*range(36001, 36301), *range(37001, 37301)]
    assert all({FUSEBOX, ALONE} <= rows.keys() for rows in HOMES.values())
    page = quoted("docs/measurements.md")
    assert f"{len(HOMES)} unused random homes" in page and '36001-36300"`, then 37001-37300' in page
    assert f"In the {len(KNOWN)} that all controllers support" in page
    assert f"In an hour of {len(HOMES)} random homes, half never" in quoted("README.md")


def test_the_pages_quote_the_quantiles_of_all_homes():
    values = [overload_s(rows) for rows in HOMES.values()]
    found = quantiles(values)
    share = median(rows[FUSEBOX].energy_pct for rows in HOMES.values())
    page = quoted("docs/measurements.md")
    assert f"{fmean(values):.0f} s above 1.13 In on average (median {found.median:.0f}, p90 {found.p90:.0f}" in page
    assert f"p99 {found.p99:.0f}, worst {found.worst:.0f}), {share:.0f} % of the energy" in page
    assert f"nine in ten did for at most {found.p90:.0f} s, the worst {found.worst:.0f} s" in quoted("README.md")


def test_the_page_quotes_the_share_of_cars_held_at_their_minimum():
    rows = [rows[FUSEBOX] for rows in HOMES.values()]
    share = sum(row.held_s for row in rows) / sum(row.hot_s for row in rows)
    assert f"in {100 * share:.0f} % of all seconds cars are held at their minimum" in quoted("docs/measurements.md")


@pytest.mark.parametrize("controller", [FUSEBOX, "Load Juggler", "evse-lb", "sixty lines, 60 s"])
def test_the_table_has_the_means_of_each_controller(controller: str):
    over_s = [overload_s(rows, controller) for rows in KNOWN.values()]
    heat = fmean(beyond_the_house(rows, controller, heat_a2s) for rows in KNOWN.values())
    energy = fmean(rows[controller].energy_pct for rows in KNOWN.values())
    line = f"| {controller} | {fmean(over_s):.0f} | {quantiles(over_s).p90:.0f} | {heat:.0f} | {energy:.1f} |"
    assert line in quoted("docs/measurements.md")
