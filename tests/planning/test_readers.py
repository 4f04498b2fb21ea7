"""Whatever a source publishes, reading it does not fail, takes no time, and makes no number that nothing can have."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from fusebox.model.numbers import LARGEST
from fusebox.model.price_sources import DAYS, ENDS, STARTS, VALUES, WHOLE
from fusebox.planning.price_reader import read_prices
from fusebox.planning.sun_reader import LISTS, fill_missing_days, read_sun
from fusebox.planning.times import parse_instant_s

from ..laws.drawn import texts
from .samples import BERLIN, ahead_in

AHEAD = ahead_in(BERLIN)
MOMENTS = st.datetimes() | st.datetimes(timezones=st.timezones())
TIMES = MOMENTS | MOMENTS.map(datetime.isoformat) | st.sampled_from(["0001-01-01T00:00", "9999-12-31T23:59+00:00"])
NUMBERS = st.floats() | st.integers() | st.sampled_from([10**400, -(10**400), "1e999", "9" * 5000, True, "nan", 1e308])
JSON = st.recursive(
    st.none() | NUMBERS | texts() | TIMES,
    lambda inside: st.lists(inside, max_size=3) | st.dictionaries(texts(), inside, max_size=3),
    max_leaves=5,
)
KEYS = st.sampled_from([*STARTS, *ENDS, *VALUES, "pv_estimate", "pv_estimate10", "energy_wh"])
ROWS = st.lists(st.dictionaries(KEYS, TIMES | NUMBERS | JSON, max_size=5) | JSON, max_size=4)
TOLD = (
    st.dictionaries(st.sampled_from([*sum(DAYS, ()), *WHOLE, *LISTS]), ROWS | JSON, max_size=3)
    | st.dictionaries(
        st.sampled_from(["wh_period", "watts", "unit_of_measurement"]),
        st.dictionaries(TIMES, NUMBERS | JSON, max_size=4) | JSON,
    )
    | JSON
)


@given(TOLD)
def test_whatever_a_source_of_prices_publishes_it_is_read(told: Any) -> None:
    for start_s, price in read_prices(told, AHEAD).by_start.items():
        assert abs(price) <= LARGEST * 1000
        datetime.fromtimestamp(start_s + 900, UTC)


@given(TOLD)
def test_whatever_a_source_of_a_forecast_publishes_it_is_read(told: Any) -> None:
    sun = fill_missing_days(read_sun(told, AHEAD), 1.7e9, AHEAD)
    assert all(0 <= kw <= LARGEST for kw in sun.middle_kw.values())


@given(TIMES | JSON)
def test_whatever_stands_for_a_time_it_is_one_of_the_calendar_or_none(told: Any) -> None:
    at_s = parse_instant_s(told, AHEAD)
    assert at_s is None or datetime.fromtimestamp(at_s, BERLIN)


def test_a_price_that_ends_in_a_thousand_years_is_one_of_this_year() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    prices = read_prices({"rates": [{"start": start, "end": start.replace(year=3026), "value_inc_vat": 0.2}]}, AHEAD)
    assert prices.price_at((start + timedelta(days=364)).timestamp()) == 0.2
    assert len(prices.by_start) < 40_000
