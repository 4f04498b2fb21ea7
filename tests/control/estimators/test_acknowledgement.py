"""The response of a device to commands is learnt: its steps, its limit, its time; the rest is reported."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from fusebox.control.estimators.acknowledgement import (
    acknowledge,
    correct_by_learnt,
    is_same_current,
    memory_after_sending,
    report_ignoring_after_s,
)
from fusebox.model.decision import Command
from fusebox.model.load_memory import CommandMemory, LoadMemory

from ..houses import T0_S, Evening, car, charger, obey, site
from ..imperfect import Device, Night


@pytest.mark.parametrize(("shown_a", "is_same"), [(9.96, True), (10.04, True), (10.06, False), (None, False)])
def test_currents_are_the_same_to_the_tenth_of_an_amp_that_boxes_show(shown_a, is_same):
    assert is_same_current(10.0, shown_a) is is_same


@pytest.mark.parametrize("makes", [math.floor, round, math.ceil])
def test_a_device_that_rounds_to_whole_amps_is_sent_whole_amps(makes):
    device = Device(offer_a=16, real_a=16, device_step_a=0.1, makes=makes)
    night = Night(site(car("car", step_a=0.1)), car=device).run(30, 14.4)
    night.run(60, lambda second: 14.4 + second / 100)
    assert all(a == round(a) for s, a in night.told() if s > 30 and a is not None)
    assert max(night.flows[20:]) <= 25.5
    assert len(night.times()) <= 4
    assert night.problem() == ""


def test_a_device_with_its_own_limit_is_commanded_no_more_than_that():
    device = Device(makes=lambda told_a: min(told_a, 13.0))
    night = Night(site(car("car")), car=device).run(800, 5)
    assert [a for _, a in night.told()] == [10, 14, 16, 16, 13]
    assert night.problem() == ""


def test_a_current_that_its_user_lowers_under_that_limit_is_respected():
    device = Device(makes=lambda told_a: min(told_a, 13.0))
    night = Night(site(car("car")), car=device).run(120, 5)
    device.offer_a = device.real_a = 9.0
    night.run(330, 5)
    assert device.offer_a == 9


def test_a_limit_never_reached_does_not_hide_a_users_change():
    device = Device(offer_a=13, real_a=13, makes=lambda told_a: min(told_a, 13.0))
    night = Night(site(car("car")), car=device).run(200, 5)
    device.offer_a = device.real_a = 9.0
    night.run(330, 5)
    assert device.offer_a == 9


def test_a_dead_device_is_named_with_a_remedy_and_faulty_while_it_may_overdraw():
    night = Night(site(car("car", max_a=10.0)), car=Device(offer_a=16, takes_a=8, real_a=16, dead=True)).run(200, 5)
    assert night.problem().startswith(
        "does not accept its current: displays 16 A, was sent 10 A; check that the device is online and accepts each"
    )
    assert night.status() == "fault"


def test_a_device_whose_driver_verifies_it_is_named_by_that_driver_alone():
    device = Device(offer_a=16, takes_a=8, real_a=16, dead=True, verifies=True)
    assert Night(site(car("car", max_a=10.0)), car=device).run(200, 5).problem() == ""


def test_a_dead_device_that_only_does_not_rise_charges_on():
    night = Night(site(car("car")), car=Device(dead=True)).run(200, 5)
    assert "displays 6 A, was sent 16 A" in night.problem()
    assert night.status() == "charging"


def test_the_problem_is_over_when_the_device_answers():
    device = Device(offer_a=16, real_a=16, dead=True)
    night = Night(site(car("car", max_a=10.0)), car=device).run(400, 5)
    assert night.problem() != ""
    device.dead = False
    night.run(310, 5)
    assert device.offer_a == 10
    assert night.problem() == ""


@pytest.mark.parametrize("latency_s", [0, 5, 20, 60, 85])
def test_a_device_that_is_only_slow_is_no_problem(latency_s):
    device = Device(echo_s=latency_s, follow_s=latency_s)
    night, named = Night(site(car("car")), car=device), set()
    for second in range(660):
        night.run(1, 5 + (10 if second // 150 % 2 else 0))
        if second > 200:
            named.add(night.problem())
    assert named == {""}


def test_a_number_that_displays_each_command_late_is_learnt_and_no_problem():
    """It follows at once; most of its commands are replaced before it displays them."""
    evening, true, so_far, named = Evening(site(car("car"))), charger(6), list[float](), set[str]()
    for second in range(400):
        so_far.append(true.offer_a or 0.0)
        shown = replace(true, offer_a=so_far[max(second - 40, 0)])
        house_a = 5.0 if second // 20 % 2 else 12.0
        decision = evening.step({"L1": house_a + (true.draw_a[0] or 0.0)}, second, car=shown)
        for command in decision.commands:
            true = obey(true, command.current_a, command.on)
        named.add(decision.notes["car"].problem)
    assert named == {""}
    assert set(evening.memory.loads["car"].response.echo_s) == {41.0}


def test_of_two_commands_of_one_instant_the_first_is_displayed_and_the_second_awaited():
    past, state = LoadMemory(setpoint_a=16.0), charger(14)
    for current_a in (16.0, 6.0):
        recent = (*past.command.recent, (T0_S, current_a, None))
        past = memory_after_sending(past, Command("car", current_a), state, T0_S)
        assert past.command.recent == recent
    for second in range(10, 40):
        past = acknowledge(past, charger(16), T0_S + second)
    assert past.command.awaits_a and past.command.unacknowledged.count == 1
    assert past.response.echo_s == (10.0,)


def test_a_charger_that_ignores_its_limit_is_reported_after_half_a_minute():
    device = Device(offer_a=16, real_a=16, deaf=True)
    night = Night(site(car("car", max_a=10.0)), car=device).run(5, 5)
    night.run(int(report_ignoring_after_s(night.memory.loads["car"].response)) - 5, 5)
    assert night.problem() == ""
    night.run(60, 5)
    assert night.problem().startswith("ignores its limit: draws 16 A although it was set to 10 A; check its draw")
    assert night.status() == "fault"
    device.deaf = False
    night.run(330, 5)
    assert night.problem() == ""


def test_a_charger_that_ignored_its_current_restarts_only_with_room_for_its_draw():
    device = Device(offer_a=16, real_a=16, deaf=True)
    night = Night(site(car("car")), car=device).run(60, 5)
    night.run(100, 15)
    assert not device.on
    assert night.problem().startswith("has ignored its limit: drew 16 A")
    night.run(600, 15)
    assert not [command for second, command in night.sent if second >= 160 and command.on]
    night.run(300, 8)
    assert device.on


def test_a_device_that_shows_no_current_at_all_is_named_too():
    device = Device(offer_a=16, real_a=16, takes_a=8, dead=True)
    night = Night(site(car("car", max_a=10.0)), car=device).run(150, 5)
    device.offer_a = None
    night.run(50, 5)
    assert "displays nothing, was sent 10 A" in night.problem()


@pytest.mark.parametrize("measured", [True, False])
def test_a_displayed_0_that_a_charging_car_contradicts_is_not_a_setting(measured: bool) -> None:
    device = Device(offer_a=0, real_a=16, echo_s=4, follow_s=2, measured=measured)
    night = Night(site(car("car")), car=device)
    night.run(2, 5)
    assert night.told() == [(0, 16 if measured else 6)]
    night.run(2, 19)
    assert night.told()[1:] == ([(2, 6)] if measured else [])
    night.run(10, 14)
    assert (device.offer_a, device.on) == (6, True) and [c.on for _, c in night.sent] == [None] * len(night.sent)


def test_a_0_that_a_user_sets_is_a_stop_although_the_car_still_draws() -> None:
    evening = Evening(site(car("car", max_a=10.0)))
    number = replace(charger(10), device_min_a=0.0, offer_is_set=True)
    for second in range(30):
        evening.step({"L1": 15.0}, second, car=number)
    commands = [
        command
        for second in range(30, 35)
        for command in evening.step({"L1": 15.0}, second, car=replace(number, offer_a=0.0)).commands
    ]
    assert [(command.current_a, command.on) for command in commands] == [(None, False)]


@pytest.mark.parametrize(
    ("sent_a", "adopted_a", "offer_a"), [(None, None, None), (6.0, None, 6.0), (None, 16.0, 16.0), (6.0, 16.0, 6.0)]
)
def test_an_unknown_number_is_left_alone_while_its_charger_runs_unless_known_before(sent_a, adopted_a, offer_a):
    past = LoadMemory(adopted_a or 0.0, adopted=adopted_a is not None, command=CommandMemory(sent_a=sent_a))
    state = replace(charger(16), offer_a=None, offer_hidden=True, offer_unset=True, on=True)
    corrected = correct_by_learnt(state, past, 0.0)
    assert (corrected.available, corrected.offer_a) == (offer_a is not None, offer_a)


def test_a_charger_that_is_off_is_steered_although_its_number_was_never_known() -> None:
    state = replace(charger(16), offer_a=None, offer_hidden=True, offer_unset=True, on=False)
    assert correct_by_learnt(state, LoadMemory(), 0.0).available
