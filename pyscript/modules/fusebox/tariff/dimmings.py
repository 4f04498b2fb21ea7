"""A grid operator's dimmings: begin, end, limit, whether the loads obeyed it; and the record of all of them.

Paragraph 14a EnWG: what counts is the grid draw of the controllable loads, in quarter hours. The record is in memory
and in a file next to Home Assistant's own in `.storage`. Each dimming has a line when it begins and another when it
ends; of two lines for one dimming the later counts. Without the first line a power cut would lose its beginning.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from .. import tuning
from ..model.durations import DAY_S, QUARTER_S
from ..model.equipment import Tariff
from ..model.local_day import iso_text
from ..model.messages.message import Message, message
from ..model.numbers import Amount
from ..model.readings import View
from ..model.tariff_rules import Moment
from ..model.units import POWER_UNITS
from ..runtime.json_values import Reader, to_json_values
from ..runtime.log_throttle import LOG, Failures, exception_text
from ..runtime.store import append_lines, tidy_lines
from .metering import Window, integrate_until, set_present_power

ON, OFF = ("on", "true", "1", "yes", "dim", "dimmed"), ("off", "false", "0", "no")

DIMMINGS_NAME = "fusebox.dimmings"

FIELDS = ("start", "end", "limit_w", "highest_w", "above_w", "kept")
"""The columns of a row."""


class Order(NamedTuple):
    """The grid operator's present order."""

    dims: bool | None = None
    """Whether the controllable loads are dimmed, None while unknown."""
    limit_w: float | None = None
    """The limit for all of them together [W]; None where only a relay reports the dimming."""


def read_order(view: View, tariff: Tariff, last: Order, most_w: float) -> Order:
    """Return the order by `tariff.dim`: a relay's state or a limit; `last` while it shows neither or a negative limit.

    A limit of 0 is no order, because the rule guarantees at least 4.2 kW; nor is one of `most_w` [W] or more, which is
    what the main fuse allows.
    """
    word = (view.word(tariff.dim) or "").strip().lower() if tariff.dim is not None else ""
    if word in ON:
        return Order(dims=True)
    if word in OFF:
        return Order(dims=False)
    limit_w = view.measured(tariff.dim, POWER_UNITS, "w")
    if limit_w is None or limit_w < 0:
        return last
    return Order(True, limit_w) if 0 < limit_w < most_w else Order(dims=False)


@dataclass(frozen=True, slots=True)
class Dimming:
    """One dimming at one limit. `quarter`: the present quarter hour, counted after the loads had time to follow."""

    start_s: float
    """When it began [s since 1970]."""
    limit_w: Amount
    """The limit on the grid draw of the controllable loads [W]."""
    quarter: Window
    end_s: float | None = None
    """When it ended [s since 1970], None while it lasts."""
    highest_w: Amount | None = None
    """The highest mean of any quarter hour [W], None before the first."""
    is_measured: bool = True
    """Whether most of each quarter hour was measured."""

    @property
    def is_kept(self) -> bool | None:
        """Whether no quarter hour exceeded the limit by more than the tolerance; None if a part was not measured."""
        highest_w = self.highest_w
        if highest_w is not None and highest_w > self.limit_w * (1 + tuning.DIMMING_TOLERANCE_SHARE):
            return False
        return True if self.is_measured and highest_w is not None else None


def begin_dimming(now_s: float, limit_w: float) -> Dimming:
    """Return a dimming to `limit_w` [W] that begins now; its draw counts once `DIMMING_SETTLE_S` have passed."""
    settled_s = now_s + tuning.DIMMING_SETTLE_S
    return Dimming(now_s, limit_w, Window(settled_s, settled_s))


