"""What outlives a reload of the scripts: one dict for the life of the process.

Objects in it may come from an older generation of this package: keep few, keep them plain, and ask by key.
"""

from __future__ import annotations

import sys
import types
from typing import Any, TypeVar

STORE: dict[str, Any] = sys.modules.setdefault("_fusebox_store", types.ModuleType("_fusebox_store")).__dict__

T = TypeVar("T")


def singleton(key: str, make: type[T]) -> T:
    """What an earlier load of the same code left behind, else a new one."""
    found = STORE.get(key)
    if type(found) is not make:
        found = STORE[key] = make()
    return found


def lasting(key: str, kind: type[T]) -> dict[str, T]:
    """Values of one type by name, as an earlier load of the same code left them; none where older code did."""
    found = STORE.get(key)
    if not isinstance(found, dict) or any(type(each) is not kind for each in found.values()):
        found = STORE[key] = {}
    return found
