"""The files for energy and sessions, next to Home Assistant's own in `.storage`.

`fusebox.energy` holds every load's counter and present session, and is replaced as a whole; `fusebox.sessions` has a
line for each finished session. If a session has two lines, after a power cut, the later one counts. Functions here
block on the disk: call them in a thread.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ...model.electrics import PerPhase
from ...model.numbers import Amount, is_number
from ...model.records import fast_replace
from ...runtime.json_values import load_stored, read_json, to_json_values
from ...runtime.store import append_lines, line_text, read_lines, replace_file
from .counter import EnergyCounter, Level
from .load_energy import LoadEnergy
from .power import LoadPower
from .session import Session

COUNTERS_NAME = "fusebox.energy"
SESSIONS_NAME = "fusebox.sessions"

Line = dict[str, Any]
"""A session in the form of `session.session_line`."""


class Sessions(NamedTuple):
    """The sessions in a file, ordered by their end, and the numbers of the lines that cannot be read."""

    lines: tuple[Line, ...]
    unreadable: tuple[int, ...]


def read_counters(folder: Path) -> object:
    """Return the stored counters, nothing if there is no file yet. OSError or ValueError if it cannot be read."""
    return read_json(folder / COUNTERS_NAME, {})


def write_counters(folder: Path, plain: Mapping[str, Any]) -> None:
    """Replace the file of the counters; the old one stays until the new one is on the disk."""
    replace_file(folder / COUNTERS_NAME, json.dumps(plain))


def append_sessions(folder: Path, lines: Iterable[Line]) -> None:
    """Append lines to the file of sessions; a line torn by a power cut stays a line of its own."""
    append_lines(folder / SESSIONS_NAME, lines)


def read_sessions(file: Path) -> Sessions:
    """Return all sessions of a file, none if there is no file. OSError if it cannot be read."""
    lines, unreadable = read_lines(file, _parse_line)
    return Sessions(order_sessions(lines), unreadable)


def order_sessions(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Return each session once, the last line of it, ordered by their end."""
    found = {(line["load"], line["start"]): line for line in lines}
    return tuple(sorted(found.values(), key=lambda line: str(line["end"])))


def sessions_since(lines: Iterable[Line], now: datetime, days: float) -> tuple[Line, ...]:
    """Return the sessions that ended in the last `days` before `now`."""
    return tuple(line for line in lines if (now - datetime.fromisoformat(line["end"])) / timedelta(days=1) <= days)


def drop_old_sessions(folder: Path, now: datetime, days: float) -> tuple[int, ...]:
    """Rewrite the file of sessions without those older than `days` and lines that cannot be read, if there are any.

    Return the numbers of the unreadable lines.
    """
    file = folder / SESSIONS_NAME
    found = read_sessions(file)
    stored = sessions_since(found.lines, now, days)
    if found.unreadable or len(stored) < len(found.lines):
        replace_file(file, line_text(stored))
    return found.unreadable


def _parse_line(line: Any) -> Line | None:
    """Return a decoded line of the file as a session; None if its load, energy or times have wrong values.

    A time needs a zone. Raises KeyError, TypeError or ValueError for another form, as `read_lines` expects.
    """
    good = isinstance(line["load"], str) and is_number(line["kwh"])
    offsets = [datetime.fromisoformat(line[key]).utcoffset() for key in ("start", "end")]
    return line if good and None not in offsets else None


class KeptDraw(NamedTuple):
    """The last measured draw of a load on each phase [A], and its age when the file was written [s]."""

    a: tuple[float | None, float | None, float | None]
    silent_s: Amount


class DatedDraw(NamedTuple):
    """The last measured draw as the first files of 1.0.0 have it: with its time [s since 1970]."""

    a: tuple[float | None, float | None, float | None]
    s: Amount


@dataclass(frozen=True, slots=True)
class KeptEnergy:
    """The stored state of one load."""

    counter: EnergyCounter
    session: Session | None = None
    last: KeptDraw | DatedDraw | None = None


HOUSE = "(house)"
"""The key of the house in the file; no load can be called so."""


@dataclass(frozen=True, slots=True)
class HouseEnergy:
    """What is remembered of the house."""

    exported_s: Amount | None = None
    """When it last exported what no sensor of panels measures [s since 1970], None for never."""


def to_plain(loads: Mapping[str, LoadEnergy], house: HouseEnergy | None = None) -> dict[str, Any]:
    """Return the state of all loads, and of the house unless it is None, as values to store."""
    found: dict[str, object] = {} if house is None else {HOUSE: house}
    for name, each in loads.items():
        last = KeptDraw((*each.last.by_phase_a,), each.silent_s) if each.last.measured else None
        found[name] = KeptEnergy(each.counter, each.session, last)
    stored: dict[str, Any] = to_json_values(found)
    return stored


def from_plain(stored: object) -> dict[str, LoadEnergy]:
    """Return load -> its stored state; damaged parts are left out."""
    if isinstance(stored, Mapping):
        stored = {name: each for name, each in stored.items() if name != HOUSE}
    found = load_stored(dict[str, KeptEnergy], stored, COUNTERS_NAME, whole=(Level, Session))
    return {name: _restore_load(each) for name, each in found.items()}


def house_from_plain(stored: object) -> HouseEnergy:
    """Return the stored state of the house; an empty one where the file has none, as before November 2026."""
    house = stored.get(HOUSE, {}) if isinstance(stored, Mapping) else {}
    return load_stored(HouseEnergy, house, COUNTERS_NAME)


def _restore_load(stored: KeptEnergy) -> LoadEnergy:
    """Return the state of a load from the file, without a session that contradicts its counter.

    Its last draw counts as measured, and is as old as the file says.
    """
    found, session = LoadEnergy(stored.counter), stored.session
    if session is not None and session.start_s > 0 and session.start_kwh <= stored.counter.kwh:
        found = fast_replace(found, session=session)
    last = stored.last
    if last is None:
        return found
    silent_s = last.silent_s if isinstance(last, KeptDraw) else max(0.0, (stored.counter.at_s or last.s) - last.s)
    return fast_replace(found, last=LoadPower(PerPhase(*last.a), True), silent_s=silent_s)
