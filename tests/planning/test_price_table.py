"""A fixed table of hours, and when services are called."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from fusebox.model.by_time import Times, TimeTable
from fusebox.model.durations import HOUR_S
from fusebox.planning.price_reader import call_data, next_call_s
from fusebox.planning.prices import fixed_prices

from .samples import BERLIN, ahead_in, day

AHEAD = ahead_in(BERLIN)
NIGHT = TimeTable(((Times(22 * HOUR_S, 6 * HOUR_S), 0.18), (Times(45_000, 14 * HOUR_S), 0.2)), 0.29)


def at(text: str) -> float:
    return datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp()


@pytest.mark.parametrize(
    ("on", "night_slots"), [(date(2026, 3, 29), 28), (date(2026, 10, 25), 36), (date(2026, 5, 1), 32)]
)
def test_the_night_of_a_day_that_is_an_hour_off(on: date, night_slots: int) -> None:
    rows = day(on)
    found = fixed_prices(NIGHT, rows[0][0].timestamp(), len(rows), AHEAD)
    assert list(found.by_start.values()).count(0.18) == night_slots


def test_nord_pool_is_called_for_each_day_by_the_wall_clock() -> None:
    assert call_data("nordpool.get_prices_for_date", "NL", at("2026-10-25T00:10"), AHEAD) == (
        {"date": "2026-10-25", "areas": "NL"},
        {"date": "2026-10-26", "areas": "NL"},
    )


def test_quarter_hours_are_requested_by_name() -> None:
    first, _ = call_data("nordpool.get_price_indices_for_date", None, at("2026-10-24T12:00"), AHEAD)
    assert first == {"date": "2026-10-24", "resolution": 15}


def test_an_explicit_end_applies_to_each_day_separately() -> None:
    first, second = call_data("energyzero.get_energy_prices", None, at("2026-03-29T12:00"), AHEAD)
    span = {"start": "2026-03-28T23:00:00+00:00", "end": "2026-03-29T21:59:59+00:00"}
    assert first == {"incl_vat": True, "interval": "quarter", **span}
    assert second["start"] == "2026-03-29T22:00:00+00:00"
    assert "incl_vat" not in call_data("tibber.get_prices", None, 0, AHEAD)[0]


@pytest.mark.parametrize(
    ("now", "known_until", "then"),
    [
        ("2026-06-10T09:00", "2026-06-11T00:00", "2026-06-10T13:00"),
        ("2026-06-10T13:05", "2026-06-11T00:00", "2026-06-10T13:20"),
        ("2026-06-10T13:20", "2026-06-12T00:00", "2026-06-11T13:00"),
        ("2026-06-10T09:00", "2026-06-10T10:00", "2026-06-10T09:15"),
        ("2026-06-10T09:00", None, "2026-06-10T09:15"),
    ],
)
def test_a_service_is_called_when_it_publishes(now: str, known_until: str | None, then: str) -> None:
    known_s = None if known_until is None else at(known_until)
    assert datetime.fromtimestamp(next_call_s(at(now), known_s, AHEAD), UTC) == datetime.fromtimestamp(at(then), UTC)


def test_a_midnight_is_one_of_the_wall_clock() -> None:
    days = [timedelta(days=each) for each in range(2)]
    starts = [call_data("tibber.get_prices", None, at("2026-10-25T23:30"), AHEAD)[each.days]["start"] for each in days]
    assert starts == ["2026-10-24T22:00:00+00:00", "2026-10-25T23:00:00+00:00"]
