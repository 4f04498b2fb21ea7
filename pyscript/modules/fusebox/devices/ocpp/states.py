"""The states of a charge point: whether it follows, what is done where it does not, and whether its car wakes.

docs/ocpp.md draws these tables.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

S = TypeVar("S", bound=StrEnum)
E = TypeVar("E", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Transition(Generic[S, E]):
    """An event moves any of these states to another."""

    before: tuple[S, ...]
    event: E
    after: S
    why: str


class Machine(Generic[S, E]):
    """All transitions of one kind of state."""

    def __init__(self, *transitions: Transition[S, E]) -> None:
        self.transitions = transitions
        self._after = {(state, row.event): row.after for row in transitions for state in row.before}

    def after(self, state: S, event: E) -> S:
        """The state that follows."""
        return self._after.get((state, event), state)


class Compliance(StrEnum):
    """Whether the limit that it was commanded is in force."""

    UNPROVEN = "unproven"
    """Nothing has shown it yet, or there is nothing to show it with."""
    CONFIRMED = "confirmed"
    """What it offers, or what its car draws, is as commanded."""
    LAPSED = "lapsed"
    """It was, until the limit ended by itself without having been renewed."""
    NOT_FOLLOWING = "not_following"
    """It offers or draws something else."""
    OVERRIDDEN = "overridden"
    """It did as commanded and then something else: that may be its user's doing. It holds until one is followed."""


class ComplianceEvent(StrEnum):
    """What a step has shown of the limit."""

    UNPLUGGED = "unplugged"
    NEW_LIMIT = "new_limit"
    """Another current, or the same in another form, has been sent."""
    NOT_JUDGED = "not_judged"
    """No session is on, or the limit has not left."""
    FOLLOWED = "followed"
    DEVIATED = "deviated"
    """It does something else while the limit lasts."""
    DEVIATED_AFTER_END = "deviated_after_end"
    ENDED_EARLY = "ended_early"
    """It is at the safe limit while the other lasts, and there is a kind of profile left to try."""
    FELL_SILENT = "fell_silent"
    """Nothing was reported for long, or the car wants nothing."""
    OWN_LIMIT = "own_limit"
    """It follows, and stays below what it was told."""
    CLEARED = "cleared"
    """Its profiles were cleared, or its reset button was pressed."""


_C, _E = Compliance, ComplianceEvent
COMPLIANCE: Machine[Compliance, ComplianceEvent] = Machine(
    Transition(
        (_C.CONFIRMED, _C.LAPSED, _C.NOT_FOLLOWING, _C.OVERRIDDEN),
        _E.UNPLUGGED,
        _C.UNPROVEN,
        "with the next car everything may be otherwise",
    ),
    Transition(
        (_C.UNPROVEN, _C.LAPSED, _C.NOT_FOLLOWING, _C.OVERRIDDEN),
        _E.FOLLOWED,
        _C.CONFIRMED,
        "the current that it offers, or that its car draws, is the commanded one",
    ),
    Transition((_C.CONFIRMED,), _E.NEW_LIMIT, _C.UNPROVEN, "what it did with the last says nothing of this one"),
    Transition((_C.LAPSED,), _E.NEW_LIMIT, _C.NOT_FOLLOWING, "another limit is no reason to watch it anew"),
    Transition(
        (_C.CONFIRMED, _C.LAPSED, _C.NOT_FOLLOWING),
        _E.NOT_JUDGED,
        _C.UNPROVEN,
        "no session is on, or the limit has not left yet: nothing can show",
    ),
    Transition(
        (_C.UNPROVEN,),
        _E.DEVIATED,
        _C.NOT_FOLLOWING,
        "it offers or draws something else, and has not followed",
    ),
    Transition((_C.CONFIRMED, _C.LAPSED), _E.DEVIATED, _C.OVERRIDDEN, "it can follow: somebody else has changed it"),
    Transition((_C.UNPROVEN,), _E.DEVIATED_AFTER_END, _C.NOT_FOLLOWING, "it has not followed while the limit lasted"),
    Transition((_C.CONFIRMED,), _E.DEVIATED_AFTER_END, _C.LAPSED, "the limit has ended as it should"),
    Transition(
        (_C.UNPROVEN, _C.CONFIRMED, _C.LAPSED),
        _E.ENDED_EARLY,
        _C.NOT_FOLLOWING,
        "it is at the safe limit although the lease is not over, and there are other kinds of profile to try",
    ),
    Transition((_C.NOT_FOLLOWING,), _E.FELL_SILENT, _C.UNPROVEN, "what was seen is too old to say anything of now"),
    Transition((_C.LAPSED,), _E.FELL_SILENT, _C.CONFIRMED, "nothing newer is known than that it followed"),
    Transition((_C.NOT_FOLLOWING,), _E.OWN_LIMIT, _C.UNPROVEN, "it gives no more than this, which is no fault"),
    Transition((_C.LAPSED,), _E.OWN_LIMIT, _C.CONFIRMED, "it gives no more than this, which is no fault"),
    Transition(
        (_C.CONFIRMED, _C.LAPSED, _C.NOT_FOLLOWING),
        _E.CLEARED,
        _C.UNPROVEN,
        "its profiles are gone, or it restarts: it is told anew",
    ),
)


