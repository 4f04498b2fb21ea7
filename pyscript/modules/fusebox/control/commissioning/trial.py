"""One load under test: its levels one after another, the result of each change, and what remains of it. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import field

from ... import tuning
from ...model.durations import NEVER_S
from ...model.electrics import ALL_PHASES
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.phases_memory import Move
from ...model.records import fast_replace, record, replace_within
from ...model.site import MAIN, Site
from ...model.snapshot import LoadState, Reading, Snapshot
from ..estimators.acknowledgement import is_same_current
from ..estimators.phase_flows import measure_draws
from ..estimators.production import own_shares
from .level import (
    LagFit,
    LevelResult,
    Plateau,
    Sample,
    fit_lags,
    half_way_s,
    judge_level,
    median_plateau,
    sent_runs,
    sum_fits,
    take_sample,
)


@record
class Trial:
    """The levels of one load under test and its observations; times are in seconds."""

    load: str
    """Its name."""
    levels_a: tuple[float, ...]
    """The levels it is brought to, one after the other [A]."""
    since_s: float
    """When its present level was requested [s since 1970]."""
    begun_s: float
    """When its test began [s since 1970]."""
    place: int = 0
    """The index of the present level."""
    samples: tuple[Sample, ...] = ()
    """The observations at the present level, and just before."""
    before: Plateau | None = None
    """The observations at the previous level; None before the first."""
    results: tuple[LevelResult, ...] = ()
    """The results of the levels so far."""
    trace: tuple[Sample, ...] = ()
    """All observations."""
    lags: Mapping[str, LagFit] = field(default_factory=dict)
    """Circuit -> how well each lag of its meters explains the trace."""
    alone: bool = False
    """Whether this load, or one before it, did not fit in addition to the others' minimum."""
    waits: bool = False
    """Whether its fuse has no headroom for its next level now."""
    rests: bool = False
    """Whether it is paused until its first level, because another load was tested alone before."""
    missed_a: tuple[float, ...] = ()
    """The levels for which there was no time [A]."""
    failed: bool = False
    """Whether it did not go on, or off, when a level required that."""
    memory_before: LoadMemory | None = None
    """Its memory from before the test."""

    @property
    def level_a(self) -> float:
        """The present level [A]."""
        return self.levels_a[self.place]

    @property
    def is_over(self) -> bool:
        """Whether it has been at all levels."""
        return self.place >= len(self.levels_a)

    @property
    def observed_moves(self) -> tuple[Move, ...]:
        """The changes observed."""
        return self.moves_read_after(0.0)

    def moves_read_after(self, lag_s: float) -> tuple[Move, ...]:
        """Return the changes observed whose meters were read when they could show them, `lag_s` seconds later."""
        return tuple(each.move for each in self.results if each.move is not None and each.read_s >= lag_s)

    @property
    def shown_a(self) -> tuple[tuple[float, float], ...]:
        """Pairs of a current sent to its device and the current it displayed [A]."""
        return tuple(pair for result in self.results for pair in result.shown_a)

    @property
    def drew_a(self) -> tuple[tuple[float, float], ...]:
        """Pairs of the displayed limit and the draw by its own sensor [A]."""
        return tuple(result.drew_a for result in self.results if result.drew_a is not None)

    def join_later(self, other: Trial) -> Trial:
        """Return a later trial of this load with the results and lags of this one added."""
        return fast_replace(other, results=(*self.results, *other.results), lags=sum_fits(self.lags, other.lags))


def is_undisturbed(load: Load, move: Move) -> bool:
    """Return whether the house load changed less than the load did, on the phases that CONFIG gives it."""
    noise_a = [waver_a[phase] or 0.0 for waver_a in move.noise_a.values() for phase in load.phases]
    return 2 * max(noise_a, default=0.0) < abs(move.commanded_a or 0.0)


def _slowest_report_interval_s(snapshot: Snapshot, own: Sequence[Reading]) -> float:
    """Return the reporting interval of the slowest meter [s], at most half of `LASTING_S`; 0 if none is known.

    `own`: the readings of what may balance the meters.
    """
    readings = [*own, *snapshot.meters.values()]
    return min(max([r.period_s for r in readings if r.period_s is not None], default=0.0), tuning.LASTING_S / 2)


