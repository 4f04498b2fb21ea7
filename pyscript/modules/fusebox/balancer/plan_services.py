"""`fusebox_set_plan` and `fusebox_clear_plan`: energy by a time, from now on and until it is done or cleared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import voluptuous as vol

from ..config.plan_schema import PLAN, plan_of_service
from ..config.tree import Wrong, leaves
from ..model.load import Load
from ..model.load_plan import LoadPlan
from ..planning.departures import next_departure_s
from ..runtime.service_errors import Others, ServiceError, answered, refuse_others
from .balancer import Balancer
from .plans.modes import can_be_planned
from .services import load_of, plan_in_force, replan_now


async def set_plan(balancer: Balancer, now_s: float, load: object, others: Others) -> object:
    """`fusebox_set_plan`: what is in `others` is the plan, by the keys of CONFIG."""
    return await answered(_set_plan(balancer, now_s, load, others))


async def clear_plan(balancer: Balancer, now_s: float, load: object, others: Others) -> object:
    """`fusebox_clear_plan`: what a service has set is over; CONFIG's own plan counts again."""
    return await answered(_clear_plan(balancer, now_s, load, others))


async def _set_plan(balancer: Balancer, now_s: float, load: object, others: Others) -> Mapping[str, object]:
    found = _plannable(balancer, load)
    refuse_others({key: value for key, value in others.items() if key not in PLAN.fields}, "load", *PLAN.fields)
    told = {key: value for key, value in others.items() if key in PLAN.fields and value is not None}
    own = _read(found, told)
    if isinstance(own.ready_by, str) and next_departure_s(own.ready_by, now_s, balancer.plans.hours.ahead) is None:
        raise ServiceError(f"ready_by: {own.ready_by} has passed; give a time to come")
    await balancer.plans.set(found.name, own, now_s)
    await replan_now(balancer, now_s)
    return {"load": found.name, **balancer.plans.told.get(found.name, {})}


async def _clear_plan(balancer: Balancer, now_s: float, load: object, others: Others) -> Mapping[str, object]:
    refuse_others(others, "load")
    found = _plannable(balancer, load)
    await balancer.plans.set(found.name, None, now_s)
    await replan_now(balancer, now_s)
    return {"load": found.name, **balancer.plans.told.get(found.name, {})}


def _plannable(balancer: Balancer, name: object) -> Load:
    plan = plan_in_force(balancer)
    found = load_of(plan, name)
    if not can_be_planned(found):
        able = [each.name for each in plan.site({}).loads if can_be_planned(each)]
        rest = f"loads that can have one are {', '.join(able)}" if able else "no load can have one"
        raise ServiceError(f"load: '{found.name}' is of type {found.type}, which has no plan; {rest}")
    return found


def _read(load: Load, told: Mapping[str, Any]) -> LoadPlan:
    """The plan that the fields make; ServiceError with the first mistake in them."""
    try:
        tree = plan_of_service(told, is_car=not load.is_switched)
    except vol.Invalid as error:
        raise ServiceError(f"the plan {error.msg}") from error
    for path, leaf in leaves(tree):
        if isinstance(leaf, Wrong):
            raise ServiceError(f"{path}: {leaf.text}")
    if tree["soc_target_pct"] is not None or tree["min_soc_pct"] is not None:
        missing = [key for key in ("soc_pct", "capacity_kwh") if getattr(load.vehicle, key) is None]
        if missing:
            raise ServiceError(f"soc_target_pct: needs {' and '.join(missing)} of '{load.name}' in CONFIG")
    return LoadPlan(**cast(dict[str, Any], tree))
