"""What is lost in the homes of the population when a rule is off, or a number of tuning.py is halved or doubled.

    python -m benchmarks.ablation.in_homes --seeds 2001-2300 [--most 300] [--only RAISE] [--workers 2] [--write]

Each home is played once as shipped, which reveals the numbers that it reads and the rules that fire in it. A change is
played in those homes only, in up to `--most` of them; in all others it changes nothing. Results of this code are stored
in a journal next to `--results`, so it may be stopped at any time. `--write` plays nothing and writes the journal to
in_homes.csv, from which docs/rules.md and docs/tuning.md are made. With `--sun` the homes are those with sun and the
file is in_sunny_homes.csv; with `--limits` they have a tariff, a contract and `optimized`: in_limited_homes.csv.
"""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from benchmarks.seeds import first_to_last
from fusebox import tuning
from simhouse.sweep.crews import run_here
from simhouse.sweep.results import Journal

from .home_rows import HomeJob, Row, play_home_row
from .numbers import FACTORS, names, varied
from .rules import OFF, RULES

RESULTS = Path(".cache/in_homes")
FILE, SUNNY_FILE, LIMITED_FILE = (
    Path(__file__).with_name(name) for name in ("in_homes.csv", "in_sunny_homes.csv", "in_limited_homes.csv")
)
FIGURES = ("hot_s", "heat_a2s", "energy_pct", "starts", "commands")
"""Seconds above 1.13 In of all wires, A2s above In of the main fuse, energy in % of the possible, and counts."""

SUNNY_FIGURES = ("sun_pct", "grid_kwh", "starts", "commands")
"""Of homes with sun: the loads' own energy in % of the usable surplus, their energy from the grid, and counts."""

LIMITED_FIGURES = ("hot_s", "over_kwh", "energy_pct", "starts", "commands")
"""Of homes under limits: also the import above the target of a tariff [kWh]."""

BEST_IS_HIGH = ("energy_pct", "sun_pct")
P99 = 0.99
WIDE = 170


class Effect(NamedTuple):
    """Effect of a change over `homes` homes: for each figure the mean, and the loss that 1 % of homes exceed."""

    homes: int
    changed: int
    """How many of them got other commands."""

    mean: Mapping[str, float]
    p99: Mapping[str, float]


def main(argv: Sequence[str] | None = None) -> None:
    """Play what is missing, then print or write the effects."""
    parser = argparse.ArgumentParser(prog="benchmarks.ablation.in_homes", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=first_to_last, required=True)
    parser.add_argument("--most", type=int, default=300, help="homes in which each change is played")
    parser.add_argument("--only", default="", help="numbers and rules whose name begins so")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sun", action="store_true", help="play the homes with sun")
    parser.add_argument("--limits", action="store_true", help="play the homes under a tariff, a contract, optimized")
    parser.add_argument("--write", action="store_true", help="write in_homes.csv, play nothing")
    options = parser.parse_args(argv)
    options.results.parent.mkdir(parents=True, exist_ok=True)
    journal = Journal(options.results)
    as_shipped = {seed: HomeJob(seed, sunny=options.sun, limited=options.limits) for seed in options.seeds}
    if not options.write:
        _play(journal, list(as_shipped.values()), options.workers)
    shipped = {seed: row for seed, job in as_shipped.items() if (row := journal.rows.get(job.key))}
    figures, file = FIGURES, FILE
    if options.sun or options.limits:
        figures, file = (SUNNY_FIGURES, SUNNY_FILE) if options.sun else (LIMITED_FIGURES, LIMITED_FILE)
    asked = {
        change: jobs_concerned(shipped, HomeJob(0, *change, options.sun, options.limits), options.most)
        for change in changes_to_try(options.only)
    }
    if not options.write:
        # Home by home: what is possible in a home is worked out once for all its changes.
        _play(journal, sorted(job for jobs, _ in asked.values() for job in jobs), options.workers)
    found = {
        change: combined_effect([(shipped[job.seed], journal.rows[job.key]) for job in jobs], homes, figures)
        for change, (jobs, homes) in asked.items()
        if all(job.key in journal.rows for job in jobs)
    }
    if options.write:
        write_effects(file, found, figures)
    else:
        print_effects(found, figures)


def changes_to_try(only: str) -> Iterator[tuple[str, float]]:
    """Yield (name, factor): every rule off, then every number times each factor, if the name begins with `only`."""
    yield from ((name, OFF) for name in RULES if name.startswith(only))
    for name in names():
        for factor in FACTORS:
            if name.startswith(only) and varied(name, factor) != getattr(tuning, name):
                yield name, factor


def jobs_concerned(shipped: Mapping[int, Row], change: HomeJob, most: int) -> tuple[list[HomeJob], int]:
    """Return this change in the first `most` homes that it concerns, and how many homes were searched."""
    jobs: list[HomeJob] = []
    for gone_through, (seed, row) in enumerate(shipped.items()):
        if len(jobs) == most:
            return jobs, gone_through
        if change.name in row["concerns"]:
            jobs.append(change._replace(seed=seed))
    return jobs, len(shipped)


def combined_effect(pairs: Sequence[tuple[Row, Row]], homes: int, figures: Sequence[str] = FIGURES) -> Effect:
    """Return a change's effect over `homes` homes; homes without a pair of rows (as shipped, changed) do not differ."""
    mean, p99 = {}, {}
    for figure in figures:
        differences = [changed[figure] - shipped[figure] for shipped, changed in pairs]
        mean[figure] = sum(differences) / homes if homes else 0.0
        losses = [-d if figure in BEST_IS_HIGH else d for d in differences]
        ordered = sorted([*losses, *[0.0] * (homes - len(pairs))])
        p99[figure] = ordered[min(homes - 1, int(P99 * homes))] if homes else 0.0
    changed_count = sum(shipped["mark"] != changed["mark"] for shipped, changed in pairs)
    return Effect(homes, changed_count, mean, p99)


def _play(journal: Journal, jobs: Sequence[HomeJob], workers: int) -> None:
    for row in run_here([job for job in jobs if job.key not in journal.rows], play_home_row, workers):
        journal.add(row)


def print_effects(found: Mapping[tuple[str, float], Effect], figures: Sequence[str]) -> None:
    """Print a line for each change: the mean of each figure, and in brackets the loss that 1 % of homes exceed."""
    table = Table("changed", "times", "homes", "others", *figures)
    for (name, factor), of in found.items():
        cells = [f"{of.mean[figure]:+.2f} ({of.p99[figure]:.1f})" for figure in figures] if of.changed else []
        table.add_row(name, f"{factor:g}", str(of.homes), str(of.changed), *cells)
    Console(width=WIDE).print(table)


def write_effects(path: Path, found: Mapping[tuple[str, float], Effect], figures: Sequence[str]) -> None:
    """Replace these changes' lines in the file; drop lines of numbers and rules that no longer exist."""
    lines = {(line["name"], float(line["factor"])): line for line in read_effects(path)}
    for key, of in found.items():
        measured = {f: f"{of.mean[f]:.3g}" for f in figures} | {f"{f}_p99": f"{of.p99[f]:.3g}" for f in figures}
        lines[key] = {"name": key[0], "factor": f"{key[1]:g}", "homes": of.homes, "changed": of.changed} | measured
    columns = ("name", "factor", "homes", "changed", *figures, *(f"{figure}_p99" for figure in figures))
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines[key] for key in changes_to_try("") if key in lines)


def read_effects(path: Path) -> list[dict[str, str]]:
    """Return the lines of a CSV file of effects in random homes; empty if the file does not exist."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


if __name__ == "__main__":
    main()
