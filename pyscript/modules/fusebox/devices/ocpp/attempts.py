"""Which form of profile is tried next where one is not followed. An attempt is a row; the first that fits is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ... import tuning
from .compliance_memory import ComplianceMemory, ProfilesTried
from .profiles import Placement, ProfileForm

UNITS = ("A", "W", "A")
"""Units to try where nobody has told which one it takes."""

KINDS = ("absolute", "relative", "endless")
"""Kinds of profile, the best first; where limits of one end early, the next is tried."""

OTHER_PLACE = {Placement.ALONE: Placement.IN_PLACE_OF_SAFE, Placement.IN_PLACE_OF_SAFE: Placement.ALONE}


@dataclass(frozen=True, slots=True)
class Failure:
    """A form of profile that was not followed."""

    form: ProfileForm
    past: ComplianceMemory
    unit_is_open: bool
    has_room: bool | None
    """Whether the charger has room for two profiles, None where it does not say."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Another form to try."""

    why: str
    applies: Callable[[Failure], bool]
    tries: Callable[[Failure], ProfilesTried]
    begins_anew: bool = False
    """Whether that limits were followed before says nothing of this one."""


def next_attempt(failure: Failure) -> ComplianceMemory:
    """The memory of a charger that has not followed, with what is tried now."""
    past = failure.past
    if past.unfollowed < tuning.OCPP_TRIES:
        return past
    attempt = next((each for each in ATTEMPTS if each.applies(failure)), None)
    if attempt is None:
        return past
    return _tries(past, attempt.tries(failure), attempt.begins_anew)


def after_early_end(past: ComplianceMemory) -> ComplianceMemory:
    """The memory of a charger whose limit was followed, and ended before its lease was over."""
    return _tries(past, next_kind(past.tried), begins_anew=True)


def has_other_kind(form: ProfileForm, past: ComplianceMemory) -> bool:
    """Whether there is a kind of profile whose limits may not end early."""
    return form.kind != "endless" and not past.tried.endless_failed


def next_kind(tried: ProfilesTried) -> ProfilesTried:
    """The next kind of profile."""
    return replace(tried, kind_changes=tried.kind_changes + 1)


def _tries(past: ComplianceMemory, tried: ProfilesTried, begins_anew: bool) -> ComplianceMemory:
    evidence = replace(past.evidence, has_followed=False) if begins_anew else past.evidence
    return replace(past, tried=tried, unfollowed=0, evidence=evidence)


def _endless_was_no_help(failure: Failure) -> bool:
    changed = failure.past.tried.kind_changes > 0
    return failure.form.kind == "endless" and changed and not failure.past.evidence.has_followed


def _other_unit_is_open(failure: Failure) -> bool:
    evidence, more = failure.past.evidence, failure.past.tried.unit_changes < len(UNITS) - 1
    return failure.unit_is_open and more and not (evidence.has_followed and evidence.follows_two)


def _may_have_had_no_room(failure: Failure) -> bool:
    form, past = failure.form, failure.past
    untried = past.tried.placement is Placement.ABOVE_SAFE and form.has_safe_below
    return past.is_at_safe and untried and form.kind == "relative" and failure.has_room is None


def _has_other_place(failure: Failure) -> bool:
    place = failure.form.placement
    known = place is Placement.ALONE or failure.has_room is False
    return failure.past.is_at_safe and place in OTHER_PLACE and known


def _has_other_kind(failure: Failure) -> bool:
    return failure.past.is_at_safe and has_other_kind(failure.form, failure.past)


def _other_kind(failure: Failure) -> ProfilesTried:
    placement = Placement.ALONE_FOR_GOOD if failure.form.is_alone else failure.past.tried.placement
    return replace(next_kind(failure.past.tried), placement=placement)


ATTEMPTS = (
    Attempt(
        "it was not the end of its limits that kept it: those that end are the better ones",
        _endless_was_no_help,
        lambda failure: replace(failure.past.tried, kind_changes=0, endless_failed=True),
    ),
    Attempt(
        "the other unit; what limits did in this one says nothing of how they end in that",
        _other_unit_is_open,
        lambda failure: ProfilesTried(failure.past.tried.unit_changes + 1, placement=failure.past.tried.placement),
    ),
    Attempt(
        "it took the safe limit and nobody says whether it took the other at all: there may have been no room for it",
        _may_have_had_no_room,
        lambda failure: replace(failure.past.tried, kind_changes=0, placement=Placement.IN_PLACE_OF_SAFE),
    ),
    Attempt(
        "there is room for one: in the other place it may be taken",
        _has_other_place,
        lambda failure: replace(failure.past.tried, placement=OTHER_PLACE[failure.form.placement]),
    ),
    Attempt("it is back at the safe limit: its limits end early", _has_other_kind, _other_kind, begins_anew=True),
)
"""In the order in which they are tried."""
