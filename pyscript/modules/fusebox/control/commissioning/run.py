"""The course of a test: one load after another is changed until its wiring is certain or time is up. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ... import tuning
from ...model.decision import Decision
from ...model.load import Load
from ...model.load_memory import LoadMemories, LoadMemory
from ...model.messages.message import Message, message
from ...model.records import fast_replace
from ...model.site import Site
from ...model.snapshot import Snapshot
from ..diagnostics.wiring_fit import find_clear_wiring, has_identical_rival
from ..estimators.acknowledgement import is_same_current
from .plan import LONGEST_S, levels_to_test, refusal_reason, select_testable, skip_reason
from .safety import circuits_under_test, may_overload, overload_message
from .state import ABORTED, DONE, RUNNING, Test, has_enough_evidence, uncertain_loads
from .trial import Trial, is_undisturbed, observe_trial


def begin_test(
    site: Site, snapshot: Snapshot, known: LoadMemories, chosen: Sequence[str], before: Test, named: bool
) -> Test:
    """Return a new test of the chosen loads, those with the fewest observed changes first.

    `before`: the previous test, whose evidence and wiring count on; if it was unsure of some of the chosen loads, only
    these are tested. Loads that cannot be tested are left out, with their reasons in `left_out`. `named`: whether the
    user named the loads; fewer reasons leave those out.
    """
    chosen_loads = [load for load in site.loads if load.name in loads_to_test(chosen, before)]
    loads = sorted(chosen_loads, key=lambda load: len(before.moves.get(load.name, ())))
    able, left_out = select_testable(loads, snapshot, known, named)
    proving = circuits_under_test(site, snapshot, None, known)
    new = Test(RUNNING, snapshot.now_s, able, left_out=left_out, proving=proving)
    return fast_replace(new, earlier=before.trials, wiring=before.wiring, unsure=before.unsure)


def loads_to_test(chosen: Sequence[str], before: Test) -> Sequence[str]:
    """Return the chosen loads that the previous test was unsure of; all of them where it was sure of all."""
    return [name for name in chosen if name in before.unsure] or chosen


def abort_test(test: Test, reason: Message) -> Test:
    """Return the test ended early with a reason; it requests nothing any more."""
    return fast_replace(test, state=ABORTED, reason=reason)


def advance_test(test: Test, site: Site, snapshot: Snapshot, decision: Decision) -> Test:
    """Return the test with the present readings added, which may end or abort it, or begin its next level or load.

    A level that may overload a fuse waits for headroom, if need be with the other chargers off. While there is time, a
    load without enough evidence repeats its last two levels, and loads that missed levels are tested again. `site`: as
    configured, without the changes that the test requests.
    """
    known, now_s, loads, trial = decision.memory.loads, snapshot.now_s, site.by_name, test.trial
    why = _abort_reason(test, site, snapshot, decision)
    if why is not None:
        return abort_test(test, why)
    test = fast_replace(test, proving=circuits_under_test(site, snapshot, test.wiring, known))
    if trial is None:
        left_s = test.begun_s + LONGEST_S - tuning.LASTING_S - now_s
        test = fast_replace(test, waiting=test.waiting or (tuple(test.missed_a) if left_s > tuning.LASTING_S else ()))
        if not test.waiting or now_s - test.begun_s >= LONGEST_S:
            return _end_test(test, site)
        return _begin_next_trial(test, loads, snapshot, known, left_s)
    rises = trial.level_a > known[trial.load].setpoint_a
    if rises and may_overload(site, snapshot, test, loads[trial.load], known[trial.load]):
        # The load stays at its level until there is headroom, if necessary while the other chargers pause.
        trial = fast_replace(trial, alone=True, waits=True, before=None, samples=(), since_s=now_s)
        if now_s - trial.begun_s >= tuning.LASTING_S and known[trial.load].setpoint_a > 0:
            trial = _move_pause_forward(trial)
    else:
        trial = fast_replace(trial, waits=False)
        trial = observe_trial(trial, site, snapshot, known[trial.load], test.longest_meter_lags_s)
    if now_s >= test.ends_s:
        trial = _cut_short(trial, now_s, ends=now_s >= test.begun_s + LONGEST_S)
    elif trial.is_over and not has_enough_evidence(site, fast_replace(test, trial=trial), loads[trial.load], trial):
        trial = fast_replace(trial, levels_a=(*trial.levels_a, *trial.levels_a[-2:]))
    if not trial.is_over:
        return fast_replace(test, trial=trial)
    return _end_trial(test, site, trial)


def _end_test(test: Test, site: Site) -> Test:
    """Return the test after its last load: done, with the loads it is unsure of; aborted if none could be tested.

    `alike`: those unsure loads whose observations another wiring explains equally well, so a new test cannot help.
    """
    if not test.done:
        names = [str(reason.values["load"]) for reason in test.left_out]
        return abort_test(test, message("wiring_test_nothing", loads=", ".join(names)))
    fit = test.fit(site)
    left = uncertain_loads(test, fit)
    alike = tuple(name for name in left if name not in test.missed_a and has_identical_rival(fit, name))
    return fast_replace(test, state=DONE, unsure=left, alike=alike)


def _end_trial(test: Test, site: Site, trial: Trial) -> Test:
    """Return the test after one load, with the wiring inferred from all observations so far.

    A load that waited for headroom and showed no change is added to those left out.
    """
    after = fast_replace(test, trial=None, done=(*test.done, trial))
    if trial.waits and not after.moves[trial.load]:
        left_out = _with_skip_reason(test, trial.load, message("left_out_for_room", load=trial.load))
        after = fast_replace(after, left_out=left_out)
    return fast_replace(after, wiring=find_clear_wiring(after.fit(site)))


def _move_pause_forward(trial: Trial) -> Trial:
    """Return the trial with its pause moved before its remaining levels, because a pause always fits.

    A pause at the very end is made both times. Unchanged without a pause among the remaining levels.
    """
    done, left = trial.levels_a[: trial.place], trial.levels_a[trial.place :]
    if 0.0 not in left:
        return trial
    pause = left[left.index(0.0) :]
    ends = () if left[-1] > 0 else pause
    return fast_replace(trial, levels_a=(*done, *pause, *left[: -len(pause)], *ends))


def _cut_short(trial: Trial, now_s: float, ends: bool) -> Trial:
    """Return the trial, whose time is up, with at most its last pause left; the levels left out become `missed_a`.

    A pause is the level 0 and the one after it, if there is one; of one that has begun, the rest. Nothing is left if it
    `ends`, before its first plateau, or once all pauses are over.
    """
    if trial.is_over:
        return trial
    done, missed = trial.levels_a[: trial.place], trial.levels_a[trial.place :]
    if ends or trial.before is None:
        return fast_replace(trial, levels_a=done, missed_a=missed)
    if 0.0 in missed:
        begin = len(missed) - 1 - missed[::-1].index(0.0)
        pause = missed[begin : begin + 2]
    else:
        begin, pause = 0, missed[:1] if done and done[-1] <= 0 else ()
    left_out = (*missed[:begin], *missed[begin + len(pause) :])
    if not left_out:
        return trial
    since_s = trial.since_s if begin == 0 else now_s
    return fast_replace(trial, levels_a=(*done, *pause), missed_a=left_out, since_s=since_s)


def _abort_reason(test: Test, site: Site, snapshot: Snapshot, decision: Decision) -> Message | None:
    """Return why the test has to be aborted now, None while it can continue.

    Reasons: all that refuse a test at its start, a fuse overloaded by the wiring found, the user changed the load under
    test, or none of that load's last `LAST_TIMES` changes was undisturbed by the house.
    """
    why = refusal_reason(site, snapshot, decision)
    if why is None and snapshot.now_s - test.begun_s > tuning.IGNORES_S:
        # By then all chargers are at their minimum.
        why = overload_message(site, snapshot, test.wiring)
    if why is not None or test.trial is None:
        return why
    trial, load = test.trial, site.by_name[test.trial.load]
    if _is_set_by_hand(trial, snapshot, decision.memory.loads[trial.load]):
        return message("wiring_test_set_by_hand", load=trial.load)
    recent = trial.observed_moves[-tuning.LAST_TIMES :]
    if len(recent) == tuning.LAST_TIMES and not any(is_undisturbed(load, move) for move in recent):
        return message("wiring_test_house_restless")
    return None


def _is_set_by_hand(trial: Trial, snapshot: Snapshot, past: LoadMemory) -> bool:
    """Return whether the user switched the load off, set a limit, or another current after it had accepted ours.

    The latter: its device displayed what it was sent at the last sample, and now displays another current, which is
    none of the commands of the last minutes. False before the first sample.
    """
    if past.manual.off or past.manual.limit_a is not None:
        return True
    offer_a = snapshot.loads[trial.load].offer_a
    if not trial.samples or offer_a is None or not snapshot.loads[trial.load].offer_is_set:
        return False
    last = trial.samples[-1]
    has_accepted = last.offered_a > 0 and is_same_current(last.offered_a, last.sent_a)
    has_moved = has_accepted and not is_same_current(offer_a, last.offered_a)
    return has_moved and not any(is_same_current(offer_a, sent_a) for _, sent_a, _ in past.command.recent)


def _begin_next_trial(
    test: Test, loads: Mapping[str, Load], snapshot: Snapshot, known: LoadMemories, left_s: float
) -> Test:
    """Return the test with its next load on trial, for its share of the `left_s` seconds; or with it left out.

    The levels are those that it missed before, else all of `levels_to_test`. It rests first if it is off and the
    other chargers pause.
    """
    name, now_s = test.waiting[0], snapshot.now_s
    load, state = loads[name], snapshot.state_of(name)
    why = skip_reason(load, state, known[name])
    if why is not None:
        return fast_replace(test, waiting=test.waiting[1:], left_out=_with_skip_reason(test, name, why))
    sent_a = [sent_a for trial in test.trials if trial.load == name for sent_a, _ in trial.shown_a]
    levels_a = test.missed_a.get(name) or levels_to_test(load, state, known[name], sent_a)
    rests = test.alone and not load.on_off and known[name].setpoint_a <= 0
    trial = Trial(name, levels_a, now_s, now_s, alone=test.alone, rests=rests, memory_before=known[name])
    left_out, ends_s = _with_skip_reason(test, name, None), now_s + left_s / len(test.waiting)
    return fast_replace(test, waiting=test.waiting[1:], left_out=left_out, trial=trial, ends_s=ends_s)


def _with_skip_reason(test: Test, name: str, why: Message | None) -> tuple[Message, ...]:
    """Return why which loads could not be tested, with the reason of `name` replaced, removed for None."""
    others = [reason for reason in test.left_out if reason.values["load"] != name]
    return tuple(others) if why is None else (*others, why)
