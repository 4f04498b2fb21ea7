"""`fusebox_sessions`: finished sessions, each or added up, as rows or as CSV text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta, timezone

from ..config.tree import known_choices
from ..model.local_day import home_zone
from ..model.messages.message import message
from ..runtime.service_errors import Others, ServiceError, field_error, refuse_unknown_fields, service
from ..runtime.service_fields import csv_text, parse_days, parse_on_or_off
from .balancer import Balancer
from .energy.history import BY, PERIODS, SESSION_FIELDS, period_totals, total_fields
from .services import load_named, plan_in_force


@service
async def sessions(
    balancer: Balancer, now_s: float, load: object, days: object, values: Others
) -> Mapping[str, object]:
    """Execute `fusebox_sessions`: return the sessions that ended in the last `days`.

    `values`: `vehicle`, `group`, `totals` (a period by which they are added up), `by` (load or group) and `csv`.
    """
    known = ("vehicle", "group", "totals", "by", "csv")
    refuse_unknown_fields({key: each for key, each in values.items() if key not in known}, "load", "days", *known)
    plan = plan_in_force(balancer)
    name = None if load is None else load_named(plan, load).name
    period, by, amount = values.get("totals"), values.get("by") or "load", parse_days(days)
    for key, value, of, what in (("totals", period, PERIODS, "a period"), ("by", by, BY, "a kind of sum")):
        if value is not None and value not in of:
            raise field_error(key, message("value_not_of", value=repr(value), what=what, **known_choices(value, of)))
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
    rows = period_totals(lines, str(period), str(by), home_zone() or timezone(timedelta(seconds=balancer.ahead_s)))
    return {"csv": csv_text(total_fields(str(by)), rows)} if as_csv else {"totals": rows}
