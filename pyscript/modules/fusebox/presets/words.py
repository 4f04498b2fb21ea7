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
