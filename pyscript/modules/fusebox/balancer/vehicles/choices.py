"""A person's choice of the car at a charger: when it ends, and the entity that it was written to."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ... import tuning
from ...devices.driver import entity_of
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.site import slug
from ...model.vehicle import GUEST
from ...runtime.entity_values import set_entity
from ...runtime.ports import Ports, entity_attributes
from .naming import NO_CAR, car_named, settable_entity
from .recognition import ALWAYS_S, By, Clues, Stay


class SetBack(NamedTuple):
    """An entity that still displays a person's choice, though that counts no longer."""

    load: Load
    """The load whose car it names."""
    entity: str
    before: str
    """What it displayed before the choice: a car, `GUEST`, or "" for none."""


def ends_choice(load: Load, stay: Stay, moved: Collection[str]) -> bool:
    """Return whether the change of an entity overrules a person's choice: the later act counts.

    `moved`: loads whose entity has changed. One that can only be read overrules no choice of a session.
    """
    if stay.by is not By.PERSON or load.name not in moved:
        return False
    return stay.session_s == ALWAYS_S or settable_entity(load) is not None


def without_old_choice(load: Load, clues: Clues, before_choice: Mapping[str, str]) -> Clues:
    """Return the clues without the car that an entity names only because a person's choice was written to it."""
    before = before_choice.get(entity_of(load, "vehicle_entity") or "")
    return clues if before is None or clues.named in (None, before) else clues._replace(named="")


def without_choice(stay: Stay, vehicle: str) -> Stay:
    """Return a stay, with an unknown car where a person has chosen `vehicle`; there may be many guests."""
    is_chosen = stay.by is By.PERSON and stay.vehicle == vehicle != GUEST
    return Stay(stay.session_s) if is_chosen else stay


def outdated_choices(
    loads: list[Load],
    stays: Mapping[str, Stay],
    before_choice: Mapping[str, str],
    left_s: Mapping[str, float],
    now_s: float,
) -> Iterator[SetBack]:
    """Yield the entities that display a choice that counts no longer: its car has left, or is recognised by itself.

    Not for `VEHICLE_NEAR_S` after its car has left: until then it may have been the charger that restarted. `left_s`:
    load -> when its last car left [s since 1970].
    """
    for load in loads:
        entity, stay = settable_entity(load), stays.get(load.name)
        before = before_choice.get(entity or "")
        if entity is None or before is None:
            continue
        if stay is None:
            has_ended = now_s - left_s.get(load.name, NEVER_S) > tuning.VEHICLE_NEAR_S
        else:
            has_ended = stay.by is not By.PERSON
        if has_ended:
            yield SetBack(load, entity, before)


async def set_back(ports: Ports, outdated: SetBack) -> None:
    """Set an entity to what it displayed before the choice; nothing if none of its options means that.

    Raises what the service raises.
    """
    load, entity, before = outdated

    def means_it(label: str) -> bool:
        return car_named(load, label) == before if before else slug(label) in NO_CAR

    options = entity_attributes(ports, entity).get("options") or ()
    if not options or any(means_it(str(option)) for option in options):
        await set_entity(ports, entity, before, means_it)
