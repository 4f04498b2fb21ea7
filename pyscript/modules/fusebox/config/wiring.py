"""Circuits and their loads as typed parts: from what CONFIG fixes for the checks, from live values for the site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from ..model.electrics import NOMINAL_V, Phase, amps
from ..model.equipment import Circuit, FuseType, Inverter, Source
from ..model.numbers import is_number
from ..model.site import MAIN
from .fields import node_at
from .tree import UNKNOWN, Problem, as_tuple, join_path, leaves, problem, resolve

Values = Mapping[str, Any]
"""Name -> typed value of a section's keys: see `tree.resolve`."""


def number_or_unknown(value: object) -> float:
    """Return a number unchanged, `UNKNOWN` for any other value."""
    return value if is_number(value) else UNKNOWN


def shows_starts(circuit: Circuit, phases: tuple[Phase, ...]) -> bool:
    """Return whether meters show when a load starts, and other loads can make way before the circuit's fuse opens."""
    metered = {phase for phase, meter in circuit.grid.items() if meter.entities}
    return metered >= {*phases} and circuit.fuse_type is not FuseType.LINKY


def main_meters(config: Values) -> Mapping[Phase, Source]:
    """Return phase -> meter of the main fuse.

    Without a grid: the phases of the inverter or the loads, without meters. Other values only where CONFIG has
    mistakes.
    """
    site = config["site"]
    if site["grid"] is not None:
        meters: Mapping[Phase, Source] = site["grid"]
        return meters
    inverters = [inverter for _, inverter in parts_at(site, "inverter", Inverter)]
    loads = config["loads"].values() if isinstance(config["loads"], Mapping) else ()
    outputs = [each.output for each in inverters if isinstance(each.output, Mapping)]
    phases = {phase for output in [*outputs, *(each.phases or () for each in inverters)] for phase in output}
    named = {name for load in loads for name in as_tuple(node_at(load, "phases")) if isinstance(name, str)}
    found = [phase for phase in Phase if phase in phases or (not phases and phase.name in named)]
    return dict.fromkeys(found or [Phase.L1], Source())


def _inverters_total_a(site: Values) -> float:
    """Return the sum of the inverters' highest currents on a phase [A], `UNKNOWN` where CONFIG does not say."""
    inverters = [inverter for _, inverter in parts_at(site, "inverter", Inverter)]
    most_w = sum(number_or_unknown(each.max_w_per_phase or each.max_w) for each in inverters) if inverters else UNKNOWN
    return amps(most_w, number_or_unknown(site["voltage_v"]))


Part = TypeVar("Part")


def parts_of(node: object, path: str, kind: type[Part]) -> list[tuple[str, Part]]:
    """Return path and value of each part of a node at a path that may be one or a list, without those with mistakes."""
    parts = [(join_path(path, at), part) for at, part in enumerate(node)] if isinstance(node, tuple) else [(path, node)]
    return [(path, part) for path, part in parts if isinstance(part, kind)]


def parts_at(site: object, key: str, kind: type[Part]) -> list[tuple[str, Part]]:
    """Return path and value of each part of a site, as by `parts_of`."""
    return parts_of(node_at(site, key), f"site.{key}", kind)


def repeated(entries: Iterable[tuple[str, Part]]) -> Iterator[tuple[str, Part, str]]:
    """Yield (path, value, first path) for each of these (path, value) whose value stands at an earlier path already."""
    first: dict[Part, str] = {}
    for path, value in entries:
        if first.setdefault(value, path) != path:
            yield path, value, first[value]


def shared_value_errors(entries: Iterable[tuple[str, object]], key: str) -> Iterator[Problem]:
    """Yield an error for each text that two sections have under a key. `entries`: path and value of each section."""
    for path, value, other in repeated((path, value) for path, value in entries if isinstance(value, str)):
        yield problem(f"{path}.{key}", "section_value_shared", value, other=other, key=key)


