"""What comes and goes on a wire: hobs, ovens, irons. Learnt for each fuse from the edges in what others use. Pure.

A kettle is on once. A thermostat is on again and again, and each time it would meet a charger that has risen into its
pause. So every rise of some amps is remembered until the same amps fall away; two of about the same height have a
pause between them, and that pause is what the next one is expected after.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.house_memory import CycleMemory, Peak
from ...model.records import fast_replace
from ..data_quality import is_stray


class Outlook(NamedTuple):
    """What is expected on a wire: `soon_a` more within seconds, `due_a` more any moment now after a longer pause."""

    soon_a: float = 0.0
    due_a: float = 0.0


def watched_cycles(ceilings: Iterable[Ceiling], before: Mapping[str, CycleMemory]) -> Mapping[str, CycleMemory]:
    """The memory of every wire, with its newest reading; `ceilings` are the known ones, of others all is kept."""
    seen = [c for c in ceilings if has_moments(c) and not is_stray(c)]
    return {**before, **{c.name: _watched(before.get(c.name), c) for c in seen}}


def has_moments(ceiling: Ceiling) -> bool:
    """Whether what comes for a moment matters: energy has its own patience."""
    return ceiling.budget is None and ceiling.bears_s is None


def _watched(past: CycleMemory | None, ceiling: Ceiling) -> CycleMemory:
    used_a, now_s = ceiling.used_a, ceiling.reported_s
    if past is None:
        return CycleMemory(used_a, now_s)
    if now_s <= past.reported_s:
        return past
    if now_s - past.reported_s > tuning.SLOWEST_S:
        # What went or came while nobody saw is not known: what was on then is forgotten, the pauses are not.
        return CycleMemory(used_a, now_s, past.every_s, tuple(p for p in past.peaks if p.ended_s is not None))
    step_a = used_a - past.used_a
    peaks = past.peaks
    if step_a >= tuning.CYCLE_EDGE_A:
        peaks = _risen(peaks, past, step_a, now_s)
    elif step_a <= -tuning.CYCLE_EDGE_A:
        peaks = _fallen(peaks, -step_a, used_a, now_s)
    if peaks and (len(peaks) > tuning.CYCLE_PEAKS or now_s - peaks[0].began_s > tuning.FORGET_S):
        peaks = tuple(p for p in peaks[-tuning.CYCLE_PEAKS :] if now_s - p.began_s <= tuning.FORGET_S)
    return CycleMemory(used_a, now_s, now_s - past.reported_s, peaks)


def _risen(peaks: tuple[Peak, ...], past: CycleMemory, step_a: float, now_s: float) -> tuple[Peak, ...]:
    last = peaks[-1] if peaks else None
    if last is not None and last.ended_s is None and last.began_s == past.reported_s:
        # A meter that averages shows one switch as two steps.
        return (*peaks[:-1], fast_replace(last, height_a=last.height_a + step_a))
    return (*peaks, Peak(step_a, past.used_a, now_s))


def _fallen(peaks: tuple[Peak, ...], fall_a: float, used_a: float, now_s: float) -> tuple[Peak, ...]:
    """Ends the peak that fits the fall best, and those of which nothing can be left."""
    going = [place for place, peak in enumerate(peaks) if peak.ended_s is None]
    fitting = min(going, key=lambda place: abs(peaks[place].height_a - fall_a), default=None)
    found = list(peaks)
    for place in going:
        peak = peaks[place]
        if (place == fitting and alike(peak.height_a, fall_a)) or used_a <= peak.from_a + tuning.CYCLE_EDGE_A / 2:
            found[place] = fast_replace(peak, ended_s=now_s)
    return tuple(found)


def alike(one_a: float, other_a: float) -> bool:
    """Whether two heights may be the same appliance."""
    return abs(one_a - other_a) <= max(tuning.CYCLE_EDGE_A, tuning.ALIKE_SHARE * max(one_a, other_a))


def outlook(memory: CycleMemory, now_s: float) -> Outlook:
    """What may come back, judged by what ended last of each height."""
    soon_a, due_a = 0.0, 0.0
    judged: list[float] = []
    for peak in reversed(memory.peaks):
        if any(alike(peak.height_a, height_a) for height_a in judged):
            continue
        judged.append(peak.height_a)
        if peak.ended_s is None:
            continue
        away_s = now_s - peak.ended_s
        pauses_s = _pauses_s([p for p in memory.peaks if alike(p.height_a, peak.height_a)])
        short_s, long_s = min(pauses_s[-tuning.CYCLE_PAUSES :], default=0.0), max(pauses_s, default=0.0)
        free_s = short_s - max(tuning.MOMENT_S, memory.every_s)
        if not pauses_s or away_s > tuning.CYCLE_OVERDUE_RATIO * long_s + memory.every_s:
            continue
        if free_s < tuning.CYCLE_WORTH_S:
            soon_a = max(soon_a, peak.height_a)
        elif away_s >= free_s:
            due_a = max(due_a, peak.height_a)
    return Outlook(soon_a, due_a)


def restless_s(memory: CycleMemory, now_s: float) -> float:
    """Return how long ago the first of the last three rises began [s] where they came shortly after each other, else 0.

    Two hob zones have no pauses that could be told apart, but the worst moment of both comes again within that time.
    """
    last = memory.peaks[-tuning.CYCLE_RESTLESS_PEAKS :]
    if len(last) < tuning.CYCLE_RESTLESS_PEAKS:
        return 0.0
    first_s, last_s = last[0].began_s, last[-1].began_s
    short_s = max(tuning.CYCLE_RESTLESS_S, tuning.CYCLE_RESTLESS_READINGS * memory.every_s)
    is_restless = now_s - first_s <= short_s and now_s - last_s <= last_s - first_s
    return now_s - first_s if is_restless else 0.0


def _pauses_s(peaks: list[Peak]) -> list[float]:
    pairs = pairwise(peaks)
    pauses_s = [after.began_s - peak.ended_s for peak, after in pairs if peak.ended_s is not None]
    return [pause_s for pause_s in pauses_s if pause_s <= tuning.CYCLE_LONGEST_PAUSE_S]
