"""What a device was sent, whether it displays that, and how long it usually takes; used to time repetitions."""

from __future__ import annotations

from ... import tuning
from ...model.decision import Command
from ...model.durations import HOUR_S, backoff_s
from ...model.electrics import DUST
from ...model.load_memory import CommandMemory, LoadMemory, ResponseMemory, TimingMemory, UnacknowledgedCommands
from ...model.records import fast_replace, replace_within
from ...model.snapshot import LoadState, Status


def is_same_current(one_a: float | None, other_a: float | None) -> bool:
    """Return whether two currents are equal within `SHOWN_SAME_A`; False if either is unknown."""
    return one_a is not None and other_a is not None and abs(one_a - other_a) < tuning.SHOWN_SAME_A


def is_displayed_rounded(past: LoadMemory, current_a: float | None, shown_a: float | None, now_s: float) -> bool:
    """Return whether a device displays its own rounding of `current_a`, which it was sent last: less than 1 A away.

    False if either is unknown, and before it has had its usual time to display that.
    """
    if current_a is None or shown_a is None:
        return False
    is_near = abs(shown_a - current_a) < tuning.TOLERANCE_A and is_same_current(current_a, past.command.sent_a)
    return is_near and now_s - past.command.first_sent_s >= time_to_display_s(past.response)


def acknowledge(past: LoadMemory, state: LoadState, now_s: float) -> LoadMemory:
    """Return the memory in which what the device now displays of its last command is no longer awaited.

    Unchanged if nothing is awaited and all commands are acknowledged. A rounded display teaches a step of 1 A, an exact
    one the response time. Once all of the command is displayed, only commands before it that are still to be displayed
    remain unacknowledged; once a part of it is, at most `UNRESPONSIVE_TIMES`. If nothing of it is displayed: an earlier
    command that is displayed now is acknowledged with those before it, and a display that has risen but stays below
    what was sent is learnt as the device's maximum.
    """
    last, awaited_a, shown_a = past.command, past.command.awaited_a, state.offer_a
    if not last.awaits:
        return _acknowledge_earlier(past, shown_a, now_s) if last.unacknowledged.count else past
    is_exact, is_switched = is_same_current(awaited_a, shown_a), last.awaits_on and last.sent_on is state.on
    is_rounded = not is_exact and is_displayed_rounded(past, awaited_a, shown_a, now_s)
    if not is_exact and not is_rounded and not is_switched:
        past = _learn_device_maximum(past, state, now_s)
        return _acknowledge_earlier(past, shown_a, now_s) if last.awaits_a else past
    displayed_s, later = _displayed_command(past, shown_a)
    response = past.response
    if is_exact or is_switched:
        since_s = displayed_s if is_exact and displayed_s is not None else last.first_sent_s
        response = with_response_time(response, now_s - since_s)
    if is_rounded and shown_a is not None and shown_a == round(shown_a):
        response = fast_replace(response, device_step_a=1.0)
    awaits_a = last.awaits_a and not is_exact and not is_rounded
    awaits_on = last.awaits_on and not is_switched
    unacknowledged = later if is_exact else fast_replace(last.unacknowledged, count=0)
    command = fast_replace(last, awaits_a=awaits_a, awaits_on=awaits_on)
    if awaits_a or awaits_on:
        # A device that has done a part of it is sent the rest again as soon as any other, however often it was sent.
        count = min(last.unacknowledged.count, tuning.UNRESPONSIVE_TIMES)
        unacknowledged = fast_replace(last.unacknowledged, count=count)
        command = fast_replace(command, repeats=0)
    return fast_replace(past, command=fast_replace(command, unacknowledged=unacknowledged), response=response)