def _last_change_s(samples: Sequence[Sample], value: Callable[[Sample], float]) -> float | None:
    """Return the time of the last sample whose value differs from the present one [s since 1970]; None for none."""
    last = value(samples[-1])
    return next((s.at_s for s in reversed(samples) if abs(value(s) - last) > tuning.DRAWS_A), None)


def _half_way_times_s(samples: Sequence[Sample]) -> Mapping[str, float]:
    """Return circuit -> when the first of its meters was half way through its change [s since 1970], if any changed."""
    found = {}
    for circuit in samples[-1].grid_a:
        shown = [[(s.at_s, s.shown_a(circuit, phase)) for s in samples] for phase in ALL_PHASES]
        ways = [half_way_s([(at_s, a) for at_s, a in each if a is not None]) for each in shown]
        moved_s = [at_s for at_s in ways if at_s is not None]
        if moved_s:
            found[circuit] = min(moved_s)
    return found


def observe_trial(trial: Trial, site: Site, snapshot: Snapshot, past: LoadMemory, lags_s: Mapping[str, float]) -> Trial:
    """Return the trial with this instant added, at its next level once load and meters have settled at the present one.

    The first plateau needs load and house to be still, or `SLOWEST_S` to have passed. If other loads prevent a raise
    for `IGNORES_S`, the trial starts again with them paused. `lags_s`: circuit -> how late its meters are, as far as
    known [s].
    """
    load, state, now_s = site.by_name[trial.load], snapshot.loads[trial.load], snapshot.now_s
    drawn, may_balance = measure_draws(site, snapshot), bool(site.batteries) or site.throttles
    own_a = (drawn.battery_a or 0.0) - (drawn.sun_a or 0.0) if may_balance else 0.0
    samples = (*trial.samples, take_sample(load, snapshot, past, own_a))
    trial = fast_replace(trial, samples=samples, trace=(*trial.trace, samples[-1]))
    own = (snapshot.battery_charge_w, snapshot.solar_w) if may_balance else ()
    window_s = max(tuning.QUICK_S, _slowest_report_interval_s(snapshot, own) + tuning.TICK_S)
    late_s = max(lags_s.values()) + tuning.TICK_S if MAIN in lags_s else tuning.LASTING_S / 2
    if trial.before is None:
        # Changes of the load tested before have to be over.
        others_s = _last_change_s(samples, lambda s: s.others_a)
        own_s = _last_change_s(samples, lambda s: s.drawn_a or s.offered_a)
        still_s = now_s - max([s for s in (others_s, own_s) if s is not None], default=samples[0].at_s)
        if still_s < late_s + window_s and now_s - trial.begun_s < tuning.SLOWEST_S:
            return fast_replace(trial, since_s=now_s)
        return fast_replace(trial, before=median_plateau(samples, window_s), samples=samples[-1:], since_s=now_s)
    if not trial.alone and _is_crowded_out(trial, samples[-1]):
        return fast_replace(trial, alone=True, before=None, samples=(), since_s=now_s, begun_s=now_s)
    if not _is_settled(trial, state, past, late_s, window_s):
        return trial
    after = median_plateau(samples, window_s)
    return _go_to_next_level(trial, judge_level(load, state, trial.before, after, samples, own_shares(site)), after)


def _is_crowded_out(trial: Trial, last: Sample) -> bool:
    """Return whether other loads draw current while this one has not been raised to its level for `IGNORES_S`."""
    is_held_down = trial.level_a > trial.samples[0].setpoint_a >= last.setpoint_a
    return is_held_down and last.at_s - trial.since_s >= tuning.IGNORES_S and last.others_a > tuning.DRAWS_A


