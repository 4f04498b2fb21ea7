"""Fusebox's plans in a home of the street: composed and made by the code of the scripts, again in each quarter hour.

Prices are known as they are published, from 13:00 on also of tomorrow. The household is learnt from its three weeks
before, the sun is forecast with a factor of each day (spread 20 %, as ev2gym configures its forecasts), departure and
energy are known as ev2gym's controllers know them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from random import Random
from time import process_time

from fusebox.config.read_config import read_config
from fusebox.model.electrics import Phase
from fusebox.model.load import Load
from fusebox.model.load_plan import LoadPlan
from fusebox.model.site import MAIN, Site
from fusebox.planning.compose import Expectations, LoadNeeds, TariffTerms, compose_problem
from fusebox.planning.house_model import HouseModel
from fusebox.planning.load_needs import LoadRequest
from fusebox.planning.plan_standing import PlanStanding
from fusebox.planning.planner import find_plan
from fusebox.planning.prices import Prices
from fusebox.planning.replan import PlanRecord, drop_small_unplanned_energy, powers_now_kw, replan_cause
from fusebox.planning.slot_forecast import Forecast
from fusebox.planning.sun_reader import Sun

from .home import AHEAD_S, FUSE_A, PHASES, SLOTS, YEAR_BEGINS_S, Home
from .sessions import MIN_A, QUARTERS_A_DAY, Session

QUARTER_S = 900
LEARNT_DAYS = 21
PUBLISHED_AT = 13 * 4
"""The quarter hour of the day from which on tomorrow's prices are known."""
SUN_SPREAD, SUN_LOW = 0.2, 0.75
"""Relative error of a day's sun forecast, and the share exceeded nine times of ten: 1 - 1.28 x 0.2."""
FREE_KW, PEAK_PRICE = 2.5, 4.2
"""A tariff of Flanders: each month's highest quarter hour is billed, 2.5 kW at the least, each kW with about 50 EUR a
year (Fluvius, 2024)."""
CAR = "car"
CONFIG = {
    "site": {"main_fuse_a": FUSE_A, "grid": {phase.name: f"sensor.grid_{phase.name.lower()}" for phase in Phase}},
    "loads": {CAR: {"type": "number", "current": "number.car", "max_a": FUSE_A}},
}


def _site() -> Site:
    found = read_config(CONFIG).config
    assert found is not None
    return found.site({})


def starts_s(slot: int) -> int:
    """Return when a slot of the year begins [s since 1970]."""
    return YEAR_BEGINS_S + slot * QUARTER_S


class PlannedHome:
    """Plans a car's power slot by slot; `bills_peaks`: the tariff bills the month's highest quarter hour.

    `took_s`: CPU time of each plan [s].
    """

    def __init__(self, home: Home, seed: int, first: int, *, bills_peaks: bool = False) -> None:
        self._home, self._bills_peaks = home, bills_peaks
        self._site = _site()
        self.margin_a = self._site.margin_a
        self.took_s: list[float] = []
        self._peak_kw = FREE_KW
        self._factors = [max(Random(f"sun {seed} {home.number} {day}").gauss(1, SUN_SPREAD), 0.0) for day in range(368)]
        self._house = HouseModel()
        for slot in range(first - LEARNT_DAYS * QUARTERS_A_DAY, first):
            self._learn(slot)
        self._session: Session | None = None
        self._made: PlanRecord | None = None
        self._ran_slots = 0

    def _learn(self, slot: int) -> None:
        kw = self._home.household_kw[slot % SLOTS] / PHASES
        self._house = self._house.add_quarter_hour(dict.fromkeys(Phase, kw), starts_s(slot) + AHEAD_S)

    def plan_slot_kw(self, session: Session, slot: int, left_kwh: float) -> float:
        """Return the car's planned power in this slot [kW]; first plan again where needed, and note the time it
        took."""
        if session is not self._session:
            self._session, self._made, self._ran_slots = session, None, 0
        began_s = process_time()
        now_s = float(starts_s(slot))
        prices = self._published(slot)
        found = self._compose_problem(session, slot, left_kwh, prices)
        needs = found.problem.needs
        if replan_cause(self._made, needs, prices, found.from_s, now_s):
            slots = len(found.problem.forecast.prices)
            before = None if self._made is None else self._made.all_powers_from(needs, found.from_s, slots)
            outcome = find_plan(drop_small_unplanned_energy(found.problem, self._made, found.from_s), before)
            by_name = {need.name: need for need in needs}
            self._made = PlanRecord(found.from_s, by_name, prices, outcome, found.spare_kwh)
        assert self._made is not None
        kw = powers_now_kw(self._made, found.problem, found.from_s, now_s).get(CAR, 0.0)
        self.took_s.append(process_time() - began_s)
        return kw

    def end_slot(self, slot: int, kw: float) -> None:
        """Record that a slot has ended, in which the car drew `kw`."""
        self._ran_slots = self._ran_slots + 1 if kw > 0 else 0
        self._peak_kw = max(self._peak_kw, kw + self._home.import_kw[slot])
        self._learn(slot)

    def _compose_problem(self, session: Session, slot: int, left_kwh: float, prices: Prices) -> LoadNeeds:
        home = self._home
        phases = tuple(Phase)[: session.phase_count]
        load: Load = replace(self._site.loads[0], phases=phases, min_a=float(MIN_A), max_a=session.max_a)
        standing = PlanStanding(LoadPlan(None), left_kwh, float(starts_s(session.leaves)))
        ran_s = float(self._ran_slots * QUARTER_S)
        wanted = LoadRequest(load, standing, False, session.max_kw, ran_s)
        earned = Prices(
            {start: price - (home.prices[slot] - home.earned(slot)) for start, price in prices.by_start.items()}
        )
        forecast = Forecast(prices, earned, self._sun(slot, session.leaves), self._house)
        tariff = TariffTerms(float("inf"), self._peak_kw, PEAK_PRICE) if self._bills_peaks else None
        house_now_kw = {MAIN: dict.fromkeys(Phase, home.household_kw[slot] / PHASES)}
        expected = Expectations(forecast, lambda at_s: float(AHEAD_S), tariff, None, home.import_kw[slot], house_now_kw)
        return compose_problem(replace(self._site, loads=(load,)), [wanted], expected, float(starts_s(slot)))

    def _published(self, slot: int) -> Prices:
        day, at = divmod(slot, QUARTERS_A_DAY)
        last = min((day + (2 if at >= PUBLISHED_AT else 1)) * QUARTERS_A_DAY, SLOTS)
        return Prices({starts_s(each): self._home.prices[each] for each in range(slot, last)})

    def _sun(self, slot: int, end: int) -> Sun:
        middle = self._forecast_kw(slot, end)
        return Sun(middle, {start: SUN_LOW * kw for start, kw in middle.items()})

    def _forecast_kw(self, slot: int, end: int) -> Mapping[int, float]:
        sun: Sequence[float] = self._home.sun_kw
        return {starts_s(each): sun[each % SLOTS] * self._factors[each // QUARTERS_A_DAY] for each in range(slot, end)}
