"""An overload that a cut under way will end is no reason to pause; what remains is shed as ever."""

from __future__ import annotations

import pytest

from fusebox.model.decision import Command

from ..houses import car, site
from ..imperfect import Device, Night

JUMPS_S = 60


def night(house_a: float, **more: object) -> Night:
    """A car at 16 A and a house of 4 A, until the house draws the given amps."""
    found = Night(site(car("car")), car=Device(offer_a=16.0, real_a=16.0, **more))  # type: ignore[arg-type]
    return found.run(JUMPS_S, 4.0).run(30, house_a)


def switched_off_s(found: Night) -> int | None:
    """How long after the jump the car was switched off [s]."""
    return next((second - JUMPS_S for second, command in found.sent if command.on is False), None)


@pytest.mark.parametrize("measured", [True, False])
@pytest.mark.parametrize(("echo_s", "follow_s"), [(0, 2), (1, 2), (1, 5), (4, 4)])
def test_a_car_that_has_just_been_cut_is_not_paused_for_what_it_still_draws(
    echo_s: int, follow_s: int, measured: bool
) -> None:
    found = night(24.0, echo_s=echo_s, follow_s=follow_s, measured=measured)
    assert max(found.flows) == 40  # 1.6 times the rating for as long as the car needs, 1.2 times after
    first = next(command for second, command in found.sent if second >= JUMPS_S)
    assert first == Command("car", 6.0, None, urgent=True)
    assert switched_off_s(found) is None or switched_off_s(found) > 20  # its budget, not its first reading
    assert found.flows[JUMPS_S + 15] == 30


@pytest.mark.parametrize("measured", [True, False])
def test_what_remains_above_1_4_times_the_rating_is_shed_with_the_second_reading(measured: bool) -> None:
    found = night(30.0, echo_s=2, follow_s=2, measured=measured)
    assert switched_off_s(found) == 1  # 46 A flow, and 36 A would


def test_a_car_that_does_not_follow_is_given_its_latency_and_no_more() -> None:
    found = night(24.0, deaf=True)
    assert 14 <= switched_off_s(found) <= 17