def _displayed_command(past: LoadMemory, shown_a: float | None) -> tuple[float | None, UnacknowledgedCommands]:
    """Return when the unacknowledged command was sent that a device displays now, and the commands after it.

    The first one of that current: a device displays commands in their order. None where it displays none of them, or
    still what it displayed before them. Repetitions of the displayed current are no commands after it.
    """
    unacknowledged = past.command.unacknowledged
    sent = [(sent_s, a) for sent_s, a, _ in past.command.recent if a is not None and sent_s >= unacknowledged.since_s]
    none = fast_replace(unacknowledged, count=0)
    first = next((place for place, (_, a) in enumerate(sent) if is_same_current(shown_a, a)), None)
    if first is None or is_same_current(shown_a, unacknowledged.from_a):
        return None, none
    later_s = [sent_s for sent_s, a in sent[first:] if not is_same_current(shown_a, a)]
    return sent[first][0], UnacknowledgedCommands(len(later_s), later_s[0], shown_a) if later_s else none


def _acknowledge_earlier(past: LoadMemory, shown_a: float | None, now_s: float) -> LoadMemory:
    """Return the memory with a command before the last one acknowledged, if its current is displayed now.

    Its response time is learnt. Where the last one was displayed already, the others are dropped after `SLOWEST_S`.
    """
    displayed_s, left = _displayed_command(past, shown_a)
    if displayed_s is not None:
        past = fast_replace(past, response=with_response_time(past.response, now_s - displayed_s))
    elif past.command.awaits or now_s - past.command.sent_s < tuning.SLOWEST_S:
        return past
    return replace_within(past, "command", unacknowledged=left)


def memory_after_sending(past: LoadMemory, command: Command, state: LoadState, now_s: float) -> LoadMemory:
    """Return the memory after a command is sent: what, when, how often, and what the device has to display for it.

    A part that the command leaves out stays; the count of repeats begins anew for another command, and after a long
    time. One more command is unacknowledged, unless the device displays all of it already.
    """
    last, before = past.command, past.command.unacknowledged
    sent_a = last.sent_a if command.current_a is None else command.current_a
    sent_on = last.sent_on if command.on is None else command.on
    repeats = 0
    if sent_a == last.sent_a and sent_on is last.sent_on:
        soon_s = max(tuning.LASTING_S, 2 * time_to_repeat_s(past, tuning.RETRY_LONGEST_S))
        repeats = last.repeats + 1 if last.awaits or now_s - last.sent_s < soon_s else 0
    # What is displayed but not followed is sent again without expecting the device to display anything new.
    shows_a = command.current_a is None or is_same_current(command.current_a, state.offer_a)
    shows_on = command.on is None or command.on is state.on
    unacknowledged = before if before.count else UnacknowledgedCommands(0, now_s, state.offer_a)
    if not (shows_a and shows_on):
        unacknowledged = fast_replace(unacknowledged, count=unacknowledged.count + 1)
    awaits_a = last.awaits_a if command.current_a is None else not shows_a
    awaits_on = last.awaits_on if command.on is None else not shows_on
    first_sent_s = last.first_sent_s if repeats else now_s
    recent = (*last.recent, (now_s, command.current_a, command.on))
    sent = CommandMemory(
        sent_a, sent_on, awaits_a, awaits_on, now_s, first_sent_s, repeats, unacknowledged, recent, last.deferred_cut_a
    )
    return fast_replace(past, timing=with_write(past.timing, now_s), command=sent)


def with_write(past: TimingMemory, now_s: float) -> TimingMemory:
    """Return the memory with one more command among those of the last hour."""
    return fast_replace(past, writes_s=(*[s for s in past.writes_s if now_s - s < HOUR_S], now_s))


