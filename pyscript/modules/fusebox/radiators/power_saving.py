"""The power-saving level: how much heating has to give way to the rest of the house. Pure.

Raising the level counts the full rated power of the radiators that are on as available again. Lowering it counts less
(`thermostat_factor`), because a radiator whose own thermostat is open draws nothing; with all other loads measured one
by one (`individual`) it counts the full power again. Any unit works, as long as all numbers use the meter's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..model.data_quality import DataQuality
from ..model.durations import since
from ..model.electrics import DUST
from ..model.heating import PowerSaving
from ..model.messages.message import Message, message
from ..model.trace import (
    NEW_METER_LATENCY,
    MeterLatency,
    Trace,
    add_reading,
    shown_draw_range_a,
    update_latency,
)


@dataclass(frozen=True, slots=True)
class Readings:
    """What the level is estimated from, at one instant."""

    now_s: float
    """The only clock [s since 1970]."""
    meter: float | None
    """Reading of the house's meter, None while it is unknown or too old."""
    reported_s: float
    """When it showed that [s since 1970]."""
    on: int
    """How many radiators are on."""
    extra: float | None = None
    """The sum of the other meters, with the last value of one that is unknown; None where it never had one or is lost.
    """
    level: int | None = None
    """The target's level if a user has changed it, otherwise None."""
    quality: DataQuality = DataQuality.GOOD
    """Data quality of the house's meter."""
    extra_quality: DataQuality = DataQuality.GOOD
    """The worst of the other meters."""
    others: tuple[float, float] = (0.0, 0.0)
    """The least and the most of the house's meter that the site's other loads take, which give way to the radiators by
    priority; 0 where these are no load of the site."""


FitTimes = tuple[float | None, ...]
"""For each level since when it has fitted [s since 1970], None while it does not."""


@dataclass(frozen=True, slots=True)
class EstimatorMemory:
    """What is remembered between two estimates."""

    level: int | None = None
    """The level that it last set, None before the first."""
    fits_since_s: FitTimes = ()
    readings: Trace = ()
    """The house's meter's last readings."""
    meter_latency: MeterLatency = NEW_METER_LATENCY
    """How late the meter shows a change of the radiators' draw."""


@dataclass(frozen=True, slots=True)
class Estimate:
    """The level and its reason; powers in the meter's unit."""

    level: int
    """The power-saving level, 0 for no saving."""
    memory: EstimatorMemory
    """Memory for the next run."""
    available: float | None
    """What is left of the limit now, None while that is unknown."""
    for_heating: float | None
    """A careful estimate of all that heating may use, None while that is unknown."""
    reason: Message
    """Why, for a person."""


def estimate(saving: PowerSaving, readings: Readings, memory: EstimatorMemory) -> Estimate:
    """Return the power-saving level now, with its reason and the memory for the next run.

    It rises at once when the radiators that it allows no longer fit. It falls once a lower level has fitted for
    `damping_s`, but not while the meter lacks some of the radiators' draw or the extra meters are doubtful. Without the
    meter it stays, later it is the blind level; with `individual` and stale extra meters it is never below that.
    """
    trace = add_reading(memory.readings, readings.meter, readings.reported_s)
    latency = update_latency(memory.meter_latency, readings.now_s, readings.on * saving.per_radiator, trace)
    memory = replace(memory, readings=trace, meter_latency=latency)
    level = _starting_level(saving, readings, memory)
    if readings.meter is None:
        return _fallback_estimate(saving, readings, memory, level)
    individual = saving.method == "individual"
    lost = individual and readings.extra_quality >= DataQuality.STALE
    level = max(level, saving.blind) if lost else level
    whole = saving.max_available - saving.security_margin
    room = whole - readings.meter
    least, most = shown_draw_range_a(latency, readings.reported_s)
    # The site shares out what its loads take by their priorities, so for the level that is available; not more than
    # the meter shows in addition to the radiators.
    give_least, give_most = (
        min(others, max(readings.meter - on, 0.0)) for others, on in zip(readings.others, (least, most), strict=True)
    )
    high, careful = room + most + give_most, room + least / saving.thermostat_factor + give_least
    if individual and not lost and readings.extra is not None:
        own = whole - readings.extra
        # What everything else draws is measured: the house's own meter needs no caution about open thermostats.
        high, careful = min(own + give_most, high), min(own + give_least, room + least + give_least)
    if saving.highest_draw(level) > high + DUST:
        fitting = (each for each in range(level + 1, saving.top) if saving.highest_draw(each) <= high + DUST)
        level = next(fitting, saving.top)
        reason = message("saving_rises", free_meter=high, **saving.allowance_values(level))
        return Estimate(level, replace(memory, level=level, fits_since_s=()), room, careful, reason)
    fallen = level
    if least == most and (lost or not individual or readings.extra_quality is DataQuality.GOOD):
        memory = replace(memory, fits_since_s=_fits_since_s(saving, memory, careful, readings.now_s))
        lowest = saving.blind if lost else 0
        fallen = _lowest_proven_level(saving, memory, level, lowest, readings.now_s)
    memory = replace(memory, level=fallen)
    reason = _level_reason(saving, memory, level, fallen, high)
    if lost and fallen == saving.blind:
        reason = message("saving_extra_meter_lost", level=fallen)
    return Estimate(fallen, memory, room, careful, reason)


