"""What several makes mean by the same words; compared in any case and spelling."""

from __future__ import annotations

from ..snapshot import Status

TESLA_WORDS = {
    "Charging": Status.CHARGING,
    "Starting": Status.CHARGING,
    "Stopped": Status.PAUSED,
    "No Power": Status.CONNECTED,
    "Complete": Status.FULL,
    "Disconnected": Status.UNPLUGGED,
}

EASEE_WORDS = {
    "disconnected": Status.UNPLUGGED,
    "charging": Status.CHARGING,
    "start_charging": Status.CHARGING,
    "ready_to_charge": Status.SUSPENDED_CAR,
    "completed": Status.FULL,
    "awaiting_start": Status.PAUSED,
    "stop_charging": Status.PAUSED,
    "paused_due_to_equalizer": Status.PAUSED,
    "awaiting_load_balancing": Status.PAUSED,
    "awaiting_smart_start": Status.PAUSED,
    "awaiting_scheduled_start": Status.PAUSED,
    # A car that may not charge counts as none.
    "awaiting_authorization": Status.UNPLUGGED,
    "awaiting_authentication": Status.UNPLUGGED,
    "authenticating": Status.UNPLUGGED,
    "de_authorizing": Status.UNPLUGGED,
    "offline": Status.FAULT,
    "error": Status.FAULT,
    "erratic_ev": Status.FAULT,
    "searching_for_master": Status.FAULT,
    "error_dead_powerboard": Status.FAULT,
    "error_overcurrent": Status.FAULT,
    "error_pen_fault": Status.FAULT,
    "error_temperature_too_high": Status.FAULT,
}
"""Of Easee's chargers, over Home Assistant's integration and over the cloud alike."""

GOE_WORDS = {
    "Idle": Status.UNPLUGGED,
    "Charging": Status.CHARGING,
    "Wait for car": Status.CONNECTED,
    # Said of a full car and of one that was told not to charge alike, so it may not count as full.
    "Complete": Status.CONNECTED,
    "Unknown/Error": Status.FAULT,
}

PLUG_WORDS = {"on": Status.CONNECTED, "off": Status.UNPLUGGED}
"""Of a binary sensor that tells whether a cable is in."""
