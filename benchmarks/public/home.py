"""A home of the street: what it draws and generates in each quarter hour, its prices, and the cars that come.

The clock is winter time all year, the year is 2022, whose prices and weekdays fit the households. The data do not
contain on which phase a household takes its power, nor how many panels it has: a third on each phase, and a draw by the
seed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from .sessions import KW_PER_A, QUARTERS_A_DAY, SLOT_H, Place, Session, draw_sessions
from .wheel import HOUR_S, PublicData

DAYS = 365
SLOTS = DAYS * QUARTERS_A_DAY
MONTH_DAYS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
YEAR_BEGINS_S = 1_640_991_600
"""1 January 2022 00:00 of winter time in the Netherlands [s since 1970]: a Saturday."""
AHEAD_S = HOUR_S
FIRST_WEEKDAY = 5
FUSE_A = 25
"""Of each of three phases: the usual connection of a Dutch home."""
ENERGY_TAX = 0.13165
"""What a kWh from the grid costs above the market, and earns nothing when it is fed in [EUR/kWh]: the Dutch energy tax
of 2024, 0.10880 EUR, with 21 % VAT (Belastingdienst)."""
ARRIVALS_A_DAY = 0.25
"""ev2gym's default, `spawn_multiplier` 1: about 90 sessions and 2 200 kWh a year, a usual car's."""
WITH_SUN, LEAST_KWP, MOST_KWP = 0.6, 2.0, 6.0
"""Share of the homes with panels, and the range of their power [kWp]. Chosen."""
PHASES = 3


@dataclass(frozen=True)
class Home:
    """One home for a year; a slot is a quarter hour of the year."""

    number: int
    household_kw: Sequence[float]
    """Power without its car and its panels [kW]."""
    sun_kw: Sequence[float]
    prices: Sequence[float]
    """Price of a kWh from the grid by slot [EUR]."""
    sessions: tuple[Session, ...]

    @cached_property
    def import_kw(self) -> list[float]:
        """Import without its car by slot [kW]; negative for feed-in."""
        return [taken - sun for taken, sun in zip(self.household_kw, self.sun_kw, strict=True)]

    def earned(self, slot: int) -> float:
        """Return the revenue of a kWh fed in [EUR]."""
        return self.prices[slot] - ENERGY_TAX

    def car_cost(self, slot: int, kw: float) -> float:
        """Return the extra cost of a car's power in a slot [EUR]."""
        own_kw = min(kw, max(-self.import_kw[slot], 0.0))
        return SLOT_H * ((kw - own_kw) * self.prices[slot] + own_kw * self.earned(slot))

    def room_kw(self, slot: int, phase_count: int, margin_a: float = 0.0) -> float:
        """Return what the main fuse leaves a car on this many phases [kW]."""
        return phase_count * max((FUSE_A - margin_a) * KW_PER_A - self.import_kw[slot] / PHASES, 0.0)


def make_home(data: PublicData, seed: int, number: int) -> Home:
    """Return the home of one household; always the same for a seed."""
    random = Random(f"home {seed} {number}")
    kwp = random.uniform(LEAST_KWP, MOST_KWP) if random.random() < WITH_SUN else 0.0
    place = Place(data.arrivals["home"], data.cars, FUSE_A, FIRST_WEEKDAY, ARRIVALS_A_DAY)
    starts = [YEAR_BEGINS_S + slot * HOUR_S // 4 for slot in range(SLOTS)]
    prices = [data.prices[start // HOUR_S * HOUR_S] + ENERGY_TAX for start in starts]
    # The files of the sun begin at 00:00 UTC.
    sun = [kwp * data.sun[(slot // 4 - AHEAD_S // HOUR_S) % len(data.sun)] for slot in range(SLOTS)]
    sessions = draw_sessions(place, Random(f"cars {seed} {number}"), DAYS)
    return Home(number, data.households_kw[number], sun, prices, tuple(sessions))


def slots_of_months(days: int) -> list[range]:
    """Return the slots of the first days of each month, because bills are monthly."""
    found, first = [], 0
    for month_days in MONTH_DAYS:
        found.append(range(first * QUARTERS_A_DAY, (first + min(days, month_days)) * QUARTERS_A_DAY))
        first += month_days
    return found
