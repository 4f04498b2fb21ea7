"""A law of OCPP chargers: whatever happened before, without Home Assistant each ends at its `failsafe_a` or below."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from simhouse.devices.ocpp.firmware import Firmware
from simhouse.physics.car import Car, Visit

from .effort import examples
from .ocpp_sessions import FAILSAFE_A, LEASE_S, Life, lived

STATES_WRONG_UNIT = 9311
"""It follows the first limit, in the unit that it takes; the next is as high in the unit that it states."""
REBOOTS_WITHOUT_CAR = 1231
"""A limit that could not be sent precedes a reboot, after which no car is there that needs one."""
SOON_S = 10
"""The charge point and its report, in addition to the lease."""


@examples(5)
@given(st.integers(0, 10**9))
@example(STATES_WRONG_UNIT)
@example(REBOOTS_WITHOUT_CAR)
def test_without_home_assistant_a_charge_point_ends_at_failsafe_a_or_below(seed: int) -> None:
    life = lived(seed)
    life.kill()
    offers_a = []
    for _ in range(LEASE_S + SOON_S + 200):
        life.second(0.0)
        offers_a.append(life.connector.offered_a)
    assert max(offers_a[LEASE_S + SOON_S :]) <= FAILSAFE_A + 0.05


@pytest.mark.parametrize(
    ("tells_unit", "meter_every_s", "from_s"),
    [
        # It states its unit: its first limit was in the other one, until that has expired.
        (True, 60, 400),
        # Its unit was found: the limit in the other one was not followed.
        (False, 5, 60),
    ],
)
def test_a_constant_limit_proves_its_unit(tells_unit: bool, meter_every_s: int, from_s: int) -> None:
    firmware = Firmware(
        units="Power",
        tells_units=tells_unit,
        unlimited_a=32.0,
        meter_every_s=meter_every_s,
        least_meter_every_s=meter_every_s,
    )
    life = Life(firmware, Car(wakes_after_s=3, below_offer_a=0.3, visits=(Visit(0, 1e9, 0.5),)))
    for _ in range(from_s):
        life.second(16.0)
    life.point.firmware = replace(firmware, unlimited_a=FAILSAFE_A if tells_unit else 0.0)
    units = set()
    for _ in range(300):
        life.second(16.0)
        units.add(life.unit)
    assert units == {"W"}
