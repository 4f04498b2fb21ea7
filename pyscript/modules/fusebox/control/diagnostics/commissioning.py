"""The test of a whole house: one load after another is moved, until its wiring is sure or the time is over. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.decision import Decision
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.phases_memory import Move
from ...model.records import fast_replace, record
from ...model.site import Site
from ...model.snapshot import Snapshot
from ..estimators.acknowledgement import same
from .commissioning_plan import LONGEST_S, Nudge, left_out, levels_of, refusal
from .commissioning_safety import crowded, overloaded, proving
from .commissioning_trial import Trial, is_clean, joined, watched
from .wiring_findings import clear_wiring
from .wiring_fit import SURE, Explanation, Fit, is_measured
from .wiring_hypotheses import Hookup, MeterState, draw_is_wrong

IDLE, RUNNING, DONE, ABORTED = "idle", "running", "done", "aborted"
"""The states of a test."""


@record
class Test:
    """A test, under way or over."""

    state: str
    """One of those above."""
    begun_s: float
    """When it began [s since 1970]."""
    waiting: tuple[str, ...]
    """The loads that are still to be tested."""
    trial: Trial | None = None
    """The one that is tested now."""
    done: tuple[Trial, ...] = ()
    """Those that have been."""
    ends_s: float = 0.0
    """By when it has to be over, to leave the others their time [s since 1970]."""
    earlier: tuple[Trial, ...] = ()
    """What was seen in the tests before, while all was set as it is now."""
    unsure: tuple[str, ...] = ()
    """The loads of which it is not sure."""
    left_out: tuple[str, ...] = ()
    """The loads that could not be tested, each with the reason."""
    reason: str = ""
    """Why it was aborted."""
    wiring: Explanation | None = None
    """How all is wired, None while it may be as CONFIG says."""
    proving: frozenset[str] = frozenset()
    """The circuits whose meters are looked into now."""

    @property
    def nudge(self) -> Nudge | None:
        """What is wished now."""
        if self.state != RUNNING:
            return None
        trial = self.trial
        if trial is None or trial.is_over:
            return Nudge("", None, self.proving)
        return Nudge(trial.load, None if trial.before is None else trial.level_a, self.proving, trial.alone)

    @property
    def lags_s(self) -> Mapping[str, float]:
        """Circuit -> how late its meters are known to be [s]."""
        found: dict[str, float] = {}
        for trial in self.trials:
            for circuit, late_s in trial.lag_s.items():
                found[circuit] = max(found.get(circuit, 0.0), late_s)
        return found

    @property
    def trials(self) -> tuple[Trial, ...]:
        """All of them, those of one load as one."""
        found: dict[str, Trial] = {}
        for trial in (*self.earlier, *self.done, *([] if self.trial is None else [self.trial])):
            found[trial.load] = joined(found[trial.load], trial) if trial.load in found else trial
        return tuple(found.values())

    @property
    def moves(self) -> Mapping[str, tuple[Move, ...]]:
        """Load -> what its changes showed."""
        return {trial.load: trial.moves for trial in self.trials}


def begun(
    site: Site, snapshot: Snapshot, known: Mapping[str, LoadMemory], chosen: Sequence[str], before: Test | None
) -> Test:
    """A test of these loads that begins now: of those first of which the test before knows least."""
    known_of = {} if before is None else before.moves
    chosen_loads = [load for load in site.loads if load.name in chosen]
    loads = sorted(chosen_loads, key=lambda load: len(known_of.get(load.name, ())))
    why = {load.name: left_out(load, snapshot.loads.get(load.name), known[load.name]) for load in loads}
    able = tuple(name for name, reason in why.items() if not reason)
    said = tuple(f"{name} {reason}" for name, reason in why.items() if reason)
    new = Test(RUNNING, snapshot.now_s, able, left_out=said, proving=proving(site, snapshot, None, known))
    return new if before is None else fast_replace(new, earlier=before.trials, wiring=before.wiring)


def aborted(test: Test, reason: str) -> Test:
    """The test, over before its time: nothing is wished any more."""
    return fast_replace(test, state=ABORTED, reason=reason)


def advanced(test: Test, site: Site, snapshot: Snapshot, decision: Decision) -> Test:
    """The test with this instant. `site` as it is set, without what the test wishes."""
    known, now_s = decision.memory.loads, snapshot.now_s
    loads = {load.name: load for load in site.loads}
    trial = test.trial
    why = _stops(test, site, snapshot, decision)
    if why:
        return aborted(test, why)
    test = fast_replace(test, proving=proving(site, snapshot, test.wiring, known))
    if trial is None:
        left_s = test.begun_s + LONGEST_S - tuning.LASTING_S - now_s
        test = fast_replace(test, waiting=test.waiting or (tuple(_missed(test)) if left_s > tuning.LASTING_S else ()))
        if not test.waiting or now_s - test.begun_s >= LONGEST_S:
            return fast_replace(test, state=DONE, unsure=_unsure(test, site))
        return _next(test, loads, snapshot, known, left_s)
    rises = trial.level_a > known[trial.load].setpoint_a
    if rises and crowded(site, snapshot, test, loads[trial.load], known[trial.load]):
        # It stays as it is until there is room, if need be without the others.
        trial = fast_replace(trial, alone=True, before=None, samples=(), since_s=now_s)
    else:
        trial = watched(trial, loads[trial.load], snapshot, known[trial.load], test.lags_s)
    if now_s >= test.ends_s:
        trial = _cut_short(trial, now_s, ends=now_s >= test.begun_s + LONGEST_S)
    elif trial.is_over and not _is_enough(site, fast_replace(test, trial=trial), loads[trial.load], trial):
        trial = fast_replace(trial, levels_a=(*trial.levels_a, *trial.levels_a[-2:]))
    if not trial.is_over:
        return fast_replace(test, trial=trial)
    return _ended(test, site, trial)


def _ended(test: Test, site: Site, trial: Trial) -> Test:
    """The test without a load under way, and with what follows from all that was seen until now."""
    after = fast_replace(test, trial=None, done=(*test.done, trial))
    moves = {name: found for name, found in after.moves.items() if found}
    return fast_replace(after, wiring=clear_wiring(Fit(site, moves))) if moves else after


def _cut_short(trial: Trial, now_s: float, ends: bool) -> Trial:
    """The trial with nothing but its last level to come, or with none where it `ends` now."""
    if trial.is_over:
        return trial
    done, missed = trial.levels_a[: trial.place], trial.levels_a[trial.place :]
    if ends or trial.before is None:
        return fast_replace(trial, levels_a=done, missed_a=missed)
    if 0.0 not in missed:
        return trial
    # What is still to be seen is whether it pauses.
    last = trial.levels_a[-2:] if trial.levels_a[-1] > 0 else trial.levels_a[-1:]
    if missed in (last, last[1:]):
        return trial
    return fast_replace(trial, levels_a=(*done, *last), missed_a=missed[: -len(last)], since_s=now_s)


def _stops(test: Test, site: Site, snapshot: Snapshot, decision: Decision) -> str:
    """Why the test cannot go on, "" while it can."""
    why = refusal(site, snapshot, decision)
    if not why and snapshot.now_s - test.begun_s > tuning.IGNORES_S:
        # By then all chargers are at their minimum.
        why = overloaded(site, snapshot, test.wiring)
    if why or test.trial is None:
        return why
    if _is_set_by_hand(test.trial, snapshot, decision.memory.loads[test.trial.load]):
        return f"{test.trial.load} was set by hand"
    if test.trial.restless >= tuning.LAST_TIMES:
        return "the house moves by more than the loads are moved; test again when less is switched"
    return ""


def _is_set_by_hand(trial: Trial, snapshot: Snapshot, past: LoadMemory) -> bool:
    """Whether its user has switched it off, or set another current after it had taken ours."""
    if past.manual_off or past.manual_limit_a is not None:
        return True
    offer_a = snapshot.loads[trial.load].offer_a
    if not trial.samples or offer_a is None or not snapshot.loads[trial.load].offer_is_set:
        return False
    last = trial.samples[-1]
    has_moved = last.offered_a > 0 and same(last.offered_a, last.sent_a) and not same(offer_a, last.offered_a)
    return has_moved and not any(same(offer_a, told_a) for _, told_a, _ in past.told)


def _missed(test: Test) -> Mapping[str, tuple[float, ...]]:
    """The loads that had to make way for the next one, each with the levels that it has not been at [A]."""
    last = {trial.load: trial.missed_a for trial in test.done}
    return {name: missed_a for name, missed_a in last.items() if missed_a}


def _next(
    test: Test, loads: Mapping[str, Load], snapshot: Snapshot, known: Mapping[str, LoadMemory], left_s: float
) -> Test:
    """The test with its next load, which has its share of the time that is left."""
    name, now_s = test.waiting[0], snapshot.now_s
    load, state = loads[name], snapshot.loads.get(name)
    why = left_out(load, state, known[name])
    if why or state is None:
        return fast_replace(test, waiting=test.waiting[1:], left_out=(*test.left_out, f"{name} {why}"))
    return fast_replace(
        test,
        waiting=test.waiting[1:],
        trial=Trial(name, _missed(test).get(name) or levels_of(load, state, known[name]), now_s, now_s),
        ends_s=now_s + left_s / len(test.waiting),
    )


def _unsure(test: Test, site: Site) -> tuple[str, ...]:
    """The loads of which nothing is sure: they were not tested for long enough, or nothing was seen of them."""
    trials, missed = {trial.load: trial for trial in test.trials}, _missed(test)
    switched = {load.name for load in site.loads if load.on_off}

    def is_known(name: str) -> bool:
        levels_a = {told_a for told_a, _ in trials[name].shown_a if told_a > 0}
        has_rounded = name in switched or name not in missed or len(levels_a) >= tuning.KNOWN_TIMES
        return has_rounded and is_sure(site, test, name)

    untested = [name for name in test.waiting if not test.moves.get(name)]
    return (*untested, *(name for name in dict.fromkeys(trial.load for trial in test.done) if not is_known(name)))


def _is_enough(site: Site, test: Test, load: Load, trial: Trial) -> bool:
    """Whether more changes would tell no more: what is not sure by then, two wirings would show alike."""
    clean = sum(is_clean(load, move) for move in trial.moves)
    return not trial.moves or clean >= 2 * tuning.KNOWN_TIMES or is_sure(site, test, trial.load)


def is_sure(site: Site, test: Test, name: str) -> bool:
    """Whether no other wiring of this load is nearly as likely as the likeliest, nor what is not to be told yet."""
    return odds(site, test, name) >= SURE


def odds(site: Site, test: Test, name: str) -> float:
    """The logarithm of how much likelier this load is wired as told than in any other way."""
    moves = {each: found for each, found in test.moves.items() if found}
    if name not in moves:
        return 0.0
    fit = Fit(site, moves)
    best = fit.best()
    measured = is_measured(moves[name])

    def told(hookup: Hookup) -> tuple[object, ...]:
        return hookup.phases, hookup.circuit, draw_is_wrong(hookup, measured)

    def differs(other: str, state: MeterState | Hookup) -> bool:
        return other != name or isinstance(state, MeterState) or told(state) != told(best.loads[name])

    return best.score - fit.best(differs).score
