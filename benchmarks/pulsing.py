"""Random homes with a hob that pulses, second by second: energy, overload and commands of Fusebox.

    python -m benchmarks.pulsing [--homes 1-24] [--tuning raise_window_s=8,raise_step_a=2] [--workers 2] [--keep FILE]

Home 7 is always the same home (benchmarks/scenes/pulsing.py). With `--tuning` Fusebox is played twice, as shipped and
with those numbers. Results are stored in a journal. About four seconds of CPU for a home.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from benchmarks.scenes.direct_play import DirectJob, Rule, play_missing_jobs
from benchmarks.scenes.measure import Outcome
from benchmarks.scenes.pulsing import pulsing_home
from benchmarks.scenes.scene import Scene
from benchmarks.seeds import first_to_last

KEPT = Path("demo_out/pulsing")
SEED = 1
WIDE = 120

GROUPS: Mapping[str, Callable[[Scene], bool]] = {
    "all homes": lambda scene: True,
    "no hob": lambda scene: "no hob" in scene.title,
    "a hob, one car": lambda scene: "no hob" not in scene.title and scene.cars == 1,
    "a hob, two cars": lambda scene: "no hob" not in scene.title and scene.cars == 2,
    "10 s meter": lambda scene: scene.slow,
}

COLUMNS: Mapping[str, Callable[[Outcome], float]] = {
    "energy %": lambda o: o.energy_pct,
    "s > 1.13 In": lambda o: o.hot_s,
    "A2s > In": lambda o: o.heat_a2s,
    "pauses": lambda o: sum(o.pauses),
    "writes/h": lambda o: o.writes_h,
}


def main(argv: Sequence[str] | None = None) -> None:
    """Print a row for each group of homes, as shipped and with other numbers of tuning.py."""
    options = _parse_options(argv)
    rules = {"Fusebox": Rule()} | ({"with --tuning": Rule(tuning=options.tuning)} if options.tuning else {})
    scenes = [pulsing_home(number) for number in options.homes]
    jobs = {(scene.key, name): DirectJob(scene, rule, SEED) for scene in scenes for name, rule in rules.items()}
    outcomes = play_missing_jobs(list(jobs.values()), options.keep, options.workers)
    table = Table("homes", "", *COLUMNS, title=f"Means of {len(scenes)} homes", title_justify="left")
    for group, belongs in GROUPS.items():
        found = [scene for scene in scenes if belongs(scene)]
        for name in rules if found else ():
            played = [outcomes[jobs[scene.key, name]] for scene in found]
            cells = (f"{fmean(map(of, played)):,.1f}" for of in COLUMNS.values())
            table.add_row(f"{group} ({len(found)})", name, *cells)
    Console(width=WIDE).print(table)


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.pulsing", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--homes", type=first_to_last, default="1-24", help="one, or a first and a last")
    parser.add_argument("--tuning", type=_numbers, default=(), help="numbers of tuning.py, NAME=VALUE,...")
    parser.add_argument("--workers", type=int, help="processes; default: one for each core")
    parser.add_argument("--keep", type=Path, default=KEPT, help="where the journal is")
    return parser.parse_args(argv)


def _numbers(text: str) -> tuple[tuple[str, float], ...]:
    pairs = (each.partition("=") for each in text.split(","))
    return tuple((name, float(value)) for name, _, value in pairs)


if __name__ == "__main__":
    main()
