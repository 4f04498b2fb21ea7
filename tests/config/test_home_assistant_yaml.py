"""The helpers that we ship for Home Assistant stand for values of CONFIG, and each of their options is understood."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from fusebox.config.config import Config
from fusebox.config.read_config import read_config
from fusebox.detect import detect

FILE = Path(__file__).parents[2] / "config_examples" / "home_assistant.yaml"
HELPERS: dict[str, Any] = yaml.safe_load(FILE.read_text(encoding="utf-8"))

CAR = {"type": "number", "current": "number.car", "mode": "input_select.car_mode", "max_a": "input_number.car_max"}
BATTERY = {
    "soc_pct": "sensor.soc",
    "charge_w": "sensor.batt",
    "allow_grid_charging": "input_boolean.grid_charging",
}
SITE = {
    "main_fuse_a": "input_number.house_fuse",
    "grid": {"L1": "sensor.l1"},
    "distribution": "input_select.distribution",
    "battery": BATTERY,
}


def checked() -> Config:
    """A site whose values are the shipped helpers."""
    result = read_config({"site": SITE, "loads": {"car": CAR}})
    assert not result.errors, result.errors
    return result.config


def shipped() -> set[str]:
    """The helpers of the file."""
    domains = ("input_select", "input_number", "input_boolean")
    return {f"{domain}.{name}" for domain in domains for name in HELPERS[domain]}


def test_every_helper_has_its_place_in_config() -> None:
    assert set(checked().live.values()) == shipped()


def test_every_place_is_named_next_to_its_helper() -> None:
    told = dict(re.findall(r'"(\w+)": "(input_\w+\.\w+)"', FILE.read_text(encoding="utf-8")))
    assert told == {path.rpartition(".")[2]: entity for path, entity in checked().live.items()}


def test_every_option_is_a_text_that_is_understood() -> None:
    for path, entity in checked().live.items():
        domain, _, name = entity.partition(".")
        for option in HELPERS[domain][name].get("options", ()) if domain == "input_select" else ():
            assert isinstance(option, str), f"{entity}: {option!r} needs quotes"
            assert checked().is_usable(path, option), f"{entity}: {option}"


def test_every_button_calls_a_service_that_is_shipped_with_fields_that_it_has() -> None:
    scripts = (FILE.parents[1] / "pyscript" / "balance_site.py").read_text(encoding="utf-8")
    shipped_services = dict(re.findall(r"^def (fusebox_\w+)\((.*?)\):", scripts, re.MULTILINE))
    presses = [each for group in HELPERS["template"] for button in group.get("button", ()) for each in button["press"]]
    assert len(presses) == 2
    for press in presses:
        fields = shipped_services[press["action"].removeprefix("pyscript.")]
        assert all(f"{name}=None" in fields and isinstance(value, str | bool) for name, value in press["data"].items())


AUTOMATION = FILE.with_name("power_mode_automation.yaml")
THERMOSTATS = FILE.with_name("smart_thermostat.yaml")


def test_every_action_of_the_automation_has_a_target() -> None:
    steps = [
        step
        for automation in yaml.safe_load(AUTOMATION.read_text(encoding="utf-8"))
        for action in automation["actions"]
        for step in action.get("then", [action])
    ]
    assert steps
    assert all(step["target"]["entity_id"] for step in steps)


def test_the_automation_falls_to_a_level_for_each_threshold_that_it_rises_above() -> None:
    rises, falls = yaml.safe_load(AUTOMATION.read_text(encoding="utf-8"))
    thresholds = rises["variables"]["thresholds"]
    assert [(int(each["id"]), each["below"]) for each in falls["triggers"]] == list(enumerate(thresholds))


def test_thermostats_switch_helpers_and_no_relays() -> None:
    thermostats = yaml.safe_load(THERMOSTATS.read_text(encoding="utf-8"))
    assert all(each["heater"].startswith("input_boolean.") for each in thermostats)
    assert len({each["unique_id"] for each in thermostats}) == len(thermostats)


def test_no_sensor_is_taken_for_a_meter() -> None:
    """They repeat values of Fusebox: as meters they would be circular."""
    sensors = next(part["sensor"] for part in HELPERS["template"] if "sensor" in part)
    shown = [
        {
            "entity_id": f"sensor.{sensor['name'].lower().replace(' ', '_')}",
            "state": "5.2",
            "attributes": {key: sensor[key] for key in ("unit_of_measurement", "device_class") if key in sensor},
        }
        for sensor in sensors
    ]
    assert len(shown) >= 10
    assert detect(shown).config == detect([]).config
    assert detect([{**each, "entity_id": each["entity_id"].replace("fusebox_", "")} for each in shown]) != detect([])


def test_a_person_is_called_whenever_the_site_is_not_as_it_should_be() -> None:
    needs_a_look = next(each for each in HELPERS["automation"] if each["id"] == "fusebox_needs_a_look")
    assert needs_a_look["triggers"][0]["to"] == ["over", "blind", "fault", "config_error"]
