"""Fusebox and other controllers in random homes, an hour each: quantiles over homes, the frontier, and the worst seeds.

    python -m benchmarks.population [--sun | --tariff] [--seeds 1-300] [--ours] [--site KEY=VALUE]
        [--tuning NAME=VALUE] [--against CSV] [--read CSV]

Seeds 1 to 999 are for development; quote figures only of seeds that were not used before, and name them. The rows are
written to `--out`, a CSV with a line for each home and controller; `--against` compares Fusebox with an earlier one,
home by home, `--read` shows the rows of one and plays nothing, and `--ours` plays Fusebox alone. A run that was stopped
continues where it was. To compare two checkouts, run it in each of them, the second time with the CSV of the first.
With `--sun` the homes have a roof and loads that run on its surplus: their share of it, energy from the grid, starts
and commands, compared with a controller that follows the surplus, with delays of 10 to 600 s. With `--tariff` Fusebox
alone runs them under a target for quarter hours, half of the seeds from 70001 on for two hours under one for hours:
import above it, and their share of the possible energy. A home takes about 20 seconds of CPU (23 on average of seeds 1
to 8 on 25 November 2026, on a busy machine), Fusebox alone 7 to 33.
"""

from __future__ import annotations

import argparse
from ast import literal_eval
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Console

from benchmarks.seeds import first_to_last
from simhouse.population.draw import draw_home

from .compare import comparison_table
from .files import by_home, read_rows, write_rows
from .jobs import play_homes
from .picture import draw_picture
from .play import ALONE, FUSEBOX, PEERS, Job
from .sun_main import sun_main
from .table import controllers_table, shares_table, worst_table
from .tariff_table import tariff_main
from .verdict import ByHome

OUT = Path("demo_out/population.csv")
SUN_OUT, TARIFF_OUT = OUT.with_stem("population_sun"), OUT.with_stem("population_tariff")
WIDE = 170


def main(argv: Sequence[str] | None = None) -> None:
    """Play the missing homes, print the tables, write the CSV and the picture."""
    options = _parse_options(argv)
    if options.sun:
        sun_main(options)
        return
    if options.tariff:
        tariff_main(options)
        return
    homes = _played(options)
    write_rows(options.out, (row for rows in homes.values() for row in rows.values()))
    console = Console(width=WIDE)
    if options.against is not None:
        console.print(comparison_table(read_rows(options.against), homes))
        return
    console.print(controllers_table(f"Fusebox in {len(homes)} homes: median/p90/p99/worst", _only(homes, FUSEBOX)))
    known = {seed: rows for seed, rows in homes.items() if draw_home(seed).known_to_peers}
    if known and not options.ours:
        title = f"The {len(known)} homes that other controllers know whole: median/p90/p99/worst"
        console.print(controllers_table(title, known))
        console.print(shares_table(homes))
        draw_picture(options.out.with_suffix(".png"), known)
    console.print(worst_table(homes))


def _played(options: argparse.Namespace) -> ByHome:
    if options.read is not None:
        return read_rows(options.read)
    jobs = [Job(seed, _controllers(seed, options.ours), options.site, options.tuning) for seed in options.seeds]
    found = play_homes(jobs, options.out, options.workers, options.scheduler)
    return by_home(row for rows in found.values() for row in rows)


def _controllers(seed: int, ours: bool) -> tuple[str, ...]:
    known = draw_home(seed).known_to_peers and not ours
    return (FUSEBOX, ALONE, *(PEERS if known else ()))


def _only(homes: ByHome, controller: str) -> ByHome:
    return {seed: {name: rows[name] for name in (controller, ALONE)} for seed, rows in homes.items()}


def _parse_setting(text: str) -> tuple[str, Any]:
    name, equals, value = text.partition("=")
    if not equals:
        raise argparse.ArgumentTypeError(f"{text!r} is not NAME=VALUE")
    try:
        return name, literal_eval(value)
    except (ValueError, SyntaxError):
        return name, value


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.population", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=first_to_last, default="1-300", help="such as 1-300,400-499")
    kinds = parser.add_mutually_exclusive_group()
    kinds.add_argument("--sun", action="store_true", help="homes with sun, two hours each")
    kinds.add_argument("--tariff", action="store_true", help="homes under a tariff that limits quarter hours or hours")
    parser.add_argument("--ours", action="store_true", help="Fusebox alone")
    parser.add_argument(
        "--site", type=_parse_setting, action="append", default=[], help="a key of CONFIG's site, for Fusebox"
    )
    parser.add_argument("--tuning", type=_parse_setting, action="append", default=[], help="a number of tuning.py")
    parser.add_argument("--read", type=Path, help="show the rows of an earlier run and play nothing")
    parser.add_argument("--against", type=Path, help="the CSV of an earlier run, compared home by home")
    parser.add_argument("--out", type=Path, help=f"where the rows are written; default: {OUT}, {SUN_OUT}, {TARIFF_OUT}")
    parser.add_argument("--workers", type=int, help="processes; default: one for each core")
    parser.add_argument("--scheduler", help="a Dask scheduler in place of processes, such as tcp://10.0.0.5:8786")
    options = parser.parse_args(argv)
    options.out = options.out or (SUN_OUT if options.sun else TARIFF_OUT if options.tariff else OUT)
    options.site, options.tuning = tuple(options.site), tuple(options.tuning)
    return options


if __name__ == "__main__":
    main()
