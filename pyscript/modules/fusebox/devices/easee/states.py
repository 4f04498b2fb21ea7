"""Translate a charger's state and installation from the cloud into a state of ours. Rows of data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ...model.load import Load
from ...model.numbers import number_of

REASONS: Mapping[int, str] = {
    1: "easee_circuit_too_low",
    3: "easee_offline_limit_too_low",
    5: "easee_queues",
    10: "easee_equalizer",
    25: "easee_fuse",
    53: "easee_disabled",
    54: "easee_schedule",
    55: "easee_schedule",
    56: "easee_error",
    57: "easee_car_erratic",
    79: "easee_car_refuses",
}
"""reasonForNoCurrent -> the code of why nothing flows, where that is not our own limit."""


def charger_serial(load: Load) -> str:
    """Return the charger's serial number from CONFIG."""
    return str(load.device["charger"])


def link_entity(serial: str) -> str:
    """Return the entity id under which the link publishes a charger's state."""
    return f"easee.{serial.lower()}"


MODES: Mapping[int, str] = {
    0: "offline",
    1: "disconnected",
    2: "awaiting_start",
    3: "charging",
    4: "completed",
    5: "error",
    6: "ready_to_charge",
    7: "awaiting_authorization",
    8: "de_authorizing",
    100: "start_charging",
    101: "stop_charging",
    102: "offline",
    103: "awaiting_load_balancing",
    104: "awaiting_authorization",
    105: "awaiting_smart_start",
    106: "awaiting_scheduled_start",
    107: "authenticating",
    108: "paused_due_to_equalizer",
    109: "searching_for_master",
    157: "erratic_ev",
    158: "error_temperature_too_high",
    159: "error_dead_powerboard",
    160: "error_overcurrent",
    161: "error_pen_fault",
}
"""chargerOpMode -> its word in Home Assistant's Easee integration. Meanings: `easee` in config/makes.json."""

OFFLINE_WORD = "offline"

NUMBERS: Mapping[str, str] = {
    "l1_a": "inCurrentT3",
    "l2_a": "inCurrentT4",
    "l3_a": "inCurrentT5",
    "power_kw": "totalPower",
    "circuit_1_a": "dynamicCircuitCurrentP1",
    "charger_a": "dynamicChargerCurrent",
    "installed_a": "maxChargerCurrent",
    "circuit_most_a": "circuitMaxCurrentP1",
    "reason": "reasonForNoCurrent",
    "energy_kwh": "lifetimeEnergy",
}
"""Our name -> the cloud's, for every number that is read."""

OFFLINE = ("offlineMaxCircuitCurrentP1", "offlineMaxCircuitCurrentP2", "offlineMaxCircuitCurrentP3")
"""Fields for the current that each phase may draw without the cloud."""

INSTALLED = ("maxChargerCurrent", "circuitMaxCurrentP1", *OFFLINE)
"""Fields of the installation; newer firmware sends them with every state, too."""


def status_word(state: Mapping[str, Any]) -> str:
    """Return the charger's status word; "offline" when the cloud has lost it.

    For an unknown mode, or one that says offline while the cloud is connected, the word is an unknown one, so that the
    charger is limited like any other.
    """
    mode = state.get("chargerOpMode")
    word = MODES.get(mode, f"mode {mode}") if type(mode) is int else "no mode"
    if state.get("isOnline") is False:
        return OFFLINE_WORD
    return f"mode {mode}" if word == OFFLINE_WORD and state.get("isOnline") is True else word


def read_numbers(state: Mapping[str, Any], installed: Mapping[str, Any]) -> Mapping[str, float | None]:
    """Return each name of `NUMBERS` with its number, None when neither state nor installation has it."""
    both = {**installed, **{key: value for key, value in state.items() if value is not None}}
    return {name: number_of(both.get(theirs)) for name, theirs in NUMBERS.items()}


def last_heard_at_s(state: Mapping[str, Any]) -> float | None:
    """Return when the cloud last heard from the charger [s since 1970], None when the state does not say."""
    try:
        return datetime.fromisoformat(str(state["latestPulse"]).replace("Z", "+00:00")).timestamp()
    except (KeyError, ValueError):
        return None
