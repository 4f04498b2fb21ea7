"""Memory of a charge point between steps; times are in seconds since 1970. All frozen."""

from __future__ import annotations

from enum import StrEnum

from ... import tuning
from ...model.durations import NEVER_S, NO_ATTEMPTS, Attempts
from ...model.records import fast_replace, record
from .profiles import ProfileForm
from .states import CAR, COMPLIANCE, Car, CarEvent, Compliance, ComplianceEvent


class Deviation(StrEnum):
    """How a charger deviated from its limit when it last did."""

    NONE = "none"
    OVER = "over"
    """It offers or draws more than commanded."""
    UNDER = "under"
    NOTHING = "nothing"
    """It offers nothing at all."""


FOR_EVER_S = float("inf")


class OfferSource(StrEnum):
    """The source of the current on offer."""

    NOTHING = "nothing"
    """It reports a fault, or that it has finished."""
    COMMANDED = "commanded"
    PAUSED = "paused"
    SHOWN = "shown"
    LAPSED = "lapsed"
    """The last limit has expired: the safe limit applies."""
    DRAWN = "drawn"


@record
class SentLimit:
    """A current that was sent."""

    current_a: float
    form: ProfileForm
    first_s: float
    """When it was first sent like this."""
    sent_s: float
    """When it was last sent."""
    until_s: float
    """When it expires."""
    other_unit_until_s: float | None = None
    """When the previous limit expires, if it has the same current in the other unit and was not judged yet, else None.

    Until then a charger that is at this current may be following the previous one.
    """


@record
class Configuration:
    """The settings that were requested from the charger, and its answers."""

    questions: Attempts[bool] = NO_ATTEMPTS
    """Consecutive requests without all answers, and the time of the last."""
    awaited: str = ""
    """The key of the last question, "" once it is answered."""
    unit: str = ""
    """The unit of limits, "" while it has not answered."""
    most_stack: int | None = None
    """Its highest stack level."""
    slots: int | None = None
    """How many profiles it can store, None while unknown."""
    switches: bool | None = None
    """Whether it can switch between one phase and three, None while unknown."""


@record
class PhasesUsed:
    """How many phases share a limit in watts."""

    count: int | None = None
    """None while all do."""
    drawing: int | None = None
    """How many phases are in use, None while unknown."""
    since_s: float = NEVER_S
    """Since when that number has been in use."""
    metered: int | None = None
    """How many are in use by the house's meter, None while unknown."""
    drew_s: float | None = None
    """When its car began to draw."""


@record
class ProfilesTried:
    """Which forms of profile were tried because the earlier ones were not followed."""

    unit_changes: int = 0
    kind_changes: int = 0
    """How often the kind was changed because its limits ended early."""
    endless_failed: bool = False
    """Whether a limit without an end did not help either."""
    replaces_safe: bool = False
    """Whether a limit in place of the safe one."""


@record
class Evidence:
    """The observations of a charger in this session."""

    has_followed: bool = False
    """Whether any limit was followed."""
    followed_a: float | None = None
    """A current that it was commanded and then had."""
    follows_two: bool = False
    """Whether it had another one too, or reported that it went to one, which is no chance."""
    offer_is_meaningless: bool = False
    """Whether its reported offer proves nothing: its car once obeyed a limit that differed from it."""
    most_drawn_a: float = 0.0
    """The highest draw that was measured while a limit had had its time."""
    own_limit_a: float | None = None
    """A limit of its own that it was found to have."""


@record
class Overdraw:
    """A draw above every current commanded since the overdraw was first seen."""

    since_s: float | None = None
    """None while it is not above."""
    commanded_a: float = 0.0
    """The highest that was commanded meanwhile."""

    def goes_on(self, draw_a: float, current_a: float = 0.0) -> bool:
        """Return whether a draw is still above every current commanded, including `current_a` [A]."""
        return self.since_s is not None and draw_a > max(self.commanded_a, current_a) + tuning.TOLERANCE_A

    def with_command(self, current_a: float) -> Overdraw:
        """Return the overdraw with another commanded current [A]."""
        return fast_replace(self, commanded_a=max(self.commanded_a, current_a))


NO_OVERDRAW = Overdraw()


@record
class Dips:
    """A draw that falls to the safe limit before the lease ends, and rises again after a renewal."""

    fell_s: float | None = None
    count: int = 0
    """How many renewals have raised it again."""
    last_draw_a: float = 0.0
    """Its draw at the last step."""


