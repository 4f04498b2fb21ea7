"""Measured minutes of sunshine compared with the skies of `simhouse/physics/sky.py`: steps and lengths of clouds.

    make skies

The measurements are read from two packages, of which only the files are needed: pvlib 0.10.5 (BSD licence) and
pvanalytics 0.2.2 (MIT licence). All of them are one-minute means of what an instrument measured.
"""

from __future__ import annotations

import argparse
import csv
import gzip
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from math import asin, cos, degrees, exp, pi, radians, sin
from pathlib import Path
from random import Random
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from simhouse.physics.sky import clear_sky_index

FOLDER = Path(".cache/skies")
DAY_MIN = 1440
HIGH_DEG = 12.0
"""Below this height of the sun a clear-sky index means little."""

SUNNY_ABOVE = 0.75
"""A minute is sunny above this index."""
WIDE = 150
DRAWN_MIN = 720
"""Length of a day that is drawn [min]."""

Minutes = Sequence[float | None]
"""One day's clear-sky index of each minute, None where it is night or unknown."""


class Place(NamedTuple):
    """Where an instrument stands: degrees north and east, and the hours that its clock is ahead of universal time."""

    north_deg: float
    east_deg: float
    ahead_h: float = 0.0


PAYERNE = Place(46.815, 6.944)
ALAMOSA = Place(37.70, -105.92)
GOLDEN = Place(39.742, -105.18, -7)


class Figures(NamedTuple):
    """The compared figures: quantiles of the steps in 1 and 5 minutes, runs an hour, quantiles of their lengths
    [min]."""

    days: int
    mean: float
    sunny: float
    steps_1: tuple[float, ...]
    steps_5: tuple[float, ...]
    runs_per_hour: float
    sunny_min: tuple[float, ...]
    cloudy_min: tuple[float, ...]


STEP_QUANTILES, RUN_QUANTILES = (0.5, 0.9, 0.95, 0.99), (0.25, 0.5, 0.75, 0.9)


def read_payerne(folder: Path) -> list[Minutes]:
    """Return the days of June 2016 as the clear-sky index of each minute (Baseline Surface Radiation Network).

    None for a minute that is unknown or has a low sun; FileNotFoundError without the file. MeteoSwiss measured it.
    """
    with gzip.open(folder / "pvlib/data/bsrn-pay0616.dat.gz", "rt", encoding="ascii") as file:
        lines = iter(file.read().split("\n"))
    next(line for line in lines if line[2:6] == "0100")
    found: dict[date, list[tuple[int, float | None]]] = {}
    for line in lines:
        if line.startswith("*"):
            break
        value = float(line[10:16])
        found.setdefault(date(2016, 6, int(line[:3])), []).append((int(line[4:9]), value if value > -900 else None))
        next(lines)
    return [index_by_minute(PAYERNE, day, values) for day, values in found.items()]


def read_alamosa(folder: Path) -> list[Minutes]:
    """Return one day, 1 January 2016, as the clear-sky index of each minute (NOAA's network SURFRAD).

    None for a minute that is unknown or has a low sun; FileNotFoundError without the file.
    """
    values: list[tuple[int, float | None]] = []
    for line in (folder / "pvlib/data/surfrad-slv16001.dat").read_text(encoding="ascii").splitlines()[2:]:
        words = line.split()
        values.append((60 * int(words[4]) + int(words[5]), float(words[8])))
    return [index_by_minute(ALAMOSA, date(2016, 1, 1), values)]


def read_golden(folder: Path) -> list[Minutes]:
    """Return one day, 20 January 2022, as the clear-sky index of each minute (NREL's Baseline Measurement System).

    None for a minute that is unknown or has a low sun; FileNotFoundError without the file.
    """
    return [index_by_minute(GOLDEN, day, values) for day, values in _read_days(folder, "midc_bms_ghi_20220120.csv")]


def read_golden_roof(folder: Path) -> list[Minutes]:
    """Return 18 and 19 March 2022 as an index of each minute, from the AC power of NREL's roof SERF East.

    Its clear sky is the horizontal one, scaled so that one minute in twenty is above it. None for a minute that is
    unknown or has a low sun; FileNotFoundError without the file.
    """
    days = [index_by_minute(GOLDEN, day, values) for day, values in _read_days(folder, "serf_east_1min_ac_power.csv")]
    ordered = sorted(value for day in days for value in day if value is not None)
    full = ordered[round(0.95 * len(ordered))]
    return [[None if value is None else value / full for value in day] for day in days]


SOURCES: tuple[tuple[str, Callable[[Path], list[Minutes]]], ...] = (
    ("Payerne, June 2016", read_payerne),
    ("Alamosa, 1 January 2016", read_alamosa),
    ("Golden, 20 January 2022", read_golden),
    ("roof in Golden, March 2022", read_golden_roof),
)


def _read_days(folder: Path, name: str) -> Iterator[tuple[date, list[tuple[int, float | None]]]]:
    """Yield each day of a file of pvanalytics: its date, and (minute of the day, power) for each line."""
    found: dict[date, list[tuple[int, float | None]]] = {}
    with (folder / "pvanalytics/data" / name).open(newline="", encoding="utf-8") as file:
        for time, value in list(csv.reader(file))[1:]:
            at = datetime.fromisoformat(time)
            found.setdefault(at.date(), []).append((60 * at.hour + at.minute, float(value)))
    yield from found.items()


