"""Whether a load follows its last command: on its way, not following, or followed but not yet measured."""

from __future__ import annotations

from itertools import pairwise

from ... import tuning
from ...model.durations import NEVER_S, since
from ...model.electrics import ALL_PHASES, CircuitFlows, PerPhase, Wire
from ...model.load_memory import LoadMemory
from ...model.records import fast_replace, replace_if_changed, replace_within
from ...model.site import MAIN
from ...model.snapshot import LoadState, Snapshot
from .acknowledgement import append_time, non_compliant_after_s, time_to_follow_s, time_to_settle_s


def observe_compliance(
    state: LoadState, draw: PerPhase, past: LoadMemory, snapshot: Snapshot, flows_a: CircuitFlows, then_a: CircuitFlows
) -> LoadMemory:
    """Return the memory of since when a load exceeds its setpoint, and of the grid currents at its last report.

    The highest draw on a phase counts. One reported before the last setpoint change is first moved by the main meter's
    change since then; of phases that draw the same, the middle one counts, because an appliance may have switched on
    one of them. `draw`: the load's present draw [A]. `flows_a`: circuit -> present grid currents, with what the
    batteries deliver [A]. `then_a`: those at the load's last report, stored if that is a new one.
    """
    now_s, highest_a, draws_a = snapshot.now_s, draw.highest or 0.0, []
    for phase, draw_a in zip(ALL_PHASES, draw, strict=True):
        if draw_a is not None and draw_a > highest_a - tuning.TOLERANCE_A:
            if is_draw_report_outdated(state, past, snapshot.meter(MAIN, phase).age_s, now_s):
                draw_a = move_lagging_draw_a(draw_a, past, (MAIN, phase), flows_a, now_s)
            draws_a.append(draw_a)
    most_a = sorted(draws_a)[len(draws_a) // 2] if draws_a else 0.0
    past = _update_follow_times(state, most_a, past, now_s)
    reported_s = now_s - state.draw_age_s
    is_new = reported_s > past.timing.grid_at_report[0]
    return replace_within(past, "timing", grid_at_report=(reported_s, then_a)) if is_new else past


def grid_at_cut(
    past: LoadMemory, setpoint_a: float, snapshot: Snapshot, flows_a: CircuitFlows
) -> tuple[float, PerPhase] | None:
    """Return when a load was cut or stopped, and the main meter then [A], given its new setpoint; None for a raise.

    An earlier cut that the meter has not shown yet counts instead of another one. None for a stop, unless readings of
    the meter, and of batteries, which may even out a change there, show that the load had not followed such a cut for
    `non_compliant_after_s`.
    """
    earlier, now = past.timing.grid_at_cut, (snapshot.now_s, flows_a.get(MAIN, PerPhase()))
    if setpoint_a > past.setpoint_a:
        return None
    if setpoint_a > 0:
        return earlier or now
    readings = [*snapshot.grid_a.get(MAIN, {}).values(), *(each.charge_w for each in snapshot.batteries)]
    metered_s = snapshot.now_s - max([each.age_s for each in readings], default=0.0)
    return now if earlier and metered_s - earlier[0] >= non_compliant_after_s(past.response) else None


def judge_by_meter(
    state: LoadState, draw: PerPhase, past: LoadMemory, snapshot: Snapshot, flows_a: CircuitFlows, others_s: float
) -> LoadMemory:
    """Return the memory of whether a load has ignored its current, by the main meter: its sensor may report seldom.

    It has if no reading fell by half of its excess from its cut to its stop, and the meter then falls by all that it
    drew (`draw`, its last report) within `ANSWER_S`. If it obeyed, others would have to rise as it followed and to fall
    as it stopped, both by as much. Nothing is concluded from a small excess, once its draw is reported after the stop,
    and if another load has changed since the cut (`others_s`: when one last did).
    """
    if past.timing.grid_at_cut is None:
        return past
    (since_s, then_a), now_s, drew_a = past.timing.grid_at_cut, snapshot.now_s, draw.highest or 0.0
    pairs = zip(flows_a.get(MAIN, PerPhase()).change_to(then_a), draw, strict=True)
    known = [(fall_a, draw_a) for fall_a, draw_a in pairs if fall_a is not None and draw_a is not None]
    falls_a = [fall_a for fall_a, draw_a in known if draw_a > drew_a - tuning.TOLERANCE_A]
    is_judged = not falls_a or others_s >= since_s
    if past.setpoint_a > 0:
        is_judged |= past.timing.over_since_s is None or max(falls_a, default=0.0) >= (drew_a - past.setpoint_a) / 2
    else:
        is_judged |= now_s - since_s > tuning.ANSWER_S or now_s - state.draw_age_s > since_s
        is_judged |= drew_a - past.timing.before_a < 2 * tuning.CLEARLY_A
        if not is_judged and all(abs(fall_a - drew_a) <= tuning.TOLERANCE_A for fall_a in falls_a):
            past = replace_within(past, "response", non_compliant_a=drew_a, non_compliant_s=now_s)
            is_judged = True
    return replace_within(past, "timing", grid_at_cut=None) if is_judged else past


def _update_follow_times(state: LoadState, most_a: float, past: LoadMemory, now_s: float) -> LoadMemory:
    """Return the memory of since when the draw exceeds the setpoint, and how long the load took to follow a cut.

    It exceeds it by more than `TOLERANCE_A`, since the first cut that it has not followed; a cut that could not be sent
    yet does not count. A time to follow is learnt when the draw falls to a setpoint above 0. A load that exceeds a
    setpoint above 0 for longer than `non_compliant_after_s`, or one that is not only slow for longer than
    `time_to_follow_s`, is remembered as non-compliant with that draw once it is reported, until it draws less again or
    cannot use power.
    """
    response, before_s = past.response, _not_following_since_s(most_a, past)
    limit_a = max(past.setpoint_a, past.command.deferred_cut_a) + tuning.TOLERANCE_A
    # An unavailable load has no setpoint, and only counts as drawing: that does not begin an excess.
    is_known = state.available or before_s is not None
    over_since_s = since(before_s, is_known and most_a > limit_a, now_s)
    timing = replace_if_changed(past.timing, over_since_s=over_since_s)
    if over_since_s is not None:
        after_s = (time_to_follow_s if _exceeds_all_sent(most_a, past, now_s) else non_compliant_after_s)(response)
        is_overdue = past.setpoint_a > 0 and now_s - over_since_s >= after_s
        if is_overdue and is_excess_reported(state, fast_replace(past, timing=timing), now_s):
            response = fast_replace(response, non_compliant_a=most_a, non_compliant_s=now_s)
    else:
        runs = past.setpoint_a > 0 and state.on is not False and state.can_use_power
        since_s = past.timing.changed_s if before_s is None else before_s
        if runs and response.drew_a > limit_a and past.timing.raised_s < since_s:
            response = fast_replace(response, follow_s=append_time(response.follow_s, now_s - since_s))
        if runs and response.non_compliant_a is not None and limit_a < response.non_compliant_a:
            response = fast_replace(response, non_compliant_a=None)
    if not state.can_use_power:
        response = replace_if_changed(response, non_compliant_a=None)
    return replace_if_changed(past, timing=timing, response=replace_if_changed(response, drew_a=most_a))


def _not_following_since_s(most_a: float, past: LoadMemory) -> float | None:
    """Return since when a load has exceeded its setpoint without following a command, None if it did not exceed it.

    A slow load that is sent one cut after another always exceeds the latest, though it may follow the earlier ones.
    """
    since_s, followed_a = past.timing.over_since_s, most_a - tuning.TOLERANCE_A
    if since_s is None:
        return None
    for (_, sent_a, on), (next_s, _, _) in pairwise(past.command.recent):
        if since_s < next_s and on is not False and (sent_a or 0.0) >= followed_a:
            since_s = next_s
    return since_s


def _exceeds_all_sent(most_a: float, past: LoadMemory, now_s: float) -> bool:
    """Return whether a load draws more than all it was sent since it started, so that it is not only slow.

    False if it started before the remembered commands, or so lately that it may not have followed its first one.
    """
    sent_a = max((a for _, a, _ in past.command.recent if a is not None), default=0.0)
    is_new = time_to_follow_s(past.response) <= now_s - past.timing.switched_s < 2 * tuning.SLOWEST_S
    return is_new and most_a > max(sent_a, past.setpoint_a) + tuning.TOLERANCE_A


def complies(past: LoadMemory, now_s: float) -> bool:
    """Return whether a load keeps to its setpoint, or still has time to reach it (`time_to_follow_s`)."""
    return past.timing.over_since_s is None or exceeding_for_s(past, now_s) < time_to_follow_s(past.response)


def expected_fall_a(state: LoadState, past: LoadMemory, drawn_a: float, now_s: float) -> float:
    """Return how much less a load will draw on a phase once it has followed its last cut [A].

    `drawn_a` is the current it counts for now. Without a draw sensor it may still draw what it had before. 0 once it
    should have followed, and for a load that ignores its setpoint.
    """
    if now_s - past.timing.changed_s >= time_to_follow_s(past.response) or not complies(past, now_s):
        return 0.0
    if state.draw_a.highest is None:
        drawn_a = max(drawn_a, past.timing.before_a)
    return max(drawn_a - past.setpoint_a, 0.0)


def is_non_compliant(past: LoadMemory, now_s: float) -> bool:
    """Return whether a load has ignored its current for longer than an overloaded fuse can wait."""
    return exceeding_for_s(past, now_s) >= non_compliant_after_s(past.response)


def exceeding_for_s(past: LoadMemory, now_s: float) -> float:
    """Return for how long a load has drawn more than its setpoint [s], 0 while it does not."""
    return 0.0 if past.timing.over_since_s is None else now_s - past.timing.over_since_s


def is_excess_reported(state: LoadState, past: LoadMemory, now_s: float) -> bool:
    """Return whether the draw was reported since the load should have followed the command that it now exceeds.

    If it exceeds all that the load was sent since it started, a report since the start is enough. True after
    `SLOWEST_S` in any case: a sensor may report only changes. Also true where no sensor measures the draw.
    """
    exceeds_for_s, drawn_a = exceeding_for_s(past, now_s), state.draw_a.highest
    if state.counted or drawn_a is None or exceeds_for_s >= tuning.SLOWEST_S:
        return True
    if past.setpoint_a > 0 and _exceeds_all_sent(drawn_a, past, now_s):
        return now_s - state.draw_age_s > past.timing.switched_s
    return exceeds_for_s - state.draw_age_s >= time_to_follow_s(past.response)


def non_compliant_draw_a(past: LoadMemory, now_s: float) -> float | None:
    """Return what a load drew on a phase when it last ignored its current [A]; None if it has followed since.

    Also None after `FORGET_S`.
    """
    return past.response.non_compliant_a if now_s - past.response.non_compliant_s < tuning.FORGET_S else None


def expected_start_draw_a(past: LoadMemory, now_s: float) -> float:
    """Return the draw to expect when a stopped load starts [A]: what it last drew against its setpoint, otherwise 0.

    0 also for a load that has a setpoint.
    """
    return 0.0 if past.setpoint_a > 0 else non_compliant_draw_a(past, now_s) or 0.0


def still_offered_a(state: LoadState, past: LoadMemory, setpoint_a: float, now_s: float) -> float:
    """Return what a device still offers although it should offer less [A]: a cut that has not arrived frees nothing.

    That is the highest of its offer, the setpoint before, and currents that were sent and may still arrive; while a cut
    waits for its write interval, its offer or what it continues with. 0 for a device that is off, unavailable or
    displays nothing, once `SLOWEST_S` has passed since the cut, and for one that has not responded to several commands
    for so long.
    """
    if state.offer_a is None or state.on is False or not (state.available and state.can_use_power):
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


def small_excess_a(state: LoadState, past: LoadMemory) -> float:
    """Return by how much a load draws more than its setpoint [A], by its sensor; 0 for more than `TOLERANCE_A`."""
    excess_a = (state.draw_a.highest or 0.0) - past.setpoint_a
    return excess_a if past.setpoint_a > 0 and 0 < excess_a <= tuning.TOLERANCE_A else 0.0


def may_follow_yet(state: LoadState, past: LoadMemory, now_s: float) -> bool:
    """Return whether a charger without a draw sensor was raised so recently that its car may not have followed.

    That is within `FOLLOW_LATEST_S`; False while its offer is unknown.
    """
    may_rise = now_s - past.timing.raised_s < tuning.FOLLOW_LATEST_S
    return may_rise and state.offer_a is not None and state.draw_a.highest is None


def is_draw_report_outdated(state: LoadState, past: LoadMemory, meter_age_s: float, now_s: float) -> bool:
    """Return whether a load's draw was reported before its last setpoint change had settled, and the meter later.

    If it was reported after the last command and shows the setpoint, the meter has to be later by more than
    `DRAW_LAG_S`: a report that shows another draw may be from before the car followed. False once `SLOWEST_S` has
    passed since the last command, or where the draw is as new as the meter.
    """
    if state.draw_age_s <= meter_age_s:
        return False
    reported_s, acted_s = now_s - state.draw_age_s, _last_command_s(past)
    drew_a = past.setpoint_a if state.draw_a.highest is None else state.draw_a.highest
    lag_s = tuning.DRAW_LAG_S if reported_s > acted_s and abs(drew_a - past.setpoint_a) <= tuning.TOLERANCE_A else 0.0
    is_recent = now_s - acted_s < tuning.SLOWEST_S and reported_s < acted_s + time_to_settle_s(past.response)
    return is_recent and state.draw_age_s > meter_age_s + lag_s


def _last_command_s(past: LoadMemory) -> float:
    """Return when a load's setpoint changed or it was sent a command last [s since 1970].

    A raise may wait for a slow device: then its command is later than the change of the setpoint.
    """
    recent = past.command.recent
    return max(past.timing.changed_s, recent[-1][0] if recent else NEVER_S)


def may_show_last_command(past: LoadMemory, metered_s: float) -> bool:
    """Return whether the main meter's last reading may show what a load did upon its last command.

    Not before the shortest known time that the meter took to show one of its changes. `metered_s`: when the meter
    reported that reading [s since 1970].
    """
    return metered_s >= _last_command_s(past) + min(past.response.meter_latency.lags_s, default=0.0)


def move_lagging_draw_a(
    draw_a: float, past: LoadMemory, wire: Wire, flows_a: CircuitFlows, now_s: float, explained_a: float = 0.0
) -> float:
    """Return a lagging draw moved by the meter's change since its report, as far as the setpoint explains that [A].

    It moves no further than between the setpoint and the highest current sent lately. `wire`: circuit and phase of the
    meter. `flows_a`: circuit -> present grid currents, with what the batteries deliver. `explained_a`: the part of the
    change that other loads explain. Unchanged where a current is unknown. Otherwise each car that starts behind a slow
    sensor would look like a growing house load, and be cut again.
    """
    circuit, phase = wire
    then_a, meter_a = (flows.get(circuit, PerPhase())[phase] for flows in (past.timing.grid_at_report[1], flows_a))
    if then_a is None or meter_a is None:
        return draw_a
    # A current sent a moment ago may still arrive, even if another one has been sent since.
    lasts_s = max(tuning.FOLLOW_S, time_to_settle_s(past.response))
    sent_a = [amps for sent_s, amps, _ in past.command.recent if amps is not None and now_s - sent_s < lasts_s]
    low_a, high_a = min(draw_a, past.setpoint_a), max([draw_a, past.setpoint_a, *sent_a])
    return min(max(draw_a + meter_a - then_a - explained_a, low_a), high_a)
