"""`fusebox_set_limit`: the state of charge or the energy at which this session of a charger stops."""

from __future__ import annotations

from collections.abc import Mapping
from reprlib import repr as shortened

import voluptuous as vol

from ..config.values import keys_of
from ..model.load import Load
from ..model.messages.message import with_frame
from ..model.numbers import number_of
from ..runtime.service_errors import GIVEN_BY_PYSCRIPT, Others, ServiceError, refuse_others, service
from .balancer import Balancer
from .services import load_of, plan_in_force
from .stops import attributes_of, can_stop

FIELDS = keys_of(Load, "stop_soc_pct", "stop_energy_kwh")
"""The fields of the service, as CONFIG has them."""


@service
async def set_limit(balancer: Balancer, now_s: float, load: object, values: Others) -> Mapping[str, object]:
    """`fusebox_set_limit`: limits of the present session, or of the next one; 0 returns to CONFIG's."""
    plan = plan_in_force(balancer)
    found = load_of(plan, load)
    if not can_stop(found):
        able = [each.name for each in plan.site({}).loads if can_stop(each)]
        rest = f"loads that can have one are {', '.join(able)}" if able else "no load can have one"
        raise ServiceError(f"load: '{found.name}' does not show when a car comes and leaves; {rest}")
    refuse_others({key: value for key, value in values.items() if key not in FIELDS}, "load", *FIELDS)
    given = {key: each for key, each in values.items() if key not in GIVEN_BY_PYSCRIPT and each is not None}
    if not given:
        raise ServiceError("nothing to set; give stop_soc_pct or stop_energy_kwh, 0 to take it back")
    if "stop_soc_pct" in given and found.vehicle.soc_pct is None:
        raise ServiceError(f"stop_soc_pct: needs soc_pct of '{found.name}' in CONFIG")
    limits = {key.removeprefix("stop_"): _limit(key, value) for key, value in given.items()}
    energy = balancer.energy.loads.get(found.name)
    session = None if energy is None else energy.session
    await balancer.stops.set(found.name, limits, None if session is None else session.start_s)
    await balancer.run_anew(now_s)
    as_set = found if balancer.as_set is None else balancer.as_set.by_name[found.name]
    return {"load": found.name, **attributes_of(as_set)}


def _limit(key: str, value: object) -> float | None:
    """Return a limit as a number, None for 0."""
    number = number_of(value)
    if number is None:
        raise ServiceError(f"{key}: {shortened(value)} is not a number")
    try:
        return None if number == 0 else number_of(FIELDS[key].check(number))
    except vol.Invalid as error:
        raise ServiceError(with_frame(error.msg, "path", key)) from error
