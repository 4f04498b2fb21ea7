"""What is lost when a number of tuning.py is halved or doubled, or a rule is off, in ten short houses; a row for each.

    python -m benchmarks.ablation [--results FILE] [--only RAISE] [--workers 2] [--write]

Results of this code are stored in a journal next to FILE and not computed again, so it may be stopped at any time. A
number is tried only in the houses in which it is read, a rule in all. `--write` plays nothing: it writes the results of
this command, of benchmarks.ablation.noticed and of benchmarks.ablation.missed to measured.csv.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from fusebox import tuning
from simhouse.sweep.crews import run_here
from simhouse.sweep.results import Journal

from .houses import HOURS
from .measured import NOTICED, effects_by_change, print_effects, write_effects
from .numbers import FACTORS, names, varied
from .row import Job, Row, play_row
from .rules import OFF, RULES

RESULTS = Path(".cache/ablation")


def main(argv: Sequence[str] | None = None) -> None:
    """Play the missing hours, then print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.ablation", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--noticed", type=Path, default=NOTICED)
    parser.add_argument("--only", default="", help="numbers and rules whose name begins so")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="write measured.csv, play nothing")
    options = parser.parse_args(argv)
    options.results.parent.mkdir(parents=True, exist_ok=True)
    journal = Journal(options.results)
    if not options.write:
        _play(journal, [Job(hour) for hour in HOURS], options.workers)
        _play(journal, list(_make_jobs(journal.rows, options.only)), options.workers)
    shipped = [journal.rows[key] for hour in HOURS if (key := Job(hour).key) in journal.rows]
    rows = [journal.rows[job.key] for job in _make_jobs(journal.rows, options.only) if job.key in journal.rows]
    found = effects_by_change(shipped, rows)
    if options.write:
        write_effects(found, options.noticed)
    else:
        print_effects(found)


def _play(journal: Journal, jobs: Sequence[Job], workers: int) -> None:
    for row in run_here([job for job in jobs if job.key not in journal.rows], play_row, workers):
        journal.add(row)


def _make_jobs(rows: Mapping[str, Row], only: str) -> Iterator[Job]:
    """Yield a job for each matching number, factor and house that reads the number; for each rule and house."""
    read = {hour: set(rows.get(Job(hour).key, {}).get("read", ())) for hour in HOURS}
    for name in names():
        for factor in FACTORS:
            if name.startswith(only) and varied(name, factor) != getattr(tuning, name):
                yield from (Job(hour, name, factor) for hour in HOURS if name in read[hour])
    yield from (Job(hour, name, OFF) for name in RULES if name.startswith(only) for hour in HOURS)


if __name__ == "__main__":
    main()
