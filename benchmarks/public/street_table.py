"""Play the street and show it: one row per home and controller, and the street as a whole."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from multiprocessing import get_context
from statistics import median

from rich.console import Console
from rich.table import Table

from .files import write_rows
from .home import AHEAD_S, YEAR_BEGINS_S, Home, make_home
from .sessions import SLOT_H
from .street import (
    ALONE,
    CHEAPEST,
    FAST,
    IN_TURN,
    LATE,
    PLANS,
    PLANS_BELOW_PEAK,
    Job,
    Row,
    data_of,
    make_row,
    play_home,
    play_round_robin,
    street_peaks_kw,
)
from .wheel import HOUR_S

ORDER = (PLANS, PLANS_BELOW_PEAK, FAST, LATE, IN_TURN, CHEAPEST)
WIDE = 170


def play_street(options: argparse.Namespace) -> None:
    """Play, write the rows, print the table."""
    jobs = [Job(options.seed, number, options.days, options.data) for number in range(options.homes)]
    homes = [make_home(data_of(job.folder), job.seed, job.number) for job in jobs]
    if options.workers == 1:
        found = list(map(play_home, jobs))
    else:
        with ProcessPoolExecutor(options.workers, mp_context=get_context("spawn")) as pool:
            found = list(pool.map(play_home, jobs))
    played = {name: [each[name] for each in found] for name in found[0]} | {
        IN_TURN: play_round_robin(homes, options.days)
    }
    rows = [
        make_row(home, options.seed, options.days, name, played[name][place])
        for place, home in enumerate(homes)
        for name in ORDER
    ]
    write_rows(options.out, rows)
    write_rows(
        options.out.with_name(f"{options.out.stem}_sessions.csv"),
        [row for home in homes for row in visits_of_year(home)],
    )
    peaks_kw = street_peaks_kw(homes, options.days, played)
    Console(width=WIDE).print(sums_table(rows, peaks_kw))


@dataclass(frozen=True)
class Visit:
    """A session in a form for others, to play their own controllers with it."""

    home: int
    arrives: str
    leaves: str
    needed_kwh: float
    phase_count: int
    max_a: float


def visits_of_year(home: Home) -> list[Visit]:
    """Return all sessions of a home's year."""
    return [
        Visit(home.number, _time(each.arrives), _time(each.leaves), round(each.kwh, 3), each.phase_count, each.max_a)
        for each in home.sessions
    ]


def _time(slot: int) -> str:
    begins_s = YEAR_BEGINS_S + slot * SLOT_H * HOUR_S
    return datetime.fromtimestamp(begins_s, timezone(timedelta(seconds=AHEAD_S))).isoformat(timespec="minutes")


def sums_table(rows: Sequence[Row], street_kw: Mapping[str, float]) -> Table:
    """Return sums over homes and the street's highest quarter hour, a line for each controller."""
    days, homes = rows[0].days, len({row.home for row in rows})
    found = Table(
        title=f"{homes} homes, {days} days; the street without cars takes {street_kw[ALONE]:.0f} kW at most",
        title_justify="left",
    )
    columns = (
        "energy cost, EUR/kWh",
        "over the least, %",
        "with peaks billed, EUR/kWh",
        "not delivered, kWh (%)",
        "sessions in full, %",
        "a home's peak, median/worst, kW",
        "above the fuse, h",
        "the street's peak, kW",
        "CPU of plans, s a home",
    )
    found.add_column("controller", no_wrap=True)
    for column in columns:
        found.add_column(column, justify="right")
    least = _price(_of(rows, CHEAPEST))
    for name in ORDER:
        own = _of(rows, name)
        needed, missing = sum(row.needed_kwh for row in own), sum(row.missing_kwh for row in own)
        peaks = [row.peak_kw for row in own]
        with_peaks = _price(own) + sum(row.peaks_eur for row in own) / (needed - missing)
        found.add_row(
            name,
            f"{_price(own):.4f}",
            f"{100 * (_price(own) / least - 1):.1f}",
            f"{with_peaks:.3f}",
            f"{missing:.1f} ({100 * missing / needed:.2f})",
            f"{100 * sum(row.served for row in own) / sum(row.sessions for row in own):.2f}",
            f"{median(peaks):.1f}/{max(peaks):.1f}",
            f"{sum(row.over_fuse_h for row in own):.0f}",
            f"{street_kw[name]:.0f}",
            f"{sum(row.cpu_s for row in own) / len(own):.1f}",
        )
    return found


def _of(rows: Sequence[Row], controller: str) -> list[Row]:
    return [row for row in rows if row.controller == controller]


def _price(rows: Sequence[Row]) -> float:
    """Return the energy cost of a delivered kWh [EUR]."""
    return sum(row.cost_eur for row in rows) / sum(row.needed_kwh - row.missing_kwh for row in rows)
