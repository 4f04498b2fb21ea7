"""Charging sessions by a seed, drawn from ev2gym's distributions by the rules of its `EV_spawner`.

A car arrives in a quarter hour with the probability of that quarter hour (ev2gym's `spawn_multiplier` times a quarter
of its share of a day's arrivals), unless the charger was in use up to half an hour before. Stay and energy are normally
distributed around the means of the half hour (spread 0.2 and 0.5 of the mean), a stay is at least three hours and an
energy at least 5 kWh. Cars are drawn by their registrations. Unlike there, no car needs more than its battery holds
above 5 kWh, and charging does not slow down near the end.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from .wheel import Arrivals, Car

QUARTERS_A_DAY = 96
SLOT_H = 0.25
LEAST_STAY_H, STAY_SPREAD = 3.0, 0.2
LEAST_KWH, MOST_LEAST_KWH, KWH_SPREAD = 5, 9, 0.5
FREE_SLOTS = 2
ONE_PHASE_KW = 7.5
"""Cars below this power charge on one phase, the others on three [kW]."""
KW_PER_A = 0.23
THREE_PHASE_A = 16
"""The charger: 11 kW on three phases, as most are in Dutch homes."""
MIN_A = 6
"""Below this no car charges (IEC 61851-1)."""


@dataclass(frozen=True)
class Session:
    """A car's stay from arrival to departure."""

    arrives: int
    """The first quarter hour in which it is there, of the year."""
    leaves: int
    """The first quarter hour in which it is gone."""
    kwh: float
    """The energy that it needs [kWh]."""
    phase_count: int
    max_a: float
    """The highest current on each of its phases [A]."""

    @property
    def max_kw(self) -> float:
        """Its highest power [kW]."""
        return self.max_a * KW_PER_A * self.phase_count

    @property
    def min_kw(self) -> float:
        """Its lowest charging power [kW]."""
        return MIN_A * KW_PER_A * self.phase_count


@dataclass(frozen=True)
class Place:
    """Parameters of the random sessions of a place's chargers."""

    arrivals: Arrivals
    cars: Sequence[Car]
    most_a: float
    """Maximum current of a charger that charges on one phase [A]."""
    first_weekday: int
    """Which day the year begins with: 0 is Monday."""
    arrivals_a_day: float
    """ev2gym's `spawn_multiplier` / 4: cars a day if a charger were always free."""


def draw_sessions(place: Place, random: Random, days: int) -> list[Session]:
    """Return the random sessions of one charger over `days`; sessions beyond the end are left out."""
    found: list[Session] = []
    free_from = FREE_SLOTS
    for slot in range(FREE_SLOTS, days * QUARTERS_A_DAY):
        day, at = divmod(slot, QUARTERS_A_DAY)
        is_weekend = (place.first_weekday + day) % 7 >= 5
        shares = place.arrivals.weekend_pct if is_weekend else place.arrivals.weekday_pct
        # Drawn in every quarter hour, so that one arrival does not change all that follow.
        chance, of_this_car = random.random(), random.random()
        if slot < free_from or not shares or chance * 100 >= shares[at] * place.arrivals_a_day:
            continue
        session = _draw_session(place, Random(f"{of_this_car}"), slot)
        if session is not None and session.leaves <= days * QUARTERS_A_DAY:
            found.append(session)
            free_from = session.leaves + FREE_SLOTS
    return found


def _draw_session(place: Place, random: Random, slot: int) -> Session | None:
    """Return a car that arrives now, None at an hour without known stay or energy."""
    half_hour = slot % QUARTERS_A_DAY // 2
    mean_h, mean_kwh = place.arrivals.stay_h.get(half_hour), place.arrivals.energy_kwh.get(half_hour)
    if mean_h is None or mean_kwh is None:
        return None
    kwh = random.gauss(mean_kwh, KWH_SPREAD * mean_kwh)
    if kwh < LEAST_KWH:
        kwh = float(random.randint(LEAST_KWH, MOST_LEAST_KWH))
    car = random.choices(place.cars, [each.registered for each in place.cars])[0]
    stay_h = max(random.gauss(mean_h, STAY_SPREAD * mean_h), LEAST_STAY_H)
    phase_count = 1 if car.max_kw < ONE_PHASE_KW else 3
    most_a = place.most_a if phase_count == 1 else THREE_PHASE_A
    max_a = min(round(car.max_kw / KW_PER_A / phase_count), most_a)
    kwh = min(kwh, car.battery_kwh - LEAST_KWH)
    return Session(slot + 1, slot + 1 + round(stay_h / SLOT_H), kwh, phase_count, max_a)
