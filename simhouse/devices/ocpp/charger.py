"""A load of the house that is a connector of a charge point: its cable, car and entity names."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from simhouse.devices.charger import ChargerSpec
from simhouse.devices.entities import State
from simhouse.devices.source import by_phase, entity_in
from simhouse.physics.car import Car, CarState

from .charge_point import ChargePoint
from .shown import slug


@dataclass(frozen=True)
class Place:
    """One load: its CONFIG entry, the phases it is wired to, and its car."""

    load: Mapping[str, Any]
    phases: tuple[str, ...]
    car: Car

    @property
    def identity(self) -> str:
        """The charge point's id."""
        return str(self.load["charger"])

    @property
    def number(self) -> int:
        """The connector's number."""
        return int(self.load.get("connector") or 1)


class OcppCharger:
    """A connector's cable and car in the house; everything else goes over the socket."""

    def __init__(self, spec: ChargerSpec, point: ChargePoint, number: int) -> None:
        self.spec, self.point, self.number = spec, point, number
        self.connector = point.connectors[number]
        self.powered = True
        self.commands = self.refused = 0

    @property
    def car(self) -> Car:
        """The car at this connector."""
        return self.connector.car

    @property
    def car_state(self) -> CarState:
        """The car's present state."""
        return self.connector.car_state

    @property
    def car_phases(self) -> tuple[str, ...]:
        """The phases of the site that the car uses."""
        return self.connector.used

    @property
    def offered_a(self) -> float:
        """The current offered to the car [A a phase]."""
        return self.connector.offered_a

    def draw_a(self) -> dict[str, float]:
        """The current on each phase of the cable [A]."""
        return self.connector.draw_a()

    def handle(self, _call: Any, _now_s: float) -> bool:
        """Return False: service calls go through the central system."""
        return False

    def step(self, now_s: float, voltage_v: float, powered: bool) -> None:
        """Advance by a second."""
        self.powered = powered
        self.point.step(now_s, self.number, voltage_v, powered)

    def states(self, _now_s: float, _voltage_v: float) -> dict[str, State]:
        """Return nothing: the central system reports its entities."""
        return {}


NAMED = {
    "switch": "switch.{connector}_charge_control",
    "current": "number.{connector}_maximum_current",
    "reset": "button.{charger}_reset",
    "draw": "sensor.{connector}_current_import",
    "offered": "sensor.{connector}_current_offered",
    "status": "sensor.{connector}_status_connector",
    "transaction_id": "sensor.{connector}_transaction_id",
}
"""Key of a load in CONFIG -> the integration's entity id, if CONFIG names none."""


def renamed_entities(load: Mapping[str, Any], number: int, connectors: int) -> dict[str, str]:
    """Return the integration's entity id -> the user's id, for entities that CONFIG names."""
    charger = slug(str(load["charger"]))
    connector = f"{charger}_connector_{number}" if connectors > 1 else charger
    found: dict[str, str] = {}
    for key, pattern in NAMED.items():
        usual = pattern.format(charger=charger, connector=connector)
        parts = [(usual, load.get(key))]
        if by_phase(load.get(key)):
            parts = [(f"{usual}_l{place}", each) for place, each in enumerate(load[key].values(), 1)]
        found |= {each: entity for each, entry in parts if (entity := entity_in(entry)) is not None}
    return found
