"""Persists energy and sessions in files: read at the start, written at most once a minute and at the end."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from pathlib import Path

from ... import tuning
from ...model.durations import has_passed
from ...model.messages.message import message
from ...runtime import lifecycle
from ...runtime.log_throttle import Failures, exception_text
from ...runtime.tasks import Tasks
from . import storage
from .meter import EnergyMeter, energy_meter

LOG = logging.getLogger("fusebox")


class EnergyKeeper:
    """The writer of the files for one load of the script; started and stopped by `runtime.lifecycle`."""

    def __init__(self, folder: Path, meter: EnergyMeter, now_s: float) -> None:
        self._folder = folder
        self._meter = meter
        self._began_s = self._written_s = now_s
        self._at_once = False
        self._written_changes = meter.changes
        self._tasks = Tasks()
        self._disk = asyncio.Lock()
        self._failures = Failures("keeping the energy")
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
            meter.restore(await asyncio.to_thread(storage.read_counters, self._folder))
            meter.stored_kwh = meter.counted_kwh()
        except (OSError, ValueError) as error:
            meter.restored = True
            LOG.warning("energy cannot be read, counting continues from now: %s", error)
        now, days = _utc_datetime(self._began_s), tuning.SESSION_KEPT_DAYS
        try:
            unreadable = await asyncio.to_thread(storage.drop_old_sessions, self._folder, now, days)
        except OSError as error:
            LOG.warning("sessions cannot be read: %s", error)
            return
        if unreadable:
            lines = ", ".join(map(str, unreadable))
            LOG.warning("%s: removed what cannot be read, line %s", storage.SESSIONS_NAME, lines)

    async def stop(self) -> None:
        """Write the files a last time."""
        await self._write_files(self._written_s)

    @property
    def is_writing(self) -> bool:
        """Whether files are being written now, which may take long on a slow disk."""
        return self._disk.locked()

    def write_if_due(self, now_s: float, at_once: bool = False) -> None:
        """Start a write every `ENERGY_KEPT_S`, or `at_once`, without waiting for it.

        While one is under way, the next call starts it.
        """
        self._at_once |= at_once
        if self.is_writing or not (self._at_once or has_passed(tuning.ENERGY_KEPT_S, self._written_s, now_s)):
            return
        self._written_s, self._at_once = now_s, False
        self._tasks.spawn(self._write_files(now_s))

    async def recent_sessions(self, now_s: float, days: float) -> tuple[storage.Line, ...]:
        """Return the sessions that ended in the last `days`, ordered by their end, those not on file yet included.

        OSError when the file cannot be read.
        """
        waiting = tuple(self._meter.finished)
        found = await asyncio.to_thread(storage.read_sessions, self._folder / storage.SESSIONS_NAME)
        # The waiting sessions may be on file by now, or part of them.
        return storage.sessions_since(storage.order_sessions((*found.lines, *waiting)), _utc_datetime(now_s), days)

    async def _write_files(self, now_s: float) -> None:
        """Write finished sessions and changed counters; a failure of one file does not prevent the other.

        It is logged and becomes `problem`; what is not written is tried again.
        """
        async with self._disk:
            finished, changes = tuple(self._meter.finished), self._meter.changes
            problem, written = "", self._written_changes
            try:
                if finished:
                    await asyncio.to_thread(storage.append_sessions, self._folder, finished)
                    del self._meter.finished[: len(finished)]
            except OSError as error:
                self._failures.log_failure(error, now_s)
                problem = _unwritten_message(storage.SESSIONS_NAME, error)
            try:
                if changes != self._written_changes:
                    counted_kwh = self._meter.counted_kwh()
                    await asyncio.to_thread(storage.write_counters, self._folder, self._meter.plain())
                    self._written_changes, self._meter.stored_kwh = changes, counted_kwh
            except OSError as error:
                self._failures.log_failure(error, now_s)
                self._meter.stored_kwh = None
                problem = _unwritten_message(storage.COUNTERS_NAME, error)
            if problem or finished or changes != written:
                self.problem = problem


async def start_keeper(folder: Path | None, owner: object, now_s: float) -> EnergyKeeper | None:
    """Start and return a keeper that continues with the files of an earlier load; None where no folder exists.

    It is stopped when another load of the script starts its own. `owner`: the load of the script.
    """
    if folder is None:
        return None
    keeper = EnergyKeeper(folder, energy_meter(), now_s)
    await lifecycle.start("energy", owner, lambda: keeper)
    return keeper


def _unwritten_message(name: str, error: OSError) -> str:
    """Return the problem of a file that cannot be written."""
    return message("energy_unwritten", file=name, error=exception_text(error))


def _utc_datetime(at_s: float) -> datetime:
    """Return a time in seconds since 1970 as a datetime."""
    return datetime.fromtimestamp(at_s, UTC)
