"""The record of a house: the states of each entity, in order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np


@dataclass(frozen=True)
class History:
    """One entity: times [s since 1970, rising], its state at each of them, and its last attributes."""

    entity: str
    times_s: Sequence[float]
    texts: Sequence[str]
    attributes: Mapping[str, Any] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> np.ndarray:
        """Its states as numbers; NaN for unknown, unavailable, a word or an infinity."""
        return np.array([_number(text) for text in self.texts], dtype=float)

    @cached_property
    def period_s(self) -> float:
        """The usual time between two of its rows [s]; NaN below three rows."""
        steps = np.diff(np.asarray(self.times_s))
        steps = steps[steps > 0]
        return float(np.median(steps)) if len(steps) > 1 else float("nan")


@dataclass(frozen=True)
class Recording:
    """A file: the wanted entities, the names of all entities, and Home Assistant's zone if known."""

    path: Path
    histories: Mapping[str, History]
    names: Sequence[str]
    time_zone: str | None = None
    notes: Sequence[str] = ()


def in_order(entity: str, rows: Sequence[tuple[float, str]], attributes: Mapping[str, Any]) -> History:
    """Return the history of these (time, state) rows; the last of several at one time counts."""
    kept: dict[float, str] = dict(sorted(rows, key=lambda row: row[0]))
    return History(entity, tuple(kept), tuple(kept.values()), attributes)


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return float("nan")
    return value if abs(value) < 1e9 else float("nan")
