"""A grid operator's dimmings as records: begin, end, limit, and whether the loads obeyed it. Pure.

Paragraph 14a EnWG: what counts is the grid draw of the controllable loads, in quarter hours.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from .. import tuning
from ..model.durations import QUARTER_S
from ..model.equipment import Tariff
from ..model.local_day import iso_text
from ..model.numbers import Amount
from ..model.readings import View
from ..model.units import POWER_UNITS
from .metering import Window, integrate_until_now, set_present_power
from .rules import Moment

ON, OFF = ("on", "true", "1", "yes", "dim", "dimmed"), ("off", "false", "0", "no")

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
        over = integrate_until_now(quarter, ends_s)
        dimming = _add_finished_quarter(dimming, over)
        quarter = integrate_until_now(Window(ends_s, ends_s, over.power_w), moment.window_start_s(QUARTER_S))
        if quarter.at_s > ends_s:  # whole quarter hours without any measurement
            dimming = _add_finished_quarter(dimming, quarter)
            quarter = Window(quarter.at_s, quarter.at_s)
    return replace(dimming, quarter=set_present_power(integrate_until_now(quarter, now_s), power_w))


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
