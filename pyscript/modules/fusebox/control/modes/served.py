"""In which mode a load is served now: that of CONFIG, but for devices that have needs of their own. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory


def served_mode(load: Load, past: LoadMemory | None) -> Mode:
    """A tank that is too cold is served as in `standard`, whatever its mode."""
    need = None if past is None else past.switched.need
    return load.mode if need is None else Mode(need.mode)


def served_modes(loads: Iterable[Load], known: Mapping[str, LoadMemory]) -> Mapping[str, Mode]:
    """Load -> its mode now."""
    return {load.name: served_mode(load, known.get(load.name)) for load in loads}
