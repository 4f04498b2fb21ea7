"""Two cars on one fuse that is small for both, on evenings with many load changes, compared with other controllers.

    python -m benchmarks.two_cars [--seeds 21-26] [--only one_wire] [--package CHECKOUT]

Seeds 21 to 26 are for tuning, 31 to 36 are held out. The optimum knows every second in advance
(benchmarks/scenes/optimum.py). Two worker processes, about 40 s of CPU for an evening of Fusebox. `--package` also
plays the Fusebox of another checkout, in the same houses.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from benchmarks.scenes import pulsing, restless
from benchmarks.scenes.evening import SHORT_S
from benchmarks.scenes.measure import Outcome
from benchmarks.scenes.play import BEFORE, FUSEBOX, SIXTY
from benchmarks.scenes.pool import Job, play_all
from benchmarks.scenes.scene import AT_SIX, Scene
from benchmarks.seeds import first_to_last

HELD_OUT = "31-36"
WIDE = 150
PEERS = (SIXTY, "naive", "Load Juggler")


def _make_scene(key: str, title: str, priorities: tuple[int, ...] = (), fuse_a: float = 25.0) -> Scene:
    alone = key == "one_wire"
    return Scene(
        key,
        title,
        restless.one_wire if alone else restless.one_of_three,
        phases=1 if alone else 3,
        cars=2,
        start=AT_SIX,
        length_s=SHORT_S,
        on_phases=(1, 1) if alone else (3, 1),
        distribution="priority",
        priorities=priorities,
        fuse_a=fuse_a,
    )


def _pulsing(key: str, title: str, on_phases: tuple[int, ...]) -> Scene:
    phases = max(on_phases)
    household = replace(pulsing.HOB_16_A, phases=phases)
    return Scene(key, title, household, phases, 2, AT_SIX, pulsing.LENGTH_S, on_phases=on_phases)


ARRANGEMENTS: Mapping[str, Scene] = {
    scene.key: scene
    for scene in (
        _make_scene("three_first", "three phases, 25 A: a car on all is served before one on L1"),
        _make_scene("one_first", "three phases, 25 A: a car on L1 is served before one on all", priorities=(2, 1)),
        _make_scene("one_wire", "one phase, 32 A: two cars", fuse_a=32.0),
        _pulsing("pulsing_wire", "one phase, 25 A: two cars beside a hob that pulses", (1, 1)),
        _pulsing("pulsing_three", "three phases, 25 A: a car on all, one on L1, a hob that pulses", (3, 1)),
    )
}

COLUMNS: Mapping[str, Callable[[Outcome], float]] = {
    "s > 1.13 In": lambda o: o.hot_s,
    "A2s > In": lambda o: o.heat_a2s,
    "energy %": lambda o: o.energy_pct,
    "starts": lambda o: sum(o.starts),
    "pauses": lambda o: sum(o.pauses),
    "writes/h": lambda o: o.writes_h,
}
"""Of both cars together."""


def main(argv: Sequence[str] | None = None) -> None:
    """Play each arrangement of two cars with each controller, and print a table."""
    options = _parse_options(argv)
    names = (FUSEBOX, *([] if options.package is None else [BEFORE]), *PEERS)
    found = play_all(
        [
            Job(ARRANGEMENTS[key], name, seed, options.package if name == BEFORE else None)
            for key in options.only
            for name in names
            for seed in options.seeds
        ]
    )
    table = Table("arrangement", "controller", title=f"Means of an evening, seeds {options.seeds}")
    for name in COLUMNS:
        table.add_column(name, justify="right")
    for key in options.only:
        for name in names:
            outcomes = [found[key, name, seed] for seed in options.seeds]
            title = ARRANGEMENTS[key].title if name == FUSEBOX else ""
            table.add_row(title, name, *(f"{fmean(map(of, outcomes)):,.1f}" for of in COLUMNS.values()))
        table.add_section()
    Console(width=WIDE).print(table)


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.two_cars", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=first_to_last, default=HELD_OUT, help="one, or a first and a last")
    parser.add_argument("--only", choices=ARRANGEMENTS, action="append")
    parser.add_argument("--package", type=Path, help="another checkout, whose Fusebox is played too")
    options = parser.parse_args(argv)
    options.only = options.only or list(ARRANGEMENTS)
    return options


if __name__ == "__main__":
    main()
