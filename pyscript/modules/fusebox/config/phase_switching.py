"""Switching between one phase and three: its keys, what they come to, and what has to be true for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import voluptuous as vol

from ..model.electrics import Phase
from ..model.load import PhaseSwitching
from ..model.numbers import is_number
from .check_site import Load, branches, phases_of, settled
from .entities import control
from .fields import Field, at, optional, section
from .tree import Problem, Wrong, leaves, show
from .values import number, yes_no

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


BY_ENTITY, BY_THEMSELVES = "number", ("ocpp", "easee")
"""Types of loads that may switch."""


def with_reasons(kind: str, tree: object) -> object:
    """A checked load with the reason in place of an unknown key, where that is one of switching."""
    if not isinstance(tree, dict) or kind == BY_ENTITY:
        return tree
    if kind in BY_THEMSELVES:
        why = {"phase_switch": f"a charger of type {kind} is told without an entity; leave it out"}
    elif kind == "wallbox":
        why = dict.fromkeys(("switch_phases", "phase_switch"), f"{_WALLBOX}; leave it out")
    else:
        why = {"switch_phases": "only chargers of type number, ocpp and easee can switch; leave it out"}
    return {**tree, **{key: Wrong(text) for key, text in why.items() if isinstance(tree.get(key), Wrong)}}


_WALLBOX = "a Wallbox goes to other phases only when it is plugged in anew"


def switching_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Loads that are to switch and cannot."""
    for name, load in branches(tree.get("loads")):
        wanted = load.get("switch_phases", False)
        if isinstance(wanted, Wrong) or settled(wanted) is False:
            continue
        why = _switching_problem(name, load, tree)
        if why:
            yield Problem(f"loads.{name}.switch_phases", why)


def _switching_problem(name: str, load: Load, tree: Mapping[str, object]) -> str:
    phases, beside = phases_of(load, tree.get("site")), _on_its_circuit(name, load, tree)
    if len(phases) != ALL_LINES:
        return f"it is on {len(phases)} of the three phases; only a load on all of them can switch"
    if beside:
        return f"its circuit's currents would switch it, and it shares that circuit with {beside}; leave it out"
    if load["type"] != BY_ENTITY:
        return ""
    if load["phase_switch"] is None and load["preset"] == "wallbox":
        return f"{_WALLBOX}; leave it out"
    if load["phase_switch"] is None:
        return "nothing tells this charger; write its phase_switch, or leave it on its phases"
    if load["draw"] is None and load["status"] is None:
        return "nothing tells that it has stopped, and nothing is switched before; write its draw or status"
    return ""


def _on_its_circuit(name: str, load: Load, tree: Mapping[str, object]) -> str:
    """Another Easee that is told by the same circuit's currents, "" for none."""
    if load["type"] != "easee":
        return ""
    place = (load["site"], load["circuit_id"])
    others = ((other, each) for other, each in branches(tree.get("loads")) if other != name)
    return next((o for o, each in others if (each.get("site"), each.get("circuit_id")) == place), "")


def switching_warnings(tree: Mapping[str, object], written: object) -> Iterator[Problem]:
    """Loads that are told how to switch, and not to."""
    for name, load in branches(tree.get("loads")):
        said = at(written, "loads", name)
        if isinstance(said, dict) and load.get("phase_switch") is not None and "switch_phases" not in said:
            yield Problem(f"loads.{name}.phase_switch", 'does nothing alone; write "switch_phases": True too')