class Deviation(StrEnum):
    """What it did otherwise when that was last seen."""

    NONE = "none"
    OVER = "over"
    """It offers or draws more than commanded."""
    UNDER = "under"
    NOTHING = "nothing"
    """It offers nothing at all."""


class Recovery(StrEnum):
    """What is being done about a charger that does not follow, or that a person wants reset."""

    WATCHING = "watching"
    """Nothing: limits are sent and renewed."""
    CLEARED = "cleared_profiles"
    """Its profiles were cleared, and nothing has been put in their place yet."""
    RESTARTING = "restarting"
    """Its reset button was pressed; only commands are sent."""


class RecoveryStep(StrEnum):
    """What moves recovery on."""

    CLEAR = "clear"
    """Its profiles are cleared."""
    CLEAR_DONE = "clear_done"
    PRESS = "press"
    """Its reset button is pressed."""
    RESTART_DONE = "restart_done"


_R = Recovery
RECOVERY: Machine[Recovery, RecoveryStep] = Machine(
    Transition(
        (_R.WATCHING, _R.RESTARTING),
        RecoveryStep.CLEAR,
        _R.CLEARED,
        "it has not followed for long, or a person wants a reset",
    ),
    Transition((_R.CLEARED,), RecoveryStep.CLEAR_DONE, _R.WATCHING, "it has had its time; it is made safe at once"),
    Transition(
        (_R.WATCHING, _R.CLEARED),
        RecoveryStep.PRESS,
        _R.RESTARTING,
        "clearing did not help, or it takes no profiles as it is",
    ),
    Transition((_R.RESTARTING,), RecoveryStep.RESTART_DONE, _R.WATCHING, "it should be there again"),
)


class Car(StrEnum):
    """Whether the car takes up again after a pause."""

    AWAKE = "awake"
    PAUSED = "paused"
    RESUMED = "resumed"
    """It may charge again after a long pause, and has drawn nothing yet."""
    WAKING = "waking"
    """It is offered nothing for a moment, so that the current comes anew."""


class CarEvent(StrEnum):
    """What moves that on."""

    LEFT = "left"
    PAUSE = "pause"
    """It was commanded 0 A."""
    SHORT_PAUSE_OVER = "short_pause_over"
    LONG_PAUSE_OVER = "long_pause_over"
    DRAWS = "draws"
    SLEEPS = "sleeps"
    """It has drawn nothing for long although it may, and was not woken in this session."""
    WOKEN = "woken"


CAR: Machine[Car, CarEvent] = Machine(
    Transition((Car.PAUSED, Car.RESUMED, Car.WAKING), CarEvent.LEFT, Car.AWAKE, "the next car is another one"),
    Transition((Car.AWAKE, Car.RESUMED), CarEvent.PAUSE, Car.PAUSED, "it was commanded 0 A"),
    Transition((Car.PAUSED,), CarEvent.SHORT_PAUSE_OVER, Car.AWAKE, "no car falls asleep so soon"),
    Transition((Car.PAUSED,), CarEvent.LONG_PAUSE_OVER, Car.RESUMED, "it may have fallen asleep"),
    Transition((Car.RESUMED,), CarEvent.DRAWS, Car.AWAKE, "it has taken up by itself"),
    Transition((Car.RESUMED,), CarEvent.SLEEPS, Car.WAKING, "it has drawn nothing for long; once in a session"),
    Transition((Car.WAKING,), CarEvent.WOKEN, Car.AWAKE, "its current is commanded anew"),
)
