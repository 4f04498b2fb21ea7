"""Orders one home battery to hold or to charge from the grid, and releases it to its own logic.

The calls that release it are on disk before an order is sent: the next start sends them first, whatever CONFIG says
then. So no order is sent if its release cannot be stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable

from ... import tuning
from ...devices.driver import Calls, ServiceCall, set_value_or_option_call
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
    Faults,
    RetryUntilConfirmed,
    charge_power_entity,
    entities_set,
    entity_of_call,
    is_confirmed,
    order_calls,
    release_calls,
)

AWAY = frozenset({"unavailable", "None"})
"""States of an entity that accepts no value, "None" for one that does not exist."""
UNSTORED = message("battery_free_unstored")
"""The reason while the disk is full."""
Stored = tuple[Calls, Calls, Calls]
"""The releases that are due, the blind writes, and the release of the order in force."""
Store = Callable[[], Awaitable[str]]
"""Writes `BatteryControl.release` to the disk; returns why that is impossible, "" when it is done."""


async def report_missing_storage_folder() -> str:
    """Store nothing and return the problem to report: Home Assistant has no folder `.storage`.

    An owner with one replaces it.
    """
    return "Home Assistant's folder .storage is missing"


class Due:
    """The releases that are due of all batteries, and what else the file holds. `store` is set by its owner."""

    def __init__(self, ports: Ports) -> None:
        self.store: Store = report_missing_storage_folder
        self.releases = RetryUntilConfirmed(ports, Faults("battery_release_ignored", "battery_release_unavailable"))
        self.blind: Calls = ()
        """The last writes of each charge power whose previous value never appeared again, until a user sets another
        value. The next start needs them too, to report them and not to take the value for the user's choice."""


