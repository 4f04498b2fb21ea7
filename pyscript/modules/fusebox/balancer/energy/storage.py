"""Persists energy and sessions in files: read at the start, written at most once a minute and at the end.

`fusebox.energy` holds every load's counter and present session, and is replaced as a whole; `fusebox.sessions` has a
line for each finished session. If a session has two lines, after a power cut, the later one counts. Functions here
block on the disk: the keeper calls them in a thread.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from ... import tuning
from ...model.durations import DAY_S, has_passed
from ...model.messages.message import message
from ...model.numbers import is_number
from ...runtime import lifecycle
from ...runtime.json_values import read_json
from ...runtime.log_throttle import LOG, Failures, exception_text
from ...runtime.store import append_lines, read_lines, replace_file, tidy_lines
from ...runtime.tasks import Tasks
from .load_energy import COUNTERS_NAME
from .meter import EnergyMeter, energy_meter

SESSIONS_NAME = "fusebox.sessions"

SessionLine = dict[str, Any]
"""A session in the form of `session.session_line`."""


class Sessions(NamedTuple):
    """The sessions in a file, ordered by their end, and the numbers of the lines that cannot be read."""

    lines: tuple[SessionLine, ...]
    unreadable: tuple[int, ...]


def read_sessions(file: Path) -> Sessions:
    """Return all sessions of a file, none if there is no file. OSError if it cannot be read."""
    lines, unreadable = read_lines(file, _parse_line)
    return Sessions(order_sessions(lines), unreadable)


def order_sessions(lines: Iterable[SessionLine]) -> tuple[SessionLine, ...]:
    """Return each session once, the last line of it, ordered by their end."""
    found = {(line["load"], line["start"]): line for line in lines}
    return tuple(sorted(found.values(), key=lambda line: str(line["end"])))


def sessions_since(lines: Iterable[SessionLine], now_s: float, days: float) -> tuple[SessionLine, ...]:
    """Return each session that ended in the last `days` before `now_s` [s since 1970] once, ordered by their end."""
    since_s = now_s - days * DAY_S
    return tuple(line for line in order_sessions(lines) if datetime.fromisoformat(line["end"]).timestamp() >= since_s)


def drop_old_sessions(folder: Path, now_s: float, days: float) -> None:
    """Rewrite the file of sessions without those older than `days` and lines that cannot be read, if there are any."""
    tidy_lines(folder / SESSIONS_NAME, _parse_line, lambda lines: sessions_since(lines, now_s, days))


def _parse_line(line: Any) -> SessionLine | None:
    """Return a decoded line of the file as a session; None if its load, energy or times have wrong values.

    A time needs a zone. Raises KeyError, TypeError or ValueError for another form, as `read_lines` expects.
    """
    good = isinstance(line["load"], str) and is_number(line["kwh"])
    offsets = [datetime.fromisoformat(line[key]).utcoffset() for key in ("start", "end")]
    return line if good and None not in offsets else None


class EnergyKeeper:
    """The writer of the files for one load of the script; started and stopped by `runtime.lifecycle`."""

    def __init__(self, folder: Path, meter: EnergyMeter, now_s: float) -> None:
        self._folder = folder
        self._meter = meter
        self._written_s = now_s
        self._at_once = False
        self._written = meter.marks()
        self._tasks = Tasks()
        self.disk = asyncio.Lock()
        """Held while files are written, which may take long on a slow disk."""
        self._failures = Failures("storing the energy")
        self.problem = ""
        """Why the energy is not on file, "" while it can be written."""

    async def start(self) -> None:
        """Read the persisted energy, once per process, and drop old sessions from their file.

        A file that cannot be read is logged, and counting goes on from now.
        """
        meter = self._meter
        if meter.restored:
            return
        try:
            meter.restore(await asyncio.to_thread(read_json, self._folder / COUNTERS_NAME, {}))
            self._written = meter.marks()
            meter.stored_kwh = {name: kwh for name, (kwh, _) in self._written.items()}
        except (OSError, ValueError) as error:
            meter.restored = True
            LOG.warning("energy cannot be read, counting continues from now: %s", error)
        await asyncio.to_thread(drop_old_sessions, self._folder, self._written_s, tuning.SESSION_KEPT_DAYS)

    async def stop(self) -> None:
        """Write the files a last time."""
        await self._write_files(self._written_s)

    def write_if_due(self, now_s: float, at_once: bool = False) -> None:
        """Start a write every `ENERGY_KEPT_S`, or `at_once`, without waiting for it.

        While one is under way, the next call starts it.
        """
        self._at_once |= at_once
        if self.disk.locked() or not (self._at_once or has_passed(tuning.ENERGY_KEPT_S, self._written_s, now_s)):
            return
        self._written_s, self._at_once = now_s, False
        self._tasks.spawn(self._write_files(now_s))

    async def recent_sessions(self, now_s: float, days: float) -> tuple[SessionLine, ...]:
        """Return the sessions that ended in the last `days`, ordered by their end, those not on file yet included.

        OSError when the file cannot be read.
        """
        waiting = tuple(self._meter.finished)
        found = await asyncio.to_thread(read_sessions, self._folder / SESSIONS_NAME)
        # The waiting sessions may be on file by now, or part of them.
        return sessions_since((*found.lines, *waiting), now_s, days)

    async def _write_files(self, now_s: float) -> None:
        """Write finished sessions and changed counters; a failure of one file does not prevent the other.

        It is logged and becomes `problem`; what is not written is tried again.
        """
        async with self.disk:
            finished, problem = tuple(self._meter.finished), ""
            if finished:
                problem = await self._write_file(now_s, SESSIONS_NAME, append_lines, finished)
                if not problem:
                    del self._meter.finished[: len(finished)]
            marks = self._meter.marks()
            is_changed = marks != self._written
            if is_changed:
                why = await self._write_file(now_s, COUNTERS_NAME, replace_file, json.dumps(self._meter.plain()))
                self._meter.stored_kwh = None if why else {name: kwh for name, (kwh, _) in marks.items()}
                self._written, problem = self._written if why else marks, why or problem
            if problem or finished or is_changed:
                self.problem = problem

    async def _write_file(self, now_s: float, name: str, write: Callable[[Path, Any], None], content: Any) -> str:
        """Write a file in a thread; return the problem if the disk refuses, which is logged, "" if not."""
        try:
            await asyncio.to_thread(write, self._folder / name, content)
        except OSError as error:
            self._failures.log_failure(error, now_s)
            return message("energy_unwritten", file=name, error=exception_text(error))
        return ""


async def start_keeper(folder: Path | None, owner: object, now_s: float) -> EnergyKeeper | None:
    """Start and return a keeper that continues with the files of an earlier load; None where no folder exists.

    It is stopped when another load of the script starts its own. `owner`: the load of the script.
    """
    if folder is None:
        return None
    return await lifecycle.start("energy", owner, EnergyKeeper(folder, energy_meter(), now_s))
