"""The MQTT entities of the site and each load, in Home Assistant's discovery format.

One retained message per entity, with its device in it: Home Assistant accepts one message for a whole device since
2024.11 only.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ..config.config import Config
from ..config.read_config import allowed_modes
from ..devices import DRIVERS
from ..model.load import Load
from ..model.own_entities import AMPS, ENERGY, KWH, POWER, SITE_NAME, WATTS
from ..model.records import remember_results
from ..model.site import Site
from ..model.vehicle import GUEST
from ..runtime.version import VERSION
from .boosts import has_boost_rule
from .controls import EntityRow, setting_rows
from .plan_services import CLEARS
from .plans.modes import can_be_planned
from .stops import can_stop
from .vehicles.effect import may_know_soc
from .vehicles.naming import AUTOMATIC

ALIVE_TOPIC = "fusebox/alive"
"""Whether Fusebox decides and listens: `online` or `offline`.

`mqtt.publish` cannot set a last will. So this is not retained: after a restart the entities are unavailable until the
scripts run.
"""
COMMANDS = "fusebox/+/+/set"
"""The topics that controls write to: load or `site`, then the setting."""

DIAGNOSTIC: Mapping[str, object] = {"entity_category": "diagnostic"}


STATUS = EntityRow("sensor", "status", "Status", {"icon": "mdi:information-outline"})
REASON = EntityRow("sensor", "reason", "Reason", {"icon": "mdi:comment-text-outline"})
REFUSED = EntityRow("sensor", "refused", "Last refusal", {"icon": "mdi:comment-alert-outline", **DIAGNOSTIC})
BOOST = (
    EntityRow("binary_sensor", "boosted", "Boosted", {"icon": "mdi:lightning-bolt"}),
    EntityRow("button", "boost", "Boost", {"payload_press": "ON", "icon": "mdi:lightning-bolt"}, "boost"),
    # Not `end_boost`: a load `car_end` has a boost too, and no two unique ids may be the same.
    EntityRow(
        "button", "boost_end", "Boost off", {"payload_press": "OFF", "icon": "mdi:lightning-bolt-outline"}, "boost"
    ),
)
PLAN = (
    EntityRow("sensor", "plan_state", "Plan state", {"icon": "mdi:calendar-clock"}),
    EntityRow("text", "plan", "Plan", {"icon": "mdi:calendar-edit"}, "plan"),
    EntityRow("button", "plan_clear", "Clear plan", {"payload_press": CLEARS, "icon": "mdi:calendar-remove"}, "plan"),
)


def _number(key: str, name: str, low: float, high: float, step: float, **look: object) -> EntityRow:
    """Return the control of a number that is no value of CONFIG, with its range."""
    return EntityRow("number", key, name, {"min": low, "max": high, "step": step, **look}, key)


# The range is that of the field of `fusebox_set_plan`: currencies differ by a thousand.
MAX_PRICE = _number("max_price", "Charge below", -10, 1000, 0.001, mode="box", icon="mdi:cash-lock")
STOPS = {
    "stop_soc_pct": _number(
        "stop_soc_pct", "Stop at", 0, 100, 1, mode="slider", unit_of_measurement="%", icon="mdi:battery-charging"
    ),
    "stop_energy_kwh": _number(
        "stop_energy_kwh", "Stop after", 0, 200, 0.5, mode="box", unit_of_measurement="kWh", icon="mdi:ev-station"
    ),
}
"""Limit of a session -> its control; 0 stands for CONFIG's limit, or for none."""
RESET = EntityRow("button", "reset", "Reset", {"payload_press": "ON", "icon": "mdi:restart", **DIAGNOSTIC}, "reset")
METERED = {POWER: EntityRow("sensor", POWER, "Power", WATTS), ENERGY: EntityRow("sensor", ENERGY, "Energy", KWH)}
"""Quantities that only some loads have, each in its own plain entity: `sensor.fusebox_<load>_power` and `_energy`."""


def state_topic(name: str) -> str:
    """Return the topic of a load's or the site's values."""
    return f"fusebox/{name}/state"


