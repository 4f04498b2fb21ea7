"""Faults of a load that was sent a command repeatedly and does not follow, with advice for the user."""

from __future__ import annotations

from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.messages.message import message
from ...model.snapshot import LoadState
from ..estimators.acknowledgement import is_same_current, is_unresponsive, report_ignoring_after_s
from ..estimators.compliance import exceeding_for_s, non_compliant_draw_a
from ..estimators.draws import present_draw


def load_problem(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> str:
    """Return the most serious problem of a load, "" for none; of an unavailable load only its device's own fault.

    That fault, then an ignored limit, then commands that its device does not display, then a problem of its need. A
    device that verifies its commands itself has no third.
    """
    if state.fault or not state.available:
        return state.fault
    draw_a = max((a for a in present_draw(load, state) if a is not None), default=0.0)
    need, exceeded_a = past.switched.need, non_compliant_draw_a(past, now_s)
    if exceeding_for_s(past, now_s) >= report_ignoring_after_s(past.response) and not past.switched.left_alone:
        code = "relays_ignore_limit" if state.counted else "ignores_limit"
        return message(code, **load.in_own_unit(draw_a=draw_a, set_a=past.setpoint_a))
    if exceeded_a is not None:
        code = "relays_ignored_limit" if state.counted else "ignored_limit"
        return message(code, **load.in_own_unit(draw_a=exceeded_a))
    if state.verifies or not is_unresponsive(past, state, now_s):
        return "" if need is None else need.problem
    awaited_a = past.command.awaited_a
    if awaited_a is not None and not is_same_current(awaited_a, state.offer_a):
        if state.offer_a is None:
            return message("current_not_displayed", sent_a=awaited_a)
        if load.can.in_watts:
            return message("power_not_taken", shown_w=load.watts_of(state.offer_a), sent_w=load.watts_of(awaited_a))
        return message("current_not_taken", shown_a=state.offer_a, sent_a=awaited_a)
    return message("on_not_taken" if past.command.awaited_on else "off_not_taken")


def may_exceed_allowance(state: LoadState, past: LoadMemory) -> bool:
    """Return whether a load with a problem may draw more than it was given, so that its status is `fault`."""
    if state.fault:
        return True
    awaited_a, awaited_on = past.command.awaited_a, past.command.awaited_on
    more = awaited_a is not None and state.offer_a is not None and state.offer_a > awaited_a
    return past.timing.over_since_s is not None or more or (awaited_on is False and state.on is not False)
