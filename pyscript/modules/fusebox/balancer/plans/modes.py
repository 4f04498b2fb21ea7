"""The effect of plans on loads: in its blocks a load is served as in mode `standard`, within all limits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

from ...devices.driver import entity_of
from ...model.load import Load, Mode
from ...model.load_plan import LoadPlan, PresentBlock, PriceSignal
from ...model.site import Site
from ...planning.load_needs import MORE, NOW, LoadRequest
from ...planning.need import DUST_KW
from ...planning.plan_progress import PlanProgress
from ...planning.plan_standing import PlanStanding

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
    blocks: Mapping[str, PresentBlock] = {}
    """Load -> the block that it is in, where the plan's time and the price are known."""


class PlansInForce(NamedTuple):
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


def waiting_loads(
    site: Site, standings: Mapping[str, PlanStanding], progress: Mapping[str, PlanProgress]
) -> frozenset[str]:
    """Return the loads that are off outside the blocks of their plan, whatever their mode; also those in a block now.

    That is so while a plan has a time or only a price limit, and once it is done or overdue; and before it is
    evaluated.
    """
    # Without a time or a price there is nothing to wait for, but a load whose plan is done needs no more.
    over = {name for name in standings if progress[name].overdue or progress[name].done}
    found = {name for name, each in standings.items() if each.due_s is not None or each.plan.has_no_end}
    # A car that has just been plugged in waits for the next evaluation, and so does a load whose plan was skipped.
    able = filter(can_be_planned, site.loads)
    has_plan = {load.name for load in able if progress[load.name].own or load.plan}
    return frozenset(found | over | has_plan - standings.keys())


def power_of_load_kw(planned_kw: Mapping[str, float], name: str) -> float:
    """Return the planned power of a load, from those of all needs [kW]."""
    return sum(planned_kw.get(need, 0.0) for need in (name, name + NOW, name + MORE))


def running_loads(requests: Sequence[LoadRequest], planned_kw: Mapping[str, float], voltage_v: float) -> Running:
    """Return load -> its limit on each phase [A], None for none, of the requesting loads that run by their plan now.

    `planned_kw`: need -> its planned power now [kW].
    """
    found: dict[str, float | None] = {}
    for each in requests:
        name, phase_count = each.load.name, len(each.load.phases)
        power_kw = power_of_load_kw(planned_kw, name)
        if power_kw > DUST_KW:
            # Rounded to the finest step of chargers, so that one with whole amps is not set just below its step.
            most_a = round(power_kw * 1000 / voltage_v / phase_count, 1)
            found[name] = most_a if power_kw < each.max_kw - DUST_KW else None
    return found


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
    running, resting, plan_overrides, signals, _, blocks = plans
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
        return replace(load, mode=Mode.STANDARD, in_block=True, block=blocks.get(load.name))
    return load.with_cap(min(load.max_a, max(most_a, load.min_a)), Mode.STANDARD)
