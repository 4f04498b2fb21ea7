"""What a value is at a time of the wall clock."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from fusebox.model.by_time import ByTime, Times, TimeTable, lowest_within, value_at
from fusebox.model.durations import HOUR_S, QUARTER_S

BERLIN = ZoneInfo("Europe/Berlin")
NIGHT, PEAK, WINTER_PEAK = 0.18, 0.31, 0.40
TABLE = TimeTable(
    (
        (Times(22 * HOUR_S, 6 * HOUR_S), NIGHT),
        (Times(17 * HOUR_S, 20 * HOUR_S, frozenset(range(5)), frozenset({10, 11, 12, 1, 2, 3})), WINTER_PEAK),
        (Times(17 * HOUR_S, 20 * HOUR_S, frozenset(range(5))), PEAK),
    ),
    0.29,
)


def ahead(at_s: float) -> float:
    offset = datetime.fromtimestamp(at_s, BERLIN).utcoffset()
    assert offset is not None
    return offset.total_seconds()


def at(text: str, value: ByTime = TABLE) -> float:
    return value_at(value, datetime.fromisoformat(text).replace(tzinfo=BERLIN).timestamp(), ahead)


@pytest.mark.parametrize(
    ("time", "value"),
    [
        ("2026-06-10T21:59", 0.29),
        ("2026-06-10T22:00", NIGHT),
        ("2026-06-11T05:59:59", NIGHT),
        ("2026-06-11T06:00", 0.29),
        ("2026-06-12T17:00", PEAK),
        ("2026-06-13T17:00", 0.29),
        ("2026-09-30T19:59", PEAK),
        ("2026-10-01T17:00", WINTER_PEAK),
        ("2027-03-31T17:00", WINTER_PEAK),
        ("2027-04-01T20:00", 0.29),
    ],
)
def test_the_first_row_that_fits_gives_the_value(time: str, value: float) -> None:
    assert at(time) == value


def test_a_number_holds_at_all_times() -> None:
    assert at("2026-06-10T22:00", 0.25) == 0.25


@pytest.mark.parametrize(("time", "is_in"), [("19T23:00", True), ("20T01:00", False), ("19T01:00", True)])
def test_after_midnight_the_day_of_the_clock_counts(time: str, is_in: bool) -> None:
    friday = TimeTable(((Times(22 * HOUR_S, 6 * HOUR_S, frozenset({4})), 1.0),), 0.0)
    assert at(f"2026-06-{time}", friday) == is_in


@pytest.mark.parametrize("end_s", [0, 24 * HOUR_S])
def test_hours_that_end_where_they_begin_are_the_whole_day(end_s: int) -> None:
    day = TimeTable(((Times(0, end_s), 1.0),), 0.0)
    assert {at(f"2026-06-19T{hour:02d}:45", day) for hour in range(24)} == {1.0}


@pytest.mark.parametrize(
    ("day", "night_quarters", "all_quarters"), [("2026-03-29", 28, 92), ("2026-10-25", 36, 100), ("2026-05-01", 32, 96)]
)
def test_on_days_an_hour_off_the_wall_clock_counts(day: str, night_quarters: int, all_quarters: int) -> None:
    midnight = datetime.fromisoformat(day).replace(tzinfo=BERLIN)
    start_s, end_s = midnight.timestamp(), (midnight + timedelta(days=1)).timestamp()
    found = Counter(value_at(TABLE, each, ahead) for each in range(int(start_s), int(end_s), QUARTER_S))
    assert (found[NIGHT], found.total()) == (night_quarters, all_quarters)


def test_the_lowest_within_an_hour_is_that_of_its_quarters() -> None:
    table = TimeTable(((Times(17 * HOUR_S + 45 * 60, 20 * HOUR_S), 2.0),), 5.0)
    assert [lowest_within(table, hour * HOUR_S, HOUR_S) for hour in (16, 17, 19, 20)] == [5.0, 2.0, 2.0, 5.0]
    assert lowest_within(table, 17.5 * HOUR_S, 900) == 5.0
    assert lowest_within(3.0, 17 * HOUR_S, HOUR_S) == 3.0
