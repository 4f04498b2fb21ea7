"""The service `round_robin_boost_mode`: let a radiator heat regardless of its thermostat, within the limit."""

from __future__ import annotations

from collections.abc import Mapping
from reprlib import repr as shortened

from ..model.messages.message import message
from ..runtime.service_errors import Others, ServiceError, refuse_unknown_fields, service
from ..runtime.service_fields import nearest_name, parse_on_or_off
from .rotation import Rotation


@service
async def boost(
    rotation: Rotation, now_s: float, radiator: object, state: object, others: Others
) -> Mapping[str, object]:
    """Switch boost on or off for a radiator, named by its name or by the entity id of its relay or thermostat."""
    refuse_unknown_fields(others, "radiator", "state")
    if rotation.loaded.plan is None:
        raise ServiceError(message("no_valid_config"))
    if not rotation.groups:
        raise ServiceError(message("no_radiators_section"))
    if not rotation.ready or not rotation.is_active:
        raise ServiceError(message("just_starting"))
    relays = _relays_named(rotation, radiator)
    on = parse_on_or_off("state", state)
    await rotation.set_boost(now_s, relays, on)
    names = [group.name_of(relay) for group in rotation.groups for relay in relays.get(group.name, ())]
    return {"radiators": names, "state": "on" if on else "off"}


def _relays_named(rotation: Rotation, radiator: object) -> dict[str, list[str]]:
    """Return group name -> relays of the radiator that a service call names; raises `ServiceError` when unknown."""
    # YAML reads a bare 1 as a number, but a radiator may be named "1".
    called = str(radiator) if type(radiator) is int else radiator
    found: dict[str, list[str]] = {}
    for group in rotation.groups:
        meant = [row.actual for row in group.rows if called in (row.name, row.actual, row.virtual)]
        if meant:
            found[group.name] = list(dict.fromkeys(meant))
    if found:
        return found
    names = list(dict.fromkeys(row.name for group in rotation.groups for row in group.rows))
    if radiator is None:
        raise ServiceError(message("radiator_not_named", known=", ".join(names)))
    near, text = nearest_name(radiator, names), shortened(radiator)
    if near is not None:
        raise ServiceError(message("radiator_unknown_near", text=text, near=near))
    raise ServiceError(message("radiator_unknown", text=text, known=", ".join(names)))
