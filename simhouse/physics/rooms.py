"""Rooms that lose heat, and electric radiators with a thermostat of their own."""

from dataclasses import dataclass
from random import Random


@dataclass
class Room:
    """A room: its temperature [°C], how it loses heat [W/K], and how much it stores [J/K]."""

    temperature_c: float
    outside_c: float
    loss_w_per_k: float
    store_j_per_k: float

    def step(self, heat_w: float) -> None:
        """One second with this heat in it."""
        lost_w = self.loss_w_per_k * (self.temperature_c - self.outside_c)
        self.temperature_c += (heat_w - lost_w) / self.store_j_per_k


@dataclass
class Thermostat:
    """Calls below its set-point, ends above, half a band to each side [°C]."""

    setpoint_c: float
    band_c: float
    calls: bool = False

    def step(self, temperature_c: float) -> bool:
        """Whether it calls now."""
        if temperature_c <= self.setpoint_c - self.band_c / 2:
            self.calls = True
        elif temperature_c >= self.setpoint_c + self.band_c / 2:
            self.calls = False
        return self.calls


def winter_room(rated_w: float, random: Random) -> Room:
    """A room on a cold evening: its radiator, on all the time, would hold it some 28 K above outside."""
    store_j_per_k = rated_w * random.uniform(250, 400)
    return Room(random.uniform(18.0, 19.5), 2.0, rated_w / random.uniform(26, 32), store_j_per_k)
