"""The user's own hand: a current or a switch that was changed at the device, and by nobody here, is respected.

Once a device has shown our last command, another value is its user's, also where it equals an earlier command of ours.
Only a source that has been seen to lag may show an old value for as long.
"""

from __future__ import annotations

from itertools import pairwise

from ... import tuning
from ...model.electrics import DUST, MIN_CHARGE_A
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.records import fast_replace, replace_if_changed
from ...model.snapshot import LoadState
from .acknowledgement import echoed, lag_s, same


def with_manual_override(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> LoadMemory:
    """The memory that knows what a user has set at the device, until the session is over or it is changed again."""
    if not state.available:
        return fast_replace(past, seen_a=None, seen_on=None)
    seen_a = past.seen_a if _is_no_offer(state) else state.offer_a
    if seen_a == past.seen_a and state.on is past.seen_on and not _remembers(past):
        return past
    moved, back = _changed(past.seen_a, seen_a), same(seen_a, past.pending.current_a)
    manual_limit_a, manual_off, since_s = past.manual_limit_a, past.manual_off, now_s - _lag_s(load, past)
    # Who has stopped it there may start it again there; in a pause of ours its number may fall by itself.
    starts = (manual_limit_a is not None or _rests_for_test(load)) and seen_a is not None and seen_a >= MIN_CHARGE_A
    if (past.setpoint_a > 0 or starts) and _is_confirmed(past):
        if moved and back:
            # Its user has put it back, or it never was away: its source had shown something old.
            manual_limit_a = (
                None if manual_limit_a is not None and manual_limit_a < (state.offer_a or 0.0) else manual_limit_a
            )
            past = _late(past, now_s)
        elif moved and not _is_old_current(state.offer_a, past, since_s):
            manual_limit_a = state.offer_a
        # The relays of a heat pump are watched by its own memory.
        off = past.seen_on is True and state.on is False and not load.can.by_signal
        manual_off = manual_off or (off and not _is_old_switch(False, past, since_s))
    elif past.setpoint_a > 0 and past.pending.again >= tuning.UNRESPONSIVE_TIMES and moved and not back:
        # It has answered nothing for long: what it was never told is not of us.
        manual_limit_a = manual_limit_a if any(same(state.offer_a, a) for _, a, _ in past.told) else state.offer_a
    if state.on or not (state.can_use_power or load.on_off):
        manual_off = False
    if not state.can_use_power or (manual_limit_a is not None and manual_limit_a + DUST >= load.user_max_a):
        manual_limit_a = None
    past = _switched_on(load, state, past, since_s, now_s)
    told = tuple(each for each in past.told if now_s - each[0] < 2 * tuning.SLOWEST_S)
    now = (seen_a, state.on, manual_limit_a, manual_off, told)
    if now == (past.seen_a, past.seen_on, past.manual_limit_a, past.manual_off, past.told):
        return past
    return fast_replace(
        past, seen_a=seen_a, seen_on=state.on, manual_limit_a=manual_limit_a, manual_off=manual_off, told=told
    )


def _rests_for_test(load: Load) -> bool:
    """Whether only a wiring test keeps a charger off: a current that is set meanwhile is its user's."""
    return load.mode is Mode.OFF and load.capped_from_a is not None


def _remembers(past: LoadMemory) -> bool:
    """Whether anything is known of a hand, or of what was told a moment ago."""
    return past.manual_limit_a is not None or past.manual_off or past.switched.manual_on or bool(past.told)


def _is_no_offer(state: LoadState) -> bool:
    """Whether a sensor shows less than any car takes: the car or the charger rests, and nobody has set that."""
    return not state.offer_is_set and state.offers_nothing


def _is_confirmed(past: LoadMemory) -> bool:
    """Whether the device has shown all of the last command."""
    return past.sent_a is None and past.sent_on is None


def _late(past: LoadMemory, now_s: float) -> LoadMemory:
    """The memory that knows how late a source is which has shown something old after the last command."""
    took_s = now_s - past.pending.since_s
    return past if took_s > tuning.SLOWEST_S else fast_replace(past, response=echoed(past.response, took_s))


def _lag_s(load: Load, past: LoadMemory) -> float:
    """For how long after a command its source may show what was before [s]; of a cloud that is not known, any time."""
    is_cloud = load.min_write_s > 0
    unknown = is_cloud and len(past.response.echo_s) < tuning.KNOWN_TIMES
    return tuning.SLOWEST_S if unknown else lag_s(past.response)


def _is_old_current(shown_a: float | None, past: LoadMemory, since_s: float) -> bool:
    """Whether this current was in force since then, before the last command."""
    told = [(told_s, a) for told_s, a, _ in past.told if a is not None]
    earlier = [a for (_, a), (until_s, _) in pairwise(told) if until_s > since_s]
    return any(same(shown_a, a) for a in earlier) or (
        past.pending.since_s > since_s and same(shown_a, past.pending.from_a)
    )


def _is_old_switch(on: bool, past: LoadMemory, since_s: float) -> bool:
    """Whether that was in force since then, before the last command."""
    told = [(told_s, is_on) for told_s, _, is_on in past.told if is_on is not None]
    return any(is_on is on and until_s > since_s for (_, is_on), (until_s, _) in pairwise(told))


def _switched_on(load: Load, state: LoadState, past: LoadMemory, since_s: float, now_s: float) -> LoadMemory:
    """The memory of a switched load that its user has switched on: it runs, and that was a start."""
    by_hand = past.switched.manual_on and state.on is not False
    rested = load.on_off and not load.can.by_signal and past.setpoint_a <= 0 and _is_confirmed(past)
    if rested and past.seen_on is False and state.on and not _is_old_switch(True, past, since_s):
        by_hand = True
        starts_s = (*past.starts_s, now_s)
        past = fast_replace(
            past, setpoint_a=load.max_a, switched_s=now_s, changed_s=now_s, before_a=0.0, starts_s=starts_s
        )
    return replace_if_changed(past, switched=replace_if_changed(past.switched, manual_on=by_hand))


def _changed(before_a: float | None, now_a: float | None) -> bool:
    return before_a is not None and now_a is not None and not same(before_a, now_a)