def _is_settled(trial: Trial, state: LoadState, past: LoadMemory, late_s: float, window_s: float) -> bool:
    """Return whether load and meters have shown their whole response to the present level, or had `SLOWEST_S`.

    A load that should run and draws nothing has not settled as long as no meter has responded either: a car may wake
    late.
    """
    samples, last = trial.samples, trial.samples[-1]
    if last.at_s - trial.since_s >= tuning.SLOWEST_S:
        return True
    if not _was_level_sent(trial, past):
        return False
    half_way_times_s = _half_way_times_s(samples)
    sleeps = trial.level_a > 0 and state.draw_a.highest is not None and (last.drawn_a or 0.0) <= tuning.DRAWS_A
    if sleeps and not half_way_times_s:
        # A car may wake late.
        return False
    shown_s = _last_change_s(samples, lambda s: s.offered_a)
    drawn_s = _last_change_s(samples, lambda s: s.drawn_a or 0.0)
    if last.drawn_a is None and shown_s is not None:
        shown_s += tuning.QUICK_S
    still_s = max([samples[0].at_s, *[s for s in (shown_s, drawn_s) if s is not None]])
    own_s = _last_change_s(samples, lambda s: s.own_a) or still_s
    return last.at_s - max(max(still_s, own_s) + late_s, half_way_times_s.get(MAIN, still_s)) >= window_s


def _was_level_sent(trial: Trial, past: LoadMemory) -> bool:
    """Return whether the device was sent its current for this level, and displays it or had time to.

    A setpoint that does not reach the level counts after `IGNORES_S`.
    """
    last = trial.samples[-1]
    since_s = max(trial.since_s, past.timing.changed_s)
    reached = past.setpoint_a >= trial.level_a if trial.level_a > 0 else past.setpoint_a <= 0
    if not reached and last.at_s - since_s < tuning.IGNORES_S:
        return False
    if is_same_current(last.offered_a, past.setpoint_a):
        return True
    # A value that differs from the setpoint has still to be sent, or was sent and rounded. Sent again, it is no later.
    sent_s = sent_runs(trial.samples)[-1][0].at_s
    is_new = sent_s > trial.samples[0].at_s
    return last.at_s - sent_s >= tuning.ANSWER_S and (is_new or last.at_s - since_s >= tuning.IGNORES_S)


def _go_to_next_level(trial: Trial, result: LevelResult, after: Plateau) -> Trial:
    """Return the trial at its next level, with the result of the present one.

    `short` is set where the load did not go on, or off, as the level required. From `NO_CHANCE_TIMES` changes on, each
    one also updates how late the meters are.
    """
    results = (*trial.results, result)
    failed = trial.failed or (trial.level_a > 0) is not (after.last.setpoint_a > 0)
    known = fast_replace(trial, results=results, failed=failed, place=trial.place + 1)
    known = fast_replace(known, before=after, samples=trial.samples[-1:], since_s=after.last.at_s)
    if results[-1].move is None or len(known.observed_moves) < tuning.NO_CHANCE_TIMES:
        return known
    return fast_replace(known, lags={circuit: fit_lags(trial.trace, circuit) for circuit in after.last.grid_a})


def memory_after_test(past: LoadMemory, trial: Trial, lag_s: float | None) -> LoadMemory:
    """Return `past`, a load's present memory, with the starts, stops, pauses and tank heating from before the test.

    A `lag_s` of the main meter [s, None where none was found] replaces the known one if it is longer. A load that a
    limit paused keeps the time of that stop. Unchanged where the trial did not begin.
    """
    old = trial.memory_before
    if old is None:
        return past
    tank, latency = past.switched.tank, past.response.meter_latency
    if tank is not None and old.switched.tank is not None:
        # A tank heats for what it had begun to heat for, and for nothing more.
        tank = fast_replace(tank, heating=old.switched.tank.heating, mode=old.switched.tank.mode)
    if lag_s is not None and lag_s > latency.latency_s:
        # All changes of the test together have shown it.
        lags_s = (*latency.lags_s, *[lag_s] * tuning.KNOWN_TIMES)
        latency = fast_replace(latency, lags_s=lags_s[-tuning.LAST_TIMES :])
    # A load that a limit stopped waits like any other.
    switched_s = past.timing.switched_s if past.patience.paused_s != NEVER_S else old.timing.switched_s
    past = replace_within(past, "timing", starts_s=old.timing.starts_s, switched_s=switched_s)
    past = replace_within(past, "patience", budget_stops_s=old.patience.budget_stops_s, pauses=old.patience.pauses)
    return replace_within(replace_within(past, "switched", tank=tank), "response", meter_latency=latency)