def _fallback_estimate(saving: PowerSaving, readings: Readings, memory: EstimatorMemory, level: int) -> Estimate:
    """Return the estimate while the meter has no reading: `level` unchanged until the meter is stale.

    Then it is at least the level configured for a lost meter (`blind`), and in fail-safe exactly that.
    """
    if readings.quality < DataQuality.STALE:
        reason = message("saving_meter_awaited", level=level)
        return Estimate(level, replace(memory, level=level), None, None, reason)
    blind = saving.blind if readings.quality is DataQuality.FAILSAFE else max(level, saving.blind)
    reason = message("saving_meter_lost", level=blind)
    return Estimate(blind, replace(memory, level=blind, fits_since_s=()), None, None, reason)


def _starting_level(saving: PowerSaving, readings: Readings, memory: EstimatorMemory) -> int:
    """Return the level to start from: a user's, otherwise the last one, at first the blind level.

    A level outside the section's levels counts as the nearest one.
    """
    found = readings.level if readings.level is not None else memory.level
    return saving.blind if found is None else min(max(found, 0), saving.top)


def _fits_since_s(saving: PowerSaving, past: EstimatorMemory, careful: float, now_s: float) -> FitTimes:
    """Return for each level since when its radiators have fitted into the `careful` power with a margin [s].

    None for a level that does not fit now. The times start again when CONFIG has another number of levels than before.
    """
    before: Sequence[float | None] = past.fits_since_s
    if len(before) != len(saving.max_active):
        before = [None] * len(saving.max_active)
    spare = (saving.hysteresis - 1) * saving.per_radiator
    fits = [saving.highest_draw(level) + spare <= careful + DUST for level in range(len(before))]
    return tuple(since(since_s, holds, now_s) for since_s, holds in zip(before, fits, strict=True))


def _lowest_proven_level(saving: PowerSaving, memory: EstimatorMemory, level: int, lowest: int, now_s: float) -> int:
    """Return the lowest level, not below `lowest`, that has fitted for `damping_s`; otherwise the present level."""
    for lower, since_s in enumerate(memory.fits_since_s[:level]):
        if lower >= lowest and since_s is not None and now_s - since_s >= saving.damping_s - DUST:
            return lower
    return level


def _level_reason(saving: PowerSaving, memory: EstimatorMemory, before: int, level: int, high: float) -> Message:
    """Return why a level is in force that was not raised now: it falls, waits to fall, has no need or just fits.

    `before`: the level until now; `high`: the most that heating may draw.
    """
    allowed = saving.allowance_values(level)
    if level < before:
        return message("saving_falls", damping_s=saving.damping_s, **allowed)
    if any(since_s is not None for since_s in memory.fits_since_s[:level]):
        return message("saving_waits", damping_s=saving.damping_s, **allowed)
    if level == 0:
        return message("saving_nothing", free_meter=high, **allowed)
    return message("saving_fits" if saving.max_active[level] else "saving_none_fits", **allowed)
