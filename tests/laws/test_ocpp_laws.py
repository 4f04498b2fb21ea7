"""A law of OCPP chargers: whatever happened before, without Home Assistant each ends at its `failsafe_a` or below."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from .effort import examples
from .ocpp_sessions import FAILSAFE_A, LEASE_S, lived

SOON_S = 10
"""The charge point and its report, in addition to the lease."""


@examples(5)
@given(st.integers(0, 10**9))
def test_without_home_assistant_a_charge_point_ends_at_failsafe_a_or_below(seed: int) -> None:
    life = lived(seed)
    life.kill()
    offers_a = []
    for _ in range(LEASE_S + SOON_S + 200):
        life.second(0.0)
        offers_a.append(life.connector.offered_a)
    assert max(offers_a[LEASE_S + SOON_S :]) <= FAILSAFE_A + 0.05
