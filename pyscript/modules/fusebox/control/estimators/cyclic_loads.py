"""Appliances that cycle (hobs, ovens, irons), learnt for each fuse from the steps of the house load. Pure.

A kettle is on once. A thermostat switches on again and again, and each time it would meet a charger that has risen into
its pause. So every rise of some amps is remembered until the same amps fall away. The time between two of about the
same height is the pause after which the next one is expected.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.data_quality import is_implausible
from ...model.house_memory import CycleMemory, Peak
from ...model.records import fast_replace


def observe_cycles(ceilings: Iterable[Ceiling], before: Mapping[str, CycleMemory]) -> Mapping[str, CycleMemory]:
    """Return the cycle memory of every wire, with the newest plausible readings of `ceilings` added.

    Limits on energy are left out; a wire without such a reading keeps its memory.
    """
    credible = [c for c in ceilings if matters_for_short_peaks(c) and not is_implausible(c)]
    return {**before, **{c.name: _record_edge(before.get(c.name), c) for c in credible}}


def matters_for_short_peaks(ceiling: Ceiling) -> bool:
    """Return whether short peaks matter under a ceiling: not for an energy budget or a limit over time."""
    return ceiling.budget is None and ceiling.tolerates_s is None


def _record_edge(past: CycleMemory | None, ceiling: Ceiling) -> CycleMemory:
    """Return the memory with the rise or fall since the last reading recorded; unchanged without a new reading.

    Steps below `CYCLE_EDGE_A` count as none. So does a rise that the meter does not show: a load has stopped or become
    unavailable, and its draw counts as house load. A rise in the reading after one is part of it. After a gap in the
    readings, peaks that had not ended are forgotten. The last `CYCLE_PEAKS` peaks within `FORGET_S` are retained.
    """
    used_a, now_s, net_a = ceiling.used_a, ceiling.reported_s, ceiling.net_a
    if past is None:
        return CycleMemory(used_a, now_s, net_a=net_a)
    if now_s <= past.reported_s:
        return past
    if now_s - past.reported_s > tuning.SLOWEST_S:
        # Changes during a gap in the readings are unknown: forget what was on before it, but not the pauses.
        return CycleMemory(used_a, now_s, past.every_s, tuple(p for p in past.peaks if p.ended_s is not None), net_a)
    step_a, peaks = used_a - past.used_a, past.peaks
    last = peaks[-1] if peaks else None
    if step_a >= tuning.CYCLE_EDGE_A and last is not None and last.ended_s is None and last.began_s == past.reported_s:
        # The rest of the last rise: the meter averages, or some of it was taken for the rise of a load's draw.
        peaks = (*peaks[:-1], fast_replace(last, height_a=last.height_a + step_a))
    elif step_a >= tuning.CYCLE_EDGE_A and abs(net_a - past.net_a) >= tuning.CYCLE_EDGE_A:
        peaks = (*peaks, Peak(step_a, past.used_a, now_s))
    elif step_a <= -tuning.CYCLE_EDGE_A:
        peaks = _end_peaks(peaks, -step_a, used_a, now_s)
    peaks = tuple(p for p in peaks[-tuning.CYCLE_PEAKS :] if now_s - p.began_s <= tuning.FORGET_S)
    return CycleMemory(used_a, now_s, now_s - past.reported_s, peaks, net_a)


def _end_peaks(peaks: tuple[Peak, ...], fall_a: float, used_a: float, now_s: float) -> tuple[Peak, ...]:
    """Return the peaks with those ended that the fall explains: the one nearest in height if it is alike.

    Also each peak that the present current leaves no headroom for. `fall_a` is positive.
    """
    going = [place for place, peak in enumerate(peaks) if peak.ended_s is None]
    fitting = min(going, key=lambda place: abs(peaks[place].height_a - fall_a), default=None)
    found = list(peaks)
    for place in going:
        peak = peaks[place]
        is_explained = place == fitting and may_be_same_appliance(peak.height_a, fall_a)
        if is_explained or used_a <= peak.from_a + tuning.CYCLE_EDGE_A / 2:
            found[place] = fast_replace(peak, ended_s=now_s)
    return tuple(found)


def may_be_same_appliance(one_a: float, other_a: float) -> bool:
    """Return whether two heights [A] may belong to the same appliance.

    True where they differ by at most `CYCLE_EDGE_A`, or `ALIKE_SHARE` of the higher one.
    """
    return abs(one_a - other_a) <= max(tuning.CYCLE_EDGE_A, tuning.ALIKE_SHARE * max(one_a, other_a))


def forecast_returning_current(memory: CycleMemory, now_s: float) -> tuple[float, float]:
    """Return the current of appliances expected to switch on again [A], by the pauses between peaks of alike height.

    First what returns within seconds, after pauses too short to use (`soon_a`); then what returns at any moment, after
    a longer pause that is nearly over (`due_a`). 0 for a height that is on now, never paused, or is long overdue.
    """
    soon_a, due_a = 0.0, 0.0
    judged: list[float] = []
    for peak in reversed(memory.peaks):
        if any(may_be_same_appliance(peak.height_a, height_a) for height_a in judged):
            continue
        judged.append(peak.height_a)
        if peak.ended_s is None:
            continue
        away_s = now_s - peak.ended_s
        pauses_s = _pauses_s([p for p in memory.peaks if may_be_same_appliance(p.height_a, peak.height_a)])
        short_s, long_s = min(pauses_s[-tuning.CYCLE_PAUSES :], default=0.0), max(pauses_s, default=0.0)
        free_s = short_s - max(tuning.MOMENT_S, memory.every_s)
        if not pauses_s or away_s > tuning.CYCLE_OVERDUE_RATIO * long_s + memory.every_s:
            continue
        if free_s < tuning.CYCLE_WORTH_S:
            soon_a = max(soon_a, peak.height_a)
        elif away_s >= free_s:
            due_a = max(due_a, peak.height_a)
    return soon_a, due_a


def is_known_pulse(memory: CycleMemory | None, now_s: float) -> bool:
    """Return whether the last rise is of an appliance that was on before, and has not been on for clearly longer."""
    if memory is None or not memory.peaks or memory.peaks[-1].ended_s is not None:
        return False
    *before, last = memory.peaks
    alike = [p for p in before if p.ended_s is not None and may_be_same_appliance(p.height_a, last.height_a)]
    longest_s = max([p.ended_s - p.began_s for p in alike if p.ended_s is not None], default=-memory.every_s)
    return now_s - last.began_s <= tuning.SLACK_RATIO * longest_s + memory.every_s


def time_of_restless_rises_s(memory: CycleMemory, now_s: float) -> float:
    """Return how long ago the first of the last `CYCLE_RESTLESS_PEAKS` rises began [s], while they come in succession.

    0 if there are fewer, the first is too long ago, or no rise has come for as long as they took. Two hob zones have no
    distinct pauses, but the worst moment of both returns within that time.
    """
    last = memory.peaks[-tuning.CYCLE_RESTLESS_PEAKS :]
    if len(last) < tuning.CYCLE_RESTLESS_PEAKS:
        return 0.0
    first_s, last_s = last[0].began_s, last[-1].began_s
    short_s = max(tuning.CYCLE_RESTLESS_S, tuning.CYCLE_RESTLESS_READINGS * memory.every_s)
    is_restless = now_s - first_s <= short_s and now_s - last_s <= last_s - first_s
    return now_s - first_s if is_restless else 0.0


def _pauses_s(peaks: list[Peak]) -> list[float]:
    """Return the pauses between consecutive peaks [s], without those longer than `CYCLE_LONGEST_PAUSE_S`."""
    pauses_s = [after.began_s - peak.ended_s for peak, after in pairwise(peaks) if peak.ended_s is not None]
    return [pause_s for pause_s in pauses_s if pause_s <= tuning.CYCLE_LONGEST_PAUSE_S]
