"""The home battery's plan as plain values: when it charges from the grid or is held, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from ... import tuning
from ...model.durations import QUARTER_S
from ...model.electrics import plain
from ...planning import battery
from ...planning.need import DUST_KW
from ...planning.schedule import blocks, runs
from .plan_format import Terms, clock, rows
from .plans import Around, Plans
from .show import terms_of

NOTHING_PLANNED: Mapping[str, Any] = {"plan": [], "plan_reason": "nothing is planned"}


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
    parts = [_when("charges from the grid", charge_kw, from_s, terms)] if found_blocks else []
    if parts and orders.plan is not None:
        parts[0] += f", up to {plain(orders.plan.soc_target_pct)} %: the house's dearest hours cost more"
    if orders.hold is not None and "planned" in orders.hold_while:
        held = [car if charge <= DUST_KW else 0.0 for car, charge in zip(cars_kw, charge_kw, strict=True)]
        holds = [replace(block, power_kw=0.0) for block in blocks(held, outlook, from_s)]
        found_blocks = sorted(found_blocks + holds, key=lambda block: block.start_s)
        parts += [_when("held while a car runs from the grid", held, from_s, terms)] if holds else []
    return {
        "plan": rows(found_blocks, terms),
        "plan_reason": "; ".join(parts) or NOTHING_PLANNED["plan_reason"],
    }


def _when(what: str, powers: Sequence[float], from_s: float, terms: Terms) -> str:
    start, end = runs(powers)[0]
    began, ended = (clock(from_s + slot * QUARTER_S, terms) for slot in (start, end))
    return f"{what} from {began} to {ended}"
