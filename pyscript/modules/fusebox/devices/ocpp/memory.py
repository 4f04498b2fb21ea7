"""What is remembered of a charge point between steps; times are in seconds since 1970. All frozen."""

from __future__ import annotations

from dataclasses import dataclass

from .profiles import ProfileForm

NEVER_S = float("-inf")
FOR_EVER_S = float("inf")


@dataclass(frozen=True, slots=True)
class Limit:
    """A current that was sent [A], in which form, when first and when last, and until when it holds."""

    current_a: float
    form: ProfileForm
    first_s: float
    sent_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class Configuration:
    """What the charger was asked of itself.

    `times`, `at_s`: how often running without an answer, and when last; `open`: whether an answer may still come,
    `last`: to which key the last one. `unit`: what it answered, "" while it has not; `most_stack`: its highest stack
    level, `slots`: for how many profiles it has room.
    """

    times: int = 0
    at_s: float = NEVER_S
    open: bool = False
    last: str = ""
    unit: str = ""
    most_stack: int | None = None
    slots: int | None = None


@dataclass(frozen=True, slots=True)
class ComplianceState:
    """How it follows what it was told.

    `confirmed`: whether the present limit has been seen in force; `ever`: whether any was in this session.
    `unfollowed`: how many limits running were not followed, `judged_s`: when the last of them was sent, `since_s`:
    since when it does not follow, None while it does or nobody knows, `seen_s`: when that was last seen; `over`:
    whether it takes more than it was told; `above_s`, `above_a`: since when its draw has been above all that it was
    told, None when it is not, and the highest of that [A]; `hand`: whether it did as it was told and then something
    else, which may be its user's doing; `at_safe`: whether it shows the safe limit although it was told another;
    `starves`: whether it offers nothing although it was told to. `units`: how often the unit was changed because
    nothing was followed; `met_a`: a current that it was told and then had, `led`: whether it had another one too,
    which is no chance; `ends`: how often the kind of profile was changed because its limits ended early,
    `endless_failed`: whether one without an end did not help either. `alone`: in which place a limit is tried as
    the only profile, 0 while it is not, -1 when that did not help. `mute`: whether the current that it says it
    offers means nothing. `top_a`: a limit of its own that it was found to have. `shown_a`, `drew_a`: what it said
    it offers, and its draw, at the last step; `dipped_s`: when that fell to the safe limit before the lease had
    ended, `dips`: how often a renewal lifted it from there again.
    """

    confirmed: bool = False
    ever: bool = False
    unfollowed: int = 0
    judged_s: float = NEVER_S
    since_s: float | None = None
    seen_s: float = NEVER_S
    over: bool = False
    above_s: float | None = None
    above_a: float = 0.0
    hand: bool = False
    at_safe: bool = False
    starves: bool = False
    units: int = 0
    met_a: float | None = None
    led: bool = False
    ends: int = 0
    alone: int = 0
    endless_failed: bool = False
    mute: bool = False
    top_a: float | None = None
    shown_a: float | None = None
    drew_a: float = 0.0
    dipped_s: float | None = None
    dips: int = 0


@dataclass(frozen=True, slots=True)
class PhasesUsed:
    """How many phases share a limit in watts, None while all do; `seen`, `since_s`: how many are used since when.

    `metered`: how many are used by the house's meter, None while it has not told; `drew_s`: when its car began to draw.
    """

    count: int | None = None
    seen: int | None = None
    since_s: float = NEVER_S
    metered: int | None = None
    drew_s: float | None = None


@dataclass(frozen=True, slots=True)
class RecoveryMemory:
    """What was done about a charger that does not follow, or whose car sleeps.

    `asked`: whether a person wants a reset. `clears`, `cleared_s`: how often running its profiles were cleared, and
    when last; `bare`: whether they are gone and nothing has been put in their place yet. `presses`, `pressed_s`: the
    same for its reset button. `stopped_s`: when its session was ended because it took current while it was paused.
    `paused_s`: since when it has been told 0 A; `resumed_s`: when it was told more again after a long pause, None
    once its car has drawn. `woken`: whether its car was woken in this session, `dozed_s`: when that began, None
    when it is over.
    """

    asked: bool = False
    clears: int = 0
    cleared_s: float = NEVER_S
    bare: bool = False
    presses: int = 0
    pressed_s: float = NEVER_S
    stopped_s: float = NEVER_S
    paused_s: float | None = None
    resumed_s: float | None = None
    woken: bool = False
    dozed_s: float | None = None


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
    offer_source: str = ""
    """Where the current on offer was last known from."""
    starts: int = 0
    """How often running it was told to begin charging."""
    started_s: float = NEVER_S
    was_on: bool | None = None
    """Whether a session was on at the last step."""
    configuration: Configuration = Configuration()
    compliance: ComplianceState = ComplianceState()
    phases: PhasesUsed = PhasesUsed()
    recovery: RecoveryMemory = RecoveryMemory()
