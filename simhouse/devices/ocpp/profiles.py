"""Charging profiles of OCPP 1.6: which one applies at an instant, and the limit that it sets.

Within a purpose the highest stack level applies whose schedule covers the instant; a transaction's own profile precedes
the default for transactions; the charge point's maximum limits both.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Literal

MAXIMUM, DEFAULT, OWN = "ChargePointMaxProfile", "TxDefaultProfile", "TxProfile"


class NotUnderstood(ValueError):
    """A profile that this charge point rejects, with the reason."""


@dataclass(frozen=True)
class Profile:
    """One installed profile. Wall times are of the charge point's own clock [s since 1970]; limits in A or W.

    `periods`: (start [s after the schedule's], limit); `lines`: the phases of the first. Without `starts_s` the
    schedule runs from the start of the transaction, or from `since_s` [s of the simulation], when it was installed.
    """

    id: int
    connector: int
    level: int
    purpose: str
    unit: str
    periods: tuple[tuple[float, float], ...]
    since_s: float
    starts_s: float | None = None
    duration_s: float | None = None
    valid_from_s: float | None = None
    valid_to_s: float | None = None
    transaction: int | None = None
    lines: int = 3


@dataclass(frozen=True)
class Moment:
    """An instant at one connector: the charge point's clock, real time, and the transaction [s]."""

    wall_s: float
    now_s: float
    connector: int = 1
    transaction: int | None = None
    started_s: float | None = None
    relative_to: Literal["transaction", "activation"] = "transaction"


def read_profile(payload: Mapping[str, Any], connector: int, now_s: float) -> Profile:
    """Return the profile of a SetChargingProfile request (keys in snake case); raises NotUnderstood if it is wrong."""
    kind, schedule = payload["charging_profile_kind"], payload["charging_schedule"]
    if kind not in ("Absolute", "Relative"):
        raise NotUnderstood(f"kind {kind}")
    periods = tuple((float(p["start_period"]), float(p["limit"])) for p in schedule["charging_schedule_period"])
    if not periods or periods[0][0] != 0 or list(periods) != sorted(periods):
        raise NotUnderstood("a schedule begins with second 0 and goes on in order")
    starts = schedule.get("start_schedule") if kind == "Absolute" else None
    return Profile(
        id=int(payload["charging_profile_id"]),
        connector=connector,
        level=int(payload["stack_level"]),
        purpose=str(payload["charging_profile_purpose"]),
        unit=str(schedule["charging_rate_unit"]),
        periods=periods,
        since_s=now_s,
        starts_s=_epoch_s(starts),
        duration_s=None if schedule.get("duration") is None else float(schedule["duration"]),
        valid_from_s=_epoch_s(payload.get("valid_from")),
        valid_to_s=_epoch_s(payload.get("valid_to")),
        transaction=payload.get("transaction_id"),
        lines=int(schedule["charging_schedule_period"][0].get("number_phases") or 3),
    )


def with_profile(profiles: tuple[Profile, ...], new: Profile) -> tuple[Profile, ...]:
    """Return the profiles with a new one, replacing any with its id, or its purpose, level and connector."""
    place = (new.purpose, new.level, new.connector)
    kept = (p for p in profiles if p.id != new.id and (p.purpose, p.level, p.connector) != place)
    return (*kept, new)


def without_profiles(
    profiles: tuple[Profile, ...],
    id: int | None = None,
    connector: int | None = None,
    purpose: str | None = None,
    level: int | None = None,
) -> tuple[Profile, ...]:
    """Return the profiles without those that match every given criterion; an id alone decides."""

    def goes(profile: Profile) -> bool:
        if id is not None:
            return profile.id == id
        wanted = ((connector, profile.connector), (purpose, profile.purpose), (level, profile.level))
        return all(criterion is None or criterion == own for criterion, own in wanted)

    return tuple(profile for profile in profiles if not goes(profile))


def limit_a(profiles: tuple[Profile, ...], moment: Moment, phase_w_a: float) -> float | None:
    """Return the limit of the profiles at this moment [A a phase]; None when none applies.

    `phase_w_a`: power of one ampere on all wired phases [W/A].
    """
    own = _applicable_profile(profiles, moment, OWN)
    limits = (_applicable_profile(profiles, moment, MAXIMUM), own or _applicable_profile(profiles, moment, DEFAULT))
    amps = [limit if profile.unit == "A" else limit / phase_w_a for profile, limit in filter(None, limits)]
    return min(amps) if amps else None


def commanded_phase_count(profiles: tuple[Profile, ...], moment: Moment) -> int | None:
    """Return on how many phases the applicable profile lets the car charge; None when none applies."""
    found = _applicable_profile(profiles, moment, OWN) or _applicable_profile(profiles, moment, DEFAULT)
    return None if found is None else found[0].lines


def _applicable_profile(profiles: tuple[Profile, ...], moment: Moment, purpose: str) -> tuple[Profile, float] | None:
    """Return the applicable profile of a purpose with its limit: highest level, then the connector's own; or None."""
    found = None
    for profile in profiles:
        if profile.purpose != purpose or profile.connector not in (0, moment.connector):
            continue
        if purpose == OWN and profile.transaction not in (None, moment.transaction):
            continue
        limit = _profile_limit(profile, moment)
        rank = (profile.level, profile.connector)
        if limit is not None and (found is None or rank > found[0]):
            found = rank, (profile, limit)
    return None if found is None else found[1]


def _profile_limit(profile: Profile, moment: Moment) -> float | None:
    """Return one profile's limit in its own unit; None outside its validity and schedule."""
    if profile.valid_from_s is not None and moment.wall_s < profile.valid_from_s:
        return None
    if profile.valid_to_s is not None and moment.wall_s >= profile.valid_to_s:
        return None
    elapsed_s = _since_schedule_start_s(profile, moment)
    if elapsed_s < 0 or (profile.duration_s is not None and elapsed_s >= profile.duration_s):
        return None
    return next(limit for start_s, limit in reversed(profile.periods) if start_s <= elapsed_s)


def _since_schedule_start_s(profile: Profile, moment: Moment) -> float:
    """Return how long a profile's schedule has run [s]: since its own start, its transaction's or its arrival.

    0 where it counts from a transaction that has not begun.
    """
    if profile.starts_s is not None:
        return moment.wall_s - profile.starts_s
    from_transaction = moment.relative_to == "transaction" and profile.purpose != MAXIMUM
    if from_transaction:
        return 0.0 if moment.started_s is None else moment.now_s - moment.started_s
    return moment.now_s - profile.since_s


def _epoch_s(text: str | None) -> float | None:
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def without_transaction(profiles: tuple[Profile, ...], connector: int) -> tuple[Profile, ...]:
    """Return the profiles without those of the transaction that ends at a connector."""
    return tuple(p for p in profiles if not (p.purpose == OWN and p.connector == connector))


def bound(profile: Profile, transaction: int | None) -> Profile:
    """Return a transaction profile bound to this transaction, if it named none."""
    return profile if profile.purpose != OWN or profile.transaction else replace(profile, transaction=transaction)
