"""Entity states -> what is seen of a group of radiators. The edge where words of thermostats and relays become ours."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

from .. import tuning
from ..config.values import YesNo
from ..devices.driver import ServiceCall, switch_call, switch_state
from ..model.electrics import NOMINAL_V, watts
from ..model.readings import View
from ..model.units import CURRENT_UNITS, POWER, POWER_UNITS, TEMPERATURE, other_unit_problem, plain
from .group import Group, GroupReadings, Radiator

HEATS = frozenset({"heating", "preheating", "defrosting"})
"""What a climate entity does (`hvac_action`) when its room calls for heat."""

KEEPS_ROOMS = ("climate", "water_heater")
"""Domains whose entities tell a temperature and a set-point, and are on in several ways."""


PRESENT, WANTED = "current_temperature", "temperature"
"""The attributes in which they tell these."""

TURN_OFF, TURN_ON = 128, 256
"""Bits of a climate entity's `supported_features`."""

T = TypeVar("T")

_YES_NO = YesNo(unknown=False)


def seen_of(group: Group, view: View) -> GroupReadings:
    """One look at a group."""
    return GroupReadings(
        now_s=view.now_s,
        level=None if group.power_saving is None else view.number(group.power_saving),
        away=None if group.away is None else _YES_NO.read(view.word(group.away)),
        calls={entity: calls_for_heat(view, entity) for entity in group.thermostats},
        relays={entity: switch_state(view, entity) for entity in group.relays},
        debt_k=_by_relay(group, lambda row: _debt_k(view, row)),
        draws=_by_relay(group, lambda row: _draws(view, row)),
        problems=tuple(dict.fromkeys(problem for row in group.rows for problem in _unit_problems(view, row))),
    )


def entities_of(group: Group) -> tuple[str, ...]:
    """What a run has to follow: level, absence, thermostats with all that they tell, relays."""
    found = [entity for entity in (group.power_saving, group.away) if entity is not None]
    for entity in group.thermostats:
        found += [entity, f"{entity}.*"] if _domain(entity) in KEEPS_ROOMS else [entity]
    return (*found, *group.relays)


def calls_for_heat(view: View, entity: str) -> bool | None:
    """Whether a thermostat calls; None while it is unknown."""
    word = view.word(entity)
    if word is None or _domain(entity) not in KEEPS_ROOMS:
        return _YES_NO.read(word)
    if word.lower() == "off":
        return False
    action = view.attribute(entity, "hvac_action")
    if isinstance(action, str):
        return action.lower() in HEATS
    present_c, wanted_c = _degrees(view, entity, PRESENT), _degrees(view, entity, WANTED)
    return None if present_c is None or wanted_c is None else present_c < wanted_c


def call_of(view: View, relay: str, on: bool) -> ServiceCall:
    """The service call that switches a relay; a climate entity that has no switch of its own gets a mode."""
    features = view.attribute_number(relay, "supported_features")
    if _domain(relay) == "climate" and features is not None and not int(features) & (TURN_ON if on else TURN_OFF):
        return ServiceCall("climate", "set_hvac_mode", {"entity_id": relay, "hvac_mode": "heat" if on else "off"})
    return switch_call(relay, on)


def _domain(entity: str) -> str:
    return entity.partition(".")[0]


def _by_relay(group: Group, read: Callable[[Radiator], T | None]) -> Mapping[str, T]:
    """What the rows of each relay tell; of two that do the first."""
    found: dict[str, T] = {}
    for row in group.rows:
        value = read(row)
        if value is not None:
            found.setdefault(row.actual, value)
    return found


def _debt_k(view: View, row: Radiator) -> float | None:
    own = row.virtual if _domain(row.virtual) in KEEPS_ROOMS else None
    place, wanted = row.temperature or own, row.setpoint if row.setpoint is not None else own
    if place is None or wanted is None:
        return None
    present_c = _degrees(view, place, PRESENT)
    wanted_c = _degrees(view, wanted, WANTED) if isinstance(wanted, str) else wanted
    return None if present_c is None or wanted_c is None else wanted_c - present_c


def _degrees(view: View, entity: str, attribute: str) -> float | None:
    """What an entity shows, in this attribute where it keeps a room.

    None where its unit is of no temperature; one without a unit is believed.
    """
    if _domain(entity) in KEEPS_ROOMS:
        return view.attribute_number(entity, attribute)
    unit = view.unit(entity)
    return None if unit and not TEMPERATURE.fits(unit) else view.number(entity)


def _unit_problems(view: View, row: Radiator) -> Iterator[str]:
    """A sentence for each entity of a row whose unit is of another quantity, so that it counts as unknown."""
    thermometers = {"temperature": row.temperature, "setpoint": row.setpoint}
    for key, entity in thermometers.items():
        unit = view.shown_unit(entity) if isinstance(entity, str) and _domain(entity) not in KEEPS_ROOMS else ""
        if unit and not TEMPERATURE.fits(unit):
            yield f"{row.name}: {key}: {other_unit_problem(str(entity), unit, TEMPERATURE)}"
    unit = "" if row.power is None else view.shown_unit(row.power)
    if unit and not POWER.fits(unit) and plain(unit) not in CURRENT_UNITS:
        yield f"{row.name}: power: {other_unit_problem(str(row.power), unit, POWER)}"


def _draws(view: View, row: Radiator) -> bool | None:
    power_w, current_a = view.measured(row.power, POWER_UNITS, "w"), view.measured(row.power, CURRENT_UNITS)
    if current_a is not None:
        power_w = watts(current_a, NOMINAL_V)
    return None if power_w is None else power_w > tuning.RADIATOR_DRAWS_W
