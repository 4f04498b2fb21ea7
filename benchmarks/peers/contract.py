"""Interface of a controller: entities in, amps for each car out. A `Peer` answers lines as the host does."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

from simhouse.devices.charger import DEVICE_MAX_A

VOLTAGE_V = 230.0
MINIMUM_A = 6.0
SAME_A = 0.05


@dataclass(frozen=True)
class ChargerReading:
    """A charger by its entities: amps a phase, its phases, its maximum."""

    phases: tuple[str, ...]
    plugged: bool
    draw_a: float
    max_a: float


@dataclass(frozen=True)
class SecondReading:
    """One second: net current by phase [A, + = import], None while the meter is unknown; and every charger."""

    t_s: int
    grid_a: Mapping[str, float | None]
    cars: Mapping[str, ChargerReading]

    @property
    def blind(self) -> bool:
        """Whether any phase is unknown."""
        return any(amps is None for amps in self.grid_a.values())


class Peer(ABC):
    """A controller for number chargers with a switch, and a net meter in watts a phase.

    It ignores loads of other types. A charger without a draw sensor counts with its set current.
    """

    def __init__(self, config: Mapping[str, Any]) -> None:
        self.fuse_a = float(config["site"]["main_fuse_a"])
        self.grid: Mapping[str, str] = config["site"]["grid"]
        self.loads: Mapping[str, Mapping[str, Any]] = {n: e for n, e in config["loads"].items() if "current" in e}
        self.on_sun = any(load.get("mode") == "solar_only" for load in self.loads.values())
        self._states: dict[str, str] = {}
        self._told_a: dict[str, float] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        return None

    @abstractmethod
    def decide(self, seen: SecondReading) -> Mapping[str, float]:
        """Return car -> amps for the cars to command now; below 6 A means a pause."""

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Take the entities' states of one second and return the calls decided; a car below `MINIMUM_A` is off.

        A car that is not plugged in is forgotten, so that its next command is sent whatever it was before.
        """
        self._states |= {entity: str(state["state"]) for entity, state in message["states"].items()}
        calls = []
        seen = self._observe(message["t"])
        for name in [name for name, car in seen.cars.items() if not car.plugged]:
            self._told_a.pop(name, None)
        for name, wanted_a in self.decide(seen).items():
            calls += self._calls_for_change(name, wanted_a if wanted_a >= MINIMUM_A else 0.0)
        return {"t": message["t"], "calls": calls, "states": {}, "responses": []}

    def _observe(self, t_s: int) -> SecondReading:
        grid_a = {phase: self._amps(entity, VOLTAGE_V) for phase, entity in self.grid.items()}
        cars = {
            name: ChargerReading(
                tuple(load["phases"]),
                self._states.get(load["status"], "disconnected").lower() != "disconnected",
                self._amps_drawn(name, load),
                float(load["max_a"]),
            )
            for name, load in self.loads.items()
        }
        return SecondReading(t_s, grid_a, cars)

    def _amps_drawn(self, name: str, load: Mapping[str, Any]) -> float:
        if "draw" not in load:
            return self._told_a.get(name, 0.0)
        return self._amps(load["draw"], 1.0) or 0.0

    def _amps(self, entity: str, volts: float) -> float | None:
        word = self._states.get(entity, "unknown")
        return None if word in ("unknown", "unavailable") else float(word) / volts

    def _calls_for_change(self, name: str, wanted_a: float) -> list[dict[str, Any]]:
        """Return the calls that set a charger's current [A, 0 = off], and its switch where that changes or is unknown.

        Empty when the same current was sent last.
        """
        told_a = self._told_a.get(name)
        if told_a is not None and abs(told_a - wanted_a) < SAME_A:
            return []
        self._told_a[name] = wanted_a
        load, calls = self.loads[name], []
        if wanted_a > 0:
            data = {"entity_id": load["current"], "value": min(wanted_a, DEVICE_MAX_A)}
            calls.append({"service": "number.set_value", "data": data})
        if told_a is None or (told_a > 0) != (wanted_a > 0):
            service = "switch.turn_on" if wanted_a > 0 else "switch.turn_off"
            calls.append({"service": service, "data": {"entity_id": load["switch"]}})
        return calls


def share_equally(room_a: Mapping[str, float], cars: Mapping[str, ChargerReading]) -> dict[str, float]:
    """Return car -> amps: minimums in order as they fit, then equal raises until a phase or a car is full."""
    left_a, given_a = dict(room_a), dict.fromkeys(cars, 0.0)
    for name, car in cars.items():
        if car.plugged and all(left_a[phase] >= MINIMUM_A for phase in car.phases):
            _give(given_a, left_a, name, car, MINIMUM_A)
    rising = [name for name, amps in given_a.items() if amps > 0]
    while rising:
        sharing = {phase: sum(phase in cars[name].phases for name in rising) for phase in left_a}
        step_a = min(left_a[phase] / count for phase, count in sharing.items() if count)
        step_a = max(min(step_a, *(cars[name].max_a - given_a[name] for name in rising)), 0.0)
        for name in rising:
            _give(given_a, left_a, name, cars[name], step_a)
        rising = [
            name
            for name in rising
            if given_a[name] < cars[name].max_a - SAME_A and all(left_a[p] > SAME_A for p in cars[name].phases)
        ]
    return given_a


def _give(given_a: dict[str, float], left_a: dict[str, float], name: str, car: ChargerReading, amps: float) -> None:
    given_a[name] += amps
    for phase in car.phases:
        left_a[phase] -= amps
