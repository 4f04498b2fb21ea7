"""A house with one charger that switches between one phase and three on command."""

from __future__ import annotations

from typing import Any

from .houses import House, charger, config
from .living import Device, Living

PHASES = "L1 L2 L3"
SELECT = {"select": "select.car_phases", "one": "1", "three": "2"}


class Switched(Living):
    """The house, and the currents at which the box has moved."""

    def __init__(self, house: House, base_a: dict[str, float], **beside: Device) -> None:
        super().__init__(house, base_a, car=Device(offer_a=16.0, phases=PHASES), **beside)
        self.moved_at_a: list[float] = []
        self.told: list[str] = []
        self.own_automatic = self.never_shows = self.tells_only_changes = False
        self.box_obeys = True
        self.obeys_after_s = 0
        self._replies: list[tuple[int, Any]] = []
        self.options: list[str] = []
        self._draw: Any = None

    def states(self) -> dict[str, Any]:
        """Return the states, including the phase switch."""
        one = self.devices["car"].phases == "L1"
        shown = "0" if self.never_shows or (self.own_automatic and not self.told) else "1" if one else "2"
        phases = {"state": shown, "attributes": {"options": self.options}}
        states = {**super().states(), "select.car_phases": phases}
        before, self._draw = self._draw, states["sensor.car_draw"]
        if self.tells_only_changes and before == self._draw:
            states.pop("sensor.car_draw")
        return states

    def _obey(self) -> None:
        last = self.house.reply
        self._replies.append((self.second + self.obeys_after_s, last))
        while self._replies and self._replies[0][0] <= self.second:
            self.house.reply = self._replies.pop(0)[1]
            self._obey_now()
        self.house.reply = last

    def _obey_now(self) -> None:
        super()._obey()
        for call in self.house.reply["calls"]:
            if call["data"].get("entity_id") == "select.car_phases":
                self.told.append(call["data"]["option"])
                self.moved_at_a.append(self.devices["car"].draw_a)
                if self.box_obeys:
                    self.devices["car"].phases = "L1" if call["data"]["option"] == "1" else PHASES


def home(
    house: Any, *, mqtt: bool = False, guest: Device | None = None, site: dict[str, Any] | None = None, **car: Any
) -> Switched:
    """Return the house. `guest`: a second car that is served later; `site`: more of CONFIG's section."""
    facts = {"phases": PHASES.split(), "switch_phases": True, "phase_switch": SELECT, "phase_rest_s": 5, **car}
    loads, beside = {"car": charger(**facts)}, {}
    if guest is not None:
        loads["guest"], beside = charger("guest", phases=guest.phases.split(), priority=2), {"guest": guest}
    written = config(loads=loads, phases=PHASES, mqtt=mqtt, **(site or {}))
    return Switched(house(written), dict.fromkeys(PHASES.split(), 2.0), **beside)
