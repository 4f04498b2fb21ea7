"""The number entity that limits what an inverter exports, or delivers."""

from collections.abc import Mapping
from math import inf
from typing import Any

from .entities import Call, State

LAG_S = 5
"""An inverter follows its number so much later [s]."""
USUAL_W = 20_000.0
"""What a number in watts displays at first [W]: no limit for a home."""


class ExportNumber:
    """The number of `site.export.curtail`; without one it never limits."""

    def __init__(self, site: Mapping[str, Any]) -> None:
        curtail = ((site.get("export") or {}).get("curtail")) or {}
        self.entity: str = curtail.get("number", "")
        self._is_percent = curtail.get("unit") == "%"
        self._watts_of_one = float(curtail.get("of_w") or 0) / 100 if self._is_percent else 1.0
        self._of_output = str(curtail.get("limits")).strip().lower() == "output"
        self.value = 100.0 if self._is_percent else USUAL_W
        self._set: list[float] = []

    def most_w(self, used_w: float) -> float:
        """Advance by a second; return what the inverter may deliver now [W], infinite without a number.

        The number applies with a lag. `used_w`: what house and battery take.
        """
        if not self.entity:
            return inf
        self._set = [*self._set, self.value][-LAG_S - 1 :]
        limit_w = self._set[0] * self._watts_of_one
        return limit_w if self._of_output else max(used_w, 0.0) + limit_w

    def handle(self, call: Call) -> bool:
        """Carry out a service call for the number; return whether the call was for it."""
        if not self.entity or call.entity != self.entity:
            return False
        self.value = float(call.data["value"])
        return True

    def states(self) -> dict[str, State]:
        """Return the number's state; nothing without one."""
        if not self.entity:
            return {}
        unit, most = ("%", 100) if self._is_percent else ("W", USUAL_W)
        attributes = {"min": 0, "max": most, "step": 1, "unit_of_measurement": unit}
        return {self.entity: {"state": f"{self.value:g}", "attributes": attributes}}
