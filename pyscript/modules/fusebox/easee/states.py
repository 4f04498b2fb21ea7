"""A charger's state and installation as the cloud tells them -> a state of ours. Rows of data. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ..readings import finite

MODES: Mapping[int, str] = {
    0: "offline",
    1: "disconnected",
    2: "waiting",
    3: "charging",
    4: "completed",
    5: "error",
    6: "ready",
    7: "not authorised",
    8: "waiting",
}
"""chargerOpMode -> a word."""

NUMBERS: Mapping[str, str] = {
    "l1_a": "inCurrentT3",
    "l2_a": "inCurrentT4",
    "l3_a": "inCurrentT5",
    "power_kw": "totalPower",
    "circuit_1_a": "dynamicCircuitCurrentP1",
    "circuit_2_a": "dynamicCircuitCurrentP2",
    "circuit_3_a": "dynamicCircuitCurrentP3",
    "charger_a": "dynamicChargerCurrent",
    "installed_a": "maxChargerCurrent",
    "circuit_most_a": "circuitMaxCurrentP1",
    "reason": "reasonForNoCurrent",
}
"""Our name -> the cloud's, for every number that is read."""

OFFLINE = ("offlineMaxCircuitCurrentP1", "offlineMaxCircuitCurrentP2", "offlineMaxCircuitCurrentP3")
"""What each phase may draw without the cloud."""

INSTALLED = ("maxChargerCurrent", "circuitMaxCurrentP1", *OFFLINE)
"""What is part of the installation; newer firmware tells it with every state too."""


def word_of(seen: Mapping[str, Any]) -> str:
    """The charger's own word; "offline" where the cloud has lost it, "unknown" where it says nothing we know."""
    if seen.get("isOnline") is False:
        return "offline"
    mode = seen.get("chargerOpMode")
    return MODES.get(mode, "unknown") if isinstance(mode, int) else "unknown"


def numbers_of(seen: Mapping[str, Any], installed: Mapping[str, Any]) -> Mapping[str, float | None]:
    """Every name of `NUMBERS`, None where neither tells it."""
    both = {**installed, **{key: value for key, value in seen.items() if value is not None}}
    return {name: _number(both.get(theirs)) for name, theirs in NUMBERS.items()}


def pulse_s(seen: Mapping[str, Any]) -> float | None:
    """When the charger was last heard of [s since 1970], None when that is not told."""
    try:
        return datetime.fromisoformat(str(seen["latestPulse"]).replace("Z", "+00:00")).timestamp()
    except (KeyError, ValueError):
        return None


def _number(value: Any) -> float | None:
    return finite(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
