"""What is remembered of a charge point between steps; times are in seconds since 1970. All frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from ...model.durations import NEVER_S
from .compliance_memory import NEW_COMPLIANCE, ComplianceMemory
from .profiles import ProfileForm
from .states import CAR, RECOVERY, Car, CarEvent, Recovery, RecoveryStep

FOR_EVER_S = float("inf")


class OfferSource(StrEnum):
    """Where the current on offer is known from."""

    NOTHING = "nothing"
    """It reports a fault, or that it has finished."""
    COMMANDED = "commanded"
    PAUSED = "paused"
    SHOWN = "shown"
    LAPSED = "lapsed"
    """The last limit has ended: the safe one counts."""
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Limit:
    """A current that was sent."""

    current_a: float
    form: ProfileForm
    first_s: float
    """When it was first sent like this."""
    sent_s: float
    """When it was last sent."""
    until_s: float
    """Until when it holds."""


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the charger was asked of itself, and answered."""

    times: int = 0
    """How often running it was asked without an answer."""
    at_s: float = NEVER_S
    """When it was last asked."""
    open: bool = False
    """Whether an answer may still come."""
    last: str = ""
    """The key that was asked for last."""
    unit: str = ""
    """The unit of limits, "" while it has not answered."""
    most_stack: int | None = None
    """Its highest stack level."""
    slots: int | None = None
    """For how many profiles it has room."""


@dataclass(frozen=True, slots=True)
class PhasesUsed:
    """How many phases share a limit in watts."""

    count: int | None = None
    """None while all do."""
    seen: int | None = None
    """How many are used."""
    since_s: float = NEVER_S
    """Since when it is so many."""
    metered: int | None = None
    """How many are used by the house's meter, None while it has not told."""
    drew_s: float | None = None
    """When its car began to draw."""


@dataclass(frozen=True, slots=True)
class RecoveryMemory:
    """What was done about a charger that does not follow."""

    state: Recovery = Recovery.WATCHING
    reset_requested: bool = False
    """Whether a person wants a reset."""
    clears: int = 0
    """How often running its profiles were cleared."""
    cleared_s: float = NEVER_S
    presses: int = 0
    """How often its reset button was pressed."""
    pressed_s: float = NEVER_S
    stopped_s: float = NEVER_S
    """When its session was ended because it took current while it was paused."""

    def moved(self, step: RecoveryStep) -> RecoveryMemory:
        """The same in the state that follows."""
        return replace(self, state=RECOVERY.after(self.state, step))


@dataclass(frozen=True, slots=True)
class CarMemory:
    """Whether the car takes up again after a pause."""

    state: Car = Car.AWAKE
    since_s: float = NEVER_S
    """Since when it is in that state; of a car that has resumed, since when it may charge."""
    was_woken: bool = False
    """Whether it was woken in this session."""

    def moved(self, event: CarEvent, now_s: float) -> CarMemory:
        """The same in the state that follows; since now, if that is another."""
        state = CAR.after(self.state, event)
        return self if state is self.state else replace(self, state=state, since_s=now_s)


@dataclass(frozen=True, slots=True)
class OcppMemory:
    """Everything that is remembered of one charge point."""

    unreachable_s: float | None = None
    """Since when it cannot be reached, None while it can."""
    commanded: Limit | None = None
    """The last limit that was sent."""
    acknowledged: Limit | None = None
    """The last limit that was sent without an error."""
    safe_form: ProfileForm | None = None
    """In which form the safe limit lies there, None while it does not."""
    safe_a: float = 0.0
    safe_sent_s: float = NEVER_S
    safe_failures: int = 0
    """How many safe limits running could not be sent."""
    is_outdated: bool = False
    """Whether the integration is too old to be told which charger is meant."""
    unanswered_s: float | None = None
    """When the last call left that is not answered yet, None without one."""
    failures: int = 0
    """How many limits running could not be sent."""
    offer_source: OfferSource | None = None
    """Where the current on offer was last known from, None before the first step."""
    starts: int = 0
    """How often running it was told to begin charging."""
    started_s: float = NEVER_S
    was_on: bool | None = None
    """Whether a session was on at the last step."""
    configuration: Configuration = Configuration()
    compliance: ComplianceMemory = NEW_COMPLIANCE
    phases: PhasesUsed = PhasesUsed()
    recovery: RecoveryMemory = RecoveryMemory()
    car: CarMemory = CarMemory()
