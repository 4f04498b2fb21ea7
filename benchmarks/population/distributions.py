"""The same homes under each distribution: what the loads get, what the fuse has to tolerate, what the last car gets.

    python -m benchmarks.population.distributions [--seeds 1-100] [--distribution optimized] [--out FILE]

Only homes with at least two steered loads are played: in the others all distributions are the same. The rows are
written to `--out` with a column for the distribution; a run that was stopped goes on where it was. About twelve seconds
of CPU for a home under all four.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from benchmarks.seeds import first_to_last
from simhouse.population.draw import draw_home
from simhouse.population.home import Home

from .files import by_home
from .jobs import play_homes
from .play import ALONE, FUSEBOX, Job
from .verdict import ByHome, all_hot_s, beyond_the_house, quantiles

DISTRIBUTIONS = ("shared", "priority", "optimized", "strict")
OUT = Path("demo_out/distributions.csv")
NOTHING_KWH = 0.1
"""A car with less than this got nothing [kWh]."""

COLUMNS = (
    "energy [%]", "s above 1.13 In, mean/p90", "heat [A2s]", "least served car [kWh]", "a car got nothing", "starts"
)  # fmt: skip
WIDE = 150

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
    """Play what is missing, write the CSV, print a table for each group of homes."""
    options = _parse_options(argv)
    seeds = [seed for seed in options.seeds if _has_several_loads(draw_home(seed))]
    names = options.distribution or DISTRIBUTIONS
    jobs = {
        (name, seed): Job(seed, (FUSEBOX, ALONE) if name == names[0] else (FUSEBOX,), (("distribution", name),))
        for seed in seeds
        for name in names
    }
    found = play_homes(list(jobs.values()), options.out, options.workers)
    alone = by_home(row for seed in seeds for row in found[jobs[names[0], seed]])
    by_name = {name: {seed: {**alone[seed], FUSEBOX: found[jobs[name, seed]][0]} for seed in seeds} for name in names}
    _write_csv(options.out, by_name)
    console = Console(width=WIDE)
    for group, belongs in GROUPS.items():
        some = [seed for seed in seeds if belongs(draw_home(seed))]
        if some:
            homes = {name: {seed: rows[seed] for seed in some} for name, rows in by_name.items()}
            console.print(distributions_table(f"{group} ({len(some)})", homes))


def distributions_table(title: str, by_name: Mapping[str, ByHome]) -> Table:
    """Return a row for each distribution: means over these homes, overload beyond what the house alone causes."""
    table = Table(title=title, title_justify="left")
    table.add_column("distribution")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for name, homes in by_name.items():
        ours = [rows[FUSEBOX] for rows in homes.values()]
        over_s = [beyond_the_house(rows, FUSEBOX, all_hot_s) for rows in homes.values()]
        heat_a2s = [beyond_the_house(rows, FUSEBOX, lambda row: row.heat_a2s) for rows in homes.values()]
        table.add_row(
            name,
            f"{100 * sum(row.kwh for row in ours) / sum(row.possible_kwh for row in ours):.1f}",
            f"{fmean(over_s):.1f}/{quantiles(over_s).p90:.0f}",
            f"{fmean(heat_a2s):,.0f}",
            f"{fmean(row.least_car_kwh for row in ours):.2f}",
            str(sum(row.least_car_kwh < NOTHING_KWH for row in ours)),
            f"{fmean(row.starts for row in ours):.1f}",
        )
    return table


def _has_several_loads(home: Home) -> bool:
    return len(home.boxes) + len(home.switched) > 1


def _write_csv(path: Path, by_name: Mapping[str, ByHome]) -> None:
    lines = [
        {"distribution": name, **asdict(rows[FUSEBOX])} for name, homes in by_name.items() for rows in homes.values()
    ]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(lines[0]))
        writer.writeheader()
        writer.writerows(lines)


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="benchmarks.population.distributions", description=(__doc__ or "").splitlines()[0]
    )
    parser.add_argument("--seeds", type=first_to_last, default="1-100", help="a first and a last")
    parser.add_argument("--distribution", choices=DISTRIBUTIONS, action="append", help="default: each of them")
    parser.add_argument("--out", type=Path, default=OUT, help="where the rows are written")
    parser.add_argument("--workers", type=int, help="processes; default: one for each core")
    return parser.parse_args(argv)


if __name__ == "__main__":
    main()
