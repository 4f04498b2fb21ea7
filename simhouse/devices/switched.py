"""Switched loads: a tank with its element and thermostat, and an SG-Ready heat pump with two relays."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from ..physics.water import Water
from .entities import Call, State, thermometer
from .heater import Heater
from .load_entry import LoadEntry
from .plug import LATENCY_S, Plug, PlugSpec, plug_spec
from .radiators import RadiatorGroup
from .source import entities_in

OWN_C = 75.0
"""Where the element's own thermostat opens."""

TANK_LITRES = 200.0


@dataclass(frozen=True)
class Thermostat:
    """How an entity with a set-point shows its modes: their attribute, the field that sets one, the mode that heats."""

    modes: str
    field: str
    heats: str


THERMOSTATS = {
    "climate": Thermostat("hvac_modes", "hvac_mode", "heat"),
    "water_heater": Thermostat("operation_list", "operation_mode", "electric"),
}
"""Domain of a tank's switch -> its thermostat; a plain switch has none."""

PUMP_SHARES = {(True, False): 0.0, (False, False): 0.45, (False, True): 0.75, (True, True): 1.0}
"""SG-Ready pair of relay states -> share of the time that the compressor runs."""

CYCLE_S = 2400
"""Period in which a heat pump runs, then rests [s]."""

START_S = 60
"""Delay before the compressor starts [s]."""


class Tank(Plug):
    """A tank behind a switch, or a `climate` or `water_heater` entity, with its own thermostat.

    It draws while it is on and colder than its thermostat's set-point.
    """

    def __init__(
        self, spec: PlugSpec, load: Mapping[str, Any], start: datetime, random: Random, units: Mapping[str, str]
    ) -> None:
        super().__init__(spec, random, units)
        of_day_s = start.hour * 3600 + start.minute * 60 + start.second
        self.water = Water(TANK_LITRES, random.uniform(42, 47), of_day_s)
        self._thermometer = str(load["temperature"])
        self.target_c = OWN_C
        self._sets = THERMOSTATS.get(spec.switch.partition(".")[0])

    @property
    def draws(self) -> bool:
        """Whether its element draws."""
        return self.on and self.powered and self.water.celsius < min(OWN_C, self.target_c)

    def handle(self, call: Call, now_s: float) -> bool:
        """Take a service call and return whether it is this device's: for its switch, or for its thermostat's target.

        A call that switches takes effect `LATENCY_S` later, a target [°C] at once.
        """
        mode, temperature_c = None if self._sets is None else call.data.get(self._sets.field), None
        if self._sets is not None and call.entity == self.spec.switch:
            temperature_c = call.data.get("temperature")
        if call.entity == self.spec.switch and mode is not None:
            self.commands += 1
            self._underway.append((now_s + LATENCY_S, mode != "off"))
            return True
        if temperature_c is not None:
            self.commands += 1
            self.target_c = float(temperature_c)
            return True
        return super().handle(call, now_s)

    def draw_a(self, voltage_v: float) -> dict[str, float]:
        """Return the current on each of its phases [A]."""
        return super().draw_a(voltage_v) if self.draws else dict.fromkeys(self.spec.phases, 0.0)

    def step(self, now_s: float, powered: bool) -> None:
        """Advance by a second of heating, loss and showers."""
        kwh = self.taken_kwh
        super().step(now_s, powered)
        if not self.draws:
            self.taken_kwh = kwh
        self.water.step(now_s, self.load_w if self.draws else 0.0)

    def states(self, voltage_v: float) -> dict[str, State]:
        """Return its entities' present states."""
        shown = super().states(voltage_v)
        if self.powered and not self.draws:
            shown |= self.power_states(voltage_v, 0.0)
        if self._sets is not None and self.powered:
            own: dict[str, Any] = {self._sets.modes: ["off", self._sets.heats], "temperature": self.target_c}
            own |= {"min_temp": 10, "max_temp": OWN_C, "current_temperature": round(self.water.celsius, 1)}
            shown[self.spec.switch] = {"state": self._sets.heats if self.on else "off", "attributes": own}
        if self._thermometer != self.spec.switch:
            shown[self._thermometer] = thermometer(self._thermometer, self.water.celsius)
        return shown


class HeatPump(Plug):
    """Two relays and a compressor that runs for a share of each cycle, more when it is recommended or forced to run."""

    def __init__(self, spec: PlugSpec, load: Mapping[str, Any], random: Random, units: Mapping[str, str]) -> None:
        super().__init__(spec, random, units)
        self._relays = {str(load["relay_1"]): False, str(load["relay_2"]): False}
        self._offset_s = random.randrange(CYCLE_S)
        self._waits_s = 0
        self._coming: list[tuple[float, str, bool]] = []

    def handle(self, call: Call, now_s: float) -> bool:
        """Carry out a service call for a relay; return whether the call was for one."""
        wanted = {"turn_on": True, "turn_off": False}.get(call.service.partition(".")[2])
        if call.entity not in self._relays or wanted is None:
            return False
        self.commands += 1
        self._coming.append((now_s + 0.3, call.entity, wanted))
        return True

    def step(self, now_s: float, powered: bool) -> None:
        """Advance by a second: due relays switch, then the compressor."""
        self.powered = powered
        for due in [each for each in self._coming if each[0] <= now_s]:
            self._relays[due[1]] = due[2]
            self._coming.remove(due)
        one, two = self._relays.values()
        runs = (now_s + self._offset_s) % CYCLE_S < PUMP_SHARES[one, two] * CYCLE_S
        self._waits_s = self._waits_s + 1 if runs and powered else 0
        started = self._waits_s > START_S
        self.starts += started and not self.on
        self.on = started
        if self.on:
            self.taken_kwh += self.load_w / 3_600_000

    def states(self, voltage_v: float) -> dict[str, State]:
        """Return its entities' present states."""
        if not self.powered:
            gone = [*self._relays, *entities_in(self.spec.power)]
            return {entity: {"state": "unavailable", "attributes": {}} for entity in gone}
        shown: dict[str, State] = {
            relay: {"state": "on" if closed else "off", "attributes": {}} for relay, closed in self._relays.items()
        }
        return shown | self.power_states(voltage_v, self.load_w if self.on else 0.0)


@dataclass(frozen=True)
class Surroundings:
    """What a switched device needs in addition to its CONFIG entry; `groups`: the `radiators` section."""

    start: datetime
    random: Random
    units: Mapping[str, str]
    groups: Any = None


def _radiators(entry: LoadEntry, around: Surroundings) -> RadiatorGroup:
    """Return the group of radiators that a load names, by default the first."""
    sections = around.groups if isinstance(around.groups, list | tuple) else [around.groups]
    mine = [each for each in sections if entry.config.get("group") in (None, each.get("name", "heating"))]
    return RadiatorGroup(entry.name, mine[0], {**entry.config, "phases": entry.phases}, around.random)


SWITCHED: Mapping[str, Callable[[LoadEntry, Surroundings], Plug | RadiatorGroup]] = {
    "plug": lambda entry, around: Plug(plug_spec(entry), around.random, around.units),
    "tank": lambda entry, around: Tank(plug_spec(entry), entry.config, around.start, around.random, around.units),
    "sg_ready": lambda entry, around: HeatPump(plug_spec(entry, "relay_1"), entry.config, around.random, around.units),
    "radiators": _radiators,
    "power": lambda entry, around: Heater(entry, around.start, around.random, around.units),
}
"""Type of switched load -> the device that its CONFIG entry describes."""
