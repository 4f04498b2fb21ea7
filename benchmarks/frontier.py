"""Energy versus overload: Fusebox compared with the frontier of sixty lines that cut at once and raise into lasting
capacity.

    python -m benchmarks.frontier [--quick] [--only one,wire10] [--seeds 601-606] [--workers 2] [--keep FILE]

Sixty lines (benchmarks/peers/sixty_lines.py) are played with every window and margin, Fusebox with every `caution`, on
random evenings of three hours; seeds 501 to 506 are for tuning, 601 to 606 are held out. The last columns are the
overload of the frontier at the energy of Fusebox (seconds/A2s), and Fusebox's overload as a share of that; in brackets
both without the overload of the house alone. Results are stored in a journal, from which a restart with the same code
continues. About ten seconds of CPU for an evening of Fusebox, one or two for one of sixty lines.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import fmean

from rich.console import Console
from rich.table import Table

from benchmarks.scenes import restless
from benchmarks.scenes.direct_play import DirectJob, Rule, play_missing_jobs
from benchmarks.scenes.envelope import Point, overload_at
from benchmarks.scenes.evening import SHORT_S
from benchmarks.scenes.measure import Outcome, house_alone
from benchmarks.scenes.scene import AT_SIX, FUSE_A, SLOW_METER_S, Scene
from benchmarks.seeds import first_to_last
from benchmarks.two_cars import ARRANGEMENTS

TUNING, HELD_OUT, QUICK = "501-506", "601-606", "601-602"
WINDOWS_S = (10, 30, 60, 120, 300, 600)
MARGINS_A = (0.5, 2.0)
SIXTY = tuple(Rule(window_s, margin_a) for margin_a in MARGINS_A for window_s in WINDOWS_S)
FUSEBOX: Mapping[str, Rule] = {
    f"Fusebox, {caution}": Rule(site=(("caution", caution),)) for caution in ("brisk", "balanced", "calm")
}
KEPT = Path("demo_out/frontier")
WIDE = 150

_EACH_SECOND = (
    Scene("three", "three phases, one car", restless.three_phases, 3, 1, AT_SIX, SHORT_S, car_max_a=FUSE_A),
    Scene("one", "one phase, one car", restless.one_wire, 1, 1, AT_SIX, SHORT_S, car_max_a=FUSE_A),
    replace(ARRANGEMENTS["one_wire"], key="wire", title="two cars on one wire, 32 A"),
    replace(ARRANGEMENTS["three_first"], key="two", title="two cars, three phases"),
)
HOUSES: Mapping[str, Scene] = {
    scene.key: scene
    for each in _EACH_SECOND
    for scene in (
        each,
        replace(each, key=f"{each.key}10", title=f"{each.title}, 10 s meter", meter_every_s=SLOW_METER_S),
    )
}

Found = Mapping[Rule, Sequence[Outcome]]
"""Controller -> outcomes of a house, one a seed."""


def main(argv: Sequence[str] | None = None) -> None:
    """Print every setting in every house, and Fusebox's share of the frontier's overload at its energy."""
    options = _parse_options(argv)
    jobs = [
        DirectJob(HOUSES[key], rule, seed)
        for rule in (*FUSEBOX.values(), *SIXTY)
        for key in options.only
        for seed in options.seeds
    ]
    outcomes = play_missing_jobs(jobs, options.keep, options.workers)
    table = Table("house", "controller", title=f"Means of an evening, seeds {options.seeds}", title_justify="left")
    for name in ("energy %", "s > 1.13 In", "A2s > In", "starts", "frontier", "share", "beyond the house"):
        table.add_column(name, justify="right")
    for key in options.only:
        found = {
            rule: [outcomes[DirectJob(HOUSES[key], rule, seed)] for seed in options.seeds]
            for rule in (*FUSEBOX.values(), *SIXTY)
        }
        alone = [house_alone(HOUSES[key].house(seed)) for seed in options.seeds]
        names = {**FUSEBOX, **{f"sixty lines, {rule.window_s} s, {rule.margin_a:g} A": rule for rule in SIXTY}}
        for place, (name, rule) in enumerate(names.items()):
            title = f"{key}: {HOUSES[key].title}" if place == 0 else ""
            beside = _compare_with_frontier(found, rule, alone) if rule.is_fusebox else ()
            table.add_row(title, name, *_cells(found[rule]), *beside)
        table.add_row("", "house alone", "", *_cells(alone)[1:3], style="dim")
        table.add_section()
    Console(width=WIDE).print(table)


def _cells(outcomes: Sequence[Outcome]) -> list[str]:
    starts = fmean(sum(o.starts) for o in outcomes)
    return [f"{_energy_pct(outcomes):.1f}", f"{_hot_s(outcomes):,.0f}", f"{_heat_a2s(outcomes):,.0f}", f"{starts:.1f}"]


def _compare_with_frontier(found: Found, ours: Rule, alone: Sequence[Outcome]) -> tuple[str, str, str]:
    """Return the frontier's overload at our energy, our share of it, and that beyond the house alone: seconds/A2s."""
    energy_pct, peers = _energy_pct(found[ours]), [found[rule] for rule in SIXTY]
    frontier, shares, beyond = [], [], []
    for amount in (_hot_s, _heat_a2s):
        theirs = overload_at(energy_pct, [Point(_energy_pct(peer), amount(peer)) for peer in peers])
        house, own = amount(alone), amount(found[ours])
        frontier.append(f"{theirs:,.0f}")
        shares.append(f"{own / theirs:.2f}" if theirs > 0 else "-")
        beyond.append(f"{(own - house) / (theirs - house):.2f}" if theirs > house else "-")
    return "/".join(frontier), "/".join(shares), f"({'/'.join(beyond)})"


def _energy_pct(outcomes: Sequence[Outcome]) -> float:
    return fmean(o.energy_pct for o in outcomes)


def _hot_s(outcomes: Sequence[Outcome]) -> float:
    return fmean(o.hot_s for o in outcomes)


def _heat_a2s(outcomes: Sequence[Outcome]) -> float:
    return fmean(o.heat_a2s for o in outcomes)


def _parse_options(argv: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="benchmarks.frontier", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="two seeds, and only the meters that tell each second")
    parser.add_argument("--only", type=_parse_houses, help=f"some of {','.join(HOUSES)}")
    parser.add_argument("--seeds", type=first_to_last, help=f"one, or a first and a last; default {HELD_OUT}")
    parser.add_argument("--workers", type=int, help="processes; default: one for each core")
    parser.add_argument("--keep", type=Path, default=KEPT, help="where the journal is")
    options = parser.parse_args(argv)
    options.seeds = options.seeds or first_to_last(QUICK if options.quick else HELD_OUT)
    options.only = options.only or [key for key, house in HOUSES.items() if not (options.quick and house.slow)]
    return options


def _parse_houses(text: str) -> list[str]:
    keys = text.split(",")
    if unknown := [key for key in keys if key not in HOUSES]:
        raise argparse.ArgumentTypeError(f"no house {', '.join(unknown)}; there are {', '.join(HOUSES)}")
    return keys


if __name__ == "__main__":
    main()
