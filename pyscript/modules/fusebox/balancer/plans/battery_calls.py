"""The service calls that give the home battery an order and those that release it, repeated until confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import NamedTuple

from ... import tuning
from ...config.domains import SET_BY_HAND, domain_of
from ...devices.driver import Calls, ServiceCall, is_select, set_value_or_option_call, switch_call
from ...model.durations import NO_ATTEMPTS, Attempts
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.orders import BatteryCommand, BatteryOrders
from ...model.readings import View
from ...runtime.ports import Ports, call_error, present_state

SHOWN_BY: Mapping[str, str] = {"select_option": "option", "set_value": "value", "turn_on": "", "turn_off": ""}
"""Service of a release -> the field whose value the entity shows afterwards, "" where the service itself implies it."""


class BatteryMode(StrEnum):
    """What the battery is ordered to do, the strongest order last."""

    NORMAL = "normal"
    HOLD = "hold"
    CHARGE = "charge"


FREE = message("battery_free")


@dataclass(frozen=True, slots=True)
class BatteryRequest:
    """The order that the battery should have now, and why."""

    mode: BatteryMode = BatteryMode.NORMAL
    power_w: float = 0.0
    """How fast it is to charge [W]."""
    reason: Message = FREE
    at_once: bool = False
    """Whether a release does not wait: a wire is full, or nothing is known of the wires."""


RELEASED = BatteryRequest()
WATTS_OF_KILOWATTS = 3
"""The decimals of a power in kW that are watts."""


def order_call(order: BatteryCommand, value: str | float | None, *, on: bool) -> ServiceCall:
    """Return the call that orders an entity on or off.

    A select or number is set to `value`; anything else is switched `on` or off.
    """
    if is_select(order.entity):
        return set_value_or_option_call(order.entity, str(value))
    if domain_of(order.entity) in SET_BY_HAND:
        return set_value_or_option_call(order.entity, value)
    return switch_call(order.entity, on)


def charge_power_entity(orders: BatteryOrders) -> str | None:
    """Return the entity of the battery's charging power, None if it has none.

    That is its `power_w`, or the entity of the order itself if that is a number without an `active` value.
    """
    order = orders.charge_from_grid
    if order is None or order.power_w is not None or order.active is not None:
        return None if order is None else order.power_w
    return order.entity if domain_of(order.entity) in SET_BY_HAND else None


def order_calls(orders: BatteryOrders, request: BatteryRequest, unit_w: float = 1.0) -> Calls:
    """Return the calls for a request, in order: orders that end, the power, then the new order; each entity once.

    `unit_w`: the watts of 1 in the unit of the `charge_power_entity`, such as 1000 for kW.
    """
    power = round(request.power_w) if unit_w == 1 else round(request.power_w / unit_w, WATTS_OF_KILOWATTS)
    known = {BatteryMode.HOLD: orders.hold, BatteryMode.CHARGE: orders.charge_from_grid}
    begins = known.pop(request.mode, None)
    found = [order_call(order, order.normal, on=False) for order in known.values() if order is not None]
    if begins is not None:
        if begins.power_w is not None:
            found.append(set_value_or_option_call(begins.power_w, power))
        value = power if begins.active is None else begins.active
        found.append(order_call(begins, value, on=True))
    # One entity may serve both orders: only the last value is sent.
    last = {entity_of_call(call): at for at, call in enumerate(found)}
    return tuple(found[at] for at in sorted(last.values()))


def entity_of_call(call: ServiceCall) -> str:
    """Return the entity that a call sets."""
    return str(call.data["entity_id"])


def calls_by_entity(calls: Iterable[ServiceCall]) -> dict[str, ServiceCall]:
    """Return entity -> the call that sets it."""
    return {entity_of_call(call): call for call in calls}


EntityStates = tuple[str | None, ...]
"""The states of entities, None for no state."""


class Faults(NamedTuple):
    """The codes of the problems that an unconfirmed call causes."""

    ignored: str
    """Its entity shows another value."""
    unavailable: str
    """It shows none."""


class SentCall(NamedTuple):
    """A call that was sent to an entity."""

    at_s: float
    """When [s since 1970]."""
    entity: str
    call: ServiceCall | None
    """None for an unknown one."""


class RetryUntilConfirmed:
    """Repeats `calls` until they are confirmed. `faults`: what the problem is if they are not.

    `sent`: a list to which each call is added, None where nobody needs it.
    """

    def __init__(self, ports: Ports, faults: Faults, sent: list[SentCall] | None = None) -> None:
        self._ports = ports
        self._faults = faults
        self._sent = sent
        self.calls: Calls = ()
        self._attempts: Attempts[EntityStates] = NO_ATTEMPTS
        """What the entities of unconfirmed calls showed when these were sent, and how often since that changed."""
        self._is_back = False
        """Whether one of these entities has become available since then."""
        self._failed: dict[str, str | None] = {}
        """Entity whose last call failed -> its state then. It proves nothing: the call before may still change it."""
        self.problem: Message | None = None
        """The problem for the user, None for none."""

    def take_over(self, earlier: RetryUntilConfirmed) -> None:
        """Continue with the calls of `earlier`, which sends no more, and with what is known of them."""
        self.calls, self.problem = earlier.calls, earlier.problem
        self._attempts, self._is_back, self._failed = earlier._attempts, earlier._is_back, earlier._failed

    async def replace_calls(self, calls: Sequence[ServiceCall], sent: Sequence[ServiceCall], view: View) -> None:
        """Replace the calls to confirm by these and clear the problem; send those of `sent` at once."""
        self.calls, self.problem = tuple(calls), None
        self._attempts = Attempts(_entity_states(view, self.unconfirmed(view)), view.now_s, 1)
        self._is_back = False
        for call in sent:
            await self.send(call, view.now_s)

    def unconfirmed(self, view: View) -> Calls:
        """Return the calls whose entity displays another value or none: Home Assistant skips unavailable entities."""
        return tuple(call for call in self.calls if not self.has_confirmed(view, call))

    def has_confirmed(self, view: View, call: ServiceCall) -> bool:
        """Return whether the entity of a call displays its value.

        While the last call to it has failed and its state is as it was then, only after `UNRESPONSIVE_TIMES` attempts.
        """
        entity = entity_of_call(call)
        may_change = self._failed.get(entity) == view.word(entity) and self._attempts.times <= tuning.UNRESPONSIVE_TIMES
        return not may_change and is_confirmed(view, call)

    async def repeat_if_due(self, view: View) -> None:
        """Repeat all unconfirmed calls every `LASTING_S`; after `UNRESPONSIVE_TIMES`, after waits that double.

        Then a problem is set too. Where their entities change, the problem is cleared and the waits begin anew with
        `LASTING_S` since the last sending, `RETRY_S` if one has become available; it is also cleared once all calls are
        confirmed.
        """
        unconfirmed = self.unconfirmed(view)
        words = _entity_states(view, unconfirmed)
        if not unconfirmed:
            self._failed.clear()
        if words != self._attempts.value or not unconfirmed:
            # An entity that has become available, or has changed, has not received the call yet.
            self._is_back = self._is_back or (self._attempts.value or ()).count(None) > words.count(None)
            self._attempts, self.problem = replace(self._attempts, value=words, times=1), None
        first_s, even = tuning.RETRY_S if self._is_back else tuning.LASTING_S, tuning.UNRESPONSIVE_TIMES
        if not unconfirmed or not self._attempts.is_due(words, first_s, view.now_s, even):
            return
        if self._attempts.times > even and not self.problem:
            entity = entity_of_call(unconfirmed[0])
            shown = view.word(entity)
            code, values = (self._faults.unavailable, {}) if shown is None else (self._faults.ignored, {"shown": shown})
            self.problem = message(code, entity=entity, **values)
        self._attempts, self._is_back = self._attempts.after_sending(words, view.now_s), False
        for call in unconfirmed:
            await self.send(call, view.now_s)

    async def send(self, call: ServiceCall, now_s: float) -> None:
        """Make one call; a failure is not raised, but becomes `problem`."""
        entity = entity_of_call(call)
        if self._sent is not None:
            self._sent.append(SentCall(now_s, entity, call))
        why = await call_error(self._ports, call.domain, call.service, call.data)
        self._failed.pop(entity, None)
        if why:
            self._failed[entity] = present_state(self._ports, entity).state
            self.problem = message("battery_call_failed", entity=entity, error=why)


def is_confirmed(view: View, call: ServiceCall) -> bool:
    """Return whether an entity displays the value that a call has sent: the option, the switch, or nearly the number.

    That is within `ALIKE_SHARE`, and `CLEARLY_W` at most; False while it displays no number where one was sent.
    """
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


def _entity_states(view: View, calls: Sequence[ServiceCall]) -> EntityStates:
    """Return the states of the entities of some calls."""
    return tuple(view.word(entity_of_call(call)) for call in calls)
