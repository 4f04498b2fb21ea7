"""Calls that are repeated until their entities show what they were told, and named where they do not."""

from __future__ import annotations

from collections.abc import Sequence

from ... import tuning
from ...devices.driver import ServiceCall
from ...model.durations import backoff_s
from ...model.readings import View, finite
from ...runtime.log_throttle import said_by
from ...runtime.ports import Ports


class Insisting:
    """`calls`: what was told last. `fault`: what a person reads of one that is not followed."""

    def __init__(self, ports: Ports, fault: str) -> None:
        self._ports = ports
        self._fault = fault
        self.calls: tuple[ServiceCall, ...] = ()
        self.told_s = float("-inf")
        """When they were told last [s since 1970]."""
        self.problem = ""
        """What a person should look at."""
        self._unheard = 0
        self._words: tuple[str | None, ...] = ()

    async def tell(self, calls: Sequence[ServiceCall], sent: Sequence[ServiceCall], view: View) -> None:
        """From now on these; `sent`: those that go out at once."""
        self.calls, self.told_s, self._unheard, self.problem = tuple(calls), view.now_s, 0, ""
        self._words = _words(view, self.unseen(view))
        for call in sent:
            await self.send(call)

    def unseen(self, view: View) -> tuple[ServiceCall, ...]:
        """Those whose entity shows something else, or nothing: Home Assistant skips one that is unavailable, without
        an error."""
        return tuple(call for call in self.calls if not shows(view, call))

    async def look(self, view: View) -> None:
        """Once more, where that is due."""
        unseen = self.unseen(view)
        words = _words(view, unseen)
        if words != self._words or not unseen:
            # Who has come back, or was set otherwise, has not heard yet.
            self._words, self._unheard, self.problem = words, 0, ""
        in_vain = self._unheard - tuning.UNRESPONSIVE_TIMES
        if not unseen or view.now_s - self.told_s < backoff_s(tuning.LASTING_S, in_vain, tuning.RETRY_LONGEST_S):
            return
        self.told_s, self._unheard = view.now_s, self._unheard + 1
        if in_vain >= 0 and not self.problem:
            entity = _entity(unseen[0])
            word = view.word(entity)
            stays = "is unavailable" if word is None else f"stays at {word}"
            self.problem = f"{self._fault}: {entity} {stays}"
        for call in unseen:
            await self.send(call)

    async def send(self, call: ServiceCall) -> bool:
        """Whether it was taken."""
        try:
            await self._ports.call(call.domain, call.service, blocking=True, **call.data)
        except Exception as error:  # whatever an integration may raise
            self.problem = f"the battery cannot be told: {_entity(call)}: {said_by(error)}"
            return False
        return True


def shows(view: View, call: ServiceCall) -> bool:
    """Whether an entity shows what it was told."""
    shown = view.word(_entity(call))
    if call.service == "select_option":
        return shown == call.data["option"]
    if call.service == "set_value":
        number, told = finite(shown), finite(call.data["value"])
        if number is None or told is None:
            return False
        # Watts are rounded by the device; of percent and kilowatts a part counts.
        return abs(number - told) <= min(tuning.CLEARLY_W, tuning.ALIKE_SHARE * max(abs(number), abs(told)))
    return shown == {"turn_on": "on", "turn_off": "off"}[call.service]


def _entity(call: ServiceCall) -> str:
    return str(call.data["entity_id"])


def _words(view: View, calls: Sequence[ServiceCall]) -> tuple[str | None, ...]:
    return tuple(view.word(_entity(call)) for call in calls)
