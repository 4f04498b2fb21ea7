"""Chargers behind the OCPP integration: requests and commands with their times; and the quirks of makes."""

from __future__ import annotations

from datetime import datetime
from itertools import pairwise

import pytest

from simhouse.devices.ocpp_entities import Box

from .charging_points import START_S, ocpp, row_of, street
from .houses import amps, config, unit

UNIT, STACK = "ChargingScheduleAllowedChargingRateUnit", "ChargeProfileMaxStackLevel"
SLOTS = "MaxChargingProfilesInstalled"


def seconds(text):
    return datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp() - START_S


def test_the_capabilities_of_a_charger_are_requested_once(house):
    life = street(house, Box())
    life.run(130)
    asked = [(t, data) for t, data in life.calls("ocpp.get_configuration")]
    assert asked == [(0, {"devid": "evse1", "ocpp_key": key}) for key in (UNIT, STACK, SLOTS)]


def test_a_limit_in_amps_ends_after_its_lease_and_is_back_dated(house):
    life = street(house, Box())
    life.house.is_exact = True
    life.run(40)
    (t, data), profile = life.calls("ocpp.set_charge_rate")[-1], life.profiles()[-1]
    assert data["devid"] == "evse1" and data["conn_id"] == 1
    assert profile["chargingProfilePurpose"] == "TxDefaultProfile" and profile["chargingProfileKind"] == "Absolute"
    assert profile["stackLevel"] == 3
    schedule = profile["chargingSchedule"]
    assert schedule["chargingRateUnit"] == "A"
    assert schedule["chargingSchedulePeriod"] == [{"startPeriod": 0, "limit": 16}]
    assert seconds(schedule["startSchedule"]) == seconds(profile["validFrom"]) == t - 300
    assert seconds(profile["validTo"]) == t + 120
    assert seconds(schedule["startSchedule"]) + schedule["duration"] == t + 120, "both ends are the same moment"


def test_under_it_lies_a_safe_one_without_an_end_and_with_a_lower_level(house):
    life = street(house, Box(), load={"failsafe_a": 8, "stack_level": 5, "rate_unit": "A"})
    life.run(150)
    assert [a for _, a in life.limits(safe=True)] == [8], "once"
    safe = life.profiles(safe=True)[0]
    assert safe["stackLevel"] == 4 and life.profiles()[-1]["stackLevel"] == 5
    assert "validTo" not in safe and "duration" not in safe["chargingSchedule"]


def test_a_limit_is_renewed_well_before_its_end_and_nothing_else_is_sent(house):
    life = street(house, Box(), load={"lease_s": 90})
    life.run(55)
    life.house.is_exact = True
    life.run(150)
    renewals = life.limits(60)
    assert {a for _, a in renewals} == {16}
    assert {b - a for (a, _), (b, _) in pairwise(renewals)} == {45}
    assert [name for t, name, _ in life.house.calls if t >= 60 and name != "ocpp.set_charge_rate"] == []


@pytest.mark.parametrize("rate_unit", ["auto", "A"])
def test_with_room_for_one_profile_the_limit_itself_falls_back_to_the_safe_one(house, rate_unit):
    life = street(house, Box(slots=1), load={"rate_unit": rate_unit})
    life.run(60)
    periods = life.profiles()[-1]["chargingSchedule"]["chargingSchedulePeriod"]
    assert [period["limit"] for period in periods] == [16, 6] and life.points[0].offered_a == 16
    assert life.limits(safe=True) == [], "the safe one waits for the answer that there is room for it"
    assert life.house.shown()["errors"] == []
    assert "stores one profile only: it falls to 6 A" in str(life.house.shown()["warnings"])
    life.pass_time(120)
    assert life.points[0].offered_a == 6


def test_when_home_assistant_dies_the_charger_is_safe_within_the_lease(house):
    life = street(house, Box())
    life.run(60)
    assert life.points[0].offered_a == 16
    life.pass_time(119)
    assert life.points[0].offered_a == 6


