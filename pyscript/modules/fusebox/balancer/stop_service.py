"""`fusebox_set_limit`: the state of charge or the energy at which this session of a charger stops."""

from __future__ import annotations

from collections.abc import Mapping
from reprlib import repr as shortened

import voluptuous as vol

from ..config.fields import raised_message
from ..config.values import keys_of_record
from ..model.load import Load
from ..model.messages.message import message
from ..model.numbers import number_of
from ..runtime.service_errors import (
    GIVEN_BY_PYSCRIPT,
    Others,
    ServiceError,
    field_error,
    refuse_unknown_fields,
    service,
)
from ..runtime.service_fields import names_or_none
from .balancer import Balancer
from .services import load_named, plan_in_force
from .stops import can_stop, limit_attributes
from .vehicles.effect import missing_car_keys

FIELDS = keys_of_record(Load, "stop_soc_pct", "stop_energy_kwh")
"""The fields of the service, as CONFIG has them."""


@service
async def set_limit(balancer: Balancer, now_s: float, load: object, values: Others) -> Mapping[str, object]:
    """Execute `fusebox_set_limit`: set limits of the present session, or of the next one; 0 returns to CONFIG's."""
    plan = plan_in_force(balancer)
    found = load_named(plan, load)
    if not can_stop(found):
        able = [each.name for each in plan.site({}).loads if can_stop(each)]
        refusal = message("load_without_session", load=found.name, known=names_or_none(able))
        raise field_error("load", refusal)
    refuse_unknown_fields({key: value for key, value in values.items() if key not in FIELDS}, "load", *FIELDS)
    given = {key: each for key, each in values.items() if key not in GIVEN_BY_PYSCRIPT and each is not None}
    if not given:
        raise ServiceError(message("limit_missing"))
    site = balancer.as_set or plan.site({})
    if "stop_soc_pct" in given and missing_car_keys(site, site.by_name[found.name], "soc_pct"):
        raise field_error("stop_soc_pct", message("limit_needs_soc", load=found.name))
    limits = {key.removeprefix("stop_"): _limit(key, value) for key, value in given.items()}
    energy = balancer.energy.loads.get(found.name)
    session = None if energy is None else energy.session
    await balancer.stops.set(found.name, limits, None if session is None else session.start_s)
    await balancer.run_anew(now_s)
    as_set = found if balancer.as_set is None else balancer.as_set.by_name[found.name]
    return {"load": found.name, **limit_attributes(as_set)}


def _limit(key: str, value: object) -> float | None:
    """Return a limit as a number, None for 0."""
    number = number_of(value)
    if number is None:
        raise field_error(key, message("number_wrong", value=shortened(value)))
    try:
        return None if number == 0 else number_of(FIELDS[key].check(number))
    except vol.Invalid as error:
        raise field_error(key, raised_message(error)) from error