def index_by_minute(place: Place, day: date, values: Sequence[tuple[int, float | None]]) -> Minutes:
    """Return the clear-sky index of each minute of a day, from the power of some of its minutes.

    None for a minute without a power and while the sun is low.
    """
    found: list[float | None] = [None] * DAY_MIN
    midnight = datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(hours=place.ahead_h)))
    for minute, value in values:
        height = sun_height(place, midnight + timedelta(minutes=minute))
        if value is not None and degrees(asin(height)) > HIGH_DEG:
            found[minute] = value / clear_w_m2(height)
    return found


def sun_height(place: Place, at: datetime) -> float:
    """Return the sine of the sun's height, negative below the horizon."""
    utc = at.astimezone(UTC)
    turn = 2 * pi * (utc.timetuple().tm_yday - 81) / 364
    late_min = 9.87 * sin(2 * turn) - 7.53 * cos(turn) - 1.5 * sin(turn)
    hour_angle = radians((60 * utc.hour + utc.minute + late_min + 4 * place.east_deg - 720) / 4)
    declination, north = radians(23.44) * sin(turn), radians(place.north_deg)
    return sin(north) * sin(declination) + cos(north) * cos(declination) * cos(hour_angle)


def clear_w_m2(height: float) -> float:
    """Global irradiance of a clear sky [W/m2] (B. Haurwitz, Journal of Meteorology 2, 1945)."""
    return 1098 * height * exp(-0.057 / height)


def generate_days(days: int) -> list[Minutes]:
    """Return generated days as the clear-sky index of each minute."""
    found: list[Minutes] = []
    for seed in range(days):
        seconds = clear_sky_index(60 * DRAWN_MIN, Random(f"{seed}:sky"))
        found.append([sum(seconds[t : t + 60]) / 60 for t in range(0, len(seconds), 60)])
    return found


def compute_figures(days: Sequence[Minutes]) -> Figures:
    """Return the compared figures. Raises ValueError without a known minute."""
    known = [value for day in days for value in day if value is not None]
    if not known:
        raise ValueError("no minute is known")
    runs = {True: list[int](), False: list[int]()}
    for day in days:
        for sunny, minutes in _sunny_and_cloudy_runs(day):
            runs[sunny].append(minutes)
    return Figures(
        len(days),
        sum(known) / len(known),
        sum(value > SUNNY_ABOVE for value in known) / len(known),
        _quantiles(_steps(days, 1), STEP_QUANTILES),
        _quantiles(_steps(days, 5), STEP_QUANTILES),
        60 * len(runs[True]) / len(known),
        _quantiles(runs[True], RUN_QUANTILES),
        _quantiles(runs[False], RUN_QUANTILES),
    )


def _steps(days: Sequence[Minutes], minutes: int) -> list[float]:
    pairs = ((before, after) for day in days for before, after in zip(day, day[minutes:], strict=False))
    return [abs(after - before) for before, after in pairs if before is not None and after is not None]


def _sunny_and_cloudy_runs(day: Minutes) -> Iterator[tuple[bool, int]]:
    """Yield (whether sunny, minutes) of each run of sunny or cloudy minutes that ends within the day."""
    state: bool | None = None
    count = 0
    for value in day:
        now = None if value is None else value > SUNNY_ABOVE
        if now is state:
            count += 1
            continue
        if state is not None and now is not None:
            yield state, count
        state, count = now, 1


def _quantiles(values: Sequence[float], shares: Sequence[float]) -> tuple[float, ...]:
    ordered = sorted(values)
    return tuple(ordered[min(int(share * len(ordered)), len(ordered) - 1)] for share in shares) if ordered else ()


def main(argv: Sequence[str] | None = None) -> None:
    """Print the compared figures of each measured place, and of the generated skies."""
    parser = argparse.ArgumentParser(prog="benchmarks.skies", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where the packages are")
    parser.add_argument("--days", type=int, default=60, help="how many days are drawn")
    options = parser.parse_args(argv)
    table = Table(title="Clear-sky index of minutes while the sun is up", title_justify="left")
    steps, lengths = "/".join(f"{100 * q:g}" for q in STEP_QUANTILES), "/".join(f"{100 * q:g}" for q in RUN_QUANTILES)
    for name in (
        "sky",
        "days",
        "mean",
        "sunny",
        f"step in 1 min, {steps} %",
        "in 5 min",
        "sunny runs an hour",
        f"their minutes, {lengths} %",
        "of clouds",
    ):
        table.add_column(name, justify="left" if name == "sky" else "right")
    records = [(name, read(options.folder)) for name, read in SOURCES]
    for name, days in (*records, ("drawn", generate_days(options.days))):
        found = compute_figures(days)
        table.add_row(
            name,
            str(found.days),
            f"{found.mean:.2f}",
            f"{found.sunny:.2f}",
            "/".join(f"{step:.2f}" for step in found.steps_1),
            "/".join(f"{step:.2f}" for step in found.steps_5),
            f"{found.runs_per_hour:.2f}",
            "/".join(f"{minutes:.0f}" for minutes in found.sunny_min),
            "/".join(f"{minutes:.0f}" for minutes in found.cloudy_min),
        )
    Console(width=WIDE).print(table)


if __name__ == "__main__":
    main()
