"""The part of `benchmarks.population` for homes with sun: plays them, prints tables, writes CSV and picture."""

from __future__ import annotations

import argparse
from collections.abc import Iterable

from rich.console import Console

from .files import read_rows_of, write_rows
from .jobs import play_jobs
from .sun import SunJob, SunRow, controllers_for, play_sun
from .sun_table import SunHomes, draw_sun, frontier_table, known_to_peers, modes_table, with_sun, worst_table

WIDE = 130


def sun_main(options: argparse.Namespace) -> None:
    """Play the missing homes, or read them, and show all results."""
    rows = read_rows_of(options.read, SunRow) if options.read is not None else _played(options)
    write_rows(options.out, rows)
    homes = with_sun(sun_homes(rows))
    console = Console(width=WIDE)
    if not homes:
        console.print("No surplus in any of these homes.")
        return
    console.print(modes_table(homes))
    known = known_to_peers(homes)
    if known:
        console.print(frontier_table(known))
        draw_sun(options.out.with_suffix(".png"), known)
    console.print(worst_table(homes))


def sun_homes(rows: Iterable[SunRow]) -> SunHomes:
    """Return seed -> controller -> row."""
    found: dict[int, dict[str, SunRow]] = {}
    for row in rows:
        found.setdefault(row.seed, {})[row.controller] = row
    return found


def _played(options: argparse.Namespace) -> list[SunRow]:
    jobs = [SunJob(seed, controllers_for(seed, options.ours), options.site, options.tuning) for seed in options.seeds]
    found = play_jobs(jobs, play_sun, options.out, options.workers, options.scheduler)
    return [SunRow(**row) for plain in found.values() for row in plain]
