"""Counters and present sessions as plain values that a file can hold, and back. What makes no sense is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from ...model.electrics import PerPhase
from ...model.readings import LARGEST, finite
from ...model.records import fast_replace
from .counter import EnergyCounter, EnergySource, Level
from .load_energy import LoadEnergy
from .power import LoadPower
from .session import Session

Part = TypeVar("Part", EnergyCounter, Session, Level)
LEVELS = ("level", "former")
"""The parts of a counter that are records themselves."""


def to_plain(loads: Mapping[str, LoadEnergy]) -> dict[str, Any]:
    """What is to be kept of all loads."""
    return {name: _plain(each) for name, each in loads.items()}


def from_plain(kept: Mapping[str, Any]) -> dict[str, LoadEnergy]:
    """What was kept, of each load that it makes sense of."""
    found = {name: _restored(values) for name, values in kept.items() if isinstance(values, Mapping)}
    return {name: each for name, each in found.items() if each is not None}


def _plain(energy: LoadEnergy) -> dict[str, Any]:
    counter = _differing(energy.counter, EnergyCounter())
    found: dict[str, Any] = {"counter": counter}
    counter |= {name: _differing(counter[name], Level()) for name in LEVELS if name in counter}
    if energy.session is not None:
        found["session"] = _differing(energy.session, Session(0.0, 0.0))
    if energy.last.measured:
        found["last"] = {"a": list(energy.last.by_phase_a), "silent_s": energy.silent_s}
    return found


def _differing(part: Any, usual: Any) -> dict[str, Any]:
    """Its values that are not as usual."""
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return {name: value for name, value in values.items() if value != getattr(usual, name)}


def _restored(values: Mapping[str, Any]) -> LoadEnergy | None:
    kept = values.get("counter")
    counter = _filled(EnergyCounter(), kept, LEVELS)
    if counter is None or counter.source not in list(EnergySource):
        return None
    levels = {name: _filled(Level(), kept[name]) for name in LEVELS if isinstance(kept, Mapping) and name in kept}
    found = LoadEnergy(fast_replace(counter, source=EnergySource(counter.source), **levels))
    session = _filled(Session(0.0, 0.0), values.get("session"))
    if session is not None and session.start_s > 0 and session.start_kwh <= counter.kwh:
        found = fast_replace(found, session=session)
    last = values.get("last")
    drawn, silent_s = (last.get("a"), finite(last.get("silent_s"))) if isinstance(last, Mapping) else (None, None)
    if isinstance(drawn, list) and len(drawn) == len(PerPhase()) and silent_s is not None:
        return fast_replace(found, last=LoadPower(PerPhase(*map(finite, drawn)), True), silent_s=silent_s)
    return found


def _filled(usual: Part, kept: object, aside: tuple[str, ...] = ()) -> Part | None:
    """A part with what was kept of it but for the values `aside`; None where a value is none that it can have."""
    if not isinstance(kept, Mapping):
        return None
    names = [field.name for field in fields(usual) if field.name not in aside]
    values = {name: kept[name] for name in names if name in kept}
    if not all(_fits(name, getattr(usual, name), value) for name, value in values.items()):
        return None
    return fast_replace(usual, **values)


def _fits(name: str, usual: object, value: object) -> bool:
    if isinstance(usual, bool):
        return isinstance(value, bool)
    if isinstance(usual, str) or name == "worst_phase":
        return isinstance(value, str)
    # A device that also gives may count below zero, and prices may be; what is counted here never is.
    least = -LARGEST if name in ("reading_kwh", "cost") else 0
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= LARGEST
