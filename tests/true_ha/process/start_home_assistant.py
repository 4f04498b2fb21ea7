"""`python -m homeassistant` in a process of its own, after putting back the names that older pyscripts miss.

Home Assistant 2026.5 and later keep in several modules what pyscript 1.7 imports from one: without them it does not
start there. Everything else is left as it is.
"""

from __future__ import annotations

import runpy
from importlib import import_module

from homeassistant.helpers import template

MOVED = {
    "forgiving_boolean": "helpers",
    "raise_no_default": "helpers",
    "forgiving_float": "extensions.type_cast TypeCastExtension",
    "forgiving_int": "extensions.type_cast TypeCastExtension",
    "forgiving_round": "extensions.math MathExtension",
}
"""What pyscript imports from `homeassistant.helpers.template` -> where below it that is now: module, and class."""


def put_moved_names_back() -> None:
    """Where Home Assistant has moved a name, it is put where it was."""
    for name, place in MOVED.items():
        if not hasattr(template, name):
            module, *classes = place.split()
            found = import_module(f"{template.__name__}.{module}")
            for owner in classes:
                found = getattr(found, owner)
            setattr(template, name, getattr(found, name))


if __name__ == "__main__":
    put_moved_names_back()
    runpy.run_module("homeassistant", run_name="__main__", alter_sys=True)
