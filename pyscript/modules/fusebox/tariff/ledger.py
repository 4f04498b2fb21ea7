"""Readings of the meters -> the memory of a tariff: the present window, the months, the meter's own peak; the bill."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from .. import tuning
from ..model.durations import HOUR_S, MONTHS_A_YEAR
from ..model.equipment import Tariff
from ..model.records import record
from ..model.snapshot import Allowance
from ..model.tariff_rules import (
    History,
    Moment,
    MonthImport,
    add_import,
    add_window,
    first_day,
    month_number,
    months_until,
    rules_for,
)
from .metering import (
    DemandReading,
    DemandSensor,
    Window,
    correct_by_sensor,
    integrate_until,
    open_window,
    reset_after_window,
    set_present_power,
)

BY_THE_METER = 0
"""The day of a month's highest window that is only known from the meter's own month peak."""


@dataclass(frozen=True, slots=True)
class MeterPeak:
    """The meter's own peak of a month."""

    month: str = ""
    """The month of its last value."""
    kw: float | None = None
    """Its last value [kW], None before the first."""
    stale_kw: float | None = None
    """The last value of the month before [kW], which is ignored; None before another month."""


NEW_SENSOR, NO_HISTORY, NO_PEAK = DemandSensor(), History(), MeterPeak()


@dataclass(frozen=True, slots=True)
class Ledger:
    """The memory of a tariff."""

    window: Window | None = None
    """The window being counted, None before the first."""
    sensor: DemandSensor = NEW_SENSOR
    """What is learnt about the demand sensor."""
    history: History = NO_HISTORY
    """The highest windows of each month."""
    meter: MeterPeak = NO_PEAK
    """The meter's own month peak."""
    ahead_s: float = 0.0
    """How far the wall clock was ahead of UTC at the last look [s]."""


@dataclass(frozen=True, slots=True)
class TariffReadings:
    """The readings of the meters at one instant."""

    net_w: float | None = None
    """The net sum of the phases [W, + = import], None while unknown."""
    demand: DemandReading | None = None
    """The meter's running demand, None while unknown."""
    month_peak_kw: float | None = None
    """The meter's own peak of this month [kW], None while unknown."""
    most_w: float = float("inf")
    """Implausibly high for this fuse [W]."""


@dataclass(frozen=True, slots=True)
class Bill:
    """The cost of a year of peaks."""

    mean_kw: float
    """The mean of the months' peaks [kW]."""
    months: int
    """The number of months in that mean."""
    cost_per_year: float | None
    """In the currency of the price, None without one."""
    month_cost: float | None = None
    """The expected bill of this month for its peak, None without the prices or an expected import."""
    is_capped: bool = False
    """Whether the kWh of this month cap that bill: one more kWh raises it then, and one more kW does not."""


@record
class WindowState:
    """The state of the present window."""

    start_s: float
    """When it began [s since 1970]."""
    ends_s: float
    """When it ends [s since 1970]."""
    limit_kw: float | None
    """The highest allowed mean [kW], None where it does not count."""
    imported_ws: float
    """The import so far, with an assumption for unmeasured times [Ws]."""
    began_unseen_s: float | None
    """Until when its beginning was not measured [s since 1970], None where it was."""
    net_w: float | None
    """The present import [W], None while unknown."""
    month_peak_kw: float
    """The month's peak so far by its rule [kW]."""
    target_kw: float
    """The target of the window [kW]."""
    bill: Bill
    """What a year of such peaks costs."""
    allowance: Allowance | None
    """The same for a decision, None where the window does not count."""

    def projected_kw(self, now_s: float) -> float:
        """Return the window's mean if the import continues at its present power [kW], at 0 W while that is unknown."""
        rest_ws = max(self.net_w or 0.0, 0.0) * max(self.ends_s - now_s, 0.0)
        return (self.imported_ws + rest_ws) / (self.ends_s - self.start_s) / 1000

    def allowed_mean_import_w(self, now_s: float) -> float | None:
        """Return the mean import for the rest of the window that keeps its limit [W], at least 0; None without a limit.

        Within the last second, the rest counts as 1 s.
        """
        if self.limit_kw is None:
            return None
        left_ws = self.limit_kw * 1000 * (self.ends_s - self.start_s) - self.imported_ws
        return max(left_ws, 0.0) / max(self.ends_s - now_s, 1.0)


def update_ledger(ledger: Ledger, tariff: Tariff, moment: Moment, readings: TariffReadings) -> Ledger:
    """Return the ledger with these readings added; the import since the last update is interpolated.

    The present window is corrected by the meter's running demand. A window that is over goes into the history. A clock
    set back opens a new window, and so does a gap beyond the window's end. Where one window makes a month's peak, a
    higher peak of the meter's own, unless stale, becomes the month's.
    """
    rule, length_s = rules_for(tariff), rules_for(tariff).window_s
    start_s = moment.window_start_s(length_s)
    window, sensor, history = ledger.window, ledger.sensor, ledger.history
    if window is None or start_s < window.start_s:
        window = open_window(start_s, moment.now_s)
    elif start_s > window.start_s:
        end_s = window.start_s + length_s
        over = integrate_until(window, min(end_s, moment.now_s))
        began = Moment(window.start_s, ledger.ahead_s)
        history = add_window(history, tariff, began, over.measured_ws / length_s / 1000)
        imported = MonthImport(over.measured_ws / HOUR_S / 1000, (length_s - over.unseen_s) / HOUR_S)
        history = add_import(history, began.month, imported)
        sensor = reset_after_window(sensor, window.start_s, length_s)
        window = Window(start_s, start_s, over.power_w) if start_s == end_s else open_window(start_s, moment.now_s)
    window = set_present_power(integrate_until(window, moment.now_s), readings.net_w)
    window, sensor = correct_by_sensor(window, sensor, readings.demand, length_s, readings.most_w)
    meter = _update_month_peak(ledger.meter, moment.month, readings)
    own_kw = meter.kw if rule.highest == 1 and meter.kw != meter.stale_kw else None
    if own_kw is not None and own_kw > history.peak_kw(rule, moment.month):
        history = replace(history, months={**history.months, moment.month: ((BY_THE_METER, own_kw),)})
    return Ledger(window, sensor, history, meter, moment.ahead_s)


