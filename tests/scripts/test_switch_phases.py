"""One phase or three, through the scripts: by hand and by a full phase, in the same order, and reported."""

from __future__ import annotations

import pytest

from .houses import charger, config
from .living import Device
from .switching import PHASES, home


def test_by_hand_it_is_stopped_switched_and_begins_again(house):
    life = home(house)
    life.run(30)
    assert "response" in life.house.call("fusebox_switch_phases", load="car", phases="1")
    life.run(4)
    assert life.house.shown("car")["status"] == "switching"
    life.run(170)
    assert life.moved_at_a == [0.0]
    assert life.devices["car"].draw_a == 16.0
    shown = life.house.shown("car")
    assert (shown["phases_used"], shown["phase_switches"], shown["status"]) == (["L1"], 1, "charging")


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["1", "2"], []),
        ([], []),
        (
            ["1", "3"],
            ["loads.car.phase_switch.three: '2' is not an option of select.car_phases; write 1, 3"],
        ),
    ],
)
def test_a_state_that_the_select_does_not_have_is_named_before_the_first_switch(house, options, told):
    life = home(house)
    life.options = options
    life.run(30)
    assert life.house.shown()["errors"] == told


def test_a_new_car_at_its_minimum_is_said_to_wait_until_its_phases_are_measured(house):
    life = home(house)
    car = life.devices["car"]
    car.status, car.on = "Available", False
    life.run(5)
    car.status = "Charging"
    life.run(40)
    reason = life.house.shown("car")["reason"]
    assert (car.draw_a, reason) == (6.0, "at its minimum until its phases have been measured")
    life.run(150)
    assert (car.draw_a, life.house.shown("car")["reason"]) == (16.0, "has all it can use")


def test_a_full_phase_is_a_reason_and_is_reported(house):
    life = home(house)
    life.run(130)
    life.base_a["L2"] = 24.0
    life.run(260)
    assert life.devices["car"].phases == "L1"
    assert life.devices["car"].draw_a > 6.0
    assert life.moved_at_a == [0.0]
    assert "on one phase: main L2 has only 1 A left" in life.house.shown("car")["phases_reason"]


def test_an_import_limit_that_one_phase_keeps_does_not_pause_the_car_too(house):
    life = home(house, site={"max_import_w": 9000})
    life.obeys_after_s = 3
    life.run(130)
    life.base_a = dict.fromkeys(life.base_a, 8.0)
    life.run(90)
    shown = life.house.shown("car")
    assert (life.devices["car"].phases, shown["status"], shown["pauses"]) == ("L1", "charging", 0)


def test_a_switch_that_a_saved_config_ended_is_no_reason_any_more(house):
    life = home(house)
    life.run(30)
    life.house.call("fusebox_switch_phases", load="car", phases="1")
    life.run(30)
    life.house.save(config(loads={"car": charger(phases=PHASES.split())}, phases=PHASES))
    life.run(60)
    shown = life.house.shown("car")
    assert (shown["setpoint_a"], shown["reason"]) == (16, "has all it can use")


def test_no_load_is_stopped_for_its_other_phases(house):
    life = home(house, guest=Device(offer_a=6.0, phases="L2"), priority=1, phase_dwell_s=60)
    life.devices["car"].phases = "L1"
    life.base_a["L2"] = 13.0
    life.run(400)
    assert (life.devices["car"].phases, life.moved_at_a) == ("L1", [])
    assert life.devices["guest"].draw_a >= 6.0
    assert "three would stop another load" in life.house.shown("car")["phases_reason"]
    life.base_a["L2"] = 2.0
    life.run(300)
    assert life.devices["car"].phases != "L1"


def test_a_charger_that_cannot_switch_is_refused_with_a_reason(house):
    life = home(house, switch_phases=False)
    life.run(3)
    assert "does not switch phases" in life.house.call("fusebox_switch_phases", load="car", phases=1)["error"]


def asked(life, phases):
    """What the service answers."""
    said = life.house.call("fusebox_switch_phases", load="car", phases=phases)
    return said["response"]["next"] if "response" in said else said["error"]


def test_what_will_come_of_it_is_answered(house):
    life = home(house)
    life.run(130)
    assert asked(life, 3) == "it is on these phases already, and stays there until its car is unplugged"
    assert asked(life, 1) == "it is stopped, switched, and starts again when its minimum current is free"
    life.run(2)
    assert "a phase switch is under way" in asked(life, 3)


def test_where_nothing_would_come_of_it_that_is_answered_and_nothing_kept(house):
    life = home(house)
    life.devices["car"].status = "Available"
    life.run(3)
    assert "'car' stays as it is: no car is plugged in" in asked(life, 1)
    life.devices["car"].status = "Charging"
    life.run(60)
    assert life.moved_at_a == []


def test_a_charger_that_failed_twice_is_not_switched_again(house):
    life = home(house)
    life.run(130)
    life.devices["car"].obeys = False
    assert "it is stopped" in asked(life, 1)
    life.run(200)
    assert "it draws although it is offered nothing (2 failures, so not tried again" in asked(life, 1)


