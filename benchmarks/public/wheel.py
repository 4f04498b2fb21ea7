"""Read the data files of PyPI's ev2gym 2.0.0 (MIT): households, prices, sun, arrivals, cars; nothing is copied here.

Only the files are read; the package is not imported, so that none of its dependencies are needed.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

HOUR_S = 3600
HALF_HOURS = 48
PUT_ASIDE = Path(__file__).parents[2] / ".cache/public/ev2gym/data"
"""Where `make public` puts the files, without the packages that ev2gym depends on."""
HOW_TO_INSTALL = "the data of ev2gym are missing: run `make public`, or pip install --no-deps ev2gym==2.0.0"
PLACES = {"home": "private", "workplace": "workplace"}
"""Where cars are charged -> the column of arrivals."""
STAYS = {"home": "home", "workplace": "work"}
"""Where cars are charged -> the column of stays and energies."""


class Car(NamedTuple):
    """A make of car, and its number of registrations."""

    name: str
    battery_kwh: float
    max_kw: float
    registered: float


@dataclass(frozen=True)
class Arrivals:
    """Arrival times at a place, with stays and energy needs."""

    weekday_pct: tuple[float, ...]
    """Each quarter hour's share of the arrivals of a day, Monday to Friday [%]."""
    weekend_pct: tuple[float, ...]
    """The same for Saturday and Sunday; empty without arrivals."""
    stay_h: Mapping[int, float]
    """Half hour of the arrival -> mean stay [h]."""
    energy_kwh: Mapping[int, float]
    """Half hour of the arrival -> mean energy [kWh]."""


@dataclass(frozen=True)
class PublicData:
    """All data read from the wheel."""

    households_kw: tuple[tuple[float, ...], ...]
    """Home -> mean power of each quarter hour of 2022 [kW]; below 0 where a home feeds in."""
    sun: tuple[float, ...]
    """Power of each hour of a year as a share of the installed power, from 1 January 00:00 UTC."""
    prices: Mapping[int, float]
    """Start of each hour [s since 1970] -> day-ahead price of the Netherlands [EUR/kWh]."""
    cars: tuple[Car, ...]
    arrivals: Mapping[str, Arrivals]
    """Place (`home`, `workplace`) -> arrivals there."""


def data_folder() -> Path | None:
    """Return the data folder of the wheel, put aside or installed; None without one."""
    if PUT_ASIDE.is_dir():
        return PUT_ASIDE
    found = find_spec("ev2gym")
    if found is None or found.origin is None:
        return None
    return Path(found.origin).parent / "data"


def read_public_data(folder: Path | None = None) -> PublicData:
    """Read a data folder, by default the installed one. Raises ValueError where there is none."""
    folder = folder or data_folder()
    if folder is None:
        raise ValueError(HOW_TO_INSTALL)
    with (folder / "residential_loads.csv").open(newline="", encoding="utf-8-sig") as file:
        rows = [tuple(map(float, row)) for row in csv.reader(file)]
    return PublicData(
        tuple(zip(*rows, strict=True)),
        tuple(float(row["electricity"]) for row in _rows(folder / "pv_netherlands.csv")),
        _read_prices(_rows(folder / "Netherlands_day-ahead-2015-2024.csv")),
        _read_cars(folder / "ev_specs.json"),
        {place: _read_arrivals(folder, place) for place in PLACES},
    )


def _rows(path: Path) -> list[dict[str, str]]:
    """Return lines by column; a line that ends early has "" in its last columns."""
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file, restval=""))


def _read_prices(rows: Iterable[Mapping[str, str]]) -> dict[int, float]:
    found = {}
    for row in rows:
        try:
            start = datetime.fromisoformat(row["Datetime (UTC)"])
        except ValueError:
            continue  # from October 2023 on dates are written in another way; no year that is played
        found[int(start.replace(tzinfo=UTC).timestamp())] = float(row["Price (EUR/MWhe)"]) / 1000
    return found


def _read_cars(path: Path) -> tuple[Car, ...]:
    specs = json.loads(path.read_text(encoding="utf-8"))
    return tuple(
        Car(name, spec["battery_capacity"], spec["max_ac_charge_power"], spec["number_of_registrations"])
        for name, spec in specs.items()
    )


def _read_arrivals(folder: Path, place: str) -> Arrivals:
    weekday = _rows(folder / "distribution-of-arrival.csv")
    weekend = _rows(folder / "distribution-of-arrival-weekend.csv")
    column = PLACES[place]
    return Arrivals(
        tuple(float(row[column]) for row in weekday),
        tuple(float(row[column]) for row in weekend if column in row),
        _values_by_half_hour(_rows(folder / "mean-session-length-per.csv"), STAYS[place]),
        _values_by_half_hour(_rows(folder / "mean-demand-per-arrival.csv"), STAYS[place]),
    )


def _values_by_half_hour(rows: Iterable[Mapping[str, str]], column: str) -> dict[int, float]:
    """Return half hour of the day -> value; half hours without one are left out."""
    found = {}
    for row in rows:
        hour, minute = map(int, row["Arrival Time"].split(":"))
        if row[column]:
            found[hour * 2 + minute // 30] = float(row[column])
    return found
