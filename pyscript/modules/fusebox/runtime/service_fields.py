"""Fields of a service as people fill them in: a name or an entity, a box that is ticked or a word."""

from __future__ import annotations

from difflib import get_close_matches

from .publisher import SITE_ENTITY

LOAD_ENTITIES = SITE_ENTITY.removesuffix("site")
"""How the entities of loads begin."""


def load_name(value: object) -> object:
    """The name of the load whose entity this is; any other value as it is."""
    # YAML reads a bare 1 as a number; a load may be called so.
    called = str(value) if type(value) is int else value
    return called.removeprefix(LOAD_ENTITIES) if isinstance(called, str) else called


def known(value: object, what: str, names: list[str]) -> str:
    """The remedy for a name that nothing has: the nearest one, else all of them."""
    near = [] if value is None else get_close_matches(str(value), names, n=1)
    return f"did you mean '{near[0]}'?" if near else f"known {what} are {', '.join(names) or 'none'}"
