"""The services about a charger's sessions: those that are over, their sums, where one stops, and whose car it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, tzinfo
from reprlib import repr as shortened
from typing import Any

import voluptuous as vol

from ..config.fields import raised_message
from ..config.tree import known_choices
from ..config.values import keys_of_record
from ..model.load import STOP_KEYS, Load
from ..model.local_day import home_zone
from ..model.messages.message import message
from ..model.numbers import number_of
from ..model.readings import View
from ..model.site import slug
from ..model.vehicle import GUEST
from ..runtime.entity_values import entity_refusal, set_entity
from ..runtime.service_calls import (
    Response,
    ServiceError,
    csv_text,
    field_error,
    filled_fields,
    parse_days,
    parse_on_or_off,
    refuse_unknown_fields,
    service,
)
from .balancer import Balancer
from .energy.load_energy import NEW_ENERGY
from .energy.meter import energy_meter
from .energy.session import Session, cents, session_line
from .energy.storage import SessionLine
from .services import able_load_named, config_in_force, decide_and_plan, load_as_set, load_named
from .stops import can_stop, limit_attributes
from .vehicles.effect import missing_car_keys, vehicle_attributes
from .vehicles.naming import AUTOMATIC, car_by_word, settable_entity

PERIODS: Mapping[str, str] = {"day": "%Y-%m-%d", "month": "%Y-%m"}
"""Period -> how it is written."""
SESSION_FIELDS = tuple(session_line("", Session(0.0), 0.0, 0.0))
"""The fields of a session, in the order of a table."""
BY: Mapping[str, tuple[str, ...]] = {"load": ("load", "vehicle"), "group": ("group",)}
"""What sessions are added up by -> the fields that tell the sums of a period apart."""


def total_fields(by: str) -> tuple[str, ...]:
    """Return the fields of a sum, in the order of a table."""
    return ("period", *BY[by], "sessions", "kwh", "solar_pct", "cost", "saved")


def period_totals(lines: Iterable[SessionLine], period: str, by: str, zone: tzinfo) -> list[dict[str, Any]]:
    """Return a row for each period, and load and car or group, the latest period first.

    A session counts in the period in which it ended. `solar_pct`, `cost` and `saved` are those of the sessions of which
    they are known; None where they are known of none.
    """
    groups: dict[tuple[str | None, ...], list[SessionLine]] = {}
    for line in lines:
        written = datetime.fromisoformat(line["end"]).astimezone(zone).strftime(PERIODS[period])
        groups.setdefault((written, *(line.get(field) for field in BY[by])), []).append(line)
    ordered = sorted(groups, key=lambda key: [each or "" for each in key[1:]])
    keys = sorted(ordered, key=lambda key: key[0] or "", reverse=True)
    return [{**dict(zip(total_fields(by), key, strict=False)), **_total_row(groups[key])} for key in keys]


def _total_row(lines: list[SessionLine]) -> dict[str, Any]:
    """Return the row of one period, load and car: the sums over its sessions."""
    sunny = [(line["solar_pct"], line["kwh"]) for line in lines if line.get("solar_pct") is not None]
    known_kwh = sum(kwh for _, kwh in sunny)
    return {
        "sessions": len(lines),
        "kwh": round(sum(line["kwh"] for line in lines), 3),
        "solar_pct": round(sum(pct * kwh for pct, kwh in sunny) / known_kwh) if known_kwh > 0 else None,
        "cost": _sum_of_known(lines, "cost"),
        "saved": _sum_of_known(lines, "saved"),
    }


def _sum_of_known(lines: list[SessionLine], field: str) -> float | None:
    """Return the sum of a field of the sessions of which it is known, never -0.0; None where it is known of none."""
    known = [line[field] for line in lines if line.get(field) is not None]
    return cents(sum(known)) if known else None


@service
async def sessions(balancer: Balancer, now_s: float, /, *, load: object, days: object, **values: object) -> Response:
    """Execute `fusebox_sessions`: return the sessions that ended in the last `days`, as rows, sums or CSV.

    `values`: filters by `vehicle` and `group`, `totals` (a period by which they are added up), `by` (load or group) and
    `csv`. ServiceError for an invalid field, and where sessions are not stored or cannot be read.
    """
    refuse_unknown_fields(values, "load", "days", "vehicle", "group", "totals", "by", "csv")
    config = config_in_force(balancer)
    name = None if load is None else load_named(config, load).name
    period, by, amount = values.get("totals"), values.get("by") or "load", parse_days(days)
    for key, value, of, kind in (("totals", period, PERIODS, "a period"), ("by", by, BY, "a kind of sum")):
        if value is not None and value not in tuple(of):
            raise field_error(key, message("value_not_of", value=repr(value), what=kind, **known_choices(value, of)))
    if balancer.energy_keeper is None:
        raise ServiceError(message("sessions_not_stored"))
    try:
        found = await balancer.energy_keeper.recent_sessions(now_s, amount)
    except OSError as error:
        raise ServiceError(message("sessions_unreadable", error=str(error))) from error
    chosen = {"load": name, "vehicle": values.get("vehicle"), "group": values.get("group")}
    lines = [line for line in found if all(each in (None, line.get(key)) for key, each in chosen.items())]
    as_csv = parse_on_or_off("csv", values.get("csv") or False)
    if period is None:
        return {"csv": csv_text(SESSION_FIELDS, lines)} if as_csv else {"sessions": lines}
    rows = period_totals(lines, str(period), str(by), home_zone())
    return {"csv": csv_text(total_fields(str(by)), rows)} if as_csv else {"totals": rows}


FIELDS = keys_of_record(Load, *STOP_KEYS)
"""The fields of the service, as CONFIG has them."""


@service
async def set_limit(balancer: Balancer, now_s: float, /, *, load: object, **values: object) -> Response:
    """Execute `fusebox_set_limit`: set limits of the present or next session, decide and plan anew.

    Return the load and its limits in force. 0 removes a limit of this service, so that CONFIG's counts. ServiceError
    without a limit, for unknown fields, for a load without sessions, and for a limit in percent without a state of
    charge.
    """
    found = able_load_named(config_in_force(balancer), load, can_stop, "load_without_session")
    refuse_unknown_fields(values, "load", *FIELDS)
    given = filled_fields(values)
    if not given:
        raise ServiceError(message("limit_missing"))
    now = load_as_set(balancer, found)
    if "stop_soc_pct" in given and missing_car_keys(balancer.as_set, now, "soc_pct"):
        raise field_error("stop_soc_pct", message("limit_needs_soc", load=now.vehicle.name or now.name))
    limits = {key.removeprefix("stop_"): _limit(key, value) for key, value in given.items()}
    energy = energy_meter().loads.get(found.name, NEW_ENERGY)
    await balancer.stops.set_limits(found.name, limits, energy.session_start_s)
    await decide_and_plan(balancer, now_s)
    return {"load": found.name, **limit_attributes(load_as_set(balancer, found))}


def _limit(key: str, value: object) -> float | None:
    """Return a limit as a number, None for 0; ServiceError for no number or one out of range."""
    number = number_of(value)
    if number is None:
        raise field_error(key, message("number_wrong", value=shortened(value)))
    try:
        return None if number == 0 else number_of(FIELDS[key].check(number))
    except vol.Invalid as error:
        raise field_error(key, raised_message(error)) from error


@service
async def set_vehicle(balancer: Balancer, now_s: float, *, load: object, vehicle: object) -> Response:
    """Execute `fusebox_set_vehicle`: set which car, or `guest`, is at a load until it leaves; decide and plan again.

    `AUTOMATIC` ends such a choice. Also sets the entity that names the car, if it can be set to that now.
    ServiceError for an unknown car, and where none is there.
    """
    found = able_load_named(config_in_force(balancer), load, lambda each: bool(each.vehicles), "load_without_vehicles")
    wanted = car_by_word(found, vehicle)
    is_automatic, known = slug(str(vehicle)) == AUTOMATIC, (*found.vehicles, GUEST, AUTOMATIC)
    if wanted is None and not is_automatic:
        choices = known_choices(vehicle, known)
        unknown = message("value_not_of", value=shortened(vehicle), what="a car here", **choices)
        raise field_error("vehicle", message("which_one", **choices) if vehicle is None else unknown)

    def means_it(label: str) -> bool:
        return car_by_word(found, label) == wanted

    entity, cars = settable_entity(found), balancer.vehicles
    if entity is not None and entity_refusal(View(balancer.ports.get, now_s), entity, wanted, means_it):
        entity = None
    is_there = await (cars.clear_choice(found.name) if wanted is None else cars.set_car(found.name, wanted, entity))
    if not is_there:
        raise field_error("load", message("no_car"))
    if entity is not None and wanted is not None:
        await set_entity(balancer.ports, entity, wanted, means_it)
    await decide_and_plan(balancer, now_s)
    return {"load": found.name, "vehicle": vehicle_attributes(load_as_set(balancer, found))["vehicle"]}
