"""The rules of each kind of tariff, as rows of a table: length of a window, which ones count, and what is billed.

Windows, days and months are those of the wall clock, also on the days with 23 or 25 hours; there is no clock here.
`italy` and `enwg14a` limit no windows: see `control/limits/power_limits.py`.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import NamedTuple

from .by_time import lowest_within
from .durations import HOUR_S, HOURS_A_DAY, MONTHS_A_YEAR, QUARTER_S
from .equipment import LIMITED, LimitKind, Tariff
from .numbers import Amount


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant [s since 1970] and how far the wall clock is ahead of UTC then [s]."""

    now_s: float
    ahead_s: float = 0.0

    @property
    def local(self) -> datetime:
        """The wall time. Its zone is UTC, but has no meaning."""
        return datetime.fromtimestamp(self.now_s + self.ahead_s, UTC)

    @property
    def text(self) -> str:
        """The wall time with its date, to the second."""
        return f"{self.local:%Y-%m-%d %H:%M:%S}"

    @property
    def month(self) -> str:
        """The month by the wall clock, such as 2026-11."""
        return f"{self.local:%Y-%m}"

    @property
    def month_ends_s(self) -> float:
        """The begin of the next month by the wall clock [s since 1970]."""
        return first_day(month_number(self.month) + 1).timestamp() - self.ahead_s

    def window_start_s(self, length_s: float) -> float:
        """Return when the window that contains this instant began [s since 1970]; windows end on the full hour.

        An hour that occurs twice in autumn is two windows, and the one skipped in spring is none.
        """
        return math.floor((self.now_s + self.ahead_s) / length_s) * length_s - self.ahead_s

    def at(self, now_s: float) -> Moment:
        """Return another instant with the same offset of the wall clock."""
        return Moment(now_s, self.ahead_s)


def months_until(month: str, count: int) -> tuple[str, ...]:
    """Return `count` months up to and including this one, the oldest first."""
    last = month_number(month)
    return tuple(f"{first_day(at):%Y-%m}" for at in range(last - count + 1, last + 1))


def month_number(month: str) -> int:
    """Return which month this is since the year 0, such as 24310 for 2025-11."""
    year, number = (int(part) for part in month.split("-"))
    return year * MONTHS_A_YEAR + number - 1


