"""Manual changes: a current or a switch that someone else changed at the device is respected.

Once a device has displayed our last command, a different value is the user's, even if it equals an earlier command of
ours. Only a source known to lag may display an old value for as long as its lag.
"""

from __future__ import annotations

from itertools import pairwise

from ... import tuning
from ...model.electrics import DUST
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.records import fast_replace, replace_within
from ...model.snapshot import LoadState, Status
from .acknowledgement import display_lag_s, is_same_current, with_response_time


def update_manual_override(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> LoadMemory:
    """Return the memory with the current [A] or switch state that a user set at the device.

    A change counts as the user's where it is none of our recent commands and may not be an old value displayed late, or
    while the device has ignored our commands for long. A limit ends when the car has left, when it is set back, or at
    the load's maximum; an off when the device is on again or its car has left. While the device is unavailable, only
    what it displayed is forgotten. A value set back teaches how late the device displays; commands older than twice
    `SLOWEST_S` are dropped, also those of before a restart.
    """
    if state.overtaken:
        past = replace_within(past, "manual", late_s=now_s, sent_before=None)
    elif now_s - past.manual.late_s >= 2 * tuning.SLOWEST_S:
        past = replace_within(past, "manual", sent_before=())
    manual = past.manual
    if not state.available:
        return replace_within(past, "manual", displayed_a=None, displayed_on=None)
    # A sensor that shows less than any car takes shows rest, and no user's setting.
    rests = not state.offer_is_set and state.offers_nothing
    displayed_a = manual.displayed_a if rests else state.offer_a
    # What a Quasar displays is its guard's limit, which no user can set.
    is_known = None not in (manual.displayed_a, displayed_a) and not load.can.discharges
    moved = is_known and not is_same_current(manual.displayed_a, displayed_a)
    back = is_same_current(displayed_a, past.command.sent_a)
    limit_a, is_off = _limit_in_force_a(displayed_a, past), manual.off
    since_s = now_s - _display_lag_s(load, state, past)
    # A user who stopped it at the device may start it there, also one whose charger only a wiring test has kept off; in
    # a pause of ours its number may fall by itself.
    may_start = limit_a is not None or (load.nudged and past.mode == Mode.OFF)
    starts = may_start and displayed_a is not None and displayed_a >= state.starts_at_a
    is_on_by_us = past.setpoint_a > 0 or starts
    if is_on_by_us and not past.command.awaits:
        if moved and back:
            # The user has set it back, or the source had only displayed an old value.
            limit_a = None if limit_a is not None and limit_a < (state.offer_a or 0.0) else limit_a
            response = with_response_time(past.response, now_s - past.command.first_sent_s)
            past = fast_replace(past, response=response)
        elif moved and not _was_current_since(state.offer_a, past, since_s):
            # Its own maximum, which may be set there too, counts for as long as it is displayed.
            limit_a = None if is_same_current(state.offer_a, state.device_max_a) else state.offer_a
    elif past.setpoint_a > 0 and past.command.repeats >= tuning.UNRESPONSIVE_TIMES and moved and not back:
        # It has not displayed our commands for long, so a current that we never sent is the user's.
        was_sent = any(is_same_current(state.offer_a, a) for _, a, _ in past.command.recent)
        limit_a = limit_a if was_sent else state.offer_a
    # A current on its way switches nothing off. The relays of a heat pump are watched by its own memory.
    if is_on_by_us and not past.command.awaits_on and not load.can.takes_sg_state:
        goes_off = manual.displayed_on is True and state.on is False
        is_off = is_off or (goes_off and not _was_switch_since(False, past, since_s))
    # A car that is full, or whose charger reports a fault, is still there.
    has_left = not state.can_use_power and state.status not in (Status.FULL, Status.FAULT)
    is_off = is_off and not state.on and (load.on_off or not has_left)
    if has_left or (limit_a is not None and limit_a + DUST >= load.user_max_a):
        limit_a = None
    past = _adopt_manual_start(load, state, past, since_s, now_s)
    recent = tuple(each for each in past.command.recent if now_s - each[0] < 2 * tuning.SLOWEST_S)
    past = replace_within(past, "command", recent=recent)
    return replace_within(past, "manual", displayed_a=displayed_a, displayed_on=state.on, limit_a=limit_a, off=is_off)


def _limit_in_force_a(displayed_a: float | None, past: LoadMemory) -> float | None:
    """Return the user's limit [A]; None for one from before a restart that was raised at the device meanwhile."""
    limit_a, is_first = past.manual.limit_a, past.manual.displayed_a is None and past.command.sent_a is None
    if limit_a is None or displayed_a is None or not is_first:
        return limit_a
    return limit_a if displayed_a < limit_a or is_same_current(displayed_a, limit_a) else None


def _display_lag_s(load: Load, state: LoadState, past: LoadMemory) -> float:
    """Return for how long after a command an entity may display the old value [s].

    `SLOWEST_S` until `KNOWN_TIMES` of its times are known, for a device with a write interval, for a current that a
    sensor displays and while commands of before may arrive; also while commands before the last one, which it displayed
    already, are unacknowledged.
    """
    may_lag = load.min_write_s > 0 or (state.offer_a is not None and not state.offer_is_set)
    unknown = (may_lag or past.manual.sent_before != ()) and len(past.response.echo_s) < tuning.KNOWN_TIMES
    lags = past.command.unacknowledged.count > 0
    return tuning.SLOWEST_S if unknown or lags else display_lag_s(past.response)


def _was_current_since(shown_a: float | None, past: LoadMemory, since_s: float) -> bool:
    """Return whether this current was in force until a command after `since_s` replaced it: it may be displayed late.

    That of a command, or the one displayed before the first unacknowledged one. While commands of before may arrive
    (`late_s`) one of those too, any if they are unknown.
    """
    command, before = past.command, past.manual.sent_before
    sent = [(sent_s, a) for sent_s, a, _ in command.recent if a is not None]
    earlier: list[float | None] = [a for (_, a), (until_s, _) in pairwise(sent) if until_s > since_s]
    if command.first_sent_s > since_s:
        earlier = [*earlier, command.unacknowledged.from_a]
    if past.manual.late_s > since_s:
        return before is None or any(is_same_current(shown_a, a) for a in (*earlier, *(a for a, _ in before)))
    return any(is_same_current(shown_a, a) for a in earlier)


def _was_switch_since(on: bool, past: LoadMemory, since_s: float) -> bool:
    """Return whether this switch state was in force until a command after `since_s` replaced it.

    While commands of before may arrive (`late_s`) also whether one of those set it, True if they are unknown.
    """
    before = past.manual.sent_before
    sent = [(sent_s, is_on) for sent_s, _, is_on in past.command.recent if is_on is not None]
    is_ours = any(is_on is on and until_s > since_s for (_, is_on), (until_s, _) in pairwise(sent))
    was_before = before is None or any(is_on is on for _, is_on in before)
    return is_ours or (past.manual.late_s > since_s and was_before)


def _adopt_manual_start(load: Load, state: LoadState, past: LoadMemory, since_s: float, now_s: float) -> LoadMemory:
    """Return the memory with `manual.on`; a resting switched load that its user has just switched on counts as started.

    Then it has its setpoint and one more start. `manual.on` of any other load only ends, when the load is off.
    """
    is_on = past.manual.on and state.on is not False
    rested = load.on_off and not load.can.takes_sg_state and past.setpoint_a <= 0 and not past.command.awaits
    if rested and past.manual.displayed_on is False and state.on and not _was_switch_since(True, past, since_s):
        is_on, starts_s = True, (*past.timing.starts_s, now_s)
        timing = fast_replace(past.timing, switched_s=now_s, changed_s=now_s, before_a=0.0, starts_s=starts_s)
        past = fast_replace(past, setpoint_a=load.max_a, timing=timing)
    return replace_within(past, "manual", on=is_on)
