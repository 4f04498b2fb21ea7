"""What an Easee charger is called among the states that are read, and what its numbers mean."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.load import Load

REASONS: Mapping[int, str] = {
    1: "the circuit's maximum is too low",
    3: "the circuit's offline limit is too low",
    5: "it queues for its circuit",
    10: "the Equalizer leaves it too little",
    25: "the circuit's fuse leaves it too little",
    53: "the charger is disabled",
    54: "a schedule or the authorisation keeps it waiting",
    55: "a schedule or the authorisation keeps it waiting",
    56: "the charger has an error",
    57: "the car is erratic",
    79: "the car does not charge",
}
"""reasonForNoCurrent -> why nothing flows, where that is not our own limit."""


def serial_of(load: Load) -> str:
    """The charger's serial number as CONFIG has it."""
    return str(load.device["charger"])


def entity_of(serial: str) -> str:
    """What the charger's state is called among Home Assistant's."""
    return f"easee.{serial.lower()}"
