"""Chargers that do not obey: how that is detected, and which measures are taken or not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from simhouse.devices.ocpp_entities import Box

from .charging_points import foreign, ocpp, row_of, street
from .houses import config


def changed(life, **box):
    """The charger has other habits from now on."""
    life.points[0].box = replace(life.points[0].box, **box)


def offered_a(life):
    """Return the currents that the chargers offer now [A], each once."""
    return {point.offered_a for point in life.points}


def kinds(life, since=0, of=""):
    """What kind of limits were sent, each once, in order: absolute, relative, or endless; `of` one charger, or all."""
    found = []
    for profile in life.profiles(since, charger=of):
        kind = profile["chargingProfileKind"].lower()
        kind = kind if kind == "absolute" or "duration" in profile["chargingSchedule"] else "endless"
        if kind not in found:
            found.append(kind)
    return found


# limits that end early


def test_a_clock_that_is_wrong_makes_limits_relative_and_says_so(house):
    life = row_of(house, *(Box(clock_ahead_s=ahead_s) for ahead_s in (110, 3600, -400)))
    life.house.is_exact = True
    names = [point.box.name for point in life.points]
    assert life.run(240, lambda: all("relative" in kinds(life, of=name) for name in names) and offered_a(life) == {16})
    life.run(20)
    assert [kinds(life, of=name) for name in names] == [["absolute", "relative"]] * 3
    assert offered_a(life) == {16}
    assert str(life.house.shown()["warnings"]).count("expired early") == 3
    life.pass_time(121)
    assert offered_a(life) == {6}, "they end by themselves all the same"


def test_a_clock_that_is_a_little_wrong_does_no_harm(house):
    life = row_of(house, *(Box(clock_ahead_s=ahead_s) for ahead_s in (30, -290)))
    life.run(150)
    assert kinds(life) == ["absolute"] and offered_a(life) == {16}


def test_a_relative_limit_that_ends_at_once_gets_no_end_and_that_is_reported(house):
    life = street(house, Box(from_start=True), load={"profile": "relative"})
    assert life.run(300, lambda: "endless" in kinds(life))
    life.run(20)
    since = life.second
    life.run(130)
    assert kinds(life) == ["relative", "endless"] and life.points[0].offered_a == 16
    assert "not safe if Home Assistant stops" in str(life.house.shown()["warnings"])
    assert len(life.limits(since)) == 0, "what has no end needs no renewal"


def test_limits_without_an_end_are_for_one_session(house):
    life = street(house, Box(from_start=True), load={"profile": "relative"})
    assert life.run(240, lambda: "endless" in kinds(life))
    assert kinds(life) == ["relative", "endless"]
    life.points[0].box = replace(life.points[0].box, from_start=False)
    life.points[0].plugged = life.points[0].session = False
    life.run(10)
    life.points[0].plugged, since = True, life.second
    life.run(60)
    assert kinds(life, since) == ["relative"] and life.points[0].offered_a == 16


def test_a_charger_without_an_offer_shows_by_its_draw_that_limits_end_early(house):
    life = street(house, Box(tells=None, clock_ahead_s=90))
    assert life.run(400, lambda: kinds(life) == ["absolute", "relative"])
    life.run(60)
    assert kinds(life) == ["absolute", "relative"]
    assert life.points[0].offered_a == 16


def test_a_pause_that_a_wrong_clock_ends_is_sent_relative_and_the_session_goes_on(house):
    """The chargers do not report their offers, so only their cars' draw shows that they are at the safe current."""
    life = row_of(house, *(Box(tells=None, clock_ahead_s=ahead_s) for ahead_s in (3600, -3600)), load={"mode": "off"})
    for point in life.points:
        point.session = True
    life.run(120)
    for point in life.points:
        assert kinds(life, of=point.box.name) == ["absolute", "relative"]
        assert point.offered_a == 0 and point.session
    assert life.house.shown()["errors"] == []


