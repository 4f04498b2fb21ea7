"""One load under test: its levels one after another, and what each change of level showed. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import field

from ... import tuning
from ...model.electrics import ALL_PHASES, Phase
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.phases_memory import Move
from ...model.records import fast_replace, record
from ...model.site import MAIN
from ...model.snapshot import LoadState, Snapshot
from ..estimators.acknowledgement import same
from .commissioning_lag import lag_s
from .commissioning_stage import (
    Plateau,
    Sample,
    drawn_a,
    half_way_s,
    intervals_s,
    move_of,
    own_a,
    plateau_of,
    sample_of,
    shown_of,
)


@record
class Trial:
    """What one load was brought to, and what was seen of it; times are in seconds."""

    load: str
    """Its name."""
    levels_a: tuple[float, ...]
    """What it is brought to, one after the other [A]."""
    since_s: float
    """Since when it is wished at the present level [s since 1970]."""
    begun_s: float
    """Since when it is tested [s since 1970]."""
    place: int = 0
    """Which level that is."""
    samples: tuple[Sample, ...] = ()
    """What was seen since then, and just before."""
    before: Plateau | None = None
    """What was seen at the level before."""
    moves: tuple[Move, ...] = ()
    """What its changes showed."""
    shown_a: tuple[tuple[float, float], ...] = ()
    """What it was told, and what its device showed of that [A]."""
    drew_a: tuple[tuple[float, float], ...] = ()
    """What its device showed that it may take, and what its own sensor told that it took on a phase [A]."""
    ups_s: tuple[float, ...] = ()
    """How long it took to rise."""
    downs_s: tuple[float, ...] = ()
    """How long it took to fall."""
    lags_s: tuple[tuple[str, float], ...] = ()
    """How much later the meters of which circuit seemed to tell of one change each."""
    lag_s: Mapping[str, float] = field(default_factory=dict)
    """How much later they do by all changes together."""
    every_s: tuple[tuple[str, Phase, float], ...] = ()
    """After how long which circuit's meter told again, on which phase."""
    trace: tuple[Sample, ...] = ()
    """All that was seen."""
    restless: int = 0
    """How many changes running were lost in what the house does."""
    alone: bool = False
    """Whether it did not fit beside the others' minimum."""
    missed_a: tuple[float, ...] = ()
    """The levels that there was no time for [A]."""

    @property
    def level_a(self) -> float:
        """The present level [A]."""
        return self.levels_a[self.place]

    @property
    def is_over(self) -> bool:
        """Whether it has been at all of them."""
        return self.place >= len(self.levels_a)


def watched(trial: Trial, load: Load, snapshot: Snapshot, past: LoadMemory, lags_s: Mapping[str, float]) -> Trial:
    """The trial with this instant, at its next level where this one has been seen for long enough.

    `lags_s`: how late the meters of each circuit are, as far as that is known.
    """
    state, now_s = snapshot.loads[load.name], snapshot.now_s
    sample = sample_of(load, snapshot, past)
    samples = (*trial.samples, sample)
    trial = fast_replace(trial, samples=samples, trace=(*trial.trace, sample))
    window_s = max(tuning.QUICK_S, _period_s(snapshot) + tuning.TICK_S)
    if trial.before is None:
        # The picture of before: what was wished of others a moment ago has to be over.
        waits_s = _wait_s(lags_s) + window_s
        if now_s - _others_still_since_s(samples) < waits_s and now_s - trial.begun_s < tuning.SLOWEST_S:
            return fast_replace(trial, since_s=now_s)
        before = plateau_of([s for s in samples if s.at_s >= now_s - window_s])
        return fast_replace(trial, before=before, samples=samples[-1:], since_s=now_s)
    if not trial.alone and _does_not_fit(trial, sample):
        return fast_replace(trial, alone=True, before=None, samples=(), since_s=now_s, begun_s=now_s)
    if not _is_settled(trial, state, past, lags_s, window_s):
        return trial
    after = plateau_of([s for s in samples if s.at_s >= now_s - window_s])
    return _judged(trial, load, state, after)


def _does_not_fit(trial: Trial, last: Sample) -> bool:
    """Whether it has not been raised for long, and others draw what it may need."""
    told_a = trial.samples[0].told_a
    waits = trial.level_a > told_a and last.told_a <= told_a and last.at_s - trial.since_s >= tuning.IGNORES_S
    return waits and last.others_a > tuning.DRAWS_A


def _wait_s(lags_s: Mapping[str, float]) -> float:
    """How long a meter may still show what was [s]."""
    return max(lags_s.values()) + tuning.TICK_S if MAIN in lags_s else tuning.LASTING_S / 2


def _others_still_since_s(samples: Sequence[Sample]) -> float:
    """Since when no load has moved [s since 1970]."""
    last = samples[-1]
    moving = [
        s.at_s
        for s in samples
        if abs(s.others_a - last.others_a) > tuning.DRAWS_A
        or abs((drawn_a(s) or s.offered_a) - (drawn_a(last) or last.offered_a)) > tuning.DRAWS_A
    ]
    return moving[-1] if moving else samples[0].at_s


