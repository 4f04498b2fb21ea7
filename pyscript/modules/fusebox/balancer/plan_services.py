"""The services `fusebox_set_plan` and `fusebox_clear_plan`: energy by a time, until it is done or cleared.

Over MQTT a plan is one line such as `20 kWh by 07:00`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from reprlib import repr as shortened
from typing import Any, cast

import voluptuous as vol

from ..config.fields import raised_message
from ..config.plan_schema import PLAN, plan_from_service
from ..config.tree import Mistake, leaves
from ..config.values import without_entity
from ..model.load import Load
from ..model.load_plan import LoadPlan
from ..model.local_day import wall_clock
from ..model.messages.message import message, with_codes
from ..model.site import Site
from ..model.vehicle import GUEST
from ..planning.times import next_departure_s
from ..runtime.service_calls import Response, ServiceError, field_error, parse_on_or_off, refuse_unknown_fields, service
from .balancer import Balancer
from .plans import show
from .plans.course import build_courses
from .plans.modes import can_be_planned
from .plans.plan_format import daily_time
from .services import able_load_named, config_in_force, load_as_set, plan_and_decide
from .vehicles.effect import missing_car_keys

UNITS: Mapping[str, str] = {"kWh": "energy_kwh", "%": "soc_target_pct", "h": "hours"}
"""Unit in a line -> the field of `fusebox_set_plan`."""
CLEARS = "none"
"""The line that clears a plan."""
LINE = re.compile(r"(\d+(?:[.,]\d+)?)\s*(kWh|%|h)\s+by\s+(.+?)(?:\s+below\s+(\S+))?", re.IGNORECASE)
PRICE_LINE = re.compile(r"below\s+(-?\d+(?:[.,]\d+)?)", re.IGNORECASE)


@service
async def set_plan(balancer: Balancer, now_s: float, /, *, load: object, **fields: object) -> Response:
    """Execute `fusebox_set_plan`; `fields` are the plan's by CONFIG's keys. Return the plan attributes.

    With `preview` nothing is set; with `max_price` alone only the price limit of the plan in force. ServiceError for a
    mistake and for a time that is over.
    """
    found = _load_with_plan(balancer, load)
    refuse_unknown_fields(fields, "load", *PLAN.fields, "preview")
    given = {key: value for key, value in fields.items() if key in PLAN.fields and value is not None}
    own = _parse_plan(balancer.as_set, found, given)
    if isinstance(own.ready_by, str) and next_departure_s(own.ready_by, now_s, wall_clock()) is None:
        raise field_error("ready_by", message("ready_by_over", due=own.ready_by))
    if parse_on_or_off("preview", fields.get("preview") or False):
        return await _preview_plan(balancer, found, own)
    if given.keys() == {"max_price"}:
        _set_max_price(balancer, now_s, found, own.max_price)
    else:
        balancer.plans.plans.set_plan(found.name, own, now_s)
    return await _store_and_respond(balancer, now_s, found)


async def _preview_plan(balancer: Balancer, load: Load, own: LoadPlan) -> Response:
    """Return the plan attributes that a load would have with plan `own`, and the energy it would lack at its time.

    That is `missing_kwh`, None if nothing would be planned. Nothing is set. A plan of a price limit alone is combined
    with the plan in force. ServiceError before the first evaluation of plans.
    """
    inputs = balancer.plans.inputs
    if inputs is None:
        raise ServiceError(message("nothing_seen"))
    # A car may have been recognised since the last evaluation.
    inputs = inputs._replace(site=balancer.as_set)
    as_set = inputs.site.by_name.get(load.name, load)
    runner = balancer.plans
    in_force = runner.plans.progress_of(load.name).own or as_set.plan
    if own.has_no_end and in_force is not None:
        own = replace(in_force, max_price=own.max_price)
    found = await runner.plans.preview(inputs, load.name, own)
    found.resting = runner.resting_loads(found, inputs.site)
    course = build_courses(found, inputs.now_s).get(load.name)
    missing_kwh = None if course is None else round(course.missing_kwh, 1)
    attributes = with_codes(show.load_plan_attributes(found, inputs, as_set, course))
    return {"load": load.name, **attributes, "missing_kwh": missing_kwh}


@service
async def clear_plan(balancer: Balancer, now_s: float, *, load: object) -> Response:
    """Execute `fusebox_clear_plan`: end the plan of a service, so that CONFIG's counts; return the plan attributes."""
    found = _load_with_plan(balancer, load)
    balancer.plans.plans.set_plan(found.name, None, now_s)
    return await _store_and_respond(balancer, now_s, found)


