"""Rooms that lose heat, and electric radiators with a thermostat."""

from dataclasses import dataclass
from random import Random


@dataclass
class Room:
    """A room: its temperature [°C], heat loss [W/K] and heat capacity [J/K]."""

    temperature_c: float
    outside_c: float
    loss_w_per_k: float
    store_j_per_k: float

    def step(self, heat_w: float) -> None:
        """Advance by a second with this heating power [W]."""
        lost_w = self.loss_w_per_k * (self.temperature_c - self.outside_c)
        self.temperature_c += (heat_w - lost_w) / self.store_j_per_k


@dataclass
class Thermostat:
    """Calls for heat below its set-point, stops above it, with half a band on each side [°C]."""

    setpoint_c: float
    band_c: float
    calls: bool = False

    def step(self, temperature_c: float) -> bool:
        """Return whether it calls for heat at this temperature [°C]; within the band, as at the last call."""
        if temperature_c <= self.setpoint_c - self.band_c / 2:
            self.calls = True
        elif temperature_c >= self.setpoint_c + self.band_c / 2:
            self.calls = False
        return self.calls


def winter_room(rated_w: float, random: Random) -> Room:
    """Return a room on a cold evening, which its radiator could hold some 28 K above outside."""
    store_j_per_k = rated_w * random.uniform(250, 400)
    return Room(random.uniform(18.0, 19.5), 2.0, rated_w / random.uniform(26, 32), store_j_per_k)
