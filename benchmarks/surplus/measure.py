"""What a day came to: where the car's energy was from, how often it began, what the battery gave below its target."""

from __future__ import annotations

from dataclasses import dataclass

from simhouse.house.house import House, Instant

from .prophet import WS_PER_KWH, Keeps


@dataclass(frozen=True)
class Outcome:
    """Energies of the car [kWh]. `borrowed_kwh`: what the battery gave it while it was below its target."""

    usable_kwh: float
    taken_kwh: float
    grid_kwh: float
    borrowed_kwh: float
    starts: int
    last_pct: float | None

    @property
    def reached_pct(self) -> float:
        """Own sun that reached the car, of what could have [%]."""
        return 100 * (self.taken_kwh - self.grid_kwh - self.borrowed_kwh) / self.usable_kwh


class Tally:
    """Observes a day second by second. Netted over the phases: the house first; the remaining import belongs to the
    car."""

    def __init__(self, house: House, keeps: Keeps | None) -> None:
        self._house, self._keeps = house, keeps
        self._taken_ws = self._grid_ws = self._borrowed_ws = 0.0

    def watch(self, instant: Instant, _reply: object) -> None:
        """Add a second of the house to the figures."""
        volts = self._house.voltage_v
        car_w = sum(instant.loads_a["car"].values()) * volts
        grid_w = min(max(sum(instant.net_a.values()) * volts, 0.0), car_w)
        self._taken_ws += car_w
        self._grid_ws += grid_w
        if self._keeps is not None and instant.roof.soc_pct < self._keeps.target_pct:
            surplus_w = instant.roof.solar_w - sum(instant.base_a.values()) * volts
            beyond_w = car_w - grid_w - max(surplus_w, 0.0)
            self._borrowed_ws += max(min(beyond_w, -instant.roof.battery_w), 0.0)

    def outcome(self, usable_kwh: float) -> Outcome:
        """Return the figures of the day; `usable_kwh`: the energy that perfect foresight would use."""
        (charger,) = self._house.chargers.values()
        assert self._house.now is not None
        return Outcome(
            usable_kwh,
            self._taken_ws / WS_PER_KWH,
            self._grid_ws / WS_PER_KWH,
            self._borrowed_ws / WS_PER_KWH,
            charger.car_state.starts,
            None if self._keeps is None else self._house.now.roof.soc_pct,
        )
