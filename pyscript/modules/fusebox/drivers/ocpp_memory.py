"""What is remembered of a charge point between steps; times are in seconds since 1970. All frozen."""

from __future__ import annotations

from dataclasses import dataclass

from .ocpp_profiles import Way

NEVER_S = float("-inf")
FOR_EVER_S = float("inf")


@dataclass(frozen=True, slots=True)
class Limit:
    """A current that was sent [A], in which way, when first and when last, and until when it holds."""

    current_a: float
    way: Way
    first_s: float
    sent_s: float
    until_s: float


@dataclass(frozen=True, slots=True)
class Asked:
    """What the charger was asked of itself.

    `times`, `at_s`: how often running without an answer, and when last; `open`: whether an answer may still come.
    `unit`: what it answered, "" while it has not; `most_stack`: its highest stack level.
    """

    times: int = 0
    at_s: float = NEVER_S
    open: bool = False
    unit: str = ""
    most_stack: int | None = None


@dataclass(frozen=True, slots=True)
class Verified:
    """How it follows what it was told.

    `confirmed`: whether the present limit has been seen in force; `ever`: whether any was in this session.
    `unfollowed`: how many commands running were not followed, `judged_s`: when the last of them was sent, `since_s`:
    since when it does not follow, None while it does or nobody knows; `over`: whether it takes more than it was told.
    `units`: how often the unit was changed because nothing was followed; `ends`: how often the kind of profile was
    changed because its limits ended early. `mute`: whether the current that it says it offers means nothing.
    `drew_a`: its draw at the last step; `dipped_s`: when that fell to the safe limit before the lease had ended,
    `dips`: how often a renewal lifted it from there again.
    """

    confirmed: bool = False
    ever: bool = False
    unfollowed: int = 0
    judged_s: float = NEVER_S
    since_s: float | None = None
    over: bool = False
    units: int = 0
    ends: int = 0
    mute: bool = False
    drew_a: float = 0.0
    dipped_s: float | None = None
    dips: int = 0


@dataclass(frozen=True, slots=True)
class PhasesUsed:
    """How many phases the car is seen to use, None while unknown; `seen`, `since_s`: what it is seen at since when."""

    count: int | None = None
    seen: int | None = None
    since_s: float = NEVER_S


@dataclass(frozen=True, slots=True)
class Kept:
    """Everything.

    `away_s`: since when it cannot be reached, None while it can. `told`: the last limit that was sent, `taken`: the
    last that was sent without an error. `ground`: in which way the safe limit lies there, None while it does not;
    `ground_s`: when it was last sent. `busy_s`: when the last call left that is not answered yet, None without one.
    `starts`, `start_s`: how often running it was told to begin charging, and when last. `car`: whether a car is there.
    """

    away_s: float | None = None
    told: Limit | None = None
    taken: Limit | None = None
    ground: Way | None = None
    ground_s: float = NEVER_S
    busy_s: float | None = None
    starts: int = 0
    start_s: float = NEVER_S
    car: bool = False
    asked: Asked = Asked()
    verified: Verified = Verified()
    phases: PhasesUsed = PhasesUsed()
