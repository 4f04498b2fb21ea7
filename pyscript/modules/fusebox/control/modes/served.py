"""The mode that a load is served in now: that of CONFIG, unless its device has an urgent need. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory


def served_mode(load: Load, past: LoadMemory | None) -> Mode:
    """Return the mode that a load is served in now: the mode of its need (a tank too cold), else that of CONFIG."""
    need = None if past is None else past.switched.need
    return load.mode if need is None else Mode(need.mode)


def served_modes(loads: Iterable[Load], known: Mapping[str, LoadMemory]) -> Mapping[str, Mode]:
    """Return load name -> the mode that it is served in now."""
    return {load.name: served_mode(load, known.get(load.name)) for load in loads}