def test_the_fail_safe_follows_an_entity_and_is_sent_once_per_change(house):
    life = street(house, Box(), load={"failsafe_a": "input_number.safe", "rate_unit": "A"})
    for number, safe in enumerate(("8", "13", "0")):
        life.house.line(life.second, {"input_number.safe": safe})
        life.obey()
        life.run(70)
        assert [a for _, a in life.limits(safe=True)] == [8, 13, 0][: number + 1]
    life.pass_time(120)
    assert life.points[0].offered_a == 0


def test_without_us_it_goes_down_to_no_more_than_it_may_have(house):
    life = street(house, Box(), load={"failsafe_a": 32, "max_a": 10})
    life.run(60)
    assert life.points[0].offered_a == 10
    life.pass_time(120)
    assert life.points[0].offered_a == 10


def test_a_failsafe_of_nothing_pauses_it(house):
    life = street(house, Box(), load={"failsafe_a": 0})
    life.run(60)
    life.pass_time(120)
    assert life.points[0].offered_a == 0 and life.points[0].status == "SuspendedEVSE"


def test_a_pause_is_renewed_too(house):
    life = street(house, Box())
    life.run(60)
    life.call("fusebox_set_mode", load="car", mode="off")
    life.run(140)
    assert life.points[0].offered_a == 0
    assert {a for _, a in life.limits(70)} == {0} and len(life.limits(70)) == 2


def test_a_cut_leaves_at_once_and_in_tenths(house):
    life = street(house, Box())
    life.run(60)
    life.base_a["L1"] = 13.37
    life.run(2)
    assert life.limits(60)[0] == (60, 11.6)


def test_it_is_never_sent_one_to_five_amps(house):
    life = street(house, Box(), load={"failsafe_a": 0})
    for base in (2, 12, 17, 19.5, 21, 26, 23, 10, 2):
        life.base_a["L1"] = base
        life.run(50)
    limits = [a for _, a in life.limits()]
    assert all(a == 0 or a >= 6 for a in limits) and 0 in limits


def test_a_session_is_begun_after_it_has_its_limit(house):
    life = street(house, Box())
    life.run(60)
    on = next(t for t, data in life.calls("switch.turn_on"))
    names = [name for t, name, _ in life.house.calls if t == on]
    assert names == ["ocpp.set_charge_rate", "switch.turn_on"]
    assert (on, 6) in life.limits(), "at the minimum"


def test_a_session_that_does_not_start_is_requested_again_and_reported(house):
    life = street(house, Box(starts_refused=9))
    assert life.run(400, lambda: len(life.calls("switch.turn_on")) == 5)
    life.run(10)
    asked = [t for t, _ in life.calls("switch.turn_on")]
    gaps = [b - a for a, b in pairwise(asked)]
    assert gaps == [20, 40, 80, 160]
    shown = life.house.shown("car")
    assert "does not start" in shown["reason"] and shown["status"] == "fault"


@pytest.mark.parametrize("word", ["Finishing", "Faulted", "Unavailable"])
def test_nothing_is_sent_to_a_charger_that_takes_nothing(house, word):
    life = street(house, Box())
    life.run(60)
    life.points[0].stuck = word
    life.run(100)
    assert [name for t, name, _ in life.house.calls if t >= 60] == []


def test_nothing_is_renewed_without_a_car_and_the_next_one_starts_low(house):
    life = street(house, Box())
    point = life.points[0]
    life.run(60)
    point.plugged, point.session = False, False
    life.run(200)
    assert [a for _, a in life.limits(60)] == [6], "what starts next starts at the minimum"
    point.plugged = True
    life.run(2)
    assert point.offered_a == 6 and life.limits(260)[0] == (260, 6)


def test_the_flash_backed_maximum_is_never_written(house):
    life = street(house, Box())
    for base in (2, 12, 22, 2):
        life.base_a["L1"] = base
        life.run(40)
    assert not any(data.get("entity_id", "").startswith("number.") for _, _, data in life.house.calls)


def test_the_users_own_maximum_is_kept_to(house):
    life = street(house, Box())
    life.points[0].slider_a = 10
    life.run(100)
    assert max(a for _, a in life.limits()) == 10 and life.house.shown("car")["status"] == "charging"