def add_draw(dimming: Dimming, moment: Moment, power_w: float | None) -> Dimming:
    """Return the dimming with the loads' present grid draw added. `power_w`: that draw [W], None while unknown.

    A quarter hour that is over is judged first; one without any measurement makes the dimming unmeasured. The draw
    counts from now until the next call.
    """
    now_s, quarter = moment.now_s, dimming.quarter
    ends_s = moment.at(quarter.start_s).window_start_s(QUARTER_S) + QUARTER_S
    if now_s >= ends_s:
        over = integrate_until(quarter, ends_s)
        dimming = _add_finished_quarter(dimming, over)
        quarter = integrate_until(Window(ends_s, ends_s, over.power_w), moment.window_start_s(QUARTER_S))
        if quarter.at_s > ends_s:  # whole quarter hours without any measurement
            dimming = _add_finished_quarter(dimming, quarter)
            quarter = Window(quarter.at_s, quarter.at_s)
    return replace(dimming, quarter=set_present_power(integrate_until(quarter, now_s), power_w))


def end_dimming(dimming: Dimming, moment: Moment) -> Dimming:
    """Return the dimming that ends now, with its last, partial quarter hour judged too."""
    dimming = add_draw(dimming, moment, None)
    return replace(_add_finished_quarter(dimming, dimming.quarter), end_s=moment.now_s)


def _add_finished_quarter(dimming: Dimming, quarter: Window) -> Dimming:
    """Return the dimming with a finished quarter hour, whose mean over its measured part may be the new highest.

    One dimmed for less than `DIMMING_SETTLE_S` is ignored; one measured for less than half makes the whole unmeasured.
    """
    passed_s = quarter.at_s - quarter.start_s
    measured_s = passed_s - quarter.unseen_s
    if passed_s < tuning.DIMMING_SETTLE_S:
        return dimming
    if measured_s < passed_s / 2:
        return replace(dimming, is_measured=False)
    return replace(dimming, highest_w=max(dimming.highest_w or 0.0, quarter.measured_ws / measured_s))


def dimming_row(dimming: Dimming) -> dict[str, object]:
    """Return a dimming as plain values, powers in whole watts.

    Its end is None while it lasts; the highest power, and by how much that was above, are None where unknown.
    """
    highest_w = dimming.highest_w
    return {
        "start": iso_text(dimming.start_s),
        "end": None if dimming.end_s is None else iso_text(dimming.end_s),
        "limit_w": round(dimming.limit_w),
        "highest_w": None if highest_w is None else round(highest_w),
        "above_w": None if highest_w is None else round(max(highest_w - dimming.limit_w, 0.0)),
        "kept": dimming.is_kept,
    }


class DimmingBook:
    """All dimmings of the last two years by their start, with the present one.

    `is_read`: whether the file has been read. `problem`: why the file cannot be written, None while it can.
    """

    def __init__(self) -> None:
        self.is_read = False
        self.problem: Message | None = None
        self._by_start: dict[float, Dimming] = {}
        self._unwritten: list[Dimming] = []
        self._failures = Failures("storing the dimmings")

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
        select = partial(_select_recent, now_s)
        found = await asyncio.to_thread(tidy_lines, folder / DIMMINGS_NAME, _parse_line, select)
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


def _select_recent(now_s: float, dimmings: Iterable[Dimming]) -> tuple[Dimming, ...]:
    """Return the dimmings that go on or ended within `TARIFF_DIMMINGS_KEPT_DAYS`, each once."""
    oldest_s = now_s - tuning.TARIFF_DIMMINGS_KEPT_DAYS * DAY_S
    return tuple(each for each in _index_by_start(dimmings).values() if each.end_s is None or each.end_s >= oldest_s)


def _parse_line(line: Any) -> Dimming | None:
    """Return the dimming in a decoded line, None where a value is missing or of the wrong type."""
    reader = Reader(whole=(Dimming, Window))
    found = reader.read(Dimming, line)
    return None if reader.damaged else found


def _index_by_start(dimmings: Iterable[Dimming]) -> dict[float, Dimming]:
    """Return start -> dimming in order; of two lines for one dimming the later counts."""
    found: Mapping[float, Dimming] = {each.start_s: each for each in dimmings}
    return dict(sorted(found.items()))
