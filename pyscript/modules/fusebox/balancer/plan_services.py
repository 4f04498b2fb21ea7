"""The services `fusebox_set_plan` and `fusebox_clear_plan`: energy by a time, until it is done or cleared.

Over MQTT a plan is one line such as `20 kWh by 07:00`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from reprlib import repr as shortened
from typing import Any, cast

import voluptuous as vol

from ..config.plan_schema import PLAN, plan_of_service
from ..config.tree import Wrong, leaves
from ..model.load import Load
from ..model.load_plan import LoadPlan, ReadyBy
from ..model.messages.message import message, with_frame
from ..planning.times import next_departure_s
from ..runtime.service_errors import Others, ServiceError, refuse_others, service
from .balancer import Balancer
from .plans.modes import can_be_planned
from .plans.plan_format import daily_time
from .services import load_of, plan_in_force, replan_now

UNITS: Mapping[str, str] = {"kWh": "energy_kwh", "%": "soc_target_pct", "h": "hours"}
"""Unit in a line -> the field of `fusebox_set_plan`."""
CLEARS = "none"
"""The line that clears a plan."""
LINE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kWh|%|h)\s+by\s+(.+?)(?:\s+below\s+(\S+))?", re.IGNORECASE)
PRICE_LINE = re.compile(r"below\s+(-?\d+(?:[.,]\d+)?)", re.IGNORECASE)


@service
async def set_plan(balancer: Balancer, now_s: float, load: object, others: Others) -> Mapping[str, object]:
    """Execute `fusebox_set_plan`; `others` holds the plan's fields by CONFIG's keys.

    Return the entity's plan attributes.
    """
    found = _plannable(balancer, load)
    refuse_others({key: value for key, value in others.items() if key not in PLAN.fields}, "load", *PLAN.fields)
    told = {key: value for key, value in others.items() if key in PLAN.fields and value is not None}
    own = _read(found, told)
    if told.keys() == {"max_price"}:
        return await _set_max_price(balancer, now_s, found, own.max_price)
    if isinstance(own.ready_by, str) and next_departure_s(own.ready_by, now_s, balancer.plans.hours.ahead) is None:
        raise ServiceError(with_frame(message("ready_by_over", due=own.ready_by), "path", "ready_by"))
    return await _set_plan(balancer, now_s, found, own)


@service
async def clear_plan(balancer: Balancer, now_s: float, load: object, others: Others) -> Mapping[str, object]:
    """Execute `fusebox_clear_plan`: a service's plan ends and CONFIG's counts again."""
    refuse_others(others, "load")
    return await _set_plan(balancer, now_s, _plannable(balancer, load), None)


async def set_plan_line(balancer: Balancer, now_s: float, load: object, line: str) -> object:
    """Set the plan that one line says, such as `20 kWh by 07:00`; an empty line, or `CLEARS`, clears it."""
    if line.strip() in ("", CLEARS):
        return await clear_plan(balancer, now_s, load, {})
    return await set_plan(balancer, now_s, load, plan_fields_from_text(line))


async def _set_max_price(balancer: Balancer, now_s: float, load: Load, max_price: float | None) -> Mapping[str, object]:
    """Set the limit of the plan in force: a departure stays; without one, the load runs below that price."""
    if plan_in_force(balancer).sections["prices"] is None:
        raise ServiceError("max_price: CONFIG has no prices; write the section prices")
    assert max_price is not None
    await balancer.plans.set_max_price(load, max_price, now_s)
    return await _shown(balancer, now_s, load)


async def _set_plan(balancer: Balancer, now_s: float, load: Load, own: LoadPlan | None) -> Mapping[str, object]:
    """Set a load's plan, None for CONFIG's; return its entity's plan attributes."""
    await balancer.plans.set(load.name, own, now_s)
    return await _shown(balancer, now_s, load)


async def _shown(balancer: Balancer, now_s: float, load: Load) -> Mapping[str, object]:
    """Plan anew; return the load's name and what its entity publishes of its plan now."""
    await replan_now(balancer, now_s)
    return {"load": load.name, **balancer.plans.published(load.name)}


def _plannable(balancer: Balancer, name: object) -> Load:
    """Return the load of this name; ServiceError if it cannot have a plan."""
    plan = plan_in_force(balancer)
    found = load_of(plan, name)
    if not can_be_planned(found):
        able = [each.name for each in plan.site({}).loads if can_be_planned(each)]
        rest = f"loads that can have one are {', '.join(able)}" if able else "no load can have one"
        raise ServiceError(f"load: '{found.name}' is of type {found.type}, which has no plan; {rest}")
    return found


def _read(load: Load, told: Mapping[str, Any]) -> LoadPlan:
    """Return the plan that these fields make; ServiceError with the first mistake in them."""
    try:
        tree = plan_of_service(told, is_car=not load.is_switched)
    except vol.Invalid as error:
        raise ServiceError(f"the plan {error.msg}") from error
    for path, leaf in leaves(tree):
        if isinstance(leaf, Wrong):
            raise ServiceError(with_frame(leaf.text, "path", path))
    if tree["soc_target_pct"] is not None or tree["min_soc_pct"] is not None:
        missing = [key for key in ("soc_pct", "capacity_kwh") if getattr(load.vehicle, key) is None]
        if missing:
            refusal = message("plan_needs_soc", text=" and ".join(missing), load=load.name)
            raise ServiceError(with_frame(refusal, "path", "soc_target_pct"))
    return LoadPlan(**cast(dict[str, Any], tree))


def plan_line(plan: LoadPlan | None) -> str:
    """Return the line of a plan, "" if there is none."""
    if plan is None:
        return ""
    amount = next(
        (f"{value:.6g} {unit}" for unit, key in UNITS.items() if (value := getattr(plan, key)) is not None), ""
    )
    limit = "" if plan.max_price is None else f"below {plan.max_price:.6g}"
    return limit if plan.has_no_end else f"{amount} by {_ready_by(plan.ready_by)} {limit}".strip()


def plan_fields_from_text(line: str) -> Mapping[str, str]:
    """Return the fields of `fusebox_set_plan` that a line stands for; ServiceError if it is no plan."""
    price = PRICE_LINE.fullmatch(line.strip())
    if price is not None:
        return {"max_price": price[1].replace(",", ".")}
    found = LINE.fullmatch(line.strip())
    if found is None:
        examples = "'20 kWh by 07:00', '80 % by 07:00 below 0.25', '5 h by 20:00' or 'below 0.12'"
        raise ServiceError(f"plan: {shortened(line)} is no plan; write such as {examples}")
    amount, unit, ready_by, limit = found.groups()
    keys = {known.lower(): key for known, key in UNITS.items()}
    more = {} if limit is None else {"max_price": limit.replace(",", ".")}
    return {keys[unit.lower()]: amount.replace(",", "."), "ready_by": ready_by, **more}


def _ready_by(ready_by: ReadyBy) -> str:
    """Return a time of day, or date and time, as text; "CONFIG's times" for a whole week."""
    return ready_by if isinstance(ready_by, str) else daily_time(ready_by) or "CONFIG's times"