def _learn_device_maximum(past: LoadMemory, state: LoadState, now_s: float) -> LoadMemory:
    """Return the memory with the displayed current as the device's maximum, if it rose but stays below what was sent.

    Unchanged before the device has had its usual time to display the command, where that current was sent itself, and
    where more was sent before that.
    """
    last, awaited_a, shown_a = past.command, past.command.awaited_a, state.offer_a
    from_a = last.unacknowledged.from_a
    if awaited_a is None or shown_a is None or from_a is None or now_s - last.sent_s < time_to_display_s(past.response):
        return past
    was_sent = any(is_same_current(shown_a, current_a) for _, current_a, _ in last.recent)
    # A device that has accepted more a moment ago rounds what it is sent now.
    since_s = last.unacknowledged.since_s
    was_sent |= any(a is not None and a > shown_a and sent_s < since_s for sent_s, a, _ in last.recent)
    if not from_a + tuning.SHOWN_SAME_A < shown_a < awaited_a - tuning.SHOWN_SAME_A or was_sent:
        return past
    return replace_within(past, "response", top_a=shown_a, top_s=now_s)


def is_unresponsive(past: LoadMemory, state: LoadState, now_s: float) -> bool:
    """Return whether `UNRESPONSIVE_TIMES` commands were sent and the device has displayed none for longer than usual.

    That is twice its usual time to display one, at least `SLOWEST_S`. False again once it displays what was sent last.
    """
    last, unacknowledged = past.command, past.command.unacknowledged
    without_a = last.awaits_a and not is_same_current(last.sent_a, state.offer_a)
    without_on = last.awaits_on and last.sent_on is not state.on
    longest_s = max(tuning.SLOWEST_S, 2 * time_to_display_s(past.response))
    is_overdue = unacknowledged.count >= tuning.UNRESPONSIVE_TIMES and now_s - unacknowledged.since_s >= longest_s
    return is_overdue and (without_a or without_on)


def correct_by_learnt(state: LoadState, past: LoadMemory, now_s: float) -> LoadState:
    """Return the load's state, completed and corrected by what was learnt about its device.

    The last commands count where the device does not display them. A learnt step may be coarser and a learnt maximum,
    for `FORGET_S`, lower than the device's own. A displayed 0 A that was never set becomes unknown. A charger that is
    not off becomes unavailable where the current it was set to is unknown. A draw is as old as its sensor is late.
    """
    response, command = past.response, past.command
    last_a = past.setpoint_a if command.sent_a is None and state.offer_unset and past.adopted else command.sent_a
    if lag_s := response.meter_latency.sensor.lag_s:
        state = fast_replace(state, draw_age_s=state.draw_age_s + lag_s)
    if state.on_hidden and past.command.sent_on is not None:
        state = fast_replace(state, on=past.command.sent_on)
    if state.offer_hidden and last_a is not None:
        state = fast_replace(state, offer_a=last_a)
    elif state.offer_unset and state.on is not False:
        # Its previous setting is unknown, so it is left alone while it runs.
        state = fast_replace(state, available=False)
    if _displays_zero_unset(state, past):
        state = fast_replace(state, offer_a=None, offer_hidden=True)
    whole = state.offer_a is None or state.offer_a == round(state.offer_a)
    if response.device_step_a is not None and whole and (state.device_step_a or 0.0) < response.device_step_a:
        state = fast_replace(state, device_step_a=response.device_step_a)
    if response.top_a is not None and now_s - response.top_s < tuning.FORGET_S:
        top_a = max(response.top_a, state.offer_a or 0.0)
        most_a = top_a if state.device_max_a is None else min(state.device_max_a, top_a)
        state = fast_replace(state, device_max_a=most_a)
    return state


def _displays_zero_unset(state: LoadState, past: LoadMemory) -> bool:
    """Return whether a device displays 0 A because its current was never set: a car charges, and 0 A was never sent.

    A measured draw decides; where nothing measures it, the device's status does, unless 0 A is its way to pause.
    """
    if state.offer_a is None or state.offer_a > DUST or state.on is False or not state.can_use_power:
        return False
    if past.manual.displayed_a or past.command.sent_a == 0 or past.manual.limit_a is not None:
        return False
    if state.draw_a.highest is not None:
        return state.draw_a.highest > tuning.DRAWS_A
    return state.status is Status.CHARGING and state.switched


