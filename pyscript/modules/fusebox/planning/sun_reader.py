"""Sun forecasts: what Solcast and Forecast.Solar tell, as the mean power of each quarter hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from .rows import Row, is_list, quarters, read_rows
from .times import Ahead

LISTS = ("detailedForecast", "detailedHourly", "data", "forecast")
"""Solcast's attributes, the finer one first, its service's answer, and Forecast.Solar's."""
ENERGIES = ("wh_period", "wh_hours")
"""Tables of a time and the energy from then on [Wh]: Forecast.Solar, and the energy platform."""
POWERS = "watts"
"""Forecast.Solar's table of a time and the power at it [W]."""
MIDDLE_KW: Mapping[str, float] = {"pv_estimate": 1.0, "estimate": 1.0}
LOW_KW: Mapping[str, float] = {"pv_estimate10": 1.0, "estimate10": 1.0}
"""Mean powers of a period [kW]: as likely more as less, and nine times of ten more."""
ENERGY_WH: Mapping[str, float] = {"energy_wh": 1.0}
POWER_W: Mapping[str, float] = {"value": 1.0}

DAYS_AHEAD, DAYS_BACK = 3, 2
"""The days that plans look at, today the first of them; and how old a day may be to guess another from."""


@dataclass(frozen=True, slots=True)
class Sun:
    """What is expected: start of each quarter hour [s since 1970] -> mean power [kW]."""

    middle_kw: Mapping[int, float] = field(default_factory=dict)
    """As likely more as less: for what something will cost."""
    low_kw: Mapping[int, float] = field(default_factory=dict)
    """For promises; the same as the middle where a source tells nothing lower."""

    def with_newer(self, newer: Sun) -> Sun:
        """Together with what was read later, such as tomorrow's entity."""
        return Sun({**self.middle_kw, **newer.middle_kw}, {**self.low_kw, **newer.low_kw})


def with_guessed_days(sun: Sun, now_s: float, ahead: Ahead) -> Sun:
    """Return a forecast in which each day to come, of which nothing is told, is like the last one before it.

    Only what is likely is guessed so: for promises a day that is not known has no sun.
    """
    known = {_day(start_s, ahead) for start_s in sun.middle_kw}
    today, middle = _day(now_s, ahead), dict(sun.middle_kw)
    for day in range(today, today + DAYS_AHEAD):
        source = max((each for each in known if day - DAYS_BACK <= each < day), default=None)
        if day not in known and source is not None:
            later_s = (day - source) * DAY_S
            middle |= {at + later_s: kw for at, kw in sun.middle_kw.items() if _day(at, ahead) == source}
    return Sun(middle, sun.low_kw)


def of_tomorrow(sun: Sun, tomorrow_kwh: float, now_s: float, ahead: Ahead) -> Sun:
    """Return a forecast for tomorrow in the shape of today, with all the energy that is told of tomorrow [kWh]."""
    today = {at: kw for at, kw in sun.middle_kw.items() if _day(at, ahead) == _day(now_s, ahead)}
    today_kwh = sum(today.values()) * QUARTER_S / HOUR_S
    if today_kwh <= 0:
        return Sun()
    middle = {at + DAY_S: kw * tomorrow_kwh / today_kwh for at, kw in today.items()}
    return Sun(middle, middle)


def knows_tomorrow(sun: Sun, now_s: float, ahead: Ahead) -> bool:
    """Whether a forecast tells anything of the next day of the wall clock."""
    return any(_day(at, ahead) == _day(now_s, ahead) + 1 for at in sun.middle_kw)


def _day(at_s: float, ahead: Ahead) -> int:
    """Which day it is on the wall clock, so many days after 1 January 1970."""
    return int((at_s + ahead(at_s)) // DAY_S)


def read_sun(told: object, ahead: Ahead) -> Sun:
    """An entity's attributes, or what a service answers."""
    if not isinstance(told, Mapping):
        return Sun()
    for name in LISTS:
        found = told.get(name)
        if is_list(found) and found:
            rows = read_rows(found, MIDDLE_KW, ahead) or _from_energies(read_rows(found, ENERGY_WH, ahead))
            middle = _quarters(rows)
            return Sun(middle, {**middle, **_quarters(read_rows(found, LOW_KW, ahead))})
    for name in ENERGIES:
        table = told.get(name)
        if isinstance(table, Mapping):
            middle = _quarters(_from_energies(_read_table(table, ENERGY_WH, ahead)))
            return Sun(middle, middle)
    table = told.get(POWERS)
    middle = _quarters(_from_powers(_read_table(table, POWER_W, ahead))) if isinstance(table, Mapping) else {}
    return Sun(middle, middle)


def _read_table(table: Mapping[object, object], factors: Mapping[str, float], ahead: Ahead) -> list[Row]:
    """Read a table of a time and a number like rows that hold that number under the key of `factors`."""
    (key,) = factors
    return read_rows([{"time": time, key: number} for time, number in table.items()], factors, ahead)


def _from_energies(rows: Sequence[Row]) -> Iterable[Row]:
    """Energies [Wh] as mean powers [kW]: each belongs to the time from its row to the next one, an hour at most."""
    for row, after in zip_longest(rows, rows[1:]):
        length_s = HOUR_S if after is None else min(after.start_s - row.start_s, HOUR_S)
        yield Row(row.start_s, row.start_s + length_s, row.value / 1000 * HOUR_S / length_s)


def _from_powers(rows: Sequence[Row]) -> Iterable[Row]:
    """Powers at a time [W] as mean powers [kW]: between two of them the mean of both."""
    for row, after in pairwise(rows):
        yield Row(row.start_s, after.start_s, (row.value + after.value) / 2 / 1000)


def _quarters(rows: Iterable[Row]) -> Mapping[int, float]:
    return {start: max(kw, 0.0) for start, kw in quarters(list(rows))}