def test_a_pause_that_is_ignored_by_a_car_that_drew_more_before_is_no_wrong_clock(house):
    life = street(house, Box(tells=None))
    life.run(60)
    changed(life, unresponsive=True, most_a=6)
    life.call("fusebox_set_mode", load="car", mode="off")
    life.run(80)
    assert kinds(life) == ["absolute"] and not life.points[0].session


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=1)])
def test_a_clock_of_home_assistant_that_is_set_back_is_no_users_change(house, back):
    life = street(house, Box())
    life.run(60)
    life.house.session.host.clock.set_wall(-back)
    life.run(90)
    assert life.points[0].offered_a == 16
    assert "by hand" not in life.house.shown("car")["reason"]


def test_a_car_that_takes_the_safe_current_by_itself_is_no_limit_that_ended(house):
    life = street(house, Box(tells=None))
    life.run(60)
    life.points[0].takes_a = 6
    life.run(260)
    assert kinds(life) == ["absolute"]


# chargers that do not follow


def test_one_that_is_set_to_zero_by_hand_is_said_to_draw_nothing(house):
    life = street(house, Box())
    life.run(100)
    life.points[0].local_a = 0
    life.run(120)
    assert life.house.shown("car")["reason"].startswith("set to 16 A, but no car draws any")
    assert life.house.shown()["reason"] == "every load has what it can use"


def test_one_that_is_set_to_its_safe_limit_by_hand_is_asked_about_and_not_cleared_or_reset(house):
    life = street(house, Box())
    life.run(100)
    life.points[0].local_a = 6
    assert life.run(200, lambda: bool(life.house.shown()["errors"]))
    assert (
        "stays at its safe limit of 6 A, was sent 16 A; unless someone set it to that"
        in life.house.shown("car")["reason"]
    )
    life.run(200)
    life.base_a["L1"] = 19
    life.house.is_exact = True
    assert not life.run(20, lambda: "limit of 6 A, was sent 6 A" in str(life.house.shown()["errors"]))
    assert {service for _, service, _ in life.house.calls if service.startswith(("ocpp.clear", "button."))} == set()


def test_an_unresponsive_charger_is_sent_its_limit_cleared_made_safe_reset_and_named(house):
    life = street(house, Box(unresponsive=True, most_a=10), load={"max_a": 8})
    life.house.is_exact = True
    life.run(150)
    life.house.is_exact = False
    limits = life.limits(30)
    in_same_unit = [later - before for (before, a), (later, b) in pairwise(limits) if a == b]
    assert min(in_same_unit) >= 4 and len(limits) <= 10, "commands and repetitions do not add up"
    assert life.run(400, lambda: life.calls("button.press"))
    life.run(20)
    cleared = [t for t, _ in life.calls("ocpp.clear_profile")]
    pressed = [t for t, _ in life.calls("button.press")]
    assert len([t for t, _ in life.limits() if t < cleared[0]]) >= 3, "told again first"
    assert all(b - a >= 120 for a, b in pairwise(cleared[:3]))
    assert pressed and cleared[2] < pressed[0] and pressed[0] - cleared[2] >= 120
    safe = [t for t, _ in life.limits(safe=True)]
    assert all(any(t + 3 <= each <= t + 4 for each in safe) for t in cleared), "the safe limit follows each clearing"
    # What no reset mends is a visible problem.
    assert life.run(1600, lambda: "after a reset;" in life.house.shown("car")["reason"])
    shown = life.house.shown("car")
    assert shown["status"] == "fault"
    assert "ignores its limit: draws 10 A, was sent 8 A, also after a reset" in (shown["reason"])
    assert len(life.calls("button.press")) == 2
    assert any("ignores its limit" in error for error in life.house.shown()["errors"])


def test_a_charger_of_any_make_on_one_phase_is_cleared_and_reset_too(house):
    life = street(house, Box(unresponsive=True, most_a=10), load={"phases": ["L1"], "max_a": 8, "vendor": "generic"})
    assert life.run(700, lambda: life.calls("button.press"))
    assert len(life.calls("ocpp.clear_profile")) == 3


