"""An entity that cannot do what it is named for is a mistake with its path and with what fits there."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from fusebox.config.domains import READ_ONLY, fit_problem
from fusebox.config.entities import entity
from fusebox.config.presets import PRESETS, PauseBy
from fusebox.config.read_config import ConfigResult, read_config
from fusebox.config.sections import CONFIG
from fusebox.config.tree import EntityLeaf, Problem, is_entity, leaves

from ..cases import for_each
from .full import SECRETS, changed, full

MORE: dict[str, Any] = {
    "site.solar_w": "sensor.sun",
    "site.inverter.output": {"L1": "sensor.inverter_l1"},
    "site.circuits.garage.grid": {"L1": "sensor.garage_l1"},
    "site.dry_run": "input_boolean.only_look",
    "site.margin_a": "input_number.margin",
    "site.distribution": "input_select.distribution",
    "loads.car.draw": {"L1": "sensor.car_l1"},
    "loads.car.offered": "sensor.car_offered",
    "loads.car.status": "sensor.car_status",
    "loads.car.reset": "button.car_reset",
    "loads.car.current": "number.car_current",
    "loads.car.switch": "switch.car",
    "loads.car.mode": "input_select.car_mode",
    "loads.tank.power": "sensor.tank_power",
    "loads.tank.thermostat": "input_boolean.thermostat",
    "loads.heatpump.power": "sensor.heatpump_power",
    "tariff.dim": "binary_sensor.dim",
    "radiators.radiators[0].temperature": "climate.living",
    "radiators.radiators[0].setpoint": "climate.living",
    "radiators.radiators[0].power": "sensor.living_power",
    "power_saving.extra_meters": [{"entity": "sensor.oven", "attribute": None, "divisor": 1}],
}
"""What the complete CONFIG leaves out that may be an entity."""

OURS = ("radiators.status", "power_saving.status")
"""Entities that Fusebox makes: whatever they are called."""


def whole() -> dict[str, Any]:
    config = full()
    for path, value in copy.deepcopy(MORE).items():
        changed(config, path, value)
    return config


def entities(config: dict[str, Any]) -> list[str]:
    """The path of each entity, as CONFIG writes it."""
    return [path for path, leaf in leaves(config) if isinstance(leaf, str) and is_entity(leaf)]


def odd(result: ConfigResult) -> list[Problem]:
    """The warnings, but that of too many minimums, which is about no entity."""
    return [warning for warning in result.warnings if "some will have to pause" not in warning.text]


PLACES = [path for path in entities(whole()) if path not in OURS]


def test_the_config_with_all_its_entities_has_nothing_to_warn_of() -> None:
    result = read_config(whole(), SECRETS)
    assert (result.errors, odd(result)) == ((), [])
    assert len(PLACES) > 45


@for_each("path", PLACES)
def test_no_place_takes_an_entity_of_another_kind(path: str) -> None:
    result = read_config(changed(whole(), path, "scene.romantic"), SECRETS)
    assert result.errors
    (error,) = result.errors
    assert error.path == path.removesuffix(".entity").removesuffix(".import").removesuffix(".export") or path in str(
        error
    )
    assert "'scene.romantic'" in error.text and "; write one of " in error.text


CANNOT = [
    ("loads.wall.current", "switch.x", "'switch.x' cannot be set to a number; write one of input_number, number"),
    ("loads.wall.current", "input_select.x", "cannot be set to a number"),
    ("loads.wall.switch", "number.x", "'number.x' cannot be switched on and off; write one of fan, "),
    ("loads.wall.switch", "climate.x", "cannot be switched on and off; write one of fan, humidifier, input_boolean"),
    ("loads.wall.switch", "water_heater.x", "cannot be switched on and off"),
    ("loads.pool.switch", "climate.x", "'climate.x' cannot be switched on and off"),
    ("loads.pool.switch", "water_heater.x", "cannot be switched on and off"),
    ("loads.heatpump.relay_1", "climate.x", "cannot be switched on and off"),
    ("loads.wall.switch", "button.x", "cannot be switched on and off"),
    ("loads.wall.switch", "select.x", "cannot be switched on and off"),
    ("loads.wall.draw", "switch.x", "'switch.x' shows no number; write one of counter, input_number, number, "),
    ("loads.wall.draw", {"L1": "binary_sensor.x"}, "shows no number"),
    ("loads.wall.status", "number.x", "'number.x' shows no status; write one of binary_sensor, select, sensor"),
    ("loads.car.current", "switch.x", "cannot be set to a number"),
    ("loads.car.reset", "switch.x", "'switch.x' cannot be pressed; write one of button, input_button, script"),
    ("loads.pool.switch", "number.x", "cannot be switched on and off"),
    ("loads.pool.switch", "valve.x", "cannot be switched on and off"),
    ("loads.pool.switch", "group.x", "cannot be switched on and off"),
    ("loads.pool.power", "switch.x", "shows no number"),
    ("loads.tank.temperature", "binary_sensor.x", "'binary_sensor.x' shows no temperature"),
    ("loads.tank.switch", "number.x", "cannot be switched on and off"),
    ("loads.heatpump.relay_2", "number.x", "cannot be switched on and off"),
    ("loads.car.max_a", "input_boolean.x", "shows no number"),
    (
        "loads.car.mode",
        "switch.x",
        "'switch.x' shows no such word; write one of input_select, input_text, select, sensor",
    ),
    ("site.distribution", "input_number.x", "shows no such word"),
    (
        "site.dry_run",
        "climate.x",
        "'climate.x' is neither on nor off; write one of binary_sensor, input_boolean, switch",
    ),
    ("site.grid.L1", "light.x", "'light.x' shows no number"),
    ("site.grid.L2", {"import": "sensor.a", "export": "switch.x"}, "'switch.x' shows no number"),
    ("site.battery.soc_pct", "climate.x", "shows no number"),
    ("tariff.demand_kw", "binary_sensor.x", "shows no number"),
    ("tariff.dim", "button.x", "is neither on nor off"),
    ("radiators.power_saving", "input_boolean.x", "shows no number"),
    ("radiators.away", "zone.x", "is neither on nor off"),
    ("radiators.radiators[0].actual", "number.x", "cannot be switched on and off"),
    ("radiators.radiators[1].virtual", "button.x", "is neither on nor off; write one of binary_sensor, climate, "),
    ("power_saving.target", "switch.x", "cannot be set to a number"),
    ("power_saving.meter", "switch.x", "shows no number"),
]


@pytest.mark.parametrize(("path", "value", "words"), CANNOT)
def test_an_unsuitable_entity_is_reported_with_its_path_and_what_fits(path: str, value: object, words: str) -> None:
    result = read_config(changed(whole(), path, value), SECRETS)
    assert result.errors
    (error,) = result.errors
    assert error.path.startswith(path) and words in error.text


FITS = [
    ("loads.wall.current", "input_number.x"),
    ("loads.wall.switch", "input_boolean.x"),
    ("loads.wall.switch", "light.relay"),
    ("loads.wall.draw", "input_number.x"),
    ("loads.wall.draw", "pyscript.x"),
    ("loads.wall.status", "binary_sensor.plugged"),
    ("loads.pool.switch", "fan.x"),
    ("loads.tank.switch", "water_heater.x"),
    ("loads.tank.switch", "climate.x"),
    ("loads.tank.temperature", "climate.x"),
    ("loads.car.reset", "script.reset"),
    ("loads.car.max_a", "sensor.x"),
    ("loads.car.mode", "sensor.x"),
    ("site.dry_run", "switch.x"),
    ("site.grid.L1", "number.x"),
    ("radiators.radiators[0].virtual", "climate.x"),
    ("radiators.radiators[0].actual", "climate.x"),
    ("radiators.away", "binary_sensor.x"),
    ("power_saving.target", "number.x"),
    ("power_saving.meter", {"entity": "switch.plug", "attribute": "current_a"}),
    ("power_saving.status", "sensor.level"),
]


@pytest.mark.parametrize(("path", "value"), FITS)
def test_what_fits_is_taken_without_a_word(path: str, value: object) -> None:
    result = read_config(changed(whole(), path, value), SECRETS)
    assert (result.errors, odd(result)) == ((), [])


@pytest.mark.parametrize(
    ("path", "entity"), [("loads.pool.switch", "fan.x"), ("loads.car.reset", "script.x"), ("loads.wall.draw", "var.x")]
)
def test_an_entity_of_any_domain_is_missed_when_it_is_not_there(path: str, entity: str) -> None:
    checked = read_config(changed(whole(), path, entity), SECRETS).config
    assert checked.named[path] == entity


ON_OFF, VALUE, OPTION, PRESS = {"turn_on", "turn_off"}, {"set_value"}, {"select_option"}, {"press"}
SERVICES: dict[str, set[str]] = {
    **dict.fromkeys(("switch", "input_boolean", "light", "fan", "humidifier", "siren"), ON_OFF),
    **dict.fromkeys(("automation", "media_player", "remote", "script"), ON_OFF),
    "climate": ON_OFF | {"set_hvac_mode", "set_temperature"},
    "water_heater": ON_OFF | {"set_operation_mode", "set_temperature"},
    **dict.fromkeys(("number", "input_number", "counter", "text", "input_text"), VALUE),
    **dict.fromkeys(("select", "input_select"), OPTION),
    **dict.fromkeys(("button", "input_button"), PRESS),
}
"""Domain -> the services of Home Assistant that Fusebox may call there."""
STATES = {
    "automation",
    "fan",
    "humidifier",
    "input_boolean",
    "light",
    "media_player",
    "remote",
    "script",
    "siren",
    "switch",
}
"""Domains whose state is `on` or `off`, or at least one of both."""
COMMANDED: dict[str, set[str]] = {
    "loads.wall.switch": ON_OFF,
    "loads.wall.current": VALUE,
    "loads.car.switch": ON_OFF,
    "loads.car.current": VALUE,
    "loads.pool.switch": ON_OFF,
    "loads.tank.switch": ON_OFF,
    "loads.heatpump.relay_1": ON_OFF,
    "loads.heatpump.relay_2": ON_OFF,
    "radiators.radiators[0].actual": ON_OFF,
    "power_saving.target": VALUE,
    "site.battery.hold.switch": ON_OFF,
    "site.battery.hold.select": OPTION,
    "site.battery.hold.number": VALUE,
    "site.battery.charge_from_grid.power_w": VALUE,
    "loads.wall.phase_switch.switch": ON_OFF,
    "loads.wall.phase_switch.select": OPTION,
    "loads.wall.phase_switch.number": VALUE,
}
"""Each key that names an entity we command, and the services that are called there."""
CONTROL_DOMAINS = sorted(
    {*SERVICES, "sensor", "binary_sensor", "cover", "valve", "lock", "scene", "group", "timer", "vacuum"}
)


def commanding(path: str, entity: str) -> dict[str, Any]:
    """The complete CONFIG with this entity as the only one of its order or phase switch."""
    place, _, key = path.rpartition(".")
    config = whole()
    if ".battery." in path:
        charges = {"select": "select.mode", "charge": "charge", "normal": "auto"} if key == "power_w" else {}
        words = {} if key in ("switch", "power_w") else {"hold": 0, "normal": 5000}
        return changed(config, place, {key: entity, **charges, **words})
    if ".phase_switch." in path:
        changed(config, "loads.wall.phases", ["L1", "L2", "L3"])
        changed(config, "loads.wall.switch_phases", True)
        words = {"switch": ("on", "off"), "select": ("1", "3"), "number": (1, 3)}[key]
        words = dict(zip(("one", "three"), words, strict=True))
        return changed(config, place, {key: entity, **words})
    return changed(config, path, entity)


def around(path: str, config: dict[str, Any]) -> dict[str, Any]:
    """The parts of a CONFIG that a key depends on: reading these takes a third of the time."""
    section, name = path.replace("[", ".").split(".")[:2]
    needed = {"site": config["site"], "vehicles": config["vehicles"], section: config[section]}
    return needed | ({"loads": {name: config["loads"][name]}} if section == "loads" else {})


@pytest.mark.parametrize("path", COMMANDED)
def test_a_commanded_entity_has_the_services_that_are_called(path: str) -> None:
    tried = {domain: around(path, commanding(path, f"{domain}.anything")) for domain in CONTROL_DOMAINS}
    taken = {domain for domain, config in tried.items() if not read_config(config, SECRETS).errors}
    assert taken and all(SERVICES.get(domain, set()) >= COMMANDED[path] for domain in taken)
    heats = path in ("loads.tank.switch", "radiators.radiators[0].actual")
    assert COMMANDED[path] is not ON_OFF or taken <= STATES | ({"climate", "water_heater"} if heats else set())


@pytest.mark.parametrize("preset", [row.name for row in PRESETS.values() if row.pause.by is PauseBy.BUTTONS])
def test_a_preset_with_a_pair_of_buttons_takes_only_what_can_be_pressed(preset: str) -> None:
    current = PRESETS[preset].names[0]["current"].replace("{p}", "wall")
    for domain in CONTROL_DOMAINS:
        load = {"preset": preset, "current": current, "charger": "EH123456", "switch": f"{domain}.anything"}
        load = {key: each for key, each in load.items() if key != "charger" or PRESETS[preset].needs_charger}
        taken = not read_config(changed(whole(), "loads.wall", load), SECRETS).errors
        assert taken is (domain in ("button", "input_button")), domain


ODD = [
    ("loads.wall.current", "input_text.x"),
    ("loads.pool.switch", "script.x"),
    ("loads.pool.power", "var.x"),
    ("loads.car.max_a", "input_select.x"),
    ("site.dry_run", "schedule.x"),
]


@pytest.mark.parametrize(("path", "value"), ODD)
def test_what_may_do_it_all_the_same_is_only_warned_about(path: str, value: object) -> None:
    result = read_config(changed(whole(), path, value), SECRETS)
    assert not result.errors, result.errors
    (warning,) = odd(result)
    assert warning.path.startswith(path) and "is unusual here; expected one of" in warning.text


def test_what_a_preset_names_itself_fits_in_its_place() -> None:
    goe = {"type": "number", "preset": "goe", "current": "number.goe_123_amp", "phases": ["L1"]}
    assert read_config(changed(whole(), "loads.wall", goe), SECRETS).errors == ()
    keba = {"type": "number", "preset": "keba", "current": "sensor.keba_max_current", "phases": ["L1"]}
    assert read_config(changed(whole(), "loads.wall", keba), SECRETS).errors == ()
    assert read_config(changed(whole(), "loads.wall", {**keba, "current": "switch.x"}), SECRETS).errors


def test_a_secret_entity_of_another_kind_is_refused_without_being_shown() -> None:
    result = read_config(changed(whole(), "loads.wall.current", "!secret box"), {**SECRETS, "box": "switch.hidden"})
    (error,) = result.errors
    assert error.path == "loads.wall.current" and "hidden" not in repr(result)


def test_a_key_whose_example_has_no_usual_use_says_what_it_needs() -> None:
    with pytest.raises(LookupError, match=r"entities like 'fan\.pool': give the key a Use"):
        entity("fan.pool")


def test_no_commanded_entity_may_be_one_that_can_only_be_read() -> None:
    tree = CONFIG(whole())
    commanded = {leaf.use for _, leaf in leaves(tree) if isinstance(leaf, EntityLeaf) and leaf.is_commanded}
    assert len(commanded) > 3
    problems = [fit_problem(f"{domain}.x", use) for use in commanded for domain in READ_ONLY]
    assert all(problem is not None and problem[1] for problem in problems)
