"""A load takes all it can at low prices, in every low slot and in no other, within every limit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.model.load_plan import LoadPlan
from fusebox.planning.compose import Expectations, TariffTerms, compose_problem
from fusebox.planning.house_model import HouseModel
from fusebox.planning.load_needs import LoadRequest, low_price_slots
from fusebox.planning.plan_standing import PlanStanding
from fusebox.planning.planner import find_plan
from fusebox.planning.prices import NO_PRICES, Prices
from fusebox.planning.slot_forecast import Forecast
from fusebox.planning.sun_reader import Sun

from .test_compose import CAR, SITE, T0_S

BELOW = LoadPlan(max_price=0.12)
BY_EIGHT = LoadPlan("2025-11-24T20:00", energy_kwh=2.0)
PRICES = (0.3, 0.12, 0.13, 0.1, -0.05, -0.01, 0.0, 0.3)


def paid(prices: tuple[float, ...] = PRICES) -> Prices:
    return Prices({T0_S + 900 * at: price for at, price in enumerate(prices, -1)})


@pytest.mark.parametrize(
    ("given", "runs_now", "slots"),
    [
        (BELOW, False, (0, 2, 3, 4, 5)),
        (replace(BELOW, max_price=-0.01), False, (3, 4)),
        (replace(BELOW, max_price=None), False, ()),
        (BY_EIGHT, False, (3, 4)),
        (replace(BY_EIGHT, max_price=0.12), False, (3, 4)),
        (replace(BELOW, min_block_min=30), False, (2, 3, 4, 5)),
        (replace(BELOW, min_block_min=30), True, (0, 2, 3, 4, 5)),
    ],
)
def test_low_prices_are_those_up_to_the_limit_or_below_nothing(given, runs_now, slots) -> None:
    """A published price of the past counts no more, and one that is not published is not low."""
    assert low_price_slots(given, paid(), T0_S, runs_now=runs_now) == slots


def powers(
    given: LoadPlan, need_kwh: float = 0.0, *, headroom_kw: float = 99.0, due_slot: int = 6, **more
) -> list[float]:
    """What a car is planned to take in each slot [kW]."""
    due_s = None if given.has_no_end else T0_S + due_slot * 900.0
    standing = PlanStanding(given, need_kwh, due_s, **more)
    forecast = Forecast(paid(), NO_PRICES, Sun({T0_S + 900: 9.0}, {T0_S + 900: 9.0}), HouseModel())
    tariff = TariffTerms(headroom_kw, headroom_kw, 0.0)
    expected = Expectations(forecast, lambda _: 0.0, tariff, paid=paid())
    outcome = find_plan(compose_problem(SITE, [LoadRequest(CAR, standing, False, 11.0, 0.0)], expected, T0_S).problem)
    return [pytest.approx(sum(each)) for each in zip(*outcome.powers.values(), strict=True)]


@pytest.mark.parametrize(("headroom_kw", "kw"), [(99.0, 11.0), (6.0, 6.0)])
def test_a_price_alone_fills_every_low_slot_and_no_sunny_one(headroom_kw: float, kw: float) -> None:
    assert powers(BELOW, headroom_kw=headroom_kw) == [kw, 0.0, kw, kw, kw, kw]


def test_below_a_price_of_nothing_a_car_takes_more_than_it_needs() -> None:
    """Its need is met at the lowest prices, and what is left of these is filled."""
    assert powers(BY_EIGHT, 2.0) == [0.0, 0.0, 0.0, 11.0, 11.0, 0.0]
    assert powers(BY_EIGHT, 2.0, headroom_kw=5.0)[3:5] == [5.0, 5.0]
    assert powers(BY_EIGHT, 6.0)[3:5] == [11.0, 11.0]
    assert powers(BY_EIGHT, 0.0) == [0.0, 0.0, 0.0, 11.0, 11.0]


def test_a_car_with_little_room_is_filled_at_the_lowest_price() -> None:
    assert powers(BY_EIGHT, 0.0, room_kwh=2.75) == [0.0, 0.0, 0.0, 11.0, 0.0]
    assert powers(BY_EIGHT, 2.0, room_kwh=4.75)[3:5] == [11.0, 8.0]
    assert powers(BY_EIGHT, 0.0, room_kwh=0.0)[3:5] == [11.0, 0.0]


def test_no_room_is_left_for_a_price_after_its_time() -> None:
    assert powers(BY_EIGHT, 0.0, room_kwh=2.75, due_slot=7) == [0.0, 0.0, 0.0, 11.0, 0.0]
    assert powers(BY_EIGHT, 0.0, room_kwh=2.75, due_slot=3) == []


def test_a_full_car_takes_nothing_more() -> None:
    assert powers(BY_EIGHT, 0.0, can_take_more=False) == []
    assert powers(BELOW, 0.0, can_take_more=False) == []


def test_a_least_state_of_charge_does_not_wait_for_a_price() -> None:
    assert powers(BELOW, 2.75, now_kwh=2.75)[:3] == [11.0, 0.0, 11.0]
