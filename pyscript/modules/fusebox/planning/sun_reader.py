"""Reads the forecasts of Solcast and Forecast.Solar as the mean power of each quarter hour."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise, zip_longest

from ..model.durations import DAY_S, HOUR_S, QUARTER_S
from .times import Ahead, TimedValue, is_list_of_rows, local_day, quarter_hour_values, read_rows

LISTS = ("detailedForecast", "detailedHourly", "data", "forecast")
"""Lists in the attributes of Solcast, the finer one first, in the answer of its service and in Forecast.Solar's."""
MIDDLE_KW: Mapping[str, float] = {"pv_estimate": 1.0, "estimate": 1.0}
LOW_KW: Mapping[str, float] = {"pv_estimate10": 1.0, "estimate10": 1.0}
"""Keys of the mean power of a period [kW]: the median, and what is exceeded in nine of ten cases."""
ENERGY_WH: Mapping[str, float] = {"energy_wh": 1.0}
"""Key of the energy from a time on [Wh]."""

DAYS_AHEAD, DAYS_BACK = 3, 2
"""The number of days that are planned, from today on; and how old a day may be from which another one is guessed."""


@dataclass(frozen=True, slots=True)
class Sun:
    """A forecast: start of each quarter hour [s since 1970] -> mean power [kW]."""

    middle_kw: Mapping[int, float] = field(default_factory=dict)
    """The median, to estimate costs with."""
    low_kw: Mapping[int, float] = field(default_factory=dict)
    """What is nearly sure, to plan departures with; the median if the source publishes nothing lower."""

    def with_newer(self, newer: Sun) -> Sun:
        """Return both forecasts together; where they overlap, the newer one counts."""
        return Sun({**self.middle_kw, **newer.middle_kw}, {**self.low_kw, **newer.low_kw})


def fill_missing_days(sun: Sun, now_s: float, ahead: Ahead) -> Sun:
    """Return a forecast in which a day without one is like the last day before it, at most `DAYS_BACK` earlier.

    Only the median is guessed: a day without a forecast has no sun that is nearly sure.
    """
    known = {local_day(start_s, ahead) for start_s in sun.middle_kw}
    today, middle = local_day(now_s, ahead), dict(sun.middle_kw)
    for day in range(today, today + DAYS_AHEAD):
        source = max((each for each in known if day - DAYS_BACK <= each < day), default=None)
        if day not in known and source is not None:
            later_s = (day - source) * DAY_S
            middle |= {at + later_s: kw for at, kw in sun.middle_kw.items() if local_day(at, ahead) == source}
    return Sun(middle, sun.low_kw)


def tomorrow_shaped_as_today(sun: Sun, tomorrow_kwh: float, now_s: float, ahead: Ahead) -> Sun:
    """Return a forecast for tomorrow in today's shape, with an energy of `tomorrow_kwh`; empty if today has none.

    Its median also counts as nearly sure.
    """
    today = {at: kw for at, kw in sun.middle_kw.items() if local_day(at, ahead) == local_day(now_s, ahead)}
    today_kwh = sum(today.values()) * QUARTER_S / HOUR_S
    if today_kwh <= 0:
        return Sun()
    middle = {at + DAY_S: kw * tomorrow_kwh / today_kwh for at, kw in today.items()}
    return Sun(middle, middle)


def knows_tomorrow(sun: Sun, now_s: float, ahead: Ahead) -> bool:
    """Return whether a forecast (its median) covers any of tomorrow, by the wall clock."""
    return any(local_day(at, ahead) == local_day(now_s, ahead) + 1 for at in sun.middle_kw)


def read_sun(published: object, ahead: Ahead) -> Sun:
    """Return the forecast in the attributes of an entity, or in the answer of a service; empty for none.

    The first known form counts: a list of powers or energies, a table of energies, a table of powers.
    """
    if not isinstance(published, Mapping):
        return Sun()
    for name in LISTS:
        found = published.get(name)
        if is_list_of_rows(found) and found:
            rows = read_rows(found, MIDDLE_KW, ahead) or _energies_to_powers(read_rows(found, ENERGY_WH, ahead))
            middle = _quarter_hour_powers(rows)
            return Sun(middle, {**middle, **_quarter_hour_powers(read_rows(found, LOW_KW, ahead))})
    for name, to_powers in TABLES.items():
        table = published.get(name)
        if isinstance(table, Mapping):
            found = [{"value": number, "start": time} for time, number in table.items()]
            middle = _quarter_hour_powers(to_powers(read_rows(found, {"value": 1.0}, ahead)))
            return Sun(middle, middle)
    return Sun()


def _energies_to_powers(rows: Sequence[TimedValue]) -> Iterable[TimedValue]:
    """Yield energies [Wh] as mean powers [kW]: each from its start to the next one, an hour at most.

    The last one lasts as long as the one before: an hour would take a day by the quarter hour into the next day.
    """
    length_s = HOUR_S
    for row, after in zip_longest(rows, rows[1:]):
        length_s = length_s if after is None else min(after.start_s - row.start_s, HOUR_S)
        yield TimedValue(row.start_s, row.start_s + length_s, row.value / 1000 * HOUR_S / length_s)


def _powers_to_means(rows: Sequence[TimedValue]) -> Iterable[TimedValue]:
    """Yield rows with the mean power between two rows [kW], from powers at a time [W]."""
    for row, after in pairwise(rows):
        yield TimedValue(row.start_s, after.start_s, (row.value + after.value) / 2 / 1000)


TABLES = {"wh_period": _energies_to_powers, "wh_hours": _energies_to_powers, "watts": _powers_to_means}
"""Table of a time and a number -> what makes powers of it: the energy from then on [Wh], or the power then [W].

Forecast.Solar's; the energy platform has the second.
"""


def _quarter_hour_powers(rows: Iterable[TimedValue]) -> Mapping[int, float]:
    """Return the mean power of each quarter hour, by its start [kW]; negative ones count as 0."""
    return {start: max(kw, 0.0) for start, kw in quarter_hour_values(list(rows))}