@record
class ComplianceMemory:
    """How well the charger follows its commands."""

    state: Compliance = Compliance.UNPROVEN
    deviation: Deviation = Deviation.NONE
    deviates_since_s: float | None = None
    """Since when it deviates, None while it follows or that is unknown."""
    deviated_s: float = NEVER_S
    """When a deviation was last seen."""
    is_at_safe: bool = False
    """Whether it shows the safe limit although another was commanded."""
    at_safe_since_s: float | None = None
    """Since when the draw of a charger that reports no offer suggests the safe limit, None while it does not."""
    unfollowed: int = 0
    """How many limits in a row were not followed."""
    judged_s: float = NEVER_S
    """When the last of them was sent."""
    last_offered_a: float | None = None
    """The offer that it reported at the last step [A], None if none."""
    overdraw: Overdraw = NO_OVERDRAW
    dips: Dips = Dips()
    evidence: Evidence = Evidence()
    tried: ProfilesTried = ProfilesTried()

    def after_event(self, event: ComplianceEvent) -> ComplianceMemory:
        """Return the memory in the state after an event; unchanged when the event leads to no other state."""
        after = COMPLIANCE.get((self.state, event), self.state)
        return self if after is self.state else fast_replace(self, state=after)

    def without_deviation(self) -> ComplianceMemory:
        """Return the memory in which a deviation counts from zero."""
        return fast_replace(self, deviates_since_s=None, unfollowed=0)


@record
class RecoveryMemory:
    """The measures taken for a charger that does not follow."""

    alone_until_s: float | None = None
    """Until when only commands are sent, because it was cleared or reset; None once limits are sent again."""
    rests_until_s: float = NEVER_S
    """Until when the last measure gets time to work."""
    reset_requested: bool = False
    """Whether a user has requested a reset."""
    clears: int = 0
    """How often in a row its profiles were cleared."""
    presses: int = 0
    """How often its reset button was pressed."""
    pressed_s: float = NEVER_S
    stopped_s: float = NEVER_S
    """When its session was ended because it took current while it was paused."""


@record
class CarMemory:
    """Whether the car resumes charging after a pause."""

    state: Car = Car.AWAKE
    since_s: float = NEVER_S
    """Since when it is in that state; of a car that has resumed, since when it may charge."""
    was_woken: bool = False
    """Whether it was woken in this session."""

    def after_event(self, event: CarEvent, now_s: float) -> CarMemory:
        """Return the memory in the state after an event, since `now_s` if that is another state."""
        after = CAR.get((self.state, event), self.state)
        return self if after is self.state else fast_replace(self, state=after, since_s=now_s)


@record
class OcppMemory:
    """All memory of one charge point."""

    is_away: bool = False
    """Whether it could not be reached at the last step."""
    lost_s: float | None = None
    """When a call last failed because the integration had lost the charge point; None once a call has worked."""
    queried_s: float = NEVER_S
    """When a lost charge point was last queried."""
    back_s: float | None = None
    """When it reconnected, until the offer that it reports agrees with its limit again or has had its time; or None."""
    reconnects: float | None = None
    """The integration's counter of its reconnects when that was last known."""
    commanded: SentLimit | None = None
    """The last limit that was sent."""
    acknowledged: SentLimit | None = None
    """The last limit that was sent without an error."""
    safe_form: ProfileForm | None = None
    """The form of the safe limit in the charger, None when it has none."""
    safe_a: float = 0.0
    safe_sent_s: float = NEVER_S
    safe_failures: int = 0
    """How many safe limits in a row could not be sent."""
    fallback_sent_s: float = NEVER_S
    """When the profile that the charger falls back to was first sent in its present form: safe, or with a step down."""
    other_sent_s: float = NEVER_S
    """When that was last sent in the other unit."""
    is_outdated: bool = False
    """Whether the integration is too old to accept a charger's id."""
    unanswered_s: float | None = None
    """When the last unanswered call was made, None without one."""
    failures: int = 0
    """How many limits in a row could not be sent."""
    failure: str = ""
    """Why the last of them could not."""
    offer_source: OfferSource | None = None
    """Where the current on offer was last known from, None before the first step."""
    starts: Attempts[bool] = NO_ATTEMPTS
    """The commands to begin charging since it last did."""
    was_on: bool | None = None
    """Whether a session was on at the last step."""
    configuration: Configuration = Configuration()
    compliance: ComplianceMemory = ComplianceMemory()
    phases: PhasesUsed = PhasesUsed()
    commanded_phase_count: int | None = None
    """How many phases it should close, None when its phases are not switched."""
    recovery: RecoveryMemory = RecoveryMemory()
    car: CarMemory = CarMemory()
