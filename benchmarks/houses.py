"""Fusebox and other controllers in the same simulated houses, side by side, compared with a controller that knows the
future.

    python -m benchmarks.houses [--quick] [--only a,b10] [--seeds 1,11] [--package CHECKOUT]

Seeds 1 to 3 are for tuning, 11 to 13 are held out: no choice is based on them. The others are our own code after the
published ideas and constants of each (benchmarks/peers/); the optimum is a greedy with perfect foresight
(benchmarks/scenes/optimum.py). A run is two worker processes and some minutes; `--quick` takes one seed of each kind.
`--package` also plays the Fusebox of another checkout, in the same houses.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from benchmarks.scenes.play import ALONE, BEFORE, controllers_of_scene
from benchmarks.scenes.pool import Job, play_all
from benchmarks.scenes.scene import SCENES
from benchmarks.scenes.slow_meter import reacting_line
from benchmarks.scenes.sun_bound import bound_line
from benchmarks.scenes.table import goals_table, outcomes_table

TUNING, HELD_OUT = (1, 2, 3), (11, 12, 13)
WIDE = 150


def main(argv: Sequence[str] | None = None) -> None:
    """Play every scene with every controller, and print the outcomes and goals as tables."""
    options = _parse_options(argv)
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDE)
    began_s = time.monotonic()
    outcomes = play_all(_make_jobs(options))
    for title, chosen in (("Tuning", TUNING), ("Held out", HELD_OUT), ("Other", None)):
        seeds = [s for s in options.seeds if (s in chosen if chosen else s not in TUNING + HELD_OUT)]
        if not seeds:
            continue
        found = {
            key: {name: [outcomes[key, name, s] for s in seeds] for name in _names(key, options.package)}
            for key in options.only
        }
        label = f"{title}: seeds {', '.join(map(str, seeds))}; means of an evening, energy in % of the optimum"
        console.print(outcomes_table(label, found))
        console.print(goals_table(f"{title}: goals", found))
        for scene in (SCENES[key] for key in options.only):
            if scene.slow and not scene.rough:
                console.print(reacting_line(scene, seeds), highlight=False)
    if any(SCENES[key].solar for key in options.only):
        console.print(bound_line(), highlight=False)
    console.print(f"{time.monotonic() - began_s:.0f} s", highlight=False)


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.houses", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="one seed to tune with and one that is held out")
    parser.add_argument("--only", type=_parse_scenes, default=list(SCENES), help=f"some of {','.join(SCENES)}")
    parser.add_argument("--seeds", type=_seeds, help="seeds such as 1,2,11; default: 1-3 and 11-13")
    parser.add_argument("--package", type=Path, help="another checkout, whose Fusebox is played too")
    options = parser.parse_args(argv)
    if options.seeds is None:
        options.seeds = [TUNING[0], HELD_OUT[0]] if options.quick else [*TUNING, *HELD_OUT]
    return options


def _parse_scenes(text: str) -> list[str]:
    keys = text.split(",")
    if unknown := [key for key in keys if key not in SCENES]:
        raise argparse.ArgumentTypeError(f"no house {', '.join(unknown)}; there are {', '.join(SCENES)}")
    return keys


def _seeds(text: str) -> list[int]:
    return [int(word) for word in text.split(",")]


def _names(key: str, package: Path | None) -> tuple[str, ...]:
    fusebox, *peers = controllers_of_scene(SCENES[key])
    return (fusebox, *([] if package is None else [BEFORE]), *peers, ALONE)


def _make_jobs(options: argparse.Namespace) -> list[Job]:
    return [
        Job(SCENES[key], name, seed, options.package if name == BEFORE else None)
        for key in options.only
        for seed in options.seeds
        for name in _names(key, options.package)
    ]


if __name__ == "__main__":
    main()
