"""How chargers with a preset are read and commanded."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from fusebox.config.presets import PRESETS, PauseBy
from fusebox.config.read_config import read_config
from fusebox.devices import DRIVERS
from fusebox.devices.chargers.number import NUMBER
from fusebox.model.decision import Command
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Load
from fusebox.model.snapshot import LoadState, Status

from ...cases import for_each
from ...control.houses import Evening, site
from ...runtime.home import Home

FOR_CHARGER = {"easee": {"charger": "EH123456"}}
WORDS = [(row, word) for row in PRESETS.values() for word in row.words]


@cache
def box(preset: str, **more: Any) -> Load:
    """A charger of that make; everything follows from its current."""
    current = PRESETS[preset].names[0]["current"].replace("{p}", "box")
    load = {"type": "number", "preset": preset, "current": current, **FOR_CHARGER.get(preset, {}), **more}
    result = read_config({"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.grid"}}, "loads": {"car": load}})
    assert not result.errors, result.errors
    return result.config.site().loads[0]


def seen(load: Load, **shown: str | None) -> LoadState:
    """What is read when these keys' entities show this; None: no such entity."""
    home = Home()
    for key in ("current", "switch", "status"):
        word = shown.get(key, {"current": "10", "switch": "on", "status": "Charging"}[key])
        if load.device.get(key) and word is not None:
            home.shows(str(load.device[key]), word)
    home.shows(load.device["draw"].entity, 2.3, unit_of_measurement="kW")  # type: ignore[attr-defined]
    return NUMBER.read(load, home.view(), 230)


def called(load: Load, current_a: float | None = None, on: bool | None = None) -> list[tuple[str, dict[str, object]]]:
    made = NUMBER.calls(load, Command("car", current_a, on))
    return [(f"{call.domain}.{call.service}", dict(call.data)) for call in made]


@for_each("row, word", WORDS)
def test_every_word_of_a_make_is_understood_in_any_case(row, word):
    for spelling in (word, word.upper(), word.replace("_", " ")):
        assert seen(box(row.name), status=spelling).status is row.words[word]


@pytest.mark.parametrize("name", PRESETS)
def test_an_unknown_word_is_an_unknown_status_and_takes_part(name):
    state = seen(box(name), status="words of a new firmware")
    assert (state.status, state.can_use_power) == (Status.UNKNOWN, True)


@for_each("word", ["Error Powermeter", "error_of_a_new_firmware", "RelayFault", "earth FAULT", "ERROR 17"])
@for_each("name", PRESETS)
def test_an_unknown_word_that_names_an_error_never_takes_part(name, word):
    state = seen(box(name), status=word)
    assert (state.status, state.can_use_power) == (Status.FAULT, False)


@pytest.mark.parametrize("word", ["No Error", "default", "no_fault"])
def test_what_only_sounds_like_an_error_takes_part(word):
    assert seen(box("alfen"), status=word).can_use_power


def test_every_main_state_of_an_alfen_is_known():
    told = """Illegal|Booting|Available|Cable Connected|Cable Connected Timeout|EV Connected|Button Activated
        NFC Available|NFC Authorised|Wait for EV Connect|Charging Test Relays|Charging Power Off
        Charging Power Off Low Max Current|Charging Power Starting|Charging Power On|Charging Power On Simplified
        Charging Wait for EV Reconnect|Charging Terminating|Charging Wakeup|Wait for Disconnect
        Wait for Release Authorisation|Charging Recover from Outage|Suspended|Inoperative|Reserved
        Charging Power Off Ventilating|Charging Power Off Suspended|Charging Power Off Phase Change
        Wait for Start Metervalue|Wait for Stop Metervalue|Cable Conencted Type E|Cable Connected Time out Type E
        Charging Type E|Wait for Disconnect Type E|Charging Suspended Type E|Charging Low Max Current Type E
        Invalid Card|EV Connected Unauthorized|Wait for Disconnect PP"""
    errors = """Error|Error Message|Error Message Cable not Supported|Error Illegal Mode 3|Error Too Many Restarts
        Error Charging|Error Charging Overcurrent|Error Charging HF Contactor Switching|Error S2 Not Opened
        Error Protective Earth|Error Relays|Error Low Supply Voltage|Error Internal Voltage|Error Powermeter
        Error Temperature|Error Charging RCD Signaled|Error Socket Motor"""
    load = box("alfen")
    for words in told.splitlines():
        for word in words.strip().split("|"):
            assert seen(load, status=word).status is not Status.UNKNOWN, word
    for words in errors.splitlines():
        for word in words.strip().split("|"):
            assert seen(load, status=word).status is Status.FAULT, word


