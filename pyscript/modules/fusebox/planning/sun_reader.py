"""Sun forecasts: what Solcast and Forecast.Solar tell, as the mean power of each quarter hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from ..model.numbers import number_of
from .rows import Row, is_list, spread
from .times import Ahead, instant_s, nearest_quarter

LISTS = ("detailedForecast", "detailedHourly", "data", "forecast")
"""Solcast's attributes, the finer one first, its service's answer, and Forecast.Solar's."""
ENERGIES = ("wh_period", "wh_hours")
"""Tables of a time and the energy from then on [Wh]: Forecast.Solar, and the energy platform."""
POWERS = "watts"
"""Forecast.Solar's table of a time and the power at it [W]."""
STARTS = ("period_start", "time")
MIDDLE_KW = ("pv_estimate", "estimate")
LOW_KW = ("pv_estimate10", "estimate10")
"""Mean powers of a period [kW]: as likely more as less, and nine times of ten more."""
ENERGY_WH = "energy_wh"
POWER_W = "value"

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
            rows = [row for row in found if isinstance(row, Mapping)]
            middle = _quarters(_kilowatts(rows, MIDDLE_KW, ahead) or _from_energies(_told_energies(rows), ahead))
            return Sun(middle, {**middle, **_quarters(_kilowatts(rows, LOW_KW, ahead))})
    for name in ENERGIES:
        table = told.get(name)
        if isinstance(table, Mapping):
            middle = _quarters(_from_energies(list(table.items()), ahead))
            return Sun(middle, middle)
    table = told.get(POWERS)
    middle = _quarters(_from_powers(table, ahead)) if isinstance(table, Mapping) else {}
    return Sun(middle, middle)


def _start(row: Mapping[str, object], ahead: Ahead) -> float | None:
    return next((at for key in STARTS if (at := instant_s(row.get(key), ahead)) is not None), None)


def _kilowatts(rows: Sequence[Mapping[str, object]], keys: Sequence[str], ahead: Ahead) -> list[Row]:
    found = []
    for row in rows:
        start_s = _start(row, ahead)
        kw = next((number for key in keys if (number := number_of(row.get(key))) is not None), None)
        if start_s is not None and kw is not None:
            found.append(Row(nearest_quarter(start_s), None, kw))
    return found


def _told_energies(rows: Sequence[Mapping[str, object]]) -> list[tuple[object, object]]:
    return [(row.get("time"), row.get(ENERGY_WH)) for row in rows]


def _from_energies(table: Sequence[tuple[object, object]], ahead: Ahead) -> list[Row]:
    """An energy belongs to the time from its row to the next one, an hour at most."""
    found = list(_numbers(table, ahead))
    ends = [*(after for after, _ in found[1:]), *(start + HOUR_S for start, _ in found[-1:])]
    lengths = [min(end - start, HOUR_S) for (start, _), end in zip(found, ends, strict=True)]
    return [
        Row(start, start + length, wh / 1000 * HOUR_S / length)
        for (start, wh), length in zip(found, lengths, strict=True)
    ]


def _from_powers(table: Mapping[object, object], ahead: Ahead) -> list[Row]:
    """Between two powers the mean of both."""
    found = list(_numbers(list(table.items()), ahead))
    return [Row(start, end, (one + other) / 2 / 1000) for (start, one), (end, other) in pairwise(found)]


def _numbers(table: Sequence[tuple[object, object]], ahead: Ahead) -> Iterator[tuple[int, float]]:
    found = {}
    for time, told in table:
        start_s, number = instant_s(time, ahead), number_of(told)
        if start_s is not None and number is not None:
            found[nearest_quarter(start_s)] = number
    yield from sorted(found.items())


def _quarters(rows: Sequence[Row]) -> Mapping[int, float]:
    return {start: max(kw, 0.0) for start, kw in spread(sorted({row.start_s: row for row in rows}.values()))}
