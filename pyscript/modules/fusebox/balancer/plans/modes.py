"""The effect of plans on loads: in its blocks a load is served as in mode `standard`, within all limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from ...devices.driver import entity_of
from ...model.load import Load, Mode
from ...model.load_plan import LoadPlan, PriceSignal
from ...model.site import Site

Running = Mapping[str, float | None]
"""Load -> the current that its plan limits it to on each of its phases [A], None for no limit."""


def can_be_planned(load: Load) -> bool:
    """Return whether a load can have a plan: all but heat pumps, radiators and a Quasar."""
    return not load.can.discharges and not load.can.takes_sg_state and (load.on_off or load.is_modulated)


def reports_car(load: Load) -> bool:
    """Return whether a load shows when its car comes and leaves: a charger with a status."""
    knows_by_itself = "charger" in load.device
    return not load.is_switched and (knows_by_itself or entity_of(load, "status") is not None)


class PlansNow(NamedTuple):
    """The effect of the plans and of prices on the site."""

    running: Running
    """The loads that are in a block."""
    resting: Collection[str]
    """The loads that stay off until their block, because no mode was chosen for them."""
    plan_overrides: Mapping[str, LoadPlan | None]
    """Load -> the plan that counts in place of CONFIG's; None if its plan was skipped or is done."""
    signals: Mapping[str, PriceSignal]
    """Load -> its signal by price."""
    may_export_w: float = 0.0
    """How much may be exported now [W], as in `Site`."""


class PlanWords(NamedTuple):
    """The plans at one moment: their effect on the loads, and the attributes that explain it."""

    now: PlansNow = PlansNow({}, (), {}, {})
    waiting: Collection[str] = ()
    """The loads whose plan waits, is done or was not evaluated yet, in any mode."""
    planned: Collection[str] = ()
    """The loads with a plan that was evaluated."""
    skipped: Collection[str] = ()
    """The loads whose plan does not count, because their mode was set to off by hand."""
    attributes: Mapping[str, Mapping[str, Any]] = {}
    """Load -> the attributes of its plan from the last evaluation."""


def newly_planned(site: Site, evaluated: Collection[str]) -> frozenset[str]:
    """Return the loads whose car was recognised since the last evaluation of plans, and has a plan.

    `evaluated`: the loads that the last evaluation has included.
    """
    loads = [load for load in site.loads if load.vehicle.name is not None and load.plan is not None]
    return frozenset(load.name for load in loads if load.name not in evaluated)


def apply_plans(site: Site, plans: PlansNow) -> Site:
    """Return the site with the price signals, plans and limit on export in force applied; unchanged without any."""
    if not any(plans):
        return site
    loads = tuple(_apply_plan(load, plans) for load in site.loads)
    return replace(site, loads=loads, may_export_w=plans.may_export_w)


def _apply_plan(load: Load, plans: PlansNow) -> Load:
    """Return a load with its plan and price signal in force: in a block in mode `standard`, between blocks off.

    A boosted load keeps its mode, and one that neither runs nor rests by its plan keeps CONFIG's. A charger in a block
    is limited to the planned current, but not below its minimum.
    """
    running, resting, plan_overrides, signals, _ = plans
    if load.name in plan_overrides:
        load = replace(load, plan=plan_overrides[load.name])
    if load.name in signals:
        load = replace(load, signal=signals[load.name])
    if load.mode is Mode.BOOST:
        return load
    if load.name not in running:
        return replace(load, mode=Mode.OFF) if load.name in resting else load
    most_a = running[load.name]
    if most_a is None or load.on_off:
        return replace(load, mode=Mode.STANDARD)
    return load.with_cap(min(load.max_a, max(most_a, load.min_a)), Mode.STANDARD)
