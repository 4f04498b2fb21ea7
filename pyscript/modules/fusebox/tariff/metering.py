"""The import of the present window: from the meter's own running demand, else integrated from its power.

Unmeasured time never counts as nothing. It counts with the highest power measured next to it, or with the target if
that is higher; but not in the history, which contains only measurements.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .. import tuning
from ..model.numbers import Amount

JUDGED_UNTIL_SHARE = 0.5
"""Until this part of a window, a mean and a growing sum differ by a factor of two or more."""


@dataclass(frozen=True, slots=True)
class DemandReading:
    """A value of the meter's running demand."""

    kw: float
    """The demand [kW]."""
    at_s: float
    """The time of its report [s since 1970]."""


@dataclass(frozen=True, slots=True)
class DemandSensor:
    """How the demand sensor counts, as learnt."""

    mean_votes: int = 0
    """The number of reports that fit a mean of the time so far, less those that do not."""
    used: bool = False
    """Whether this window had a usable report."""
    seen: bool = False
    """Whether this window had any report."""
    strange: int = 0
    """The number of consecutive windows without a usable report."""
    last_s: float = float("-inf")
    """The time of the last report [s since 1970]."""
    gaps: bool = False
    """Whether this window was not measured for some time."""
    shown_kw: float = 0.0
    """This window's import by the last report, as a mean of the window [kW]."""
    own_kw: float = 0.0
    """The same as integrated here [kW]."""
    doubts: int = 0
    """The number of consecutive windows of which it reported far more than was integrated here."""
    doubted_kw: tuple[float, float] = (0.0, 0.0)
    """The means of the last of these windows: reported by the sensor, and integrated here [kW]."""

    @property
    def reports_mean_so_far(self) -> bool:
        """Whether it reports the mean of the time so far, rather than the energy as a mean of the whole window."""
        return self.mean_votes >= tuning.KNOWN_TIMES

    @property
    def is_unusable(self) -> bool:
        """Whether it does not report this window's import at all."""
        return self.strange >= tuning.NO_CHANCE_TIMES


@dataclass(frozen=True, slots=True)
class Window:
    """One window, counted so far."""

    start_s: float
    """When it began [s since 1970]."""
    at_s: float
    """Until when it is counted [s since 1970]."""
    power_w: float | None = None
    """The import at the last look [W], None while unknown."""
    measured_ws: Amount = 0.0
    """The measured import [Ws]."""
    unseen_s: float = 0.0
    """The unmeasured time [s]."""
    unseen_w: Amount = 0.0
    """The highest import next to it [W]."""
    added_ws: float = 0.0
    """The import integrated from the power alone [Ws].

    It is not corrected by the meter's own value: a value that stands still would otherwise take off a little with each
    report and never be noticed.
    """
    began_unseen_s: float | None = None
    """Until when its beginning was not measured [s since 1970], None where it was."""

    def imported_ws(self, target_w: float) -> float:
        """Return the measured import, and for unmeasured time that of `unseen_w`, at least of `target_w` [Ws]."""
        return self.measured_ws + self.unseen_s * max(self.unseen_w, target_w)


def open_window(start_s: float, now_s: float) -> Window:
    """Return a new window, with the time since its start unmeasured.

    Its beginning counts as unmeasured (`began_unseen_s`) if that is more than `MOMENT_S`.
    """
    unseen_s = max(now_s - start_s, 0.0)
    return Window(start_s, now_s, unseen_s=unseen_s, began_unseen_s=now_s if unseen_s > tuning.MOMENT_S else None)


def integrate_until(window: Window, until_s: float) -> Window:
    """Return the window with the import from its last update to `until_s` added, at the power read then.

    With an unknown power, or after more than `SLOWEST_S`, the time counts as unmeasured instead, and the power is
    unknown until the next reading. Unchanged if `until_s` is not after the last update.
    """
    since_s = until_s - window.at_s
    if since_s <= 0:
        return window
    if window.power_w is None or since_s > tuning.SLOWEST_S:
        highest_w = max(window.unseen_w, window.power_w or 0.0)
        return replace(window, at_s=until_s, power_w=None, unseen_s=window.unseen_s + since_s, unseen_w=highest_w)
    more_ws = window.power_w * since_s
    return replace(window, at_s=until_s, measured_ws=window.measured_ws + more_ws, added_ws=window.added_ws + more_ws)


def set_present_power(window: Window, net_w: float | None) -> Window:
    """Return the window with the present net power stored [W, + = import], None for unknown; an export as 0.

    Where it becomes unknown, the last power counts for the gap, and after a gap the present one, whichever is higher.
    """
    import_w = None if net_w is None else max(net_w, 0.0)
    if import_w is None:
        return replace(window, power_w=None, unseen_w=max(window.unseen_w, window.power_w or 0.0))
    ends_gap = window.unseen_s > 0 and window.power_w is None
    return replace(window, power_w=import_w, unseen_w=max(window.unseen_w, import_w) if ends_gap else window.unseen_w)


