"""The figures of a run: seconds and heat above the rating, energy, starts, writes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from simhouse.house.house import House, Instant
from simhouse.physics.breaker import Breaker, Pole, breaker, step_pole
from simhouse.physics.wiring import MAIN

HOT = 1.13
"""An IEC 60898-1 breaker carries this multiple of its rating for an hour."""


@dataclass(frozen=True)
class Outcome:
    """One evening. `hot_s`: above 1.13 In, summed over phases, `worst_s` on the worst; `heat_a2s`: (I - In)^2 above In.

    `may_trip`, `must_trip`: whether the most sensitive and the most sluggish breaker of the standard would have opened.
    """

    hot_s: float
    worst_s: float
    heat_a2s: float
    kwh: float = 0.0
    grid_kwh: float = 0.0
    optimum_kwh: float = 0.0
    starts: tuple[int, ...] = ()
    writes_h: float = 0.0
    pauses: tuple[int, ...] = ()
    may_trip: bool = False
    must_trip: bool = False

    @property
    def energy_pct(self) -> float:
        """Energy (without the grid's share where that counts) as a share of the optimum [%]."""
        return 100.0 * self.kwh / self.optimum_kwh if self.optimum_kwh else 0.0


class Tally:
    """Collects the figures of a run second by second."""

    def __init__(self, house: House, solar: bool) -> None:
        self._house, self._solar = house, solar
        self._device = _main_fuse(house)
        self._poles = {phase: Pole() for phase in house.phases}
        self._from_grid_ws = 0.0
        self._seconds = 0

    def watch(self, instant: Instant, _reply: object) -> None:
        """Add a second of the house to the figures."""
        for phase, amps in instant.net_a.items():
            self._poles[phase] = step_pole(self._device, self._poles[phase], amps)
        self._seconds += 1
        if self._solar:
            # Netted over the phases: the house is served first, and the remaining import belongs to the cars.
            cars_a = sum(sum(load.values()) for load in instant.loads_a.values())
            import_a = min(max(sum(instant.net_a.values()), 0.0), cars_a)
            self._from_grid_ws += import_a * self._house.voltage_v

    def outcome(self, optimum_kwh: float) -> Outcome:
        """Return the figures of the evening; `optimum_kwh`: the cars' energy with perfect foresight."""
        chargers = self._house.chargers.values()
        poles = self._poles.values()
        grid_kwh = self._from_grid_ws / 3_600_000
        return Outcome(
            *_over(poles),
            kwh=sum(charger.car_state.taken_kwh for charger in chargers) - grid_kwh,
            grid_kwh=grid_kwh,
            optimum_kwh=optimum_kwh,
            starts=tuple(charger.car_state.starts for charger in chargers),
            pauses=tuple(charger.car_state.all_pauses for charger in chargers),
            writes_h=sum(charger.commands for charger in chargers) * 3600 / self._seconds,
            may_trip=any(pole.may_have_tripped for pole in poles),
            must_trip=any(pole.must_have_tripped for pole in poles),
        )


def house_alone(house: House) -> Outcome:
    """Return the figures of the house without its cars, which no controller can improve."""
    device, poles = _main_fuse(house), {phase: Pole() for phase in house.phases}
    solar = house.roof.solar
    for t_s in range(len(house.base[house.phases[0]].watts)):
        roof_w = 0.0 if solar is None else solar[t_s] / len(poles)
        for phase, pole in poles.items():
            poles[phase] = step_pole(device, pole, (house.base[phase].watts[t_s] - roof_w) / house.voltage_v)
    return Outcome(*_over(poles.values()))


def _main_fuse(house: House) -> Breaker:
    return breaker(MAIN, float(house.config["site"]["main_fuse_a"]))


def _over(poles: Iterable[Pole]) -> tuple[float, float, float]:
    found = tuple(poles)
    hot_s = [pole.over_113_s for pole in found]
    return sum(hot_s), max(hot_s), sum(pole.excess_a2s for pole in found)
