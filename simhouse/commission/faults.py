"""Faults of wiring that can be planted in a simulated house, each with the line of CONFIG that is right then."""

from collections import deque
from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

from ..devices.charger import Charger
from ..devices.entities import State
from ..house.house import House

Mask = Callable[[State], State]
"""What an entity shows in place of its true state."""
KINDS = ("turned", "exchanged", "phase", "circuit", "unit", "late", "rounding", "deaf", "lying")
DECIMALS = 3


class WrongFault(ValueError):
    """A fault that cannot be planted here, in a sentence."""


@dataclass
class Planted:
    """How a house really is: `real` in place of what CONFIG says, what its entities show, and what is to be found."""

    config: Mapping[str, Any]
    real: dict[str, Any]
    masks: dict[str, Mask] = field(default_factory=dict)
    devices: list[Callable[[House], None]] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)
    late_s: dict[str, int] = field(default_factory=dict)
    _past: dict[str, deque[tuple[int, State]]] = field(default_factory=dict)

    def wire(self, house: House) -> None:
        """Makes the devices of a house so."""
        for change in self.devices:
            change(house)

    def shown(self, states: Mapping[str, State], t_s: int) -> dict[str, State]:
        """What Home Assistant sees in this second of what is so."""
        found = {e: self.masks[e](state) if e in self.masks else state for e, state in states.items()}
        for entity, late_s in self.late_s.items():
            if entity in found:
                past = self._past.setdefault(entity, deque())
                past.append((t_s, found[entity]))
                while len(past) > 1 and past[1][0] <= t_s - late_s:
                    past.popleft()
                found[entity] = past[0][1]
        return found


def plant(config: Mapping[str, Any], faults: list[str]) -> Planted:
    """The house of this CONFIG with these faults, each as `kind:where` or `kind:where=what`."""
    planted = Planted(config, deepcopy(dict(config)))
    for fault in faults:
        kind, _, rest = fault.partition(":")
        if kind not in PLANTS:
            raise WrongFault(f"there is no fault {kind!r}. Remedy: one of {', '.join(KINDS)}.")
        where, _, what = rest.partition("=")
        try:
            PLANTS[kind](planted, where, what)
        except (KeyError, ValueError, TypeError) as error:
            raise WrongFault(f"{fault!r} cannot be planted in this house ({error}). Remedy: see --help.") from error
    return planted


def _entry(planted: Planted, phase: str) -> dict[str, Any]:
    found = planted.config["site"]["grid"][phase]
    return {"entity": found} if isinstance(found, str) else dict(found)


def _turned(planted: Planted, where: str, what: str) -> None:
    entry = _entry(planted, where)
    planted.real["site"]["grid"][where] = {**entry, "invert": not entry.get("invert", False)}
    planted.expected.append(f'site.grid.{where}: "{where}": {{"entity": "{entry["entity"]}", "invert": True}}')


def _exchanged(planted: Planted, where: str, what: str) -> None:
    one, two = sorted((where, what))
    grid = planted.real["site"]["grid"]
    grid[one], grid[two] = grid[two], grid[one]
    lines = ", ".join(f'"{phase}": "{_entry(planted, other)["entity"]}"' for phase, other in ((one, two), (two, one)))
    planted.expected.append(f"site.grid.{one}: {lines}")


def _phase(planted: Planted, where: str, what: str) -> None:
    phases = what.split("+")
    planted.real["loads"][where]["phases"] = phases
    listed = ", ".join(f'"{phase}"' for phase in phases)
    planted.expected.append(f'loads.{where}.phases: "phases": [{listed}]')


def _circuit(planted: Planted, where: str, what: str) -> None:
    planted.real["loads"][where]["circuit"] = what
    planted.expected.append(f'loads.{where}.circuit: "circuit": "{what}"')


def _unit(planted: Planted, where: str, what: str) -> None:
    if where in planted.config["site"]["grid"]:
        entity, path, key = _entry(planted, where)["entity"], f"site.grid.{where}", where
    else:
        key = "power" if "power" in planted.config["loads"][where] else "draw"
        entity, path = planted.config["loads"][where][key], f"loads.{where}.{key}"
    planted.masks[entity] = lambda state: _times(state, 1 / 1000)
    planted.expected.append(f'{path}: "{key}": {{"entity": "{entity}", "unit": "kW"}}')


def _times(state: State, factor: float) -> State:
    if state["state"] == "unknown":
        return state
    return {**state, "state": f"{float(state['state']) * factor:.{DECIMALS}f}"}


def _late(planted: Planted, where: str, what: str) -> None:
    for phase in planted.config["site"]["grid"]:
        planted.late_s[_entry(planted, phase)["entity"]] = int(where)
    planted.expected.append(f"late: {int(where)}")


def _rounding(planted: Planted, where: str, what: str) -> None:
    step_a = float(what)
    entity = planted.config["loads"][where]["current"]

    def change(house: House) -> None:
        charger = _charger(house, where)
        charger.spec = replace(charger.spec, step_a=step_a)

    planted.devices.append(change)
    planted.masks[entity] = lambda state: {**state, "attributes": {**state["attributes"], "step": 0.1}}
    planted.expected.append(f'loads.{where}.step_a: "step_a": {step_a:g}')


class DeafCharger(Charger):
    """One that goes on at what it was set to when it is switched off."""

    @property
    def offered_a(self) -> float:
        """What the car is offered [A a phase]."""
        return self.number_a if self.powered else 0.0


def _deaf(planted: Planted, where: str, what: str) -> None:
    def change(house: House) -> None:
        _charger(house, where).__class__ = DeafCharger

    planted.devices.append(change)
    planted.expected.append(f'loads.{where}.switch: "switch": what pauses it')


def _charger(house: House, name: str) -> Charger:
    found = house.chargers[name]
    if not isinstance(found, Charger):
        raise WrongFault(f"{name} is no charger of type number. Remedy: choose another load.")
    return found


def _lying(planted: Planted, where: str, what: str) -> None:
    key = "power" if "power" in planted.config["loads"][where] else "draw"
    share = float(what or 1 / 2)
    planted.masks[planted.config["loads"][where][key]] = lambda state: _times(state, share)
    planted.expected.append(f'loads.{where}.{key}: "{key}": None')


PLANTS: Mapping[str, Callable[[Planted, str, str], None]] = {
    "turned": _turned, "exchanged": _exchanged, "phase": _phase, "circuit": _circuit, "unit": _unit,
    "late": _late, "rounding": _rounding, "deaf": _deaf, "lying": _lying,
}  # fmt: skip
