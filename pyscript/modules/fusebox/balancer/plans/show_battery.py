"""The home battery's plan as plain values: when it charges from the grid or is held, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ... import tuning
from ...model.messages.message import Value, message
from ...planning import battery
from ...planning.need import DUST_KW
from ...planning.schedule import Block, blocks
from .around import Around
from .plan_format import Terms, clock, rows
from .plans import Plans
from .show import terms_of

NOTHING_PLANNED: Mapping[str, Any] = {"plan": [], "plan_reason": message("battery_plan_none")}


def of_battery(plans: Plans, around: Around) -> dict[str, Any]:
    """Return the battery's blocks with price and power (0 kW where it is held), and a sentence."""
    found = around.site.battery
    if found is None or plans.made is None or plans.composed is None:
        return dict(NOTHING_PLANNED)
    outlook, from_s = plans.composed.problem.outlook, plans.composed.from_s
    charge_kw = [0.0] * len(outlook.prices)
    cars_kw = [0.0] * len(outlook.prices)
    chargers = {load.name for load in around.site.loads if not load.is_switched}
    for name in plans.made.needs:
        is_own = name.startswith(f"{battery.NAME} ")
        if is_own or plans.composed.owners.get(name) in chargers:
            total = charge_kw if is_own else cars_kw
            for slot, power in enumerate(plans.made.powers_from(name, from_s, len(total))):
                total[slot] += power
    # So little power is never sent to it.
    charge_kw = [kw if kw * 1000 >= tuning.CLEARLY_W else 0.0 for kw in charge_kw]
    orders, terms = found.orders, terms_of(plans, around)
    found_blocks = list(blocks(charge_kw, outlook, from_s))
    reason = message("battery_plan_none")
    if orders.hold is not None and "planned" in orders.hold_while:
        held_kw = [car if charge <= DUST_KW else 0.0 for car, charge in zip(cars_kw, charge_kw, strict=True)]
        holds = [replace(block, power_kw=0.0) for block in blocks(held_kw, outlook, from_s)]
        if holds:
            reason = message("battery_plan_held", **_when(holds[0], terms))
        found_blocks = sorted(found_blocks + holds, key=lambda block: block.start_s)
    charged = next((block for block in found_blocks if block.power_kw > 0), None)
    if charged is not None and orders.plan is not None:
        values = _when(charged, terms)
        reason = message("battery_plan_charges", target_pct=orders.plan.soc_target_pct, **values)
    return {"plan": rows(found_blocks, terms), "plan_reason": reason}


def _when(block: Block, terms: Terms) -> dict[str, Value]:
    return {"start": clock(block.start_s, terms), "until": clock(block.end_s, terms)}