def correct_by_sensor(
    window: Window, sensor: DemandSensor, report: DemandReading | None, length_s: float, most_w: float
) -> tuple[Window, DemandSensor]:
    """Return the window corrected by the meter's own running demand, and the memory of that sensor.

    A new report of this window is used where its energy can be this window's; `most_w`: more cannot flow [W]. It ends
    all gaps, and the power since the report is added. Too low a one leaves at least what was integrated here, too high
    a one the window as it is. Both are unchanged for an old report or none.
    """
    if report is None or report.at_s <= sensor.last_s or report.at_s < window.start_s:
        return window, sensor
    has_gaps = window.unseen_s > 0
    sensor = replace(sensor, last_s=report.at_s, seen=True, gaps=sensor.gaps or has_gaps)
    sensor = _judge_sensor(window, sensor, report, length_s)
    since_s = max(window.at_s - report.at_s, 0.0)
    elapsed_s = report.at_s - window.start_s
    energy_ws = report.kw * 1000 * (elapsed_s if sensor.reports_mean_so_far else length_s)
    added_ws = max(window.added_ws - (window.power_w or 0.0) * since_s, 0.0)
    sensor = replace(sensor, shown_kw=energy_ws / length_s / 1000, own_kw=added_ws / length_s / 1000)
    if energy_ws < _least_plausible_ws(added_ws, length_s):
        return replace(window, measured_ws=max(window.measured_ws, window.added_ws)), sensor
    own_ws = _integrated_import_ws(window, since_s)
    if not _is_plausible_energy(energy_ws, own_ws, has_gaps, elapsed_s, length_s, most_w):
        return window, sensor
    now_ws = energy_ws + (window.power_w or 0.0) * since_s
    window = replace(window, measured_ws=now_ws, unseen_s=0.0, unseen_w=0.0, began_unseen_s=None)
    return window, replace(sensor, used=True, strange=0)


def reset_after_window(sensor: DemandSensor, start_s: float, length_s: float) -> DemandSensor:
    """Return the memory of the sensor after the window from `start_s` on, for a new one.

    One with reports but no usable one counts as strange. A measured one of which the last report, in its second half,
    was more than twice what was integrated until then counts as a doubt; one with less ends the doubts.
    """
    unused = sensor.seen and not sensor.used
    new = replace(sensor, used=False, seen=False, strange=sensor.strange + unused, gaps=False)
    if sensor.gaps or sensor.last_s < start_s + JUDGED_UNTIL_SHARE * length_s:
        return new
    if sensor.shown_kw - sensor.own_kw <= max(sensor.own_kw, tuning.DEMAND_ALIKE_KW):
        return replace(new, doubts=0)
    return replace(new, doubts=sensor.doubts + 1, doubted_kw=(sensor.shown_kw, sensor.own_kw))


def _integrated_import_ws(window: Window, since_s: float) -> float:
    """Return the integrated import until `since_s` seconds ago [Ws], at least 0.

    As if the power had been the last one since then, and 0 if that is unknown.
    """
    return max(window.measured_ws - (window.power_w or 0.0) * since_s, 0.0)


def _is_plausible_energy(
    energy_ws: float, own_ws: float, gaps: bool, elapsed_s: float, length_s: float, most_w: float
) -> bool:
    """Return whether this much can have been imported in this window: no more than `most_w` [W] until the report.

    Right after the end of a window a slow sensor still shows the last one: far more than can have flowed since. It also
    has to be near the integrated import `own_ws`; with `gaps` in that it may be more.
    """
    if energy_ws < 0 or energy_ws > most_w * (elapsed_s + tuning.DEMAND_CLOCK_SKEW_S):
        return False
    most_ws = own_ws + max(tuning.ALIKE_SHARE * own_ws, tuning.DEMAND_ALIKE_KW * 1000 * length_s)
    return energy_ws >= _least_plausible_ws(own_ws, length_s) and (gaps or energy_ws <= most_ws)


def _least_plausible_ws(own_ws: float, length_s: float) -> float:
    """Return the least plausible value of the meter's own demand, given the integrated import [Ws]."""
    return own_ws - max(tuning.ALIKE_SHARE * own_ws, tuning.DEMAND_ALIKE_KW * 1000 * length_s)


def _judge_sensor(window: Window, sensor: DemandSensor, report: DemandReading, length_s: float) -> DemandSensor:
    """Return the memory of the sensor after a report: a vote on whether it shows the mean so far or the whole window's.

    Only in the middle of a fully measured window with some import, and where one of them agrees.
    """
    elapsed_s = report.at_s - window.start_s
    own_kw = _integrated_import_ws(window, max(window.at_s - report.at_s, 0.0)) / length_s / 1000
    is_distinct = tuning.ALIKE_SHARE <= elapsed_s / length_s <= JUDGED_UNTIL_SHARE
    if window.unseen_s > 0 or own_kw < tuning.DEMAND_ALIKE_KW or not is_distinct:
        return sensor
    mean_kw = own_kw * length_s / elapsed_s
    to_mean, to_sum = abs(report.kw - mean_kw), abs(report.kw - own_kw)
    if min(to_mean / mean_kw, to_sum / own_kw) > tuning.ALIKE_SHARE:
        return sensor  # it is neither
    vote = 1 if to_mean < to_sum else -1
    most = 2 * tuning.KNOWN_TIMES
    return replace(sensor, mean_votes=min(max(sensor.mean_votes + vote, -most), most))