def first_day(number: int) -> datetime:
    """Return the first day of a month by its number. Its time zone, UTC, has no meaning."""
    return datetime(number // MONTHS_A_YEAR, number % MONTHS_A_YEAR + 1, 1, tzinfo=UTC)


DAY_FROM_HOUR = 6
"""The first hour of the day rate for a tariff with a night factor and no hours of its own. Ellevio."""
DAY_UNTIL_HOUR = 22
"""The first hour of the night rate. Ellevio."""
NORWAY_STEPS_KW = (2.0, 5.0, 10.0, 15.0, 20.0, 25.0, 50.0, 75.0, 100.0)
"""The upper ends of the steps for a month's mean; above the last there is one more [kW].

Elvia and most other Norwegian grid companies.
"""

Weight = Callable[[Tariff, Moment], float]
"""Returns how much import at a moment counts: 1 wholly, 0 not at all."""

Top = tuple[int, float]
"""One of the highest windows of a month: day of the month, and mean import [kW]."""


def counted_share(tariff: Tariff, moment: Moment) -> float:
    """Return 1.0 in CONFIG's hours, its night factor in other hours, and 0.0 outside its months and weekdays.

    Without hours in CONFIG all of them count, or those of the day if there is a night factor; without that factor other
    hours count 0.0.
    """
    local = moment.local
    if tariff.months is not None and local.month not in tariff.months:
        return 0.0
    if tariff.weekdays is not None and local.isoweekday() not in tariff.weekdays:
        return 0.0
    usual = range(HOURS_A_DAY) if tariff.night_factor is None else range(DAY_FROM_HOUR, DAY_UNTIL_HOUR)
    hours = usual if tariff.hours is None else tariff.hours
    return 1.0 if local.hour in hours else tariff.night_factor or 0.0


@dataclass(frozen=True, slots=True)
class TariffRule:
    """The rules of one kind of tariff."""

    window_s: int
    """The length of a window [s]."""
    highest: int = 1
    """The number of windows averaged for a month."""
    own_days: Callable[[Tariff], bool] = lambda tariff: False
    """Returns whether each of those windows has to be on a different day."""
    weight: Weight = lambda tariff, moment: 1.0
    """Returns how much a window counts, wholly by default."""
    floored: bool = False
    """Whether a month is billed with at least `minimum_kw`."""
    rises: bool = False
    """Whether the peak already reached in a month is free until its end."""
    billed_months: int = 1
    """The number of months averaged for a bill."""
    steps_kw: tuple[float, ...] = ()
    """The upper ends of the steps for a month's mean [kW], empty where the mean itself is billed."""

    def add_top(self, tops: Sequence[Top], tariff: Tariff, day: int, mean_kw: float) -> tuple[Top, ...]:
        """Return the highest windows of a month after one more, the highest first; at most `highest` of them.

        Where days count alone, each day is there with its highest window only.
        """
        if self.own_days(tariff):
            same = [kw for at, kw in tops if at == day]
            mean_kw = max([mean_kw, *same])
            tops = [top for top in tops if top[0] != day]
        return tuple(sorted([*tops, (day, mean_kw)], key=lambda top: -top[1])[: self.highest])

    def peak_kw(self, tops: Sequence[Top]) -> float:
        """Return a month's peak so far [kW]: the mean of its highest windows, as many as there are."""
        return sum(kw for _, kw in tops) / len(tops) if tops else 0.0

    def target_kw(self, tariff: Tariff, month_peak_kw: float, moment: Moment) -> float:
        """Return the target of the window at a moment [kW], as for a window that counts in full.

        The lowest value where it changes within the window. With `rises`, at least the tariff's minimum and the month's
        peak.
        """
        began_s = moment.window_start_s(self.window_s) + moment.ahead_s
        own_kw = lowest_within(tariff.target_kw, began_s, self.window_s)
        return max(own_kw, tariff.minimum_kw, month_peak_kw) if self.rises else own_kw

    def billed_kw(self, tariff: Tariff, month_peak_kw: float) -> float:
        """Return a month's peak on the bill [kW]: at least the tariff's minimum where the rule is `floored`."""
        return max(month_peak_kw, tariff.minimum_kw) if self.floored else month_peak_kw

    def step_ends_kw(self, peak_kw: float) -> tuple[float, float | None]:
        """Return the lower and upper end of the step that a month's mean falls into [kW]; None for no upper end."""
        below = max((end for end in self.steps_kw if end <= peak_kw), default=0.0)
        return below, min((end for end in self.steps_kw if end > peak_kw), default=None)


RULES: Mapping[str, TariffRule] = {
    "fluvius": TariffRule(QUARTER_S, floored=True, rises=True, billed_months=MONTHS_A_YEAR),
    "norway_steps": TariffRule(HOUR_S, highest=3, own_days=lambda tariff: True, steps_kw=NORWAY_STEPS_KW),
    # Tariffs that weight the night (Ellevio 0.5, Falkenberg 0) take the three peaks from different days.
    "sweden_mean3": TariffRule(
        HOUR_S, highest=3, own_days=lambda tariff: tariff.night_factor is not None, weight=counted_share
    ),
    "fixed_limit": TariffRule(QUARTER_S),
}
"""Kind of tariff in CONFIG -> its rules, for kinds with windows."""

TARIFF_KINDS = (*RULES, *LIMITED)
"""The kinds that CONFIG can name; the first is the default."""

WEIGHTED_KINDS = tuple(kind for kind, rule in RULES.items() if rule.weight is counted_share)
"""The kinds whose windows count by these keys of CONFIG."""
WEIGHTS = ("hours", "weekdays", "months", "night_factor")
"""The keys of CONFIG that say how much a window counts."""

NO_WINDOWS = TariffRule(QUARTER_S)
"""For kinds that limit no windows; what flows in a quarter hour is still published."""


def rules_for(tariff: Tariff) -> TariffRule:
    """Return the rules of a tariff, `NO_WINDOWS` for one that limits no windows."""
    return RULES[tariff.kind] if tariff.limits is LimitKind.WINDOWS else NO_WINDOWS


STORED_MONTHS = MONTHS_A_YEAR + 1
"""The number of months persisted: a year, as billed by Fluvius, and the present one."""


class MonthImport(NamedTuple):
    """The import in the measured part of a month."""

    kwh: Amount = 0.0
    hours: Amount = 0.0
    """The length of that part [h]."""


@dataclass(frozen=True, slots=True)
class History:
    """The highest windows of each month, and its import."""

    months: Mapping[str, tuple[Top, ...]] = field(default_factory=dict)
    """Month -> its highest windows, the highest first."""
    imports: Mapping[str, MonthImport] = field(default_factory=dict)
    """Month -> its import; the last two months."""

    def peak_kw(self, rule: TariffRule, month: str) -> float:
        """Return a month's peak [kW]; 0 for an unknown month."""
        return rule.peak_kw(self.months.get(month, ()))


def add_import(history: History, month: str, more: MonthImport) -> History:
    """Return the history with more import added to a month; imports older than the month before are dropped.

    Later ones stay: until a clock is set after a start, it may show an earlier month.
    """
    past, oldest = history.imports.get(month, MonthImport()), months_until(month, 2)[0]
    retained = {each: imported for each, imported in history.imports.items() if each >= oldest}
    return replace(history, imports={**retained, month: MonthImport(past.kwh + more.kwh, past.hours + more.hours)})


def add_window(history: History, tariff: Tariff, began: Moment, mean_kw: float) -> History:
    """Return the history with a finished window's mean added, times the tariff's weight at its time.

    Unchanged for a weight of 0, and where the month's highest windows stay the same. Otherwise months that no longer
    count are dropped, but no later ones, as by `add_import`.
    """
    rule = rules_for(tariff)
    weight = rule.weight(tariff, began)
    if weight <= 0:
        return history
    month, day = began.month, began.local.day
    tops = rule.add_top(history.months.get(month, ()), tariff, day, weight * mean_kw)
    if tops == history.months.get(month):
        return history
    oldest = months_until(month, STORED_MONTHS)[0]
    retained = {each: highest for each, highest in history.months.items() if each >= oldest}
    return replace(history, months={**retained, month: tops})
