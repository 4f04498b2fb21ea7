"""Fields of a service as users fill them in: a name or an entity, a checked box or a word."""

from __future__ import annotations

from difflib import get_close_matches
from reprlib import repr as shortened

from ..config.values import YesNo
from ..model.numbers import number_of
from ..model.own_entities import LOAD_ENTITIES
from .service_errors import ServiceError


def load_name(value: object) -> object:
    """Return the name of the load of an entity id; any other value unchanged."""
    # Home Assistant's target pickers return a list even for one entity.
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    # YAML reads a bare 1 as a number; a load may be called so.
    called = str(value) if type(value) is int else value
    return called.removeprefix(LOAD_ENTITIES) if isinstance(called, str) else called


def on_or_off(field: str, value: object) -> bool:
    """Return whether a box or word means on. Raises ServiceError."""
    if value is None:
        raise ServiceError(f"{field}: on or off?")
    read = YesNo(unknown=False).read(value)
    if read is None:
        raise ServiceError(f"{field}: {shortened(value)} is neither on nor off")
    return read


def known_remedy(value: object, what: str, names: list[str]) -> str:
    """Return a remedy for an unknown name: the nearest one, else all of them."""
    near = nearest(value, names)
    return f"known {what} are {', '.join(names) or 'none'}" if near is None else f"did you mean '{near}'?"


def nearest(value: object, names: list[str]) -> str | None:
    """Return the name that an unknown one was probably meant to be, None if none is similar."""
    return next(iter([] if value is None else get_close_matches(str(value), names, n=1)), None)


def days_of(value: object) -> float:
    """Return a number of days above 0. Raises ServiceError."""
    amount = number_of(value)
    if amount is None or amount <= 0:
        raise ServiceError(f"days: {shortened(value)} is not a number above 0; give days, such as 30")
    return amount
