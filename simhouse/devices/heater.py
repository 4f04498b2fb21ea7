"""A device that is sent watts: a heating element behind a power controller, in a tank with its own thermostat."""

from collections.abc import Mapping
from datetime import datetime
from random import Random

from ..physics.water import Water
from .entities import Call, State, stepped_down, thermometer
from .load_entry import LoadEntry, rated_w
from .plug import Plug, PlugSpec

ANSWERS_S = 2.0
"""Delay between a command and the power that follows it [s]."""
OWN_C = 80.0
"""Where its own thermostat opens [°C]."""
LITRES = 500.0


class Heater(Plug):
    """Draws the power that it was sent, at most that of its element, while its water is colder than its thermostat.

    `element_w`: the power of its element [W]. `steps_w`: it rounds down to these. `answers_s`: its delay. `forgets_s`:
    it goes off after this time without a new value, None for never.
    """

    def __init__(self, entry: LoadEntry, start: datetime, random: Random, units: Mapping[str, str]) -> None:
        load = entry.config
        self.number, self._switch = str(load["power"]), load.get("switch")
        spec = PlugSpec(entry.name, entry.phases, str(self._switch), load.get("draw"), rated_w(load))
        super().__init__(spec, random, units)
        self.on = self._switch is None
        self.sent_w = self.set_w = 0.0
        self.element_w = spec.rated_w
        self.steps_w = float(load.get("step_w", 1))
        self.answers_s = ANSWERS_S
        self.forgets_s: float | None = None
        self.water = Water(LITRES, random.uniform(40, 45), start.hour * 3600 + start.minute * 60 + start.second)
        self._thermometer = load.get("temperature")
        self._heard_s = 0.0
        self._coming: list[tuple[float, float]] = []

    @property
    def drawn_w(self) -> float:
        """The power that it draws now [W]."""
        heats = self.on and self.powered and self.water.celsius < OWN_C
        return min(stepped_down(self.set_w, self.steps_w), self.element_w) if heats else 0.0

    def draw_a(self, voltage_v: float) -> dict[str, float]:
        """Return the current on each of its phases [A]."""
        return dict.fromkeys(self.spec.phases, self.drawn_w / len(self.spec.phases) / voltage_v)

    def handle(self, call: Call, now_s: float) -> bool:
        """Take a service call for its number or switch; return whether it was for it.

        A new power takes effect after `answers_s`, but is displayed at once.
        """
        if call.entity != self.number or not call.service.endswith(".set_value"):
            return self._switch is not None and super().handle(call, now_s)
        self.commands += 1
        self.sent_w, self._heard_s = float(call.data["value"]), now_s
        self._coming.append((now_s + self.answers_s, self.sent_w))
        return True

    def step(self, now_s: float, powered: bool) -> None:
        """Advance by a second: due commands take effect, the water warms and cools.

        A power that was not repeated for `forgets_s` becomes 0.
        """
        kwh = self.taken_kwh
        super().step(now_s, powered)
        while self._coming and self._coming[0][0] <= now_s:
            self.set_w = self._coming.pop(0)[1]
        if self.forgets_s is not None and now_s - self._heard_s > self.forgets_s:
            self.set_w = self.sent_w = 0.0
        self.taken_kwh = kwh + self.drawn_w / 3_600_000
        self.water.step(now_s, self.drawn_w)

    def states(self, voltage_v: float) -> dict[str, State]:
        """Return its entities' present states; without mains, all are unavailable.

        `voltage_v`: for a power sensor that reports a current.
        """
        gone: State = {"state": "unavailable", "attributes": {}}
        bounds = {"min": 0, "max": self.spec.rated_w, "step": self.steps_w, "unit_of_measurement": "W"}
        shown: dict[str, State] = {self.number: {"state": f"{self.sent_w:g}", "attributes": bounds}}
        if self._switch is not None:
            shown[str(self._switch)] = {"state": "on" if self.on else "off", "attributes": {}}
        if isinstance(self._thermometer, str):
            shown[self._thermometer] = thermometer(self._thermometer, self.water.celsius)
        drawn = self.power_states(voltage_v, self.drawn_w)
        return shown | drawn if self.powered else dict.fromkeys((*shown, *drawn), gone)