@dataclass(frozen=True, slots=True)
class Circuits:
    """All circuits by name, including the main fuse. A fuse rating is `UNKNOWN` until it is known."""

    by_name: Mapping[str, Circuit]

    @classmethod
    def of(cls, config: Values) -> Circuits:
        """Return the circuits in CONFIG's values; none without a site.

        Without a grid the inverter's highest current stands for a main fuse that CONFIG does not name.
        """
        site = config["site"]
        if not isinstance(site, Mapping):
            return cls({})
        others = site["circuits"] if isinstance(site["circuits"], Mapping) else {}
        fuse_a = _inverters_total_a(site) if site["main_fuse_a"] is None else site["main_fuse_a"]
        return cls({MAIN: Circuit(MAIN, fuse_a, None, site["fuse_type"], main_meters(config)), **others})

    def path_to_main(self, circuit: object) -> tuple[Circuit, ...]:
        """Return the circuit and all circuits above it; stops at an unknown parent or a loop."""
        way: dict[str, Circuit] = {}
        while isinstance(circuit, str) and circuit in self.by_name and circuit not in way:
            found = self.by_name[circuit]
            way[found.name] = found
            circuit = found.parent
        return tuple(way.values())

    def smallest_fuse_a(self, circuit: object) -> float:
        """Return the smallest known fuse from a circuit up to the main fuse [A], infinity when none is known."""
        return min((each.fuse_a for each in self.path_to_main(circuit) if each.fuse_a > 0), default=float("inf"))

    def first_fuse_below(self, current_a: float, circuit: object) -> Circuit | None:
        """Return the first circuit on the way to the main fuse whose fuse is below a current [A], None without one."""
        return next((each for each in self.path_to_main(circuit) if current_a > each.fuse_a), None)


@dataclass(frozen=True, slots=True)
class WiredLoad:
    """A load: the values of its own keys, and its place in the wiring."""

    name: str
    node: Values
    phases: tuple[str, ...]
    """Those that it is on, by name."""
    voltage_v: float
    """Of each of them [V]."""
    watts_v: float
    """The voltage by which watts sent to a device become amps and back [V]; it never moves."""
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
        return number_or_unknown(self.node.get(key))

    def rated_a(self) -> float:
        """Return the rated power as current on each phase [A]; `UNKNOWN` without phases."""
        return round(amps(self.node["rated_w"], self.voltage_v, len(self.phases)), 1) if self.phases else UNKNOWN

    def lowest_running_a(self) -> float:
        """Return the lowest current of the running load on each of its phases [A]: of `min_w`, `rated_w` or `min_a`."""
        if "min_w" in self.node:
            return self.power_as_amps("min_w")
        return self.rated_a() if "rated_w" in self.node else self.number("min_a")

    def power_as_amps(self, key: str) -> float:
        """Return one of the load's powers as current on each phase [A]; `UNKNOWN` without phases."""
        return amps(self.number(key), self.watts_v, len(self.phases)) if self.phases else UNKNOWN


LOW_VOLTAGE_V, NOMINAL_LOW_V = 160, 120.0
"""Below the first, the grid is one of the second [V]: Japan, America. A measured voltage always moves a little."""


def nominal_voltage(voltage_v: float) -> float:
    """Return the nominal voltage of a grid in which `voltage_v` is measured [V]; `UNKNOWN` for `UNKNOWN`."""
    return voltage_v if voltage_v != voltage_v else NOMINAL_LOW_V if voltage_v < LOW_VOLTAGE_V else NOMINAL_V


def wire_loads(
    config: Values, circuits: Circuits, phases: tuple[str, ...], *, is_measured: bool = False
) -> tuple[WiredLoad, ...]:
    """Return all loads with their phases, voltages and smallest fuse; those with mistakes are left out.

    A load without `phases` is on all phases of the site. `is_measured`: an entity gives the voltage, which changes all
    the time; watts are then converted by the nominal one.
    """
    voltage_v = config["site"]["voltage_v"] if isinstance(config["site"], Mapping) else UNKNOWN
    watts_v = nominal_voltage(voltage_v) if is_measured else voltage_v
    found = []
    for name, node in config["loads"].items() if isinstance(config["loads"], Mapping) else ():
        if isinstance(node, Mapping):
            own = phases if node.get("phases") is None else node["phases"]
            named = tuple(phase for phase in own if isinstance(phase, str)) if isinstance(own, tuple) else ()
            room_a = circuits.smallest_fuse_a(node.get("circuit"))
            found.append(WiredLoad(name, node, named, voltage_v, watts_v, room_a, config))
    return tuple(found)


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
    circuits: Circuits
    loads: tuple[WiredLoad, ...]

    @classmethod
    def of(cls, tree: Values, written: Values) -> Parts:
        """Return the parts of a checked tree, with or without mistakes in it."""
        config: Any = resolve(tree, None)
        grid, circuits = node_at(tree, "site", "grid"), Circuits.of(config)
        if grid is None and isinstance(config["site"], Mapping):
            grid = {phase.name: meter for phase, meter in main_meters(config).items()}
        phases = tuple(sorted(grid)) if isinstance(grid, Mapping) else ()
        return cls(tuple(leaves(tree)), written, config, phases, circuits, wire_loads(config, circuits, phases))
