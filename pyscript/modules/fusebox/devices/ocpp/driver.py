"""Driver of `ocpp`: a charge point behind Home Assistant's OCPP integration, limited by expiring charging profiles."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...model.attempts import NO_ATTEMPTS
from ...model.electrics import PerPhase
from ...model.load import Load
from ...model.messages.message import Message, message
from ...model.readings import View
from ...model.snapshot import LoadState, Status, min_current_a
from ..chargers.status import WITHOUT_CAR, status_of
from ..driver import Answer, DeviceSession, Driver, no_calls, switch_state, until_unplugged
from .act import act
from .compliance import verified
from .configuration import with_answers
from .draw import Measured, age_when_suspended_s, measured
from .entities import charger_of, connector_of, counter, entity, reconnects_of, watched
from .memory import Deviation, Limit, OcppMemory
from .observation import QUIET, doubtful_since_s, in_force_a, on_offer, phases_are_open, with_phases
from .profiles import GENERIC, NONE, VENDORS, ProfileForm, quirks_of
from .recovery import is_given_up, is_session_ended_by_us, was_reset, with_pauses, with_session
from .step import Step, step_of


def unreachable(load: Load, view: View) -> Message:
    """Return why nothing is known of a charge point."""
    if entity(load, "status", view) is None:
        return message("ocpp_connector_unknown", connector=connector_of(load), charger=charger_of(load))
    if load.failsafe_a > 0:
        return message("ocpp_unreachable_lowers", failsafe_a=load.failsafe_a)
    return message("ocpp_unreachable_pauses")


def hint(load: Load, form: ProfileForm, memory: OcppMemory) -> str:
    """Return what a person should know of how limits are sent to this charge point; "" for nothing."""
    vendor = load.device.get("vendor")
    if isinstance(vendor, str) and vendor != GENERIC and quirks_of(vendor, None, None) is NONE:
        return message("ocpp_vendor_unknown", vendor=vendor, vendors=", ".join([*VENDORS, GENERIC]))
    if form.kind == "endless":
        return message("ocpp_no_ending_limit")
    if memory.compliance.tried.kind_changes:
        return message("ocpp_limits_end_early")
    if not form.is_alone:
        return ""
    if load.failsafe_a > 0:
        return message("ocpp_one_profile_lowers", failsafe_a=load.failsafe_a)
    return message("ocpp_one_profile_pauses")


DRAWS_MORE = ("ocpp_draws_more", "ocpp_draws_more_when_cleared", "ocpp_draws_more_when_reset")
OFFERS_MORE = ("ocpp_offers_more", "ocpp_offers_more_when_cleared", "ocpp_offers_more_when_reset")
"""Message codes by what was tried last: nothing, clearing its profiles, resetting it."""


def fault(seen: Step, memory: OcppMemory, has_button: bool) -> str:
    """Return what a person has to do something about, "" for nothing."""
    limit, recovery, now_s = memory.commanded, memory.recovery, seen.now_s
    if memory.is_outdated:
        return message("ocpp_integration_too_old")
    given_up = is_given_up(memory, has_button, now_s)
    if limit is not None and (given_up or _goes_on(seen, memory, limit)):
        draw_a, shown_a = seen.draw_a, seen.offered.current_a
        tried = 0 if not given_up else 2 if recovery.presses else int(recovery.clears > 0)
        if draw_a > tuning.DRAWS_A or shown_a is None:
            return message(DRAWS_MORE[tried], draw_a=draw_a, sent_a=limit.current_a)
        return message(OFFERS_MORE[tried], shown_a=shown_a, sent_a=limit.current_a)
    if is_session_ended_by_us(seen.state, memory):
        return message("ocpp_session_ended")
    if memory.starts.times > tuning.UNRESPONSIVE_TIMES:
        return message("ocpp_does_not_start", starts=memory.starts.times)
    return ""


def _goes_on(seen: Step, memory: OcppMemory, limit: Limit) -> bool:
    """Whether the charger keeps drawing or offering more than its limit.

    No answer shows that: a charger that rejects every profile looks like one that accepts them. One ignored limit is
    enough for a charger that has never followed limits; its unit may still have to be found out.
    """
    past, evidence = memory.compliance, memory.compliance.evidence
    is_trying_units = past.tried.unit_changes == 0 and seen.unit_is_open
    more_a = max(seen.draw_a, 0.0 if evidence.offer_is_mute else seen.offered.current_a or 0.0)
    ignores = past.deviation is Deviation.OVER and past.deviates_since_s is not None
    tried_both = past.tried.unit_changes > 0 and not seen.unit_is_open and not evidence.follows_two
    often = tried_both or past.unfollowed > (1 if evidence.follows_two else 0)
    return ignores and often and more_a > limit.current_a + tuning.TOLERANCE_A and not is_trying_units


NOTHING = Measured(PerPhase(0.0, 0.0, 0.0))
"""The draw when no car is connected."""

RUNNING = frozenset({Status.CHARGING, Status.SUSPENDED_CAR, Status.PAUSED})
"""A session is on."""


def read(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return the charge point's state.

    It has no switch for pausing: ending a session is more than that, 0 A pauses it.
    """
    status, whole = entity(load, "status", view), entity(load, "charger_status", view)
    word = None if status is None else view.word(status)
    seen = status_of(word)
    if word is None and whole is not None and status_of(view.word(whole)) is Status.FAULT:
        seen = Status.FAULT
    # The last measured value may stay for a quarter of an hour after the car has left.
    drawn = NOTHING if seen is Status.UNPLUGGED else measured(load, view, voltage_v)
    is_suspended = seen in (Status.PAUSED, Status.SUSPENDED_CAR)
    age_s = age_when_suspended_s(view, status, drawn.age_s) if is_suspended else drawn.age_s
    switch, most = entity(load, "switch", view), entity(load, "current", view)
    on = None if switch is None else switch_state(view, switch)
    return LoadState(
        draw_a=drawn.draw_a,
        single_a=drawn.single_a,
        is_power=drawn.is_power,
        lines=drawn.lines,
        draw_age_s=age_s,
        # The switch follows the status, and lags behind a status that was restored.
        on=on if seen is Status.UNKNOWN else seen in RUNNING,
        status=seen,
        can_use_power=seen not in WITHOUT_CAR,
        available=status is not None and str(view.raw(status)).strip() != "unavailable",
        verifies=True,
        device_max_a=None if most is None else view.number(most),
    )


