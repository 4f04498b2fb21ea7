"""Controls for CONFIG's loads without MQTT: selects, numbers and buttons as a YAML package."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from ..config.config import Config
from ..model.own_entities import SITE_ENTITY, SITE_NAME, load_entity
from .controls import EntityRow
from .mqtt_discovery import STOPS, load_rows, site_rows
from .mqtt_messages import SERVICES

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

ACTIONS: Mapping[str, Mapping[str, object]] = {
    "select": {"select_option": "{{ option }}"},
    "number": {"set_value": "{{ value }}"},
    "button": {"press": ""},
    "switch": {"turn_on": True, "turn_off": False},
}
"""Component -> each of its actions, with the value that it sets."""


def package_text(config: Config) -> str:
    """Return the whole YAML file for the loads of a CONFIG."""
    site = config.site({})
    rows = [(SITE_NAME, row) for row in site_rows(config, site)]
    rows += [(load.name, row) for load in site.loads for row in load_rows(config, site, load, frozenset())]
    lines = [HEAD, "template:\n"]
    for component in ACTIONS:
        found = [_template_entity_yaml(name, row) for name, row in rows if row.sets and row.component == component]
        lines += [f"  - {component}:\n", *found] if found else []
    return "".join(lines)


def _template_entity_yaml(name: str, row: EntityRow) -> str:
    """Return the YAML of one template entity as an item of a list, indented by six."""
    first, *others = _entity_lines(name, row)
    return "".join([f"      - {first}\n", *(f"        {line}\n" for line in others)])


def _entity_lines(name: str, row: EntityRow) -> Iterator[str]:
    """Yield the lines of one template entity: its state, options or range, and actions; a button has actions only."""
    yield f"name: Fusebox {name} {row.name.lower()}"
    yield f"unique_id: fusebox_{name}_{row.key}"
    entity = SITE_ENTITY if name == SITE_NAME else load_entity(name)
    if row.component != "button":
        attribute, counted = ("phases_used", " | count") if row.key == "phases" else (row.key, "")
        shown = f"state_attr('{entity}', '{attribute}')"
        if row.key == "max_price":
            shown = f"(state_attr('{entity}', 'plan_asked') or {{}}).get('max_price')"
        # An import that has no limit is displayed as the most that the fuses carry, other limits that are none as 0.
        none = {"max_import_w": row.more.get("max"), "max_price": 0, **dict.fromkeys(STOPS, 0)}.get(row.key)
        end = "" if none is None else f" | default({none}, true)"
        yield f'state: "{{{{ {shown}{counted}{end} }}}}"'
        there = f"state_attr('{entity}', '{'version' if name == SITE_NAME else 'mode'}')" if end else shown
        yield f'availability: "{{{{ {there} is not none }}}}"'
    if row.component == "select":
        # The options come from the entity, because a load that has become another type has other modes. While a load is
        # boosted its mode is `boost`, which cannot be chosen.
        modes = f"((state_attr('{entity}', 'modes') or []) + [{shown}]) | unique | list"
        yield f'options: "{{{{ {modes if row.key == "mode" else row.more["options"]} }}}}"'
    if row.component == "number":
        yield from (f"{key}: {row.more[key]}" for key in ("min", "step"))
        most = row.more["max"]
        live = f"\"{{{{ state_attr('{entity}', 'highest_a') | default({most}, true) }}}}\""
        yield f"max: {live if row.more['unit_of_measurement'] == 'A' else most}"
        yield f'unit_of_measurement: "{row.more["unit_of_measurement"]}"'
    for action, value in ACTIONS[row.component].items():
        service, data = _service_call(name, row, value)
        yield from (f"{action}:", f"  - action: pyscript.{service}", f"    data: {json.dumps(data)}")


def _service_call(name: str, row: EntityRow, value: object) -> tuple[str, Mapping[str, object]]:
    """Return the service that a control calls, and its data with `value`; `fusebox_set` if it has no own one.

    A plan can only be cleared, as there is no template entity for a text.
    """
    load = {} if name == SITE_NAME else {"load": name}
    if row.sets not in SERVICES:
        return "fusebox_set", {**load, row.key: value}
    if row.sets == "plan":
        return "fusebox_clear_plan", load
    service, field = SERVICES[row.sets]
    if row.sets == "boost":
        value = row.more["payload_press"] == "ON"
    return f"fusebox_{service.__name__}", load if field is None else {**load, field: value}