def append_time(times_s: tuple[float, ...], took_s: float) -> tuple[float, ...]:
    """Return the last `LAST_TIMES` times with one more added, which is limited to `SLOWEST_S` [s]."""
    return (*times_s, min(max(took_s, 0.0), tuning.SLOWEST_S))[-tuning.LAST_TIMES :]


def with_response_time(response: ResponseMemory, took_s: float) -> ResponseMemory:
    """Return the memory with one more time between a command and its display [s]; unchanged above `SLOWEST_S`."""
    if took_s > tuning.SLOWEST_S:
        return response
    return fast_replace(response, echo_s=append_time(response.echo_s, took_s))


def time_to_display_s(response: ResponseMemory) -> float:
    """Return how long a device has to display a command before it is repeated [s].

    Its longest known time with some slack, from `RETRY_S` to `SLOWEST_S`.
    """
    return _with_slack_s(max((0.0, *response.echo_s)), tuning.RETRY_S)


def time_to_repeat_s(past: LoadMemory, longest_s: float) -> float:
    """Return how long after the last command it may be repeated [s]: the time its device usually takes to display it.

    Longer the more often it was repeated, up to `longest_s`.
    """
    times = max(past.command.repeats, past.command.unacknowledged.count - tuning.UNRESPONSIVE_TIMES)
    usual_s = time_to_display_s(past.response)
    return backoff_s(usual_s, times, max(longest_s, usual_s))


def display_lag_s(response: ResponseMemory) -> float:
    """Return for how long after a command a device's entity may still display the value before it [s].

    Its longest known time to display one with some slack, from `QUICK_S` to `SLOWEST_S`.
    """
    return _with_slack_s(max((0.0, *response.echo_s)), tuning.QUICK_S)


def time_to_follow_s(response: ResponseMemory) -> float:
    """Return how long a load has to follow a cut before its excess draw counts as ignoring it [s].

    Its longest earlier time with some slack: at least `QUICK_S`, or `FOLLOW_S` until enough are known; at most
    `FOLLOW_LATEST_S`.
    """
    usual_s = tuning.SLACK_RATIO * max((0.0, *response.follow_s)) + 1.0
    least_s = tuning.QUICK_S if len(response.follow_s) >= tuning.KNOWN_TIMES else tuning.FOLLOW_S
    return min(max(usual_s, least_s), tuning.FOLLOW_LATEST_S)


def report_ignoring_after_s(response: ResponseMemory) -> float:
    """Return after how long of not following a load is reported as a problem [s].

    Twice its longest known time to display or follow a command, at least `IGNORES_S`.
    """
    return max(2 * _longest_response_s(response), tuning.IGNORES_S)


def non_compliant_after_s(response: ResponseMemory) -> float:
    """Return after how long of not following on an overloaded fuse a load is switched off [s].

    Its longest known time to display or follow a command with some slack, from `IGNORES_S` to `SLOWEST_S`.
    """
    return _with_slack_s(_longest_response_s(response), tuning.IGNORES_S)


def time_to_settle_s(response: ResponseMemory) -> float:
    """Return how long after a new setpoint a draw has settled [s].

    Its longest known time to display or follow a command with some slack, from `ANSWER_S` to `SLOWEST_S`.
    """
    return _with_slack_s(_longest_response_s(response), tuning.ANSWER_S)


def _with_slack_s(usual_s: float, least_s: float) -> float:
    """Return a usual time multiplied by `SLACK_RATIO`, between `least_s` and `SLOWEST_S` [s]."""
    return min(max(tuning.SLACK_RATIO * usual_s, least_s), tuning.SLOWEST_S)


def _longest_response_s(response: ResponseMemory) -> float:
    """Return the longest learnt time to display or follow a command [s], 0 when none is known."""
    return max((0.0, *response.echo_s, *response.follow_s))
