"""The cars that may be at a load by their names, and a person's choice of one of them.

Which car a word or a tag means, which words mean none, when a choice ends, and the entity that it was written to.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ... import tuning
from ...config.domains import domain_of
from ...config.tree import known_choices
from ...devices.driver import entity_of
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.messages.message import Message, message, with_frame
from ...model.readings import View
from ...model.site import Site, letters_and_digits, slug
from ...model.vehicle import GUEST
from ...runtime.entity_values import SERVICE_OF_DOMAIN, set_entity
from ...runtime.ports import Ports, entity_attributes
from .recognition import ALWAYS_S, NOT_THERE, By, Clues, EndedStays, Stay, Stays

NOBODY = "nobody"
"""The word of an entity for a car that it does not name."""
AUTOMATIC = "automatic"
"""The word that ends a person's choice: the car is recognised by itself again."""
NO_CAR = frozenset({"", NOBODY, "none", "no", "no_car", "empty", "auto", AUTOMATIC, "off"})
"""Words that are not mistaken for the name of a car."""


def is_possible(load: Load, stay: Stay) -> bool:
    """Return whether the car of a stay may be at a load: one that it lists, a guest, or one not known yet."""
    return stay.vehicle in (None, GUEST, *load.vehicles)


def car_by_entity(load: Load, view: View) -> str | None:
    """Return the car, or `GUEST`, that a load's entity names; "" for no car of this load, None while unknown."""
    word = view.word(entity_of(load, "vehicle_entity"))
    return None if word is None else car_by_word(load, word) or ""


def car_by_word(load: Load, word: object) -> str | None:
    """Return the car of a load, or `GUEST`, that a word means; None for any other word."""
    called = slug(str(word))
    return called if called in (*load.vehicles, GUEST) else None


def tag_owner(site: Site, load: Load, tag: str) -> str | None:
    """Return the car of a load that a displayed tag belongs to, None without one.

    OCPP 2.0.1 puts the kind of a tag before it; spelling does not count.
    """
    written = {letters_and_digits(tag), letters_and_digits(tag.partition(":")[2])}
    tags = {name: set(map(letters_and_digits, site.vehicles[name].tags)) - {""} for name in load.vehicles}
    return next((name for name, own in tags.items() if own & written), None)


def settable_entity(load: Load) -> str | None:
    """Return the entity that names the car at a load, if it can be set; otherwise None."""
    entity = entity_of(load, "vehicle_entity")
    return entity if entity is not None and domain_of(entity) in SERVICE_OF_DOMAIN else None


def car_name_problems(view: View, load: Load) -> Iterator[Message]:
    """Yield that the entity that names the car at a load displays neither a car of this load nor a word for none."""
    word = view.word(entity_of(load, "vehicle_entity") if load.vehicles else None)
    if word is not None and car_by_word(load, word) is None and slug(word) not in NO_CAR:
        known = known_choices(word, (*load.vehicles, GUEST, NOBODY))
        unknown = message("value_not_of", value=repr(word), what="a car here", **known)
        yield with_frame(unknown, "path", f"loads.{load.name}.vehicle")


class OutdatedChoice(NamedTuple):
    """A person's choice that no longer counts, but that an entity still displays."""

    load: Load
    """The load whose car it names."""
    entity: str
    before: str
    """The car that `entity` displayed before the choice, `GUEST`, or "" for none."""


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
    loads: list[Load], stays: Stays, before_choice: Mapping[str, str], left: EndedStays, now_s: float
) -> Iterator[OutdatedChoice]:
    """Yield the entities that display a choice that counts no longer: its car has left, or is recognised by itself.

    Not for `VEHICLE_NEAR_S` after its car has left: until then it may have been the charger that restarted. `left`: the
    stays that have ended.
    """
    for load in loads:
        entity, stay = settable_entity(load), stays.get(load.name)
        before = before_choice.get(entity or "")
        if entity is None or before is None:
            continue
        if stay is None:
            has_ended = now_s - left.get(load.name, (NOT_THERE, NEVER_S))[1] > tuning.VEHICLE_NEAR_S
        else:
            has_ended = stay.by is not By.PERSON
        if has_ended:
            yield OutdatedChoice(load, entity, before)


async def set_back(ports: Ports, outdated: OutdatedChoice) -> None:
    """Set a charger's car entity back to the car that it displayed before the choice, if one of its options means that.

    Raises what the service raises.
    """
    load, entity, before = outdated

    def means_it(label: str) -> bool:
        return car_by_word(load, label) == before if before else slug(label) in NO_CAR

    options = entity_attributes(ports, entity).get("options") or ()
    if not options or any(means_it(str(option)) for option in options):
        await set_entity(ports, entity, before, means_it)
