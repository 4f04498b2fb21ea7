"""House, charge point and central system over a real socket, driven by hand-made service calls."""

import asyncio

import pytest

from simhouse.devices.ocpp.firmware import Firmware, Outage
from simhouse.house.run import run
from simhouse.physics.car import Car, Visit

from .houses import START, call
from .points import Script, done, drawn, ocpp, ocpp_house, play, played, rate, safe


def test_a_lease_holds_while_it_is_renewed_and_the_default_takes_over_when_it_is_not():
    a = ocpp_house()
    seen = {}
    renewed = {t: rate(12.5, t, lease_s=120) for t in range(31, 400, 60)}
    play(a, 700, {30: safe(30)} | renewed, lambda t, _: seen.update({t: a.now.offers_a["car"]}))
    assert {seen[t] for t in range(40, 391 + 120)} == {12.5}
    assert {seen[t] for t in range(391 + 123, 700)} == {6}
    assert all(done(a)) and a.chargers["car"].refused == 0


def test_two_charge_points_obey_calls_that_name_them():
    loads = {n: {"type": "ocpp", "charger": n, "phases": ["L1"], "max_a": 20} for n in ("east", "west")}
    a = ocpp_house(loads)
    play(a, 60, {30: [rate(7, 30, devid="east"), rate(9, 30, devid="west")]})
    assert a.now.offers_a == {"east": 7, "west": 9}


def test_a_call_that_names_no_charger_goes_to_the_first():
    loads = {n: {"type": "ocpp", "charger": n, "phases": ["L1"], "max_a": 20} for n in ("east", "west")}
    a = ocpp_house(loads)
    unnamed = rate(7, 30)
    del unnamed["data"]["devid"]
    play(a, 60, {30: unnamed})
    assert a.now.offers_a == {"east": 7, "west": 20}


def test_a_profile_may_be_text_with_single_quotes():
    a = ocpp_house()
    told = rate(9, 30)
    told["data"]["custom_profile"] = str(told["data"]["custom_profile"])
    play(a, 60, {30: told})
    assert drawn(a) == 9


@pytest.mark.parametrize(
    "broken",
    [
        {"chargingProfilePurpose": "Nonsense"},
        {"stackLevel": "3"},
        {"chargingSchedule": {"chargingRateUnit": "A", "chargingSchedulePeriod": [{"startPeriod": 0, "limit": 9.55}]}},
    ],
)
def test_a_profile_that_is_not_ocpp_never_leaves(broken):
    a = ocpp_house()
    play(a, 60, {30: rate(9, 30, **broken)})
    assert done(a) == [False] and a.chargers["car"].refused == 1 and drawn(a) == 20


def test_limits_without_a_profile_wear_the_flash():
    a = ocpp_house()
    slider = call("number.set_value", "number.evse1_maximum_current", value=9)
    play(a, 90, {30: ocpp("set_charge_rate", limit_amps=12), 60: slider})
    assert drawn(a) == 9 and a.chargers["car"].point.flash_writes == 2


def test_a_limit_in_amps_reaches_a_charge_point_that_takes_only_watts():
    a = ocpp_house(firmware={"units": "Power"})
    play(a, 60, {30: ocpp("set_charge_rate", limit_amps=12)})
    assert drawn(a) == 12


def test_what_the_configuration_says_is_answered_and_can_be_changed():
    a = ocpp_house(firmware={"units": "Power", "highest_stack_level": 5})
    script = play(a, 60, {30: ocpp("configure", ocpp_key="MeterValueSampleInterval", value="5")})
    answers = [line["respond"] for line in script.lines if "respond" in line]
    assert len(answers) == 2

    def value(respond, key):
        asked = {"devid": "evse1", "ocpp_key": key}
        return next(e["response"]["value"] for e in respond if e["data"].items() <= asked.items() and "response" in e)

    assert value(answers[0], "ChargingScheduleAllowedChargingRateUnit") == "Power"
    assert value(answers[0], "ChargeProfileMaxStackLevel") == "5"
    assert value(answers[0], "NoSuchKey") == "Unknown"
    assert [value(respond, "MeterValueSampleInterval") for respond in answers] == ["10", "5"]


def test_clearing_takes_every_profile_away():
    a = ocpp_house()
    play(a, 90, {30: [safe(30), rate(9, 30)], 60: ocpp("clear_profile")})
    assert a.chargers["car"].point.profiles == () and drawn(a) == 20


def test_the_switch_stops_and_starts_a_transaction():
    a = ocpp_house(firmware={"finishing_until_replug": False})
    switch = "switch.evse1_charge_control"
    reasons = {}
    play(
        a,
        120,
        {30: call("switch.turn_off", switch), 60: call("switch.turn_on", switch)},
        lambda t, _: reasons.update({t: a.states["sensor.evse1_stop_reason"]["state"]}),
    )
    assert (reasons[20], reasons[50], reasons[100]) == ("", "Remote", "")
    assert drawn(a) == 20 and a.states[switch]["state"] == "on"


