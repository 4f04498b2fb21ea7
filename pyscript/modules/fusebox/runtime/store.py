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
    """Return the object that an earlier load of the same code stored, else a new one."""
    found = STORE.get(key)
    if type(found) is not make:
        found = STORE[key] = make()
    return found


def lasting(key: str, kind: type[T]) -> dict[str, T]:
    """Return the dict of values of one type that an earlier load of the same code stored; empty for older code."""
    found = STORE.get(key)
    if not isinstance(found, dict) or any(type(each) is not kind for each in found.values()):
        found = STORE[key] = {}
    return found
