"""What outlives a reload of the scripts: one dict for the life of the process.

Objects in it may come from an older version of this package: store few and simple ones, and read them by key.
"""

from __future__ import annotations

import sys
import types
from typing import Any, TypeVar

STORE: dict[str, Any] = sys.modules.setdefault("_fusebox_store", types.ModuleType("_fusebox_store")).__dict__

T = TypeVar("T")


def singleton(key: str, make: type[T]) -> T:
    """Return the stored object of this key if it is of exactly this type, otherwise store and return a new one."""
    found = STORE.get(key)
    if type(found) is not make:
        found = STORE[key] = make()
    return found


def lasting_dict(key: str, kind: type[T]) -> dict[str, T]:
    """Return the stored dict of this key, empty and stored anew if its values are of an older version of the type."""
    found = STORE.get(key)
    if not isinstance(found, dict) or any(type(each) is not kind for each in found.values()):
        found = STORE[key] = {}
    return found
