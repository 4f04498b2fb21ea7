"""One load under test, watched: its levels one after another, and what each change of level showed. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from ... import tuning
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.records import fast_replace
from ...model.snapshot import LoadState, Snapshot
from .lag import lag_s
from .level import (
    Plateau,
    Sample,
    half_way_s,
    intervals_s,
    move_of,
    own_a,
    plateau_of,
    sample_of,
    shown_of,
)
from .settled import is_settled, others_still_since_s, period_s, responded_s, wait_s
from .trial import Trial, is_clean


def watched(trial: Trial, load: Load, snapshot: Snapshot, past: LoadMemory, lags_s: Mapping[str, float]) -> Trial:
    """The trial with this instant, at its next level where this one has been seen for long enough.

    `lags_s`: how late the meters of each circuit are, as far as that is known.
    """
    state, now_s = snapshot.loads[load.name], snapshot.now_s
    sample = sample_of(load, snapshot, past)
    samples = (*trial.samples, sample)
    trial = fast_replace(trial, samples=samples, trace=(*trial.trace, sample))
    window_s = max(tuning.QUICK_S, period_s(snapshot) + tuning.TICK_S)
    if trial.before is None:
        # The picture of before: what was wished of others a moment ago has to be over.
        waits_s = wait_s(lags_s) + window_s
        if now_s - others_still_since_s(samples) < waits_s and now_s - trial.begun_s < tuning.SLOWEST_S:
            return fast_replace(trial, since_s=now_s)
        before = plateau_of([s for s in samples if s.at_s >= now_s - window_s])
        return fast_replace(trial, before=before, samples=samples[-1:], since_s=now_s)
    if not trial.alone and _does_not_fit(trial, sample):
        return fast_replace(trial, alone=True, before=None, samples=(), since_s=now_s, begun_s=now_s)
    if not is_settled(trial, state, past, lags_s, window_s):
        return trial
    after = plateau_of([s for s in samples if s.at_s >= now_s - window_s])
    return _judged(trial, load, state, after)


def _does_not_fit(trial: Trial, last: Sample) -> bool:
    """Whether it has not been raised for long, and others draw what it may need."""
    told_a = trial.samples[0].told_a
    waits = trial.level_a > told_a and last.told_a <= told_a and last.at_s - trial.since_s >= tuning.IGNORES_S
    return waits and last.others_a > tuning.DRAWS_A


def _judged(trial: Trial, load: Load, state: LoadState, after: Plateau) -> Trial:
    """The trial at its next level, with what the change to this one has shown."""
    before = trial.before
    assert before is not None
    if (trial.level_a > 0) is not (after.last.told_a > 0):
        trial = fast_replace(trial, short=True)
    move = move_of(load, state.is_power, before, after)
    known = fast_replace(
        trial, before=after, samples=trial.samples[-1:], place=trial.place + 1, since_s=after.last.at_s
    )
    last = after.last
    every_s = (*trial.every_s, *intervals_s(trial.samples))
    known = fast_replace(known, shown_a=(*trial.shown_a, *shown_of(trial.samples)), every_s=every_s)
    drawing_a = [a for a in last.draw_a if a is not None]
    if drawing_a:
        known = fast_replace(known, drew_a=(*trial.drew_a, (last.offered_a, max(drawing_a))))
    if move is None:
        return known
    restless = 0 if is_clean(load, move) else trial.restless + 1
    known = fast_replace(known, moves=(*trial.moves, move), restless=restless)
    if len(known.moves) >= tuning.NO_CHANCE_TIMES:
        lags_s = {circuit: lag_s(trial.trace, circuit) for circuit in last.grid_a}
        known = fast_replace(known, lag_s={circuit: late_s for circuit, late_s in lags_s.items() if late_s is not None})
    return _timed(known, trial)


def _timed(known: Trial, trial: Trial) -> Trial:
    """The trial with how long load and meters took for the change."""
    own = zip(trial.samples, own_a(trial.samples), strict=True)
    moved_s = half_way_s([(sample.at_s, a) for sample, a in own])
    if moved_s is None:
        return known
    rises = trial.samples[-1].offered_a > trial.samples[0].offered_a
    told_s = next((s.at_s for s in trial.samples if s.told_a != trial.samples[0].told_a), trial.samples[0].at_s)
    took_s = max(moved_s - told_s, 0.0)
    step_a = max([abs(a) for a in known.moves[-1].drawn_a if a is not None], default=0.0)
    step_a = step_a if step_a > tuning.CLEARLY_A else abs(known.moves[-1].told_a or 0.0)
    for circuit in trial.samples[-1].grid_a:
        seen_s = responded_s(trial.samples, circuit, step_a)
        if seen_s is not None:
            known = fast_replace(known, lags_s=(*known.lags_s, (circuit, max(seen_s - moved_s, 0.0))))
    if rises:
        return fast_replace(known, ups_s=(*trial.ups_s, took_s))
    return fast_replace(known, downs_s=(*trial.downs_s, took_s))
