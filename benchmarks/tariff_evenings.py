"""Evenings under a tariff, compared with a controller that knows what the house leaves of each window.

    python -m benchmarks.tariff_evenings [--seeds 500-503] [--charger 1x16]

Houses with kettle, oven, hob, washing machine and heat pump, four hours each from five in the afternoon; twenty
evenings, about four minutes of CPU. Many seeds make it a population: quantiles over evenings and over windows.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from random import Random

from rich.console import Console
from rich.table import Table

from benchmarks.seeds import first_to_last
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Tariff
from simhouse.physics.household import household_seconds
from tests.tariff.evenings import Box, box, play

LENGTH_S = 4 * 3600
START = datetime(2026, 11, 1, 17, tzinfo=UTC)
FUSE_A = 40
ONE_PHASE_KW, THREE_PHASES_KW = (3.5, 4.5, 5.5, 7.0), (4.5, 5.5, 6.0, 7.0)
"""Targets, one for each evening in turn; a three-phase car takes 4.1 kW at least."""

CHARGERS: Mapping[str, tuple[int, Sequence[float], Callable[[], Box]]] = {
    "1x32": (1, ONE_PHASE_KW, lambda: box("car", max_a=32)),
    "1x16": (1, ONE_PHASE_KW, lambda: box("car")),
    "3x16": (3, THREE_PHASES_KW, lambda: box("car", "L1 L2 L3")),
    "cloud": (1, ONE_PHASE_KW, lambda: box("car", max_a=32, min_write_s=60, late_s=15)),
    "wallbox": (3, (4.0,), lambda: box("car", min_write_s=60, late_s=15)),
}
"""Phases of the house, targets [kW], and a charger with its car; `cloud` and `wallbox`: a write a minute, 15 s late."""


def play_evenings(charger: str, seeds: Sequence[int]) -> Iterator[tuple[int, list[float], float, int]]:
    """Yield for each seed the number of windows, the excesses, the car's share, and how often it started.

    Excesses: by how much each window that could have been met was above the target [kW]. Share: the car's energy as
    part of the most that the windows had left for it.
    """
    phases, targets_kw, make = CHARGERS[charger]
    for seed in seeds:
        target_kw, device = targets_kw[seed % len(targets_kw)], make()
        seconds = household_seconds(START, LENGTH_S + 1, phases, Random(seed))
        house_w = {Phase(place): list(phase.watts) for place, phase in enumerate(seconds)}
        played = play(Tariff("fixed_limit", target_kw=target_kw), device, house_w, fuse_a=FUSE_A)
        over_kw = [kw - target_kw for kw in played.avoidable(target_kw)]
        yield len(played.windows_kw), over_kw, played.taken_kwh / played.possible_kwh, device.starts


def main(argv: Sequence[str] | None = None) -> None:
    """Play evenings with each charger, and print by how much windows exceeded their target, on average and at worst."""
    parser = argparse.ArgumentParser(prog="benchmarks.tariff_evenings", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seeds", type=first_to_last, default="500-503", help="one, or a first and a last")
    parser.add_argument("--charger", choices=CHARGERS, action="append")
    options = parser.parse_args(argv)
    table = Table("charger", "windows above", "of", "by kW: mean/worst", "energy %: worst/p10/median", "mean", "starts")
    for charger in options.charger or CHARGERS:
        found = list(play_evenings(charger, options.seeds))
        over_kw = [kw for _, each, _, _ in found for kw in each]
        shares = sorted(100 * share for _, _, share, _ in found)
        starts = sum(each for *_, each in found) / len(found)
        windows = sum(each for each, *_ in found)
        by_kw = f"{sum(over_kw) / max(windows, 1):.4f}/{max(over_kw, default=0.0):.2f}"
        energy = "/".join(f"{shares[int(part * len(shares))]:.1f}" for part in (0, 0.1, 0.5))
        mean = f"{sum(shares) / len(shares):.1f}"
        table.add_row(charger, str(len(over_kw)), str(windows), by_kw, energy, mean, f"{starts:.1f}")
    Console().print(table)


if __name__ == "__main__":
    main()
