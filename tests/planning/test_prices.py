"""Which quarter hours of a day prices recommend and block: a table of days, and two laws."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fusebox.model.durations import HOUR_S, QUARTER_S
from fusebox.model.load_plan import PriceHours
from fusebox.planning.prices import blocks_are_allowed, choose_signal_hours, unbroken_stretches

MIDNIGHT = int(datetime(2026, 11, 23, tzinfo=UTC).timestamp())
DAY = 96


def ahead(at_s: float) -> float:
    return 0.0


def day(*levels: tuple[int, int, float], usual: float = 0.30, begins: int = MIDNIGHT) -> dict[int, float]:
    """Quarter hours from midnight on; `levels`: from hour, to hour, price."""
    found = {begins + at * QUARTER_S: usual for at in range(DAY)}
    for first, end, price in levels:
        found |= {begins + int(hour * HOUR_S): price for hour in [first + at / 4 for at in range((end - first) * 4)]}
    return found


def clocks(starts) -> list[str]:
    return [
        f"{datetime.fromtimestamp(a, UTC):%H:%M}-{datetime.fromtimestamp(b, UTC):%H:%M}"
        for a, b in unbroken_stretches(starts)
    ]


@pytest.mark.parametrize(
    "prices, wanted, recommended, blocked",
    [
        # The cheapest and the dearest of one day.
        (day((2, 6, 0.10), (17, 19, 0.50)), PriceHours(4, 2), ["02:00-06:00"], ["17:00-19:00"]),
        # Equal prices ask for nothing.
        (day(), PriceHours(4, 2), [], []),
        # Only as many cheap hours as requested, and never any that cost more than the mean.
        (day((2, 6, 0.10)), PriceHours(2), ["02:00-04:00"], []),
        (day((17, 19, 0.50)), PriceHours(24), ["00:00-17:00", "19:00-00:00"], []),
        # Four expensive hours in a row: two blocked, and then as long a rest.
        (day((16, 20, 0.50)), PriceHours(0, 4), [], ["16:00-18:00"]),
        (day((16, 22, 0.50)), PriceHours(0, 4), [], ["16:00-18:00", "20:00-22:00"]),
    ],
)
def test_the_cheapest_hours_of_a_day_are_recommended_and_the_dearest_blocked(prices, wanted, recommended, blocked):
    found = choose_signal_hours(prices, wanted, 600, ahead)
    assert (clocks(found.recommended), clocks(found.blocked)) == (recommended, blocked)


def test_each_day_has_its_own_hours_and_rests_count_over_midnight():
    tomorrow = MIDNIGHT + DAY * QUARTER_S
    prices = day((22, 24, 0.50)) | day((0, 2, 0.60), (3, 4, 0.10), begins=tomorrow)
    found = choose_signal_hours(prices, PriceHours(1, 2), 600, ahead)
    assert clocks(found.blocked) == ["22:00-00:00"]
    assert clocks(found.recommended)[-1] == "03:00-04:00"


def test_a_local_day_begins_at_the_wall_clocks_midnight():
    prices = day((0, 1, 0.10), (22, 23, 0.20))
    found = choose_signal_hours(prices, PriceHours(1), 600, lambda at_s: 2 * HOUR_S)
    assert clocks(found.recommended) == ["00:00-01:00", "22:00-23:00"]  # of two local days


def test_hours_are_no_shorter_than_the_time_that_a_pump_stays_in_a_state():
    spiky = day(*[(hour, hour + 1, 0.1 + 0.01 * (hour % 3)) for hour in range(12)])
    found = choose_signal_hours(spiky, PriceHours(3, 0), 3600, ahead)
    assert all(end - start >= HOUR_S for start, end in unbroken_stretches(found.recommended))


def test_the_signal_names_its_end():
    found = choose_signal_hours(day((17, 19, 0.50)), PriceHours(0, 2), 600, ahead)
    signal = found.signal_at(MIDNIGHT + 18 * HOUR_S)
    assert signal is not None and (signal.state, signal.until_s) == ("block", MIDNIGHT + 19 * HOUR_S)
    assert found.signal_at(MIDNIGHT + 19 * HOUR_S) is None


@given(
    prices=st.lists(st.floats(-1, 1), min_size=8, max_size=2 * DAY),
    recommend_h=st.floats(0, 24),
    block_h=st.floats(0, 12),
    dwell_s=st.sampled_from([0, 600, 1800, 3600]),
)
def test_no_prices_block_for_long_or_without_a_rest_or_call_for_what_they_block(prices, recommend_h, block_h, dwell_s):
    by_start = {MIDNIGHT + at * QUARTER_S: price for at, price in enumerate(prices)}
    found = choose_signal_hours(by_start, PriceHours(recommend_h, block_h), dwell_s, ahead)
    assert blocks_are_allowed(found.blocked)
    assert not found.recommended & found.blocked
    for first in (0, DAY):
        starts = {start for start in by_start if first <= (start - MIDNIGHT) // QUARTER_S < first + DAY}
        assert len(found.blocked & starts) <= round(4 * block_h)
        assert len(found.recommended & starts) <= round(4 * recommend_h)
