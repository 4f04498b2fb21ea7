"""`fusebox_set_vehicle`: the car that stands at a charger, where it was recognised wrongly or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from reprlib import repr as shortened

from ..config.tree import known_choices
from ..devices.driver import entity_of
from ..model.messages.message import message
from ..model.vehicle import GUEST
from ..runtime.entity_values import SERVICE_OF_DOMAIN, set_entity
from ..runtime.service_errors import Others, field_error, refuse_unknown_fields, service
from ..runtime.service_fields import names_or_none
from .balancer import Balancer
from .services import load_named, plan_in_force, replan_now
from .vehicles.effect import vehicle_attributes
from .vehicles.vehicles import car_named


@service
async def set_vehicle(
    balancer: Balancer, now_s: float, load: object, vehicle: object, others: Others
) -> Mapping[str, object]:
    """`fusebox_set_vehicle`: the car at a load, or `guest`, until it leaves. Sets the entity that names it, too."""
    refuse_unknown_fields(others, "load", "vehicle")
    plan = plan_in_force(balancer)
    found = load_named(plan, load)
    if not found.vehicles:
        able = names_or_none(each.name for each in plan.site({}).loads if each.vehicles)
        raise field_error("load", message("load_without_vehicles", load=found.name, known=able))
    wanted = car_named(found, vehicle)
    known = (*found.vehicles, GUEST)
    if wanted is None:
        why = message("which_one", **known_choices(vehicle, known))
        if vehicle is not None:
            why = message("value_not_of", value=shortened(vehicle), what="a car here", **known_choices(vehicle, known))
        raise field_error("vehicle", why)
    if not await balancer.vehicles.set(found.name, wanted):
        raise field_error("load", message("no_car"))
    entity = entity_of(found, "vehicle_entity")
    if entity is not None and entity.partition(".")[0] in SERVICE_OF_DOMAIN:
        await set_entity(balancer.ports, entity, wanted, lambda label: car_named(found, label) == wanted)
    # The decision knows the car first, and plans follow from that.
    await balancer.run_anew(now_s)
    await replan_now(balancer, now_s)
    as_set = found if balancer.as_set is None else balancer.as_set.by_name[found.name]
    return {"load": found.name, "vehicle": vehicle_attributes(as_set)["vehicle"]}
