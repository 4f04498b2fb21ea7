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
from .commissioning_trial import Trial, is_clean, joined, watched
from .wiring_fit import SURE, Fit
from .wiring_hypotheses import Hookup, MeterState

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

    @property
    def nudge(self) -> Nudge | None:
        """What is wished now."""
        trial = self.trial
        if self.state != RUNNING or trial is None or trial.is_over:
            return None
        return Nudge(trial.load, None if trial.before is None else trial.level_a)

    @property
    def lags_s(self) -> Mapping[str, float]:
        """Circuit -> how late its meters are known to be [s]; a single time that was longer is a chance."""
        found: dict[str, list[float]] = {}
        for trial in self.trials:
            for circuit, lag_s in trial.lags_s:
                found.setdefault(circuit, []).append(lag_s)
        known = {circuit: sorted(lags_s) for circuit, lags_s in found.items() if len(lags_s) >= tuning.NO_CHANCE_TIMES}
        return {circuit: lags_s[-2 if len(lags_s) > tuning.KNOWN_TIMES else -1] for circuit, lags_s in known.items()}

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
    return Test(RUNNING, snapshot.now_s, able, earlier=() if before is None else before.trials, left_out=said)


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
    if trial is None:
        if not test.waiting or now_s - test.begun_s >= LONGEST_S:
            return fast_replace(test, state=DONE, unsure=_unsure(test, site))
        return _next(test, loads, snapshot, known)
    trial = watched(trial, loads[trial.load], snapshot, known[trial.load], test.lags_s)
    if now_s >= test.ends_s:
        trial = _cut_short(trial, now_s, ends=now_s >= test.begun_s + LONGEST_S)
    elif trial.is_over and not _is_enough(site, fast_replace(test, trial=trial), loads[trial.load], trial):
        trial = fast_replace(trial, levels_a=(*trial.levels_a, *trial.levels_a[-2:]))
    if not trial.is_over:
        return fast_replace(test, trial=trial)
    return fast_replace(test, trial=None, done=(*test.done, trial))


def _cut_short(trial: Trial, now_s: float, ends: bool) -> Trial:
    """The trial with nothing but its last level to come, or with none where it `ends` now."""
    if trial.is_over:
        return trial
    if ends or trial.before is None:
        return fast_replace(trial, levels_a=trial.levels_a[: trial.place])
    if 0.0 not in trial.levels_a[trial.place :]:
        return trial
    # What is still to be seen is whether it pauses.
    last = trial.levels_a[-2:] if trial.levels_a[-1] > 0 else trial.levels_a[-1:]
    if trial.levels_a[trial.place :] in (last, last[1:]):
        return trial
    return fast_replace(trial, levels_a=(*trial.levels_a[: trial.place], *last), since_s=now_s)


def _stops(test: Test, site: Site, snapshot: Snapshot, decision: Decision) -> str:
    """Why the test cannot go on, "" while it can."""
    why = refusal(site, snapshot, decision)
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


def _next(test: Test, loads: Mapping[str, Load], snapshot: Snapshot, known: Mapping[str, LoadMemory]) -> Test:
    """The test with its next load."""
    name, now_s = test.waiting[0], snapshot.now_s
    load, state = loads[name], snapshot.loads.get(name)
    why = left_out(load, state, known[name])
    if why or state is None:
        return fast_replace(test, waiting=test.waiting[1:], left_out=(*test.left_out, f"{name} {why}"))
    share_s = (test.begun_s + LONGEST_S - tuning.LASTING_S - now_s) / len(test.waiting)
    return fast_replace(
        test,
        waiting=test.waiting[1:],
        trial=Trial(name, levels_of(load, state, known[name]), now_s, now_s),
        ends_s=now_s + share_s,
    )


def _unsure(test: Test, site: Site) -> tuple[str, ...]:
    """The loads of which nothing is sure: they were not tested for long enough, or nothing was seen of them."""
    found = [name for name in test.waiting if not test.moves.get(name)]
    tested = [trial.load for trial in test.done]
    return (*found, *(name for name in tested if not test.moves.get(name) or not is_sure(site, test, name)))


def _is_enough(site: Site, test: Test, load: Load, trial: Trial) -> bool:
    """Whether more changes would tell no more: what is not sure by then, two wirings would show alike."""
    clean = sum(is_clean(load, move) for move in trial.moves)
    return clean >= 2 * tuning.KNOWN_TIMES or is_sure(site, test, trial.load)


def is_sure(site: Site, test: Test, name: str) -> bool:
    """Whether no other wiring of this load is nearly as likely as the likeliest."""
    moves = {each: found for each, found in test.moves.items() if found}
    if name not in moves:
        return True
    fit = Fit(site, moves)
    best = fit.best()
    mine = best.loads[name]

    def differs(other: str, state: MeterState | Hookup) -> bool:
        if other != name or isinstance(state, MeterState):
            return True
        return (state.phases, state.circuit) != (mine.phases, mine.circuit)

    return best.score - fit.best(differs).score >= SURE