class BatteryOrder:
    """The order in force of one battery; `is_uncertain`: an earlier process may have left one of unknown release."""

    def __init__(self, ports: Ports, due: Due, place: str, *, is_uncertain: bool) -> None:
        self.place = place
        """The path of the battery in CONFIG."""
        self._ports = ports
        self._due = due
        self._is_uncertain = is_uncertain
        self._request = RELEASED
        self._order = RetryUntilConfirmed(ports, Faults("battery_order_ignored", "battery_order_unavailable"))
        self.later: Calls = ()
        """The release of the order in force, empty while there is none."""
        self._unstored = ""
        """Why the last order was not sent."""
        self._stopped_s = self._unneeded_s = self._power_s = NEVER_S
        """When charging had to stop at once, since when no order is needed, and when the power was written last."""

    @property
    def mode(self) -> BatteryMode:
        """The kind of the order in force."""
        return self._request.mode

    def reason(self, request: BatteryRequest) -> Message:
        """Return why the battery has its present order: the request's reason if that is of the same mode.

        Otherwise that the order could not be stored, or the reason with which the present one began or was updated.
        """
        if request.mode is self.mode:
            return request.reason
        return UNSTORED if self._unstored else self._request.reason

    def may_charge(self, now_s: float) -> bool:
        """Return whether charging may begin: it waits for `PLAN_AGAIN_S` after it had to stop at once (`at_once`)."""
        return has_passed(tuning.PLAN_AGAIN_S, self._stopped_s, now_s)

    @property
    def problem(self) -> Message | None:
        """The problem of the order in force for the user, None for none."""
        return message("battery_orders_unstored", error=self._unstored) if self._unstored else self._order.problem

    @property
    def charging_entities(self) -> frozenset[str]:
        """The entities that an order to charge sets now; empty without one."""
        return entities_set(self._order.calls) if self.mode is BatteryMode.CHARGE else frozenset()

    @property
    def _release_calls(self) -> Calls:
        """All calls that are due, and those that release the order in force."""
        return (*self._due.releases.calls, *self.later)

    def forget(self) -> None:
        """Drop the order in force without releasing it: its release is due elsewhere now."""
        self.later, self._request = (), RELEASED

    async def update(self, orders: BatteryOrders, request: BatteryRequest, view: View) -> None:
        """Bring the battery to the requested order: begin, update, repeat or release it.

        A request for normal operation releases the present order. If an earlier process may have left an order on, the
        calls that release it by CONFIG become due first. A charging order that has to end at once is remembered
        (`may_charge`).
        """
        if self._is_uncertain and orders != NO_ORDERS:
            # CONFIG names what may have been left on.
            self._is_uncertain = False
            self._due.releases.calls += tuple(release_calls(orders, RELEASED, None))
        if request.at_once and self.mode is BatteryMode.CHARGE:
            self._stopped_s = view.now_s
        if request.mode is BatteryMode.NORMAL:
            self._unstored = ""
            await self._release_when_unneeded(request, view)
        else:
            self._unneeded_s = NEVER_S
            await self._begin_or_update_order(orders, request, view)

    async def _release_when_unneeded(self, request: BatteryRequest, view: View) -> None:
        """Release the order in force, if there is one: at once if the request demands that, else after `LASTING_S`.

        The delay begins with the first request for normal operation since the last other one: cars pause at times, so
        an order outlasts such a pause.
        """
        if not self.later:
            return
        if self._unneeded_s == NEVER_S:
            self._unneeded_s = view.now_s
        if request.at_once or has_passed(tuning.LASTING_S, self._unneeded_s, view.now_s):
            await self._release_order(view)

    async def _release_order(self, view: View) -> None:
        """Release the order in force: send the calls that undo it, which remain due until their effect is displayed."""
        # Whatever fails from here on, the calls remain due.
        self._due.releases.calls = self._release_calls
        self.forget()
        self._unneeded_s = NEVER_S
        await self._order.replace_calls((), (), view)
        await self._due.releases.replace_calls(self._due.releases.calls, self._due.releases.calls, view)

    async def _begin_or_update_order(self, orders: BatteryOrders, request: BatteryRequest, view: View) -> None:
        """Begin a new order, or update its power when due; otherwise learn the charging power or repeat ignored calls.

        New is another mode, or the same with other entities.
        """
        power = charge_power_entity(orders)
        unit_w = 1.0 if power is None else POWER_UNITS.get(view.unit(power), 1.0)
        calls = order_calls(orders, request, unit_w)
        is_new = request.mode is not self.mode or entities_set(calls) != entities_set(self._order.calls)
        if is_new:
            await self._begin_order(orders, request, calls, view)
        elif self._is_power_due(request, view.now_s):
            self._request, self._power_s = request, view.now_s
            changed = [call for call in calls if call not in self._order.calls]
            await self._send_order_calls(orders, calls, changed, view)
        elif not await self._learn_power(orders, view):
            await self._order.repeat_if_due(view)

    async def _send_order_calls(
        self, orders: BatteryOrders, calls: Calls, sent: Iterable[ServiceCall], view: View
    ) -> None:
        """Send those of an order's `calls` that are in `sent`; the power waits until what it was before is known.

        A write that cannot be read back is stored first. If that fails nothing is sent, and the order is released.
        """
        waits, sent = self._power_entity_to_learn(orders), tuple(sent)
        for call in sent:
            if entity_of_call(call) in entities_set(self._due.blind) and not await self._store_blind_write(call, view):
                return
        await self._order.replace_calls(calls, [call for call in sent if entity_of_call(call) != waits], view)
        # Some numbers are there only once the order is in force.
        await self._learn_power(orders, View(self._ports.get, view.now_s))

    def _power_entity_to_learn(self, orders: BatteryOrders) -> str | None:
        """Return the entity of the charging power while its former value is unknown, None otherwise."""
        power = orders.charging_power_entity
        is_known = power in entities_set((*self._due.blind, *self._release_calls))
        return None if is_known or self.mode is not BatteryMode.CHARGE else power

    async def _learn_power(self, orders: BatteryOrders, view: View) -> bool:
        """Store the charging power's value, then write that power for the first time; return whether that was due.

        Not due once the value is known, or while the entity is unavailable, because it would accept no value. An entity
        that displays no number is written blind, which is stored too. If the store fails, nothing is written, and the
        order is released.
        """
        power = self._power_entity_to_learn(orders)
        if power is None or str(view.raw(power)).strip() in AWAY:
            return False
        call = next(call for call in self._order.calls if entity_of_call(call) == power)
        before, before_w = self._stored, view.number(power)
        if before_w is None:
            is_stored = await self._store_blind_write(call, view)
        else:
            self.later = (*self.later, set_value_or_option_call(power, before_w))
            is_stored = await self._store_or_release(before, view)
        if is_stored:
            await self._order.send(call)
        return True

    async def _store_blind_write(self, call: ServiceCall, view: View) -> bool:
        """Store a call whose effect cannot be read back in `blind`, before it is sent; return whether that worked.

        If not, `blind` stays as it was and the order is released. The entity's last write stays stored beside the new
        one, whose value it displays until the new one arrives.
        """
        before, entity = self._stored, entity_of_call(call)
        others = [each for each in self._due.blind if entity_of_call(each) != entity]
        last = [each for each in self._due.blind if entity_of_call(each) == entity][-1:]
        self._due.blind = (*others, *last, call)
        return await self._store_or_release(before, view)

    @property
    def _stored(self) -> Stored:
        """What of this order and of what is due has to be on the disk before a call is sent."""
        return self._due.releases.calls, self._due.blind, self.later

    async def _store_or_release(self, before: Stored, view: View) -> bool:
        """Store the releases and blind writes, and return whether that worked, so that calls may be sent.

        If not, those of `before` count again, and the order in force is released.
        """
        self._unstored = await self._due.store()
        if self._unstored:
            self._due.releases.calls, self._due.blind, self.later = before
            if self.later:
                await self._release_order(view)
        return not self._unstored

    async def _begin_order(self, orders: BatteryOrders, request: BatteryRequest, calls: Calls, view: View) -> None:
        """Store how the new order is released, then send it; if it cannot be stored, release the present one instead.

        A power that is not displayed is sent a second time, as some devices accept it only once the order is in force.
        """
        before = self._stored
        later = tuple(release_calls(orders, request, self._power_before_w(orders, view)))
        # An earlier order with other entities still has to be released.
        self._due.releases.calls = tuple(
            call for call in self._release_calls if entity_of_call(call) not in entities_set(later)
        )
        self.later = later
        if not await self._store_or_release(before, view):
            return
        self._request, self._power_s = request, view.now_s
        await self._send_order_calls(orders, calls, calls, view)
        # Some devices accept the power only once the order is in force.
        again = View(self._ports.get, view.now_s)
        power = orders.charging_power_entity
        is_charged = self.mode is BatteryMode.CHARGE and self._power_entity_to_learn(orders) is None
        for call in calls:
            if is_charged and entity_of_call(call) == power and not is_confirmed(again, call):
                await self._order.send(call)

    def _power_before_w(self, orders: BatteryOrders, view: View) -> float | None:
        """Return the charging power before Fusebox set it [W]; None while unknown, and without an entity for it."""
        power = orders.charging_power_entity
        if power is None or power in entities_set(self._due.blind):
            return None
        for call in self._release_calls:
            if entity_of_call(call) == power:
                return number_of(call.data["value"])
        return view.number(power)

    def _is_power_due(self, request: BatteryRequest, now_s: float) -> bool:
        """Return whether to write the requested power: at once if it is lower by `CLEARLY_W` than the one in force.

        One that is higher by `BATTERY_RAISE_W` is written `BATTERY_RAISE_EVERY_S` after the last write.
        """
        more_w = request.power_w - self._request.power_w
        rested = has_passed(tuning.BATTERY_RAISE_EVERY_S, self._power_s, now_s)
        return more_w <= -tuning.CLEARLY_W or (rested and more_w >= tuning.BATTERY_RAISE_W)