def test_a_charger_that_follows_again_is_no_problem_any_more(house):
    life = street(house, Box(unresponsive=True, most_a=10), load={"max_a": 8})
    life.run(130)
    changed(life, unresponsive=False)
    life.run(60)
    assert life.points[0].offered_a == 8
    assert life.house.shown()["errors"] == [] and life.house.shown("car")["status"] == "charging"
    since = life.second
    life.run(150)
    assert life.calls("ocpp.clear_profile", since) == []


def test_other_profiles_that_lie_above_ours_are_cleared(house):
    life = street(house, Box())
    foreign(life, 20)
    life.run(220)
    assert len(life.calls("ocpp.clear_profile")) == 1 and life.points[0].offered_a == 16


def test_a_charger_that_ignores_a_pause_on_a_full_fuse_has_its_session_ended(house):
    life = street(house, Box())
    life.run(60)
    changed(life, unresponsive=True, most_a=20)
    life.base_a["L1"] = 12
    assert life.run(180, lambda: life.calls("switch.turn_off"))
    life.run(20)
    assert [data["entity_id"] for _, data in life.calls("switch.turn_off")] == ["switch.evse1_charge_control"]
    assert life.points[0].draw_a == 0


def test_an_unresponsive_charger_with_many_cuts_is_detected_as_soon_as_with_one(house):
    life = street(house, Box())
    life.run(60)
    life.house.is_exact = True
    changed(life, unresponsive=True, most_a=20)
    for _ in range(12):
        life.base_a["L1"] += 1
        life.run(3)
    assert life.run(60, lambda: life.calls("switch.turn_off"))
    told = [t for t, a in life.limits(60) if a == 0]
    assert life.calls("switch.turn_off")[0][0] - told[0] <= 12, "it had shown before that it does not follow"


def with_session_ended(house):
    """A house on whose full fuse a charger ignored a pause, so that its session was ended: it is stuck in Finishing."""
    life = street(house, Box())
    life.run(60)
    changed(life, unresponsive=True, most_a=20)
    life.base_a["L1"] = 20
    assert life.run(120, lambda: life.calls("switch.turn_off"))
    return life


def test_a_charger_stuck_in_finishing_after_our_stop_is_reset_once_there_is_room(house):
    life = with_session_ended(house)
    changed(life, unresponsive=False)
    life.run(290)
    assert life.calls("button.press") == [], "its fuse has to cool"
    life.base_a["L1"] = 2
    assert life.run(30, lambda: life.calls("button.press"))
    assert life.run(90, lambda: life.points[0].draw_a > 0)


def test_a_charger_stuck_in_finishing_after_our_stop_is_reset_after_a_restart_too(house):
    life = with_session_ended(house)
    life.run(2)
    again = street(house, Box(), base_a=20)
    again.points[0].session, again.points[0].stuck = False, life.points[0].stuck
    again.run(60)
    assert "ended" in again.house.shown("car")["reason"]
    again.base_a["L1"] = 2
    assert again.run(1200, lambda: again.calls("button.press"))


def test_a_wrong_unit_in_config_is_reported_and_not_hidden(house):
    life = street(house, Box(units="W", answers="Power", most_a=10), load={"rate_unit": "A", "max_a": 8})
    assert life.run(200, lambda: "ignores its limit" in life.house.shown("car").get("reason", ""))


# what is no reason for a reset


def test_a_lower_current_set_by_hand_is_respected_and_never_reset(house):
    life = street(house, Box())
    life.run(60)
    told = (
        "set to {} A by hand, at the charger or in its app: stays until this session ends, unless it is set lower there"
    )
    for local_a, shown_a in ((9, 9), (12, 9), (7, 7)):
        life.points[0].local_a = local_a
        life.run(90)
        assert life.house.shown("car")["reason"] == told.format(shown_a)
    assert life.calls("ocpp.clear_profile") == [] and life.calls("button.press") == []


def test_a_higher_current_set_by_hand_is_reported_and_cleared_but_never_reset(house):
    life = street(house, Box())
    assert life.run(90, lambda: life.points[0].offered_a == 16)
    life.run(2)  # its user changes it before this limit has had its time
    changed(life, unresponsive=True, most_a=20)
    life.run(480)
    assert len(life.calls("ocpp.clear_profile")) == 3 and life.calls("button.press") == []
    assert "ignores its limit" in life.house.shown("car")["reason"]


