"""Entity states -> readings of a group of radiators. The only place that knows the words of thermostats and relays."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from .. import tuning
from ..config.domains import THERMOSTATS, domain_of
from ..config.values import YesNo
from ..devices.appliances.thermostats import CLIMATE, TURN_OFF, TURN_ON
from ..devices.driver import ServiceCall, switch_call, switch_state
from ..model.electrics import NOMINAL_V, watts
from ..model.heating import Group, Radiator
from ..model.messages.message import with_frame
from ..model.readings import View
from ..model.units import CURRENT_UNITS, POWER, POWER_UNITS, TEMPERATURE, normalize_unit, other_unit_problem
from .group import GroupReadings

HEATS = frozenset({"heating", "preheating", "defrosting"})
"""Values of a climate entity's `hvac_action` that mean a call for heat."""

PRESENT, WANTED = "current_temperature", "temperature"
"""Attributes of thermostats: the temperature now, and the set-point."""

T = TypeVar("T")

_YES_NO = YesNo()


def read_group(group: Group, view: View) -> GroupReadings:
    """Return what the entities of a group show now: level, absence, thermostats, relays, missing warmth and draws.

    Unknown values are None or left out. `problems`: a sentence for each entity whose unit is of another quantity.
    """
    return GroupReadings(
        now_s=view.now_s,
        level=view.number(group.power_saving),
        away=None if group.away is None else _YES_NO.read(view.word(group.away)),
        calls={entity: calls_for_heat(view, entity) for entity in group.thermostats},
        relays={entity: switch_state(view, entity) for entity in group.relays},
        debt_k=_by_relay(group, lambda row: _debt_k(view, row)),
        draws=_by_relay(group, lambda row: _is_drawing(view, row)),
        problems=tuple(dict.fromkeys(problem for row in group.rows for problem in _unit_problems(view, row))),
    )


def trigger_entities(group: Group) -> tuple[str, ...]:
    """Return the entities whose changes trigger a run: level, absence, thermostats, relays.

    Of climate entities and water heaters also their attributes.
    """
    found = [entity for entity in (group.power_saving, group.away) if entity is not None]
    for entity in group.thermostats:
        found += [entity, f"{entity}.*"] if domain_of(entity) in THERMOSTATS else [entity]
    return (*found, *group.relays)


def calls_for_heat(view: View, entity: str) -> bool | None:
    """Return whether a thermostat calls for heat: by its action, else if it is colder than its set-point.

    None while that is unknown. A climate entity or water heater that is off does not call. Any other entity calls while
    its state means yes.
    """
    word = view.word(entity)
    if word is None or domain_of(entity) not in THERMOSTATS:
        return _YES_NO.read(word)
    if word.lower() == "off":
        return False
    action = view.attribute(entity, "hvac_action")
    if isinstance(action, str):
        return action.lower() in HEATS
    present_c, wanted_c = _degrees(view, entity, PRESENT), _degrees(view, entity, WANTED)
    return None if present_c is None or wanted_c is None else present_c < wanted_c


def switching_call(view: View, relay: str, on: bool) -> ServiceCall:
    """Return the service call that switches a relay on or off.

    A climate entity that does not support this call is set to the HVAC mode `off` instead, or to one in which it heats.
    """
    features = view.attribute_number(relay, "supported_features")
    if domain_of(relay) == "climate" and features is not None and not int(features) & (TURN_ON if on else TURN_OFF):
        return CLIMATE.mode_call(relay, CLIMATE.heating_mode(view, relay) if on else "off")
    return switch_call(relay, on)


def _by_relay(group: Group, read: Callable[[Radiator], T | None]) -> Mapping[str, T]:
    """Return relay -> the first value that `read` finds in the relay's rows; relays without a value are left out."""
    found: dict[str, T] = {}
    for row in group.rows:
        value = read(row)
        if value is not None:
            found.setdefault(row.actual, value)
    return found


def _debt_k(view: View, row: Radiator) -> float | None:
    """Return by how much a row's room is colder than its set-point [K], negative if warmer; None while unknown.

    Temperature and set-point each have an entity in CONFIG (the set-point also a number); without one, the row's
    thermostat counts. With `tuning.ROOM_FARTHEST_K` or more between them the thermometer is broken.
    """
    own = row.virtual if domain_of(row.virtual) in THERMOSTATS else None
    place, wanted = row.temperature or own, row.setpoint if row.setpoint is not None else own
    if place is None or wanted is None:
        return None
    present_c = _degrees(view, place, PRESENT)
    wanted_c = _degrees(view, wanted, WANTED) if isinstance(wanted, str) else wanted
    if present_c is None or wanted_c is None or abs(wanted_c - present_c) >= tuning.ROOM_FARTHEST_K:
        return None
    return wanted_c - present_c


def _degrees(view: View, entity: str, attribute: str) -> float | None:
    """Return the temperature that an entity shows, by `attribute` for a thermostat; None while unknown.

    None also when its unit is not a temperature; an entity without a unit is accepted.
    """
    if domain_of(entity) in THERMOSTATS:
        return view.attribute_number(entity, attribute)
    unit = view.unit(entity)
    return None if unit and not TEMPERATURE.fits(unit) else view.number(entity)


def _unit_problems(view: View, row: Radiator) -> Iterator[str]:
    """Yield a sentence for each entity of a row whose unit is of another quantity, which makes it unknown."""
    thermometers = {"temperature": row.temperature, "setpoint": row.setpoint}
    for key, entity in thermometers.items():
        unit = view.shown_unit(entity) if isinstance(entity, str) and domain_of(entity) not in THERMOSTATS else ""
        if unit and not TEMPERATURE.fits(unit):
            yield with_frame(other_unit_problem(str(entity), unit, TEMPERATURE), "path", f"{row.name}: {key}")
    unit = view.shown_unit(row.power)
    if unit and not POWER.fits(unit) and normalize_unit(unit) not in CURRENT_UNITS:
        yield with_frame(other_unit_problem(str(row.power), unit, POWER), "path", f"{row.name}: power")


def _is_drawing(view: View, row: Radiator) -> bool | None:
    """Return whether a row's radiator draws more than `RADIATOR_DRAWS_W`; None without a sensor or a value."""
    power_w, current_a = view.measured(row.power, POWER_UNITS, "w"), view.measured(row.power, CURRENT_UNITS)
    if current_a is not None:
        power_w = watts(current_a, NOMINAL_V)
    return None if power_w is None else power_w > tuning.RADIATOR_DRAWS_W