def test_a_charger_that_reports_power_is_sent_watts(house):
    life = row_of(house, *(Box(units="W", answers=answers) for answers in ("Power", "power", "W", ["Power"])))
    life.run(60)
    for point in life.points:
        assert set(life.units(point)) == {"W"}
        assert life.units(point, safe=True) == ["W", "A", "W"], "what it says may be wrong"
        schedule = life.profiles(charger=point.box.name)[-1]["chargingSchedule"]
        assert schedule["chargingSchedulePeriod"][0]["limit"] == 16 * 230


def test_watts_count_all_three_phases(house):
    life = street(house, Box(phases=3, units="W", answers="Power"), phases="L1 L2 L3")
    life.run(60)
    assert life.limits()[-1][1] == 16 * 230 * 3 and life.points[0].offered_a == pytest.approx(16)


def test_a_car_on_one_phase_of_three_gets_no_more_watts_than_its_amps(house):
    life = street(house, Box(phases=3, units="W", answers="Power"), phases="L1 L2 L3")
    life.points[0].car_phases = 1
    life.run(100)
    assert life.limits()[-1][1] == 16 * 230 and life.points[0].offered_a == pytest.approx(16)
    assert life.worst_a <= 25


@pytest.mark.parametrize(("site_v", "measured_v"), [(230, 236.0), (225, 230.0)])
def test_a_charger_that_divides_watts_by_a_higher_voltage_charges_with_the_minimum(house, site_v, measured_v):
    box = Box(phases=3, units="W", answers="Power", measured_v=measured_v)
    life = street(house, box, phases="L1 L2 L3", base_a=18.99, voltage_v=site_v)
    life.run(200)
    assert life.points[0].draw_a == pytest.approx(6, abs=0.01) and life.worst_a <= 25
    assert life.calls("ocpp.clear_profile") == []


def test_another_voltage_of_the_charger_is_no_users_change_and_no_fault(house):
    cases = (
        (212.0, "Power", True),
        (212.0, None, False),
        (220.0, "Power", False),
        (220.0, None, True),
        (240.0, "Power", True),
        (240.0, None, False),
    )
    boxes = (
        Box(phases=3, units="W", answers=answers, measured_v=measured_v, divides_by_own=divides_by_own)
        for measured_v, answers, divides_by_own in cases
    )
    life = row_of(house, *boxes, phases="L1 L2 L3", voltage_v=230, load={"max_a": 32})
    life.run(200)
    for name in ("car", *(f"car_{number}" for number in range(2, 7))):
        shown = life.house.shown(name)
        assert (shown["setpoint_a"], shown["status"]) == (32, "charging")
    assert all(29 < point.draw_a < 32.01 for point in life.points)
    assert life.house.shown()["errors"] == [] and life.calls("ocpp.clear_profile") == []


@pytest.mark.parametrize("lines", [1, 3])
def test_watts_rise_above_the_minimum_once_the_meter_shows_the_phases(house, lines):
    box = Box(phases=3, units="W", answers="Power", power_only=True, tells=None)
    life = street(house, box, phases="L1 L2 L3")
    life.points[0].car_phases = lines
    life.house.is_exact = True
    assert life.run(130, lambda: life.points[0].draw_a == 16 and len(life.limits()) > 3)
    life.run(10)
    assert life.worst_a <= 25 and life.points[0].draw_a == 16


@pytest.mark.parametrize("of_one", [False, True])
def test_a_car_on_one_of_three_phases_counts_once_if_a_power_sensor_shows_it(house, of_one):
    life = street(house, Box(phases=3, by_line=False, power_too=True), phases="L1 L2 L3")
    life.points[0].car_phases = 1 if of_one else 3
    assert life.run(60, lambda: life.points[0].draw_a > 0)
    life.run(1)
    drawn_a = {"L1": 6.0, "L2": 0.0, "L3": 0.0} if of_one else {"L1": 6.0, "L2": 6.0, "L3": 6.0}
    assert life.house.shown("car")["draw_a"] == drawn_a


