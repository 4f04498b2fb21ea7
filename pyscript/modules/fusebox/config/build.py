"""A checked tree with a value in every slot -> the site. Nothing can be wrong here any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from ..model.electrics import MIN_CHARGE_A, NOMINAL_V, Phase, amps
from ..model.equipment import Battery, Circuit, FuseType, Inverter, Tariff
from ..model.load import Load
from ..model.site import MAIN, Site
from ..model.source import Source
from .entities import HUAWEI, THERMOSTATS
from .tree import listed
from .wires import Wires

WALLBOX_A = 32
"""A wallbox whose CONFIG names no maximum may have so much [A]. Data sheet of the Pulsar Plus."""

Tree = Mapping[str, Any]
"""Resolved keys of CONFIG: what they may be is checked before, so here they are simply used."""

_SITE_KEYS = (
    "voltage_v", "max_import_w", "distribution", "netting", "excess_threshold_w", "margin_a", "stale_after_s",
    "failsafe_after_s", "dry_run", "solar_w",
)  # fmt: skip
_LOAD_KEYS = {field.name for field in fields(Load)}
EMPTY_SITE = Site(voltage_v=NOMINAL_V, phases=(), circuits=(Circuit(MAIN, MIN_CHARGE_A),), loads=())
"""The site of a CONFIG that has none."""


def build_site(config: Tree) -> Site:
    """The site of a resolved CONFIG that has one. Live currents are brought under their fuses."""
    tree: Tree = config["site"]
    wires = Wires.of(tree)
    phases = tuple(sorted(tree["grid"]))
    values = {key: tree[key] for key in _SITE_KEYS}
    return Site(
        phases=phases,
        circuits=tuple(_circuit(name, tree, wires) for name in wires.sorted()),
        loads=tuple(
            _load(name, node, place, phases, wires, config)
            for place, (name, node) in enumerate(config["loads"].items(), start=1)
        ),
        inverter=Inverter(**{**tree["inverter"], "output": tree["inverter"]["output"] or {}}),
        battery=_battery(tree["battery"]),
        tariff=None if config["tariff"] is None else Tariff(**config["tariff"]),
        **{**values, "solar_w": _linked(values["solar_w"], "solar_w")},
    )


def _circuit(name: str, site: Tree, wires: Wires) -> Circuit:
    if name == MAIN:
        return Circuit(MAIN, site["main_fuse_a"], None, FuseType(site["fuse_type"]), _by_phase(site["grid"]))
    node: Tree = site["circuits"][name]
    return Circuit(
        name, node["fuse_a"], wires.parents[name], FuseType(node["fuse_type"]), _by_phase(node["grid"] or {})
    )


def _by_phase(sources: Mapping[Phase, Source]) -> Mapping[Phase, Source]:
    linked = {phase: _linked(source, f"grid_{phase.name.lower()}") for phase, source in sources.items()}
    return MappingProxyType(dict(sorted(linked.items())))


def _linked(source: Any, role: str) -> Any:
    """The inverter's own link tells each quantity under a name of its own."""
    if isinstance(source, Source) and source.entity == HUAWEI:
        return replace(source, entity=f"{HUAWEI}.{role}")
    return source


def _battery(node: Tree | None) -> Battery | None:
    if node is None:
        return None
    values = {key: _linked(value, key) for key, value in node.items()}
    turned = values.pop("invert")
    power: Source = values["charge_w"]
    if turned:
        values["charge_w"] = replace(power, invert=not power.invert)
    return Battery(**values)


def _load(name: str, node: Tree, place: int, site_phases: tuple[Phase, ...], wires: Wires, config: Tree) -> Load:
    site: Tree = config["site"]
    own = {key: value for key, value in node.items() if key in _LOAD_KEYS}
    room_a = wires.room_a(node["circuit"])
    facts = {key: value for key, value in node.items() if key not in _LOAD_KEYS}
    if node["type"] == "easee":
        facts["room_a"] = room_a
    elif node["type"] == "tank":
        facts["thermostat"] = _has_thermostat(node)
    elif node["type"] == "radiators":
        facts |= _group_facts(_group_of(node, config["radiators"]), config["power_saving"])
    device = MappingProxyType(facts)
    own["phases"] = tuple(Phase[phase] for phase in node["phases"]) if node["phases"] else site_phases
    own["priority"] = place if node["priority"] is None else node["priority"]
    own |= _currents(node, len(own["phases"]), site["voltage_v"], room_a, config["radiators"])
    return Load(name=name, device=device, **own)


def _currents(node: Tree, phases: int, voltage_v: float, room_a: float, radiators: object) -> dict[str, object]:
    """What a load can take [A a phase], by its type."""
    if node["type"] == "quasar":
        most_w = min(node["max_charge_w"], node["guard"]["max_charge_power"])
        return {"min_a": 0.0, "max_a": min(amps(most_w, voltage_v, phases), room_a), "failsafe_a": 0.0}
    if "rated_w" not in node:
        most_a = WALLBOX_A if node["max_a"] is None else node["max_a"]
        max_a, min_current_a = min(most_a, room_a), min(MIN_CHARGE_A, node["min_a"])
        # What a charger may fall back to without us is bounded by its cable too.
        failsafe_a = min(node["failsafe_a"], max_a)
        return {"max_a": max_a, "failsafe_a": failsafe_a if failsafe_a >= min_current_a else 0.0}
    one_a = round(amps(node["rated_w"], voltage_v, phases), 1)
    if node["type"] == "radiators":
        group = _group_of(node, radiators)
        count, blind = max(1, int(group["max_active"][0])), min(group["blind_active"], group["max_active"][0])
        return {"min_a": one_a, "max_a": one_a * count, "step_a": one_a, "failsafe_a": one_a * blind}
    return {"min_a": one_a, "max_a": one_a, "on_off": True, "failsafe_a": 0.0}


def _has_thermostat(tank: Tree) -> bool:
    """Whether a tank's heating ends without us, as CONFIG says.

    Its `water_heater` or `climate` entity ends it, unless that is what has lost the temperature.
    """
    if tank["thermostat"] is not None:
        return bool(tank["thermostat"])
    return tank["switch"] != tank["temperature"] and tank["switch"].partition(".")[0] in THERMOSTATS


def _group_of(node: Tree, radiators: object) -> Tree:
    """The radiators section that a load stands for."""
    found: Tree = next(group for group in listed(radiators) if node["group"] in (None, group["name"]))
    return found


def _group_facts(group: Tree, power_saving: object) -> dict[str, object]:
    """What the driver reads of a group: its name, its status entity, its relays, and whether we estimate its level."""
    relays = tuple(dict.fromkeys(row["actual"] for row in group["radiators"]))
    level = group["power_saving"]
    estimated = level is not None and any(section["target"] == level for section in listed(power_saving))
    return {"heats": group["name"], "status": group["status"], "relays": relays, "estimated": estimated}
