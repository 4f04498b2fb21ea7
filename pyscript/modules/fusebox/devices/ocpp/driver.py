"""Driver of `ocpp`: a charge point behind Home Assistant's OCPP integration, limited by expiring charging profiles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ... import tuning
from ...model.durations import NEVER_S, NO_ATTEMPTS
from ...model.electrics import PerPhase
from ...model.load import Load
from ...model.messages.message import Message, message
from ...model.readings import View
from ...model.records import fast_replace
from ...model.snapshot import UNAVAILABLE, LoadState, Status, min_current_a
from ..chargers.status import WITHOUT_CAR, parse_status_word
from ..driver import Answer, Contact, DeviceSession, Driver, switch_state, until_unplugged
from .act import next_calls
from .compliance import update_compliance
from .configuration import record_answers
from .draw import draw_age_when_suspended_s, measure_draw
from .entities import (
    charger_name,
    connector_number,
    energy_counter_kwh,
    existing_entity,
    watched_entities,
)
from .memory import CarMemory, Deviation, OcppMemory, PhasesUsed, SentLimit
from .observation import (
    QUIET,
    current_on_offer,
    limit_in_force_a,
    may_all_go_to_one_phase,
    offer_doubtful_since_s,
    update_phases_sharing_limit,
)
from .profiles import GENERIC, NONE, VENDORS, ProfileForm, find_quirks
from .recovery import (
    is_given_up,
    resumable_stop_s,
    update_pauses,
    was_reset,
    with_resumable_stop,
)
from .step import Step, build_step


def unreachable_message(load: Load, view: View) -> Message:
    """Return why nothing is known of a charge point: its connector has no entities, or it cannot be reached.

    The latter says what the charger does by itself meanwhile.
    """
    if existing_entity(load, "status", view) is None:
        return message("ocpp_connector_unknown", connector=connector_number(load), charger=charger_name(load))
    if load.failsafe_a > 0:
        return message("ocpp_unreachable_lowers", failsafe_a=load.failsafe_a)
    return message("ocpp_unreachable_pauses")


def limit_hint(load: Load, form: ProfileForm, memory: OcppMemory) -> str:
    """Return the message of what the user should know about how limits are sent to this charger, "" for nothing."""
    vendor = load.device.get("vendor")
    if isinstance(vendor, str) and vendor != GENERIC and find_quirks(vendor, None, None) is NONE:
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


def charger_fault(step: Step, memory: OcppMemory, has_button: bool) -> str:
    """Return the message of what the user has to repair at this charger, "" for nothing.

    The first of: integration too old, limit exceeded that cannot be sent, limit not followed, session ended by us,
    session not starting.
    """
    limit, recovery, now_s = memory.commanded, memory.recovery, step.now_s
    if memory.is_outdated:
        return message("ocpp_integration_too_old")
    cannot_send = memory.failures >= tuning.NO_CHANCE_TIMES
    if limit is not None and cannot_send and step.draw_a > limit.current_a + tuning.TOLERANCE_A:
        return message("command_failed", service="ocpp.set_charge_rate", error=memory.failure)
    given_up = is_given_up(memory, has_button, now_s)
    if limit is not None and (given_up or _keeps_exceeding(step, memory, limit)):
        safe_a, is_under = step.load.failsafe_a, memory.compliance.deviation is Deviation.UNDER
        if is_under and memory.compliance.is_at_safe and limit.current_a > safe_a + tuning.TOLERANCE_A:
            return message("ocpp_stays_at_safe", failsafe_a=safe_a, sent_a=limit.current_a)
        draw_a, shown_a = step.draw_a, step.offered.current_a
        tried = 0 if not given_up else 2 if recovery.presses else int(recovery.clears > 0)
        if draw_a > tuning.DRAWS_A or shown_a is None:
            return message(DRAWS_MORE[tried], draw_a=draw_a, sent_a=limit.current_a)
        return message(OFFERS_MORE[tried], shown_a=shown_a, sent_a=limit.current_a)
    if step.state.status is Status.FULL and recovery.stopped_s > NEVER_S:
        # It waits for its cable, because its session was ended for drawing current at 0 A.
        return message("ocpp_session_ended")
    if memory.starts.times > tuning.UNRESPONSIVE_TIMES:
        return message("ocpp_does_not_start", starts=memory.starts.times)
    return ""


def _keeps_exceeding(step: Step, memory: OcppMemory, limit: SentLimit) -> bool:
    """Return whether the charger keeps drawing or offering more than its limit, after one or more ignored limits.

    No answer shows that: a charger that rejects every profile looks like one that accepts them. One ignored limit is
    enough for a charger that has never followed limits; its unit may still have to be found out.
    """
    past, evidence = memory.compliance, memory.compliance.evidence
    is_trying_units = past.tried.unit_changes == 0 and step.unit_is_open
    more_a = max(step.draw_a, 0.0 if evidence.offer_is_meaningless else step.offered.current_a or 0.0)
    ignores = past.deviation is Deviation.OVER and past.deviates_since_s is not None
    tried_both = past.tried.unit_changes > 0 and not step.unit_is_open and not evidence.follows_two
    often = tried_both or past.unfollowed > (1 if evidence.follows_two else 0)
    return ignores and often and more_a > limit.current_a + tuning.TOLERANCE_A and not is_trying_units


DRAWS_NOTHING: Mapping[str, Any] = {"draw_a": PerPhase(0.0, 0.0, 0.0)}
"""The draw when no car is connected."""

RUNNING = frozenset({Status.CHARGING, Status.SUSPENDED_CAR, Status.PAUSED})
"""A session is on."""


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return the charge point's state: available unless its status is missing or unavailable; no draw without a car.

    Whether it is on follows its status; its switch counts only while that is unknown. It has no switch for pausing:
    ending a session is more than that, 0 A pauses it.
    """
    status, whole = existing_entity(load, "status", view), existing_entity(load, "charger_status", view)
    word = view.word(status)
    reported = parse_status_word(word)
    if word is None and parse_status_word(view.word(whole)) is Status.FAULT:
        reported = Status.FAULT
    # The last measured value may stay for a quarter of an hour after the car has left.
    drawn = measure_draw(load, view, voltage_v) if reported is not Status.UNPLUGGED else DRAWS_NOTHING
    if reported in (Status.PAUSED, Status.SUSPENDED_CAR):
        drawn = {**drawn, "draw_age_s": draw_age_when_suspended_s(view, status, drawn.get("draw_age_s", 0.0))}
    on = switch_state(view, existing_entity(load, "switch", view))
    return LoadState(
        **drawn,
        # The switch follows the status, and lags behind a status that was restored.
        on=on if reported is Status.UNKNOWN else reported in RUNNING,
        status=reported,
        can_use_power=reported not in WITHOUT_CAR,
        available=status is not None and str(view.raw(status)).strip() != "unavailable",
        verifies=True,
        device_max_a=view.number(existing_entity(load, "current", view)),
    )