TOLD = {
    "heidelberg": "A|B|C|D|E|F",
    "webasto_next": "available|preparing|charging|suspended|error|reserved|suspended_evse|suspended_ev|finishing"
    "|faulted",
    "webasto_unite": "Available|Preparing|Charging|SuspendedEVSE|SuspendedEV|Finishing|Reserved|Unavailable|Faulted",
    "abl": "Waiting for EV|EV is asking for charging|EV has the permission to charge|EV is charged"
    "|C2, reduced current (error F16, F17)|C2, reduced current (imbalance F15)|Outlet disabled|Production test"
    "|EVCC setup mode|Bus idle|Unintended closed contact (Welding)|Internal error|DC residual current detected"
    "|Upstream communication timeout|Lock of socket failed|CS out of range|State D requested by EV|CP out of range"
    "|Overcurrent detected|Temperature outside limits|Unintended opened contact",
    "charge_amps": "Available|Preparing|Charging|SuspendedEVSE|SuspendedEV|Finishing|Reserved|Unavailable|Faulted"
    "|Connected|Error",
    "garo": "CHANGING|NOT_CONNECTED|CONNECTED|SEARCH_COMM|RCD_FAULT|CHARGING|CHARGING_PAUSED|CHARGING_FINISHED"
    "|CHARGING_CANCELLED|DISABLED|OVERHEAT|CRITICAL_TEMPERATURE|INITIALIZATION|CABLE_FAULT|LOCK_FAULT"
    "|CONTACTOR_FAULT|VENT_FAULT|DC_ERROR|DC_HARDWARE|CP_FAULT|CP_SHORTED|REMOTE_DISABLED|UNKNOWN|UNAVAILABLE",
    "solax": "Available|Preparing|Charging|Finishing|Faulted|Unavailable|Reserved|Suspended EV|Suspended EVSE|Update"
    "|Card Activation|Start Delay|Charge Paused|Stopping",
    "victron": "DISCONNECTED|CONNECTED|CHARGING|CHARGED|WAITING_FOR_SUN|WAITING_FOR_RFID|WAITING_FOR_START|LOW_SOC"
    "|GROUND_FAULT|WELDED_CONTACTS|CP_INPUT_SHORTED|RESIDUAL_CURRENT_DETECTED|UNDER_VOLTAGE_DETECTED"
    "|OVERVOLTAGE_DETECTED|OVERHEATING_DETECTED|CHARGING_LIMIT|START_CHARGING|SWITCHING_TO_THREE_PHASE"
    "|SWITCHING_TO_SINGLE_PHASE|STOP_CHARGING",
    "sigenergy": "Initializing|Not Connected|Reserving|Preparing|EV Ready|Charging|Fault|Error",
    "openwb": "on|off",
}
"""Preset -> every state that its integration's source knows."""


@pytest.mark.parametrize("name", TOLD)
def test_every_state_that_an_integration_knows_is_known_here(name):
    assert [word for word in TOLD[name].split("|") if seen(box(name), status=word).status is Status.UNKNOWN] == []


