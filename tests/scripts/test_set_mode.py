"""The service fusebox_set_mode: what it changes, what it refuses, and how long it lasts."""

from __future__ import annotations

import pytest

from .houses import amps, charger, charging, config, plug, switched

CAR = {"sensor.l1": amps(20), **charging()}


def start(house, written=None, **options):
    home = house(written or config(loads={"car": charger(), "pool": plug()}, main_fuse_a=63), **options)
    home.line(0, {**CAR, **switched(on=True)})
    return home


SAID = {
    "Standard": "standard", "off": "off", "standard": "standard", "solar_priority": "solar_priority",
    "CONTINUOUS": "standard", "Solar Priority": "solar_priority", "solar-only": "solar_only", "Off": "off",
    "Solar Only": "solar_only", "Excess": "excess", "solar_only": "solar_only", "excess": "excess",
}  # fmt: skip


def test_every_mode_by_name_and_by_label(house):
    home = start(house)
    for t, (said, mode) in enumerate(SAID.items(), start=1):
        assert home.call("fusebox_set_mode", load="car", mode=said) == {
            "service": "pyscript.fusebox_set_mode",
            "response": {"load": "car", "mode": mode},
        }
        home.line(t)
        assert home.shown("car")["mode"] == mode


def test_a_mode_is_in_force_within_a_second(house):
    home = start(house)
    home.call("fusebox_set_mode", load="pool", mode="off")
    home.line(1)
    assert home.all_sent("switch.pool")[0][1] == "off"


def test_the_option_that_is_written_is_one_that_the_select_has(house):
    home = house(config(loads={"car": charger(mode="input_select.mode")}))
    options = ["Standard", "Solar Priority", "Solar Only", "Excess", "Off"]
    home.line(0, {**CAR, "input_select.mode": {"state": "Standard", "attributes": {"options": options}}})
    home.call("fusebox_set_mode", load="car", mode="solar_only")
    assert home.sent("input_select.mode") == ["Solar Only"]


BAD_CALLS = [
    ({"load": "cra", "mode": "off"}, ["cra", "car"]),
    ({"load": "Car", "mode": "off"}, ["Car", "car"]),
    ({"load": "zzz", "mode": "off"}, ["zzz", "car", "pool"]),
    ({"load": "car", "mode": "party"}, ["party", "standard", "solar_only"]),
    ({"load": "car", "mode": "boost"}, ["boost"]),
    ({"load": "car"}, ["mode"]),
    ({"mode": "off"}, ["load"]),
    ({}, ["load"]),
    ({"load": 5, "mode": "off"}, ["5"]),
    ({"load": "car", "mode": None}, ["mode"]),
    ({"load": "car", "mode": ["off"]}, ["mode"]),
    ({"load": ["car", "van"], "mode": "off"}, ["load"]),
    ({"load": "car", "mode": 1}, ["mode"]),
]


def test_a_bad_call_fails_with_a_sentence_and_changes_nothing(house):
    home = start(house, noisy=True)
    for t, (data, words) in enumerate(BAD_CALLS, start=1):
        answer = home.call("fusebox_set_mode", **data)
        assert "response" not in answer, data
        assert all(word in answer["error"] for word in words), data
        home.line(t, CAR)
        assert home.calls == [], data
        assert (home.shown("car")["mode"], home.shown("pool")["mode"]) == ("standard", "continuous"), data


def test_a_service_that_does_not_exist_is_an_error(house):
    home = start(house)
    assert "not found" in home.call("fusebox_dance")["error"]


def test_what_was_set_lasts_over_a_restart(house, tmp_path):
    written = config(loads={"car": charger()})
    home = house(written)
    home.line(0, CAR)
    home.call("fusebox_set_mode", load="car", mode="off")
    again = house(written)
    again.line(0, CAR)
    assert again.sent("switch.car") == ["off"]
    assert again.shown("car")["mode"] == "off"


def test_what_was_set_lasts_over_a_reload_that_leaves_the_mode_alone(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, CAR)
    home.call("fusebox_set_mode", load="car", mode="off")
    home.save(config(loads={"car": charger(max_a=12)}))
    home.steady(3, CAR)
    assert home.shown("car")["mode"] == "off"


def test_an_edit_of_the_mode_in_config_drops_what_was_set(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, CAR)
    home.call("fusebox_set_mode", load="car", mode="off")
    home.save(config(loads={"car": charger(mode="solar_only")}))
    home.steady(3, CAR)
    assert home.shown("car")["mode"] == "solar_only"
    home.save(config(loads={"car": charger()}))
    home.steady(6, CAR)
    assert home.shown("car")["mode"] == "standard"


def test_an_edit_while_nothing_ran_drops_it_too(house):
    home = house(config(loads={"car": charger()}))
    home.line(0, CAR)
    home.call("fusebox_set_mode", load="car", mode="off")
    again = house(config(loads={"car": charger(mode="excess")}))
    again.line(0, CAR)
    assert again.shown("car")["mode"] == "excess"


def test_one_loads_mode_leaves_the_others_alone(house):
    home = start(house)
    home.call("fusebox_set_mode", load="car", mode="off")
    home.line(1)
    assert home.shown("pool")["mode"] == "continuous"


@pytest.mark.parametrize(
    "entity, service, field",
    [
        ("input_select.mode", "input_select.select_option", "option"),
        ("select.mode", "select.select_option", "option"),
        ("input_text.mode", "input_text.set_value", "value"),
    ],
)
def test_a_mode_that_is_an_entity_is_written_there(house, entity, service, field):
    home = house(config(loads={"car": charger(mode=entity)}))
    home.line(0, {**CAR, entity: "standard"})
    home.call("fusebox_set_mode", load="car", mode="Off")
    assert home.reply["calls"] == [{"service": service, "data": {"entity_id": entity, field: "off"}}]
    assert home.shown("car")["mode"] == "standard"
    home.line(1, {entity: "off"})
    assert home.shown("car")["mode"] == "off"


def test_a_bad_mode_is_not_written_to_the_entity(house):
    home = house(config(loads={"car": charger(mode="input_select.mode")}), noisy=True)
    home.line(0, {**CAR, "input_select.mode": "standard"})
    assert "party" in home.call("fusebox_set_mode", load="car", mode="party")["error"]
    assert home.reply["calls"] == []


def test_the_service_is_described_with_its_fields(house):
    home = start(house)
    described = home.session.host.service_description("pyscript.fusebox_set_mode")
    assert set(described["fields"]) == {"load", "mode"}
    assert all(described["fields"][f]["required"] for f in ("load", "mode"))
