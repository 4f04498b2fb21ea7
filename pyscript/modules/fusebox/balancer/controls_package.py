"""Controls for CONFIG's loads without MQTT: selects, numbers and buttons as a YAML package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ..config.read_config import Plan
from ..model.own_entities import SITE_ENTITY, load_entity
from .mqtt_discovery import SITE_NAME, SITE_ROWS, Row, load_rows

HEAD = """\
# Written by pyscript.fusebox_setup: a control for what can be set of each load of your site_config.py. Write once in
# configuration.yaml, and restart:
#   homeassistant:      (where it is there already, only the next line below it)
#     packages: !include_dir_named packages
# Where CONFIG has "mqtt": True this file is not needed: the same controls are on the devices then.
"""

NO_CONTROLS = """\
# Written by pyscript.fusebox_setup: the controls are on the devices over MQTT, so there are none here. Restart.
template: []
"""
"""Replaces a package that was written before CONFIG used MQTT."""

SERVICES: Mapping[str, tuple[str, Mapping[str, object]]] = {
    "mode": ("fusebox_set_mode", {"mode": "{{ option }}"}),
    "max_a": ("fusebox_set_max_current", {"current_a": "{{ value }}"}),
    "phases": ("fusebox_switch_phases", {"phases": "{{ option }}"}),
    "boost": ("fusebox_boost", {}),
    "plan": ("fusebox_clear_plan", {}),
    "reset": ("fusebox_reset_charger", {}),
    "distribution": ("fusebox_set_distribution", {"distribution": "{{ option }}"}),
}
"""Setting -> the service that changes it, and the service's data except the load."""

COMPONENTS = ("select", "number", "button")


def package_text(plan: Plan) -> str:
    """Return the whole YAML file for the loads of a plan."""
    site = plan.site({})
    rows = [(SITE_NAME, row) for row in SITE_ROWS]
    rows += [(load.name, row) for load in site.loads for row in load_rows(plan, site, load, frozenset())]
    lines = [HEAD, "template:\n"]
    for component in COMPONENTS:
        found = [_entity(name, row) for name, row in rows if row.sets and row.component == component]
        lines += [f"  - {component}:\n", *found] if found else []
    return "".join(lines)


def _entity(name: str, row: Row) -> str:
    return "".join(f"      {'- ' if place == 0 else '  '}{line}\n" for place, line in enumerate(_lines(name, row)))


def _lines(name: str, row: Row) -> Iterator[str]:
    service, told = SERVICES[row.sets]
    data = told if name == SITE_NAME else {"load": name, **told}
    if row.sets == "boost":
        data = {**data, "state": row.more["payload_press"] == "ON"}
    yield f"name: Fusebox {name} {row.name.lower()}"
    yield f"unique_id: fusebox_{name}_{row.key}"
    if row.component != "button":
        entity = SITE_ENTITY if name == SITE_NAME else load_entity(name)
        attribute, counted = ("phases_used", " | count") if row.key == "phases" else (row.key, "")
        shown = f"state_attr('{entity}', '{attribute}')"
        yield f'state: "{{{{ {shown}{counted} }}}}"'
        # The options come from the entity, because a load that has become another type has other modes. While a load is
        # boosted its mode is `boost`, which cannot be chosen.
        modes = f"((state_attr('{entity}', 'modes') or []) + [{shown}]) | unique | list"
        options = modes if row.key == "mode" else str(row.more.get("options"))
        yield f'availability: "{{{{ {shown} is not none }}}}"'
    if row.component == "select":
        yield f'options: "{{{{ {options} }}}}"'
    if row.component == "number":
        yield from (f"{key}: {row.more[key]}" for key in ("min", "step"))
        yield f"max: \"{{{{ state_attr('{load_entity(name)}', 'highest_a') | default({row.more['max']}, true) }}}}\""
        yield f"unit_of_measurement: {row.more['unit_of_measurement']}"
    yield {"select": "select_option:", "number": "set_value:", "button": "press:"}[row.component]
    yield f"  - action: pyscript.{service}"
    yield f"    data: {json.dumps(data)}"
