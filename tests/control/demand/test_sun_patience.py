"""Houses with sun: loads that wait for it, that clouds do not stop, that continue without it, and exceptions."""

from __future__ import annotations

import pytest

from fusebox import tuning
from fusebox.model.load import Mode
from fusebox.model.snapshot import LoadState, Status

from ..days import Day
from ..houses import Evening, car, charger, plug, site, switched

SUN_A, NIGHT_A = -10.0, 1.0
"""What the house takes from the grid without our loads while the sun shines, and while it does not [A]."""


WAITING = charger(6, 0, on=False, status=Status.CONNECTED)


def day_of(mode: Mode, state: LoadState = WAITING, fuse_a: float = 25, **more: object) -> Day:
    """One car in one mode."""
    return Day(Evening(site(car("car", mode=mode, **more), fuse_a=fuse_a)), car=state)


@pytest.mark.parametrize("start_after_s", [0, 30, 60, 300])
def test_solar_only_starts_after_its_patience_of_sun_and_not_before(start_after_s: int) -> None:
    day = day_of(Mode.SOLAR_ONLY, start_after_s=start_after_s)
    day.run(NIGHT_A, 20)
    day.run(SUN_A, 340)
    # Whatever the patience, a raise has seen its room for some seconds.
    assert day.went_on("car") == [20 + max(start_after_s, int(tuning.RAISE_WINDOW_S))]
    assert day.amps["car"][-1] == 10.0


def test_a_cloud_before_the_start_restarts_the_wait() -> None:
    day = day_of(Mode.SOLAR_ONLY)
    day.run(SUN_A, 50)
    day.run(NIGHT_A, 1)
    day.run(SUN_A, 100)
    assert day.went_on("car") == [51 + 60]


def test_while_it_waits_for_lasting_sun_it_says_so() -> None:
    day = day_of(Mode.SOLAR_ONLY)
    day.run(SUN_A, 31)
    assert day.last is not None
    assert "starts at --:-- if it lasts" in day.last.notes["car"].reason


@pytest.mark.parametrize("stop_after_s", [0, 60, 180])
def test_without_sun_it_is_held_at_its_minimum_for_its_delay_and_no_longer(stop_after_s: int) -> None:
    day = day_of(Mode.SOLAR_ONLY, charger(10), stop_after_s=stop_after_s)
    day.run(SUN_A, 60)
    assert day.amps["car"][-1] == 10.0
    day.run(NIGHT_A, 200)
    assert day.went_off("car") == [60 + stop_after_s]
    assert set(day.amps["car"][60 : 60 + stop_after_s]) <= {6.0}


@pytest.mark.parametrize("stop_after_s", [0, 60])
def test_without_sun_and_without_room_it_is_held_no_longer_than_without_sun(stop_after_s: int) -> None:
    # It draws 2 A of its 6 A, which do not fit beside the house, but nothing is exceeded: the fuse alone would hold it.
    home = Evening(site(car("car", mode=Mode.SOLAR_ONLY, stop_after_s=stop_after_s), fuse_a=16))
    amps = [home.step({"L1": 14.0}, at_s, car=charger(6, 2)).notes["car"].setpoint_a for at_s in range(100)]
    assert amps == [6.0] * stop_after_s + [0.0] * (100 - stop_after_s)


@pytest.mark.parametrize(("cloud_s", "stops"), [(30, 0), (179, 0), (181, 1)])
def test_only_clouds_longer_than_its_patience_stop_it(cloud_s: int, stops: int) -> None:
    day = day_of(Mode.SOLAR_ONLY, charger(10))
    day.run(SUN_A, 60)
    for _ in range(3):
        day.run(NIGHT_A, cloud_s)
        day.run(SUN_A, 400, every_s=5)
    assert len(day.went_off("car")) == 3 * stops
    assert day.amps["car"][-1] == 10.0


def test_sun_between_two_clouds_restarts_the_delay() -> None:
    day = day_of(Mode.SOLAR_ONLY, charger(10))
    day.run(SUN_A, 60)
    for _ in range(3):
        day.run(NIGHT_A, 150)
        day.run(SUN_A, 10)
    assert day.went_off("car") == []


@pytest.mark.parametrize(("pause_s", "start_after_s", "waits_s"), [(300, 60, 300), (0, 60, 60), (60, 120, 120)])
def test_after_a_stop_it_waits_for_its_pause_and_for_lasting_sun(
    pause_s: int, start_after_s: int, waits_s: int
) -> None:
    day = day_of(Mode.SOLAR_ONLY, charger(10), stop_after_s=60, pause_s=pause_s, start_after_s=start_after_s)
    day.run(SUN_A, 60)
    day.run(NIGHT_A, 61)
    assert day.went_off("car") == [120]
    day.run(SUN_A, 310)
    assert len(day.went_on("car")) == 1
    assert waits_s <= day.went_on("car")[0] - 120 <= waits_s + 2


