"""The same homes under each distribution: what the loads get, what the fuse has to tolerate, what the last car gets.

    python -m benchmarks.population.distributions [--seeds 1-100] [--distribution optimized] [--out FILE] [--read FILE]

Only homes with at least two steered loads are played: in the others all distributions are the same. The rows are
written to `--out` as those of a random home, with the distribution as the controller; a run that was stopped goes on
where it was, and `--read` plays nothing. About twenty seconds of CPU for a home under all four. Homes vote: each for a
distribution with clearly more than the default has.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.seeds import first_to_last
from simhouse.population.draw import draw_home
from simhouse.population.home import Home

from .figures import ENERGY, HEAT, HOT, Figure
from .files import by_home, read_rows, write_rows
from .jobs import play_homes
from .play import ALONE, FUSEBOX, Job
from .verdict import SAME_S, ByHome

DEFAULT = "priority"
DISTRIBUTIONS = ("shared", DEFAULT, "optimized", "strict")
OUT = Path("demo_out/distributions.csv")
NOTHING_KWH = 0.1
"""A car with less than this got nothing [kWh]."""

LAST_CAR = Figure("least served car, kWh", lambda row: row.least_car_kwh, is_best_high=True)
CLEARLY: Mapping[str, tuple[Figure, float]] = {
    "energy": (ENERGY, 1.0),
    "overload": (HOT, SAME_S),
    "last car": (LAST_CAR, 0.1),
}
"""What a home votes on: the figure, and the difference from which it counts [%, s, kWh]."""

COLUMNS = (
    "energy [%]",
    "s above 1.13 In, mean/p90/worst",
    "heat, A2s",
    "least served car, kWh",
    "a car got nothing",
    "starts",
    *(f"{name}: homes for/against" for name in CLEARLY),
)
WIDE = 170

GROUPS: Mapping[str, Callable[[Home], bool]] = {
    "all homes": lambda home: True,
    "one car": lambda home: len(home.boxes) == 1,
    "cars on as many phases": lambda home: len(home.boxes) > 1 and not is_uneven(home),
    "cars on one phase and on three": lambda home: len(home.boxes) > 1 and is_uneven(home),
}


def is_uneven(home: Home) -> bool:
    """Return whether the chargers of a home differ in their number of phases."""
    return len({len(box.phases) for box in home.boxes}) > 1


def main(argv: Sequence[str] | None = None) -> None:
    """Play the homes, or read the CSV given with `--read`; write the CSV, and print a table for each group of homes."""
    options = _parse_options(argv)
    homes = read_rows(options.read) if options.read is not None else _played(options)
    write_rows(options.out, (row for rows in homes.values() for row in rows.values()))
    console = Console(width=WIDE)
    for group, some in homes_by_group(homes).items():
        console.print(distributions_table(f"{group} ({len(some)})", some))


def _played(options: argparse.Namespace) -> ByHome:
    """Return seed -> distribution -> row, and the row of the house alone."""
    names = options.distribution or DISTRIBUTIONS
    jobs = {
        (seed, name): Job(seed, (FUSEBOX, ALONE) if name == names[0] else (FUSEBOX,), (("distribution", name),))
        for seed in options.seeds
        if _has_several_loads(draw_home(seed))
        for name in names
    }
    found = play_homes(list(jobs.values()), options.out, options.workers)
    return by_home(
        replace(row, controller=name if row.controller == FUSEBOX else row.controller)
        for (_, name), job in jobs.items()
        for row in found[job]
    )


def homes_by_group(homes: ByHome) -> Mapping[str, ByHome]:
    """Return group -> its homes; groups without any are left out."""
    found = {
        group: {seed: rows for seed, rows in homes.items() if belongs(draw_home(seed))}
        for group, belongs in GROUPS.items()
    }
    return {group: some for group, some in found.items() if some}


class Vote(NamedTuple):
    """How many homes have clearly more of the good under a distribution than under the default, and clearly less."""

    better: int
    worse: int


def vote(homes: ByHome, name: str, figure: Figure, clearly: float) -> Vote:
    """Return the vote on a distribution by a figure; `clearly`: smaller differences do not count."""
    sign = 1 if figure.is_best_high else -1
    pairs = zip(figure.values(homes, name), figure.values(homes, DEFAULT), strict=True)
    gains = [sign * (value - default) for value, default in pairs]
    return Vote(sum(gain > clearly for gain in gains), sum(gain < -clearly for gain in gains))


def distributions_table(title: str, homes: ByHome) -> Table:
    """Return a row for each distribution: means over these homes, overload beyond what the house alone causes."""
    table = Table(title=title, title_justify="left")
    table.add_column("distribution")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for name, cells in distribution_cells(homes).items():
        table.add_row(name, *cells)
    return table


def distribution_cells(homes: ByHome) -> Mapping[str, Sequence[str]]:
    """Return distribution -> the cells of its row in the table, one for each of `COLUMNS`."""
    found = {}
    played = next(iter(homes.values()))
    for name in [name for name in DISTRIBUTIONS if name in played]:
        ours, hot = [rows[name] for rows in homes.values()], HOT.quantiles(homes, name)
        votes = [vote(homes, name, *of) for of in CLEARLY.values() if name != DEFAULT and DEFAULT in played]
        found[name] = (
            f"{100 * sum(row.kwh for row in ours) / sum(row.possible_kwh for row in ours):.1f}",
            f"{hot.mean:.1f}/{hot.p90:.0f}/{hot.worst:.0f}",
            f"{HEAT.quantiles(homes, name).mean:,.0f}",
            f"{fmean(row.least_car_kwh for row in ours):.2f}",
            str(sum(row.least_car_kwh < NOTHING_KWH for row in ours)),
            f"{fmean(row.starts for row in ours):.1f}",
            *(f"{each.better}/{each.worse}" for each in votes),
            *[""] * (len(CLEARLY) - len(votes)),
        )
    return found


def _has_several_loads(home: Home) -> bool:
    return len(home.boxes) + len(home.switched) > 1


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.population.distributions", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--seeds", type=first_to_last, default="1-100", help="a first and a last")
    parser.add_argument("--distribution", choices=DISTRIBUTIONS, action="append", help="default: each of them")
    parser.add_argument("--out", type=Path, default=OUT, help="where the rows are written")
    parser.add_argument("--read", type=Path, help="show the rows of an earlier run and play nothing")
    parser.add_argument("--workers", type=int, help="processes; default: one for each core")
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
