"""Calls that are repeated until their entities display the value that was sent, with a problem if they do not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from ... import tuning
from ...devices.driver import ServiceCall
from ...model.attempts import NO_ATTEMPTS, Attempts
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.readings import View
from ...runtime.ports import Ports, call_error
from .battery_calls import SHOWN_BY, entity_of_call

Words = tuple[str | None, ...]
"""The states of entities, None for no state."""


class Faults(NamedTuple):
    """The codes of the problems that an unconfirmed call causes."""

    ignored: str
    """Its entity shows another value."""
    unavailable: str
    """It shows none."""


class RetryUntilConfirmed:
    """Repeats `calls` until they are confirmed. `faults`: what the problem is if they are not."""

    def __init__(self, ports: Ports, faults: Faults) -> None:
        self._ports = ports
        self._faults = faults
        self.calls: tuple[ServiceCall, ...] = ()
        self._attempts: Attempts[Words] = NO_ATTEMPTS
        """What the entities of unconfirmed calls showed when these were sent, and how often since that changed."""
        self.problem: Message | None = None
        """The problem for the user, None for none."""

    async def replace_calls(self, calls: Sequence[ServiceCall], sent: Sequence[ServiceCall], view: View) -> None:
        """Replace the calls to confirm by these and clear the problem; send those of `sent` at once."""
        self.calls, self.problem = tuple(calls), None
        self._attempts = Attempts(_entity_states(view, self.unconfirmed(view)), view.now_s, 1)
        for call in sent:
            await self.send(call)

    def unconfirmed(self, view: View) -> tuple[ServiceCall, ...]:
        """Return the calls whose entity displays another value or none: Home Assistant skips unavailable entities."""
        return tuple(call for call in self.calls if not is_confirmed(view, call))

    async def repeat_if_due(self, view: View) -> None:
        """Repeat all unconfirmed calls every `LASTING_S`, at once if an entity of theirs has changed.

        After `UNRESPONSIVE_TIMES` without effect a problem is set; it is cleared once the entities change or confirm.
        """
        unconfirmed = self.unconfirmed(view)
        words = _entity_states(view, unconfirmed)
        if words != self._attempts.value or not unconfirmed:
            # An entity that has become available, or has changed, has not received the call yet.
            self._attempts, self.problem = replace(self._attempts, value=words, times=1), None
        even = tuning.UNRESPONSIVE_TIMES
        if not unconfirmed or not self._attempts.is_due(words, tuning.LASTING_S, view.now_s, even):
            return
        if self._attempts.times > even and not self.problem:
            entity = entity_of_call(unconfirmed[0])
            shown = view.word(entity)
            code, values = (self._faults.unavailable, {}) if shown is None else (self._faults.ignored, {"shown": shown})
            self.problem = message(code, entity=entity, **values)
        self._attempts = self._attempts.sent(words, view.now_s)
        for call in unconfirmed:
            await self.send(call)

    async def send(self, call: ServiceCall) -> None:
        """Make one call; a failure becomes the problem."""
        why = await call_error(self._ports, call.domain, call.service, call.data)
        if why:
            self.problem = message("battery_call_failed", entity=entity_of_call(call), error=why)


def is_confirmed(view: View, call: ServiceCall) -> bool:
    """Return whether an entity displays the value that a call has sent, within rounding."""
    shown, field = view.word(entity_of_call(call)), SHOWN_BY[call.service]
    if field == "option":
        return shown == call.data[field]
    if field == "value":
        number, sent = number_of(shown), number_of(call.data[field])
        if number is None or sent is None:
            return False
        # Watts are rounded by the device; of percent and kilowatts a part counts.
        return abs(number - sent) <= min(tuning.CLEARLY_W, tuning.ALIKE_SHARE * max(abs(number), abs(sent)))
    return shown == call.service.removeprefix("turn_")


def _entity_states(view: View, calls: Sequence[ServiceCall]) -> Words:
    """Return the states of the entities of some calls."""
    return tuple(view.word(entity_of_call(call)) for call in calls)
