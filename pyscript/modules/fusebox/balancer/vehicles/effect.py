"""What the car at a charger changes: its state of charge, its limits and its plan replace the charger's. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from ... import tuning
from ...model.durations import MINUTE_S
from ...model.load import MAY_BE_SUNNY, Load
from ...model.load_plan import LoadPlan
from ...model.messages.message import message
from ...model.records import remember_results
from ...model.site import Site
from ...model.vehicle import ANY_VEHICLE, GUEST, Vehicle
from .recognition import NOT_THERE, Stays


def vehicle_attributes(load: Load) -> dict[str, object]:
    """Return the car at a load and who may be there; nothing where CONFIG names no cars for it."""
    return {"vehicle": load.vehicle.name, "vehicles": [*load.vehicles, GUEST]} if load.vehicles else {}


def may_know_soc(site: Site, load: Load) -> bool:
    """Return whether the state of charge of any car at a load may be known."""
    return any(car.soc_pct is not None for car in _possible_cars(site, load))


def missing_car_keys(site: Site, load: Load, *keys: str) -> list[str]:
    """Return those of `keys` for which the car at a load has no value in CONFIG or from its sensors.

    While no car is recognised: for the one of its possible cars that lacks fewest, or the load's own values without
    any.
    """
    cars = [load.vehicle] if load.vehicle.name is not None else _possible_cars(site, load)
    return min(([key for key in keys if getattr(car, key) is None] for car in cars), key=len)


def _possible_cars(site: Site, load: Load) -> list[Vehicle]:
    """Return the cars that may be at a load: those that it lists, otherwise its own only."""
    return [site.vehicles[name] for name in load.vehicles] or [load.vehicle]


@remember_results
def with_vehicles(site: Site, stays: Stays) -> Site:
    """Return the site with the car at each charger that several use."""
    return site.with_loads({load.name: _with_car(load, site.vehicles, stays) for load in site.loads if load.vehicles})


def _with_car(load: Load, vehicles: Mapping[str, Vehicle], stays: Stays) -> Load:
    """Return the load with the car of its stay: known, a guest or not recognised yet; unchanged without a stay."""
    stay = stays.get(load.name, NOT_THERE)
    if stay == NOT_THERE:
        return load
    if stay.vehicle is None:
        return hold_without_plan(replace(load, vehicle=ANY_VEHICLE), vehicles)
    car = vehicles.get(stay.vehicle)
    return _with_guest(load) if car is None else _with_known_car(load, car)


def hold_without_plan(load: Load, vehicles: Mapping[str, Vehicle]) -> Load:
    """Return the load without a plan, and stopped if it or a car that may be there has one."""
    plans = (load.plan, load.guest.plan, *(vehicles[name].plan for name in load.vehicles))
    awaited = message("vehicle_awaited", wait_min=tuning.VEHICLE_NEAR_S / MINUTE_S)
    return replace(load, plan=None, stopped=awaited if any(plans) else None)


def _with_guest(load: Load) -> Load:
    """Return the load with a guest at it: the guest's plan, and its energy limit or else the load's [kWh].

    It stops at no state of charge, because a guest's is unknown.
    """
    load = replace(load, vehicle=Vehicle(name=GUEST), plan=load.guest.plan)
    return replace(load, stop_soc_pct=None, stop_energy_kwh=load.guest.energy_kwh or load.stop_energy_kwh)


def _with_known_car(load: Load, car: Vehicle) -> Load:
    """Return the load with this car and its plan, limited to the car's current, which also lowers a higher minimum."""
    load = replace(load, vehicle=car, plan=_plan_for_car(load, car))
    if car.max_a is None or car.max_a >= load.max_a:
        return load
    return replace(load, min_a=min(load.min_a, car.max_a)).with_cap(car.max_a)


def _plan_for_car(load: Load, car: Vehicle) -> LoadPlan | None:
    """Return the plan for a car at a load: the car's own, otherwise the charger's, with the car's least charge.

    Without either, the least charge alone is a plan, where the load would wait for sun otherwise; else None.
    """
    plan = car.plan or load.plan
    if plan is None:
        return LoadPlan(min_soc_pct=car.min_soc_pct) if car.min_soc_pct and load.mode in MAY_BE_SUNNY else None
    return plan if car.min_soc_pct is None or plan.min_soc_pct else replace(plan, min_soc_pct=car.min_soc_pct)