def test_solar_priority_starts_at_its_minimum_at_night_without_waiting_for_sun() -> None:
    day = day_of(Mode.SOLAR_PRIORITY, start_after_s=300)
    day.run(NIGHT_A, 30)
    day.run(NIGHT_A, 570, every_s=5)
    assert day.went_on("car") == [20]
    assert set(day.amps["car"][20:]) == {6.0}


def test_solar_priority_rises_with_the_sun_and_falls_back_to_its_minimum_for_good() -> None:
    day = day_of(Mode.SOLAR_PRIORITY, charger(6))
    day.run(NIGHT_A, 60)
    day.run(SUN_A, 60)
    assert day.amps["car"][-1] == 10.0
    day.run(NIGHT_A, 1000, every_s=5)
    assert set(day.amps["car"][121:]) == {6.0}


def test_a_car_that_is_held_in_the_shade_is_still_cut_and_paused_by_its_fuse() -> None:
    day = day_of(Mode.SOLAR_ONLY, charger(10), stop_after_s=10_000)
    day.run(SUN_A, 60)
    day.run(17.0, 60)
    assert set(day.amps["car"][61:]) == {6.0}  # 23 A on 25 A: no sun, but the fuse carries it
    day.run(30.0, 60)
    assert len(day.went_off("car")) == 1
    assert day.went_off("car")[0] <= 120 + 2  # 36 A on 25 A: 1.44 In in two readings
    assert day.last is not None
    assert day.last.notes["car"].reason.startswith("paused until the overloaded fuse main L1 has cooled down")


def test_a_contract_beats_the_patience_of_the_sun_at_once() -> None:
    house = site(car("car", mode=Mode.SOLAR_ONLY, stop_after_s=10_000), max_import_w=2300)
    day = Day(Evening(house), car=charger(10))
    day.run(SUN_A, 60)
    day.run(3.0, 60)
    assert set(day.amps["car"][61:]) == {6.0}
    day.run(5.0, 2)
    assert day.went_off("car") == [120]


def pool_day(**more: object) -> Day:
    """A plug of ten amps on the sun."""
    facts: dict[str, object] = {"min_on_s": 300, "min_off_s": 300, "start_after_s": 60, "stop_after_s": 60, **more}
    return Day(Evening(site(plug("pool", mode=Mode.SOLAR_ONLY, **facts))), pool=switched(False, 0.0))


def test_a_plug_starts_in_lasting_sun_and_stays_on_for_its_minimum_time_without_it() -> None:
    day = pool_day()
    day.run(-11.0, 100)
    assert day.went_on("pool") == [60]
    day.run(NIGHT_A, 300)
    assert day.went_off("pool") == [60 + 300]


def test_a_plug_that_has_been_on_long_enough_stops_after_its_patience() -> None:
    day = pool_day()
    day.run(-11.0, 400)
    day.run(NIGHT_A, 100)
    assert day.went_off("pool") == [400 + 60]
    day.run(-11.0, 300)
    assert day.went_on("pool") == [60, 460 + 300]


def test_a_plug_needs_sun_for_all_of_its_rating() -> None:
    day = pool_day()
    day.run(-9.9, 120)
    assert day.went_on("pool") == []


def test_excess_opens_after_its_patience_and_closes_after_it() -> None:
    house = site(car("car", mode=Mode.EXCESS, start_after_s=60, stop_after_s=60), excess_threshold_w=2300)
    day = Day(Evening(house), car=WAITING)
    day.run(-9.9, 100)
    assert day.went_on("car") == []
    day.run(-10.1, 100)
    assert day.went_on("car") == [160]
    assert day.amps["car"][-1] == 6.0
    day.run(-9.9, 100)
    assert day.went_off("car") == [200 + 60]


def test_stop_after_stop_for_want_of_sun_makes_the_next_start_more_patient() -> None:
    day = day_of(Mode.SOLAR_ONLY, start_after_s=100, pause_s=0)
    for _ in range(3):
        day.run(SUN_A, 400, every_s=5)
        day.run(NIGHT_A, 200, every_s=5)
    went = day.went_on("car")
    assert went[0] == 100
    assert [at - begin for at, begin in zip(went[1:], (600, 1200), strict=True)] == [100, 200]


def test_it_is_never_more_patient_than_eight_times() -> None:
    day = day_of(Mode.SOLAR_ONLY, start_after_s=20, stop_after_s=20, pause_s=0)
    for _ in range(6):
        day.run(SUN_A, 200, every_s=5)
        day.run(NIGHT_A, 40, every_s=5)
    begun = day.went_on("car")
    assert [at - 240 * number for number, at in enumerate(begun)] == [20, 20, 40, 80, 160, 160]


def test_three_quarters_of_an_hour_after_its_stops_it_starts_as_soon_as_ever() -> None:
    day = day_of(Mode.SOLAR_ONLY, start_after_s=100, pause_s=0)
    for _ in range(3):
        day.run(SUN_A, 400, every_s=5)
        day.run(NIGHT_A, 200, every_s=5)
    day.run(NIGHT_A, 2700, every_s=5)
    day.run(SUN_A, 110)
    assert day.went_on("car")[-1] == 4500 + 100