def observe(
    load: Load,
    view: View,
    state: LoadState,
    past: OcppMemory | None,
    answers: tuple[Answer, ...],
    voltage_v: float,
) -> tuple[LoadState, OcppMemory]:
    """Return the state with the current on offer, and the memory with what was observed and answered."""
    now_s = view.now_s
    memory = with_answers(past or OcppMemory(), answers)
    if _is_lost(load, view, memory):
        state = LOST
    memory = _reached(load, view, memory, state)
    if not state.available:
        far = replace(state, on=None, offer_a=in_force_a(load, memory, now_s), note=unreachable(load, view))
        return far, replace(memory, was_on=None)
    ended = memory.was_on is True and state.on is False
    begins = memory.was_on is False and state.on is True and now_s - memory.safe_sent_s >= tuning.LASTING_S
    memory = replace(
        memory,
        was_on=state.on,
        # Where no counter tells, a charge point that has restarted shows it by a session that begins anew.
        safe_form=None if begins else memory.safe_form,
        starts=memory.starts.confirmed() if state.status is Status.UNPLUGGED else memory.starts,
        phases=with_phases(state, memory, now_s),
        recovery=with_session(state, memory.recovery),
        car=with_pauses(state, memory, now_s),
    )
    is_restarting = ended and was_reset(memory.recovery, now_s)
    if is_restarting:
        state = replace(state, on=None)
    kinds = memory.compliance.tried.kind_changes
    memory = replace(memory, compliance=verified(step_of(load, view, state, memory, voltage_v), memory))
    seen = step_of(load, view, state, memory, voltage_v)
    memory = replace(memory, back_s=doubtful_since_s(seen, memory))
    source, offer_a = on_offer(seen, memory)
    has_changed = memory.compliance.tried.kind_changes != kinds or source != (memory.offer_source or source)
    if is_restarting or has_changed:
        # What is known otherwise now, or has just ended early, is nobody's doing.
        offer_a = None
    memory = replace(memory, offer_source=source)
    state = _with_most(seen, replace(state, offer_a=offer_a), memory)
    idle_reason = message("ocpp_no_session") if is_session_ended_by_us(state, memory) else ""
    has_button = entity(load, "reset", view) is not None
    return replace(state, fault=fault(seen, memory, has_button), idle_reason=idle_reason), memory