def test_an_idle_car_is_switched_although_its_sensor_reports_only_changes(house):
    life = home(house)
    life.devices["car"].on, life.base_a["L2"] = False, 22.0
    life.tells_only_changes = True
    life.run(120)
    assert (life.devices["car"].phases, life.devices["car"].draw_a > 0) == ("L1", True)


def test_a_charger_with_unknown_phases_is_set_to_one_where_three_do_not_fit(house):
    life = home(house)
    life.own_automatic, life.devices["car"].on, life.base_a["L2"] = True, False, 22.0
    life.run(120)
    assert (life.devices["car"].phases, life.devices["car"].draw_a > 0) == ("L1", True)


def test_a_user_can_choose_three_phases_while_the_number_is_unknown(house):
    life = home(house)
    life.own_automatic, life.devices["car"].on, life.devices["car"].status = True, False, "Connected"
    life.run(3)
    assert "it is stopped" in asked(life, 3)
    life.run(3)
    assert life.told == ["2"]


def test_the_present_reason_is_reported_and_not_an_old_one(house):
    life = home(house, max_phase_switches=2, phase_dwell_s=60)
    life.run(130)
    life.base_a["L2"] = 24.0
    life.run(260)
    life.base_a["L2"] = 2.0
    life.run(30)
    assert "on one phase: 1 of 2 switches used in this session" in life.house.shown("car")["phases_reason"]
    life.devices["car"].status = "Available"
    life.run(3)
    assert "one phase" not in life.house.shown("car")["phases_reason"]


def test_two_phases_are_none_that_there_are(house):
    life = home(house)
    life.run(3)
    assert "is neither 1 nor 3" in life.house.call("fusebox_switch_phases", load="car", phases=2)["error"]


def test_an_abandoned_switch_starts_no_car_on_a_full_phase(house):
    """A car waits for L2, and nothing reports that it draws nothing."""
    life = home(house, draw=None, status="sensor.there_is_none")
    life.devices["car"].on, life.base_a["L2"] = False, 22.0
    life.run(230)
    assert "does not report that it has stopped" in life.house.shown("car")["phases_reason"]
    assert not life.devices["car"].on and life.moved_at_a == []


def test_other_loads_do_not_use_what_a_switch_has_reserved(house):
    life = home(house, guest=Device(offer_a=6.0))
    life.run(60)
    before_a = life.devices["guest"].draw_a
    asked(life, 1)
    for _ in range(40):
        life.run(1)
        assert life.devices["guest"].draw_a == before_a
    assert life.devices["car"].phases == "L1"


def test_a_load_that_is_offered_nothing_while_it_switches_shows_nothing(house):
    life = home(house)
    life.run(60)
    asked(life, 1)
    life.run(4)
    assert (life.house.shown("car")["status"], life.house.state("sensor.fusebox_car")) == ("switching", "0.0")


@pytest.mark.parametrize("l2_a", [22.5, 23.0, 24.0, 24.9])
def test_a_box_whose_phases_nothing_measures_is_tried_where_the_fuse_carries_it(house, l2_a):
    """Nothing reports that it has switched, and L2 stays full."""
    life = home(house)
    life.own_automatic = life.never_shows = True
    life.devices["car"].on, life.base_a["L2"] = False, l2_a
    life.run(150)
    assert (life.devices["car"].phases, life.devices["car"].draw_a > 0) == ("L1", True)


def test_on_the_sun_it_is_said_to_need_what_it_starts_with_on_one_phase(house):
    life = home(house, mode="solar_only")
    life.base_a.update(dict.fromkeys(PHASES.split(), -4.0))
    life.run(300)
    assert life.house.shown("car")["reason"] == "waits for sun: 0.9 kW left on L1, needs 1.4 kW"
    life.base_a["L1"] = -6.6
    life.run(700)
    assert (life.devices["car"].phases, life.devices["car"].draw_a) == ("L1", 6.0)


def test_on_the_sun_it_is_said_to_need_all_phases_where_its_user_wants_them(house):
    life = home(house, mode="solar_only")
    life.run(30)
    life.house.call("fusebox_switch_phases", load="car", phases=3)
    life.base_a.update(dict.fromkeys(PHASES.split(), -4.0))
    life.run(300)
    assert life.house.shown("car")["reason"] == "waits for sun: 2.8 kW left, needs 4.1 kW on 3 phases"


def test_while_its_phases_are_switched_no_other_reason_is_given(house):
    life = home(house, mode="solar_only", site={"netting": "sum"})
    life.obeys_after_s = 3
    life.base_a = dict.fromkeys(life.base_a, -6.5)
    life.run(130)
    life.base_a = dict.fromkeys(life.base_a, -3.0)
    reasons = set()
    for _ in range(230):
        life.run(1)
        shown = life.house.shown("car")
        reasons |= {shown["reason"]} if shown["status"] == "switching" else set()
    assert life.devices["car"].phases == "L1" and reasons == {"its phases are being switched"}
