"""The record of all dimmings, in memory and in a file next to Home Assistant's own in `.storage`.

Each dimming has a line when it begins and another when it ends; of two lines for one dimming the later counts. Without
the first line a power cut would lose its beginning.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from .. import tuning
from ..model.durations import DAY_S
from ..model.messages.message import Message, message
from ..runtime.files import append_lines, line_text, read_lines, replace_file
from ..runtime.json_values import Reader, to_json_values
from ..runtime.log_throttle import Failures, exception_text
from .dimmings import Dimming, add_draw, begin_dimming, dimming_row, end_dimming
from .metering import Window
from .rules import Moment

LOG = logging.getLogger("fusebox")

DIMMINGS_NAME = "fusebox.dimmings"


class DimmingBook:
    """All dimmings of the last two years by their start, with the present one.

    `is_read`: whether the file has been read. `problem`: why the file cannot be written, None while it can.
    """

    def __init__(self) -> None:
        self.is_read = False
        self.problem: Message | None = None
        self._by_start: dict[float, Dimming] = {}
        self._unwritten: list[Dimming] = []
        self._failures = Failures("keeping the dimmings")

    @property
    def under_way(self) -> Dimming | None:
        """The present dimming, None for none."""
        last = next(reversed(self._by_start.values()), None)
        return last if last is not None and last.end_s is None else None

    def rows(self, since_s: float) -> list[dict[str, object]]:
        """Return dimmings in force at `since_s` [s since 1970] or later as plain values, the oldest first."""
        return [dimming_row(each) for each in self._by_start.values() if each.end_s is None or each.end_s >= since_s]

    def record_limit(self, moment: Moment, limit_w: float | None) -> None:
        """Begin, end or continue a dimming. `limit_w`: the present limit of the loads [W], None for no dimming.

        Another limit is another dimming. Begin and end are logged, and written to the file with the next `write`.
        """
        now = self.under_way
        if now is not None and now.limit_w != limit_w:
            self._store(end_dimming(now, moment))
            until = f"{moment.at(now.start_s).text} until {moment.text}"
            LOG.warning("the grid operator has dimmed the controllable loads to %.0f W from %s", now.limit_w, until)
            now = None
        if now is None and limit_w is not None:
            self._store(begin_dimming(moment.now_s, limit_w))
            LOG.warning("the grid operator dims the controllable loads to %.0f W, since %s", limit_w, moment.text)

    def record_draw(self, moment: Moment, power_w: float | None) -> None:
        """Add the present grid draw of the controllable loads [W], None for unknown, to the present dimming, if any."""
        if self.under_way is not None:
            now = add_draw(self.under_way, moment, power_w)
            self._by_start[now.start_s] = now

    def resume(self, last: Dimming | None) -> None:
        """Continue the dimming `last` that was under way when Home Assistant stopped; None for none.

        It replaces the one with its start that was read from the file, unless that one has ended.
        """
        on_file = None if last is None else self._by_start.get(last.start_s)
        if last is not None and (on_file is None or on_file.end_s is None):
            self._by_start = _index_by_start((*self._by_start.values(), last))

    async def read(self, folder: Path | None, now_s: float) -> None:
        """Read the dimmings on file, once per process, and remove old and damaged ones from it.

        Nothing without a folder; a file that cannot be read is logged.
        """
        if folder is None or self.is_read:
            return
        self.is_read = True
        try:
            found, unreadable = await asyncio.to_thread(_drop_old_dimmings, folder / DIMMINGS_NAME, now_s)
        except OSError as error:
            LOG.warning("dimmings cannot be read: %s", error)
            return
        if unreadable:
            LOG.warning("%s: removed what cannot be read, line %s", DIMMINGS_NAME, ", ".join(map(str, unreadable)))
        self._by_start = _index_by_start((*found, *self._by_start.values()))

    async def write(self, folder: Path | None, now_s: float) -> None:
        """Append dimmings that are not on file yet to the file in `folder`; nothing without a folder.

        After a failure they wait for the next call: it is logged, and `problem` says so until a call succeeds.
        """
        if folder is None or not self._unwritten:
            return
        waiting = tuple(self._unwritten)
        try:
            await asyncio.to_thread(append_lines, folder / DIMMINGS_NAME, map(to_json_values, waiting))
        except OSError as error:
            self._failures.log_failure(error, now_s)
            self.problem = message("dimmings_unwritten", file=DIMMINGS_NAME, error=exception_text(error))
            return
        del self._unwritten[: len(waiting)]
        self.problem = None

    def _store(self, dimming: Dimming) -> None:
        """Store a dimming under its start, to be written to the file by the next `write`."""
        self._by_start[dimming.start_s] = dimming
        self._unwritten.append(dimming)


def _drop_old_dimmings(file: Path, now_s: float) -> tuple[tuple[Dimming, ...], tuple[int, ...]]:
    """Return the dimmings that go on or ended within `TARIFF_DIMMINGS_KEPT_DAYS`, and the numbers of unreadable lines.

    The file is rewritten with those dimmings alone if that removes anything. Both are empty without a file; OSError if
    it cannot be read.
    """
    found, unreadable = read_lines(file, _parse_line)
    oldest_s = now_s - tuning.TARIFF_DIMMINGS_KEPT_DAYS * DAY_S
    kept = tuple(each for each in _index_by_start(found).values() if each.end_s is None or each.end_s >= oldest_s)
    if unreadable or len(kept) < len(found):
        replace_file(file, line_text(map(to_json_values, kept)))
    return kept, unreadable


def _parse_line(line: Any) -> Dimming | None:
    """Return the dimming in a decoded line, None where a value is missing or of the wrong type."""
    reader = Reader(whole=(Dimming, Window))
    found = reader.read(Dimming, line)
    return None if reader.damaged else found


def _index_by_start(dimmings: Iterable[Dimming]) -> dict[float, Dimming]:
    """Return start -> dimming in order; of two lines for one dimming the later counts."""
    found: Mapping[float, Dimming] = {each.start_s: each for each in dimmings}
    return dict(sorted(found.items()))
