"""The energy counter of one load: it never goes back, whatever becomes of sensors, counters and scripts. Pure.

The device's own counter comes first. What was drawn since it last moved is known too, from the draw: that stands in
where the counter was reset or replaced, and where it stands still although something is measured to flow.
"""

from __future__ import annotations

from enum import StrEnum
from functools import partial
from typing import NamedTuple

from ... import tuning
from ...model.durations import HOUR_S
from ...model.records import fast_replace, record

WS_PER_KWH = 1000.0 * HOUR_S


class EnergySource(StrEnum):
    """Where a load's energy is known from."""

    COUNTER = "counter"
    INTEGRATED = "integrated"
    RECKONED = "reckoned"


class Seen(NamedTuple):
    """What one instant shows of a load."""

    now_s: float
    """When that is [s since 1970]."""
    power_w: float
    """What it takes [W]."""
    measured: bool
    """Whether that is measured and not reckoned."""
    reading_kwh: float | None
    """What the device's own counter shows [kWh], None where it has none or that is unknown."""
    most_w: float
    """The most that it may take [W]."""


@record
class EnergyCounter:
    """What a load has taken until now."""

    kwh: float = 0.0
    """In all [kWh]; never less than before."""
    source: EnergySource = EnergySource.INTEGRATED
    """How what was counted last is known."""
    at_s: float | None = None
    """Until when it has counted [s since 1970], None before it has begun."""
    power_w: float = 0.0
    """What the load took then [W]."""
    reading_kwh: float | None = None
    """What the device's own counter showed last [kWh]."""
    waiting_kwh: float = 0.0
    """What has been drawn since that moved and is not counted yet [kWh]."""
    ahead_kwh: float = 0.0
    """What has been counted beyond it, while it stood still or was silent [kWh]."""
    unseen_kwh: float = 0.0
    """The most that may have been drawn since it moved while nothing was measured [kWh]."""


def advanced(past: EnergyCounter, seen: Seen) -> EnergyCounter:
    """The counter after one more instant."""
    passed_s = 0.0 if past.at_s is None else max(seen.now_s - past.at_s, 0.0)
    is_gap = passed_s > tuning.LASTING_S
    drawn_kwh = _drawn_kwh(past, seen, passed_s, is_gap)
    after = partial(fast_replace, past, at_s=seen.now_s, power_w=seen.power_w)
    drawn = EnergySource.INTEGRATED if seen.measured else EnergySource.RECKONED
    if past.reading_kwh is None:
        source = drawn if seen.reading_kwh is None else EnergySource.COUNTER
        return after(kwh=past.kwh + drawn_kwh, source=source, reading_kwh=seen.reading_kwh)
    unseen_kwh = past.unseen_kwh
    if is_gap or not seen.measured:
        unseen_kwh += passed_s * seen.most_w / WS_PER_KWH
    waiting_kwh = past.waiting_kwh + drawn_kwh
    if seen.reading_kwh is not None and not _stands_still(past.reading_kwh, seen.reading_kwh):
        moved_kwh, known_kwh = seen.reading_kwh - past.reading_kwh, waiting_kwh + past.ahead_kwh
        moved = partial(after, reading_kwh=seen.reading_kwh, waiting_kwh=0.0, unseen_kwh=0.0)
        if 0 < moved_kwh <= _most_kwh(known_kwh, unseen_kwh):
            return moved(
                kwh=past.kwh + max(moved_kwh - past.ahead_kwh, 0.0),
                source=EnergySource.COUNTER,
                ahead_kwh=max(past.ahead_kwh - moved_kwh, 0.0),
            )
        # Reset or replaced: what it shows now says nothing of what was drawn meanwhile.
        return moved(kwh=past.kwh + waiting_kwh, source=drawn, ahead_kwh=0.0)
    if waiting_kwh > 0 and _is_left_behind(past, seen, waiting_kwh):
        return after(
            kwh=past.kwh + waiting_kwh,
            source=drawn,
            waiting_kwh=0.0,
            ahead_kwh=past.ahead_kwh + waiting_kwh,
            unseen_kwh=unseen_kwh,
        )
    return after(waiting_kwh=waiting_kwh, unseen_kwh=unseen_kwh)


def _drawn_kwh(past: EnergyCounter, seen: Seen, passed_s: float, is_gap: bool) -> float:
    """What has flown since the last instant. Of a gap only its ends are known, and a long one may have been idle."""
    if not is_gap:
        return past.power_w * passed_s / WS_PER_KWH
    return (past.power_w + seen.power_w) / 2 * min(passed_s, tuning.ENERGY_OLD_S) / WS_PER_KWH


def _stands_still(before_kwh: float, now_kwh: float) -> bool:
    """Whether a counter shows what it did. Some go back by a digit and on again."""
    return 0 <= before_kwh - now_kwh <= tuning.ENERGY_JITTER_KWH


def _most_kwh(known_kwh: float, unseen_kwh: float) -> float:
    """How far a counter may have moved: more than that is another counter."""
    return tuning.SLACK_RATIO * known_kwh + unseen_kwh + tuning.ENERGY_COUNTER_STEP_KWH


def _is_left_behind(past: EnergyCounter, seen: Seen, waiting_kwh: float) -> bool:
    """Whether the device's counter is not waited for: it is silent, or shows less than is measured to flow.

    Once it is not, only its next move is a reason to trust it again.
    """
    is_late = past.source is not EnergySource.COUNTER or waiting_kwh > tuning.ENERGY_COUNTER_STEP_KWH
    return is_late and (seen.measured or seen.reading_kwh is None)
