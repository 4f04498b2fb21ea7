"""Numbers of tuning.py with other values, and who reads them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

from fusebox import tuning

FACTORS = (0.5, 2.0)


def names() -> tuple[str, ...]:
    """Every single number, in the order of the file."""
    return tuple(name for name, value in vars(tuning).items() if name.isupper() and type(value) in (int, float))


def varied(name: str, factor: float) -> float:
    """The number times the factor; a count stays whole, and at least one."""
    value: float = getattr(tuning, name)
    return max(round(value * factor), 1) if isinstance(value, int) else value * factor


@contextmanager
def in_force(name: str, value: float) -> Iterator[None]:
    """Another value for a while."""
    before = vars(tuning)[name]
    setattr(tuning, name, value)
    try:
        yield
    finally:
        setattr(tuning, name, before)


class _Watched(ModuleType):
    """tuning.py that notes which of its numbers are asked for."""

    def __getattribute__(self, name: str) -> object:
        if name.isupper():
            _asked.add(name)
        return super().__getattribute__(name)


_asked: set[str] = set()


@contextmanager
def asked() -> Iterator[set[str]]:
    """Fills with the names of the numbers that are read."""
    module = sys.modules[tuning.__name__]
    _asked.clear()
    found: set[str] = set()
    module.__class__ = _Watched
    try:
        yield found
    finally:
        module.__class__ = ModuleType
        found |= _asked
