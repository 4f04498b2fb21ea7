"""Circuits and their loads as typed parts: from what CONFIG fixes for the checks, from live values for the site.

Also what a load can draw, and what its driver needs to know besides its keys, as its place in the wiring gives it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model.electrics import MIN_CHARGE_A, amps
from ..model.equipment import Circuit
from ..model.numbers import is_number
from ..model.price_hours import PriceHours
from ..model.site import MAIN
from .domains import THERMOSTATS
from .fields import at
from .tree import UNKNOWN, as_tuple, join, leaves, resolve

Values = Mapping[str, Any]
"""Name -> typed value of a section's keys: see `tree.resolved`."""

Facts = dict[str, object]

WALLBOX_A = 32
"""Maximum current of a wallbox without `max_a` in CONFIG [A]. Data sheet of the Pulsar Plus."""


def fixed_number(value: object) -> float:
    """Return a number unchanged, and `UNKNOWN` for anything else."""
    return value if is_number(value) else UNKNOWN


@dataclass(frozen=True, slots=True)
class Wires:
    """All circuits by name, including the main fuse. A fuse rating is `UNKNOWN` until it is known."""

    circuits: Mapping[str, Circuit]

    @classmethod
    def of(cls, site: object) -> Wires:
        """Return the wires of a site's values; no circuits without a site."""
        if not isinstance(site, Mapping):
            return cls({})
        others = site["circuits"] if isinstance(site["circuits"], Mapping) else {}
        return cls({MAIN: Circuit(MAIN, site["main_fuse_a"], None, site["fuse_type"], site["grid"]), **others})

    def way_up(self, circuit: object) -> tuple[Circuit, ...]:
        """Return the circuit and all circuits above it; stops at an unknown parent or a loop."""
        way: dict[str, Circuit] = {}
        while isinstance(circuit, str) and circuit in self.circuits and circuit not in way:
            found = self.circuits[circuit]
            way[found.name] = found
            circuit = found.parent
        return tuple(way.values())

    def room_a(self, circuit: object) -> float:
        """Return the smallest known fuse from a circuit up to the main fuse [A], infinity when none is known."""
        return min((each.fuse_a for each in self.way_up(circuit) if each.fuse_a > 0), default=float("inf"))

    def above(self, current_a: float, circuit: object) -> Circuit | None:
        """Return the first circuit on the way up whose fuse is smaller than a current; None without one."""
        return next((each for each in self.way_up(circuit) if current_a > each.fuse_a), None)

    def sorted(self) -> tuple[Circuit, ...]:
        """All circuits, every parent before its children."""
        return tuple(sorted(self.circuits.values(), key=lambda each: len(self.way_up(each.name))))


@dataclass(frozen=True, slots=True)
class Wired:
    """A load: the values of its own keys, and its place in the wiring."""

    name: str
    node: Values
    phases: tuple[str, ...]
    """Those that it is on, by name."""
    voltage_v: float
    """Of each of them [V]."""
    room_a: float
    """The smallest fuse between the load and the grid [A]."""
    config: Values
    """The whole CONFIG, needed because groups of radiators are a section of their own."""

    @property
    def path(self) -> str:
        """The load's path in CONFIG."""
        return f"loads.{self.name}"

    def number(self, key: str) -> float:
        """Return one of the load's numbers, `UNKNOWN` when CONFIG does not fix it."""
        return fixed_number(self.node.get(key))

    def one_a(self) -> float:
        """The rated power as current on each phase [A]; `UNKNOWN` without phases."""
        return round(amps(self.node["rated_w"], self.voltage_v, len(self.phases)), 1) if self.phases else UNKNOWN

    def least_a(self) -> float:
        """The lowest current of the running load, on each of its phases [A]."""
        return self.one_a() if "rated_w" in self.node else self.number("min_a")


def wire_loads(config: Values, wires: Wires, phases: tuple[str, ...]) -> tuple[Wired, ...]:
    """Return all loads; a load without `phases` is on all phases of the site."""
    voltage_v = config["site"]["voltage_v"] if isinstance(config["site"], Mapping) else UNKNOWN
    found = []
    for name, node in config["loads"].items() if isinstance(config["loads"], Mapping) else ():
        if isinstance(node, Mapping):
            own = phases if node.get("phases") is None else node["phases"]
            named = tuple(phase for phase in own if isinstance(phase, str)) if isinstance(own, tuple) else ()
            found.append(Wired(name, node, named, voltage_v, wires.room_a(node.get("circuit")), config))
    return tuple(found)


