"""A charger without a switch, whose number begins at 6 A: nothing stops it, so its minimum is spoken for."""

from __future__ import annotations

import pytest

from fusebox.model.load import Mode

from ..houses import car, site
from ..imperfect import Device, Night

HOUR_S = 3600
CANNOT = "cannot be paused: it has no switch, and its number starts at 6 A"


def night(measured: bool = True, **more: object) -> Night:
    """A first car with a switch that is off, and a second one that nothing stops, on 25 A."""
    first = Device(offer_a=6.0, on=False, really_on=False)
    second = Device(offer_a=6.0, follow_s=2, echo_s=1, measured=measured, has_switch=False)
    house = site(car("first", priority=1), car("second", priority=2, **more), margin_a=0.5)
    return Night(house, first=first, second=second)


@pytest.mark.parametrize("measured", [True, False])
def test_it_keeps_what_the_house_leaves_where_the_first_could_not_start(measured: bool) -> None:
    found = night(measured).run(120, 14.0)
    assert found.devices["second"].draw_a == 10
    found.run(HOUR_S, 14.0, every_s=10)
    assert [amps for at_s, amps in found.told("second") if at_s >= 120] == []
    assert found.decision is not None
    assert found.decision.notes["second"].setpoint_a == 10
    assert found.decision.notes["second"].reason.startswith(CANNOT)
    limited = "needs 6 A, limited by the main fuse (L1, 25 A): second 10.5 A, house 14 A"
    assert found.decision.notes["first"].reason == limited


@pytest.mark.parametrize("measured", [True, False])
def test_it_is_lowered_as_far_as_possible_for_one_that_can_start_then(measured: bool) -> None:
    found = night(measured).run(1200, 9.0)
    assert found.devices["first"].draw_a >= 8
    assert found.devices["second"].draw_a >= 6
    assert max(found.flows) <= 25


def test_an_overload_lowers_it_to_its_minimum_and_its_status_says_it_has_no_pause() -> None:
    found = night().run(120, 14.0).run(300, 22.0)
    assert found.devices["second"].draw_a == 6
    assert found.decision is not None
    assert found.decision.notes["second"].reason == CANNOT
    assert found.decision.notes["second"].allocated_a == 6
    assert found.status("second") == "charging"
    assert found.decision.state == "over"


def test_a_fuse_pauses_the_first_when_the_unpausable_second_cannot_make_room() -> None:
    found = night().run(120, 4.0).run(60, 12.0).run(400, 16.0)  # 28 A with both at their minimum
    assert found.devices["first"].draw_a == 0
    assert found.devices["second"].draw_a >= 6
    assert max(found.flows[-300:]) <= 25


@pytest.mark.parametrize("mode", [Mode.OFF, Mode.SOLAR_ONLY])
def test_a_mode_that_gives_it_nothing_holds_it_at_its_minimum_and_says_so(mode: Mode) -> None:
    found = night(mode=mode).run(400, 8.0)
    assert found.decision is not None
    note = found.decision.notes["second"]
    assert (note.setpoint_a, note.status, found.devices["second"].draw_a) == (6, "charging", 6)
    assert note.reason == CANNOT
    assert found.devices["first"].draw_a == 10  # of 24.5 A
    assert found.problem("second") == ""


def test_the_site_reports_too_that_a_load_cannot_be_paused() -> None:
    house = site(car("only", mode=Mode.OFF))
    found = Night(house, only=Device(offer_a=6.0, has_switch=False)).run(60, 8.0)
    assert found.decision is not None
    assert found.decision.reason == f"only: {CANNOT}"


def test_a_car_that_comes_to_it_is_counted_at_once() -> None:
    found = night()
    found.devices["second"].here = False
    found.run(120, 14.0)
    assert found.devices["first"].draw_a == 10
    found.devices["second"].here = True
    found.run(2, 14.0)
    assert found.decision is not None
    assert found.decision.notes["second"].setpoint_a == 6


def test_where_no_car_is_nothing_is_held() -> None:
    found = night()
    found.devices["second"].here = False
    found.run(120, 14.0)
    assert found.decision is not None
    assert found.decision.notes["second"].allocated_a == 0
    assert found.devices["first"].draw_a == 10


def test_what_no_longer_fits_goes_below_its_own_minimum_to_that_of_its_number() -> None:
    """`min_a` says from where it may run; nothing stops it, so an overload takes it to the least that can be set."""
    house = site(car("only", min_a=10.0), margin_a=0.5)
    found = Night(house, only=Device(offer_a=6.0, follow_s=2, has_switch=False)).run(120, 4.0)
    assert found.devices["only"].draw_a == 16
    found.run(300, 18.5)
    assert found.devices["only"].draw_a == 6
    found.run(120, 4.0)
    assert found.devices["only"].draw_a == 16


def test_in_a_mode_that_gives_it_nothing_it_runs_at_the_least_of_its_number() -> None:
    house = site(car("only", min_a=10.0, mode=Mode.OFF))
    found = Night(house, only=Device(offer_a=16.0, real_a=16.0, has_switch=False)).run(120, 4.0)
    assert found.devices["only"].draw_a == 6


def test_a_current_of_its_user_below_its_minimum_is_left_to_it() -> None:
    house = site(car("only", min_a=10.0))
    found = Night(house, only=Device(offer_a=6.0, has_switch=False)).run(120, 4.0)
    found.devices["only"].offer_a = found.devices["only"].real_a = 7.0
    found.run(120, 4.0)
    assert found.devices["only"].draw_a == 7
    assert found.decision is not None
    assert found.decision.notes["only"].reason.startswith("set to 7 A by hand")
