"""`ocpp` chargers: which entities they have, what those say, and what makers are known by."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from fusebox.devices import DRIVERS
from fusebox.devices.driver import Answer, Contact, ServiceCall
from fusebox.devices.ocpp.compliance import update_compliance
from fusebox.devices.ocpp.configuration import STACK_KEY, UNIT_KEY, parse_rate_unit, record_answers
from fusebox.devices.ocpp.draw import read_offer
from fusebox.devices.ocpp.driver import OCPP
from fusebox.devices.ocpp.entities import integration_id, possible_entities
from fusebox.devices.ocpp.memory import Configuration, OcppMemory, SentLimit
from fusebox.devices.ocpp.profiles import NONE, VENDORS, ProfileForm, find_quirks
from fusebox.devices.ocpp.step import Step
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Source
from fusebox.model.load import Load
from fusebox.model.snapshot import LoadState, Status

from ...control.houses import car
from ...runtime.home import Home

ONE, THREE = (Phase.L1,), (Phase.L1, Phase.L2, Phase.L3)


def point(charger: str = "evse1", phases: tuple[Phase, ...] = THREE, **device: object) -> Load:
    facts = {"charger": charger, "connector": 1, "rate_unit": "auto", "profile": "absolute", "stack_level": 3}
    return replace(car("car", device={**facts, **device}), phases=phases)


def home(**entities: object) -> Home:
    """A charger that charges; entities by what follows `evse1_`, with attributes where they are a pair."""
    found = Home()
    found.shows("sensor.evse1_status_connector", "Charging")
    for name, said in entities.items():
        text, attributes = said if isinstance(said, tuple) else (said, {})
        unit = "kW" if "power" in name else "A"
        found.shows(f"sensor.evse1_{name}", text, **{"unit_of_measurement": unit, **attributes})
    return found


def draw(load: Load, seen: Home) -> list[float | None]:
    return list(OCPP.read(load, seen.view(), 230.0).draw_a)


def lines(*amps: float, **more: object) -> dict[str, object]:
    return {**{f"L{n}": a for n, a in enumerate(amps, start=1)}, **more}


def test_the_driver_table_knows_ocpp_chargers():
    assert DRIVERS["ocpp"] is OCPP


@pytest.mark.parametrize(
    "charger, connector, key, ids",
    [
        ("evse1", 1, "status", ("sensor.evse1_connector_1_status_connector", "sensor.evse1_status_connector")),
        ("evse1", 2, "status", ("sensor.evse1_connector_2_status_connector",)),
        ("EVSE 1", 1, "switch", ("switch.evse_1_connector_1_charge_control", "switch.evse_1_charge_control")),
        ("Garage-Box.A", 2, "draw", ("sensor.garage_box_a_connector_2_current_import",)),
        ("evse1", 2, "reset", ("button.evse1_reset",)),
    ],
)
def test_ids_follow_from_the_name_as_home_assistant_makes_them(charger, connector, key, ids):
    assert possible_entities(point(charger, connector=connector), key) == ids


def test_an_entity_that_config_names_stands_in_place_of_the_one_that_follows():
    named = point(switch="switch.mine", offered=Source("sensor.mine"))
    assert possible_entities(named, "switch") == ("switch.mine",) and possible_entities(named, "offered") == (
        "sensor.mine",
    )


def test_old_entities_of_a_single_connector_do_not_hide_the_new_ones():
    seen = home()
    seen.shows("sensor.evse1_status_connector", "unavailable")
    seen.shows("sensor.evse1_connector_1_status_connector", "Preparing")
    assert OCPP.read(point(), seen.view(), 230).status is Status.CONNECTED


def test_the_name_is_spelt_as_the_charger_does_and_no_other_is_taken_for_it():
    seen = home(id="EVSE1")
    assert integration_id(point("evse1"), seen.view()) == "EVSE1"
    seen.shows("sensor.evse1_id", "SN-12345")
    assert integration_id(point("evse1"), seen.view()) == "evse1"


@pytest.mark.parametrize(
    "word, status, can_use_power, on",
    [
        ("Available", Status.UNPLUGGED, False, False),
        ("Preparing", Status.CONNECTED, True, False),
        ("Charging", Status.CHARGING, True, True),
        ("SuspendedEV", Status.SUSPENDED_CAR, True, True),
        ("SuspendedEVSE", Status.PAUSED, True, True),
        ("Finishing", Status.FULL, False, False),
        ("Faulted", Status.FAULT, False, False),
        ("Unavailable", Status.FAULT, False, False),
        ("unknown", Status.UNKNOWN, True, None),
    ],
)
def test_every_word_of_a_connector_has_its_status(word, status, can_use_power, on):
    seen = home()
    seen.shows("sensor.evse1_status_connector", word)
    state = OCPP.read(point(), seen.view(), 230)
    assert (state.status, state.can_use_power, state.on, state.available) == (status, can_use_power, on, True)
    assert not state.switched, "to end a session is no pause"


def test_it_verifies_that_its_limits_are_followed():
    assert OCPP.read(point(), home().view(), 230).verifies


def test_the_charge_points_own_status_is_no_evidence_of_a_car():
    seen = home(status="Available")
    assert OCPP.read(point(), seen.view(), 230).status is Status.CHARGING
    seen.shows("sensor.evse1_status_connector", "unknown")
    assert OCPP.read(point(), seen.view(), 230).can_use_power
    seen.shows("sensor.evse1_status", "Faulted")
    assert OCPP.read(point(), seen.view(), 230).status is Status.FAULT


@pytest.mark.parametrize("word", ["unavailable", None])
def test_one_that_cannot_be_reached_is_not_available(word):
    seen = Home()
    if word:
        seen.shows("sensor.evse1_status_connector", word)
    assert not OCPP.read(point(), seen.view(), 230).available


@pytest.mark.parametrize(
    "phases, said, amps",
    [
        (THREE, ("16", lines(16, 15.5, 0)), [16, 15.5, 0]),
        (THREE, ("10", {"L1-N": 10, "L2-N": 9, "L3-N": 11}), [10, 9, 11]),
        ((Phase.L2, Phase.L3, Phase.L1), ("12", lines(12, 0, 0)), [0, 12, 0]),
        ((Phase.L2,), ("12", lines(12, 0, 0)), [None, 12, None]),
        ((Phase.L2,), ("12", lines(0, 12, 0)), [None, 12, None]),
        (THREE, ("0", lines(16, 16, 16)), [0, 0, 0]),
        (THREE, ("6", lines(16, 16, 16)), [6, 6, 6]),
        (THREE, ("6", lines(6, 15.4, 15.4)), [6, 0, 0]),
        (THREE, ("11", lines(10, 12, 15.4)), [10, 12, 0]),
        (THREE, ("36", lines(12, 12, 12)), [12, 12, 12]),
        (THREE, ("12", {"L1": 12}), [12, 12, 12]),
        (THREE, ("12", {}), [12, 12, 12]),
        (THREE, ("-0.1", {}), [0, 0, 0]),
        (THREE, ("unknown", lines(1, 2, 3)), [None, None, None]),
    ],
    ids=[
        "by line", "to neutral", "turned", "its only line", "told by the house's name", "stopped, attributes left",
        "attributes of before", "only one reported now", "two reported now", "a sum", "one of three told", "one value",
        "noise below zero", "unknown",
    ],
)  # fmt: skip
def test_the_attributes_of_a_current_count_where_they_add_up_to_it(phases, said, amps):
    assert draw(point(phases=phases), home(current_import=said)) == amps


def test_one_value_for_all_phases_may_be_on_one():
    state = OCPP.read(point(), home(current_import="12").view(), 230)
    assert state.single_a == 12 and not state.is_power
    state = OCPP.read(point(), home(power_active_import="6.9").view(), 230)
    assert list(state.draw_a) == pytest.approx([10, 10, 10]) and state.single_a == pytest.approx(30) and state.is_power


@pytest.mark.parametrize(
    "current, power, drawn",
    [
        ("12", "2.76", [0, 12, 0]),
        ("12", "5.4", [0, 12, 12]),
        ("12", "8.4", [12, 12, 12]),
        ("12", "4.1", [12, 12, 12]),
        ("3", "0.69", [0, 3, 0]),
        ("2", "0.46", [2, 2, 2]),
        ("12", "unknown", [12, 12, 12]),
    ],
    ids=["one", "two", "all", "between", "one that draws little", "too little", "unknown"],
)
def test_a_power_next_to_one_current_reveals_the_number_of_phases(current, power, drawn):
    turned = point(phases=(Phase.L2, Phase.L3, Phase.L1))
    state = OCPP.read(turned, home(current_import=current, power_active_import=power).view(), 230)
    assert list(state.draw_a) == drawn and state.single_a == float(current)


@pytest.mark.parametrize("power_s, drawn", [(10, [6, 0, 0]), (-10, [6, 6, 6])])
def test_attributes_left_from_three_phases_are_known_by_a_newer_power(power_s, drawn):
    seen = home()
    seen.shows("sensor.evse1_power_active_import", "1.38", power_s, unit_of_measurement="kW")
    for entity, state in (("current_import", "6"), ("power_active_import", "1.38")):
        unit = {"unit_of_measurement": "A", **lines(6, 6, 6)} if "current" in entity else {"unit_of_measurement": "kW"}
        seen.shows(f"sensor.evse1_{entity}", state, 0 if "current" in entity else 20, **unit)
    seen.shows("sensor.evse1_current_import", "6", 20, unit_of_measurement="A", **lines(6, 6, 6))
    assert draw(point(), seen) == drawn


def test_a_power_of_an_earlier_report_is_no_evidence():
    seen = home(power_active_import="2.76")
    seen.shows("sensor.evse1_current_import", "12", 60, unit_of_measurement="A")
    assert list(OCPP.read(point(), seen.view(60), 230).draw_a) == [12, 12, 12]


@pytest.mark.parametrize(
    "current_s, power_s, power, amps",
    [
        (0, 10, "3.68", 16), (0, 0, "3.68", 16), (10, 0, "3.68", 0), (0, 10, "0", 0), (0, 10, "unknown", 0),
    ],
    ids=["set to 0 before the power", "restored together", "a power of before", "neither flows", "no power"],
)  # fmt: skip
def test_a_zero_current_that_is_older_than_a_power_is_no_measurement(current_s, power_s, power, amps):
    seen = home()
    for at_s in (current_s, 30):
        seen.shows("sensor.evse1_current_import", "0", at_s, unit_of_measurement="A")
    seen.shows("sensor.evse1_power_active_import", power, power_s, unit_of_measurement="kW")
    assert OCPP.read(point(phases=ONE), seen.view(30), 230).draw_a[Phase.L1] == pytest.approx(amps)


@pytest.mark.parametrize(
    ("word", "resumed_s", "amps"), [("Charging", 30, 10), ("Charging", 8, 0), ("SuspendedEV", 30, 0)]
)
def test_a_zero_current_written_at_a_pause_measures_nothing_once_it_charges_again(word, resumed_s, amps):
    """The power of 10 A is the same text before and after the pause, so it has not changed since."""
    seen = home(power_active_import="2.3")
    seen.shows("sensor.evse1_current_import", "0", 10, unit_of_measurement="A")
    seen.shows("sensor.evse1_status_connector", "SuspendedEV", 7)
    seen.shows("sensor.evse1_status_connector", word, resumed_s)
    seen.shows("sensor.evse1_power_active_import", "2.3", 60, unit_of_measurement="kW")
    assert OCPP.read(point(phases=ONE), seen.view(60), 230).draw_a[Phase.L1] == pytest.approx(amps)


def test_the_power_of_a_charger_that_reports_no_current_counts_on_all_phases():
    seen = home(current_import="0", power_active_import="6.9")
    state = OCPP.read(point(), seen.view(), 230)
    assert list(state.draw_a) == pytest.approx([10, 10, 10]) and state.is_power


@pytest.mark.parametrize("word, suspended", [("SuspendedEVSE", True), ("SuspendedEV", True), ("Charging", False)])
def test_a_zero_that_came_with_a_pause_is_no_measurement_while_a_car_may_draw(word, suspended):
    seen = home(current_import="16")
    seen.shows("sensor.evse1_status_connector", word, 30 if suspended else 0)
    for now_s in (31, 34, 35, 60):
        seen.shows("sensor.evse1_current_import", "0", now_s, unit_of_measurement="A")
        measured_s = now_s - OCPP.read(point(), seen.view(now_s), 230).draw_age_s
        assert (measured_s < 29) is (suspended and now_s < 35)


def test_separate_entities_before_one_value_and_a_current_before_a_power():
    apart = {"current_import_l1": "11", "current_import_l2": "12", "current_import_l3": "0"}
    assert draw(point(), home(**apart, current_import="12", power_active_import="5")) == [11, 12, 0]
    assert draw(point(), home(current_import="12", power_active_import="5")) == [12, 12, 12]


def test_a_powers_attributes_only_share_it_out():
    said = ("4.6", lines(2300, 2300, 0))
    assert draw(point(), home(power_active_import=said)) == pytest.approx([10, 10, 0])


def test_a_draw_of_config_comes_first():
    seen = home(current_import="12")
    seen.shows("sensor.clamp", "2.3", unit_of_measurement="kW")
    assert draw(point(phases=ONE, draw=Source("sensor.clamp")), seen) == pytest.approx([10, None, None])


@pytest.mark.parametrize(
    "said, amps",
    [
        ({"current_offered": "13"}, 13),
        ({"power_offered": "6.9"}, 10),
        ({"current_offered": "unknown", "power_offered": "6.9"}, 10),
        ({"current_offered": ("13", {"unit_of_measurement": None})}, None),
        ({}, None),
    ],
)
def test_the_reported_offer_is_read(said, amps):
    found = read_offer(point(), home(**said).view(), 230, 3).current_a
    assert found == (None if amps is None else pytest.approx(amps))


@pytest.mark.parametrize(
    "said, unit",
    [
        ("Current", "A"), ("Power", "W"), ("Current,Power", "A"), ("power;current", "A"), ("W", "W"), ("Amps", "A"),
        ("Unknown", ""), ("", ""), (None, ""), (7, ""),
    ],
)  # fmt: skip
def test_which_unit_an_answer_means(said, unit):
    assert parse_rate_unit(said) == unit


def answered(response: object, key: str = UNIT_KEY) -> OcppMemory:
    """What is known after an answer to a question."""
    call = ServiceCall("ocpp", "get_configuration", {"devid": "evse1", "ocpp_key": key}, returns_response=True)
    asked = OcppMemory(configuration=Configuration(awaited=key))
    return record_answers(asked, (Answer(call, 0.0, response),))


@pytest.mark.parametrize(
    "response",
    [{"value": "Power"}, "Power", {UNIT_KEY: "Power"}, {"configurationKey": [{"key": UNIT_KEY, "value": "Power"}]}],
)
def test_an_answer_may_have_any_form(response):
    asked = answered(response).configuration
    assert asked.unit == "W" and not asked.awaited


@pytest.mark.parametrize(
    "response, most", [({"value": "8"}, 8), ({"value": "Unknown"}, None), ({}, None), (None, None)]
)
def test_the_highest_stack_level_is_a_number_or_unknown(response, most):
    assert answered(response, STACK_KEY).configuration.most_stack == most


@pytest.mark.parametrize(
    "maker, model, row",
    [
        ("HUAWEI", None, "huawei"), (None, "SCharger-22KT-S0", "huawei"), ("ZJ Beny", "BCP-A2N-P", "beny"),
        ("EV-BOX", None, "evbox"), ("EVBox", "Elvi", "evbox"), ("Alfen BV", "NG910", "alfen"),
        ("Wallbox Chargers", None, "wallbox"), (None, "Pulsar Plus", "wallbox"), ("ABB", "TACW7", "abb"),
        ("Easee", None, "easee"), ("go-e", "CMQ", "go-e"), ("Autel", None, "autel"), (None, "MaxiCharger AC", "autel"),
        ("FoxESS", "A022KP1", "foxess"), ("Schneider Electric", "EVlink Wallbox Plus", None), (None, None, None),
        ("BS AC EV Charger", "BS-EV22", None),
    ],
)  # fmt: skip
def test_makers_are_known_by_what_they_call_themselves(maker, model, row):
    assert find_quirks(None, maker, model) is (NONE if row is None else VENDORS[row])


def test_config_names_a_maker_or_none():
    assert find_quirks("Huawei", "Wallbox", None) is VENDORS["huawei"]
    assert find_quirks("generic", "Wallbox", None) is NONE


def test_every_maker_has_its_row_in_the_documentation():
    text = (Path(__file__).parents[3] / "docs" / "ocpp.md").read_text(encoding="utf-8")
    assert [name for name in VENDORS if f"| `{name}` |" not in text] == []


@pytest.mark.parametrize("drawn, offer_a", [("0.8", 0.8), ("0.4", None)])
def test_a_charger_without_a_command_offers_what_its_car_draws(drawn, offer_a):
    load, seen = point(phases=ONE, failsafe_a=6.0), home(current_import=drawn)
    contact = Contact(load, seen.view(), OCPP.read(load, seen.view(), 230.0), 230.0)
    state, _ = OCPP.session.observe(contact, OcppMemory(), ())
    assert state.offer_a == offer_a


@pytest.mark.parametrize("late_s, found_out", [(8, False), (60, True)])
def test_falling_limits_are_followed_late_or_not_at_all(late_s, found_out):
    load, memory = point(phases=ONE, failsafe_a=6.0), OcppMemory()
    form, most_a = ProfileForm("A", "absolute", 3, 1), 0.0
    for second in range(30):
        told = SentLimit(20 - second / 2, form, second, second, second + 120)
        memory = replace(memory, commanded=told, acknowledged=told)
        draw_a = 20 - max(second - late_s, 0) / 2
        state = LoadState(draw_a=PerPhase(draw_a), status=Status.CHARGING, on=True)
        seen = update_compliance(Step(load, Home().view(second), state, 230.0, form), memory)
        memory, most_a = replace(memory, compliance=seen), max(most_a, seen.unfollowed)
    assert (most_a > 0) is found_out and (memory.compliance.deviates_since_s is not None) is found_out
