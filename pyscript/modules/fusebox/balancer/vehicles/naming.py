"""The cars that may be at a load by their names: which one a word means, and which words mean none."""

from __future__ import annotations

from collections.abc import Iterator

from ...config.domains import domain_of
from ...config.tree import known_choices
from ...devices.driver import entity_of
from ...model.load import Load
from ...model.messages.message import Message, message, with_frame
from ...model.readings import View
from ...model.site import slug
from ...model.vehicle import GUEST
from ...runtime.entity_values import SERVICE_OF_DOMAIN
from .recognition import Stay

NOBODY = "nobody"
"""The word of an entity for a car that it does not name."""
AUTOMATIC = "automatic"
"""The word that ends a person's choice: the car is recognised by itself again."""
NO_CAR = frozenset({"", NOBODY, "none", "no", "no_car", "empty", "auto", AUTOMATIC, "off"})
"""Words that are not mistaken for the name of a car."""


def is_possible(load: Load, stay: Stay) -> bool:
    """Return whether the car of a stay may be at a load: one that it lists, a guest, or one not known yet."""
    return stay.vehicle in (None, GUEST, *load.vehicles)


def named_car(load: Load, view: View) -> str | None:
    """Return the car, or `GUEST`, that a load's entity names; "" for no car of this load, None while unknown."""
    word = view.word(entity_of(load, "vehicle_entity"))
    return None if word is None else car_named(load, word) or ""


def car_named(load: Load, word: object) -> str | None:
    """Return the car of a load, or `GUEST`, that a word means; None for any other word."""
    called = slug(str(word))
    return called if called in (*load.vehicles, GUEST) else None


def settable_entity(load: Load) -> str | None:
    """Return the entity that names the car at a load, if it can be set; otherwise None."""
    entity = entity_of(load, "vehicle_entity")
    return entity if entity is not None and domain_of(entity) in SERVICE_OF_DOMAIN else None


def car_name_problems(view: View, load: Load) -> Iterator[Message]:
    """Yield that the entity that names the car at a load displays neither a car of this load nor a word for none."""
    word = view.word(entity_of(load, "vehicle_entity") if load.vehicles else None)
    if word is not None and car_named(load, word) is None and slug(word) not in NO_CAR:
        known = known_choices(word, (*load.vehicles, GUEST, NOBODY))
        unknown = message("value_not_of", value=repr(word), what="a car here", **known)
        yield with_frame(unknown, "path", f"loads.{load.name}.vehicle")
