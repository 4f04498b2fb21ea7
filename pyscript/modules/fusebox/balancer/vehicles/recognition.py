"""Which car stands at each charger, from what is known by now. Pure.

What counts, the strongest first: a person's choice, the entity that names the car, a tag, a car that was plugged in at
about the same time, a tag that was displayed before already. A car that nothing names is a guest after two minutes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import NamedTuple

from ... import tuning
from ...model.durations import NEVER_S
from ...model.vehicle import GUEST


class By(StrEnum):
    """How a car was recognised."""

    NOTHING = "nothing"
    """It was not, or not yet."""
    PERSON = "person"
    ENTITY = "entity"
    TAG = "tag"
    PLUGGED = "plugged"
    OLD_TAG = "old_tag"
    """By a tag that has been displayed since before the car came: some chargers never clear it."""


SURE = frozenset({By.PERSON, By.ENTITY, By.TAG})
"""Ways that take a car away from a charger where it was only presumed."""


class Stay(NamedTuple):
    """What is known of the car at one charger in one session."""

    session_s: float = NEVER_S
    """When the session began [s since 1970]."""
    vehicle: str | None = None
    """The car's name or `GUEST`, None while it is not known."""
    by: By = By.NOTHING


Stays = Mapping[str, Stay]
"""Charger -> the stay of the car there."""
EndedStays = Mapping[str, tuple[Stay, float]]
"""Charger -> its last ended stay, and when that ended [s since 1970]."""
NOT_THERE = Stay()
"""The stay at a charger without a car."""
ALWAYS_S = 0.0
"""The beginning of the only session of a charger that does not show when a car comes [s since 1970]."""


class Clues(NamedTuple):
    """What can be seen now at one charger with a car."""

    session_s: float
    """When its session began [s since 1970]."""
    named: str | None = None
    """The car or `GUEST` that an entity names, "" where it names no car, None while it is unknown or there is none."""
    tagged: str | None = None
    """The car that the displayed tag belongs to, None for none."""
    tagged_s: float = NEVER_S
    """Since when that tag has been displayed [s since 1970]."""
    plugged_s: Mapping[str, float] = {}
    """Car that may charge here -> since when it has been plugged in [s since 1970], those that are."""


def recognise(clues: Mapping[str, Clues], past: Stays, now_s: float) -> dict[str, Stay]:
    """Return charger -> stay of the car there, from the clues of all chargers with a car and the stays until now.

    A car counts at one charger only, unless entities or tags name it at two. Where a stronger clue names it elsewhere,
    the car that was plugged in next nearest in time counts. Without any clue it is the car of an older tag, else a
    guest, once no car that is plugged in can match any more.
    """
    found = {name: _certain_stay(each, past.get(name, NOT_THERE)) for name, each in clues.items()}
    wrong = {name for name, stay in found.items() if any(_is_car_surely_at(stay, other) for other in found.values())}
    found |= {name: Stay(found[name].session_s) for name in wrong}
    unknown = {name for name, stay in found.items() if stay.vehicle is None}
    matching = {name for name, each in clues.items() if _may_match_plugged_cars(each, found[name], now_s)}
    open_now = {name: each for name, each in clues.items() if name in unknown | matching}
    taken = {stay.vehicle for name, stay in found.items() if name not in open_now}
    for name, vehicle in _pairs_nearest_first(open_now):
        if vehicle not in taken and name in open_now:
            found[name] = Stay(found[name].session_s, vehicle, By.PLUGGED)
            taken.add(vehicle)
            del open_now[name]
    for name in open_now:
        if found[name].vehicle in taken:
            found[name] = Stay(found[name].session_s)
    for name, stay in found.items():
        if stay.vehicle is None and not _may_match_plugged_cars(clues[name], stay, now_s):
            tagged = clues[name].tagged
            is_old = tagged is not None and tagged not in taken
            found[name] = stay._replace(vehicle=tagged, by=By.OLD_TAG) if is_old else stay._replace(vehicle=GUEST)
            taken.add(found[name].vehicle)
    return found


def resumed_stay(clues: Clues, left: Stay, left_s: float) -> Stay | None:
    """Return the stay for a new session of a car that was never unplugged; None where that is not certain enough.

    A charger that restarts reports for a moment that no car is there. The car is the one of the session that ended at
    `left_s` [s since 1970] if its own entity has reported it plugged in throughout, and nothing names another car.
    """
    plugged_s = None if left.vehicle is None else clues.plugged_s.get(left.vehicle)
    if plugged_s is None or plugged_s >= left_s:
        return None
    fresh = Stay(clues.session_s)
    if clues.session_s - left_s > tuning.VEHICLE_NEAR_S or _certain_stay(clues, fresh) != fresh:
        return None
    return Stay(clues.session_s, left.vehicle, By.PERSON if left.by is By.PERSON else By.PLUGGED)


def _certain_stay(clues: Clues, past: Stay) -> Stay:
    """Return the stay by the strongest clue that leaves no doubt.

    In order: what a person has set, an entity that names the car, a tag shown no earlier than `VEHICLE_NEAR_S` before
    the session. Without such a clue the past stay, or an unknown car in a new session.
    """
    session_s = clues.session_s
    if past.session_s != session_s:
        past = Stay(session_s)
    if past.by is By.PERSON:
        return past
    if clues.named:
        return Stay(session_s, clues.named, By.ENTITY)
    # An entity that is silent for a moment still names the car.
    if past.by is By.ENTITY and clues.named is not None:
        past = Stay(session_s)
    if past.by not in SURE and clues.tagged is not None and clues.tagged_s >= session_s - tuning.VEHICLE_NEAR_S:
        return Stay(session_s, clues.tagged, By.TAG)
    return past


def _is_car_surely_at(stay: Stay, other: Stay) -> bool:
    """Return whether the car of a stay is certainly at the charger of another stay.

    A person's choice outdoes an entity or a tag, except at a charger that does not show when a car leaves: there the
    choice may be of long ago.
    """
    if stay.vehicle != other.vehicle or stay.vehicle in (None, GUEST) or stay.by is By.PERSON:
        return False
    return other.by is By.PERSON and other.session_s != ALWAYS_S if stay.by in SURE else other.by in SURE


def _may_match_plugged_cars(clues: Clues, stay: Stay, now_s: float) -> bool:
    """Return whether cars that are plugged in now may still be the one at this charger.

    For `VEHICLE_NEAR_S` after its session began, while its car is unknown or presumed by its plug only.
    """
    is_near = now_s - clues.session_s <= tuning.VEHICLE_NEAR_S
    return is_near and (stay.vehicle is None or stay.by is By.PLUGGED)


def _pairs_nearest_first(clues: Mapping[str, Clues]) -> Iterator[tuple[str, str]]:
    """Yield charger and car for each pair plugged in at about the same time, the closest in time first."""
    pairs = [
        (abs(plugged_s - each.session_s), name, vehicle)
        for name, each in clues.items()
        for vehicle, plugged_s in each.plugged_s.items()
    ]
    for apart_s, name, vehicle in sorted(pairs):
        if apart_s <= tuning.VEHICLE_NEAR_S:
            yield name, vehicle