@pytest.mark.parametrize("house_a", [2, 14])
def test_a_session_that_its_user_ended_is_not_begun_again(house, house_a):
    """Not either while the charger has not reported a new limit yet."""
    life = street(house, Box())
    life.run(60)
    life.base_a["L1"] = house_a
    life.run(1)
    life.points[0].session = False
    life.run(120)
    assert life.calls("switch.turn_on", 60) == [] and "by hand" in life.house.shown("car")["reason"]
    again = street(house, Box())
    again.points[0].session = False
    again.run(60)
    assert again.calls("switch.turn_on") == [] and "by hand" in again.house.shown("car")["reason"]
    again.points[0].plugged = False
    again.run(5)
    again.points[0].plugged = True
    assert again.run(60, lambda: again.points[0].draw_a > 0)


def test_a_full_car_is_no_reason(house):
    life = street(house, Box(always_tells_a=16.0))
    life.run(60)
    life.points[0].full = True
    life.run(150)
    assert life.calls("ocpp.clear_profile") == [] and life.calls("button.press") == []
    assert life.house.shown()["errors"] == []


def test_an_unplugged_car_is_no_reason(house):
    life = street(house, Box(unresponsive=True, most_a=10), load={"max_a": 8})
    life.run(60)
    life.points[0].plugged, life.points[0].session = False, False
    life.run(150)
    assert life.calls("ocpp.clear_profile") == [] and life.calls("button.press") == []


def test_a_limit_of_its_own_is_no_reason_for_a_reset(house):
    life = street(house, Box())
    life.run(30)
    changed(life, most_a=10)
    life.run(430)
    assert life.calls("button.press") == [] and life.points[0].offered_a == 10


def test_a_charger_that_has_fallen_silent_is_no_reason(house):
    life = street(house, Box())
    life.run(60)
    changed(life, meter_s=100_000)
    life.points[0].takes_a = 0
    life.base_a["L1"] = 16
    life.run(150)
    assert life.calls("ocpp.clear_profile") == [] and life.calls("button.press") == []


def test_an_offer_that_means_nothing_is_found_out(house):
    life = row_of(house, *(Box(always_tells_a=says_a) for says_a in (32.0, 0.0, 63.0)))
    life.run(150)
    cleared = {data["devid"] for _, data in life.calls("ocpp.clear_profile")}
    for point in (life.points[0], life.points[2]):
        assert point.offered_a == 16 and point.box.name not in cleared
    assert life.calls("button.press") == []


# lost


def test_a_lost_charger_falls_back_and_is_commanded_at_once_when_it_is_back(house):
    life = street(house, Box(), base_a=14)
    life.run(60)
    assert life.points[0].offered_a == 11
    life.points[0].online = False
    life.run(200)
    assert life.points[0].offered_a == 6 and life.house.calls[-1][0] < 60, "nobody is told in vain"
    assert "cannot be reached" in life.house.shown("car")["reason"]
    life.points[0].online = True
    life.run(3)
    assert [a for _, a in life.limits(260, safe=True)] == [6] and life.limits(260)[0][0] == 260
    life.run(40)
    assert life.points[0].offered_a == 11 and life.worst_a <= 25


def test_a_lost_charger_counts_at_what_it_may_draw_under_a_fuse_without_a_meter(house):
    boxes = (Box("evse1"), Box("evse2"))
    life = street(house, *boxes, circuits={"garage": {"fuse_a": 20}}, main_fuse_a=63, load={"circuit": "garage"})
    life.run(60)
    life.points[0].online = False
    life.run(160)
    assert life.points[0].offered_a == 6 and life.points[1].offered_a == 14


@pytest.mark.parametrize("takes_a", [1, 32])
def test_the_house_does_not_feed_in_what_a_lost_charger_leaves_of_what_it_may_draw(house, takes_a):
    life = street(house, Box("evse1"), Box("evse2"), base_a=1, main_fuse_a=16)
    life.run(60)
    life.points[0].online, life.points[0].takes_a = False, takes_a
    life.run(200)
    reason = life.house.shown("car_2")["reason"]
    used = "house 2 A" if takes_a == 1 else "car 6 A, house 1 A"
    assert reason == f"limited to {16 - 1 - life.points[0].draw_a:.0f} A by the main fuse (L1, 16 A): {used}"


