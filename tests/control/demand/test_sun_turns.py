"""Several loads on the same surplus: a load served first stops others only after `stop_after_s`, and none alternate."""

from __future__ import annotations

import math

import pytest

from fusebox.model.load import Load, Mode
from fusebox.model.site import Distribution
from fusebox.model.snapshot import LoadState, Status

from ..days import Day
from ..houses import Evening, car, charger, plug, site, switched

WAITING = charger(6, 0, on=False, status=Status.CONNECTED)
SUN = Mode.SOLAR_ONLY


def day_of(*loads: Load, distribution: Distribution = Distribution.PRIORITY, **states: LoadState) -> Day:
    """A house of 63 A."""
    return Day(Evening(site(*loads, fuse_a=63, distribution=distribution)), **states)


def pair(distribution: Distribution = Distribution.PRIORITY, **second: object) -> Day:
    """Two cars on the sun, both charging at 6 A."""
    cars = car("first", mode=SUN, priority=1), car("second", mode=SUN, priority=2, **second)
    return day_of(*cars, distribution=distribution, first=charger(6), second=charger(6))


@pytest.mark.parametrize("distribution", list(Distribution))
def test_a_short_cloud_stops_no_load_and_buys_nothing_from_the_grid(distribution: Distribution) -> None:
    day = pair(distribution)
    day.run(-26, 80)
    for _ in range(3):
        day.run(-20, 20)
        assert day.amps["first"][-1] + day.amps["second"][-1] <= 20
        day.run(-26, 60)
    assert (day.went_off("first"), day.went_off("second")) == ([], [])


def test_with_strict_a_long_cloud_stops_the_second_and_leaves_its_sun_to_the_first() -> None:
    day = pair(Distribution.STRICT, stop_after_s=120)
    day.run(-26, 80)
    day.run(-20, 300)
    assert day.went_off("second") == [80 + 120]
    assert day.amps["first"][-1] == 16.0
    assert day.last is not None
    assert day.last.notes["second"].limited_by == "solar"


def test_the_second_load_reports_that_its_sun_goes_to_others() -> None:
    day = pair(Distribution.STRICT)
    day.run(-26, 80)
    day.run(-20, 21)
    assert day.last is not None
    assert day.last.notes["second"].reason == "kept on until --:-- although loads that go first use the sun"


def test_under_strict_the_second_waits_for_lasting_sun_that_is_left_for_it() -> None:
    cars = car("first", mode=SUN, priority=1), car("second", mode=SUN, priority=2)
    day = day_of(*cars, distribution=Distribution.STRICT, first=charger(6), second=WAITING)
    day.run(-20, 200)
    assert day.amps["second"][-1] == 0.0
    day.run(-23, 100)
    assert day.went_on("second") == [200 + 60]


def test_a_plug_in_its_shade_is_kept_on_as_long() -> None:
    loads = car("first", mode=SUN, priority=1), plug("pool", mode=SUN, priority=2, stop_after_s=90)
    day = day_of(*loads, distribution=Distribution.STRICT, first=charger(6), pool=switched(True, 10.0))
    day.run(-26, 80)
    day.run(-20, 200)
    assert day.went_off("pool") == [80 + 90]


@pytest.mark.parametrize("mode", [Mode.STANDARD, Mode.SOLAR_PRIORITY])
def test_a_car_on_the_grid_starts_while_another_holds_its_surplus_for_a_while(mode: Mode) -> None:
    day = day_of(car("first", mode=mode), car("second", mode=SUN), first=WAITING, second=charger(6))
    day.run(-10, 400)
    assert day.went_on("first") == [20]
    assert [second // 30 for second in day.went_off("second")] == [180 // 30]


def test_a_load_on_excess_is_not_stopped_at_once_either() -> None:
    loads = car("first", mode=SUN), car("second", mode=Mode.EXCESS, stop_after_s=90)
    day = Day(Evening(site(*loads, excess_threshold_w=230, fuse_a=63)), first=WAITING, second=charger(6))
    day.run(-7, 300)
    assert [second // 10 for second in day.went_off("second")] == [(60 + 90) // 10]
    assert day.amps["first"][-1] == 7.0


def beside_excess(pool: LoadState, **of_pool: object) -> Day:
    """A car on the sun that waits, and a plug of 6.5 A on the excess above 1 kW, which is served after it."""
    loads = car("first", mode=SUN), plug("pool", 1500, mode=Mode.EXCESS, **of_pool)
    return Day(Evening(site(*loads, excess_threshold_w=1000, fuse_a=63)), first=WAITING, pool=pool)


def test_a_car_on_the_sun_starts_beside_a_plug_on_excess_that_is_served_after_it() -> None:
    day = beside_excess(switched(True, 6.5))
    day.run(-11.3, 900)
    assert [second // 10 for second in day.went_on("first")] == [60 // 10]
    assert (day.went_off("first"), day.went_off("pool")) == ([], [])


def test_a_plug_on_excess_that_runs_for_its_minimum_time_stops_no_car_served_before_it() -> None:
    day = beside_excess(switched(False, 0.0), min_on_s=600)
    day.run(-11.3, 900)
    assert (day.went_off("first"), day.went_off("pool")) == ([], [])
    assert day.amps["first"][-1] == 6.0


def test_lasting_sun_for_one_goes_to_the_first_and_meanwhile_all_of_it_to_the_second() -> None:
    cars = car("first", mode=SUN, priority=1), car("second", mode=SUN, priority=2)
    day = day_of(*cars, first=WAITING, second=charger(6))
    day.run(-10, 400)
    stopped = 60 + 180
    assert day.went_off("second") == [stopped]
    assert set(day.amps["second"][40:stopped]) == {10.0}
    assert stopped <= day.went_on("first")[0] <= stopped + 25
    assert day.amps["first"][-1] == 10.0


@pytest.mark.parametrize(("period_s", "lasts_s"), [(120, 1800), (480, 1800), (900, 3600)])
def test_surplus_near_the_larger_cars_need_does_not_make_two_cars_take_turns(period_s: int, lasts_s: int) -> None:
    cars = car("large", mode=SUN, priority=1, min_a=18.0, max_a=32.0), car("small", mode=SUN, priority=2)
    day = day_of(*cars, large=WAITING, small=WAITING)
    for second in range(0, lasts_s, 4):
        day.run(-18.3 - 2.2 * math.sin(second * 2 * math.pi / period_s), 4, every_s=4)
    assert len(day.went_off("small")) <= 1
    assert len(day.went_on("large")) + len(day.went_on("small")) <= 4
    assert day.amps["large"][-1] + day.amps["small"][-1] > 0


def test_half_an_hour_later_the_larger_may_have_its_place_again() -> None:
    cars = car("large", mode=SUN, priority=1, min_a=18.0, max_a=32.0), car("small", mode=SUN, priority=2)
    day = day_of(*cars, large=charger(18), small=WAITING)
    day.run(-19, 60)
    day.run(-10, 300)
    assert day.went_off("large") == [60 + 180]
    day.run(-19, 2400, every_s=5)
    assert len(day.went_on("small")) == 1
    assert 240 + 1800 <= day.went_on("large")[0] <= 240 + 1800 + 300
