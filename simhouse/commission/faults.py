"""Wiring faults that can be planted in a simulated house, each with the correct line of CONFIG."""

from collections import deque
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from ..devices.charger import Charger
from ..devices.entities import State
from ..house.house import House
from . import fault_places as places
from .fault_places import WrongFault

Mask = Callable[[State], State]
"""Function from an entity's true state to the state that it shows."""
IN_KW = {"unit": "kW", "unit_is_wrong": True}
"""CONFIG keys for a meter that shows kW and reports W as its unit."""
KINDS = ("turned", "exchanged", "phase", "circuit", "unit", "late", "rounding", "deaf", "lying")
DECIMALS = 3


@dataclass
class PlantedHouse:
    """A house as it really is: `real` instead of CONFIG, what its entities show, and what should be found."""

    config: Mapping[str, Any]
    real: dict[str, Any]
    masks: dict[str, Mask] = field(default_factory=dict)
    devices: list[Callable[[House], None]] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    in_kw: set[str] = field(default_factory=set)
    late_s: dict[str, int] = field(default_factory=dict)
    _past: dict[str, deque[tuple[int, State]]] = field(default_factory=dict)

    def wire(self, house: House) -> None:
        """Change the devices of a house accordingly."""
        for change in self.devices:
            change(house)

    def shown(self, states: Mapping[str, State], t_s: int) -> dict[str, State]:
        """Return what Home Assistant sees of these true states in this second."""
        found = {e: self.masks[e](state) if e in self.masks else state for e, state in states.items()}
        for entity, late_s in self.late_s.items():
            if entity in found:
                past = self._past.setdefault(entity, deque())
                past.append((t_s, found[entity]))
                while len(past) > 1 and past[1][0] <= t_s - late_s:
                    past.popleft()
                found[entity] = past[0][1]
        return found


def plant_faults(config: Mapping[str, Any], faults: list[str]) -> PlantedHouse:
    """Return the house of this CONFIG with these faults, each as `kind:where` or `kind:where=what`."""
    planted = PlantedHouse(config, deepcopy(dict(config)))
    for fault in faults:
        kind, _, rest = fault.partition(":")
        if kind not in PLANTS:
            raise WrongFault(f"there is no fault {kind!r}. Remedy: one of {', '.join(KINDS)}.")
        where, _, what = rest.partition("=")
        try:
            PLANTS[kind](planted, where, what)
        except WrongFault as error:
            raise WrongFault(f"{fault}: {error}") from None
    planted.expected += _meter_lines(planted)
    return planted


def _meter_lines(planted: PlantedHouse) -> list[str]:
    """Return the correct line for each meter that is wired differently; exchanged meters share a line.

    A meter of two entities has no faults here.
    """
    grid, real = planted.config["site"]["grid"], planted.real["site"]["grid"]
    single = {phase: entry for phase, entry in grid.items() if isinstance(entry, str) or "entity" in entry}
    written = {phase: _entry(entry) for phase, entry in single.items()}
    meters = {phase: _entry(real[phase]) for phase in single}
    right = {p: entry | (IN_KW if entry["entity"] in planted.in_kw else {}) for p, entry in meters.items()}
    moved = [phase for phase in sorted(right) if right[phase]["entity"] != written[phase]["entity"]]
    changed = [phase for phase in right if phase not in moved and right[phase] != written[phase]]
    together = ", ".join(f'"{phase}": {_meter_line(right[phase])}' for phase in moved)
    return [f"site.grid: {line}" for line in ([together] if moved else [])] + [
        f'site.grid: "{phase}": {_meter_line(right[phase])}' for phase in changed
    ]


def _entry(written: str | Mapping[str, Any]) -> dict[str, Any]:
    """Return a meter of one entity as a mapping, without default values."""
    entry = {"entity": written} if isinstance(written, str) else {**written, "entity": places.single_entity(written)}
    return {key: value for key, value in entry.items() if (key, value) not in (("invert", False), ("heartbeat", True))}


def _meter_line(entry: Mapping[str, Any]) -> str:
    """Return a meter as a line of CONFIG."""
    known = [(key, entry[key]) for key in ("entity", "unit", "unit_is_wrong", "invert", "heartbeat") if key in entry]
    words = [f'"{key}": ' + (f'"{value}"' if isinstance(value, str) else str(value)) for key, value in known]
    return f'"{entry["entity"]}"' if len(known) == 1 else f"{{{', '.join(words)}}}"


def _meter(planted: PlantedHouse, phase: str) -> str:
    """Return the entity of the meter that CONFIG names for a phase."""
    return places.single_entity(planted.config["site"]["grid"][places.phase(planted.config, phase)])


