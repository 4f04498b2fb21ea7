"""Whether a load follows its last command: on its way, not following, or followed but not yet measured."""

from __future__ import annotations

from collections.abc import Mapping

from ... import tuning
from ...model.electrics import ALL_PHASES, PerPhase
from ...model.load_memory import LoadMemory
from ...model.records import fast_replace, replace_if_changed, replace_within
from ...model.site import MAIN
from ...model.snapshot import NEVER, LoadState, Reading, Snapshot
from .acknowledgement import follow_s, learnt, non_compliant_after_s, settle_s


def watched(
    state: LoadState | None,
    draw: PerPhase,
    past: LoadMemory,
    snapshot: Snapshot,
    flows_a: Mapping[str, PerPhase],
    lifted_a: float = 0.0,
) -> LoadMemory:
    """The memory that knows since when the load has drawn too much, and what flowed in at its last report.

    `flows_a`: what flows in now; `lifted_a`: what the battery gives to each phase now, as of the main meter's report
    [A, - while it charges]. A draw
    that was reported before the last change of setpoint counts as far as what flows has not contradicted it since.
    """
    main, now_s = snapshot.grid_a.get(MAIN, {}), snapshot.now_s
    most_a = 0.0
    for phase in ALL_PHASES:
        draw_a, meter = draw[phase], main.get(phase, NEVER)
        if draw_a is not None and draw_a > most_a:
            if state is not None and is_lagging(state, past, meter.age_s, now_s):
                then_a = past.timing.grid_then_a.get(MAIN, PerPhase())[phase]
                draw_a = caught_up_a(draw_a, past, change_a(meter, then_a, -lifted_a), now_s)
            most_a = max(most_a, draw_a)
    past = _timed(state, most_a, past, now_s)
    reported_s = now_s - (state.draw_age_s if state is not None else 0.0)
    if reported_s <= past.timing.drawn_s:
        return past
    return replace_within(past, "timing", drawn_s=reported_s, grid_then_a=flows_a)


def flows_in(snapshot: Snapshot, lifted_a: float = 0.0) -> Mapping[str, PerPhase]:
    """What flows through each circuit's meter [A], the main one's without what the battery gives to each phase."""
    found = {}
    for circuit, phases in snapshot.grid_a.items():
        given_a = lifted_a if circuit == MAIN else 0.0
        flows = {phase: None if reading.last is None else reading.last + given_a for phase, reading in phases.items()}
        found[circuit] = PerPhase.of(flows)
    return found


def _timed(state: LoadState | None, most_a: float, past: LoadMemory, now_s: float) -> LoadMemory:
    """The memory that knows since when it is over its setpoint, and how long it took to come down to it."""
    response, over_since_s = past.response, past.timing.over_since_s
    # What could not be told yet is not ignored.
    limit_a = max(past.setpoint_a, past.command.deferred_cut_a) + tuning.TOLERANCE_A
    if most_a > limit_a:
        over_since_s = now_s if over_since_s is None else over_since_s
        if past.setpoint_a > 0 and now_s - over_since_s >= non_compliant_after_s(response):
            response = fast_replace(response, non_compliant_a=most_a, non_compliant_s=now_s)
    else:
        runs = past.setpoint_a > 0 and state is not None and state.on is not False and state.can_use_power
        since_s = past.timing.changed_s if over_since_s is None else over_since_s
        if runs and response.drew_a > limit_a and past.timing.raised_s < since_s:
            response = fast_replace(response, follow_s=learnt(response.follow_s, now_s - since_s))
        if runs and response.non_compliant_a is not None and limit_a < response.non_compliant_a:
            response = fast_replace(response, non_compliant_a=None)
        over_since_s = None
    if state is None or not state.can_use_power:
        response = replace_if_changed(response, non_compliant_a=None)
    past = replace_within(past, "timing", over_since_s=over_since_s)
    return replace_if_changed(past, response=replace_if_changed(response, drew_a=most_a))


def complies(past: LoadMemory, now_s: float) -> bool:
    """Whether a load keeps to its setpoint, or may still be on its way there."""
    return past.timing.over_since_s is None or now_s - past.timing.over_since_s < follow_s(past.response)


def falls_by_a(state: LoadState | None, past: LoadMemory, drawn_a: float, now_s: float) -> float:
    """How much less a load will draw on a phase when it has followed a cut of a moment ago [A]; 0 if it should have.

    `drawn_a`: what it counts with now. Without a draw sensor it may go on with what it had before.
    """
    if now_s - past.timing.changed_s >= follow_s(past.response) or not complies(past, now_s):
        return 0.0
    if state is not None and set(state.draw_a) == {None}:
        drawn_a = max(drawn_a, past.timing.before_a)
    return max(drawn_a - past.setpoint_a, 0.0)