def test_a_car_on_one_phase_of_three_counts_once_when_the_meter_shows_it(house):
    life = street(house, Box(phases=3, by_line=False), phases="L1 L2 L3")
    life.points[0].car_phases = 1
    assert life.run(60, lambda: life.points[0].draw_a > 0)
    life.run(1)
    assert life.house.shown("car")["draw_a"] == {"L1": 6.0, "L2": 6.0, "L3": 6.0}
    assert life.run(150, lambda: life.house.shown("car")["draw_a"] == {"L1": 16.0})


def test_a_charger_that_takes_amps_is_sent_amps(house):
    life = row_of(house, *(Box(answers=answers) for answers in ("Current", "Current,Power", "Power,Current", "A")))
    life.run(60)
    assert [set(life.units(point)) for point in life.points] == [{"A"}] * 4


def test_without_an_answer_amps_are_tried_and_then_watts(house):
    life = row_of(house, *(Box(units="W", answers=answers) for answers in (None, "Unknown", "")))
    assert life.run(200, lambda: [point.offered_a for point in life.points] == pytest.approx([16] * 3))
    life.run(20)
    for point in life.points:
        running = life.profiles(since=20, charger=point.box.name)
        tried = [p["chargingSchedule"]["chargingRateUnit"] for p in running if p["chargingProfileId"] == 11]
        assert set(tried[: tried.index("W")]) == {"A"} and set(tried[tried.index("W") :]) == {"W"}
        assert point.offered_a == pytest.approx(16) and life.units(point)[-1] == "W"


@pytest.mark.parametrize("failsafe_a", [0, 6])
def test_an_undeclared_unit_is_found_again_after_a_restart_and_limits_end_as_before(house, failsafe_a):
    load = {"failsafe_a": failsafe_a, "lease_s": 60}
    life = street(house, Box(units="W", answers=None), load=load)
    life.house.is_exact = True  # how much of its lease is left at the restart is a matter of seconds
    assert life.run(120, lambda: life.points[0].offered_a > 12), "found out once"
    again = street(house, life.points[0].box, load=load)
    again.points[0].session, again.points[0].installed = True, dict(life.points[0].installed)
    again.house.is_exact = True
    assert again.run(150, lambda: again.points[0].offered_a < 12), "its last limit has ended"
    assert again.run(150, lambda: again.points[0].offered_a > 12), "and once more"
    again.run(40)
    profile = again.profiles()[-1]
    assert profile["chargingSchedule"]["chargingRateUnit"] == "W" and profile["chargingProfileKind"] == "Absolute"


def test_a_car_whose_maximum_equals_its_limit_does_not_hide_an_ignored_unit(house):
    life = street(house, Box(units="W", answers=None, tells=None, power_only=True))
    life.points[0].takes_a = 16
    assert life.run(180, lambda: life.points[0].draw_a == 16), "it waited at the safe current"
    since = life.second
    life.base_a["L1"] = 14
    life.run(60)
    assert {p["chargingSchedule"]["chargingRateUnit"] for p in life.profiles(since)} == {"W"}
    assert life.points[0].offered_a <= 11 and life.calls("switch.turn_off") == []


@pytest.mark.parametrize("rate_unit", ["A", "W"])
def test_a_unit_that_config_names_is_neither_requested_nor_changed(house, rate_unit):
    life = street(house, Box(units="W" if rate_unit == "A" else "A"), load={"rate_unit": rate_unit})
    life.run(200)
    assert all(data["ocpp_key"] != UNIT for _, data in life.calls("ocpp.get_configuration"))
    assert {p["chargingSchedule"]["chargingRateUnit"] for p in life.profiles()} == {rate_unit}


def test_a_question_that_fails_is_no_problem_and_holds_up_no_cut(house):
    refused = [{"service": "ocpp.get_configuration", "error": "NotSupported"}]
    home = house(config(loads={"car": ocpp()}))
    states = {
        "sensor.l1": amps(30),
        "sensor.evse1_status_connector": "Charging",
        "switch.evse1_charge_control": "on",
        "sensor.evse1_current_import": amps(16),
        "sensor.evse1_current_offered": amps(16),
    }
    home.line(0, states, respond=refused)
    assert "ocpp.set_charge_rate" in [c["service"] for c in home.reply["calls"]]
    home.steady(3, states)
    assert home.shown()["errors"] == []