def observe_charger(contact: Contact, memory: OcppMemory, answers: tuple[Answer, ...]) -> tuple[LoadState, OcppMemory]:
    """Return the state with the current on offer and its faults, and the memory with what was observed and answered.

    A charger that cannot be reached keeps the limit that it accepted. An offer changed by new knowledge or a restart is
    unknown for one step, as it is not a user's change.
    """
    load, view, state, now_s = contact.load, contact.view, contact.state, contact.view.now_s
    memory = record_answers(memory, answers)
    if _is_lost(load, view, memory):
        state = UNAVAILABLE  # whatever its entities still show
    memory = _update_reachability(load, view, memory, state)
    if not state.available:
        offer_a, note = limit_in_force_a(load, memory, now_s), unreachable_message(load, view)
        far = fast_replace(state, on=None, offer_a=offer_a, note=note)
        return far, fast_replace(memory, was_on=None)
    ended = memory.was_on is True and state.on is False
    begins = memory.was_on is False and state.on is True and now_s - memory.safe_sent_s >= tuning.LASTING_S
    memory = fast_replace(
        memory,
        was_on=state.on,
        # Without a counter of restarts, a session that starts again is the sign of a restarted charge point.
        safe_form=None if begins else memory.safe_form,
        phases=update_phases_sharing_limit(state, memory, now_s),
        car=update_pauses(state, memory, now_s),
    )
    if state.status is Status.UNPLUGGED:
        # A measure of the recovery that is under way goes on.
        recovery = fast_replace(memory.recovery, clears=0, presses=0, stopped_s=NEVER_S)
        known = {"starts": memory.starts.after_confirmation(), "phases": PhasesUsed(), "car": CarMemory()}
        memory = fast_replace(memory, recovery=recovery, **known)
    is_restarting = ended and was_reset(memory.recovery, now_s)
    if is_restarting:
        state = fast_replace(state, on=None)
    kinds, contact = memory.compliance.tried.kind_changes, replace(contact, state=state)
    memory = fast_replace(memory, compliance=update_compliance(build_step(contact, memory), memory))
    step = build_step(contact, memory)
    memory = fast_replace(memory, back_s=offer_doubtful_since_s(step, memory))
    source, offer_a = current_on_offer(step, memory)
    has_changed = memory.compliance.tried.kind_changes != kinds or source != (memory.offer_source or source)
    if is_restarting or has_changed:
        # New knowledge of its limits, or a restart, is not a user's change.
        offer_a = None
    memory = fast_replace(memory, offer_source=source)
    state = _with_highest_current(step, fast_replace(state, offer_a=offer_a), memory)
    idle_reason = message("ocpp_no_session") if state.status is Status.FULL else ""
    has_button = existing_entity(load, "reset", view) is not None
    return fast_replace(state, fault=charger_fault(step, memory, has_button), idle_reason=idle_reason), memory


