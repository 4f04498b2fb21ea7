"""Counters and present sessions as plain values that a file can hold, and back. What makes no sense is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import Any, TypeVar

from ...model.electrics import PerPhase
from ...model.readings import LARGEST, finite
from ...model.records import fast_replace
from .counter import EnergyCounter, EnergySource
from .load_energy import LoadEnergy
from .power import LoadPower
from .session import Session

Part = TypeVar("Part", EnergyCounter, Session)


def to_plain(loads: Mapping[str, LoadEnergy]) -> dict[str, Any]:
    """What is to be kept of all loads."""
    return {name: _plain(each) for name, each in loads.items()}


def from_plain(kept: Mapping[str, Any]) -> dict[str, LoadEnergy]:
    """What was kept, of each load that it makes sense of."""
    found = {name: _restored(values) for name, values in kept.items() if isinstance(values, Mapping)}
    return {name: each for name, each in found.items() if each is not None}


def _plain(energy: LoadEnergy) -> dict[str, Any]:
    found: dict[str, Any] = {"counter": _differing(energy.counter, EnergyCounter())}
    if energy.session is not None:
        found["session"] = _differing(energy.session, Session(0.0, 0.0))
    if energy.last.measured:
        found["last"] = {"a": list(energy.last.by_phase_a), "s": energy.last_s}
    return found


def _differing(part: Any, usual: Any) -> dict[str, Any]:
    """Its values that are not as usual."""
    values = {field.name: getattr(part, field.name) for field in fields(part)}
    return {name: value for name, value in values.items() if value != getattr(usual, name)}


def _restored(values: Mapping[str, Any]) -> LoadEnergy | None:
    counter = _filled(EnergyCounter(), values.get("counter"))
    if counter is None or counter.source not in list(EnergySource):
        return None
    found = LoadEnergy(fast_replace(counter, source=EnergySource(counter.source)))
    session = _filled(Session(0.0, 0.0), values.get("session"))
    if session is not None and session.start_s > 0 and session.start_kwh <= counter.kwh:
        found = fast_replace(found, session=session)
    last = values.get("last")
    drawn, last_s = (last.get("a"), finite(last.get("s"))) if isinstance(last, Mapping) else (None, None)
    if isinstance(drawn, list) and len(drawn) == len(PerPhase()) and last_s is not None:
        return fast_replace(found, last=LoadPower(PerPhase(*map(finite, drawn)), True), last_s=last_s)
    return found


def _filled(usual: Part, kept: object) -> Part | None:
    """A part with what was kept of it; None where a value is none that it can have."""
    if not isinstance(kept, Mapping):
        return None
    values = {field.name: kept[field.name] for field in fields(usual) if field.name in kept}
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
