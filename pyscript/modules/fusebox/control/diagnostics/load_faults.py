"""Faults of a load that was sent a command repeatedly and does not follow, with advice for the user."""

from __future__ import annotations

from ... import tuning
from ...model.electrics import plain
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.messages.message import message
from ...model.snapshot import LoadState
from ..estimators.acknowledgement import complain_s, is_unresponsive, same
from ..estimators.compliance import ignored_a, over_for_s
from ..estimators.draws import present_draw
from ..estimators.usage_cap import cap_in_force_a


def problem_of(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> str:
    """Return the problem of a load, "" for none."""
    if state.fault or not state.available:
        return state.fault
    draw_a = max((a for a in present_draw(load, state) if a is not None), default=0.0)
    need, exceeded_a = past.switched.need, ignored_a(past, now_s)
    if over_for_s(past, now_s) >= complain_s(past.response) and not past.switched.left_alone:
        code = "relays_ignore_limit" if state.counted else "ignores_limit"
        return message(code, draw_a=draw_a, set_a=past.setpoint_a)
    if exceeded_a is not None:
        return message("relays_ignored_limit" if state.counted else "ignored_limit", draw_a=exceeded_a)
    if state.verifies or not is_unresponsive(past, state, now_s):
        return "" if need is None else need.problem
    awaited_a = past.command.awaited_a
    if awaited_a is not None and not same(awaited_a, state.offer_a):
        if state.offer_a is None:
            return message("current_not_displayed", sent_a=awaited_a)
        return message("current_not_taken", shown_a=state.offer_a, sent_a=awaited_a)
    return message("on_not_taken" if past.command.awaited_on else "off_not_taken")


def is_out_of_hand(state: LoadState, past: LoadMemory) -> bool:
    """Return whether a load with a problem may draw more than it was given, so that its status is `fault`."""
    if state.fault:
        return True
    awaited_a, awaited_on = past.command.awaited_a, past.command.awaited_on
    more = awaited_a is not None and state.offer_a is not None and state.offer_a > awaited_a
    return past.timing.over_since_s is not None or more or (awaited_on is False and state.on is not False)


def aside(past: LoadMemory, share_a: float, now_s: float, is_switched: bool) -> str:
    """Return remarks that precede a load's reason, such as a boost or a manual limit; "" for none."""
    words, need = [], past.switched.need
    usage_cap_a = cap_in_force_a(past, now_s)
    if past.command.deferred_cut_a > share_a:
        words.append(f"stays at {plain(past.command.deferred_cut_a)} A until it may be written to again; ")
    if past.mode == Mode.BOOST:
        words.append("boosted; ")
    if need is not None and need.wants and need.reason:
        words.append(f"{need.reason}; ")
    if past.manual.limit_a is not None and share_a > 0:
        words.append(f"its user has set it to {plain(past.manual.limit_a)} A; ")
    if usage_cap_a is not None and share_a > 0:
        words.append(f"uses less than {plain(usage_cap_a)} A, the rest goes to others; ")
    if past.patience.pauses >= tuning.KNOWN_TIMES and not is_switched:
        words.append(f"paused {past.patience.pauses} times in this session; ")
    return "".join(words)
