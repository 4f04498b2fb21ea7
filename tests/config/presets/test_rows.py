"""The rows of presets: complete, unambiguous, and what CONFIG makes of each of them."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from fusebox.config.presets import (
    MAKES,
    NAMES,
    NOT_STEERABLE,
    POWER_PRESETS,
    PRESETS,
    ROLES,
    PauseBy,
    Preset,
    preset_named,
)
from fusebox.config.read_config import ConfigResult, read_config
from fusebox.model.site import letters_and_digits

from ...cases import for_each

ROWS = [pytest.param(row, id=row.name) for row in PRESETS.values()]
NUMBERS = [(row, names) for row in PRESETS.values() for names in row.names]


def result_of(**load: Any) -> ConfigResult:
    site = {"main_fuse_a": 25, "grid": {"L1": "sensor.grid"}}
    return read_config({"site": site, "loads": {"car": {"type": "number", **load}}})


def device_of(**load: Any) -> dict[str, Any]:
    """What a driver is given of such a load."""
    result = result_of(**load)
    assert not result.errors, result.errors
    return dict(result.config.site().loads[0].device)


def needed(row: Preset) -> dict[str, str]:
    return {"charger": "EH123456"} if row.needs_charger else {}


def test_there_are_presets_for_many_makes():
    assert len(PRESETS) >= 27
    assert {
        "wallbox",
        "easee",
        "zaptec",
        "goe",
        "tesla",
        "openevse",
        "keba",
        "peblar",
        "alfen",
        "v2c",
    } <= PRESETS.keys()


def test_a_preset_implies_its_type():
    site = {"main_fuse_a": 25, "grid": {"L1": "sensor.grid"}}
    car = {"preset": "peblar", "current": "number.garage_charge_limit"}
    result = read_config({"site": site, "loads": {"car": car}})
    assert not result.errors, result.errors
    assert dict(result.config.site().loads[0].device) == device_of(**car)


def test_no_name_means_two_things():
    names = [name for row in PRESETS.values() for name in (row.name, *row.also)]
    assert len(names) == len(set(names))
    assert not set(names) & NOT_STEERABLE.keys()


@pytest.mark.parametrize("row", ROWS)
def test_a_row_is_complete(row):
    entry = json.loads(MAKES.read_text(encoding="utf-8"))["chargers"][row.name]
    assert row.title and entry["note"] and entry["source"]
    for names in row.names:
        assert names.keys() <= set(ROLES)
        assert {"current", "draw", "status"} <= names.keys()
        assert all(re.fullmatch(r"[a-z_]+\.[a-z0-9_]*\{p\}(?:_[a-z0-9_]+|_\{p\}|)", name) for name in names.values()), (
            names
        )
        assert all(not name.endswith(".{p}") for name in names.values()), names
        shown = names["current"].partition(".")[0]
        assert shown == ("sensor" if row.set_with else "number")
        if row.pause.by is PauseBy.SERVICE:
            assert row.pause.start_with and row.pause.stop_with and "switch" not in names
        if row.pause.by is PauseBy.ZERO:
            assert "switch" not in names and not row.min_current_a
        if row.pause.by in (PauseBy.SWITCH, PauseBy.SELECT, PauseBy.BUTTONS):
            domains = {PauseBy.SWITCH: "switch", PauseBy.SELECT: "select", PauseBy.BUTTONS: "button"}
            assert names["switch"].startswith(domains[row.pause.by] + ".")
        assert ("stop" in names) is (row.pause.by is PauseBy.BUTTONS)


@pytest.mark.parametrize("row", ROWS)
def test_a_row_says_no_word_twice(row):
    plain = [letters_and_digits(word) for word in row.words]
    assert len(plain) == len(set(plain))
    assert {letters_and_digits(word) for word in row.car_if_switchable} <= set(plain)


@for_each("row, names", NUMBERS)
def test_every_entity_follows_from_each_of_the_others(row, names):
    whole = {role: name.replace("{p}", "my_garage_2") for role, name in names.items()}
    for role in names:
        if role == "draw" or sum(other[role] == names[role] for other in row.names if role in other) > 1:
            continue
        device = device_of(preset=row.name, **{role: whole[role]}, **needed(row))
        assert {key: device[key] for key in whole if key != "draw"} == {k: v for k, v in whole.items() if k != "draw"}
        assert device["draw"].entity == whole["draw"]


@pytest.mark.parametrize("row", ROWS)
def test_the_write_interval_comes_with_the_preset_and_may_be_written_otherwise(row):
    current = row.names[0]["current"].replace("{p}", "box")
    assert device_of(preset=row.name, current=current, **needed(row))["min_write_s"] == row.min_write_s
    assert device_of(preset=row.name, current=current, min_write_s=5, **needed(row))["min_write_s"] == 5


@pytest.mark.parametrize("row", ROWS)
def test_a_config_with_a_preset_is_without_complaint(row):
    result = result_of(preset=row.name, current=row.names[0]["current"].replace("{p}", "box"), **needed(row))
    assert (result.errors, result.warnings) == ((), ())


@pytest.mark.parametrize("row", POWER_PRESETS.values(), ids=lambda row: row.name)
def test_a_load_in_watts_needs_no_more_than_its_preset_and_one_entity(row):
    entry = json.loads(MAKES.read_text(encoding="utf-8"))["in_watts"][row.name]
    assert entry["source"], "write in its entry of makes.json where it was read, with the version"
    for names in row.names:
        entities = {role: name.replace("{p}", "box") for role, name in names.items()}
        device = device_of(type="power", preset=row.name, power=entities["power"])
        assert {role: getattr(device[role], "entity", device[role]) for role in names} == entities


@for_each("name", NAMES)
def test_presets_are_known_in_any_spelling(name):
    row = preset_named(name)
    assert row is not None
    for spelling in (name.upper(), name.replace("_", "-"), f" {name.replace('_', ' ').title()} "):
        assert preset_named(spelling) is row


def test_what_config_names_is_never_replaced():
    named = {
        "current": "number.x_maximum_charging_current",
        "switch": "switch.mine",
        "draw": None,
        "status": "sensor.mine",
    }
    device = device_of(preset="wallbox", **named)
    assert {key: device[key] for key in named} == named


def test_entities_in_the_owners_language_lead_to_the_others():
    device = device_of(preset="wallbox", current="number.wallbox_thuis_maximale_laadstroom")
    assert device["switch"] == "switch.wallbox_thuis_pauzeren_hervatten"
    assert device["status"] == "sensor.wallbox_thuis_statusbeschrijving"
    assert device["draw"].entity == "sensor.wallbox_thuis_laadvermogen"


def test_a_current_of_another_device_may_be_combined_with_the_chargers_status():
    device = device_of(preset="zaptec", current="number.home_available_current", status="sensor.garage_charger_mode")
    assert (device["current"], device["switch"]) == ("number.home_available_current", "switch.garage_charging")


def test_entities_of_unknown_names_lead_nowhere_and_that_is_said():
    result = result_of(preset="wallbox", current="number.wall_amps")
    assert not result.errors, result.errors
    assert result.config.site().loads[0].device["switch"] is None
    (warning,) = result.warnings
    assert warning.path == "loads.car" and "number.<name>_maximum_charging_current" in warning.text


def test_two_loads_may_not_share_what_follows_from_presets():
    loads = {
        "a": {"type": "number", "preset": "goe", "current": "number.goe_123456_amp"},
        "b": {"type": "number", "preset": "goe", "current": "number.goe_7_amp", "switch": "select.goe_123456_frc"},
    }
    result = read_config({"site": {"main_fuse_a": 25, "grid": {"L1": "sensor.grid"}}, "loads": loads})
    assert [error.path for error in result.errors] == ["loads.b.switch"]


def test_a_sensor_is_a_current_only_where_a_service_sets_it():
    (error,) = result_of(preset="goe", current="sensor.goe_amp").errors
    assert (error.path, "cannot be set to a number" in error.text) == ("loads.car.current", True)
    assert not result_of(preset="keba", current="sensor.keba_p30_max_current").errors


def test_a_preset_that_needs_more_says_so():
    (error,) = result_of(preset="easee", current="sensor.garage_dynamic_charger_limit").errors
    assert error.path == "loads.car.charger" and "EH123456" in error.text
    (error,) = result_of(preset="keba").errors
    assert error.path == "loads.car.current" and "sensor.<name>_max_current" in error.text


@for_each("row, names", NUMBERS)
@for_each("misspelt", ["{}x", "my {}", "no such make"])
def test_a_misspelt_preset_is_the_only_error(row, names, misspelt):
    roles = {role: entity.replace("{p}", "wall") for role, entity in names.items()}
    load = {**roles, **needed(row), "preset": misspelt.format(row.name), "switch_phases": True}
    (error,) = result_of(**load, phases=["L1"]).errors
    assert error.path == "loads.car.preset" and "is not a preset" in error.text


def test_other_mistakes_are_reported_in_addition_to_a_misspelt_preset():
    errors = result_of(preset="goee", current="Number.goe_1_amp", max_amps=16).errors
    assert {each.path for each in errors} == {"loads.car.preset", "loads.car.current", "loads.car.max_amps"}
