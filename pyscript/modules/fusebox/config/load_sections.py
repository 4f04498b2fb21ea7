"""Parts of a load: how it switches between one phase and three, and the Modbus guard of a Quasar.

The guard's keys have V2G-Liberty's names and ranges.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from typing import Any

from ..model.electrics import Phase
from ..model.load import QUASAR_LEAST_W, QUASAR_MOST_W, PhaseEntity, PhaseSwitching
from ..model.messages.message import Message, message
from ..model.numbers import is_number
from ..model.web_address import is_this_machine
from .entities import commanded_entity, source
from .fields import Field, list_of, optional, section
from .presets import REST_S
from .texts import host, listen_host, network
from .tree import Mistake, has_mistake, invalid, mistake
from .values import number, yes_no

WAYS = ("select", "switch", "number")
"""Kinds of entities that can switch phases, which are also their domains."""


def _make_phase_entity(one: Any, three: Any, **ways: Any) -> PhaseEntity:
    """Return the entity of the way that is given, "" where each is a mistake, with its states."""
    return PhaseEntity(next((each for each in ways.values() if each is not None), ""), one, three)


_PHASE_SWITCH = section(
    _make_phase_entity,
    **{way: optional(commanded_entity(f"{way}.wall_phases")) for way in WAYS},
    one=Field(lambda value: value, hint="what it is set to for one phase"),
    three=Field(lambda value: value, hint="what it is set to for three phases"),
)


def _check_phase_switch(value: object) -> object:
    """Return the checked phase switch: exactly one of `WAYS`, with its states for one phase and for three.

    One with a `Mistake` is returned as it is; a state that does not fit is a `Mistake`. Raises `vol.Invalid` for none
    or several of `WAYS`, and for equal states.
    """
    tree = _PHASE_SWITCH(value)
    if has_mistake(tree):
        return tree
    ways = [way for way in WAYS if tree[way] is not None]
    if len(ways) != 1:
        raise invalid("phase_switch_ways")
    for key in ("one", "three"):
        tree[key] = _check_state(ways[0], tree[key])
    if tree["one"] == tree["three"]:
        raise invalid("phase_states_alike", tree["one"])
    return tree


def _check_state(way: str, value: object) -> object:
    """Return a state that fits a kind of entity, a `Mistake` for any other.

    A number for a number, on or off for a switch (YAML and Python users may write True), a text for a select.
    """
    if way == "number":
        return value if is_number(value) else mistake("phase_state_not_number", value)
    word = {True: "on", False: "off"}.get(value) if isinstance(value, bool) else value
    if way == "switch" and word not in ("on", "off"):
        return mistake("phase_state_not_switch", value)
    return word if isinstance(word, str) else mistake("phase_state_not_option", value)


PHASE_KEYS: Mapping[str, Field] = {
    "switch_phases": yes_no(False),
    "phase_rest_s": number(REST_S, "s", 5, 3600),
    "phase_dwell_s": number(600, "s", 60, 86400),
    "max_phase_switches": number(6, "", 2, 100, whole=True),
}
"""Keys of every charger that may switch phases."""

PHASES_BY_ENTITY: Mapping[str, Field] = {**PHASE_KEYS, "phase_switch": optional(_check_phase_switch)}
"""Keys of chargers that switch phases by an entity."""


def switching_from_keys(node: Mapping[str, Any], phases: tuple[Phase, ...], comes_back: bool) -> PhaseSwitching | None:
    """Return how a load switches its phases, from its checked keys; None where CONFIG does not enable that.

    `comes_back`: whether it may return to all phases within a session.
    """
    if not node.get("switch_phases"):
        return None
    return PhaseSwitching(phases, node["phase_rest_s"], node["phase_dwell_s"], node["max_phase_switches"], comes_back)


WALLBOX_STAYS = message("phases_wallbox_stays")

NO_SWITCHING = {"switch_phases": message("phases_cannot_switch")}
WALLBOX_LACKS = dict.fromkeys(("switch_phases", "phase_switch"), WALLBOX_STAYS)
"""Key that a type of load does not have -> why."""


def why_no_entity_needed(kind: str) -> dict[str, Message]:
    """Return key -> why a charger that switches by itself needs no entity for that."""
    return {"phase_switch": message("phases_by_itself", kind=kind)}


_GUARD = section(
    enabled=yes_no(False),
    quasar_host=optional(host),
    quasar_port=number(502, "", 1, 65535, whole=True),
    listen_host=Field(listen_host, "127.0.0.1"),
    listen_port=number(5020, "", 1, 65535, whole=True),
    allowed_clients=Field(list_of(network, example="['192.168.1.30']"), ()),
    total_power_entity_id=optional(source("sensor.net_power", split=True)),
    total_power_limit=number(5750, "W", QUASAR_LEAST_W, QUASAR_MOST_W),
    max_charge_power=number(3680, "W", QUASAR_LEAST_W, QUASAR_MOST_W),
    adjustment_delay=number(10, "s", 0, 3600),
    cooldown_period=number(15, "s", 0, 3600),
)


def check_guard(value: object) -> object:
    """Return the checked keys of a Quasar's guard; each mistake is a `Mistake` at its key.

    Mistakes are an enabled guard without the charger's address or a meter, clients from the network without
    `allowed_clients`, and a port that is the charger's own.
    """
    tree = _GUARD(value)
    listens = tree["listen_host"]
    if isinstance(listens, str) and not is_this_machine(listens) and tree["allowed_clients"] == ():
        tree["allowed_clients"] = mistake("clients_required", listens, example="['192.168.1.30']")
    for key in ("quasar_host", "total_power_entity_id"):
        if tree["enabled"] is not False and tree[key] is None:
            tree[key] = mistake("guard_required")
    port = tree["listen_port"]
    if (str(tree["quasar_host"]), tree["quasar_port"]) == (str(listens), port) and not isinstance(port, Mistake):
        tree["listen_port"] = mistake("guard_port_taken", port)
    return tree


_SHORTEST_PREFIX = {4: 24, 6: 64}
"""IP version -> shortest prefix of a public network that may belong to one owner."""


def is_wider_than_home(client: object) -> bool:
    """Return whether an entry of `allowed_clients` admits far more addresses than one home has.

    A network of private addresses, which no stranger has, does not; False for what is no text.
    """
    if not isinstance(client, str):
        return False
    named = ipaddress.ip_network(str(client), strict=False)
    return named.is_global and named.prefixlen < _SHORTEST_PREFIX[named.version]
