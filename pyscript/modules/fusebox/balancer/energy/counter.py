"""The energy counter of one load: it never goes back, and no glitch of a device or a clock adds energy. Pure.

The device's own counter has precedence over the integrated draw. Each of its readings is compared with the last
reading it followed from (a `Level`): the increase is counted where the draw and the time that passed make it possible.
A reading that follows from nothing (a reset, a rollover, another unit, a dropped digit) starts a new level and counts
the integrated draw. The level before is retained until the new one has counted up, so that a counter that recovers
goes on from there, and its recovery is not counted as energy.
"""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from typing import NamedTuple

from ... import tuning
from ...model.durations import HOUR_S
from ...model.numbers import Amount
from ...model.records import fast_replace, record

WS_PER_KWH = 1000.0 * HOUR_S


class EnergySource(StrEnum):
    """The source of a load's energy."""

    COUNTER = "counter"
    INTEGRATED = "integrated"
    RECKONED = "reckoned"


class LoadObservation(NamedTuple):
    """One observation of a load."""

    now_s: float
    """The wall clock [s since 1970]."""
    passed_s: float
    """The time since the last observation [s], never negative, whatever happened to the wall clock; 0 for the first."""
    power_w: float
    """The load's power [W]."""
    measured: bool
    """Whether that power is measured rather than estimated."""
    is_idle: bool
    """Whether the load is known to draw nothing: measured, or reported by its device."""
    reading_kwh: float | None
    """The device's own counter [kWh], None without one or while unknown."""
    most_w: float
    """The highest possible power of the load [W]."""


@record
class Level:
    """A reading of the device's own counter, and what has happened since."""

    reading_kwh: float = 0.0
    """The counter's value [kWh]."""
    drawn_kwh: Amount = 0.0
    """The integrated draw since [kWh]."""
    spare_kwh: Amount = 0.0
    """The most that may have been drawn in addition to that without being seen [kWh]."""
    counted_kwh: Amount = 0.0
    """The energy counted since, although the counter has not shown it [kWh]."""

    @property
    def waiting_kwh(self) -> float:
        """The energy drawn since that is not counted yet [kWh]."""
        return max(self.drawn_kwh - self.counted_kwh, 0.0)


@record
class EnergyCounter:
    """The energy that a load has taken."""

    kwh: Amount = 0.0
    """The total [kWh]; it never falls."""
    source: EnergySource = EnergySource.INTEGRATED
    """The source of the energy counted last."""
    at_s: float | None = None
    """The time of the last observation [s since 1970], None before the first."""
    power_w: Amount = 0.0
    """The load's power then [W]."""
    level: Level | None = None
    """The last level of the device's own counter, None before its first reading."""
    former: Level | None = None
    """The level before an implausible change, None once the counter has counted on from the present one."""


def advance_counter(past: EnergyCounter, observed: LoadObservation) -> EnergyCounter:
    """Return the counter after one more observation; its energy never falls.

    The increase of the device's own counter counts. The integrated draw counts where there is none, where it is
    measured and the reading follows from no known level (as after a reset), or when it has waited for the counter too
    long; else it is held as waiting.
    """
    drawn_kwh, spare_kwh = _drawn_kwh(past, observed), _spare_kwh(past, observed)
    drawn = EnergySource.INTEGRATED if observed.measured else EnergySource.RECKONED
    after = partial(fast_replace, past, at_s=observed.now_s, power_w=observed.power_w)
    levels = [_add_draw(each, drawn_kwh, spare_kwh) for each in (past.level, past.former) if each is not None]
    if not levels:
        if observed.reading_kwh is None:
            return after(kwh=past.kwh + drawn_kwh, source=drawn)
        return after(kwh=past.kwh + drawn_kwh, source=EnergySource.COUNTER, level=Level(observed.reading_kwh))
    if observed.reading_kwh is not None:
        origin = _level_before(levels, observed)
        if origin is None:
            # An estimated draw may be far too high, so only what the counter confirms of it is counted.
            lost_kwh = levels[0].waiting_kwh if observed.measured else 0.0
            former = _add_counted(levels[-1], lost_kwh)
            return after(kwh=past.kwh + lost_kwh, source=drawn, level=Level(observed.reading_kwh), former=former)
        moved_kwh = _counter_increase_kwh(origin, observed)
        is_new = origin is levels[0] and len(levels) > 1
        if moved_kwh > 0 and (not is_new or _rises_as_measured(origin, moved_kwh, observed.measured)):
            ahead_kwh = max(origin.counted_kwh - moved_kwh, 0.0)
            kwh = past.kwh + max(moved_kwh - origin.counted_kwh, 0.0)
            level = Level(observed.reading_kwh, drawn_kwh=ahead_kwh, counted_kwh=ahead_kwh)
            return after(kwh=kwh, source=EnergySource.COUNTER, level=level, former=None)
        if not is_new:
            levels = [origin]
    kwh, source, waiting_kwh = past.kwh, past.source, levels[0].waiting_kwh
    if waiting_kwh > 0 and _gives_up_on_counter(past, observed, waiting_kwh):
        kwh, source, levels = kwh + waiting_kwh, drawn, [_add_counted(each, waiting_kwh) for each in levels]
    return after(kwh=kwh, source=source, level=levels[0], former=levels[1] if len(levels) > 1 else None)