def window_state(ledger: Ledger, tariff: Tariff, moment: Moment) -> WindowState | None:
    """Return the state of the present window: what was imported and is allowed, the month's peak and the bill.

    None before the first readings.
    """
    rule, window = rules_for(tariff), ledger.window
    if window is None:
        return None
    peak_kw = ledger.history.peak_kw(rule, moment.month)
    target_kw = rule.target_kw(tariff, peak_kw, moment)
    limit_kw, ends_s = _window_limit_kw(tariff, peak_kw, moment), window.start_s + rule.window_s
    imported_ws = window.imported_ws(1000 * (target_kw if limit_kw is None else limit_kw))
    allowance = None
    if limit_kw is not None:
        following = moment.at(ends_s)
        next_kw = _window_limit_kw(tariff, ledger.history.peak_kw(rule, following.month), following)
        next_w = None if next_kw is None else 1000 * next_kw
        # The part of the assumption above the target's own mean may not have flowed.
        presumed_ws = window.unseen_s * max(window.unseen_w - 1000 * target_kw, 0.0)
        began_s = window.began_unseen_s
        allowance = Allowance(1000 * limit_kw, imported_ws, window.start_s, ends_s, presumed_ws, began_s, next_w)
    return WindowState(
        start_s=window.start_s,
        ends_s=ends_s,
        limit_kw=limit_kw,
        imported_ws=imported_ws,
        began_unseen_s=window.began_unseen_s,
        net_w=window.power_w,
        month_peak_kw=peak_kw,
        target_kw=target_kw,
        bill=yearly_bill(ledger.history, tariff, moment.month, peak_kw),
        allowance=allowance,
    )


def _window_limit_kw(tariff: Tariff, month_peak_kw: float, moment: Moment) -> float | None:
    """Return the highest allowed mean of the window at a moment [kW]: the target divided by the window's weight.

    None where the window does not count.
    """
    rule = rules_for(tariff)
    weight = rule.weight(tariff, moment)
    return rule.target_kw(tariff, month_peak_kw, moment) / weight if weight > 0 else None


def _update_month_peak(before: MeterPeak, month: str, readings: TariffReadings) -> MeterPeak:
    """Return the meter's month peak; all month long a value equal to the last one of the month before is stale.

    A sensor that was unavailable may display that again. A missing or impossible value keeps that of this month. An
    earlier month is none, but a clock that is not set yet.
    """
    shown_kw, is_new_month, month = readings.month_peak_kw, before.month < month, max(before.month, month)
    stale_kw = before.kw if is_new_month and before.month else before.stale_kw
    if shown_kw is None or shown_kw < 0 or shown_kw * 1000 > readings.most_w:
        return replace(before, month=month, stale_kw=stale_kw, kw=None if is_new_month else before.kw)
    return MeterPeak(month, shown_kw, stale_kw)


def yearly_bill(history: History, tariff: Tariff, month: str, month_peak_kw: float) -> Bill:
    """Return the mean of the months billed together, as far as known, with this month as it is so far, and its cost.

    The cost is None without a price; a month's cost and whether it is capped are known only with a maximum per kWh.
    """
    rule = rules_for(tariff)
    known = [each for each in months_until(month, rule.billed_months) if each in history.months and each != month]
    peaks = [*(history.peak_kw(rule, each) for each in known), month_peak_kw]
    mean_kw = sum(rule.billed_kw(tariff, peak) for peak in peaks) / len(peaks)
    price = tariff.price_per_kw_year
    if price is None:
        return Bill(mean_kw, len(peaks), None)
    month_cost, kwh = mean_kw * price / MONTHS_A_YEAR, expected_kwh(history.imports, month)
    if tariff.maximum_per_kwh is None or kwh is None:
        return Bill(mean_kw, len(peaks), mean_kw * price)
    most = tariff.maximum_per_kwh * kwh
    is_capped = most < tuning.TARIFF_CAPPED_SHARE * month_cost
    return Bill(mean_kw, len(peaks), mean_kw * price, min(month_cost, most), is_capped)


def expected_kwh(imports: Mapping[str, MonthImport], month: str) -> float | None:
    """Return the expected import of a whole month [kWh], by its mean so far; None where too little was measured.

    While fewer than `TARIFF_EXPECT_HOURS` of the month were measured, the mean includes the month before.
    """
    before, _ = months_until(month, 2)
    found = imports.get(month, MonthImport())
    if found.hours < tuning.TARIFF_EXPECT_HOURS:
        past = imports.get(before, MonthImport())
        found = MonthImport(found.kwh + past.kwh, found.hours + past.hours)
    if found.hours < tuning.TARIFF_EXPECT_HOURS:
        return None
    number = month_number(month)
    length = first_day(number + 1) - first_day(number)
    return found.kwh / found.hours * length.total_seconds() / HOUR_S
