"""What is wrong with a load that was told, and told again, and does otherwise, and what a person can do about it."""

from __future__ import annotations

from ... import tuning
from ...model.electrics import plain
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from ...model.snapshot import LoadState
from ..estimators.acknowledgement import complain_s, is_unresponsive, same
from ..estimators.compliance import ignored_a, over_for_s
from ..estimators.draws import present_draw
from ..estimators.usage_cap import cap_in_force_a

RESTART = "restart the device, and check that nothing else controls it"
RELAYS = "check that its relays are reachable, and that nothing else switches them"
ONLINE = "check that the device is online, and that nothing else controls it"


def problem_of(load: Load, state: LoadState, past: LoadMemory, now_s: float) -> str:
    """The problem in a sentence, "" while there is none."""
    if state.fault or not state.available:
        return state.fault
    remedy = RELAYS if state.counted else RESTART
    draw_a = max((a for a in present_draw(load, state) if a is not None), default=0.0)
    need, exceeded_a = past.switched.need, ignored_a(past, now_s)
    if over_for_s(past, now_s) >= complain_s(past.response) and not past.switched.left_alone:
        return f"does not follow: draws {draw_a:.1f} A, was set to {past.setpoint_a:.1f} A; {remedy}"
    if exceeded_a is not None:
        return f"did not follow: drew {exceeded_a:.1f} A, more than it was set to; {remedy}"
    if state.verifies or not is_unresponsive(past, state, now_s):
        return "" if need is None else need.problem
    awaited_a = past.command.awaited_a
    if awaited_a is not None and not same(awaited_a, state.offer_a):
        shows = "nothing" if state.offer_a is None else f"{plain(state.offer_a)} A"
        return f"does not take its current: shows {shows}, was told {plain(awaited_a)} A; {ONLINE}"
    return f"does not take its switch: was told {'on' if past.command.awaited_on else 'off'}; {ONLINE}"


def is_out_of_hand(state: LoadState, past: LoadMemory) -> bool:
    """Whether a load with a problem may draw more than it was given: then its status is a fault."""
    if state.fault:
        return True
    awaited_a, awaited_on = past.command.awaited_a, past.command.awaited_on
    more = awaited_a is not None and state.offer_a is not None and state.offer_a > awaited_a
    return past.timing.over_since_s is not None or more or (awaited_on is False and state.on is not False)


def aside(past: LoadMemory, share_a: float, now_s: float, is_switched: bool) -> str:
    """What else there is to know of a load, to be said before its reason; "" when there is nothing."""
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