def _plant_turned_clamp(planted: PlantedHouse, where: str, what: str) -> None:
    entity, grid = _meter(planted, where), planted.real["site"]["grid"]
    # Exchanged before, it is on another phase by now.
    phase = next(phase for phase, entry in grid.items() if places.single_entity(entry) == entity)
    entry = _entry(grid[phase])
    grid[phase] = {**entry, "invert": not entry.get("invert", False)}


def _plant_exchanged_meters(planted: PlantedHouse, where: str, what: str) -> None:
    one, two = (_meter(planted, phase) for phase in (where, what))
    if one == two:
        raise WrongFault("that is one meter. Remedy: name another phase after the =.")
    grid = planted.real["site"]["grid"]
    here, there = (next(p for p, entry in grid.items() if places.single_entity(entry) == each) for each in (one, two))
    grid[here], grid[there] = grid[there], grid[here]


def _plant_wrong_phase(planted: PlantedHouse, where: str, what: str) -> None:
    places.load(planted.config, where)
    phases = places.phases(planted.config, what)
    planted.real["loads"][where]["phases"] = phases
    listed = ", ".join(f'"{phase}"' for phase in phases)
    planted.expected.append(f'loads.{where}: "phases": [{listed}]')


def _circuit(planted: PlantedHouse, where: str, what: str) -> None:
    places.load(planted.config, where)
    planted.real["loads"][where]["circuit"] = places.circuit(planted.config, what)
    planted.expected.append(f'loads.{where}: "circuit": "{what}"')


def _plant_wrong_unit(planted: PlantedHouse, where: str, what: str) -> None:
    if where in planted.config["site"]["grid"]:
        entity = _meter(planted, where)
        planted.in_kw.add(entity)
    else:
        key, entity = places.sensor_of_load(planted.config, where)
        planted.expected.append(f'loads.{where}: "{key}": {_meter_line({"entity": entity, **IN_KW})}')
    planted.masks[entity] = lambda state: _times(state, 1 / 1000)


def _times(state: State, factor: float) -> State:
    if state["state"] in ("unknown", "unavailable"):
        return state
    return {**state, "state": f"{float(state['state']) * factor:.{DECIMALS}f}"}


def _plant_late_meter(planted: PlantedHouse, where: str, what: str) -> None:
    late_s = int(places.parse_amount(where, "seconds", 1, 60))
    for phase in planted.config["site"]["grid"]:
        planted.late_s[_meter(planted, phase)] = late_s
    planted.expected.append(f"late: {late_s}")


def _plant_rounding(planted: PlantedHouse, where: str, what: str) -> None:
    entity = places.charger_entry(planted.config, where)["current"]
    step_a = places.parse_amount(what, "amps", 0.1, 16)

    def change(house: House) -> None:
        charger = _charger(house, where)
        charger.spec = replace(charger.spec, step_a=step_a)

    planted.devices.append(change)
    planted.masks[entity] = lambda state: {**state, "attributes": {**state["attributes"], "step": 0.1}}
    planted.expected.append(f'loads.{where}: "step_a": {step_a:g}')


class DeafCharger(Charger):
    """A charger that keeps its current when it is switched off."""

    @property
    def offered_a(self) -> float:
        """The current offered to the car [A a phase]."""
        return self.number_a if self.powered else 0.0


def _plant_deaf_charger(planted: PlantedHouse, where: str, what: str) -> None:
    places.charger_entry(planted.config, where)

    def change(house: House) -> None:
        _charger(house, where).__class__ = DeafCharger

    planted.devices.append(change)
    planted.expected.append(f"deaf: {where}")


def _charger(house: House, name: str) -> Charger:
    found = house.chargers[name]
    assert isinstance(found, Charger)
    return found


def _plant_false_sensor(planted: PlantedHouse, where: str, what: str) -> None:
    key, entity = places.sensor_of_load(planted.config, where)
    share = places.parse_amount(what or "0.5", "parts of what it should tell", 0, 10)
    planted.masks[entity] = lambda state: _times(state, share)
    planted.expected.append(f'loads.{where}: "{key}": None')


PLANTS: Mapping[str, Callable[[PlantedHouse, str, str], None]] = {
    "turned": _plant_turned_clamp,
    "exchanged": _plant_exchanged_meters,
    "phase": _plant_wrong_phase,
    "circuit": _circuit,
    "unit": _plant_wrong_unit,
    "late": _plant_late_meter,
    "rounding": _plant_rounding,
    "deaf": _plant_deaf_charger,
    "lying": _plant_false_sensor,
}