def test_a_config_that_is_saved_again_changes_nothing_for_the_charger(house):
    life = street(house, Box())
    life.run(60)
    life.house.save(config(loads={"car": ocpp(pause_s=100)}))
    life.run(30)
    assert [name for t, name, _ in life.house.calls if t >= 60] == [] and life.points[0].offered_a == 16


def test_a_restart_takes_over_what_charges_although_no_offer_is_reported(house):
    life = street(house, Box(tells=None, power_only=True))
    life.run(60)
    again = street(house, life.points[0].box)
    again.points[0].session, again.points[0].installed = True, dict(life.points[0].installed)
    again.run(60)
    assert {a for _, a in again.limits()} == {16} and again.calls("switch.turn_on") == []


def test_a_failed_service_is_reported_repeated_and_no_users_change(house):
    life = street(house, Box(), noisy=True)
    life.run(60)
    changed(life, refuses="TimeoutError")
    assert life.run(200, lambda: life.points[0].offered_a == 6)
    assert life.points[0].offered_a == 6
    assert "car: ocpp.set_charge_rate failed: TimeoutError" in life.house.shown()["errors"]
    changed(life, refuses="")
    life.run(80)
    assert life.points[0].offered_a == 16 and life.house.shown()["errors"] == []
    assert "user" not in life.house.shown("car")["reason"] and kinds(life) == ["absolute"]


def test_a_charger_whose_limit_cannot_be_sent_does_not_ignore_it(house):
    life = street(house, Box(), noisy=True)
    life.run(60)
    changed(life, refuses="TimeoutError")
    life.base_a["L1"] = 14
    told = set()
    for _ in range(60):
        life.run(1)
        told.add(life.house.shown("car")["reason"])
    assert "ocpp.set_charge_rate failed: TimeoutError" in told
    assert not any("ignore" in reason for reason in told)


def test_a_renewal_that_fails_once_is_made_up_for(house):
    life = street(house, Box(), noisy=True)
    life.house.is_exact = True
    life.run(60)
    life.house.is_exact = False
    life.run(30)
    life.house.is_exact = True
    changed(life, refuses="busy")
    life.run(15)
    changed(life, refuses="")
    life.run(15)
    life.house.is_exact = False
    life.run(115)
    assert life.points[0].offered_a == 16 and life.limits(90)[1][0] - life.limits(90)[0][0] <= 10


def test_a_failed_call_is_no_evidence_about_the_unit(house):
    life = street(house, Box(answers=None, refuses="TimeoutError"), noisy=True)
    life.run(120)
    sent = [data["custom_profile"]["chargingSchedule"] for _, data in life.calls("ocpp.set_charge_rate")]
    assert len(sent) > 3 and {schedule["chargingRateUnit"] for schedule in sent} == {"A"}


def test_an_integration_that_is_too_old_to_know_the_name_of_a_charger_is_reported(house):
    life = street(house, Box(refuses="extra keys not allowed @ data['devid']"), noisy=True)
    life.run(20)
    assert any("update it to 0.8.0 or newer" in error for error in life.house.shown()["errors"])
    assert life.house.shown("car")["status"] == "fault"
    changed(life, refuses="")
    life.run(40)
    assert life.house.shown()["errors"] == [] and life.points[0].offered_a == 16


def test_a_charger_that_never_followed_is_named_after_the_first_ignored_limit(house):
    life = street(house, Box(unresponsive=True, most_a=16), load={"phases": ["L1"], "max_a": 8})
    assert life.run(60, lambda: life.points[0].draw_a > 0)
    since = life.second
    assert life.run(60, lambda: any("ignores its limit" in error for error in life.house.shown()["errors"]))
    assert life.second - since <= 12 + Box().meter_s and life.house.shown("car")["status"] == "fault"


