"""Plays the houses and prints what was found.

    python -m benchmarks.commissioning [--houses 500] [--first 1] [--workers N] [--keep FILE] [--verbose]

The loads and meters of a house, the hour of the day and what its residents switch are drawn from its seed. Results of
this code are stored in a journal next to FILE and not computed again. Three seconds of CPU for a house.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from simhouse.sweep.crews import run_here
from simhouse.sweep.results import Journal

from .judging import Outcome, print_tables
from .play import key_of, play

KEPT = Path(".cache/commissioning")


def main(argv: Sequence[str] | None = None) -> None:
    """Play the missing houses, and print the table."""
    parser = argparse.ArgumentParser(prog="benchmarks.commissioning", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--houses", type=int, default=500)
    parser.add_argument("--first", type=int, default=1)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--keep", type=Path, default=KEPT, help="where the journal is")
    parser.add_argument("--verbose", action="store_true", help="a line for each house that was not as it should be")
    options = parser.parse_args(argv)
    options.keep.parent.mkdir(parents=True, exist_ok=True)
    journal, seeds = Journal(options.keep), range(options.first, options.first + options.houses)
    for row in run_here([seed for seed in seeds if key_of(seed) not in journal.rows], play, options.workers):
        journal.add(row)
        if options.verbose:
            _tell(Outcome(**row))
    print_tables([Outcome(**journal.rows[key_of(seed)]) for seed in seeds])


def _tell(each: Outcome) -> None:
    if each.missed or each.accused or each.over_s or each.trips or each.state != "done":
        print(each._replace(key=""), file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
