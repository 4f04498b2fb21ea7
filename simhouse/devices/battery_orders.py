"""The switches, selects and numbers that command a home battery to hold or to charge from the grid."""

from collections.abc import Mapping
from typing import Any

from ..physics.battery import FREE, Orders
from .entities import Call, State

WAYS = ("switch", "select", "number")


class BatteryOrders:
    """The battery's command entities from CONFIG with their present states; all normal at first."""

    def __init__(self, battery: Mapping[str, Any]) -> None:
        self._hold = battery.get("hold") or {}
        self._charge = battery.get("charge_from_grid") or {}
        self.values: dict[str, str] = {}
        for order in (self._hold, self._charge):
            for way in WAYS:
                if way in order:
                    self.values[order[way]] = _word(order.get("normal", "off"))
            if "power_w" in order:
                self.values[order["power_w"]] = "0"

    @property
    def present_orders(self) -> Orders:
        """Return the orders that the entities' states mean."""
        charge_w = 0.0
        if self._is_active(self._charge, "charge"):
            named = self._charge.get("power_w") or self._charge.get("number")
            charge_w = float(self.values[named]) if named else float("inf")
        return Orders(self._is_active(self._hold, "hold"), charge_w) if self.values else FREE

    def handle(self, call: Call) -> bool:
        """Carry out a service call for one of the entities, at once; return whether the call was for one."""
        if call.entity not in self.values:
            return False
        service = call.service.partition(".")[2]
        told = service.removeprefix("turn_") if service.startswith("turn_") else None
        self.values[call.entity] = _word(told or call.data.get("value", call.data.get("option")))
        return True

    def states(self) -> dict[str, State]:
        """Return the states of all these entities."""
        return {entity: {"state": value, "attributes": {}} for entity, value in self.values.items()}

    def _is_active(self, order: Mapping[str, Any], word: str) -> bool:
        entity = next((order[way] for way in WAYS if way in order), None)
        if entity is None:
            return False
        value = self.values[entity]
        return value == _word(order[word]) if word in order else value not in ("off", _word(order.get("normal")))


def _word(value: object) -> str:
    """Return a value as an entity's state; 0.0 and 0 give the same text."""
    return f"{value:g}" if isinstance(value, int | float) and not isinstance(value, bool) else str(value)
