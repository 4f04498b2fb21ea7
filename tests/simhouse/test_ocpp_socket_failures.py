"""The shipped scripts and a charge point that fails, over a real socket: each failure by its name."""

import pytest

from simhouse.devices.ocpp.firmware import Outage
from simhouse.physics.car import Car, Visit

from .evenings import LOAD, Home, away, lived
from .test_ocpp_socket_scripts import limits, oven

SMALL = LOAD | {"max_a": 12}


def kinds(life, from_s=0):
    """The kinds of the limits sent since a second."""
    return {p["chargingProfileKind"] for _, p in life.profiles(from_s) if p["chargingProfileId"] % 2}


@pytest.mark.parametrize("clock_ahead_s", [500, -800], ids=["ahead", "behind"])
def test_a_clock_that_is_wrong_makes_limits_count_from_when_they_arrive(tmp_path, clock_ahead_s):
    firmware = {"clock_ahead_s": clock_ahead_s, "sets_clock": False, "relative_to": "activation"}
    life = lived(tmp_path, 240, Home(firmware=firmware))
    assert kinds(life, 120) == {"Relative"} and life.draw()[-1] > 15
    assert life.ever("its limits expired early")
    assert all("duration" in p["chargingSchedule"] for _, p in life.profiles(120) if p["chargingProfileId"] % 2)


def test_a_clock_that_drifts_is_found_out_when_it_has_drifted_too_far(tmp_path):
    firmware = {"drift_s_per_h": 6000, "sets_clock": False, "relative_to": "activation"}
    life = lived(tmp_path, 260, Home(firmware=firmware))
    assert kinds(life) == {"Absolute", "Relative"} and life.draw()[-1] > 15


def test_a_charger_that_counts_from_the_session_gets_no_end_and_the_status_says_so(tmp_path):
    life = lived(tmp_path, 300, Home(loads={"car": LOAD | {"profile": "relative"}}))
    assert life.draw()[-1] > 15
    assert life.ever("not safe if Home Assistant stops")
    assert not any("duration" in p["chargingSchedule"] for _, p in life.profiles(200))


def test_a_lost_socket_lets_the_charger_fall_back_and_it_continues_afterwards(tmp_path):
    life = lived(tmp_path, 320, Home(firmware={"outages": (Outage(60, 230),)}, base=oven(110, 320, 800, 2300)))
    assert set(life.offer()[184:230]) == {6.0}, "the lease was over"
    assert life.attribute("status", 150) == "fault" and "cannot be reached" in life.attribute("reason", 150)
    assert len(life.made("ocpp.set_charge_rate", 61, 230)) <= 1, "the call that failed has told that it is away"
    assert life.draw()[-1] > 9 and life.attribute("status") == "charging"
    assert max(a["L1"] for a in life.net_a[232:]) < 25.1, "not what it was, but what there is room for"


def test_a_socket_that_drops_repeatedly_is_tolerated(tmp_path):
    drops = tuple(Outage(t, t + 12) for t in range(60, 200, 40))
    life = lived(tmp_path, 300, Home(firmware={"outages": drops}))
    assert life.draw()[-1] > 15 and life.attribute("status") == "charging"


def test_a_charger_that_falls_silent_is_a_problem_before_its_socket_is_missed(tmp_path):
    life = lived(
        tmp_path, 340, Home(firmware={"outages": (Outage(100, 300, silent_s=130),)}, base=oven(120, 340, 800, 2500))
    )
    assert life.attribute("status", 275) == "fault" and "ignores its limit" in life.attribute("reason", 275)
    assert life.offer()[-120] == 6.0, "its lease is over, whatever it was sent"


def test_a_home_assistant_that_dies_during_an_overload_leaves_a_safe_house(tmp_path):
    life = lived(tmp_path, 150, Home(base=oven(160, 999, 800, 2800)), then=lambda life: away(life, 200))
    assert life.draw()[149] > 15
    assert max(a["L1"] for a in life.net_a[150 + 120 + 9 :]) < 25


def test_a_charger_without_limits_is_a_problem_and_other_loads_are_cut(tmp_path):
    plug = {"type": "plug", "switch": "switch.pool", "power": "sensor.pool_power", "rated_w": 2000, "phases": ["L1"]}
    life = lived(
        tmp_path,
        200,
        Home(loads={"car": LOAD | {"max_a": 16}, "pool": plug}, firmware={"rejects_from_s": 0, "unlimited_a": 16.0}),
    )
    assert life.attribute("status") == "fault" and life.ever("restart the device")
    assert max(a["L1"] for a in life.net_a[60:]) < 25.1, "counted at what it draws"


def test_a_charger_that_accepts_no_new_limit_retains_its_fail_safe(tmp_path):
    life = lived(tmp_path, 420, Home(firmware={"rejects_from_s": 100}, base=oven(240, 420, 800, 4000)))
    assert not life.made("ocpp.clear_profile") and not life.made("button.press")
    assert life.offer()[-1] == 6.0 and life.attribute("status") == "fault"
    assert "was sent" in life.attribute("reason")


def test_one_that_accepts_and_ignores_is_commanded_again_and_then_cleared(tmp_path):
    life = lived(
        tmp_path,
        400,
        Home(
            loads={"car": SMALL},
            firmware={"unresponsive_from_s": 45, "cured_by": "clear", "unlimited_a": 12.0},
            base=oven(100, 400, 800, 3300),
        ),
    )
    cleared_s = life.made("ocpp.clear_profile")[0][0]
    assert len(life.profiles(100, cleared_s)) >= 3, "again, first"
    assert life.ever("ignores its limit")
    assert 6 < life.draw()[-1] < 10.5 and life.attribute("status") == "charging"
    assert max(a["L1"] for a in life.net_a[cleared_s + 12 :]) < 25.1


