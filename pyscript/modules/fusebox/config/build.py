"""A checked tree with a value in every slot -> the site. Nothing can be wrong here any more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, replace
from types import MappingProxyType
from typing import Any

from ..model.battery_orders import BatteryOrders, BatteryPlan, Order
from ..model.electrics import MIN_CHARGE_A, NOMINAL_V, Phase
from ..model.equipment import Battery, Circuit, FuseType, Inverter, Source, Tariff
from ..model.load import Load
from ..model.load_plan import LoadPlan, Vehicle
from ..model.site import MAIN, Site
from .check_site import Wires
from .entities import HUAWEI
from .load_currents import Tree, Wired
from .load_schemas import LOADS
from .phase_switching import switching_of

_SITE_KEYS = (
    "voltage_v", "max_import_w", "imbalance_max_a", "distribution", "netting", "excess_threshold_w", "margin_a",
    "stale_after_s", "failsafe_after_s", "dry_run", "currency", "solar_w",
)  # fmt: skip
_LOAD_KEYS = {field.name for field in fields(Load)}
_CAR_KEYS = {field.name for field in fields(Vehicle)}
_ORDER_KEYS = [field.name for field in fields(BatteryOrders)]
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
        discovery_prefix=None if tree["mqtt"] is None else tree["mqtt"]["prefix"],
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
    orders = {key: values.pop(key) for key in _ORDER_KEYS}
    for key, active in (("hold", "hold"), ("charge_from_grid", "charge")):
        orders[key] = _order(orders[key], active)
    if orders["plan"] is not None:
        orders["plan"] = BatteryPlan(**orders["plan"])
    return Battery(**values, orders=BatteryOrders(**orders))


def _order(node: Tree | None, active: str) -> Order | None:
    if node is None:
        return None
    entity = next(node[way] for way in ("switch", "select", "number") if node[way] is not None)
    return Order(entity, node[active], node["normal"], node["power_w"])


def _load(name: str, node: Tree, place: int, site_phases: tuple[Phase, ...], wires: Wires, config: Tree) -> Load:
    site: Tree = config["site"]
    phases = tuple(Phase[phase] for phase in node["phases"]) if node["phases"] else site_phases
    built = LOADS[node["type"]]
    wired = Wired(node, len(phases), site["voltage_v"], wires.room_a(node["circuit"]), config)
    facts = {key: value for key, value in node.items() if key not in _LOAD_KEYS | _CAR_KEYS} | built.facts(wired)
    own = {key: value for key, value in node.items() if key in _LOAD_KEYS} | built.currents(wired)
    own["switching"] = switching_of(node, phases, built.phases_come_back)
    own |= {"phases": phases, "priority": place if node["priority"] is None else node["priority"]}
    if own.get("plan") is not None:
        own["plan"] = LoadPlan(**own["plan"])
    own["vehicle"] = Vehicle(**{key: value for key, value in node.items() if key in _CAR_KEYS})
    return Load(name=name, device=MappingProxyType(facts), **own)
