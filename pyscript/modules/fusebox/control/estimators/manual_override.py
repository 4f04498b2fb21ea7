"""Manual changes: a current or a switch that someone else changed at the device is respected.

Once a device has displayed our last command, a different value is the user's, even if it equals an earlier command of
ours. Only a source known to lag may display an old value for as long as its lag.
"""

from __future__ import annotations

from itertools import pairwise

from ... import tuning
from ...model.electrics import DUST, MIN_CHARGE_A
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.records import fast_replace, replace_within
from ...model.snapshot import LoadState
from .acknowledgement import lag_s, same, with_response_time


def with_manual_override(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> LoadMemory:
    """Return the memory with what a user set at the device, until the session ends or it is changed again."""
    manual = past.manual
    if not state.available:
        return replace_within(past, "manual", displayed_a=None, displayed_on=None)
    displayed_a = manual.displayed_a if _is_no_offer(state) else state.offer_a
    if displayed_a == manual.displayed_a and state.on is manual.displayed_on and not _remembers(past):
        return past
    moved, back = _has_changed(manual.displayed_a, displayed_a), same(displayed_a, past.command.sent_a)
    limit_a, is_off, since_s = manual.limit_a, manual.off, now_s - _lag_s(load, past)
    # A user who stopped it at the device may start it there; in a pause of ours its number may fall by itself.
    may_start = limit_a is not None or _rests_for_test(load)
    starts = may_start and displayed_a is not None and displayed_a >= MIN_CHARGE_A
    if (past.setpoint_a > 0 or starts) and not past.command.awaits:
        if moved and back:
            # The user has set it back, or the source had only displayed an old value.
            limit_a = None if limit_a is not None and limit_a < (state.offer_a or 0.0) else limit_a
            past = _late(past, now_s)
        elif moved and not _is_old_current(state.offer_a, past, since_s):
            limit_a = state.offer_a
        # The relays of a heat pump are watched by its own memory.
        goes_off = manual.displayed_on is True and state.on is False and not load.can.by_signal
        is_off = is_off or (goes_off and not _is_old_switch(False, past, since_s))
    elif past.setpoint_a > 0 and past.command.repeats >= tuning.UNRESPONSIVE_TIMES and moved and not back:
        # It has not displayed our commands for long, so a current that we never sent is the user's.
        was_sent = any(same(state.offer_a, a) for _, a, _ in past.command.recent)
        limit_a = limit_a if was_sent else state.offer_a
    if state.on or not (state.can_use_power or load.on_off):
        is_off = False
    if not state.can_use_power or (limit_a is not None and limit_a + DUST >= load.user_max_a):
        limit_a = None
    past = _with_manual_start(load, state, past, since_s, now_s)
    recent = tuple(each for each in past.command.recent if now_s - each[0] < 2 * tuning.SLOWEST_S)
    past = replace_within(past, "command", recent=recent)
    return replace_within(past, "manual", displayed_a=displayed_a, displayed_on=state.on, limit_a=limit_a, off=is_off)


def _rests_for_test(load: Load) -> bool:
    """Return whether only a wiring test keeps a charger off, so that a current set meanwhile is the user's."""
    return load.mode is Mode.OFF and load.capped_from_a is not None


def _remembers(past: LoadMemory) -> bool:
    """Return whether a manual change is in force, or a command was sent recently."""
    manual = past.manual
    return manual.limit_a is not None or manual.off or manual.on or bool(past.command.recent)


def _is_no_offer(state: LoadState) -> bool:
    """Return whether a sensor shows less than any car takes, which means rest and is not a user's setting."""
    return not state.offer_is_set and state.offers_nothing


def _late(past: LoadMemory, now_s: float) -> LoadMemory:
    """Return the memory with the latency of an entity that displayed an old value after the last command."""
    took_s = now_s - past.command.first_sent_s
    return past if took_s > tuning.SLOWEST_S else fast_replace(past, response=with_response_time(past.response, took_s))


def _lag_s(load: Load, past: LoadMemory) -> float:
    """Return for how long after a command an entity may display the old value [s]; the longest for an unknown cloud."""
    is_cloud = load.min_write_s > 0
    unknown = is_cloud and len(past.response.echo_s) < tuning.KNOWN_TIMES
    return tuning.SLOWEST_S if unknown else lag_s(past.response)


def _is_old_current(shown_a: float | None, past: LoadMemory, since_s: float) -> bool:
    """Return whether this current was in force before the last command and since `since_s`."""
    command = past.command
    sent = [(sent_s, a) for sent_s, a, _ in command.recent if a is not None]
    earlier = [a for (_, a), (until_s, _) in pairwise(sent) if until_s > since_s]
    return any(same(shown_a, a) for a in earlier) or (
        command.first_sent_s > since_s and same(shown_a, command.unacknowledged.from_a)
    )


def _is_old_switch(on: bool, past: LoadMemory, since_s: float) -> bool:
    """Return whether this switch state was in force before the last command and since `since_s`."""
    sent = [(sent_s, is_on) for sent_s, _, is_on in past.command.recent if is_on is not None]
    return any(is_on is on and until_s > since_s for (_, is_on), (until_s, _) in pairwise(sent))


def _with_manual_start(load: Load, state: LoadState, past: LoadMemory, since_s: float, now_s: float) -> LoadMemory:
    """Return the memory of a switched load that its user switched on: running, with that start counted."""
    is_on = past.manual.on and state.on is not False
    rested = load.on_off and not load.can.by_signal and past.setpoint_a <= 0 and not past.command.awaits
    if rested and past.manual.displayed_on is False and state.on and not _is_old_switch(True, past, since_s):
        is_on, starts_s = True, (*past.timing.starts_s, now_s)
        timing = fast_replace(past.timing, switched_s=now_s, changed_s=now_s, before_a=0.0, starts_s=starts_s)
        past = fast_replace(past, setpoint_a=load.max_a, timing=timing)
    return replace_within(past, "manual", on=is_on)


def _has_changed(before_a: float | None, now_a: float | None) -> bool:
    """Return whether a displayed current has changed; False if either is unknown."""
    return before_a is not None and now_a is not None and not same(before_a, now_a)
