"""The highest windows of the last months, and what they come to on a bill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..model.durations import MONTHS_A_YEAR
from ..model.equipment import Tariff
from .clock import Moment, months_until
from .rules import Rule, Top, rule_of

KEPT_MONTHS = MONTHS_A_YEAR + 1
"""So many months are kept: a year, as Fluvius bills it, and the one that is not over yet."""


@dataclass(frozen=True, slots=True)
class History:
    """Month -> its highest windows, the highest first."""

    months: Mapping[str, tuple[Top, ...]] = field(default_factory=dict)

    def peak_kw(self, rule: Rule, month: str) -> float:
        """What a month came to [kW]; 0 for one that is not known."""
        return rule.peak_kw(self.months.get(month, ()))


def with_window(history: History, tariff: Tariff, began: Moment, mean_kw: float) -> History:
    """The history with a window that is over, as far as it counts."""
    rule = rule_of(tariff)
    weight = rule.weight(tariff, began)
    if weight <= 0:
        return history
    month, day = began.month, began.local.day
    tops = rule.with_window(history.months.get(month, ()), tariff, day, weight * mean_kw)
    if tops == history.months.get(month):
        return history
    kept = {each: history.months[each] for each in months_until(month, KEPT_MONTHS) if each in history.months}
    return replace(history, months={**kept, month: tops})


@dataclass(frozen=True, slots=True)
class Bill:
    """What a year of peaks comes to."""

    mean_kw: float
    """The mean of the months' peaks [kW]."""
    months: int
    """Of how many months."""
    cost_per_year: float | None
    """In the currency of the price, None without one."""


def bill_of(history: History, tariff: Tariff, month: str, month_peak_kw: float) -> Bill:
    """The mean of the months that are billed together, as far as they are known; this month as it is so far."""
    rule = rule_of(tariff)
    known = {
        each: history.peak_kw(rule, each)
        for each in months_until(month, rule.billed_months)
        if each in history.months and each != month
    }
    peaks = [*known.values(), month_peak_kw]
    mean_kw = sum(rule.billed_kw(tariff, peak) for peak in peaks) / len(peaks)
    price = tariff.price_per_kw_year
    return Bill(mean_kw, len(peaks), None if price is None else mean_kw * price)
