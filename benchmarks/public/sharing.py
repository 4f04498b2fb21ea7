"""Fusebox's allocation under one transformer, and with plans for departures; every five minutes like the others.

All cars have the same priority, so order is that of their chargers; margin and ramps, which are for meters and houses
that change by the second, are left out, for the other algorithms know nothing of them either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from time import process_time

from fusebox.config.read_config import read_config
from fusebox.control.allocation.allocation import allocate
from fusebox.model.ceiling import Ceiling
from fusebox.model.decision import Demand
from fusebox.model.electrics import Phase
from fusebox.model.load import Load
from fusebox.model.load_plan import LoadPlan
from fusebox.model.site import Distribution, Site
from fusebox.planning.compose import Expectations, compose_problem
from fusebox.planning.house_model import HouseModel
from fusebox.planning.load_needs import LoadRequest
from fusebox.planning.plan_standing import PlanStanding
from fusebox.planning.planner import find_plan
from fusebox.planning.prices import NO_PRICES
from fusebox.planning.replan import PlanRecord, drop_small_unplanned_energy, powers_now_kw, replan_cause
from fusebox.planning.slot_forecast import Forecast
from fusebox.planning.sun_reader import Sun

from .acn_laws import STEP_H, Amps, ParkedCar
from .sessions import KW_PER_A, MIN_A

STEP_S = round(STEP_H * 3600)
BEGINS_S = 1_640_991_600
"""When the first step of a day begins, for the planner [s since 1970]: any midnight will do."""
WORTH_KW = 1e-6


def allocate_amps(cars: Sequence[ParkedCar], limit_a: float, most_a: Mapping[int, float], how: Distribution) -> Amps:
    """Return each car's allocation in whole amps. `most_a`: charger -> maximum of its car [A]."""
    ceilings = [
        Ceiling(phase.name, "", limit_a, {str(car.charger): 1.0 for car in cars if at in car.phases}, phases=(phase,))
        for at, phase in enumerate(Phase)
    ]
    demands = [
        Demand(str(car.charger), float(MIN_A), most_a[car.charger], (0, 0, car.charger))
        for car in sorted(cars)
        if most_a.get(car.charger, 0.0) >= MIN_A
    ]
    shares = allocate(ceilings, demands, how)
    return {car.charger: int(shares[str(car.charger)].amps) if str(car.charger) in shares else 0 for car in cars}


class SharingWithoutPlans:
    """All cars request their maximum, as without plans; the distribution decides."""

    def __init__(self, how: Distribution) -> None:
        self._how = how
        self.took_s = 0.0

    def __call__(self, cars: Sequence[ParkedCar], step: int, limit_a: float) -> Amps:
        """Return charger -> amps."""
        began_s = process_time()
        amps = allocate_amps(cars, limit_a, {car.charger: float(car.max_a) for car in cars}, self._how)
        self.took_s += process_time() - began_s
        return amps


class SharingByPlan:
    """Each car has a plan with its departure and its energy, without prices; `finish` is CONFIG's key."""

    def __init__(self, limit_a: float, chargers: int, finish: str) -> None:
        self._site = _make_site(limit_a, chargers)
        self._finish = finish
        self._made: PlanRecord | None = None
        self._ran_from: dict[int, int] = {}
        self.took_s = 0.0

    def __call__(self, cars: Sequence[ParkedCar], step: int, limit_a: float) -> Amps:
        """Return charger -> amps."""
        began_s = process_time()
        most_a = self._planned_maximums_a(cars, step)
        amps = allocate_amps(cars, limit_a, most_a, Distribution.PRIORITY)
        self._ran_from = {each: self._ran_from.get(each, step) for each, most in most_a.items() if most > 0}
        self.took_s += process_time() - began_s
        return amps

    def _planned_maximums_a(self, cars: Sequence[ParkedCar], step: int) -> dict[int, float]:
        now_s = float(BEGINS_S + step * STEP_S)
        by_name = {f"car{car.charger}": car for car in cars}
        site = replace(self._site, loads=tuple(_with_car(load, by_name.get(load.name)) for load in self._site.loads))
        wanted = [
            LoadRequest(
                load,
                PlanStanding(LoadPlan(None, finish=self._finish), car.left_kwh, float(BEGINS_S + car.leaves * STEP_S)),
                False,
                car.max_a * KW_PER_A * len(car.phases),
                float((step - self._ran_from.get(car.charger, step)) * STEP_S),
            )
            for load in site.loads
            if (car := by_name.get(load.name)) is not None
        ]
        forecast = Forecast(NO_PRICES, NO_PRICES, Sun(), HouseModel())
        found = compose_problem(site, wanted, Expectations(forecast, lambda at_s: 0.0), now_s)
        needs = found.problem.needs
        if replan_cause(self._made, needs, NO_PRICES, found.from_s, now_s):
            before = self._made and self._made.all_powers_from(needs, found.from_s, len(found.problem.forecast.prices))
            outcome = find_plan(drop_small_unplanned_energy(found.problem, self._made, found.from_s), before)
            of_needs = {need.name: need for need in needs}
            self._made = PlanRecord(found.from_s, of_needs, NO_PRICES, outcome, found.spare_kwh)
        assert self._made is not None
        kw = powers_now_kw(self._made, found.problem, found.from_s, now_s)
        return {
            car.charger: round(kw.get(name, 0.0) / KW_PER_A / len(car.phases) + WORTH_KW, 1)
            for name, car in by_name.items()
        }


def _make_site(limit_a: float, chargers: int) -> Site:
    phases = {phase.name: f"sensor.grid_{phase.name.lower()}" for phase in Phase}
    loads = {
        f"car{at}": {"type": "number", "current": f"number.car_{at}", "max_a": min(limit_a, 32)}
        for at in range(chargers)
    }
    found = read_config({"site": {"main_fuse_a": limit_a, "grid": phases}, "loads": loads}).config
    assert found is not None
    return replace(found.site({}), margin_a=0.0)


def _with_car(load: Load, car: ParkedCar | None) -> Load:
    """Return a load with the phases and the current of its car."""
    if car is None:
        return load
    phases = tuple(phase for at, phase in enumerate(Phase) if at in car.phases)
    return replace(load, phases=phases, min_a=float(MIN_A), max_a=float(car.max_a))
