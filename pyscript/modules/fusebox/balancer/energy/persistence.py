"""Counters and present sessions as values for a file, and back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from ...model.electrics import PerPhase
from ...model.numbers import Amount
from ...model.records import fast_replace
from ...runtime.json_values import stored, to_json_values
from .counter import EnergyCounter, Level
from .load_energy import LoadEnergy
from .power import LoadPower
from .session import Session
from .storage import COUNTERS_NAME


class KeptDraw(NamedTuple):
    """What a load drew when that was last measured, by phase [A], and how long before the file was written [s]."""

    a: tuple[float | None, float | None, float | None]
    silent_s: Amount


@dataclass(frozen=True, slots=True)
class KeptEnergy:
    """All that is stored of one load."""

    counter: EnergyCounter
    session: Session | None = None
    last: KeptDraw | None = None


def to_plain(loads: Mapping[str, LoadEnergy]) -> dict[str, Any]:
    """Return what is to be stored of all loads."""
    found = {}
    for name, each in loads.items():
        last = KeptDraw((*each.last.by_phase_a,), each.silent_s) if each.last.measured else None
        found[name] = KeptEnergy(each.counter, each.session, last)
    kept: dict[str, Any] = to_json_values(found)
    return kept


def from_plain(kept: object) -> dict[str, LoadEnergy]:
    """Return what was stored of each load."""
    found = stored(dict[str, KeptEnergy], kept, COUNTERS_NAME, whole=(Level, Session))
    return {name: _restored(each) for name, each in found.items()}


def _restored(kept: KeptEnergy) -> LoadEnergy:
    found, session = LoadEnergy(kept.counter), kept.session
    if session is not None and session.start_s > 0 and session.start_kwh <= kept.counter.kwh:
        found = fast_replace(found, session=session)
    if kept.last is None:
        return found
    return fast_replace(found, last=LoadPower(PerPhase(*kept.last.a), True), silent_s=kept.last.silent_s)