LISTS = {
    "garo": ("select.{p}_{p}", {"ALWAYS_ON", "ALWAYS_OFF", "SCHEMA"}),
    "solax": ("select.{p}_charger_use_mode", {"Stop", "Fast", "ECO", "Green"}),
    "openwb": (
        "select.{p}_lademodus",
        {"Instant Charging", "PV Charging", "ECO Charging", "Target Charging", "Stop"},
    ),
}
"""Preset -> the list that pauses it, and its options as its integration's source has them."""


@pytest.mark.parametrize("name", LISTS)
def test_only_what_a_list_offers_is_chosen_and_what_balances_by_itself_is_not(name):
    entity, options = LISTS[name]
    load, pause = box(name), PRESETS[name].pause
    told = [data for on in (True, False) for _, data in called(load, on=on)]
    assert {data["entity_id"] for data in told} == {entity.replace("{p}", "box")}
    chosen = {data["option"] for data in told}
    assert chosen == {pause.run[0], pause.stop} and chosen < options
    balancing = options - {*pause.run, pause.stop}
    assert [seen(load, switch=option).on for option in balancing] == [None] * len(balancing)


def test_a_heidelberg_that_may_not_charge_does_not_count_as_charging():
    load = box("heidelberg")
    assert (seen(load, status="C", switch="off").on, seen(load, status="C", switch="on").on) == (False, True)


def test_an_abl_with_a_reduced_current_continues_though_its_state_names_an_error():
    assert seen(box("abl"), status="C2, reduced current (error F16, F17)").status is Status.CHARGING


def test_an_abl_is_sent_its_current_after_a_restart_though_it_displays_that():
    load = replace(box("abl", max_a=16), phases=(Phase.L1,))
    state = seen(load, current="16", status="EV is asking for charging")
    assert state.available and state.draw_a[Phase.L1] == 10
    evening, waiting = Evening(site(load)), replace(state, draw_a=PerPhase(0.0, None, None))
    sent = [c.current_a for t in range(90) for c in evening.step({"L1": 1.0}, t, car=waiting).commands]
    assert sent and sent[-1] == 16


def test_a_solax_that_was_stopped_can_be_started_again():
    state = seen(box("solax"), status="Finishing", switch="Stop")
    assert (state.status, state.can_use_power, state.on) == (Status.CONNECTED, True, False)


def test_a_name_that_occurs_twice_has_to_be_the_same_twice():
    load = box("garo", current="number.carport_current_limit")
    assert load.device["switch"] == "select.carport_carport"
    names = {"switch": "select.carport_garage"}
    assert PRESETS["garo"].matching(names) is None


@pytest.mark.parametrize("name", PRESETS)
def test_every_make_is_steered_and_paused_by_what_its_row_says(name):
    row, load = PRESETS[name], box(name)
    services = [service for service, _ in (*called(load, 10.0), *called(load, None, True), *called(load, None, False))]
    current = row.set_with.service if row.set_with else "number.set_value"
    pauses = {
        PauseBy.SWITCH: ["switch.turn_on", "switch.turn_off"],
        PauseBy.SELECT: ["select.select_option"] * 2,
        PauseBy.BUTTONS: ["button.press"] * 2,
        PauseBy.SERVICE: [getattr(row.pause.start_with, "service", ""), getattr(row.pause.stop_with, "service", "")],
        PauseBy.ZERO: [],
    }[row.pause.by]
    assert services[0] == current
    assert sorted(services[1:]) == sorted(pauses)


def test_a_switch_that_pauses_is_read_and_thrown_the_other_way_round():
    load = box("v2c")
    assert (seen(load, switch="on").on, seen(load, switch="off").on) == (False, True)
    assert called(load, on=False) == [("switch.turn_on", {"entity_id": "switch.box_pause_session"})]
    assert called(load, on=True) == [("switch.turn_off", {"entity_id": "switch.box_pause_session"})]


