"""Orders the home battery to hold or to charge from the grid, and releases it to its own logic.

The calls that release it are on disk before an order is sent: the next start sends them first, whatever CONFIG says
then. So no order is sent if its release cannot be stored.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable

from ... import tuning
from ...devices.driver import ServiceCall, set_call
from ...model.battery_orders import NO_ORDERS, BatteryOrders
from ...model.durations import NEVER_S, has_passed
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.readings import View
from ...model.units import POWER_UNITS
from ...runtime.ports import Ports
from .battery_calls import (
    RELEASED,
    BatteryMode,
    BatteryRequest,
    entities_of,
    entity_of_call,
    order_calls,
    power_entity,
    release_calls,
)
from .keep import KeptCall, KeptWrite, calls_of
from .retry import Faults, RetryUntilConfirmed, is_shown

AWAY = frozenset({"unavailable", "None"})
"""States of an entity that accepts no value, "None" for one that does not exist."""
UNSTORED = BatteryRequest(reason=message("battery_free_unstored"))
"""The request while the disk is full."""
Store = Callable[[], Awaitable[str]]
"""Writes `BatteryControl.release` to the disk; returns why that is impossible, "" when it is done."""


async def _nowhere() -> str:
    return "Home Assistant's folder .storage is missing"


class BatteryControl:
    """The order in force, and the releases that are due. `store` is set by the owner of the file."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self.store: Store = _nowhere
        self._request = RELEASED
        self._order = RetryUntilConfirmed(ports, Faults("battery_order_ignored", "battery_order_unavailable"))
        self._return = RetryUntilConfirmed(ports, Faults("battery_release_ignored", "battery_release_unavailable"))
        self._later: tuple[ServiceCall, ...] = ()
        """The release of the order in force, empty while there is none."""
        self._unstored = ""
        """Why the last order was not sent."""
        self.blind: tuple[ServiceCall, ...] = ()
        """The last writes of each charging power whose former value never showed, until somebody sets another value:
        the next start has to know them too, to report them and not to take them for their owner's."""
        self._is_uncertain = False
        """Whether an earlier process may have left an order whose release was lost."""
        self._stopped_s = self._unneeded_s = self._power_s = self._released_s = NEVER_S
        """When charging had to stop at once, since when no order is needed, when the power was written last, and when
        it was released without a look."""
        self._one_at_a_time = asyncio.Lock()

    @property
    def mode(self) -> BatteryMode:
        """The kind of the order in force."""
        return self._request.mode

    def reason(self, request: BatteryRequest) -> Message:
        """Return why the battery has its present order, which may differ from the request."""
        if request.mode is self.mode:
            return request.reason
        return UNSTORED.reason if self._unstored else self._request.reason

    def may_charge(self, now_s: float) -> bool:
        """Return whether charging may begin: it waits after a forced stop, because the room may be needed again."""
        return has_passed(tuning.PLAN_AGAIN_S, self._stopped_s, now_s)

    @property
    def release(self) -> tuple[ServiceCall, ...]:
        """All calls that release the battery, due or not: what the next start has to know."""
        return (*self._return.calls, *self._later)

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems for the user."""
        unstored = message("battery_orders_unstored", error=self._unstored) if self._unstored else ""
        written = {entity_of_call(call): str(call.data["value"]) for call in self.blind}
        blind = [message("battery_power_unknown_before", entity=entity, sent=sent) for entity, sent in written.items()]
        return tuple(filter(None, [self._return.problem, self._order.problem, unstored, *blind]))

    def restore(self, release: Iterable[KeptCall], blind: Iterable[KeptWrite] = (), *, is_certain: bool) -> None:
        """Take over `release` and `blind` of an earlier process; not `is_certain`: it may have left more to release."""
        self._return.calls += calls_of(release)
        self.blind += calls_of(blind)
        self._is_uncertain = not is_certain

    async def release_all(self) -> None:
        """Release the battery now: at a start, and as the last act. Calls that are not confirmed remain due."""
        async with self._one_at_a_time:
            await self._send_releases()
            self._return.calls = self._return.unconfirmed(View(self._ports.get, NEVER_S))

    async def release_anyway(self, now_s: float) -> None:
        """Release the battery without reading its entities, again each minute, when nothing else is sure to work."""
        if has_passed(tuning.LASTING_S, self._released_s, now_s):
            self._released_s = now_s
            await self._send_releases()

    async def _send_releases(self) -> None:
        self._return.calls, self._later, self._request = self.release, (), RELEASED
        for call in self._return.calls:
            await self._return.send(call)

    async def retry_release(self, view: View) -> None:
        """Repeat the releases that are not confirmed."""
        await self._return.look(view)
        self._return.calls = self._return.unconfirmed(view)

    async def look(self, orders: BatteryOrders, request: BatteryRequest, view: View) -> None:
        """Give the battery the requested order, and repeat orders and releases that are not followed."""
        async with self._one_at_a_time:
            if self._is_uncertain and orders != NO_ORDERS:
                # CONFIG names what may have been left on.
                self._is_uncertain = False
                self._return.calls += tuple(release_calls(orders, RELEASED, None))
            await self.retry_release(view)
            if self.mode is not BatteryMode.CHARGE:
                written = entities_of([call for call in self.blind if is_shown(view, call)])
                self.blind = tuple(
                    call
                    for call in self.blind
                    if entity_of_call(call) in written or view.number(entity_of_call(call)) is None
                )
            if request.at_once and self.mode is BatteryMode.CHARGE:
                self._stopped_s = view.now_s
            if request.mode is BatteryMode.NORMAL:
                self._unstored = ""
                await self._end(request, view)
            else:
                self._unneeded_s = NEVER_S
                await self._go_on(orders, request, view)

    async def _end(self, request: BatteryRequest, view: View) -> None:
        """Release the order in force: at once, or when none has been needed for a while, as cars pause at times."""
        if not self._later:
            return
        if self._unneeded_s == NEVER_S:
            self._unneeded_s = view.now_s
        if request.at_once or has_passed(tuning.LASTING_S, self._unneeded_s, view.now_s):
            await self._release(view)

    async def _release(self, view: View) -> None:
        """Release the order in force, and read whether that is followed."""
        # Whatever fails from here on, the calls remain due.
        self._return.calls, self._later, self._request, self._unneeded_s = self.release, (), RELEASED, NEVER_S
        await self._order.tell((), (), view)
        await self._return.tell(self._return.calls, self._return.calls, view)

    async def _go_on(self, orders: BatteryOrders, request: BatteryRequest, view: View) -> None:
        """Begin a new order, or update the power of the present one when that is due."""
        power = power_entity(orders)
        unit_w = 1.0 if power is None else POWER_UNITS.get(view.unit(power), 1.0)
        calls = order_calls(orders, request, unit_w)
        is_new = request.mode is not self.mode or entities_of(calls) != entities_of(self._order.calls)
        if is_new:
            await self._begin(orders, request, calls, view)
        elif self._is_power_due(request, view.now_s):
            self._request, self._power_s = request, view.now_s
            changed = [call for call in calls if call not in self._order.calls]
            await self._tell(orders, calls, changed, view)
        elif not await self._learn_power(orders, view):
            await self._order.look(view)

    async def _tell(
        self, orders: BatteryOrders, calls: tuple[ServiceCall, ...], sent: Iterable[ServiceCall], view: View
    ) -> None:
        """Send some calls of an order; the power waits until what it was before is known."""
        waits, sent = self._unlearnt(orders), tuple(sent)
        for call in sent:
            if entity_of_call(call) in entities_of(self.blind) and not await self._store_blind(call, view):
                return
        await self._order.tell(calls, [call for call in sent if entity_of_call(call) != waits], view)
        # Some numbers are there only once the order is in force.
        await self._learn_power(orders, View(self._ports.get, view.now_s))

    def _unlearnt(self, orders: BatteryOrders) -> str | None:
        """Return the entity of the charging power while its former value is unknown, None otherwise."""
        power = orders.charging_power
        is_known = power in entities_of((*self.blind, *self.release))
        return None if is_known or self.mode is not BatteryMode.CHARGE else power

    async def _learn_power(self, orders: BatteryOrders, view: View) -> bool:
        """Store the charging power's value before writing it for the first time; return whether that was due.

        It waits while the entity is unavailable, because it would accept no value.
        """
        power = self._unlearnt(orders)
        if power is None or str(view.raw(power)).strip() in AWAY:
            return False
        call = next(call for call in self._order.calls if entity_of_call(call) == power)
        before_w, later = view.number(power), self._later
        if before_w is None:
            is_stored = await self._store_blind(call, view)
        else:
            self._later = (*later, set_call(power, before_w))
            self._unstored = await self.store()
            is_stored = not self._unstored
            if not is_stored:
                self._later = later
                await self._release(view)
        if is_stored:
            await self._order.send(call)
        return True

    async def _store_blind(self, call: ServiceCall, view: View) -> bool:
        """Store a write in `blind` before it is sent; if that fails, release the order and return False.

        The previous write stays stored: until the new one arrives, the entity displays the old value.
        """
        before, entity = self.blind, entity_of_call(call)
        others = [each for each in before if entity_of_call(each) != entity]
        last = [each for each in before if entity_of_call(each) == entity][-1:]
        self.blind = (*others, *last, call)
        self._unstored = await self.store()
        if self._unstored:
            self.blind = before
            await self._release(view)
        return not self._unstored

    async def _begin(
        self, orders: BatteryOrders, request: BatteryRequest, calls: tuple[ServiceCall, ...], view: View
    ) -> None:
        """Store how the new order is released, then send it."""
        before = self._return.calls, self._later
        later = tuple(release_calls(orders, request, self._power_before_w(orders, view)))
        # An earlier order with other entities still has to be released.
        self._return.calls = tuple(call for call in self.release if entity_of_call(call) not in entities_of(later))
        self._later = later
        self._unstored = await self.store()
        if self._unstored:
            self._return.calls, self._later = before
            if self._later:
                await self._release(view)
            return
        self._request, self._power_s = request, view.now_s
        await self._tell(orders, calls, calls, view)
        # Some devices accept the power only once the order is in force.
        again = View(self._ports.get, view.now_s)
        power = orders.charging_power
        is_charged = self.mode is BatteryMode.CHARGE and self._unlearnt(orders) is None
        for call in calls:
            if is_charged and entity_of_call(call) == power and not is_shown(again, call):
                await self._order.send(call)

    def _power_before_w(self, orders: BatteryOrders, view: View) -> float | None:
        """Return the charging power before Fusebox wrote it [W], None where that is unknown."""
        power = orders.charging_power
        if power is None or power in entities_of(self.blind):
            return None
        for call in self.release:
            if entity_of_call(call) == power:
                return number_of(call.data["value"])
        return view.number(power)

    def _is_power_due(self, request: BatteryRequest, now_s: float) -> bool:
        """Return whether to write the power: a clearly lower one at once, a higher one seldom and in large steps."""
        more_w = request.power_w - self._request.power_w
        rested = has_passed(tuning.BATTERY_RAISE_EVERY_S, self._power_s, now_s)
        return more_w <= -tuning.CLEARLY_W or (rested and more_w >= tuning.BATTERY_RAISE_W)