def test_one_that_ignores_a_pause_on_an_overloaded_wire_has_its_session_ended(tmp_path):
    life = lived(tmp_path, 330, Home(firmware={"unresponsive_from_s": 60}, base=oven(100, 330, 800, 2800)))
    off = [t for t, data in life.made("switch.turn_off") if data["entity_id"] == "switch.evse1_charge_control"]
    assert off and life.draw()[off[0] + 6] == 0
    assert life.attribute("status") == "fault" and "session was ended" in life.attribute("reason")


def test_a_charger_that_only_a_reset_cures_is_reset_and_may_boot_as_long_as_it_likes(tmp_path):
    firmware = {"unresponsive_from_s": 10, "cured_by": "reset", "boot_loops": 3, "reboot_s": 20}
    life = lived(tmp_path, 760, Home(firmware=firmware))
    assert life.offer()[440] == 0, "it stays at what it obeyed last"
    assert len(life.made("ocpp.clear_profile")) == 3, "before that"
    presses = life.made("button.press")
    assert [data["entity_id"] for _, data in presses] == ["button.evse1_reset"]
    assert life.house.chargers["car"].point.electronics.boots == 5
    assert life.draw()[-1] > 5


def test_finishing_is_left_alone_until_the_car_is_plugged_in_again(tmp_path):
    car = Car(wakes_after_s=3, visits=(Visit(0, 200, 20.0), Visit(230, 1e9, 20.0)))
    life = lived(
        tmp_path,
        330,
        Home(cars={"car": car}, firmware={"faulted": ()}),
        by_hand={80: ("turn_off", "switch.evse1_charge_control")},
    )
    assert life.words[100]["car"] == "Finishing"
    assert not life.made("ocpp.set_charge_rate", 85, 200) and not life.made("switch.turn_on", 85, 200)
    assert life.draw()[-1] > 9


def test_the_reset_button_over_mqtt_restarts_a_charger_stuck_in_finishing(tmp_path):
    life = lived(
        tmp_path,
        330,
        Home(site={"mqtt": True}),
        by_hand={80: ("turn_off", "switch.evse1_charge_control"), 120: ("mqtt", "fusebox/car/reset/set")},
    )
    assert {words["car"] for words in life.words[100:120]} == {"Finishing"}
    ((at_s, data),) = life.made("button.press")
    assert (at_s, data["entity_id"]) == (120, "button.evse1_reset")
    assert life.draw()[110] == 0 and life.draw()[-1] > 9
    assert life.words[-1]["car"] == "Charging"


def test_the_reset_button_over_mqtt_clears_a_charger_that_charges(tmp_path):
    home = Home(loads={"car": LOAD | {"rate_unit": "A"}}, site={"mqtt": True})
    life = lived(tmp_path, 200, home, by_hand={120: ("mqtt", "fusebox/car/reset/set")})
    cleared = [t for t, _ in life.made("ocpp.clear_profile", 100)]
    assert cleared and cleared[0] == 120
    assert [profile["chargingProfileId"] for _, profile in life.profiles(120)][:2] == [10, 11]
    assert life.house.chargers["car"].refused == 0 and life.draw()[-1] > 9


def test_a_faulted_charger_is_sent_nothing(tmp_path):
    life = lived(tmp_path, 220, Home(firmware={"faulted": ((60, 130),)}))
    sent = [call for t, call in life.calls if 61 <= t < 130]
    assert sent == [] and life.attribute("status", 100) == "fault"
    assert life.draw()[-1] > 9


@pytest.mark.parametrize("wakes", [True, False])
def test_a_car_that_sleeps_is_woken_once(tmp_path, wakes):
    car = Car(wakes_after_s=3, gives_up_after_pauses=1, wakes_on_second_offer=wakes)
    life = lived(
        tmp_path,
        560,
        Home(
            site={"main_fuse_a": 16},
            loads={"car": SMALL | {"pause_s": 60}},
            cars={"car": car},
            firmware={"unlimited_a": 12.0},
            base=oven(60, 140, 600, 4000),
        ),
    )
    pulses = [t for t, p in life.profiles(260) if p["chargingSchedule"]["chargingSchedulePeriod"][0]["limit"] == 0]
    assert len(pulses) == 1
    assert (life.draw()[-1] > 5) is wakes


def test_a_full_car_is_not_woken(tmp_path):
    car = Car(wakes_after_s=3, battery_kwh=20.05, visits=(Visit(0, 1e9, 20.0),))
    life = lived(tmp_path, 420, Home(cars={"car": car}))
    assert life.draw()[-1] == 0 and (0.0, "A") not in limits(life, 60)


def test_a_charger_that_lost_power_is_made_safe_again(tmp_path):
    life = lived(
        tmp_path,
        330,
        Home(firmware={"keeps_profiles": False, "reboot_s": 20}),
        by_hand={100: ("press", "button.evse1_reset")},
    )
    assert life.house.chargers["car"].point.electronics.boots == 2
    grounds = [t for t, p in life.profiles() if p["chargingProfileId"] % 2 == 0]
    assert any(t > 115 for t in grounds), "its fail-safe is put back"
    assert life.draw()[-1] > 9


@pytest.mark.parametrize("current_by", ["phase", "entity", "largest"])
def test_a_car_that_is_pulled_out_while_it_charges_draws_nothing(tmp_path, current_by):
    car = Car(wakes_after_s=3, visits=(Visit(0, 120, 20.0),))
    life = lived(tmp_path, 200, Home(cars={"car": car}, firmware={"current_by": current_by}))
    assert life.draw()[119] > 12
    assert {life.attribute("status", t) for t in range(125, 200)} == {"unplugged"}
