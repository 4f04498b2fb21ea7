"""Switching between one phase and three: its keys, what they come to, and what has to be true for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import voluptuous as vol

from ..model.electrics import Phase
from ..model.load import PhaseSwitching
from ..model.numbers import is_number
from .entities import control
from .fields import Field, optional, section
from .tree import Problem, Wrong, leaves, show
from .values import number, yes_no
from .wiring import Parts, Wired

WAYS = ("select", "switch", "number")
"""What may be set, and the domain of its entity."""

ALL_LINES = 3
"""Chargers switch between one phase and three."""

REST_S = 30
"""From the end of a car's draw to its next offer [s], where no preset knows better."""

_KEYS = section(
    **{way: optional(control(f"{way}.wall_phases")) for way in WAYS},
    one=Field(lambda value: value, hint="what it is set to for one phase"),
    three=Field(lambda value: value, hint="what it is set to for three phases"),
)


def _phase_switch(value: object) -> object:
    """One entity, and its two states."""
    tree = _KEYS(value)
    if any(isinstance(leaf, Wrong) for _, leaf in leaves(tree)):
        return tree
    ways = [way for way in WAYS if tree[way] is not None]
    if len(ways) != 1:
        raise vol.Invalid("names no entity, or several; write one of select, switch and number, and one and three")
    for key in ("one", "three"):
        tree[key] = _state(ways[0], tree[key])
    if tree["one"] == tree["three"]:
        raise vol.Invalid(f"is {show(tree['one'])} for one phase and for three; write two different states")
    return tree


def _state(way: str, value: object) -> object:
    """A state as this kind of entity has it. YAML and Python users write on as True."""
    if way == "number":
        if not is_number(value):
            return Wrong(f"{show(value)} is not a number, and a number is to be set")
        return value
    word = {True: "on", False: "off"}.get(value) if isinstance(value, bool) else value
    if way == "switch" and word not in ("on", "off"):
        return Wrong(f"{show(value)} is no state of a switch; write 'on' or 'off'")
    return word if isinstance(word, str) else Wrong(f"{show(value)} is not an option of a list; write its text")


KEYS: Mapping[str, Field] = {
    "switch_phases": yes_no(False),
    "phase_rest_s": number(REST_S, "s", 5, 3600),
    "phase_dwell_s": number(600, "s", 60, 86400),
    "max_phase_switches": number(6, "", 2, 100, whole=True),
}
"""Of every charger that may be able to."""

DESCRIBED: Mapping[str, Field] = {**KEYS, "phase_switch": optional(_phase_switch)}
"""And of those that are told by an entity."""


def switching_of(node: Mapping[str, Any], phases: tuple[Phase, ...], comes_back: bool) -> PhaseSwitching | None:
    """What a load's resolved keys come to; None where its owner has not asked for it."""
    if not node.get("switch_phases"):
        return None
    return PhaseSwitching(phases, node["phase_rest_s"], node["phase_dwell_s"], node["max_phase_switches"], comes_back)


BY_ENTITY = "number"
"""The type of load that is switched by an entity."""

_WALLBOX = "a Wallbox goes to other phases only when it is plugged in anew; leave it out"

NOT_AT_ALL = {"switch_phases": "only chargers of type number, ocpp and easee can switch; leave it out"}
NOT_A_WALLBOX = dict.fromkeys(("switch_phases", "phase_switch"), _WALLBOX)
"""Key that a type of load does not have -> why."""


def without_entity(kind: str) -> dict[str, str]:
    """Why a charger that switches by itself has no entity for that."""
    why = f"a charger of type {kind} is told without an entity; leave it out"
    return {"phase_switch": why}


def switching_errors(parts: Parts) -> Iterator[Problem]:
    """Loads that are to switch and cannot."""
    for load in parts.loads:
        why = _switching_problem(load, parts) if load.node.get("switch_phases", False) is not False else ""
        if why:
            yield Problem(f"{load.path}.switch_phases", why)


def _switching_problem(load: Wired, parts: Parts) -> str:
    node, beside = load.node, _on_its_circuit(load, parts)
    if len(load.phases) != ALL_LINES:
        return f"it is on {len(load.phases)} of the three phases; only a load on all of them can switch"
    if beside:
        return f"its circuit's currents would switch it, and it shares that circuit with {beside}; leave it out"
    if node["type"] != BY_ENTITY:
        return ""
    if node["phase_switch"] is None and node["preset"] == "wallbox":
        return _WALLBOX
    if node["phase_switch"] is None:
        return "nothing tells this charger; write its phase_switch, or leave it on its phases"
    if node["draw"] is None and node["status"] is None:
        return "nothing tells that it has stopped, and nothing is switched before; write its draw or status"
    return ""


def _on_its_circuit(load: Wired, parts: Parts) -> str:
    """Another Easee that the same circuit's currents are sent to, "" for none."""
    place = [load.node.get(key) for key in ("site", "circuit_id")]
    same = (each for each in parts.loads if [each.node.get(key) for key in ("site", "circuit_id")] == place)
    return next((each.name for each in same if each is not load and load.node["type"] == "easee"), "")
