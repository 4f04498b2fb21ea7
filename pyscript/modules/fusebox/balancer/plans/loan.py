"""An entity of a user on loan: what it is given back to, what was sent to it, and whose value it displays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import NamedTuple

from ... import tuning
from ...config.domains import SET_BY_HAND, domain_of
from ...devices.driver import ServiceCall, is_select, set_value_or_option_call, switch_call
from ...model.durations import NEVER_S, NO_ATTEMPTS, Attempts, has_passed
from ...model.messages.message import Message
from ...model.numbers import number_of
from ...model.readings import View

EntityValue = str | float
"""An option of a select, a number, or "on" or "off" of a switch."""
ON, OFF = "on", "off"


class Loan(NamedTuple):
    """An entity that Fusebox has set."""

    entity: str
    before: EntityValue | None
    """What it stood at before, and is given back to; None if that is unknown: a user has to set it."""
    sent: tuple[EntityValue, ...] = ()
    """The last values sent; any other that it displays is a person's. Empty: they are not known."""
    returned: bool = False
    """Whether `before` was sent as the first or last act of a process."""


class Faults(NamedTuple):
    """The codes of the problems of an entity that does not follow."""

    ignored: str
    """It displays another value."""
    unavailable: str
    """It displays none."""
    failed: str
    """Home Assistant refuses the call."""


class LoanTerms(NamedTuple):
    """How entities of one kind are borrowed."""

    near: Callable[[View, Loan, float, float], bool]
    """Return whether two numbers are the same value of an entity, as devices round."""
    in_force: Faults
    due: Faults
    """The codes while they are to be given back."""
    insists: bool
    """Whether a value counts until it is displayed, whatever a person sets.

    If not, a person's value ends the loan, and an entity that displays nothing is given back once.
    """


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an entity on loan has followed: the value sent last, and what it has displayed since."""

    attempts: Attempts[EntityValue] = NO_ATTEMPTS
    """The value sent last; its attempts are counted since the entity displayed something new."""
    other_s: float = NEVER_S
    """When another value than that was sent last [s since 1970], which may still arrive."""
    shown: EntityValue | None = None
    """What it displayed at the last look."""
    is_confirmed: bool = False
    """Whether it has displayed the value sent last, and was not unavailable since."""
    is_back: bool = False
    """Whether it has become available, or has lost the value sent last, since the last sending."""
    doubted: tuple[EntityValue | None, ...] = ()
    """What it displayed after its last call failed. It proves nothing: the call before may still change it."""
    problem: Message | None = None

    def has_confirmed(self, value: EntityValue | None) -> bool:
        """Return whether this value was sent last, and has been displayed."""
        return self.is_confirmed and self.attempts.value == value

    def other_than_s(self, goal: EntityValue, *, insists: bool) -> float:
        """Return when another value than `goal` was sent last.

        One that was displayed has arrived and does not count, unless it `insists`: some entities display what they are
        sent before the device has it.
        """
        has_arrived = self.attempts.value in (None, goal) or (self.is_confirmed and not insists)
        return self.other_s if has_arrived else self.attempts.sent_s

    def is_due(self, goal: EntityValue, now_s: float) -> bool:
        """Return whether to send this value now: a new one at once, the same after waits that grow."""
        first_s = tuning.RETRY_S if self.is_back else tuning.LASTING_S
        return self.attempts.is_due(goal, first_s, now_s, tuning.UNRESPONSIVE_TIMES)

    def is_doubtful(self, shown: EntityValue | None) -> bool:
        """Return whether a displayed value proves nothing, because the last call failed."""
        return shown in self.doubted and self.attempts.times <= tuning.UNRESPONSIVE_TIMES

    def with_shown(self, shown: EntityValue | None) -> Progress:
        """Return the progress with what the entity displays now; where that is new, its attempts are counted anew."""
        if shown == self.shown:
            return self
        attempts = replace(self.attempts, times=min(self.attempts.times, 1))
        # It may come back from a restart of the device with another value, which no person has set.
        is_confirmed = self.is_confirmed and shown is not None
        is_back = self.is_back or self.is_confirmed or self.shown is None
        return replace(self, attempts=attempts, shown=shown, is_confirmed=is_confirmed, is_back=is_back, problem=None)

    def is_response(self, loan: Loan, shown: EntityValue, now_s: float) -> bool:
        """Return whether a displayed number that was not sent is the device's response to the last, not a person's.

        A device may ramp, or end at a limit of its own between what it displayed before and what it was sent. That
        counts for `LASTING_S` after the command was sent once; after it was confirmed only for the first value that was
        sent, as of numbers that display what they are sent until the device is read again.
        """
        sent, now, before = map(number_of, (self.attempts.value, shown, loan.before))
        if sent is None or now is None or before is None or self.attempts.times != 1:
            return False
        is_soon = not has_passed(tuning.LASTING_S, self.attempts.sent_s, now_s)
        return is_soon and sent < now < before and (not self.is_confirmed or len(loan.sent) == 1)


def set_call(entity: str, value: EntityValue | None) -> ServiceCall:
    """Return the call that sets an entity: a select to an option, a number to a value, anything else on or off."""
    if is_select(entity) or domain_of(entity) in SET_BY_HAND:
        return set_value_or_option_call(entity, value)
    return switch_call(entity, value == ON)


def is_silent(view: View, entity: str) -> bool:
    """Return whether an entity accepts values and displays none, as one of a device that cannot be read."""
    return str(view.raw(entity)).strip() == "unknown"


def shown_value(view: View, entity: str) -> EntityValue | None:
    """Return what an entity displays: a number's as such, any other's state; None for nothing."""
    return view.number(entity) if domain_of(entity) in SET_BY_HAND else view.word(entity)