def of_charger(load: Wired) -> Facts:
    """Return a charger's `max_a` limited by the fuses above it, and its `failsafe_a`, 0 when too low to charge [A]."""
    node = load.node
    max_a = min(WALLBOX_A if node["max_a"] is None else node["max_a"], load.room_a)
    failsafe_a = min(node["failsafe_a"], max_a)
    return {"max_a": max_a, "failsafe_a": failsafe_a if failsafe_a >= MIN_CHARGE_A else 0.0}


def of_easee(load: Wired) -> Facts:
    """Return an Easee's currents, and `room_a`: the smallest fuse above it, to compare with the charger's own limit."""
    return {**of_charger(load), "room_a": load.room_a}


def of_quasar(load: Wired) -> Facts:
    """Return a Quasar's currents: from 0 to the lower of its two charge limits, within the fuses [A]."""
    most_w = min(load.node["max_charge_w"], load.node["guard"]["max_charge_power"])
    return {"min_a": 0.0, "max_a": min(amps(most_w, load.voltage_v, len(load.phases)), load.room_a), "failsafe_a": 0.0}


def of_switched(load: Wired) -> Facts:
    """Return the currents of an on/off load: its rating or nothing [A]."""
    return {"min_a": load.one_a(), "max_a": load.one_a(), "on_off": True, "failsafe_a": 0.0}


def of_pump(load: Wired) -> Facts:
    """Return a heat pump's currents; the hours in its plan are for prices, not an amount."""
    return {**of_switched(load), "plan": None, "price_hours": load.node["plan"]}


def of_tank(load: Wired) -> Facts:
    """Return a tank's currents, and whether it has a thermostat of its own.

    When CONFIG does not say so, a switch that is a `water_heater` or `climate` entity counts as a thermostat, unless
    the same entity is the thermometer: then it may have lost the temperature.
    """
    tank = load.node
    own = tank["switch"] != tank["temperature"] and tank["switch"].partition(".")[0] in THERMOSTATS
    warm = PriceHours(recommend_hours=tank["warm_hours"]) if tank["warm_hours"] else None
    thermostat = own if tank["thermostat"] is None else bool(tank["thermostat"])
    return {**of_switched(load), "price_hours": warm, "thermostat": thermostat}


def of_radiators(load: Wired) -> Facts:
    """Return a group of radiators' currents in steps of one radiator, with its name, status entity and relays.

    `estimated`: whether Fusebox estimates the power-saving level that the group follows.
    """
    groups = as_tuple(load.config["radiators"])
    group: Values = next(each for each in groups if load.node["group"] in (None, each["name"]))
    one_a, most = load.one_a(), group["max_active"][0]
    level = group["power_saving"]
    return {
        "min_a": one_a,
        "max_a": one_a * max(1, int(most)),
        "step_a": one_a,
        "failsafe_a": one_a * min(group["blind_active"], most),
        "heats": group["name"],
        "status": group["status"],
        "relays": tuple(dict.fromkeys(row["actual"] for row in group["radiators"])),
        "estimated": level is not None and level in [each["target"] for each in as_tuple(load.config["power_saving"])],
    }


@dataclass(frozen=True, slots=True)
class Parts:
    """Input of the cross-checks: CONFIG's typed parts, as far as they could be built from what it fixes."""

    leaves: tuple[tuple[str, object], ...]
    """All values and mistakes in it with their paths."""
    written: Values
    """CONFIG as it was written."""
    config: Values
    """The values of all keys."""
    phases: tuple[str, ...]
    """The names in site.grid, misspelt ones too."""
    wires: Wires
    loads: tuple[Wired, ...]

    @classmethod
    def of(cls, tree: Values, written: Values) -> Parts:
        """Return the parts of a checked tree, with or without mistakes in it."""
        config: Any = resolve(tree, None)
        grid, wires = at(tree, "site", "grid"), Wires.of(config["site"])
        phases = tuple(sorted(grid)) if isinstance(grid, Mapping) else ()
        return cls(tuple(leaves(tree)), written, config, phases, wires, wire_loads(config, wires, phases))

    def groups(self, section: str) -> list[tuple[str, Values]]:
        """Return (path, section) for each section of a kind that may be written as one or as a list."""
        node = self.config[section]
        paths = [join(section, index) for index in range(len(node))] if isinstance(node, tuple) else [section]
        return [(path, each) for path, each in zip(paths, as_tuple(node), strict=False) if isinstance(each, Mapping)]
