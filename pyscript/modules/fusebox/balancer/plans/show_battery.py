"""The home battery's plan as plain values: when it charges from the grid or is held, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ... import tuning
from ...model.messages.message import Value, message
from ...planning import battery
from ...planning.need import DUST_KW
from ...planning.schedule import Block, plan_blocks
from .inputs import PlanInputs
from .plan_format import Terms, block_rows, clock_or_date
from .plans import Plans
from .show import present_terms

NOTHING_PLANNED: Mapping[str, Any] = {"plan": [], "plan_reason": message("battery_plan_none")}


def battery_plan_attributes(plans: Plans, inputs: PlanInputs) -> dict[str, Any]:
    """Return the battery's blocks with price and power (0 kW where it is held), and a sentence."""
    all_orders = [battery.orders for battery in inputs.site.batteries]
    if not all_orders or plans.made is None or plans.composed is None:
        return dict(NOTHING_PLANNED)
    outlook, from_s = plans.composed.problem.forecast, plans.composed.from_s
    charge_kw = [0.0] * len(outlook.prices)
    cars_kw = [0.0] * len(outlook.prices)
    chargers = {load.name for load in inputs.site.loads if not load.is_switched}
    for name in plans.made.needs:
        is_own = name.startswith(f"{battery.NAME} ")
        if is_own or plans.composed.owners.get(name) in chargers:
            total = charge_kw if is_own else cars_kw
            for slot, power in enumerate(plans.made.powers_from(name, from_s, len(total))):
                total[slot] += power
    # So little power is never sent to it.
    charge_kw = [kw if kw * 1000 >= tuning.CLEARLY_W else 0.0 for kw in charge_kw]
    terms = present_terms(plans, inputs)
    found_blocks = list(plan_blocks(charge_kw, outlook, from_s))
    reason = message("battery_plan_none")
    if any(orders.hold is not None and "planned" in orders.hold_while for orders in all_orders):
        held_kw = [car if charge <= DUST_KW else 0.0 for car, charge in zip(cars_kw, charge_kw, strict=True)]
        holds = [replace(block, power_kw=0.0) for block in plan_blocks(held_kw, outlook, from_s)]
        if holds:
            reason = message("battery_plan_held", **_block_times(holds[0], terms))
        found_blocks = sorted(found_blocks + holds, key=lambda block: block.start_s)
    charged = next((block for block in found_blocks if block.power_kw > 0), None)
    targets_pct = [orders.plan.soc_target_pct for orders in all_orders if orders.plan is not None]
    if charged is not None and targets_pct:
        reason = message("battery_plan_charges", target_pct=max(targets_pct), **_block_times(charged, terms))
    return {"plan": block_rows(found_blocks, terms), "plan_reason": reason}


def _block_times(block: Block, terms: Terms) -> dict[str, Value]:
    return {"start": clock_or_date(block.start_s, terms), "until": clock_or_date(block.end_s, terms)}
