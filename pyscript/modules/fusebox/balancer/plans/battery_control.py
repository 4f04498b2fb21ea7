"""Commands all home batteries: each has its own order, and what releases them is due until it is confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from ... import tuning
from ...devices.driver import Calls
from ...model.durations import NEVER_S, has_passed
from ...model.equipment import Battery
from ...model.messages.message import message, with_frame
from ...model.orders import NO_ORDERS, BatteryOrders
from ...model.readings import View
from ...runtime.ports import Ports
from .battery_calls import (
    RELEASED,
    BatteryMode,
    BatteryRequest,
    SentCall,
    calls_by_entity,
    entity_of_call,
    is_confirmed,
    order_calls,
)
from .battery_order import BatteryOrder, TakenEntities
from .plan_file import StoredCall, StoredWrite, calls_from_file

UNUSED = BatteryRequest(at_once=True)
"""The request of a battery that is not in CONFIG, or in a dry run."""
WITHOUT_PLACE = "site.battery"
"""The path of a problem that is not of one battery in CONFIG."""


class BatteryControl:
    """The order of each battery, and the releases that are due."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self.taken = TakenEntities(ports)
        """The values that orders have set, and the calls that undo them; `PlansKeeper` sets its `persist`."""
        self._is_uncertain = False
        self._released_s = NEVER_S
        """When they were last released by `release_without_reading` [s since 1970]."""
        self._one_at_a_time = asyncio.Lock()

    @property
    def release(self) -> Calls:
        """Return all calls that release the batteries, due or not, for the next start."""
        return tuple(self.taken.back.values())

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems for the user, each with the path of its battery."""
        written = {entity_of_call(call): str(call.data["value"]) for call in self.taken.blind}
        found = [(WITHOUT_PLACE, self.taken.releases.problem)]
        found += [(order.place, order.problem) for order in self.taken.orders]
        for entity, sent in written.items():
            found.append((WITHOUT_PLACE, message("battery_power_unknown_before", entity=entity, sent=sent)))
        return tuple(with_frame(problem, "path", place) for place, problem in found if problem is not None)

    def attributes(self, count: int, requests: Sequence[BatteryRequest]) -> dict[str, Any]:
        """Return `battery_order` and `battery_reason` of the battery, of which these are requested.

        Both are of the order in force, which may differ from the request. A battery that was never ordered anything is
        in normal operation. Of several the strongest order, and `battery_orders`: both of each of the `count`.
        """
        new = [BatteryOrder(self._ports, self.taken, WITHOUT_PLACE) for _ in range(count - len(self.taken.orders))]
        requested = [*requests, *[RELEASED] * (count - len(requests))]
        both = zip([*self.taken.orders, *new], requested, strict=False)
        found = [
            {"battery_order": order.mode.value, "battery_reason": order.reason(request)} for order, request in both
        ]
        strongest = max(found, key=lambda each: [*BatteryMode].index(BatteryMode(each["battery_order"])))
        return {**strongest, "battery_orders": found} if len(found) > 1 else strongest

    def restore(self, release: Iterable[StoredCall], blind: Iterable[StoredWrite] = (), *, is_certain: bool) -> None:
        """Take over `release` and `blind` of an earlier process; nothing is sent.

        If they are not `is_certain`, that process may have left more orders on: then each battery's orders in CONFIG
        are released too, as soon as they are known.
        """
        stored = calls_by_entity(calls_from_file(release))
        self.taken.back = {**stored, **self.taken.back}
        # An order of a process that was killed may still be under way.
        self.taken.under_way += [SentCall(NEVER_S, entity, None) for entity in stored]
        self.taken.blind += calls_from_file(blind)
        self._is_uncertain = not is_certain

    async def start(self, earlier: object) -> None:
        """Continue the orders in force of `earlier`, the control of the script's load before; give back all else now.

        Nothing is continued of an older version of the code. Calls that are not confirmed remain due.
        """
        async with self._one_at_a_time:
            if type(earlier) is BatteryControl:
                self.taken.back = {**self.taken.back, **earlier.taken.back}
                self.taken.under_way[:] = earlier.taken.under_way
                for order in earlier.taken.orders:
                    self.taken.orders.append(BatteryOrder(self._ports, self.taken, order.place))
                    self.taken.orders[-1].take_over(order)
            for call in self.taken.due:
                await self.taken.releases.send(call, NEVER_S)
            self.taken.drop_confirmed(View(self._ports.get, NEVER_S))

    async def release_all(self) -> None:
        """Release the batteries now, as the last act. Calls that are not confirmed remain due.

        What was ordered before counts as arrived: it is overtaken by the release.
        """
        async with self._one_at_a_time:
            await self._send_releases()
            self.taken.under_way.clear()
            self.taken.drop_confirmed(View(self._ports.get, NEVER_S))

    async def release_without_reading(self, now_s: float) -> None:
        """Send all calls that release the batteries without reading an entity, once every `LASTING_S`.

        For when nothing else is sure to work: the orders in force are forgotten.
        """
        if has_passed(tuning.LASTING_S, self._released_s, now_s):
            self._released_s = now_s
            await self._send_releases()

    async def _send_releases(self) -> None:
        """Send all calls that release the batteries, and forget the orders in force."""
        for order in self.taken.orders:
            order.forget()
        for call in self.release:
            await self.taken.releases.send(call, NEVER_S)

    async def retry_release(self, view: View) -> None:
        """Repeat the unconfirmed release calls if that is due; then drop those that are confirmed."""
        self.taken.forget_arrived(view.now_s)
        users = self.taken.set_by_user(view)
        self.taken.releases.calls = tuple(call for call in self.taken.due if entity_of_call(call) not in users)
        await self.taken.releases.repeat_if_due(view)
        self.taken.drop_confirmed(view)

    async def update_orders(self, batteries: Sequence[Battery], requests: Sequence[BatteryRequest], view: View) -> None:
        """Give each battery the requested order, and repeat orders and releases that are not followed.

        A battery that is no longer in CONFIG is released. Concurrent calls wait for each other.
        """
        async with self._one_at_a_time:
            for battery in batteries[len(self.taken.orders) :]:
                if self._is_uncertain:
                    # CONFIG names what may have been left on.
                    left_on = order_calls(battery.orders, RELEASED)
                    self.taken.back = {**calls_by_entity(left_on), **self.taken.back}
                self.taken.orders.append(BatteryOrder(self._ports, self.taken, battery.place))
            await self.retry_release(view)
            self._forget_known_powers(view)
            for place, order in enumerate(self.taken.orders):
                orders: BatteryOrders = batteries[place].orders if place < len(batteries) else NO_ORDERS
                await order.update(orders, requests[place] if place < len(batteries) else UNUSED, view)

    def _forget_known_powers(self, view: View) -> None:
        """Drop the blind writes of powers whose entity now displays a number other than those last sent.

        They stay while it displays no number, and while an order sets that entity.
        """
        by_entity = [(entity_of_call(call), call) for call in self.taken.blind]
        written = {entity for entity, call in by_entity if is_confirmed(view, call)} | self.taken.in_use
        self.taken.blind = tuple(call for name, call in by_entity if name in written or view.number(name) is None)