def _with_most(seen: Step, state: LoadState, memory: OcppMemory) -> LoadState:
    """Return the state with the highest current that the charger accepts, and with notes."""
    words = ""
    most_a = [a for a in (state.device_max_a, memory.compliance.evidence.own_limit_a) if a is not None]
    if phases_are_open(seen, memory):
        most_a.append(min_current_a(seen.load, state))
        words = message("ocpp_phases_unmeasured")
    fixed = None
    if seen.load.switching is not None and seen.form.unit != "W" and not memory.configuration.switches:
        fixed = message("phases_not_switchable")
    return replace(
        state,
        device_max_a=min(most_a, default=None),
        note=words,
        lines_fixed=fixed,
        hint=hint(seen.load, seen.form, memory),
    )


def reset(load: Load, view: View, state: LoadState, past: OcppMemory | None) -> OcppMemory:
    """Return the memory of a charger whose profiles a person wants cleared, or whose reset button has to be pressed."""
    memory = past or OcppMemory()
    if not state.available:
        raise ValueError(f"'{load.name}' cannot be reached now; switch it off and on by its own fuse")
    button = entity(load, "reset", view)
    if state.status in QUIET and (button is None or str(view.raw(button)).strip() == "unavailable"):
        raise ValueError(f"'{load.name}' reports {state.status}, and has no reset button that could be pressed")
    return replace(memory, recovery=replace(memory.recovery, reset_requested=True))


LOST = LoadState(available=False)
"""State of a charge point that is not connected, whatever its entities still show."""


def _is_lost(load: Load, view: View, memory: OcppMemory) -> bool:
    """Whether the integration refused a call because the charge point is not connected, without a report since then.

    From 0.10 on the integration leaves its entities unchanged when a connection is lost.
    """
    status = entity(load, "status", view)
    seen = None if status is None else view.raw(status)
    if memory.lost_s is None or seen is None:
        return False
    return seen.last_reported.timestamp() <= memory.lost_s


def _reached(load: Load, view: View, memory: OcppMemory, state: LoadState) -> OcppMemory:
    """Return the memory with whether the charge point can be reached.

    On a reconnect, assume that it has rebooted: ask for its configuration, and send the safe profile and the limit
    again.
    """
    if not state.available:
        return replace(memory, is_away=True)
    before, count = memory.reconnects, reconnects_of(load, view)
    memory = replace(memory, reconnects=before if count is None else count)
    has_reconnected = None not in (before, count) and count != before
    if not memory.is_away and not has_reconnected:
        return memory
    return replace(
        memory,
        is_away=False,
        lost_s=None,
        commanded=None,
        safe_form=None,
        safe_failures=0,
        unanswered_s=None,
        starts=memory.starts.confirmed(),
        # A load that was unavailable has no offer to compare with; else a changed offer is not a user's change.
        offer_source=None if memory.is_away else memory.offer_source,
        back_s=None if memory.acknowledged is None else view.now_s,
        configuration=replace(memory.configuration, questions=NO_ATTEMPTS, awaited=""),
    )


OCPP = Driver(watched, read, no_calls, DeviceSession(observe, act, reset), until_unplugged, counter)