def test_a_safe_limit_that_is_refused_is_sent_again_ever_more_seldom(house):
    life = street(house, Box(refuses="Rejected"), noisy=True)
    life.run(240)
    assert 3 <= len(life.limits(safe=True)) <= 8


def test_a_safe_limit_that_is_refused_does_not_keep_the_limits_back(house):
    twin = street(house, Box())
    twin.run(5)
    safe = {"devid": "evse1", "custom_profile": twin.profiles(safe=True)[0]}
    life = street(house, Box(), noisy=True)
    life.points[0].answers = lambda: [{"service": "ocpp.set_charge_rate", "data": safe, "error": "Rejected"}]
    life.run(60)
    assert len(life.limits(safe=True)) >= 2 and life.limits()[-1][1] == 16


def test_a_charger_that_refuses_a_pause_on_a_full_fuse_has_its_session_ended(house):
    life = street(house, Box(), noisy=True)
    life.run(60)
    changed(life, refuses="Rejected")
    life.base_a["L1"] = 16
    assert life.run(180, lambda: life.calls("switch.turn_off"))
    life.run(20)
    assert [data["entity_id"] for _, data in life.calls("switch.turn_off")] == ["switch.evse1_charge_control"]
    assert life.points[0].draw_a == 0


# blind, dry, asleep


def test_a_silent_meter_sends_it_to_its_minimum_and_then_to_its_failsafe(house):
    life = street(house, Box(), load={"failsafe_a": 8})
    life.run(60)
    life.silent = {"L1"}
    life.run(35)
    assert life.points[0].offered_a == 6
    life.run(200)
    assert life.points[0].offered_a == 6, "blindness lowers and never raises"


def test_a_silent_meter_with_a_failsafe_of_nothing_pauses_it(house):
    life = street(house, Box(), load={"failsafe_a": 0})
    life.run(60)
    life.silent = {"L1"}
    life.run(65)
    assert life.points[0].offered_a == 0
    life.silent = set()
    assert life.run(300, lambda: life.points[0].offered_a == 16)


def test_a_dry_run_sends_nothing_and_requests_nothing(house):
    life = street(house, Box(), dry_run=True)
    life.points[0].session, life.points[0].slider_a = True, 10
    life.run(120)
    assert life.house.calls == [] and life.house.state("sensor.fusebox_site") == "dry_run"


def sleeping(house, times):
    """A car that was paused, may charge again, and wakes only after this many offers of current."""
    life = street(house, Box(), load={"pause_s": 0})
    life.run(60)
    life.call("fusebox_set_mode", load="car", mode="off")
    life.points[0].asleep_for = times
    life.run(60)
    life.call("fusebox_set_mode", load="car", mode="standard")
    return life


def test_a_car_that_sleeps_after_a_pause_is_woken_once(house):
    life = sleeping(house, times=2)
    assert life.run(300, lambda: life.points[0].draw_a == 16)
    life.run(60)
    assert life.points[0].asleep_for == 0 and life.points[0].draw_a == 16
    zeros = [t for t, a in life.limits(140) if a == 0]
    assert len(zeros) == 1


def test_a_car_that_does_not_wake_is_left_in_peace(house):
    life = sleeping(house, times=9)
    life.run(300)
    assert len([t for t, a in life.limits(140) if a == 0]) == 1
    assert life.calls("button.press") == [] and life.calls("ocpp.clear_profile") == []


def test_a_car_is_woken_no_second_time_in_a_session(house):
    life = sleeping(house, times=2)
    assert life.run(200, lambda: life.points[0].draw_a == 16)
    life.call("fusebox_set_mode", load="car", mode="off")
    life.points[0].asleep_for = 2
    life.run(60)
    life.call("fusebox_set_mode", load="car", mode="standard")
    since = life.second
    life.run(180)
    assert [t for t, a in life.limits(since) if a == 0] == []


def test_a_car_that_needs_more_than_the_least_gets_it_or_nothing(house):
    life = street(house, Box(), load={"min_a": 10}, base_a=10)
    life.run(60)
    life.base_a["L1"] = 17
    life.run(120)
    assert {a for _, a in life.limits()} & {6, 7, 8, 9} == set()
