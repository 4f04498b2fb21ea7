"""README, docs/measurements.md and docs/population.md quote the published rows of random homes as they are."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.population.__main__ import main
from benchmarks.population.distributions import CLEARLY, DEFAULT, distribution_cells, vote
from benchmarks.population.drawn import what_seeds_draw
from benchmarks.population.figures import ENERGY, HOT, LONGEST, longer_than, may_trip, most_overloaded, without_energy
from benchmarks.population.files import read_rows, read_rows_of, write_rows
from benchmarks.population.other_homes import DISTRIBUTION_ROWS, NEWER_ROWS, SUN_ROWS, TARIFF_ROWS
from benchmarks.population.play import ALONE, FUSEBOX
from benchmarks.population.row import Row
from benchmarks.population.sun import PEERS as SUN_PEERS
from benchmarks.population.sun import SunRow
from benchmarks.population.sun_main import sun_homes
from benchmarks.population.sun_table import known_to_peers, rows_by_mode, sum_of_homes, with_sun
from benchmarks.population.tariff import TariffRow
from benchmarks.population.verdict import (
    Share,
    above,
    beyond_every_window,
    hot_s,
    median_ratio,
    quantiles,
    ratio_of_sums,
    shares_by_kind,
    shares_of_sixty_lines,
    steered_s,
)
from benchmarks.seeds import first_to_last
from simhouse.population.draw import draw_home
from simhouse.population.rare_loads import NEWER_FROM_SEED
from simhouse.population.sunny import draw_sunny_home
from tests.docs.made import made_page

ROOT = Path(__file__).parents[2]
HOMES = read_rows(ROOT / "benchmarks" / "population" / "held_out.csv")
KNOWN = {seed: rows for seed, rows in HOMES.items() if "naive" in rows}
"""The homes in which other controllers were played."""

MOST_SHARE, ASKED_SHARE = 1.1, 0.75


def quoted(page: str) -> str:
    """The text of a page in one line."""
    return " ".join((ROOT / page).read_text(encoding="utf-8").split())


def test_the_page_of_the_homes_is_up_to_date():
    written = (ROOT / "docs" / "population.md").read_text(encoding="utf-8")
    command = "PYTHONPATH=.:pyscript/modules .venv/bin/python docs/population_page.py"
    assert written == made_page("population_page"), f"run {command}"


def test_the_pages_name_the_published_homes():
    assert sorted(HOMES) == [*range(36001, 36301), *range(37001, 37301)]
    assert all({FUSEBOX, ALONE} <= rows.keys() for rows in HOMES.values())
    page = quoted("docs/measurements.md")
    assert f"{len(HOMES)} random homes, an hour each" in page and '--seeds 36001-36300,37001-37300"' in page
    assert f"In the {len(KNOWN)} that all controllers support" in page
    assert f"In one simulated hour, half of {len(HOMES)} random homes never exceeded" in quoted("README.md")
    assert f"Other integrations support {len(KNOWN)} of these homes" in quoted("README.md")


def test_only_the_unused_seeds_are_called_unused():
    assert "unused random homes" not in quoted("docs/measurements.md") + quoted("README.md")
    unused = "37001-37300 were unused until the 25th. 36001-36300 had been quoted once before"
    assert unused in quoted("docs/measurements.md")


def test_the_pages_quote_the_quantiles_of_all_homes():
    hot, longest, energy = (figure.quantiles(HOMES, FUSEBOX) for figure in (HOT, LONGEST, ENERGY))
    page, readme = quoted("docs/measurements.md"), quoted("README.md")
    assert f"{hot.mean:.0f} s on average (median {hot.median:.0f}, p90 {hot.p90:.0f}" in page
    assert f"p99 {hot.p99:.0f}, worst {hot.worst:.0f})" in page
    assert f"with {energy.median:.0f} % of the possible energy (median; mean {energy.mean:.0f} %)" in page
    assert f"overload: p90 {longest.p90:.0f} s, p99 {longest.p99:.0f} s, worst {longest.worst:.0f} s" in page
    assert f"A fuse may have tripped in {len(may_trip(HOMES, FUSEBOX))} homes" in page
    assert f"Nine in ten exceeded it for at most {hot.p90:.0f} s, the worst for {hot.worst:.0f} s" in readme
    assert f"Loads got {energy.median:.0f} % of the possible energy (median)" in readme


def test_the_fuses_that_may_have_tripped_are_of_linky_homes():
    page = (ROOT / "docs" / "population.md").read_text(encoding="utf-8")
    rows = [next(line for line in page.splitlines() if line.startswith(f"| {n} |")) for n in may_trip(HOMES, FUSEBOX)]
    assert rows != [] and all(" linky | " in row for row in rows)


def test_the_readme_compares_with_the_figures_of_all_controllers():
    hot = {name: HOT.quantiles(KNOWN, name) for name in (FUSEBOX, "Load Juggler", "evse-lb")}
    ours, juggler, evse = hot.values()
    percents = [f"{ENERGY.quantiles(KNOWN, name).mean:.0f}" for name in (FUSEBOX, "Load Juggler")]
    readme = quoted("README.md")
    assert f"Fusebox exceeded it for {ours.mean:.0f} s on average, Load Juggler for {juggler.mean:.0f} s" in readme
    assert f"with {' and '.join(percents)} % of the energy" in readme
    assert f"(worst: {ours.worst:.0f} and {juggler.worst:.0f} s, evse-lb {evse.worst:.0f} s)" in readme


def test_the_page_quotes_the_share_of_cars_held_at_their_minimum():
    def share(seeds: object) -> float:
        rows = [HOMES[seed][FUSEBOX] for seed in seeds]
        return 100 * sum(row.held_s for row in rows) / sum(row.hot_s for row in rows)

    six = most_overloaded(HOMES, FUSEBOX, 6)
    words = f"In {share(HOMES):.0f} % of all seconds cars are held at their minimum, in the six worst homes in"
    assert f"{words} {share(six):.0f} %" in quoted("docs/measurements.md")


@pytest.mark.parametrize("controller", [FUSEBOX, "Load Juggler", "evse-lb", "naive", "sixty lines, 60 s"])
def test_the_table_has_the_figures_of_each_controller(controller: str):
    hot, energy = HOT.quantiles(KNOWN, controller), ENERGY.quantiles(KNOWN, controller)
    line = f"| {controller} | {hot.mean:.0f} | {hot.p90:.0f} | {hot.p99:.0f} | {hot.worst:.0f} "
    line += f"| {energy.mean:.1f} | {energy.median:.1f} | {len(may_trip(KNOWN, controller))} |"
    assert line in quoted("docs/measurements.md")


def test_the_homes_that_sixty_lines_give_nothing_are_quoted():
    assert f"{len(without_energy(KNOWN, 'sixty lines, 60 s'))} homes get nothing" in quoted("docs/measurements.md")


def test_the_page_quotes_the_shares_of_the_frontier_by_both_ways_of_counting():
    by_kind = [found[0] for found in shares_by_kind(KNOWN, (hot_s,)).values()]
    medians = sorted(map(median_ratio, by_kind))
    reached = [sum(value <= ASKED_SHARE for value in map(way, by_kind)) for way in (median_ratio, ratio_of_sums)]
    together = [ratio_of_sums(shares_of_sixty_lines(KNOWN, of)) for of in (hot_s, steered_s)]
    page = quoted("docs/measurements.md")
    assert f"reached in {reached[0]} of {len(by_kind)} kinds ({medians[0]:.2f}; the others" in page
    assert f"the others {medians[1]:.2f} to {medians[-1]:.2f}), by the sum of seconds in {reached[1]} of" in page
    assert f"All homes together {together[0]:.2f}, without the seconds" in page
    assert f"at their minimum {together[1]:.2f}." in page


def test_the_page_counts_the_homes_above_the_frontier_strictly_and_with_the_allowance():
    found = [shares_of_sixty_lines(KNOWN, of) for of in (hot_s, steered_s)]
    strictly, worse = ([len(above(each, MOST_SHARE, *most)) for each in found] for most in ((0.0,), ()))
    page = quoted("docs/measurements.md")
    assert f"{strictly[0]} of {len(KNOWN)} are, {worse[0]} by more than 5 s" in page
    assert f"of cars at their minimum {strictly[1]} and {worse[1]}." in page


def test_rows_are_shown_without_playing(tmp_path, capsys):
    rows = [each for seed in (36001, 36002) for each in HOMES[seed].values()]
    write_rows(tmp_path / "rows.csv", [replace(each, hot_s=each.hot_s + 1000) for each in rows])
    main(["--ours", "--read", str(tmp_path / "rows.csv"), "--out", str(tmp_path / "again.csv")])
    assert (tmp_path / "again.csv").read_text() == (tmp_path / "rows.csv").read_text()
    assert "Fusebox in 2 homes" in capsys.readouterr().out


@pytest.mark.parametrize(("text", "seeds"), [("7", [7]), ("7-9", [7, 8, 9]), ("1-2,500,7-8", [1, 2, 500, 7, 8])])
def test_seeds_are_named_by_ranges(text: str, seeds: list[int]):
    assert first_to_last(text) == seeds


def row(seed: int, controller: str, over_s: float, trip_pct: float = 0.0) -> Row:
    return Row(seed, controller, over_s, over_s, 0.0, over_s, trip_pct, over_s, 100.0, 1, 1, 1.0, 0.0)


def test_a_figure_is_less_the_house_alone_and_of_energy_the_lowest_is_the_worst():
    homes = {n: {FUSEBOX: row(n, FUSEBOX, 10.0 * n), ALONE: row(n, ALONE, 4)} for n in range(1, 11)}
    hot, energy = HOT.quantiles(homes, FUSEBOX), ENERGY.quantiles(homes, FUSEBOX)
    assert (hot.mean, hot.median, hot.p90, hot.worst) == (51, 51, 96, 96)
    assert (energy.mean, energy.median, energy.p90, energy.worst) == (55, 55, 10, 10)
    assert most_overloaded(homes, FUSEBOX, 2) == [10, 9]
    assert longer_than(homes, FUSEBOX, 75) == 3
    assert longer_than(homes, FUSEBOX, 3) == 0
    assert without_energy(homes, FUSEBOX, below_pct=20.5) == [1, 2]


def test_a_fuse_may_trip_from_its_whole_budget_on():
    homes = {n: {FUSEBOX: row(n, FUSEBOX, 1, pct)} for n, pct in enumerate((99.9, 100.0, 140.0))}
    assert may_trip(homes, FUSEBOX) == [1, 2]
    assert may_trip(homes, "naive") == []


def test_a_home_is_strictly_above_without_the_allowance():
    found = [Share(1, 114, 100), Share(2, 110, 100), Share(3, 116, 100)]
    assert [share.seed for share in above(found, MOST_SHARE)] == [3]
    assert [share.seed for share in above(found, MOST_SHARE, 0.0)] == [3, 1]


def test_kinds_of_home_divide_the_homes_and_those_beyond_every_window_are_a_part():
    by_kind = shares_by_kind(KNOWN, (hot_s, steered_s))
    assert all(len(both) == 2 and len(both[0]) == len(both[1]) for both in by_kind.values())
    assert sum(len(both[0]) for both in by_kind.values()) == len(KNOWN)
    assert 0 < beyond_every_window(KNOWN) < len(KNOWN)


def test_what_seeds_draw_counts_their_homes():
    found = {name: (weights, counts) for name, weights, counts in what_seeds_draw(range(1, 301))}
    weights, counts = found["seconds between readings"]
    assert weights.startswith("1 s: 43 %, 2 s: 13 %")
    assert sum(int(part.split(": ")[1]) for part in counts.split(", ")) == 300
    assert found["sun, 2 to 10 kW"][1].endswith(" of 300")


def test_the_page_quotes_the_homes_under_a_tariff():
    rows = read_rows_of(TARIFF_ROWS, TariffRow)
    assert [row.seed for row in rows] == [*range(53001, 53061)]
    above, windows = (sum(getattr(row, name) for row in rows) for name in ("above", "windows"))
    mean, median, p90, _, worst = quantiles([row.energy_pct for row in rows], is_best_high=True)
    page = quoted("docs/measurements.md")
    assert f"[{len(rows)} random homes](population.md#homes-under-a-tariff), an hour each, unused: {above} of" in page
    assert f"{above} of {windows} quarter hours were above the target, by up to" in page
    assert f"by up to {max(row.above_kw for row in rows):.2f} kW, with {median:.0f} % of the possible energy" in page
    assert f"(median; mean {mean:.0f} %, p90 {p90:.0f} %, worst {worst:.0f} %)" in page


def test_the_page_quotes_the_homes_with_sun():
    played = sun_homes(read_rows_of(SUN_ROWS, SunRow))
    homes, page = with_sun(played), quoted("docs/measurements.md")
    alone, known = rows_by_mode(homes)["solar_only"], known_to_peers(homes)
    assert sorted(played) == [*range(52001, 52001 + len(played))]
    assert f"[{len(played)} unused homes](population.md#homes-with-sun), {len(homes)} with sun" in page
    mean, median, *_ = quantiles([row.share_pct for row in alone], is_best_high=True)
    nothing = [row for row in alone if row.share_pct < 1]
    words = f"Of {len(alone)} in `solar_only` the median uses {median:.0f} % (mean {mean:.0f} %)"
    assert f"{words}; {len(nothing)} use nothing" in page
    assert all([box.car.phases for box in draw_sunny_home(row.seed).boxes] == [1] for row in nothing)
    ours, *peers = (sum_of_homes([rows[name] for rows in known.values()]) for name in (FUSEBOX, *SUN_PEERS))
    shares = [of.share_pct for of in peers]
    words = f"In {len(known)} homes that all know, Fusebox uses {ours.share_pct:.0f} %, with {ours.grid_pct:.1f} % from"
    words += f" the grid and {ours.starts:.1f} starts; sixty lines"
    assert f"{words} {min(shares):.0f} to {max(shares):.0f} %" in page


def test_the_allocation_page_quotes_every_distribution_and_decides_by_count_of_homes():
    homes = read_rows(DISTRIBUTION_ROWS)
    page = quoted("docs/allocation.md")
    for name, (energy, over_s, _, least_kwh, nothing, *_) in distribution_cells(homes).items():
        better, worse = vote(homes, name, *CLEARLY["energy"])
        votes = "" if name == DEFAULT else f" {better}/{worse}"
        line = f"| `{name}` | {energy} | {over_s.partition('/')[0]} | {least_kwh} | {nothing} |{votes} |"
        assert line in page
    better, _ = vote(homes, "optimized", *CLEARLY["energy"])
    assert f"`{DEFAULT}` is the default: {len(homes) - better} of {len(homes)} homes get no clearly higher" in page


def test_the_newer_homes_have_what_earlier_ones_lack():
    drawn = [draw_home(seed) for seed in read_rows(NEWER_ROWS)]
    assert min(home.seed for home in drawn) >= NEWER_FROM_SEED + 100
    assert sum(home.in_watts is not None for home in drawn) == 8
    assert sum(any(box.switches_phases for box in home.boxes) for home in drawn) == 6
