"""Lengths of time, since when something holds, and how waits for a device grow: none of it comes from CONFIG.

In seconds where the name says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from .. import tuning

MINUTE_S = 60
QUARTER_S = 900
HOUR_S = 3600
DAY_S = 86_400

LONGEST_DAY_S = 90_000
"""The day with 25 hours, once a year."""

MINUTES_AN_HOUR = 60
HOURS_A_DAY = 24
MONTHS_A_YEAR = 12
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

NEVER_S = float("-inf")
"""The time of an event that has not happened."""

LATEST_S = 1e11
"""The latest time read from a file [s since 1970]: the year 5138; the calendar ends in the year 9999."""

CLOCK_SET_S = 365 * DAY_S
"""A clock that shows less than this is not set yet [s since 1970]: such computers begin in 1970."""

DUST_S = 1e-3
"""Times closer than this are equal [s]: the floating-point error of seconds since 1970."""


MOST_DOUBLINGS = 30
"""The most doublings of a wait: it is beyond any longest wait by then."""


def backoff_s(first_s: float, times: int, longest_s: float) -> float:
    """Return the first wait doubled `times` times, at most the longest [s]."""
    return min(first_s * 2.0 ** min(max(times, 0), MOST_DOUBLINGS), longest_s)


def since(before_s: float | None, holds: bool, now_s: float) -> float | None:
    """Return since when a condition has held [s], given since when it had before; None while it does not hold."""
    return (now_s if before_s is None else before_s) if holds else None


def since_each(before_s: Mapping[str, float], holding: Iterable[str], now_s: float) -> dict[str, float]:
    """Return since when a condition has held [s] for each name of `holding`; names for which it ended are left out."""
    return {name: before_s.get(name, now_s) for name in holding}


def has_passed(wait_s: float, since_s: float, now_s: float) -> bool:
    """Return whether a wait is over, or the clock was set back behind its beginning."""
    return not 0 <= now_s - since_s < wait_s


def may_arrive(sent_s: float, now_s: float) -> bool:
    """Return whether a command that was sent then may still take effect: not after the time of the usual attempts.

    Nor after the clock was set back.
    """
    return not has_passed(tuning.UNRESPONSIVE_TIMES * tuning.LASTING_S, sent_s, now_s)


def longest_usual_s(times_s: tuple[float, ...]) -> float:
    """Return the longest of these times [s]; of `KNOWN_TIMES` or more the longest but one, as one may be a mistake.

    ValueError for none.
    """
    return sorted(times_s)[-2] if len(times_s) >= max(tuning.KNOWN_TIMES, 2) else max(times_s)


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Attempts(Generic[T]):
    """The last value sent to a device that is not confirmed yet; times are in seconds since 1970."""

    value: T | None = None
    """The value sent, None if nothing is left to confirm."""
    sent_s: float = NEVER_S
    """When a value was last sent."""
    times: int = 0
    """How often this value was sent since the last confirmation."""

    def is_due(self, value: T, first_s: float, now_s: float, even: int = 0) -> bool:
        """Return whether to send a value now: a new one at once, a repetition after waits that begin with `first_s`.

        After each repetition the wait doubles, up to `RETRY_LONGEST_S`. `even`: the number of waits of the first length
        before they double.
        """
        wait_s = backoff_s(first_s, self.times - 1 - even, tuning.RETRY_LONGEST_S)
        return value != self.value or has_passed(wait_s, self.sent_s, now_s)

    def after_sending(self, value: T, now_s: float) -> Attempts[T]:
        """Return the attempts after a value was sent."""
        return Attempts(value, now_s, self.times + 1 if value == self.value else 1)

    def after_confirmation(self) -> Attempts[T]:
        """Return the attempts after the device displayed the value."""
        return replace(self, value=None, times=0)


NO_ATTEMPTS: Attempts[Any] = Attempts()
