"""What a session would have cost at once: its energy at its highest power from its beginning on."""

from __future__ import annotations

import pytest

from fusebox.balancer.energy.session import at_once_cost, with_price

T0_S = 1_800_000_000.0
PRICES = ((T0_S, 0.40), (T0_S + 900, 0.20), (T0_S + 2700, 0.10))


@pytest.mark.parametrize(
    ("prices", "began_s", "kwh", "top_w", "cost"),
    [
        (PRICES, T0_S, 1.0, 4000, 0.40),
        (PRICES, T0_S, 3.0, 4000, 0.40 + 2 * 0.20),  # the third quarter hour has the price of the second
        (PRICES, T0_S, 10.0, 4000, 0.40 + 2 * 0.20 + 7 * 0.10),
        (PRICES, T0_S + 450, 1.0, 4000, 0.5 * 0.40 + 0.5 * 0.20),
        ((), T0_S, 1.0, 4000, None),
        (PRICES, T0_S - 60, 1.0, 4000, None),
        (PRICES, T0_S, 1.0, 0, None),
    ],
)
def test_the_energy_is_taken_at_the_prices_from_the_beginning_on(prices, began_s, kwh, top_w, cost) -> None:
    found = at_once_cost(prices, began_s, kwh, top_w)
    assert found == (None if cost is None else pytest.approx(cost))


def test_each_quarter_hour_has_the_first_price_that_was_known_in_it() -> None:
    prices = with_price((), T0_S + 5, None)
    for after_s, price in ((10, 0.3), (600, 0.2), (905, 0.1)):
        prices = with_price(prices, T0_S + after_s, price)
    assert prices == ((T0_S, 0.3), (T0_S + 900, 0.1))
    for quarter in range(300):
        prices = with_price(prices, T0_S + 900 * quarter, 0.2)
    assert len(prices) == 192
