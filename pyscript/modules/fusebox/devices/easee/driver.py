"""Driver of `easee`: a charger behind Easee's cloud. Its circuit gets a limit that is renewed before it expires.

A charger that ignores 0 A is paused.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace

from ... import tuning
from ...config.presets import PRESETS
from ...model.durations import MINUTES_AN_HOUR, NEVER_S, has_passed
from ...model.electrics import DUST, MIN_CHARGE_A, PerPhase, amps
from ...model.load import Load
from ...model.messages.message import message
from ...model.readings import View
from ...model.snapshot import LoadState, Status
from ..chargers.status import WITHOUT_CAR, parse_status_word
from ..driver import (
    Aim,
    Answer,
    Calls,
    Contact,
    DeviceSession,
    Driver,
    ServiceCall,
    configured_counter_kwh,
    until_unplugged,
)
from .states import REASONS, charger_serial, link_entity


@dataclass(frozen=True, slots=True)
class EaseeMemory:
    """What was sent to an Easee charger, and when; times are in seconds since 1970."""

    amps: int | None = None
    """The limit last sent [A], None before the first."""
    sent_s: float = NEVER_S
    """When the limit was last sent."""
    since_s: float = NEVER_S
    """Since when it is that limit."""
    lasts_s: float = 0.0
    """How long the limit last sent is valid [s]."""
    failed_s: float = NEVER_S
    """When the cloud last rejected a limit."""
    paused_s: float = NEVER_S
    """When it was paused beyond its limit, never while it is not."""
    requested_s: float = NEVER_S
    """When a pause, its end or a restart was last requested."""
    restart_s: float = NEVER_S
    """When a person requested a restart, never once it has worked."""


def next_calls(contact: Contact, memory: EaseeMemory, aim: Aim) -> tuple[Calls, EaseeMemory]:
    """Return the calls of this step, in order, and the memory that records them; none while unavailable.

    A requested restart is the only call of its step; one that failed is sent again after `RETRY_S`, for `LASTING_S` at
    most, but not once the charger was unavailable: it may have restarted.
    """
    if not contact.state.available:
        return (), replace(memory, restart_s=NEVER_S)
    now_s = contact.view.now_s
    is_due = has_passed(tuning.SILENT_S, memory.requested_s, now_s)
    if is_due and not has_passed(tuning.LASTING_S, memory.restart_s, now_s):
        return (_link_call(contact.load, "restart"),), replace(memory, requested_s=now_s)
    limit, memory = _limit_if_due(contact, memory, aim)
    pause, memory = _pause_or_resume(contact, memory, aim)
    return limit + pause, memory


def _limit_if_due(contact: Contact, memory: EaseeMemory, aim: Aim) -> tuple[Calls, EaseeMemory]:
    """Return the call that sets or renews the limit, if one is due, and the memory that records it.

    Due are a commanded current, rounded down to whole amps, another limit than the last, and a renewal when half of its
    time is over or a call has failed.
    """
    load, state, now_s = contact.load, contact.state, contact.view.now_s
    minutes = _limit_duration_min(load, state)
    commanded_a = None if aim.command is None else aim.command.current_a
    wanted = _limit_to_renew_a(state, aim, memory) if commanded_a is None else math.floor(commanded_a + DUST)
    if commanded_a is None and wanted == memory.amps and not _is_renewal_due(memory, minutes, now_s):
        return (), memory
    # Readings leave a renewal no request where an account has many chargers, and a limit that ends stops the car.
    urgent = aim.command is None or commanded_a is None or aim.command.urgent
    phase_count = len(load.phases) if aim.commanded_phase_count is None else aim.commanded_phase_count
    call = _link_call(load, "limit", amps=wanted, phases=phase_count, minutes=minutes, urgent=urgent)
    since_s = memory.since_s if memory.amps == wanted else now_s
    return (call,), replace(memory, amps=wanted, sent_s=now_s, since_s=since_s, lasts_s=60.0 * minutes)


def _limit_to_renew_a(state: LoadState, aim: Aim, memory: EaseeMemory) -> int:
    """Return the limit for a renewal [A]: the last one; at first the setpoint, or the minimum for an arriving car.

    During a fault the limit is at most the minimum charging current, because no decision is made then.
    """
    if memory.amps is None:
        return math.floor(aim.setpoint_a + DUST) if state.can_use_power else int(MIN_CHARGE_A)
    return min(memory.amps, int(MIN_CHARGE_A)) if state.status is Status.FAULT else memory.amps


def _is_renewal_due(memory: EaseeMemory, minutes: int, now_s: float) -> bool:
    """Return whether the limit is to be sent again: it has half expired, failed some time ago, or lasts too long."""
    if memory.lasts_s > 60.0 * minutes:
        return True
    if memory.failed_s >= memory.sent_s:
        return not 0 <= now_s - memory.failed_s < tuning.RETRY_S
    return not 0 <= now_s - memory.sent_s < memory.lasts_s / 2


def _limit_duration_min(load: Load, state: LoadState) -> int:
    """Return after how many minutes a limit expires; an hour at least while no car can charge."""
    own = int(load.number("ttl_min"))
    return own if state.can_use_power else max(own, MINUTES_AN_HOUR)


def _pause_or_resume(contact: Contact, memory: EaseeMemory, aim: Aim) -> tuple[Calls, EaseeMemory]:
    """Return the call that pauses a charger which ignores 0 A, or resumes it once it may charge; and the memory.

    It is paused after `LASTING_S`, sooner over a fuse, and requested again after `SILENT_S`, or `RETRY_S` where that
    failed. Only a pause sent from here is resumed; it ends when the charger charges or has no car.
    """
    load, state, now_s = contact.load, contact.state, contact.view.now_s
    draw_a = state.draw_a.highest or 0.0
    waits = not has_passed(tuning.SILENT_S, memory.requested_s, now_s)
    if aim.setpoint_a <= 0:
        ignores_s = tuning.FOLLOW_LATEST_S if aim.over_fuse else tuning.LASTING_S
        ignores = memory.amps == 0 and now_s - memory.since_s >= ignores_s and draw_a > tuning.DRAWS_A
        if not ignores or waits:
            return (), memory
        return (_link_call(load, "pause"),), replace(memory, paused_s=now_s, requested_s=now_s)
    if memory.paused_s == NEVER_S:
        return (), memory
    is_early = now_s - state.draw_age_s < memory.paused_s + tuning.SLOWEST_S  # the pause may not have arrived yet
    if (state.status is Status.CHARGING and not is_early) or not state.can_use_power:
        return (), replace(memory, paused_s=NEVER_S)
    if waits and memory.requested_s != memory.paused_s:
        return (), memory
    return (_link_call(load, "resume"),), replace(memory, requested_s=now_s)


def _link_call(load: Load, service: str, *, urgent: bool = True, **data: object) -> ServiceCall:
    """Return the call of a service of Easee's link for this charger.

    One that is not `urgent` is refused while readings leave it no request.
    """
    return ServiceCall("easee", service, {"charger": load.device["charger"], "urgent": urgent, **data})


def watched_entities(load: Load) -> tuple[str, ...]:
    """Return the entity to watch: the link's own state of the charger."""
    return (link_entity(charger_serial(load)),)


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return the charger's state as its cloud link reports it; its current can be set in whole amps.

    Not available if the link never reported it (then nothing else is known), is silent, or has lost the charger: then
    its draw is unknown and counts as house load.
    """
    entity = link_entity(charger_serial(load))
    word, age_s = view.word(entity), max(view.now_s - view.reported_s(entity), 0.0)
    if word is None:
        return LoadState(available=False, note=message("easee_never_reported"))
    far, status = _outdated_message(view, entity, word, age_s), parse_status_word(word, PRESETS["easee"].words)
    most = [view.attribute_number(entity, name) for name in ("installed_a", "circuit_most_a")]
    return LoadState(
        draw_a=PerPhase() if far else _drawn_currents(load, view, entity, voltage_v),
        draw_age_s=age_s,
        unanswered_a=_out_of_reach_a(load, view, entity) if far else 0.0,
        offer_a=view.attribute_number(entity, "offered_a"),
        status=status,
        can_use_power=status not in WITHOUT_CAR,
        available=not far,
        device_max_a=min((a for a in most if a is not None and a >= MIN_CHARGE_A), default=None),
        device_step_a=1.0,
        note=far or _waiting_message(view, entity, word),
    )


def observe_answers(contact: Contact, memory: EaseeMemory, answers: Iterable[Answer]) -> tuple[LoadState, EaseeMemory]:
    """Return the state unchanged, and the memory with failed calls, which are sent again soon.

    A restart that worked is over.
    """
    for answer in answers:
        if answer.error and answer.call.service == "limit":
            memory = replace(memory, failed_s=contact.view.now_s, sent_s=answer.made_s)
        elif answer.error:
            # As if requested so long ago that it is due after `RETRY_S`.
            memory = replace(memory, requested_s=answer.made_s + tuning.RETRY_S - tuning.SILENT_S)
        elif answer.call.service == "restart":
            memory = replace(memory, restart_s=NEVER_S, requested_s=NEVER_S)
    return contact.state, memory


def request_restart(contact: Contact, memory: EaseeMemory) -> EaseeMemory:
    """Return a new memory that requests a restart and nothing else; ValueError for a charger that cannot be reached."""
    if not contact.state.available:
        raise ValueError(message("reset_without_cloud", load=contact.load.name))
    return EaseeMemory(restart_s=contact.view.now_s)


def _outdated_message(view: View, entity: str, word: str, age_s: float) -> str:
    """Return the message why the charger's state may be outdated, "" while it is current.

    Reasons: the cloud is silent, the charger is offline, or it has not shown a sign of life for `FORGET_S`.
    """
    if age_s > tuning.SILENT_S:
        return message("easee_silent", silent_min=tuning.SILENT_S / 60)
    pulse_s = view.attribute_number(entity, "pulse_s")
    if word == "offline":
        return message("easee_offline")
    if pulse_s is not None and view.now_s - pulse_s > tuning.FORGET_S:
        return message("easee_no_pulse", silent_min=tuning.FORGET_S / 60)
    return ""


def _out_of_reach_a(load: Load, view: View, entity: str) -> float:
    """Return the most that a charger may draw on a phase while it is out of reach [A]: its offline limit.

    Until the limit sent last has ended, that one too if it is higher. Its maximum if the offline limit is unknown.
    A car may come meanwhile, so its status says nothing.
    """
    offline_a, offered_a = (view.attribute_number(entity, name) for name in ("offline_a", "offered_a"))
    pulse_s = view.attribute_number(entity, "pulse_s")
    lasts = pulse_s is None or view.now_s - pulse_s <= 60.0 * load.number("ttl_min")
    most_a = load.max_a if offline_a is None else offline_a
    return max(most_a, min(offered_a or 0.0, load.max_a)) if lasts else most_a


def _drawn_currents(load: Load, view: View, entity: str, voltage_v: float) -> PerPhase:
    """Return the draw of each phase [A]; without a value for each of three phases, the highest one on each phase.

    The charger's own phases are wired to the load's `phases` in their order. A charger on one phase reports it on any
    one of its three conductors. Without currents its power is shared by the phases; None without that.
    """
    found = [view.attribute_number(entity, f"l{phase}_a") for phase in (1, 2, 3)]
    if len(load.phases) == 3 and None not in found:
        return PerPhase.of(dict(zip(load.phases, found, strict=True)))
    known_a = [a for a in found if a is not None]
    if known_a:
        return PerPhase.each(load.phases, max(known_a))
    power_kw = view.attribute_number(entity, "power_kw")
    return PerPhase.each(load.phases, None if power_kw is None else amps(power_kw * 1000, voltage_v, len(load.phases)))


def _waiting_message(view: View, status_entity: str, status: str) -> str:
    """Return the message what a charger with a car waits for, "" for nothing or an unknown reason.

    `status`: the cloud's word. The reason is an attribute of its entity.
    """
    if status == "awaiting_authorization":
        return message("easee_waits_for_authorisation")
    reason = view.attribute_number(status_entity, "reason")
    code = REASONS.get(int(reason)) if status == "awaiting_start" and reason is not None else None
    return "" if code is None else message(code)


def lifetime_energy_kwh(load: Load, view: View) -> float | None:
    """Return the energy charged in its lifetime [kWh], by CONFIG's counter or else by the cloud; None if unknown."""
    if load.device.get("energy") is not None:
        return configured_counter_kwh(load, view)
    return view.attribute_number(link_entity(charger_serial(load)), "energy_kwh")


SESSION = DeviceSession(
    EaseeMemory,
    observe_answers,
    next_calls,
    request_restart,
    stopped_s=lambda memory: memory.paused_s,
    with_stop=lambda memory, paused_s: replace(memory, paused_s=paused_s),
)
EASEE = Driver(watched_entities, read_state, session=SESSION, boosted=until_unplugged, counter=lifetime_energy_kwh)
