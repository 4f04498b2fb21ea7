"""A switched plug with a power sensor, and the load behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from .entities import Call, State
from .load_entry import LoadEntry, rated_w
from .source import draw_states, entities_in

LATENCY_S = 0.3


@dataclass(frozen=True)
class PlugSpec:
    """A plug's entities and the power behind it [W, over all its phases]."""

    name: str
    phases: tuple[str, ...]
    switch: str
    power: Any  # as CONFIG names it
    rated_w: float


def plug_spec(entry: LoadEntry, switch: str = "switch") -> PlugSpec:
    """Return a plug's spec from its CONFIG entry; `switch`: the key of the entity that switches it."""
    load = entry.config
    return PlugSpec(entry.name, entry.phases, load[switch], load.get("power"), rated_w(load))


class Plug:
    """One plug; its load draws a little less than its rating."""

    def __init__(self, spec: PlugSpec, random: Random, units: Mapping[str, str]) -> None:
        self.spec, self._units = spec, units
        self.on = False
        self.powered = True
        self.starts = self.commands = 0
        self.taken_kwh = 0.0
        self.load_w = spec.rated_w * random.uniform(0.92, 0.99)
        self._underway: list[tuple[float, bool]] = []

    def draw_a(self, voltage_v: float) -> dict[str, float]:
        """Return the current on each of its phases [A]."""
        power_w = self.load_w if self.on and self.powered else 0.0
        return dict.fromkeys(self.spec.phases, power_w / len(self.spec.phases) / voltage_v)

    def handle(self, call: Call, now_s: float) -> bool:
        """Carry out a service call for the switch; return whether the call was for it."""
        if call.entity != self.spec.switch:
            return False
        wanted = {"turn_on": True, "turn_off": False, "toggle": not self.on}.get(call.service.partition(".")[2])
        if wanted is None:
            return False
        self.commands += 1
        self._underway.append((now_s + LATENCY_S, wanted))
        return True

    def step(self, now_s: float, powered: bool) -> None:
        """Advance by a second: due commands take effect, even without mains; energy is taken while on and `powered`."""
        self.powered = powered
        while self._underway and self._underway[0][0] <= now_s:
            wanted = self._underway.pop(0)[1]
            self.starts += wanted and not self.on
            self.on = wanted
        if self.on and powered:
            self.taken_kwh += self.load_w / 3_600_000

    def states(self, voltage_v: float) -> dict[str, State]:
        """Return its entities' present states."""
        spec = self.spec
        if not self.powered:
            gone = (spec.switch, *entities_in(spec.power))
            return {e: {"state": "unavailable", "attributes": {}} for e in gone}
        shown: dict[str, State] = {spec.switch: {"state": "on" if self.on else "off", "attributes": {}}}
        return shown | self.power_states(voltage_v, self.load_w if self.on else 0.0)

    def power_states(self, voltage_v: float, power_w: float) -> dict[str, State]:
        """Return the states of the power sensor, or of each phase's, empty if CONFIG names none."""
        drawn_w = dict.fromkeys(self.spec.phases, power_w / len(self.spec.phases))
        return draw_states(self.spec.power, drawn_w, self._units, voltage_v)
