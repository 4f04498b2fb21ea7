"""Random nights with prices, each from its number: two cars, a home battery, sun in the morning, and the house.

The real consumption differs from the expected one. A kind of night differs in its prices, or has a heat pump.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from random import Random

from fusebox.model.by_time import Times, TimeTable, value_at
from fusebox.model.durations import DAY_S, HOUR_S, QUARTER_S
from fusebox.model.electrics import Phase
from fusebox.planning.house_model import HouseModel
from fusebox.planning.need import SLOT_H, Limit, Need, PeakTariff, PlanProblem, SlotForecast
from tests.planning.nights import KW_PER_A, prices

SLOTS = 64  # from four in the afternoon to eight in the morning
FUSE_A, MARGIN_A = 25, 0.5
FREE_KW, PEAK_PRICE = 5.0, 1.5
NOTHING_KWH = 1e-3
SPREAD_KW = 0.3
"""Random deviation of a phase in a quarter hour [kW]."""
BEGINS_S = 16 * HOUR_S
"""When the first slot begins: at four in the afternoon."""
LEARNT_DAYS = 20
"""Number of earlier evenings from which the house was learnt."""
CAR_A = 16
PUMP_KW, PUMP_LEAST_SLOTS = 3.0, 4
"""A heat pump is on or off, and on for an hour at least."""
PUMP_END = 56
"""Slot by which the heat pump must have run: six in the morning."""
FEES = TimeTable(
    ((Times(17 * HOUR_S, 21 * HOUR_S), 0.24), (Times(6 * HOUR_S, DAY_S), 0.14)),
    0.08,
)
"""A grid company's fee by the hour: evening, day, night; as in `config_examples/prices_and_two_cars.py`."""


class Kind(StrEnum):
    """A kind of night."""

    PLAIN = "plain"
    FEES = "fees"
    """Hourly fees on top of the market's price."""
    NEGATIVE = "negative"
    """A third of the slots has a price below 0."""
    PUMP = "pump"
    """A heat pump that has to run for some hours, with the cars."""


House = Sequence[Sequence[float]]
"""Phase, slot -> power without the loads [kW]."""


@dataclass(frozen=True)
class Night:
    """Expectation and reality of a night."""

    needs: tuple[Need, ...]
    phases: dict[str, tuple[int, ...]]
    outlook: SlotForecast
    learnt: HouseModel
    """Model of the house learnt in earlier evenings."""
    house_kw: House
    """The real power of the house."""
    has_peak: bool

    def import_kw(self, slot: int) -> float:
        """Return the import in a slot without the loads [kW]."""
        return sum(phase[slot] for phase in self.house_kw) - self.outlook.sun_kw[slot]

    def problem(self, house: House, needs: Sequence[Need]) -> PlanProblem:
        """Return the planning problem with this consumption of the house."""
        limits = []
        for phase in range(3):
            weights = {need.name: 1 / len(on) for need in needs if phase in (on := self.phases[need.name])}
            room = tuple((FUSE_A - MARGIN_A) * KW_PER_A - house[phase][slot] for slot in range(SLOTS))
            limits.append(Limit(f"L{phase + 1}", weights, room))
        taken = tuple(
            sum(house[phase][slot] for phase in range(3)) - self.outlook.sun_kw[slot] for slot in range(SLOTS)
        )
        return PlanProblem(
            tuple(needs), tuple(limits), self.outlook, PeakTariff(FREE_KW, PEAK_PRICE, taken) if self.has_peak else None
        )


def make_night(number: int, kind: Kind = Kind.PLAIN) -> Night:
    """Return the night of this number and kind; nights of one number have the same house and cars."""
    random = Random(number)
    needs, phases = [], {}
    for at in range(2):
        on = random.choice([(0, 1, 2), (random.randrange(3),)])
        max_kw = (CAR_A if len(on) == 3 else random.choice([16, 32])) * KW_PER_A * len(on)
        first, end = random.randrange(0, 20), random.randrange(52, 64)
        energy = min(random.uniform(5, 40), max_kw * (end - first) * SLOT_H * 0.7)
        name = f"car{at}"
        needs.append(Need(name, energy, max_kw, end, first, 6 * KW_PER_A * len(on), priority=at))
        phases[name] = on
    cost = _prices_paid(prices(random, SLOTS), kind)
    battery = Need("battery", random.uniform(0, 5), 3.0, 56, worth=max(cost) * 0.8, early=True)
    phases["battery"] = (0, 1, 2)
    usual = [[max(0.1, 0.4 + 0.5 * math.sin(slot / SLOTS * 6)) for slot in range(SLOTS)] for _ in range(3)]
    comes = _evening(random, usual)
    sun = tuple(max(0.0, random.uniform(1, 4) * math.sin((slot - 52) / 24 * math.pi)) for slot in range(SLOTS))
    if kind is Kind.PUMP:
        needs.append(_pump(Random(f"pump {number}")))
        phases[needs[-1].name] = (0, 1, 2)
    outlook = SlotForecast(cost, (True,) * SLOTS, (0.06,) * SLOTS, sun)
    return Night(
        (*needs, battery),
        phases,
        outlook,
        _learn_house_model(Random(f"before {number}"), usual),
        comes,
        number % 2 == 0,
    )


def _prices_paid(market: tuple[float, ...], kind: Kind) -> tuple[float, ...]:
    """Return the prices that are paid in a night, by slot."""
    if kind is Kind.NEGATIVE:
        middle = sorted(market)[SLOTS // 3]
        return tuple(price - middle for price in market)
    starts = range(BEGINS_S, BEGINS_S + SLOTS * QUARTER_S, QUARTER_S)
    if kind is Kind.FEES:
        return tuple(price + value_at(FEES, at_s, lambda _: 0.0) for price, at_s in zip(market, starts, strict=True))
    return market


def _pump(random: Random) -> Need:
    hours = random.choice([3.0, 4.0, 5.0])
    return Need("heat pump", PUMP_KW * hours, PUMP_KW, PUMP_END, 0, PUMP_KW, priority=2, min_slots=PUMP_LEAST_SLOTS)


def _evening(random: Random, usual: House) -> House:
    return tuple(tuple(max(0.05, kw + random.gauss(0, SPREAD_KW)) for kw in phase) for phase in usual)


def _learn_house_model(random: Random, usual: House) -> HouseModel:
    """Return a model learnt from similar evenings, as the scripts learn it."""
    model = HouseModel()
    for _ in range(LEARNT_DAYS):
        for slot, kws in enumerate(zip(*_evening(random, usual), strict=True)):
            model = model.add_quarter_hour(dict(zip(Phase, kws, strict=True)), BEGINS_S + slot * QUARTER_S)
    return model
