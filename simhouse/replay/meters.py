"""The record of the grid meter by phase: its samples in watts, their period, and its gaps."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np

from simhouse.devices.entities import unit_in_any_case, usual_unit
from simhouse.devices.meter import PhaseMeter
from simhouse.house.trace_columns import KW_BELOW, InputError

from .recording import History, Recording
from .timeline import LONGEST_SILENCE_PERIODS, LONGEST_SILENCE_S

UNITS = ("W", "kW", "A", "mA")
COARSE_STEPS = 2
"""A meter whose usual change is at most this many of its smallest steps often repeats its value while it reports."""


@dataclass(frozen=True)
class PhaseRecord:
    """One phase: sample times [s since 1970], net power [W, + = import, NaN unknown], usual period of samples [s]."""

    phase: str
    entities: tuple[str, ...]
    times_s: np.ndarray
    watts: np.ndarray
    period_s: float
    repeats: bool

    @property
    def hold_s(self) -> float:
        """How long a sample is valid [s]."""
        return float("inf") if self.repeats else max(LONGEST_SILENCE_PERIODS * self.period_s, LONGEST_SILENCE_S)


def phase_record(meter: PhaseMeter, where: str, recording: Recording, voltage_v: float) -> PhaseRecord:
    """Return the net power of a phase from its entities [W, + = import], from its first known sample on.

    InputError for an entity that is not in the recording, with similar ones, or if there never was a number. `where`:
    the key in CONFIG, for that error.
    """
    entities = tuple(e for e in (meter.net, meter.imports, meter.exports) if e is not None)
    found = {entity: required_history(entity, where, recording) for entity in entities}
    factor = factor_w(meter.unit, voltage_v) * (-1 if meter.invert else 1)
    times = np.unique(np.concatenate([np.asarray(h.times_s) for h in found.values()]))
    watts = np.zeros(len(times))
    for entity, history in found.items():
        at = np.searchsorted(np.asarray(history.times_s), times, side="right") - 1
        values = np.where(at >= 0, history.numbers[np.maximum(at, 0)], np.nan)
        watts += factor * values * (-1 if entity == meter.exports else 1)
    known = np.flatnonzero(np.isfinite(watts))
    if not len(known):
        problem = f"{where}: {' and '.join(entities)} never had a number"
        raise InputError(recording.path, None, problem, "record it for some days, or name another entity")
    times, watts = times[known[0] :], watts[known[0] :]
    steps = np.diff(times)
    period_s = float(np.median(steps)) if len(steps) else LONGEST_SILENCE_S
    return PhaseRecord(meter.phase, entities, times, watts, max(period_s, 1.0), _is_coarse(watts))


def required_history(entity: str, where: str, recording: Recording) -> History:
    """Return the history of an entity that the replay needs; InputError without it."""
    found = recording.histories.get(entity)
    if found is not None:
        return found
    near = get_close_matches(entity, recording.names, 3, 0.5) or [n for n in recording.names if "power" in n][:5]
    there = f"; it has {', '.join(near or recording.names[:5])}" if recording.names else ""
    problem = f"{where}: {entity} is not in it{there}"
    raise InputError(recording.path, None, problem, f"correct {where} in CONFIG, or export this entity too")


def factor_w(unit: str, voltage_v: float) -> float:
    """Return the factor from this unit to watts."""
    return {"W": 1.0, "kW": 1000.0, "A": voltage_v, "mA": voltage_v / 1000}[unit]


def recorded_units(recording: Recording, named: Sequence[str], fuse_a: float) -> tuple[dict[str, str], list[str]]:
    """Return entity -> W, kW, A or mA, as recorded or guessed from its name and numbers; and notes on the guesses."""
    units, notes = {}, []
    for entity in named:
        history = recording.histories.get(entity)
        if history is None:
            continue
        unit = str(history.attributes.get("unit_of_measurement", ""))
        if unit not in UNITS:
            unit = _guess_unit(history, fuse_a)
            notes.append(f"{entity} has no unit in the record; read as {unit}")
        units[entity] = unit
    return units, notes


def stated_units(entries: Iterable[Any]) -> dict[str, str]:
    """Return entity -> the unit that CONFIG states for it."""
    dicts = [entry for entry in entries if isinstance(entry, Mapping) and entry.get("unit")]
    keys = ("entity", "import", "export")
    return {str(entry[key]): unit_in_any_case(str(entry["unit"])) for entry in dicts for key in keys if entry.get(key)}


def _guess_unit(history: History, fuse_a: float) -> str:
    unit = usual_unit(history.entity)
    if unit == "W" and np.isfinite(history.numbers).any():
        largest = float(np.nanmax(np.abs(history.numbers)))
        if largest < KW_BELOW:
            return "kW" if largest * 1000 / 230 < 3 * fuse_a else "A"
    return unit


def _is_coarse(watts: np.ndarray) -> bool:
    changes = np.abs(np.diff(watts[np.isfinite(watts)]))
    changes = changes[changes > 1e-6]
    if len(changes) < 20:
        return False
    return bool(np.median(changes) <= COARSE_STEPS * changes.min() * 1.001)
