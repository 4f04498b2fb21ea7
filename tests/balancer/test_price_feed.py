"""Prices as they come in: what was known stays until it is too old to guess from."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

from fusebox.balancer.plans.price_feed import PriceFeed

from ..runtime.home import Home

DAY_S = 86_400
NOW_S = 20_000.0 * DAY_S


def test_the_prices_of_two_days_are_kept_to_guess_the_next_from() -> None:
    home = Home()
    feed = PriceFeed(home.ports)
    feed.restore({str(int(NOW_S) - days * DAY_S - 900): 0.2 for days in (1, 2, 3)})
    hour = {"time": datetime.fromtimestamp(NOW_S, UTC).isoformat(), "price": 0.3}
    home.shows("sensor.prices", "0.3", prices_today=[hour], unit_of_measurement="EUR/kWh")
    asyncio.run(feed.look("sensor.prices", NOW_S, lambda _: 0.0))
    known_s = [slot.start_s - NOW_S for slot in feed.prices.slots]
    assert known_s[0] == -DAY_S - 900
    assert feed.prices.slots[-1].price == 0.3