def _drawn_kwh(past: EnergyCounter, observed: LoadObservation) -> float:
    """Return the integrated draw since the last observation [kWh]: the power observed then, times the time since.

    After a gap of more than `LASTING_S` the lower of the powers before and after it counts, for `ENERGY_OLD_S` at most.
    """
    if observed.passed_s <= tuning.LASTING_S:
        return past.power_w * observed.passed_s / WS_PER_KWH
    return min(past.power_w, observed.power_w) * min(observed.passed_s, tuning.ENERGY_OLD_S) / WS_PER_KWH


def _spare_kwh(past: EnergyCounter, observed: LoadObservation) -> float:
    """Return the most that may have been drawn in addition since the last observation [kWh].

    Its highest power times that time; `ENERGY_DRAWS_W` only for a load that is idle now, drew no more then, and was
    observed within `LASTING_S`.
    """
    was_idle = observed.is_idle and past.power_w <= tuning.ENERGY_DRAWS_W and observed.passed_s <= tuning.LASTING_S
    return (tuning.ENERGY_DRAWS_W if was_idle else observed.most_w) * observed.passed_s / WS_PER_KWH


def _add_draw(level: Level, drawn_kwh: float, spare_kwh: float) -> Level:
    """Return a level with the draw and the possible draw since then increased [kWh]."""
    return fast_replace(level, drawn_kwh=level.drawn_kwh + drawn_kwh, spare_kwh=level.spare_kwh + spare_kwh)


def _add_counted(level: Level, kwh: float) -> Level:
    """Return a level with counted energy added [kWh]."""
    return fast_replace(level, counted_kwh=level.counted_kwh + kwh)


def _level_before(levels: Sequence[Level], observed: LoadObservation) -> Level | None:
    """Return which of the levels the device's reading follows from, by the energy drawn since; None for none.

    If both fit: the former, because then the counter has recovered; if the draw is measured, the one whose increase is
    nearest to it. `levels`: the present one and the former, if there is one.
    """
    fitting = [level for level in levels if _may_follow(level, observed)]
    if not observed.measured:
        return fitting[-1] if fitting else None
    return min(fitting, key=lambda each: abs(_counter_increase_kwh(each, observed) - each.drawn_kwh), default=None)


def _counter_increase_kwh(level: Level, observed: LoadObservation) -> float:
    """Return the increase of the device's counter since a level [kWh]."""
    return (observed.reading_kwh or 0.0) - level.reading_kwh


def _may_follow(level: Level, observed: LoadObservation) -> bool:
    """Return whether a counter may show this reading after that level. Some go back by one digit and on again."""
    most_kwh = tuning.SLACK_RATIO * level.drawn_kwh + level.spare_kwh + tuning.ENERGY_JITTER_KWH
    return -tuning.ENERGY_JITTER_KWH <= _counter_increase_kwh(level, observed) <= most_kwh


def _rises_as_measured(level: Level, moved_kwh: float, measured: bool) -> bool:
    """Return whether a counter at a new level has risen by about the measured draw or more, as its unit is unchanged.

    True for a draw that is not measured.
    """
    return not measured or moved_kwh * tuning.SLACK_RATIO >= level.drawn_kwh


def _gives_up_on_counter(past: EnergyCounter, observed: LoadObservation, waiting_kwh: float) -> bool:
    """Return whether to stop waiting for the device's counter.

    It has no reading or the draw is measured, and either more than one counter step is waiting or the counter is not
    the present source. Once that is so, only its next rise makes it trusted again.
    """
    is_late = past.source is not EnergySource.COUNTER or waiting_kwh > tuning.ENERGY_COUNTER_STEP_KWH
    return is_late and (observed.measured or observed.reading_kwh is None)
