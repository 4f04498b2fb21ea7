"""The package of controls: YAML that names what there is, and calls services that take what it gives."""

from __future__ import annotations

import re
from typing import Any

import yaml

from fusebox.balancer.controls_package import package_text
from fusebox.balancer.mqtt_discovery import discovery_messages
from fusebox.balancer.setup import _write_controls
from fusebox.config.read_config import read_config
from fusebox.detect import detect
from fusebox.runtime.leftovers import has_controls

from ..scripts.houses import config
from ..shape.sources import SCRIPTS
from .test_mqtt_devices import EVERY_TYPE, PHASES

PRICES = {"fixed": 0.3}
CHECKED = read_config({**config(loads=EVERY_TYPE, mqtt=True, phases=PHASES), "prices": PRICES}).config
MADE: list[dict[str, list[dict[str, Any]]]] = yaml.safe_load(package_text(CHECKED))["template"]


def entities() -> dict[str, dict[str, Any]]:
    """Unique id -> what is written of it."""
    return {each["unique_id"]: each for part in MADE for some in part.values() for each in some}


def test_it_has_the_controls_that_devices_over_mqtt_have():
    topics = discovery_messages(CHECKED, CHECKED.site({}), {}, {})
    controls = {
        f"{topic.split('/')[2]}_{topic.split('/')[3]}"
        for topic in topics
        if '"command_topic"' in topics[topic] and topic.split("/")[1] != "text"  # templates know no such entity
    }
    assert set(entities()) == controls


def calls_of(told: dict[str, Any]) -> list[dict[str, Any]]:
    """The one call of each action of a control."""
    actions = ("select_option", "set_value", "press", "turn_on", "turn_off")
    return [call for action in actions for call in told.get(action, ())]


def test_each_calls_a_service_that_there_is_with_fields_that_it_has():
    scripts = (SCRIPTS / "balance_site.py").read_text(encoding="utf-8")
    seen = set()
    for told in entities().values():
        for call in calls_of(told):
            service = call["action"].removeprefix("pyscript.")
            (form,) = re.findall(rf'def {service}\(.*?"""yaml\n(.*?)"""', scripts, re.DOTALL)
            fields = set(yaml.safe_load(form).get("fields", {}))
            needs_all = service not in ("fusebox_set", "fusebox_set_plan", "fusebox_set_limit")
            assert set(call["data"]) == fields if needs_all else set(call["data"]) <= fields, service
            seen.add(service)
    assert len(seen) == 8


def test_a_mode_stays_known_when_its_load_becomes_another_type_or_is_boosted():
    """Options come from the entity, which has its type's own: what was written for a car fits a tank."""
    told, entity = entities()["fusebox_car_mode"], "'sensor.fusebox_car'"
    modes = f"(state_attr({entity}, 'modes') or []) + [state_attr({entity}, 'mode')]"
    assert told["options"] == f"{{{{ ({modes}) | unique | list }}}}"
    assert told["availability"] == f"{{{{ state_attr({entity}, 'mode') is not none }}}}"


def test_a_price_limit_can_be_set_where_no_plan_has_one():
    told, entity = entities()["fusebox_car_max_price"], "'sensor.fusebox_car'"
    assert (
        told["state"] == f"{{{{ (state_attr({entity}, 'plan_asked') or {{}}).get('max_price') | default(0, true) }}}}"
    )
    assert told["availability"] == f"{{{{ state_attr({entity}, 'mode') is not none }}}}"
    assert (told["min"], told["max"], told["unit_of_measurement"]) == (-10, 1000, "EUR/kWh")


def test_a_boost_begins_with_one_button_and_ends_with_another():
    found = entities()
    states = [found[f"fusebox_car_{key}"]["press"][0]["data"]["state"] for key in ("boost", "boost_end")]
    assert states == [True, False]


def test_set_up_takes_none_of_it_for_a_device():
    named = [told for told in entities().values() if told.get("unit_of_measurement") == "A"]
    ids = {f"number.{told['name'].lower().replace(' ', '_')}": told for told in named}
    shown = {entity: {"state": "16", "attributes": {"unit_of_measurement": "A"}} for entity in ids}
    assert shown and detect(shown).config["loads"] == {}


def test_set_up_writes_it_where_the_loads_are_no_devices_over_mqtt(tmp_path):
    modules = tmp_path / "pyscript" / "modules"
    plain = read_config({**config(loads=EVERY_TYPE, phases=PHASES), "prices": PRICES}).config
    assert _write_controls(modules, CHECKED) is None and list(tmp_path.iterdir()) == []
    assert _write_controls(modules, plain) == "packages/fusebox.yaml"
    file = tmp_path / "packages" / "fusebox.yaml"
    assert file.read_text(encoding="utf-8").endswith(package_text(plain))
    # With MQTT the controls are on its devices: what was written before is emptied, so that none is there twice.
    assert _write_controls(modules, CHECKED) == "packages/fusebox.yaml"
    assert yaml.safe_load(file.read_text(encoding="utf-8")) == {"template": []} and not has_controls(tmp_path)
    assert _write_controls(modules, plain) == "packages/fusebox.yaml" and has_controls(tmp_path)
    file.write_text(file.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    assert _write_controls(modules, plain) == "packages/fusebox.yaml was changed by hand and left as it is"
