"""Measure one controller in one home, second by second."""

from __future__ import annotations

from dataclasses import dataclass, field

from simhouse.devices.plug import Plug
from simhouse.devices.quasar_load import QuasarLoad
from simhouse.devices.radiators import RadiatorGroup
from simhouse.house.house import House, Instant
from simhouse.physics.breaker import Breaker, Pole, step_pole
from simhouse.physics.car import MINIMUM_A
from simhouse.physics.wiring import MAIN
from simhouse.population.home import Home
from simhouse.population.world import protections

HOT = 1.13
"""A breaker after IEC 60898-1 carries this multiple of its rating for an hour."""


@dataclass(frozen=True)
class Row:
    """One hour of one controller in one home."""

    seed: int
    controller: str

    hot_s: float
    """Seconds above 1.13 times the rating, summed over the phases of the main fuse."""

    heat_a2s: float
    """Integral of (I - In)^2 above the rating [A2s], summed likewise."""

    circuits_hot_s: float
    """Seconds above 1.13 times the rating on the circuits behind the main fuse."""

    longest_s: float
    """The longest time without a break above 1.13 times the rating, on any wire."""

    trip_pct: float
    """The highest use of the tolerance of any wire's most sensitive fuse [%]; at 100 it may open."""

    kwh: float
    """The controlled loads' energy [kWh]; of a Quasar only what it has charged."""

    possible_kwh: float
    """Their possible energy with perfect foresight [kWh]."""

    starts: int
    """How often cars and switched loads started."""

    commands: int

    least_car_kwh: float
    """The energy of the car that got least [kWh]."""

    held_s: float
    """Seconds of `hot_s` while no car on that phase drew more than its minimum, so that only a pause would avoid them.

    Seconds that the house causes alone are not included.
    """

    @property
    def energy_pct(self) -> float:
        """Share of the possible energy [%]."""
        return 100.0 * self.kwh / self.possible_kwh if self.possible_kwh > 0 else 100.0


@dataclass
class Wire:
    """One observed phase of one circuit."""

    device: Breaker
    pole: Pole = field(default_factory=Pole)
    hot_for_s: float = 0.0
    longest_s: float = 0.0
    trip_pct: float = 0.0

    def add_second(self, amps: float) -> None:
        """Add one second at this current to the wire's overload and heat [A]."""
        self.pole = step_pole(self.device, self.pole, amps)
        multiple = abs(amps) / self.device.rating_a
        self.hot_for_s = self.hot_for_s + 1 if multiple > HOT else 0.0
        self.longest_s = max(self.longest_s, self.hot_for_s)
        level = self.device.early.level
        if multiple > level:
            self.trip_pct = max(self.trip_pct, 100.0 * self.pole.early_heat / level**2)


class Tally:
    """Collects the figures of a home."""

    def __init__(self, home: Home, house: House) -> None:
        self._home, self._house = home, house
        self._wires = {
            (name, phase): Wire(device) for name, device in protections(home).items() for phase in home.phases
        }

        self._held_s = 0.0

    def watch(self, instant: Instant, _reply: object) -> None:
        """Add a second of the house to the figures."""
        by_circuit = {name: self._house.circuit_a(name, instant) for name in dict.fromkeys(n for n, _ in self._wires)}
        for (name, phase), wire in self._wires.items():
            wire.add_second(by_circuit[name][phase])
        self._held_s += sum(self._is_held(instant, phase, amps) for phase, amps in by_circuit[MAIN].items())

    def _is_held(self, instant: Instant, phase: str, amps: float) -> bool:
        """Return whether a phase of the main fuse is hot through its loads alone, with no car above its minimum."""
        most_a = HOT * self._home.fuse_a
        if amps <= most_a or amps - sum(load.get(phase, 0.0) for load in instant.loads_a.values()) > most_a:
            return False
        return all(instant.loads_a[name].get(phase, 0.0) <= MINIMUM_A for name in self._house.chargers)

    def row(self, controller: str, possible_kwh: float) -> Row:
        """Return the home's figures under one controller. `possible_kwh`: the most energy its loads could get."""
        chargers = list(self._house.chargers.values())
        switched = list(self._house.plugs.values())
        main = [wire for (name, _), wire in self._wires.items() if name == MAIN]
        behind = [wire for (name, _), wire in self._wires.items() if name != MAIN]
        return Row(
            self._home.seed,
            controller,
            sum(wire.pole.over_113_s for wire in main),
            round(sum(wire.pole.excess_a2s for wire in main), 1),
            sum(wire.pole.over_113_s for wire in behind),
            max(wire.longest_s for wire in self._wires.values()),
            round(max(wire.trip_pct for wire in self._wires.values()), 1),
            round(sum(c.car_state.taken_kwh for c in chargers) + sum(map(_taken_kwh, switched)), 4),
            round(possible_kwh, 4),
            sum(c.car_state.starts for c in chargers) + sum(s.starts for s in switched),
            sum(c.commands for c in chargers) + sum(s.commands for s in switched),
            round(min(c.car_state.taken_kwh for c in chargers), 4),
            self._held_s,
        )


def _taken_kwh(device: Plug | QuasarLoad | RadiatorGroup) -> float:
    return device.quasar.charged_kwh if isinstance(device, QuasarLoad) else device.taken_kwh
