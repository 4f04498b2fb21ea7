"""A group of radiators: relays, rooms, thermostats that call for heat, and the radiators' own thermostats."""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random
from typing import Any

from ..physics.rooms import Room, Thermostat, winter_room
from .entities import Call, State, in_unit, sensor, usual_unit
from .load_entry import rated_w

LATENCY_S = 0.3
OWN_BAND_C = 0.4


@dataclass(frozen=True)
class GroupSpec:
    """A group's name and the phases that it is wired to."""

    name: str
    phases: tuple[str, ...]


class Radiator:
    """One radiator with relay and room; its own thermostat may be open although the relay is on."""

    def __init__(self, row: Mapping[str, Any], rated_w: float, random: Random) -> None:
        self.relay, self.rated_w = str(row["actual"]), rated_w
        self.room: Room = winter_room(rated_w, random)
        self.wanted = Thermostat(float(row["setpoint"]) if isinstance(row.get("setpoint"), int | float) else 20.0, 0.4)
        self.own = Thermostat(self.wanted.setpoint_c + random.uniform(-0.3, 1.5), OWN_BAND_C, calls=True)
        self.temperature, self.setpoint, self.power = row.get("temperature"), row.get("setpoint"), row.get("power")
        self.on = False
        self.powered = True
        self.starts = self.commands = 0

    @property
    def power_w(self) -> float:
        """Its present power [W]."""
        return self.rated_w if self.on and self.powered and self.own.calls else 0.0

    def step(self) -> None:
        """Advance its room by a second."""
        self.room.step(self.power_w)
        self.wanted.step(self.room.temperature_c)
        self.own.step(self.room.temperature_c)


class RadiatorGroup:
    """All radiators of a section, as one of the switched loads."""

    def __init__(self, name: str, section: Mapping[str, Any], load: Mapping[str, Any], random: Random) -> None:
        self.spec = GroupSpec(name, tuple(load["phases"]))
        most_w = rated_w({**load, "type": "radiators"})
        self.radiators: dict[str, Radiator] = {}
        self.thermostats: dict[str, list[Radiator]] = {}
        for row in section["radiators"]:
            if row["actual"] not in self.radiators:
                self.radiators[row["actual"]] = Radiator(row, most_w * random.uniform(0.95, 1.0), random)
            self.thermostats.setdefault(row["virtual"], []).append(self.radiators[row["actual"]])
        self.taken_kwh = 0.0
        self._underway: list[tuple[float, Radiator, bool]] = []

    @property
    def on(self) -> bool:
        """Whether any relay is on."""
        return any(radiator.on for radiator in self.radiators.values())

    @property
    def starts(self) -> int:
        """How often relays were switched on."""
        return sum(radiator.starts for radiator in self.radiators.values())

    @property
    def commands(self) -> int:
        """How many commands the relays received."""
        return sum(radiator.commands for radiator in self.radiators.values())

    @property
    def power_w(self) -> float:
        """The total power [W]."""
        return sum(radiator.power_w for radiator in self.radiators.values())

    def draw_a(self, voltage_v: float) -> dict[str, float]:
        """Return the current on each of its phases [A]."""
        return dict.fromkeys(self.spec.phases, self.power_w / len(self.spec.phases) / voltage_v)

    def handle(self, call: Call, now_s: float) -> bool:
        """Carry out a service call for a relay; return whether the call was for one."""
        radiator = self.radiators.get(call.entity)
        wanted = {"turn_on": True, "turn_off": False}.get(call.service.partition(".")[2])
        if radiator is None or wanted is None:
            return False
        radiator.commands += 1
        self._underway.append((now_s + LATENCY_S, radiator, wanted))
        return True

    def step(self, now_s: float, powered: bool) -> None:
        """Advance by a second: due commands take effect, rooms cool and warm."""
        while self._underway and self._underway[0][0] <= now_s:
            _, radiator, wanted = self._underway.pop(0)
            radiator.starts += wanted and not radiator.on
            radiator.on = wanted
        for radiator in self.radiators.values():
            radiator.powered = powered
            radiator.step()
        self.taken_kwh += self.power_w / 3_600_000

    def states(self, voltage_v: float) -> dict[str, State]:
        """Return the states of relays, thermostats and sensors."""
        shown: dict[str, State] = {}
        for entity, behind in self.thermostats.items():
            shown[entity] = _switch(any(radiator.wanted.calls for radiator in behind))
            if entity.startswith("climate."):
                shown[entity] = _climate_state(behind[0])
        for relay, radiator in self.radiators.items():
            shown[relay] = _switch(radiator.on) if radiator.powered else {"state": "unavailable", "attributes": {}}
            for source, celsius in (
                (radiator.temperature, radiator.room.temperature_c),
                (radiator.setpoint, radiator.wanted.setpoint_c),
            ):
                if isinstance(source, str) and source not in shown:
                    attributes = {"unit_of_measurement": "°C", "device_class": "temperature"}
                    measured = {"state": f"{celsius:.2f}", "attributes": attributes}
                    shown[source] = _climate_state(radiator) if source.startswith("climate.") else measured
            if radiator.power:
                unit = usual_unit(radiator.power)
                shown[radiator.power] = sensor(in_unit(radiator.power_w, unit, voltage_v), unit)
        return shown


def groups_alone(config: Mapping[str, Any], phases: tuple[str, ...], seed: int) -> dict[str, RadiatorGroup]:
    """Return name -> group of a raw CONFIG's groups that are not loads of the site, all on its first phase."""
    written = config.get("radiators") or []
    sections = [written] if isinstance(written, Mapping) else list(written)
    loads = [load for load in (config.get("loads") or {}).values() if load["type"] == "radiators"]
    taken = {str(load.get("group") or sections[0].get("name", "heating")) for load in loads}
    found = {}
    for section in sections:
        name = str(section.get("name", "heating"))
        if name not in taken:
            found[name] = RadiatorGroup(name, section, {"phases": phases[:1]}, Random(f"{seed}:{name}"))
    return found


def _climate_state(radiator: Radiator) -> State:
    """Return a radiator's room as a climate entity's state."""
    attributes = {
        "hvac_action": "heating" if radiator.wanted.calls else "idle",
        "current_temperature": round(radiator.room.temperature_c, 2),
        "temperature": radiator.wanted.setpoint_c,
    }
    return {"state": "heat", "attributes": attributes}


def _switch(on: bool) -> State:
    return {"state": "on" if on else "off", "attributes": {}}
