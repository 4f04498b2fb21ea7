"""A charge point whose answers are wrong or missing takes limits all the same, and is safe without Home Assistant."""

from __future__ import annotations

from typing import Any

import pytest

from simhouse.devices.ocpp.firmware import Firmware
from simhouse.physics.car import Car, Visit

from ...laws.ocpp_sessions import FAILSAFE_A, LEASE_S, Life

SILENT: dict[str, Any] = {"tells_offer": False, "tells_room": False}
ONE_SLOT: dict[str, Any] = {"most_profiles": 1, **SILENT}


def life(car_a: float = 16.0, arrives_s: float = 5.0, **firmware: Any) -> Life:
    """A charge point that offers 32 A by itself, and a car that takes at most `car_a`."""
    car = Car(wakes_after_s=3, below_offer_a=0.3, max_a=car_a, visits=(Visit(arrives_s, 1e9, 50.0),))
    return Life(Firmware(**{"unlimited_a": 32.0, "meter_every_s": 5, **firmware}), car)


def offers_after_death_a(one: Life) -> float:
    """What the charge point offers once the lease of the last limit is over."""
    one.kill()
    for _ in range(LEASE_S + 20):
        one.second(0.0)
    return one.connector.offered_a


WRONG_UNIT: dict[str, Any] = {"units": "Power", "states_units": "Current"}


@pytest.mark.parametrize("tells_offer", [True, False])
@pytest.mark.parametrize("most_profiles", [10, 1])
@pytest.mark.parametrize("lived_s", [30, 300])
def test_a_charger_that_states_the_wrong_unit_falls_back_without_home_assistant(lived_s, most_profiles, tells_offer):
    one = life(**WRONG_UNIT, tells_offer=tells_offer, most_profiles=most_profiles)
    for _ in range(lived_s):
        one.second(16.0)
    assert offers_after_death_a(one) <= FAILSAFE_A


@pytest.mark.parametrize("more", [{"tells_offer": True}, SILENT], ids=["reports its offer", "silent"])
def test_a_charger_that_states_the_wrong_unit_takes_limits_in_the_other(more):
    one = life(**WRONG_UNIT, **more)
    for _ in range(500):
        one.second(12.0)
    assert one.connector.offered_a == pytest.approx(12.0)


def test_a_silent_charger_with_room_for_one_profile_leaves_the_safe_current():
    one = life(**ONE_SLOT)
    for _ in range(500):
        one.second(16.0)
    assert one.connector.offered_a == 16.0 and offers_after_death_a(one) <= FAILSAFE_A


@pytest.mark.parametrize("more", [SILENT, {"tells_offer": False}], ids=["says nothing", "says its room"])
def test_a_car_that_takes_no_more_than_the_safe_current_leaves_limits_with_an_end(more):
    one = life(car_a=FAILSAFE_A, **more)
    for _ in range(600):
        one.second(16.0)
    assert one.connector.offered_a == 16.0 and offers_after_death_a(one) <= FAILSAFE_A


def test_the_first_report_of_a_slow_meter_is_no_reason_to_doubt_the_stated_unit():
    one, units = life(arrives_s=30.0, meter_every_s=60, needs_remote_start=True), set()
    for _ in range(200):
        one.second(16.0)
        assert one._memory is not None and one._memory.commanded is not None
        units.add(one._memory.commanded.form.unit)
    assert units == {"A"} and one.connector.offered_a == 16.0
