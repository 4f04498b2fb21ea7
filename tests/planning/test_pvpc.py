"""The hours of Spain's PVPC are read by the wall clock and the day on which Home Assistant wrote them."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fusebox.planning.price_reader import read_prices
from fusebox.planning.prices import Prices

from .samples import Row, ahead_in, day

MADRID, CANARIES = ZoneInfo("Europe/Madrid"), ZoneInfo("Atlantic/Canary")
ZONES = pytest.mark.parametrize("zone", [MADRID, CANARIES], ids=str)
PLAIN, SPRING, AUTUMN = date(2026, 1, 20), date(2026, 3, 29), date(2026, 10, 25)


def hours(on: date, zone: ZoneInfo) -> list[Row]:
    return day(on, zone, minutes=60)


def pvpc(rows: list[Row], written: datetime) -> dict[str, object]:
    """The attributes of the sensor as `aiopvpc` makes them, with the time at which Home Assistant stored them."""
    told: dict[str, object] = {
        "unit_of_measurement": "€/kWh", "tariff": "2.0TD", "period": "P3", "hours_to_next_period": 3,
        "price_position": 4, "price_ratio": 0.21, "max_price": 0.3, "max_price_at": 21, "next_best_at": [3, 4, 2],
        "price_ratio (next day)": 0.4, "next_best_at (next day)": [3, 4, 2], "last_updated": written,
    }  # fmt: skip
    for at, price in rows:
        local = at.astimezone(written.tzinfo)
        key = f"price_{'next_day_' if local.date() > written.date() else ''}{local.hour:02d}h"
        told[f"{key}_d" if key in told else key] = price
    return told


def read(rows: list[Row], written: datetime) -> Prices:
    zone = written.tzinfo
    assert isinstance(zone, ZoneInfo)
    return read_prices(pvpc(rows, written), ahead_in(zone))


def quarters(rows: list[Row]) -> dict[int, float]:
    return {int(at.timestamp()) + more: pytest.approx(price) for at, price in rows for more in range(0, 3600, 900)}


@ZONES
@pytest.mark.parametrize(("on", "count"), [(PLAIN, 24), (SPRING, 23), (AUTUMN, 25)])
@pytest.mark.parametrize("hour", [0, 1, 20, 23])
def test_today_and_tomorrow_are_read_also_where_the_clock_changes(zone, on: date, count: int, hour: int) -> None:
    rows = hours(on, zone) + hours(on + timedelta(days=1), zone)
    found = read(rows, datetime(on.year, on.month, on.day, hour, tzinfo=zone))
    assert found.by_start == quarters(rows)
    assert len(hours(on, zone)) == count
    assert (found.unit, found.notes) == ("€/kWh", ())


@ZONES
@pytest.mark.parametrize("on", [SPRING, AUTUMN])
def test_tomorrow_may_be_the_day_on_which_the_clock_changes(zone, on: date) -> None:
    today = on - timedelta(days=1)
    rows = hours(today, zone) + hours(on, zone)
    assert read(rows, datetime(today.year, today.month, today.day, 21, tzinfo=zone)).by_start == quarters(rows)


def test_before_tomorrow_is_published_in_the_evening_only_today_is_known() -> None:
    rows = hours(PLAIN, MADRID)
    found = read(rows, datetime(2026, 1, 20, 20, 14, tzinfo=MADRID))
    assert found.by_start == quarters(rows)
    assert found.known_until_s == datetime(2026, 1, 21, tzinfo=MADRID).timestamp()


def test_what_was_written_before_midnight_is_not_todays_after_it() -> None:
    rows = hours(PLAIN, MADRID)
    assert read(rows, datetime(2026, 1, 20, 23, 59, 59, tzinfo=MADRID)).by_start == quarters(rows)


@pytest.mark.parametrize("price", [None, "unknown", float("nan"), [0.1], True])
def test_an_hour_without_a_price_is_left_out(price: object) -> None:
    told = {**pvpc(hours(PLAIN, MADRID), datetime(2026, 1, 20, 9, tzinfo=MADRID)), "price_12h": price}
    assert read_prices(told, ahead_in(MADRID)).by_start == quarters(
        hours(PLAIN, MADRID)[:12] + hours(PLAIN, MADRID)[13:]
    )


@pytest.mark.parametrize("written", [None, "unknown", 5])
def test_hours_of_an_unknown_day_are_no_prices(written: object) -> None:
    told = {**pvpc(hours(PLAIN, MADRID), datetime(2026, 1, 20, 9, tzinfo=MADRID)), "last_updated": written}
    assert read_prices(told, ahead_in(MADRID)).by_start == {}
