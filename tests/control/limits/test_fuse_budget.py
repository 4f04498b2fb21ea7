"""How warm a fuse is: by what flows through it in either direction, and not by what cannot have flowed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.limits.fuse_budget import is_exhausted
from fusebox.model.equipment import Circuit, FuseType
from fusebox.model.meter_memory import FuseMemory

from ..houses import T0_S, Evening, car, charger, site

IDLE = charger(6.0, 0.0, on=False)


def theta(*flows_a: float | None, fuse_type: FuseType = FuseType.B) -> float:
    """How warm 25 A are after a second of each of these."""
    house = site(car("car"))
    evening = Evening(replace(house, circuits=(replace(house.circuits[0], fuse_type=fuse_type),)))
    for second, flow_a in enumerate(flows_a):
        evening.step({"L1": flow_a}, second, car=IDLE)
    return evening.memory.fuses["main L1"].theta


def test_what_flows_out_warms_it_as_what_flows_in() -> None:
    assert theta(*[5.0] * 2, *[-30.0] * 60) == pytest.approx(theta(*[5.0] * 2, *[30.0] * 60))


@pytest.mark.parametrize("flow_a", [10.0, 28.3, -30.0])
def test_after_a_restart_it_is_as_warm_as_its_first_reading_makes_it(flow_a: float) -> None:
    assert theta(*[None] * 5, flow_a) == theta(flow_a) == pytest.approx((flow_a / 25) ** 2)
    assert theta(None, 10.0, *[28.3] * 10) < theta(None, *[28.3] * 11)


def test_a_fuse_without_a_meter_warms_with_what_its_loads_draw() -> None:
    garage = Circuit("garage", 10.0, "main", FuseType.B)
    evening = Evening(site(replace(car("car"), circuit="garage"), circuits=(garage,)))
    for second, draw_a in enumerate([6.0, *[12.0] * 10]):
        evening.step({"L1": draw_a}, second, car=charger(6.0, draw_a))
    assert 0.36 < evening.memory.fuses["garage L1"].theta < 1.0


def test_one_reading_that_no_fuse_lets_through_warms_nothing() -> None:
    calm = [10.0] * 30
    assert theta(*calm, 32767.0, *calm) == pytest.approx(theta(*calm, 10.0, *calm), abs=1e-3)


def test_a_fuse_link_takes_twice_as_long_to_warm_as_a_breaker() -> None:
    breaker, link = theta(5.0, *[35.0] * 60), theta(5.0, *[35.0] * 120, fuse_type=FuseType.GG)
    assert link == pytest.approx(breaker, rel=0.02)
    assert theta(5.0, *[35.0] * 120) > 1.2 * link


def test_five_times_its_rating_is_a_current_and_more_is_a_stray_reading() -> None:
    calm = [10.0] * 30
    assert theta(*calm, 124.0, *calm) > theta(*calm, *calm) + 0.1
    assert theta(*calm, 126.0, *calm) == pytest.approx(theta(*calm, 10.0, *calm), abs=1e-3)


def test_while_the_fuse_tolerates_the_second_car_the_first_is_not_paused() -> None:
    evening = Evening(site(car("first"), car("second", priority=2)))
    cars = evening.run(3.0, 0, 60, first=charger(6.0), second=charger(6.0))
    cars = evening.run(15.0, 60, 100, **cars)
    assert [cars[name].offer_a for name in ("first", "second")] == [6, 6] and cars["first"].on and cars["second"].on
    cars = evening.run(15.0, 100, 160, **cars)
    assert cars["first"].on and not cars["second"].on, "its budget is used up"


@pytest.mark.parametrize("ratio", [1.03, 1.1, 1.2, 1.35, 1.39])
def test_a_car_at_its_minimum_is_paused_before_a_linky_meter_reaches_its_contract(ratio: float) -> None:
    # Its filter takes 0.008 of the squared power each second; 1.0 is the lowest threshold in doubt.
    house = site(car("car", max_a=6.0))
    evening = Evening(replace(house, circuits=(replace(house.circuits[0], fuse_type=FuseType.LINKY),)))
    states = evening.run(12.0, 0, 60, car=charger(6.0))
    second, filtered = 60, (18.0 / 25.0) ** 2
    while states["car"].on and second < 1200:
        states = evening.run(25.0 * ratio - 6.0, second, second + 1, **states)
        second += 1
    # The car goes on for as long as the standard allows.
    for _ in range(60, second + 5):
        filtered += 0.008 * (ratio**2 - filtered)
    assert not states["car"].on
    assert 0.9 < filtered < 0.97


def test_a_linky_meter_tolerates_an_overload_for_half_a_minute() -> None:
    house = site(car("car"))
    evening = Evening(replace(house, circuits=(replace(house.circuits[0], fuse_type=FuseType.LINKY),)))
    states = evening.run(12.0, 0, 60, car=charger(6.0))
    assert evening.run(21.5, 60, 90, **states)["car"].on


def test_a_linky_meter_at_its_contract_is_no_reason_to_pause_a_car() -> None:
    house = site(car("car"))
    evening = Evening(replace(house, circuits=(replace(house.circuits[0], fuse_type=FuseType.LINKY),)))
    states = evening.run(18.9, 0, 1200, car=charger(6.0))
    assert states["car"].on


@pytest.mark.parametrize(
    ("warm", "readings", "spent"),
    [
        (1.05, 0, True),
        (0.5, 2, True),
        (0.5, 1, False),
    ],
)
def test_a_hot_fuse_or_one_far_above_its_rating_tolerates_nothing_more(warm, readings, spent) -> None:
    assert is_exhausted(FuseMemory(warm, T0_S, 20.0, 25.0, 1.05, readings)) is spent