def test_a_list_pauses_by_its_option():
    load = box("goe_mqtt")
    assert [seen(load, switch=word).on for word in ("Neutral", "Charge", "Don't charge", "Other")] == [
        True,
        True,
        False,
        None,
    ]
    assert called(load, 6.0, False) == [
        ("select.select_option", {"entity_id": "select.box_frc", "option": "Don't charge"}),
        ("number.set_value", {"entity_id": "number.box_amp", "value": 6.0}),
    ]
    assert called(load, 6.0, True)[1] == ("select.select_option", {"entity_id": "select.box_frc", "option": "Neutral"})


def test_an_owners_own_switch_may_stand_in_place_of_a_list_or_an_inverted_one():
    load = box("goe", switch="switch.mine")
    assert (seen(load, switch="on").on, seen(load, switch="off").on) == (True, False)
    assert called(load, on=False) == [("switch.turn_off", {"entity_id": "switch.mine"})]


def test_buttons_are_pressed_and_nothing_is_read_from_them():
    load = box("wattpilot")
    state = seen(load)
    assert (state.switched, state.on, state.on_hidden) == (True, None, True)
    assert called(load, on=True) == [("button.press", {"entity_id": "button.box_start_charging"})]
    assert called(load, on=False) == [("button.press", {"entity_id": "button.box_stop_charging"})]
    assert not any(entity.startswith("button.") for entity in NUMBER.entities(load))


def test_services_get_the_amps_and_the_charger():
    assert called(box("easee"), 0.0) == [
        ("easee.set_charger_dynamic_limit", {"charger_id": "EH123456", "current": 0.0}),
    ]
    assert called(box("keba"), 12.5, True) == [("keba.set_current", {"current": 12.5}), ("keba.enable", {})]


def test_the_row_of_a_preset_has_what_no_entity_of_the_device_reports():
    state = seen(box("keba"))
    assert (state.device_min_a, state.device_max_a, state.device_step_a) == (6, 63, 0.1)
    assert (seen(box("easee")).device_min_a, seen(box("easee")).device_step_a) == (None, 1)


def test_a_charger_that_pauses_at_nothing_has_no_switch():
    assert not seen(box("easee")).switched


def test_an_entity_that_is_not_there_counts_as_none_and_is_named():
    state = seen(box("wallbox"), switch=None)
    assert (state.switched, state.on) == (False, None)
    assert state.missing.startswith("switch.box_pause_resume is missing, as preset wallbox calls it: enable it")
    assert not seen(box("wallbox")).missing


@pytest.mark.parametrize(
    ("preset", "current", "status", "is_settable"),
    [
        ("abl", "unknown", "EV is charged", True),
        ("abl", "unavailable", "EV is charged", False),
        ("easee", "unavailable", "charging", True),
        ("wallbox", "unavailable", "Charging", False),
    ],
)
def test_a_current_without_a_value_is_settable_where_home_assistant_passes_its_command_on(
    preset, current, status, is_settable
):
    state = seen(box(preset), current=current, status=status)
    assert (state.available, state.offer_unset, state.offer_a) == (is_settable, is_settable, None)


def test_a_charger_of_which_nothing_has_a_value_is_unavailable():
    assert not NUMBER.read(box("easee"), Home().view(), 230).available


def test_a_wallbox_has_a_switch_only_while_that_can_be_used():
    load = box("wallbox")
    assert [seen(load, switch=word).switched for word in ("on", "off", "unavailable", "unknown")] == [
        True,
        True,
        False,
        False,
    ]
    assert seen(load, switch="unavailable").missing == ""


@pytest.mark.parametrize(("word", "can_pause"), [("on", True), ("unavailable", True), (None, False)])
def test_a_briefly_unavailable_switch_does_not_make_a_charger_unpausable(word, can_pause):
    load, home = box("wallbox"), Home()
    home.shows(str(load.device["current"]), "10", min=6)
    if word is not None:
        home.shows(str(load.device["switch"]), word)
    assert NUMBER.read(load, home.view(), 230).can_pause is can_pause