async def set_plan_line(balancer: Balancer, now_s: float, *, load: object, line: str) -> object:
    """Set the plan of a line such as `20 kWh by 07:00`, clear it for "" or `CLEARS`; return what that service returns.

    ServiceError for any other line.
    """
    if line.strip() in ("", CLEARS):
        return await clear_plan(balancer, now_s, load=load)
    return await set_plan(balancer, now_s, load=load, **plan_fields_from_text(line))


def _set_max_price(balancer: Balancer, now_s: float, load: Load, max_price: float | None) -> None:
    """Set the price limit of the plan in force: a departure stays; without a plan, the load runs below that price.

    ServiceError without prices in CONFIG.
    """
    if config_in_force(balancer).sections["prices"] is None:
        raise field_error("max_price", message("max_price_without_prices"))
    assert max_price is not None
    balancer.plans.plans.set_max_price(load_as_set(balancer, load), max_price, now_s)


async def _store_and_respond(balancer: Balancer, now_s: float, load: Load) -> Response:
    """Write the plans that were set to the disk and plan again; return the load's name and its plan attributes."""
    await balancer.plans.write_now(now_s)
    await plan_and_decide(balancer, now_s)
    return {"load": load.name, **with_codes(balancer.plans.attributes_by_load.get(load.name, {}))}


def _load_with_plan(balancer: Balancer, name: object) -> Load:
    """Return the load of this name; ServiceError if it cannot have a plan."""
    return able_load_named(config_in_force(balancer), name, can_be_planned, "load_without_plan")


def _parse_plan(site: Site, load: Load, fields: Mapping[str, Any]) -> LoadPlan:
    """Return the plan that these fields make; ServiceError with the first mistake in them.

    Also for a state of charge where the car's sensor or capacity is not in CONFIG.
    """
    try:
        tree = plan_from_service(fields, is_car=not load.is_switched)
    except vol.Invalid as error:
        why = raised_message(error)
        raise (ServiceError(why) if "path" in why.values else field_error("plan", why)) from error
    for path, leaf in leaves(tree):
        if isinstance(leaf, Mistake):
            raise field_error(path, without_entity(leaf.text))
    if tree["soc_target_pct"] is not None or tree["min_soc_pct"] is not None:
        car = site.by_name[load.name].vehicle
        missing = missing_car_keys(site, site.by_name[load.name], "soc_pct", "capacity_kwh")
        if missing:
            needs = message("plan_needs_soc", text=" and ".join(missing), load=car.name or load.name)
            raise field_error("soc_target_pct", message("guest_has_no_soc") if car.name == GUEST else needs)
    return LoadPlan(**cast(dict[str, Any], tree))


def plan_line(plan: LoadPlan | None) -> str:
    """Return a plan as text, such as `20 kWh by 07:00 below 0.3`; "" if there is none.

    One without time and amount is its price limit alone.
    """
    if plan is None:
        return ""
    amount = next(
        (f"{value:.6g} {unit}" for unit, key in UNITS.items() if (value := getattr(plan, key)) is not None), ""
    )
    limit = "" if plan.max_price is None else f"below {plan.max_price:.6g}"
    # A time of day, or a date and time; a whole week has no text.
    ready_by = plan.ready_by if isinstance(plan.ready_by, str) else daily_time(plan.ready_by) or "CONFIG's times"
    return limit if plan.has_no_end else f"{amount} by {ready_by} {limit}".strip()


def plan_fields_from_text(line: str) -> Mapping[str, str]:
    """Return the fields of `fusebox_set_plan` that a line means, such as `20 kWh by 07:00 below 0.3` or `below 0.3`.

    ServiceError if it is no plan.
    """
    price = PRICE_LINE.fullmatch(line.strip())
    if price is not None:
        return {"max_price": price[1].replace(",", ".")}
    found = LINE.fullmatch(line.strip())
    if found is None:
        raise field_error("plan", message("plan_line_wrong", value=shortened(line)))
    amount, unit, ready_by, limit = found.groups()
    keys = {known.lower(): key for known, key in UNITS.items()}
    more = {} if limit is None else {"max_price": limit.replace(",", ".")}
    return {keys[unit.lower()]: amount.replace(",", "."), "ready_by": ready_by, **more}
