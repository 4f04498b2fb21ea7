"""Fusebox: the plain Python behind the scripts. Loaded natively, once, by `modules/fusebox_native.py`.

pyscript interprets what a script imports from modules/: some hundred times slower, and part of Python is silently wrong
there. So this package refuses it: only CPython gives a module its own `__spec__`; pyscript finds that of builtins.
"""

if getattr(__spec__, "name", None) != "fusebox":
    raise ImportError(
        "the package 'fusebox' cannot be interpreted by pyscript: write `from fusebox_native import native` instead"
    )

# Everything is imported here and now, in the executor: an import later would block Home Assistant's event loop.
from .balance import beginning, runtime, services
from .guards import guarding
from .hands import lifecycle, load, ports, refusals, store, watch
from .peak import tracking
from .rotation import boost as rotation_boost
from .rotation import rotating
from .saving import estimation

STORE = store.STORE
"""What outlives a reload of the scripts."""

__all__ = [
    "STORE",
    "beginning",
    "estimation",
    "guarding",
    "lifecycle",
    "load",
    "ports",
    "refusals",
    "rotating",
    "rotation_boost",
    "runtime",
    "services",
    "store",
    "tracking",
    "watch",
]
