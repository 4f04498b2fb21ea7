"""Repeats a value to a device until the device displays it, with waits that double."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar

from .. import tuning
from .durations import NEVER_S, backoff_s, has_passed

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
