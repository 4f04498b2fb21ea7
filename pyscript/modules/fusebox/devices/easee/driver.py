"""Driver of `easee`: a charger behind Easee's cloud. Its circuit gets a limit that expires by itself; 0 A pauses it."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...config.presets.hacs_rows import EASEE_WORDS
from ...model.electrics import MIN_CHARGE_A, PerPhase, amps
from ...model.load import Load
from ...model.messages.message import message
from ...model.readings import View
from ...model.snapshot import LoadState
from ..chargers.status import WITHOUT_CAR, parse_status_word
from ..counter import configured_counter_kwh
from ..driver import Answer, DeviceSession, Driver, no_calls, until_unplugged
from .act import EaseeMemory, next_calls
from .states import REASONS, charger_serial, link_entity


def watched_entities(load: Load) -> tuple[str, ...]:
    """Return the entity to watch: the link's own state of the charger."""
    return (link_entity(charger_serial(load)),)


def read_state(load: Load, view: View, voltage_v: float) -> LoadState:
    """Return the charger's state from the cloud; unavailable where that never reported, is silent or has lost it.

    Then its draw is unknown and counts as house load. Currents are in whole amps.
    """
    entity = link_entity(charger_serial(load))
    raw, word = view.raw(entity), view.word(entity)
    if raw is None or word is None:
        return LoadState(available=False, note=message("easee_never_reported"))
    age_s = max(view.now_s - raw.last_reported.timestamp(), 0.0)
    far, status = _outdated_message(view, entity, word, age_s), parse_status_word(word, EASEE_WORDS)
    most = [view.attribute_number(entity, name) for name in ("installed_a", "circuit_most_a")]
    return LoadState(
        draw_a=PerPhase() if far else _drawn_currents(load, view, entity, voltage_v),
        draw_age_s=age_s,
        offer_a=view.attribute_number(entity, "offered_a"),
        status=status,
        can_use_power=status not in WITHOUT_CAR,
        available=not far,
        device_max_a=min((a for a in most if a is not None and a >= MIN_CHARGE_A), default=None),
        device_step_a=1.0,
        note=far or _waiting_message(view, entity, word),
    )


def observe_answers(
    load: Load, view: View, state: LoadState, past: EaseeMemory | None, answers: tuple[Answer, ...], voltage_v: float
) -> tuple[LoadState, EaseeMemory]:
    """Return the state unchanged, and the memory with failed calls: a limit that was rejected is not in force."""
    memory = past or EaseeMemory()
    for answer in answers:
        if answer.error and answer.call.service == "limit":
            memory = replace(memory, failed_s=view.now_s, told_s=answer.made_s)
    return state, memory


def request_restart(load: Load, view: View, state: LoadState, past: EaseeMemory | None) -> EaseeMemory:
    """Return a memory that requests a restart. ValueError for a charger that cannot be reached."""
    if not state.available:
        raise ValueError(message("reset_without_cloud", load=load.name))
    return EaseeMemory(restart=True)


def _outdated_message(view: View, entity: str, word: str, age_s: float) -> str:
    """Return the message why the charger's state may be outdated, "" while it is current."""
    if age_s > tuning.SILENT_S:
        return message("easee_silent", silent_min=tuning.SILENT_S / 60)
    pulse_s = view.attribute_number(entity, "pulse_s")
    if word == "offline":
        return message("easee_offline")
    if pulse_s is not None and view.now_s - pulse_s > tuning.FORGET_S:
        return message("easee_no_pulse", silent_min=tuning.FORGET_S / 60)
    return ""


def _drawn_currents(load: Load, view: View, entity: str, voltage_v: float) -> PerPhase:
    """Return the draw of each phase [A]; without a value for each of three phases, the highest one on each phase.

    A charger on one phase reports it on any one of its three conductors. Without currents its power is shared by the
    phases; None without that.
    """
    found = [view.attribute_number(entity, f"l{phase}_a") for phase in (1, 2, 3)]
    if len(load.phases) == 3 and None not in found:
        return PerPhase(*found)
    told = [a for a in found if a is not None]
    if told:
        return PerPhase.each(load.phases, max(told))
    power_kw = view.attribute_number(entity, "power_kw")
    return PerPhase.each(load.phases, None if power_kw is None else amps(power_kw * 1000, voltage_v, len(load.phases)))


def _waiting_message(view: View, entity: str, word: str) -> str:
    """Return the message what a charger with a car waits for, "" for nothing."""
    if word == "awaiting_authorization":
        return message("easee_waits_for_authorisation")
    reason = view.attribute_number(entity, "reason")
    code = REASONS.get(int(reason)) if word == "awaiting_start" and reason is not None else None
    return "" if code is None else message(code)


def lifetime_energy_kwh(load: Load, view: View) -> float | None:
    """Return the energy charged in its lifetime [kWh], by CONFIG's counter or else by the cloud; None if unknown."""
    if load.device.get("energy") is not None:
        return configured_counter_kwh(load, view)
    return view.attribute_number(link_entity(charger_serial(load)), "energy_kwh")


EASEE = Driver(
    watched_entities,
    read_state,
    no_calls,
    DeviceSession(observe_answers, next_calls, request_restart),
    until_unplugged,
    lifetime_energy_kwh,
)
