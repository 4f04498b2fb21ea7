"""How old the meter readings above a load are, and what that forbids."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

from .. import tuning
from .ceiling import Ceiling
from .electrics import Phase
from .site import Site
from .snapshot import Reading, Snapshot


class DataQuality(IntEnum):
    """How recent and complete the readings of the meters above a load are, best first."""

    GOOD = 0
    MISSING = 1
    """A value is unknown now: nothing is raised."""
    STALE = 2
    """Too old: chargers go to their minimum."""
    FAILSAFE = 3
    """Far too old: chargers go to their fail-safe current, switched loads off."""


def reading_quality(site: Site, reading: Reading) -> DataQuality:
    """Return the quality of one meter reading by its age: FAILSAFE, STALE or GOOD.

    MISSING where it is recent and has no value.
    """
    stale_s, failsafe_s = quality_ages_s(site, reading)
    if reading.age_s > failsafe_s:
        return DataQuality.FAILSAFE
    if reading.age_s > stale_s:
        return DataQuality.STALE
    return DataQuality.MISSING if reading.value is None else DataQuality.GOOD


def quality_ages_s(site: Site, reading: Reading) -> tuple[float, float]:
    """Return the ages above which a reading is stale and above which it is fail-safe [s]: CONFIG's, or longer.

    Longer for a slow meter: stale after `METER_STALE_PERIODS` of its usual intervals, at most `METER_STALE_LONGEST_S`,
    and fail-safe after twice that.
    """
    stale_s = min(tuning.METER_STALE_PERIODS * (reading.period_s or 0.0), tuning.METER_STALE_LONGEST_S)
    return max(site.stale_after_s, stale_s), max(site.failsafe_after_s, 2 * stale_s)


def quality_by_load(site: Site, snapshot: Snapshot) -> Mapping[str, DataQuality]:
    """Return load name -> the worst quality of all meters between the load and the grid, on any of its phases."""
    known = {wire: _wire_quality(site, snapshot, *wire) for wire in site.wires}
    return {load.name: max([known[load.circuit, phase] for phase in load.phases]) for load in site.loads}


def _wire_quality(site: Site, snapshot: Snapshot, circuit: str, phase: Phase) -> DataQuality:
    """Return the worst quality of the meters between a circuit and the grid on one phase; GOOD where there is none."""
    metered = [each.name for each in site.above(circuit) if phase in each.grid]
    stages = [reading_quality(site, snapshot.meter(name, phase)) for name in metered]
    return max(stages, default=DataQuality.GOOD)


def is_implausible(ceiling: Ceiling) -> bool:
    """Return whether the current under a ceiling is implausible: more than `STRAY_READING_RATIO` times its rating."""
    return ceiling.flow_a > tuning.STRAY_READING_RATIO * ceiling.rating_a