def _period_s(snapshot: Snapshot) -> float:
    """How seldom the slowest of the meters tells [s]."""
    periods_s = [r.period_s for phases in snapshot.grid_a.values() for r in phases.values() if r.period_s is not None]
    return min(max(periods_s, default=0.0), tuning.LASTING_S / 2)


def _is_settled(trial: Trial, state: LoadState, past: LoadMemory, lags_s: Mapping[str, float], window_s: float) -> bool:
    """Whether load and meters have shown all that they will."""
    last = trial.samples[-1]
    if last.at_s - trial.since_s >= tuning.SLOWEST_S:
        return True
    if not _is_told(trial, past):
        return False
    seen_s = {circuit: at_s for circuit in last.grid_a if (at_s := _responded_s(trial.samples, circuit)) is not None}
    starts = trial.level_a > 0 and (drawn_a(last) or 0.0) <= tuning.DRAWS_A
    if starts and set(state.draw_a) != {None} and not seen_s:
        # A car may wake late.
        return False
    still_s = _still_since_s(trial.samples)
    answered_s = max(still_s + _wait_s(lags_s), seen_s.get(MAIN, still_s))
    return last.at_s - answered_s >= window_s


def _is_told(trial: Trial, past: LoadMemory) -> bool:
    """Whether the device has been told what it may have at this level, and has had its time to show it."""
    last = trial.samples[-1]
    since_s = max(trial.since_s, past.changed_s)
    reached = past.setpoint_a >= trial.level_a if trial.level_a > 0 else past.setpoint_a <= 0
    if not reached and last.at_s - since_s < tuning.IGNORES_S:
        return False
    if same(last.offered_a, past.setpoint_a):
        return True
    # What differs from what it is to be at will be told, or has been told and is rounded: told again, it is no later.
    sent_s = next(s.at_s for s in trial.samples if s.sent_a == last.sent_a)
    is_new = sent_s > trial.samples[0].at_s
    return last.at_s - sent_s >= tuning.ANSWER_S and (is_new or last.at_s - since_s >= tuning.IGNORES_S)


def _still_since_s(samples: Sequence[Sample]) -> float:
    """Since when the load has been as it is now, by its own sensor or by what its device shows [s since 1970]."""
    last = samples[-1]
    last_a = drawn_a(last)
    shown_s = [s.at_s for s in samples if abs(s.offered_a - last.offered_a) > tuning.DRAWS_A]
    if last_a is None:
        return shown_s[-1] + tuning.QUICK_S if shown_s else samples[0].at_s
    drawn_s = [s.at_s for s in samples if abs((drawn_a(s) or 0.0) - last_a) > tuning.DRAWS_A]
    return max([samples[0].at_s, *shown_s[-1:], *drawn_s[-1:]])


def _responded_s(samples: Sequence[Sample], circuit: str, step_a: float | None = None) -> float | None:
    """When the first of a circuit's meters had moved half of its way [s since 1970]; None while none has.

    Of those that moved as far as the load did, where that is known.
    """
    ways = [[(s.at_s, s.grid_a[circuit][phase]) for s in samples] for phase in ALL_PHASES]
    if step_a is not None:
        ways = [way for way in ways if abs(_length_a(way) - step_a) <= tuning.ALIKE_SHARE * step_a]
    return min([at_s for at_s in map(half_way_s, ways) if at_s is not None], default=None)


def _length_a(way: Sequence[tuple[float, float | None]]) -> float:
    return abs((way[-1][1] or 0.0) - (way[0][1] or 0.0))


def _judged(trial: Trial, load: Load, state: LoadState, after: Plateau) -> Trial:
    """The trial at its next level, with what the change to this one has shown."""
    before = trial.before
    assert before is not None
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
        seen_s = _responded_s(trial.samples, circuit, step_a)
        if seen_s is not None:
            known = fast_replace(known, lags_s=(*known.lags_s, (circuit, max(seen_s - moved_s, 0.0))))
    if rises:
        return fast_replace(known, ups_s=(*trial.ups_s, took_s))
    return fast_replace(known, downs_s=(*trial.downs_s, took_s))


def is_clean(load: Load, move: Move) -> bool:
    """Whether the house moved by less than the load meanwhile, on the phases that it is thought to be on."""
    noise_a = [waver_a[phase] or 0.0 for waver_a in move.noise_a.values() for phase in load.phases]
    return 2 * max(noise_a, default=0.0) < abs(move.told_a or 0.0)


def joined(one: Trial, other: Trial) -> Trial:
    """Two trials of one load as one: all that both have seen."""
    names = ("moves", "shown_a", "drew_a", "ups_s", "downs_s", "lags_s", "every_s")
    found = {name: (*getattr(one, name), *getattr(other, name)) for name in names}
    late_s = {c: max(one.lag_s.get(c, 0.0), other.lag_s.get(c, 0.0)) for c in (*one.lag_s, *other.lag_s)}
    return fast_replace(other, **found, lag_s=late_s)