def test_a_suspended_charger_shows_no_current_before_its_next_meter_values():
    a = ocpp_house(firmware={"meter_every_s": 60})
    play(a, 110, {90: rate(0, 90)})
    assert a.states["sensor.evse1_status_connector"]["state"] == "SuspendedEVSE"
    assert a.states["sensor.evse1_current_import"]["state"] == "0"


def test_a_lost_socket_leaves_the_entities_as_they_were_and_every_call_fails():
    a = ocpp_house(firmware={"outages": (Outage(100, 500),)})
    shown, offers = {}, {}

    def look(t, states):
        shown[t] = a.states.get("sensor.evse1_status_connector", {}).get("state")
        offers[t] = a.now.offers_a["car"]

    script = play(a, 700, {30: [safe(30), rate(14, 30, lease_s=120)], 200: rate(16, 200), 550: rate(9, 550)}, look)
    assert (shown[99], shown[100], shown[499], shown[501]) == ("Charging", "Charging", "Charging", "Charging")
    assert (offers[149], offers[153], offers[499]) == (14, 6, 6)
    assert done(a) == [True, True, False, True] and drawn(a) == 9
    gone = next(line["respond"] for line in script.lines if line["t"] == 100)
    assert {e["service"] for e in gone if "error" in e} >= {"ocpp.set_charge_rate", "ocpp.get_configuration"}
    assert a.states["sensor.evse1_reconnects"]["state"] == "1"


def test_a_silent_charger_takes_no_call_and_looks_well():
    a = ocpp_house(firmware={"outages": (Outage(100, 400, silent_s=60),)})
    shown = {}
    play(
        a, 450, {120: rate(9, 120)}, lambda t, _: shown.update({t: a.states["sensor.evse1_status_connector"]["state"]})
    )
    assert (shown[159], shown[160], shown[401]) == ("Charging", "Charging", "Charging")
    assert done(a) == [False] and drawn(a) == 20 and a.chargers["car"].refused == 0


def test_the_reset_button_reboots_it_and_it_comes_back():
    a = ocpp_house(firmware={"reboot_s": 40})
    shown = {}
    play(
        a,
        200,
        {60: call("button.press", "button.evse1_reset")},
        lambda t, _: shown.update({t: a.states["sensor.evse1_status_connector"]["state"]}),
    )
    assert (shown[60], shown[62], shown[100]) == ("Charging", "Charging", "Charging")
    assert drawn(a) == 20 and a.chargers["car"].point.electronics.boots == 2
    assert a.states["sensor.evse1_stop_reason"]["state"] == ""


def test_what_happened_without_a_socket_is_reported_afterwards():
    car = Car(wakes_after_s=3, below_offer_a=0.0, visits=(Visit(0, 150, 20.0), Visit(200, 1e9, 20.0)))
    a = ocpp_house(firmware={"outages": (Outage(100, 300),)}, cars={"car": car})
    play(a, 400)
    session = a.chargers["car"].connector.session
    assert session.id is not None and a.states["sensor.evse1_transaction_id"]["state"] == str(session.id)
    assert a.states["sensor.evse1_status_connector"]["state"] == "Charging"


def test_a_fault_takes_the_controls_away():
    a = ocpp_house(firmware={"faulted": ((100, 200),)})
    shown = {}
    play(a, 300, {150: call("switch.turn_on", "switch.evse1_charge_control")}, lambda t, _: shown.update({
        t: (a.states["sensor.evse1_status_connector"]["state"], a.states["switch.evse1_charge_control"]["state"])
    }))  # fmt: skip
    assert shown[110] == ("Faulted", "unavailable") and shown[299] == ("Charging", "on") and done(a) == [False]


def test_the_clock_is_set_at_boot_and_each_hour():
    a = ocpp_house(firmware={"clock_ahead_s": 500.0, "drift_s_per_h": 100.0}, length_s=3700)
    errors = {}
    electronics = a.chargers["car"].point.electronics
    play(a, 3700, (), lambda t, _: errors.update({t: (electronics.wall() - START).total_seconds() - t}))
    assert abs(errors[1]) < 1 and 95 < errors[3595] < 105 and abs(errors[3605]) < 1


def test_the_same_house_runs_the_same_twice():
    def once():
        a = ocpp_house(firmware={"outages": (Outage(100, 200, 30),)}, seed=3)
        lines = play(a, 300, {30: [safe(30), rate(14, 30, lease_s=120)]}).lines
        return lines, a.now

    assert once() == once()


def test_a_house_can_be_run_in_pieces_on_one_socket():
    async def pieces(a):
        async with a.network:
            await played(a, 60)
            await run(a, Script({70: rate(9, 70)}), 100, from_s=60)

    a = ocpp_house()
    asyncio.run(pieces(a))
    assert drawn(a) == 9 and a.states["sensor.evse1_reconnects"]["state"] == "0"


def test_an_unknown_firmware_is_an_ordinary_one_left_at_what_config_permits():
    a = ocpp_house(
        {"car": {"type": "ocpp", "charger": "evse1", "phases": ["L1"], "max_a": 13}}, firmwares={"x": Firmware()}
    )
    play(a, 30)
    assert a.now.offers_a["car"] == 13
