"""The part of `benchmarks.population` for homes with sun: plays them, prints tables, writes CSV and picture."""

from __future__ import annotations

import argparse
import csv
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path

from rich.console import Console

from .jobs import play_jobs
from .sun import PEERS, SunJob, SunRow, controllers_for, play_sun
from .sun_table import draw_sun, frontier_table, modes_table, with_sun, worst_table

WIDE = 130


def sun_main(options: argparse.Namespace) -> None:
    """Play the missing homes and show all results."""
    jobs = [SunJob(seed, controllers_for(seed, options.ours), options.site, options.tuning) for seed in options.seeds]
    found = play_jobs(jobs, play_sun, options.out, options.workers, options.scheduler)
    rows = {job.seed: [SunRow(**row) for row in plain] for job, plain in found.items()}
    write_sun_rows(options.out, (row for each in rows.values() for row in each))
    homes = with_sun({seed: {row.controller: row for row in each} for seed, each in rows.items()})
    console = Console(width=WIDE)
    if not homes:
        console.print(f"No surplus in any of the {len(rows)} homes.")
        return
    console.print(modes_table(homes))
    known = {seed: each for seed, each in homes.items() if PEERS.keys() <= each.keys()}
    if known:
        console.print(frontier_table(known))
        draw_sun(options.out.with_suffix(".png"), known)
    console.print(worst_table(homes))


def write_sun_rows(path: Path, rows: Iterable[SunRow]) -> None:
    """Write a line for each row, in their order, creating the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, [field.name for field in fields(SunRow)])
        writer.writeheader()
        writer.writerows(asdict(row) for row in rows)