@remember_results
def discovery_messages(
    config: Config, site: Site, metered: Mapping[str, frozenset[str]], device_max_a: Mapping[str, float]
) -> dict[str, str]:
    """Return topic -> message for every entity of the site and its loads; empty without MQTT in CONFIG.

    `metered`: load -> which of `METERED` it has; `device_max_a`: load -> the device's own maximum [A], where it has
    one.
    """
    prefix = site.discovery_prefix
    found = {} if prefix is None else dict(_device_messages(prefix, SITE_NAME, "Site", site_rows(config, site)))
    for load in site.loads if prefix is not None else ():
        rows = load_rows(config, site, load, metered.get(load.name, frozenset()), device_max_a.get(load.name))
        found.update(_device_messages(str(prefix), load.name, load.type, rows))
    return found


@remember_results
def control_values(config: Config, site: Site, device_max_a: Mapping[str, float]) -> dict[str, dict[str, object]]:
    """Return load, or `SITE_NAME` -> key -> what the control of that setting displays."""
    found = {SITE_NAME: setting_rows(config, site)}
    found |= {load.name: setting_rows(config, site, load, device_max_a.get(load.name)) for load in site.loads}
    return {name: {row.key: row.value for row in rows} for name, rows in found.items()}


def site_rows(config: Config, site: Site) -> Iterator[EntityRow]:
    """Yield the entities of the site: status, reason, its settings where CONFIG allows controls, the last refusal."""
    yield from (STATUS, REASON)
    if site.controls:
        yield from setting_rows(config, site)
    yield REFUSED


def load_rows(
    config: Config, site: Site, load: Load, metered: frozenset[str], device_max_a: float | None = None
) -> Iterator[EntityRow]:
    """Yield the entities of a load: its values, settings, and the controls that its type and CONFIG allow.

    `metered`: which of `METERED` it has. `device_max_a`: its device's own maximum [A], None for none.
    """
    yield EntityRow("sensor", "allocated", "Allocated", AMPS if load.rated_w is None else WATTS)
    yield EntityRow("sensor", "drawn", "Drawn", AMPS)
    yield from (row for key, row in METERED.items() if key in metered)
    yield from (STATUS, REASON)
    modes = allowed_modes(load.type)
    if len(modes) > 1:
        yield EntityRow("select", "mode", "Mode", {"options": list(modes), "icon": "mdi:tune"}, "mode")
    yield from setting_rows(config, site, load, device_max_a)
    if load.switching is not None:
        numbers = ["1", str(len(load.switching.phases))]
        yield EntityRow("select", "phases", "Phases", {"options": numbers, "icon": "mdi:sine-wave"}, "phases")
    if has_boost_rule(load):
        yield from BOOST
    if can_be_planned(load):
        yield from PLAN
        if config.sections["prices"] is not None:
            yield replace(MAX_PRICE, more={**MAX_PRICE.more, "unit_of_measurement": f"{site.currency}/kWh"})
    if can_stop(load):
        yield from (row for key, row in STOPS.items() if key != "stop_soc_pct" or may_know_soc(site, load))
    if load.vehicles:
        options = {"options": [*load.vehicles, GUEST, AUTOMATIC], "icon": "mdi:car"}
        yield EntityRow("select", "vehicle", "Vehicle", options, "vehicle")
    session = DRIVERS[load.type].session
    if session is not None and session.reset is not None:
        yield RESET
    yield REFUSED


def _device_messages(prefix: str, name: str, model: str, rows: Iterator[EntityRow]) -> Iterator[tuple[str, str]]:
    """Yield topic and message of each entity of one device."""
    # Not "Fusebox car": its sensors would be named like the plain ones, and one would hide another.
    device = {
        "identifiers": [f"fusebox_{name}"],
        "name": f"{name} (Fusebox)",
        "manufacturer": "Fusebox",
        "model": model,
        "sw_version": VERSION,
    }
    for row in rows:
        message: dict[str, object] = {
            "name": row.name,
            "unique_id": f"fusebox_{name}_{row.key}",
            "device": device,
            "origin": {"name": "Fusebox", "sw_version": VERSION},
            "availability_topic": ALIVE_TOPIC,
            **row.more,
        }
        if row.component != "button":
            message |= {"state_topic": state_topic(name), "value_template": f"{{{{ value_json.{row.key} }}}}"}
        if row.sets:
            message["command_topic"] = COMMANDS.replace("+", name, 1).replace("+", row.sets, 1)
        yield f"{prefix}/{row.component}/fusebox_{name}/{row.key}/config", json.dumps(message)
