"""State tables of a charge point: whether it follows its limit, and whether its car wakes after a pause.

docs/ocpp.md draws both. A pair of state and event without a row changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Compliance(StrEnum):
    """Whether the commanded limit is in force."""

    UNPROVEN = "unproven"
    """Neither its offer nor its draw has been seen to match the limit; they may even contradict it."""
    CONFIRMED = "confirmed"
    """Its offer, or its car's draw, is as commanded."""
    RECOVERING = "recovering"
    """Its profiles were cleared or its reset button was pressed: for some seconds only commands are sent."""
    OVERRIDDEN = "overridden"
    """It followed and then deviated, which may be its user's doing. The state lasts until a limit is followed."""


class ComplianceEvent(StrEnum):
    """A step's evidence about the limit."""

    FOLLOWED = "followed"
    DEVIATED = "deviated"
    """It does something else while the limit lasts."""
    OUTDATED = "outdated"
    """That it was followed proves nothing any more: there is no session, or another limit, or the same in another form,
    has been sent; or the charger is at its safe limit too early, and another kind of profile is tried."""
    CLEARED = "cleared"
    """Its profiles are cleared, or its reset button is pressed."""
    SENT_ANEW = "sent_anew"
    """The time that the charger has after that is over, so its limits are sent again."""


_C, _E = Compliance, ComplianceEvent
COMPLIANCE: Mapping[tuple[Compliance, ComplianceEvent], Compliance] = {
    # The current that it offers, or that its car draws, is the commanded one.
    (_C.UNPROVEN, _E.FOLLOWED): _C.CONFIRMED,
    (_C.OVERRIDDEN, _E.FOLLOWED): _C.CONFIRMED,
    # It can follow: somebody else has changed it.
    (_C.CONFIRMED, _E.DEVIATED): _C.OVERRIDDEN,
    (_C.CONFIRMED, _E.OUTDATED): _C.UNPROVEN,
    # What its user has set stays: an overridden limit is not recovered.
    (_C.UNPROVEN, _E.CLEARED): _C.RECOVERING,
    (_C.CONFIRMED, _E.CLEARED): _C.RECOVERING,
    (_C.RECOVERING, _E.SENT_ANEW): _C.UNPROVEN,
}
"""(State, event) -> next state."""


class Car(StrEnum):
    """Whether the car resumes charging after a pause."""

    AWAKE = "awake"
    """It draws, or may draw."""
    PAUSED = "paused"
    """It was commanded 0 A."""
    RESUMED = "resumed"
    """It may charge again, and has drawn nothing yet."""
    WAKING = "waking"
    """Its offer is 0 A for a moment, so that the charge starts again; once in a session."""


class CarEvent(StrEnum):
    """Events that move a car's state. A new car counts as awake."""

    STOP = "stop"
    """It was commanded 0 A."""
    GO = "go"
    """It was commanded a current."""
    DRAWS = "draws"
    SLEEPS = "sleeps"
    """It has drawn nothing for long although it may, and was not woken in this session."""
    WOKEN = "woken"


CAR: Mapping[tuple[Car, CarEvent], Car] = {
    (Car.AWAKE, CarEvent.STOP): Car.PAUSED,
    (Car.RESUMED, CarEvent.STOP): Car.PAUSED,
    (Car.PAUSED, CarEvent.GO): Car.RESUMED,
    (Car.RESUMED, CarEvent.DRAWS): Car.AWAKE,
    (Car.RESUMED, CarEvent.SLEEPS): Car.WAKING,
    (Car.WAKING, CarEvent.WOKEN): Car.AWAKE,
}
"""(State, event) -> next state."""
