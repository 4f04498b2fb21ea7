"""The cars that visit the chargers, and their times."""

from datetime import UTC, datetime
from random import Random

import pytest

from simhouse.house.visits import usual_car

MORNING = datetime(2025, 4, 24, 6, tzinfo=UTC)


def plugged_in(mode, position, hour):
    """Whether the car of a charger is there at an hour of the day."""
    car = usual_car(position, 3, mode, MORNING, 15 * 3600, Random(1))
    return any(visit.arrives_s <= (hour - 6) * 3600 < visit.departs_s for visit in car.visits)


@pytest.mark.parametrize("mode", ["solar_only", "solar_priority", "excess", "Solar Only"])
def test_cars_that_charge_on_the_sun_are_there_by_day(mode):
    assert plugged_in(mode, 0, 12.5) and plugged_in(mode, 1, 9.5) and plugged_in(mode, 1, 18)
    assert not plugged_in(mode, 0, 17) and not plugged_in(mode, 1, 13)


def test_others_come_home_in_the_evening():
    assert plugged_in("standard", 0, 19) and plugged_in("", 1, 19)
    assert not plugged_in("standard", 0, 12)