def test_what_is_there_at_a_start_is_adopted_and_leased(house):
    life = street(house, Box())
    life.points[0].session = True
    life.points[0].installed = {}
    life.points[0].slider_a = 14
    life.run(3)
    assert [a for _, a in life.limits()] == [14], "neither stopped nor raised"


def test_a_charger_that_reports_no_offer_is_adopted_by_its_cars_draw(house):
    life = street(house, Box(tells=None))
    life.points[0].session, life.points[0].takes_a = True, 12
    life.run(3)
    assert [a for _, a in life.limits()] == [12]


def test_chargers_with_two_connectors_are_two_loads(house):
    boxes = (Box(connector=1), Box(connector=2))
    life = street(house, *boxes, main_fuse_a=40)
    life.run(60)
    sent = [(d["conn_id"], d["custom_profile"]["chargingProfileId"]) for _, d in life.calls("ocpp.set_charge_rate")]
    assert set(sent) == {(1, 10), (1, 11), (2, 12), (2, 13)}, "no profile replaces the other connector's"
    assert {d["entity_id"] for _, d in life.calls("switch.turn_on")} == {
        "switch.evse1_connector_1_charge_control",
        "switch.evse1_connector_2_charge_control",
    }


def test_two_chargers_share_a_fuse(house):
    life = street(house, Box("evse1"), Box("evse2"), distribution="shared")
    life.run(150)
    offers = [point.offered_a for point in life.points]
    assert offers == [11.5, 11.5] and life.worst_a <= 25


def test_a_name_with_capitals_and_signs_finds_its_entities_and_is_called_as_written(house):
    life = street(house, Box("Garage-Box 1"))
    life.points[0].box = Box("Garage-Box 1")
    home = house(config(loads={"car": ocpp("Garage-Box 1")}))
    home.line(0, {"sensor.l1": amps(5), "sensor.garage_box_1_status_connector": "Charging"})
    assert {c["data"]["devid"] for c in home.reply["calls"]} == {"Garage-Box 1"}
    assert home.shown("car")["status"] != "fault"


def test_an_unknown_name_is_said_with_what_to_do(house):
    home = house(config(loads={"car": ocpp("evse9")}))
    home.line(0, {"sensor.l1": amps(5)})
    assert "charge point evse9" in home.shown("car")["reason"]
    assert home.reply["calls"] == []


def test_a_power_only_charger_works(house):
    life = street(house, Box(power_only=True, tells="power"))
    life.run(60)
    assert life.points[0].offered_a == 16 and life.house.shown("car")["draw_a"] == {"L1": 16.0}


def test_a_meter_interval_of_a_minute_is_no_reason_to_repeat_anything(house):
    life = street(house, Box(meter_s=60))
    life.run(260)
    limits = life.limits(60)
    assert {a for _, a in limits} == {16} and min(b - a for (a, _), (b, _) in pairwise(limits)) >= 60
    assert life.house.shown()["errors"] == []


# makers


def test_a_huawei_is_sent_watts_without_a_request(house):
    life = street(house, Box(vendor="HUAWEI", units="W", answers="Current"))
    life.run(60)
    assert {p["chargingSchedule"]["chargingRateUnit"] for p in life.profiles()} == {"W"}
    assert life.points[0].offered_a == pytest.approx(16)


def test_an_abb_has_one_level_and_falls_back_in_the_same_profile(house):
    life = street(house, Box(vendor="ABB", most_stack=0))
    life.run(60)
    assert life.profiles(safe=True) == [] and {p["stackLevel"] for p in life.profiles()} == {0}
    periods = life.profiles()[-1]["chargingSchedule"]["chargingSchedulePeriod"]
    assert periods == [{"startPeriod": 0, "limit": 16}, {"startPeriod": 420, "limit": 6}]
    life.pass_time(120)
    assert life.points[0].offered_a == 6


