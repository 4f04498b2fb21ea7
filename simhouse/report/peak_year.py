"""A built-in year of a Flemish house in one-minute steps, with the tariff's own counting and cost.

In each minute the car gets what the limit leaves: whole amps between its minimum and its maximum, while it is at home.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from rich.console import Console
from rich.table import Table

from ..host.package_path import reach_package

reach_package()

from fusebox import tuning  # noqa: E402
from fusebox.control.limits.forecast_reserve import power_left_for_loads_w, record_house_load  # noqa: E402
from fusebox.control.limits.load_envelope import LoadEnvelope  # noqa: E402
from fusebox.model.equipment import Tariff  # noqa: E402
from fusebox.model.house_memory import HouseMemory  # noqa: E402
from fusebox.model.tariff_rules import TARIFF_KINDS, Moment  # noqa: E402
from fusebox.tariff.ledger import Ledger, TariffReadings, update_ledger, window_state  # noqa: E402

MINUTE_S = 60
VOLTS, LEAST_A, MOST_A = 230.0, 6, 32
COMES_H, LEAVES_H, WISH_KWH = 17.5, 7.0, 11.0
HABITS = (  # (from hour, until hour, watts, how likely it is on in a minute)
    (0.0, 24.0, 220.0, 1.0),
    (6.5, 8.5, 1900.0, 0.15),
    (11.8, 13.2, 1800.0, 0.2),
    (17.2, 19.8, 2300.0, 0.3),
    (18.0, 22.5, 700.0, 0.6),
)
HEAT_PUMP_W, HEATING_MONTHS = 1400.0, (10, 11, 12, 1, 2, 3, 4)


@dataclass(frozen=True)
class Year:
    """Result of a year: the month peaks [kW], the billed power [kW], its cost, and the car's energy [kWh]."""

    peaks_kw: tuple[float, ...]
    billed_kw: float
    cost: float | None
    car_kwh: float
    minutes: int


def house_minutes(start: datetime, minutes: int, random: Random) -> Iterator[float]:
    """Yield the house's power without its car [W] for each minute: short loads, and a heat pump in winter."""
    on_until = [0] * len(HABITS)
    pump_until = pump_rest = 0
    for minute in range(minutes):
        at = start + timedelta(minutes=minute)
        hour = at.hour + at.minute / 60
        total_w = 0.0
        for place, (begins, ends, power_w, likely) in enumerate(HABITS):
            if begins <= hour < ends and minute >= on_until[place] and random.random() < likely / 8:
                on_until[place] = minute + random.randint(3, 14)
            total_w += power_w if likely >= 1 or minute < on_until[place] else 0.0
        if at.month in HEATING_MONTHS and minute >= pump_rest:
            pump_until = minute + random.randint(15, 45)
            pump_rest = pump_until + random.randint(20, 70)
        yield total_w + (HEAT_PUMP_W if minute < pump_until else 0.0)


def simulate_year(tariff: Tariff, start: datetime, minutes: int, seed: int = 1, *, kept: bool = True) -> Year:
    """Simulate house and car for so many minutes; with `kept` False the car draws all it can, whatever the limit."""
    ledger, house, random = Ledger(), None, Random(f"{seed}:year")
    start_s, wish_kwh, car_w, car_kwh = start.timestamp(), 0.0, 0.0, 0.0
    ahead_s = (start.utcoffset() or timedelta()).total_seconds()
    for minute, house_w in enumerate(house_minutes(start, minutes, random)):
        now_s = start_s + MINUTE_S * minute
        at = start + timedelta(minutes=minute)
        hour = at.hour + at.minute / 60
        if hour == COMES_H:
            wish_kwh = WISH_KWH * random.uniform(0.5, 1.5)
        at_home = hour >= COMES_H or hour < LEAVES_H
        moment = Moment(now_s, ahead_s)
        # The meter still shows the car's present draw; its new limit applies from now on.
        ledger = update_ledger(ledger, tariff, moment, TariffReadings(house_w + car_w))
        house = record_house_load(house, house_w, now_s)
        next_w = _car_w(tariff, ledger, moment, house, car_w, kept=kept) if at_home and wish_kwh > 0 else 0.0
        if next_w != car_w:
            car_w = next_w
            ledger = update_ledger(ledger, tariff, moment, TariffReadings(house_w + car_w))
        taken_kwh = car_w * MINUTE_S / 3.6e6
        car_kwh, wish_kwh = car_kwh + taken_kwh, wish_kwh - taken_kwh
    end = Moment(start_s + MINUTE_S * minutes, ahead_s)
    window = window_state(ledger, tariff, end.at(end.now_s - 1))
    peaks = tuple(tops[0][1] for _, tops in sorted(ledger.history.months.items()))
    assert window is not None
    return Year(peaks, window.bill.mean_kw, window.bill.cost_per_year, car_kwh, minutes)


def _car_w(tariff: Tariff, ledger: Ledger, moment: Moment, house: HouseMemory, car_w: float, *, kept: bool) -> float:
    """Return the car's power in the next minute [W]: its highest, or what the limit leaves if `kept` and in force."""
    window = window_state(ledger, tariff, moment)
    if not kept or window is None or window.limit_kw is None:
        return MOST_A * VOLTS
    limit_ws = 1000 * window.limit_kw * (window.ends_s - window.start_s)
    left_ws = limit_ws * (1 - tuning.FORECAST_SPARED_SHARE) - window.imported_ws
    rest_s = window.ends_s - moment.now_s
    least_w, most_w = LEAST_A * VOLTS, MOST_A * VOLTS
    ours = LoadEnvelope(
        car_w, min(car_w, least_w), least_w, most_w, most_w / MINUTE_S, slow_s=tuning.QUICK_S, starts_seldom=True
    )
    amps = int(power_left_for_loads_w(house, left_ws, rest_s, 1000 * window.limit_kw, ours) / VOLTS)
    return VOLTS * min(amps, MOST_A) if amps >= LEAST_A else 0.0


def print_year(console: Console, tariff: Tariff, start: datetime, seed: int) -> None:
    """Print the built-in year with and without keeping to the tariff."""
    minutes = 365 * 24 * 60
    table = Table(title="A year of a built-in house, minute by minute", title_style="bold")
    for heading in ("", "month peaks kW", "billed kW", "cost a year", "car kWh"):
        table.add_column(heading, justify="left" if not heading else "right")
    for name, kept in (("with the tariff", True), ("without it", False)):
        year = simulate_year(tariff, start, minutes, seed, kept=kept)
        peaks = f"{min(year.peaks_kw):.1f} to {max(year.peaks_kw):.1f}"
        cost = "no price given" if year.cost is None else f"{year.cost:.0f}"
        table.add_row(name, peaks, f"{year.billed_kw:.2f}", cost, f"{year.car_kwh:.0f}")
    console.print(table)


def tariff_of(section: Mapping[str, Any]) -> Tariff:
    """Return the tariff of CONFIG's section, without a price that an entity shows; its sensors are not simulated."""
    kept = {key: section[key] for key in ("kind", "target_kw", "minimum_kw") if section.get(key) is not None}
    price = section.get("price_per_kw_year")
    return Tariff(
        **{"kind": TARIFF_KINDS[0], **kept}, price_per_kw_year=price if isinstance(price, int | float) else None
    )
