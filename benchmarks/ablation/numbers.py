"""Change numbers of tuning.py and record which are read, even when the scripts' host reloads the package."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType

from fusebox import tuning

FACTORS = (0.5, 2.0)


def names() -> tuple[str, ...]:
    """Return the names of all single numbers, in the order of the file."""
    return tuple(name for name, value in vars(tuning).items() if name.isupper() and type(value) in (int, float))


def varied(name: str, factor: float) -> float:
    """Return the number times the factor; a count stays whole, and at least 1."""
    value: float = getattr(tuning, name)
    return max(round(value * factor), 1) if isinstance(value, int) else value * factor


@contextmanager
def with_number(name: str, value: float) -> Iterator[None]:
    """Give a number of tuning.py another value inside the context, also where a CONFIG is read in it."""
    before, shipped = vars(tuning)[name], tuning.SHIPPED
    set_number_and_shipped(tuning, name, value)
    try:
        yield
    finally:
        setattr(tuning, name, before)
        tuning.SHIPPED = shipped


def set_number_and_shipped(module: ModuleType, name: str, value: float) -> None:
    """Set a number in this module, and its shipped value, so that it is not reset when a CONFIG is read."""
    setattr(module, name, value)
    if name.lower() in module.SHIPPED:
        module.SHIPPED = {**module.SHIPPED, name.lower(): value}


class _RecordingTuning(ModuleType):
    """A tuning module that records which of its numbers are read."""

    def __getattribute__(self, name: str) -> object:
        if name.isupper():
            _asked.add(name)
        return super().__getattribute__(name)


_asked: set[str] = set()


def watch(module: ModuleType) -> None:
    """Record from now on which numbers of this tuning module are read."""
    module.__class__ = _RecordingTuning


@contextmanager
def record_numbers_read() -> Iterator[set[str]]:
    """Yield a set that gets the names of the numbers read inside the context."""
    watch(tuning)
    _asked.clear()
    found: set[str] = set()
    try:
        yield found
    finally:
        tuning.__class__ = ModuleType
        found |= _asked


class TuningFinder:
    """A module finder that passes every tuning.py loaded from now on to a function before it is used."""

    def __init__(self, use: Callable[[ModuleType], None]) -> None:
        self._use = use
        sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: Sequence[str] | None, target: ModuleType | None = None) -> ModuleSpec | None:
        """Return Python's spec for tuning.py, extended by that function; None for other modules."""
        found = PathFinder.find_spec(name, path, target) if name == tuning.__name__ else None
        if found is None or found.loader is None:
            return None
        execute = found.loader.exec_module

        def executed(module: ModuleType) -> None:
            execute(module)
            self._use(module)

        found.loader.exec_module = executed  # type: ignore[method-assign]
        return found