def test_a_wallbox_that_is_ready_has_a_car_only_if_it_could_be_paused():
    load = box("wallbox")
    assert seen(load, status="Ready", switch="unavailable").status is Status.UNPLUGGED
    assert not seen(load, status="Ready", switch="unavailable").can_use_power
    assert seen(load, status="Ready", switch="off").status is Status.CONNECTED


def test_a_charger_without_a_preset_retains_a_switch_without_a_state():
    result = read_config({
        "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.grid"}},
        "loads": {"car": {"type": "number", "current": "number.box", "switch": "switch.box"}},
    })  # fmt: skip
    assert not result.errors, result.errors
    home = Home()
    home.shows("number.box", 10)
    state = NUMBER.read(result.config.site().loads[0], home.view(), 230)
    assert (state.switched, state.on, state.missing) == (True, None, "")


def test_the_type_wallbox_is_that_preset():
    config = {
        "site": {"main_fuse_a": 40, "grid": {"L1": "sensor.grid"}},
        "loads": {"car": {"type": "wallbox", "current": "number.box_maximum_charging_current"}},
    }
    result = read_config(config)
    assert (result.errors, result.warnings) == ((), ())
    load = result.config.site().loads[0]
    assert (load.max_a, load.min_write_s, load.device["switch"]) == (32, 60, "switch.box_pause_resume")
    assert DRIVERS["wallbox"] is NUMBER
    assert seen(load, status="Waiting for car demand").status is Status.SUSPENDED_CAR
    assert not seen(load, switch="unavailable").switched


@pytest.mark.parametrize("name, option", [("openevse", "auto"), ("smartevse", "Solar"), ("smartevse", "Smart")])
def test_an_option_that_deletes_what_was_set_or_balances_by_itself_is_never_chosen(name, option):
    load = box(name)
    chosen = [data["option"] for on in (True, False) for _, data in called(load, on=on)]
    assert option not in chosen and seen(load, switch=option).on is None


def test_a_current_that_its_number_hides_is_the_one_that_was_sent_last():
    load = box("openevse")
    hidden, shown = seen(load, switch="active", current="32"), seen(load, switch="auto", current="32")
    assert (hidden.offer_a, hidden.offer_hidden, hidden.available) == (None, True, True)
    assert (shown.offer_a, shown.offer_hidden) == (32, False)
    assert seen(load, switch="auto", current="32", status="not_connected").offer_hidden
    assert not seen(load, switch="active", current=None).available


def test_the_phases_of_a_trydan_have_the_names_that_pytrydan_gives_them():
    phases = PRESETS["v2c"].phases
    assert phases is not None and (phases.one, phases.three) == ("monophasic", "threephasic")


def test_a_smartevse_has_the_entities_of_its_own_mqtt_discovery():
    load = box("smartevse", current="number.smartevse_1234_chargecurrentoverride")
    assert load.device["switch"] == "select.smartevse_1234_mode"
    assert called(load, 8.0, True) == [
        ("number.set_value", {"entity_id": "number.smartevse_1234_chargecurrentoverride", "value": 8.0}),
        ("select.select_option", {"entity_id": "select.smartevse_1234_mode", "option": "Normal"}),
    ]


@pytest.mark.parametrize("shown_a", ["10", "0"])
@pytest.mark.parametrize("name", PRESETS)
def test_a_restart_of_home_assistant_stops_no_charging_car_of_any_make(name, shown_a):
    row = PRESETS[name]
    load = replace(box(name), phases=(Phase.L1,))
    run = row.pause.run[0] if row.pause.by is PauseBy.SELECT else "off" if row.pause.stop == "on" else "on"
    word = next((each for each, status in row.words.items() if status is Status.CHARGING), "Charging")
    state = seen(load, switch=run, current=shown_a, status=word)
    assert state.draw_a[Phase.L1] == 10
    decision = Evening(site(load)).step({"L1": 19.0}, 0, car=state)
    assert decision.notes["car"].setpoint_a == 10
    assert [c for c in decision.commands if c.on is False or (c.current_a or 10) != 10] == []