def _with_highest_current(step: Step, state: LoadState, memory: OcppMemory) -> LoadState:
    """Return the state with the highest current to send, the notes for the user, and why the phases are fixed.

    The current is the lowest of the charger's own limits, and its minimum while all of it may go to one phase; None if
    none of these is known.
    """
    words = ""
    most_a = [a for a in (state.device_max_a, memory.compliance.evidence.own_limit_a) if a is not None]
    if may_all_go_to_one_phase(step, memory):
        most_a.append(min_current_a(step.load, state))
        words = message("ocpp_phases_unmeasured")
    fixed = None
    if step.load.switching is not None and step.form.unit != "W" and not memory.configuration.switches:
        fixed = message("phases_not_switchable")
    hint, highest_a = limit_hint(step.load, step.form, memory), min(most_a, default=None)
    return fast_replace(state, device_max_a=highest_a, note=words, phases_fixed_reason=fixed, hint=hint)


def request_reset(contact: Contact, memory: OcppMemory) -> OcppMemory:
    """Return the memory with a requested reset: the charger's profiles are cleared, or its reset button is pressed.

    ValueError with a message for the caller if it is unavailable, or has a fault or has finished and no button to
    press.
    """
    load, view, state = contact.load, contact.view, contact.state
    if not state.available:
        raise ValueError(message("reset_without_charger", load=load.name))
    button = existing_entity(load, "reset", view)
    if state.status in QUIET and (button is None or str(view.raw(button)).strip() == "unavailable"):
        raise ValueError(message("reset_without_button", load=load.name, status=str(state.status)))
    return fast_replace(memory, recovery=fast_replace(memory.recovery, reset_requested=True))


def _is_lost(load: Load, view: View, memory: OcppMemory) -> bool:
    """Return whether the integration refused a call because the charge point is away, and has reported nothing since.

    From 0.10 on the integration leaves its entities unchanged when a connection is lost. False without a status entity.
    """
    status = existing_entity(load, "status", view)
    return memory.lost_s is not None and status is not None and view.reported_s(status) <= memory.lost_s


def _update_reachability(load: Load, view: View, memory: OcppMemory, state: LoadState) -> OcppMemory:
    """Return the memory with whether the charge point can be reached.

    On a reconnect it is assumed to have rebooted: what was sent is forgotten, so that its settings are requested, and
    the safe profile and the limit are sent again.
    """
    if not state.available:
        return fast_replace(memory, is_away=True)
    before, count = memory.reconnects, view.number(existing_entity(load, "reconnects", view))
    memory = fast_replace(memory, reconnects=before if count is None else count)
    has_reconnected = None not in (before, count) and count != before
    if not memory.is_away and not has_reconnected:
        return memory
    return fast_replace(
        memory,
        is_away=False,
        lost_s=None,
        commanded=None,
        safe_form=None,
        safe_failures=0,
        unanswered_s=None,
        starts=memory.starts.after_confirmation(),
        # A load that was unavailable has no offer to compare with; else a changed offer is not a user's change.
        offer_source=None if memory.is_away else memory.offer_source,
        back_s=None if memory.acknowledged is None else view.now_s,
        configuration=fast_replace(memory.configuration, questions=NO_ATTEMPTS, awaited=""),
    )


SESSION = DeviceSession(
    OcppMemory, observe_charger, next_calls, request_reset, stopped_s=resumable_stop_s, with_stop=with_resumable_stop
)
OCPP = Driver(watched_entities, read_state, session=SESSION, boosted=until_unplugged, counter=energy_counter_kwh)