def is_non_compliant(past: LoadMemory, now_s: float) -> bool:
    """Whether a load has ignored its current for longer than a wire over its rating can wait."""
    return over_for_s(past, now_s) >= non_compliant_after_s(past.response)


def over_for_s(past: LoadMemory, now_s: float) -> float:
    """For how long a load has drawn more than its setpoint [s]."""
    return 0.0 if past.timing.over_since_s is None else now_s - past.timing.over_since_s


def ignored_a(past: LoadMemory, now_s: float) -> float | None:
    """What a load drew on a phase when it last ignored its current [A]; None when it has followed since."""
    return past.response.non_compliant_a if now_s - past.response.non_compliant_s < tuning.FORGET_S else None


def start_a(past: LoadMemory, now_s: float) -> float:
    """What a load that is off will draw at least when it starts, as far as it is known to ignore its current [A]."""
    return 0.0 if past.setpoint_a > 0 else ignored_a(past, now_s) or 0.0


def still_offered_a(state: LoadState | None, past: LoadMemory, setpoint_a: float, now_s: float) -> float:
    """What a load's device still offers although it is to offer less [A]: a cut that has not arrived frees nothing.

    What it was told and has not shown yet may still arrive. One that answers to nothing it is told for longer than any
    device takes says nothing of what it offers either: then its draw has to do.
    """
    if state is None or state.offer_a is None or state.on is False or not (state.available and state.can_use_power):
        return 0.0
    if past.command.deferred_cut_a > setpoint_a:
        return max(state.offer_a, past.command.deferred_cut_a)
    unacknowledged, coming_a = past.command.unacknowledged, []
    if unacknowledged.count:
        lasts_s = now_s - unacknowledged.since_s
        is_often = unacknowledged.count >= tuning.UNRESPONSIVE_TIMES
        if is_often and lasts_s >= tuning.SLOWEST_S and state.offer_a == unacknowledged.from_a:
            return 0.0
        coming_a = [a for sent_s, a, _ in past.command.recent if a is not None and sent_s >= unacknowledged.since_s]
    if setpoint_a < past.setpoint_a:
        return max([state.offer_a, past.setpoint_a, *coming_a])
    since_s = now_s - past.timing.changed_s
    before_a = past.timing.before_a if since_s < tuning.FOLLOW_LATEST_S else 0.0
    return max([state.offer_a, before_a, *coming_a]) if since_s < tuning.SLOWEST_S else 0.0


def may_follow_yet(state: LoadState, past: LoadMemory, now_s: float) -> bool:
    """Whether a charger without a draw sensor was raised a moment ago, so that its car may not have followed yet."""
    return (
        state.offer_a is not None
        and now_s - past.timing.raised_s < tuning.FOLLOW_LATEST_S
        and set(state.draw_a) == {None}
    )


def is_lagging(state: LoadState, past: LoadMemory, meter_age_s: float, now_s: float) -> bool:
    """Whether the load's draw was reported before its last change of setpoint had settled, and the meter since."""
    if state.draw_age_s <= meter_age_s:
        return False
    reported_s, acted_s = now_s - state.draw_age_s, _acted_s(past)
    behind_s = tuning.DRAW_LAG_S if reported_s > acted_s else 0.0
    return (
        state.draw_age_s > meter_age_s + behind_s
        and now_s - acted_s < tuning.SLOWEST_S
        and reported_s < acted_s + settle_s(past.response)
    )


def _acted_s(past: LoadMemory) -> float:
    """When the device may last have been sent a new value: a raise can wait long for a slow device's next write."""
    recent, changed_s = past.command.recent, past.timing.changed_s
    return max(changed_s, recent[-1][0]) if recent else changed_s


def change_a(meter: Reading, then_a: float | None, explained_a: float) -> float | None:
    """By how much what flows in has changed since then [A], less what is explained already; None where not known."""
    return None if then_a is None or meter.last is None else meter.last - then_a - explained_a


def caught_up_a(draw_a: float, past: LoadMemory, changed_a: float | None, now_s: float) -> float:
    """A lagging draw [A], moved by the change of what flows in since its report as far as the setpoint explains that.

    `changed_a`: that change, less what other loads have explained already; None where it is not known. Without this a
    slow sensor would make every car that starts look like a growing house, and cut it again.
    """
    if changed_a is None:
        return draw_a
    # What was told a moment ago may be on its way still, also when something else has been told since.
    lasts_s = max(tuning.FOLLOW_S, settle_s(past.response))
    sent_a = [amps for sent_s, amps, _ in past.command.recent if amps is not None and now_s - sent_s < lasts_s]
    low_a, high_a = min(draw_a, past.setpoint_a), max([draw_a, past.setpoint_a, *sent_a])
    return min(max(draw_a + changed_a, low_a), high_a)