def test_a_wallbox_gets_relative_profiles_on_level_zero(house):
    life = street(house, Box(vendor="Wallbox", most_stack=0))
    life.run(60)
    assert {(p["chargingProfileKind"], p["stackLevel"]) for p in life.profiles()} == {("Relative", 0)}
    assert life.points[0].offered_a == 16


def test_config_comes_before_what_is_known_of_a_maker(house):
    life = street(house, Box(vendor="Wallbox"), load={"stack_level": 2})
    life.run(60)
    assert {p["stackLevel"] for p in life.profiles()} == {2}


def test_config_can_name_the_maker_or_none(house):
    life = street(house, Box(units="W", answers=None), load={"vendor": "huawei"})
    life.run(60)
    assert {p["chargingSchedule"]["chargingRateUnit"] for p in life.profiles()} == {"W"}
    other = street(house, Box(vendor="Wallbox"), load={"vendor": "generic"})
    other.run(60)
    assert {p["chargingProfileKind"] for p in other.profiles()} == {"Absolute"}


def test_an_unknown_vendor_is_reported_with_the_known_ones(house):
    life = street(house, Box(), load={"vendor": "hauwei"})
    life.run(5)
    assert "vendor hauwei is not known: write one of huawei" in str(life.house.shown()["warnings"])


def test_an_elvi_is_not_believed_what_it_offers(house):
    life = street(house, Box(vendor="EVBox", model="Elvi", always_tells_a=0.0))
    life.run(120)
    assert life.limits()[-1][1] == 16 and life.calls("ocpp.clear_profile") == []


def test_a_goe_is_commanded_twice_after_a_pause(house):
    life = street(house, Box(vendor="go-e"), load={"pause_s": 0})
    life.run(60)
    life.call("fusebox_set_mode", load="car", mode="off")
    life.run(100)
    life.points[0].takes_a = 0
    life.call("fusebox_set_mode", load="car", mode="standard")
    life.run(60)
    after = [(t, a) for t, a in life.limits(150) if a > 0]
    assert after[1][0] - after[0][0] == 5 and after[1][1] == after[0][1]


def test_an_autel_is_reset_when_its_session_does_not_begin_again(house):
    life = street(house, Box(vendor="Autel", starts_refused=1))
    life.run(400, lambda: life.points[0].offered_a == 16)
    assert [t for t, _ in life.calls("button.press")] != [] and life.points[0].offered_a == 16


def test_an_alfens_phases_are_measured_each_by_itself(house):
    life = street(house, Box(vendor="Alfen NV", phases=3, separate=True), phases="L1 L2 L3")
    life.points[0].car_phases = 2
    life.run(60)
    assert life.house.shown("car")["draw_a"] == {"L1": 16.0, "L2": 16.0, "L3": 0.0}


def test_a_charger_with_few_levels_is_switched_on_at_its_highest(house):
    life = street(house, Box(most_stack=1))
    home = life.house
    for t in range(40):
        life.points[0].step(START_S + t)
        answers = [{"service": "ocpp.get_configuration", "data": {"ocpp_key": STACK}, "response": {"value": "1"}}]
        home.line(t, life.states(), respond=[*answers, *life.points[0].answers()])
        life.obey()
    assert {p["stackLevel"] for p in life.profiles()} == {1}
    assert {p["stackLevel"] for p in life.profiles(safe=True)} == {0}


def test_amps_without_a_unit_are_no_offer(house):
    home = house(config(loads={"car": ocpp()}))
    home.line(
        0,
        {"sensor.l1": amps(5), "sensor.evse1_status_connector": "Charging"}
        | {"sensor.evse1_current_offered": "10", "sensor.evse1_power_offered": unit(2.3, "kW")},
    )
    home.steady(2)
    limits = [c for _, s, c in home.calls if s == "ocpp.set_charge_rate" and c["custom_profile"]["stackLevel"] == 3]
    assert limits[0]["custom_profile"]["chargingSchedule"]["chargingSchedulePeriod"][0]["limit"] == 10
