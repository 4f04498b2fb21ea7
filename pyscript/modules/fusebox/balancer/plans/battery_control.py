"""Commands all home batteries: each has its own order, and what releases them is due until it is confirmed."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Sequence
from typing import Any

from ... import tuning
from ...devices.driver import Calls
from ...model.durations import NEVER_S
from ...model.equipment import Battery
from ...model.messages.message import message, with_frame
from ...model.orders import NO_ORDERS, BatteryOrders
from ...model.readings import View
from ...runtime.ports import Ports
from .battery_calls import RELEASED, BatteryMode, BatteryRequest, normal_values
from .battery_order import BatteryOrder
from .loan import Faults, Loan, LoanTerms, set_call
from .loans import Loans
from .plan_file import StoredCall, StoredWrite, loans_from_file

UNUSED = BatteryRequest(at_once=True)
"""The request of a battery that is not in CONFIG, or in a dry run."""
WITHOUT_PLACE = "site.battery"
"""The path of a problem that is not of one battery in CONFIG."""


def is_same_power(view: View, loan: Loan, one: float, other: float) -> bool:
    """Return whether two numbers differ by `ALIKE_SHARE`, and `CLEARLY_W`, at most."""
    # Watts are rounded by the device; of percent and kilowatts a part counts.
    return abs(one - other) <= min(tuning.CLEARLY_W, tuning.ALIKE_SHARE * max(abs(one), abs(other)))


TERMS = LoanTerms(
    is_same_power,
    Faults("battery_order_ignored", "battery_order_unavailable", "battery_call_failed"),
    Faults("battery_release_ignored", "battery_release_unavailable", "battery_call_failed"),
    insists=True,
)


class BatteryControl:
    """The order of each battery, and the entities that orders have set. `PlansKeeper` sets `loans.persist`."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self.loans = Loans(ports, TERMS)
        self.orders: list[BatteryOrder] = []
        """The order of each battery that has been in CONFIG."""
        self._is_uncertain = False
        self._one_at_a_time = asyncio.Lock()

    @property
    def release(self) -> Calls:
        """Return all calls that release the batteries, due or not, for the next start."""
        return tuple(set_call(n.entity, n.before) for n in self.loans.held.values() if n.before is not None)

    @property
    def blind(self) -> Calls:
        """The last writes of each charge power whose previous value never appeared, until a user sets another value.

        The next start needs them too, to report them and not to take the value for the user's choice.
        """
        return tuple(set_call(n.entity, sent) for n in self.loans.held.values() if n.before is None for sent in n.sent)

    @property
    def problems(self) -> tuple[str, ...]:
        """Problems for the user, each with the path of its battery."""
        places = {entity: order.place for order in self.orders for entity in self.loans.orders.get(order, ())}
        found = [(order.place, order.problem) for order in self.orders if order.problem is not None]
        found += [(places.get(entity, WITHOUT_PLACE), problem) for entity, problem in self.loans.problems.items()]
        for loan in self.loans.held.values():
            if loan.before is None:
                sent = str(loan.sent[-1])
                found.append((WITHOUT_PLACE, message("battery_power_unknown_before", entity=loan.entity, sent=sent)))
        return tuple(with_frame(problem, "path", place) for place, problem in found)

    def attributes(self, count: int, requests: Sequence[BatteryRequest]) -> dict[str, Any]:
        """Return `battery_order` and `battery_reason` of the battery, of which these are requested.

        Both are of the order in force, which may differ from the request. A battery that was never ordered anything is
        in normal operation. Of several the strongest order, and `battery_orders`: both of each of the `count`.
        """
        new = [BatteryOrder(self._ports, self.loans, WITHOUT_PLACE) for _ in range(count - len(self.orders))]
        requested = [*requests, *[RELEASED] * (count - len(requests))]
        both = zip([*self.orders, *new], requested, strict=False)
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
        self.loans.held |= loans_from_file(release, blind)
        self._is_uncertain = not is_certain

    async def start(self, earlier: object) -> None:
        """Continue the orders in force of `earlier`, the control of the script's load before; give back all else now.

        Nothing is continued of an older version of the code. What does not display its former value remains due.
        """
        async with self._one_at_a_time:
            if type(earlier) is BatteryControl:
                self.loans.take_over(earlier.loans)
                for order in earlier.orders:
                    self.orders.append(BatteryOrder(self._ports, self.loans, order.place))
                    self.orders[-1].take_over(order)
            await self.loans.return_due(View(self._ports.get, NEVER_S))

    async def release_all(self) -> None:
        """Release the batteries now, as the last act. The next start does that again, and looks."""
        async with self._one_at_a_time:
            await self.release_without_reading(NEVER_S)

    async def release_without_reading(self, now_s: float) -> None:
        """Send all values that release the batteries without reading an entity, again only after the usual waits.

        For when nothing else is sure to work: the orders in force are forgotten.
        """
        for order in self.orders:
            order.forget()
        await self.loans.return_due(View(self._ports.get, now_s))

    async def update_orders(self, batteries: Sequence[Battery], requests: Sequence[BatteryRequest], view: View) -> None:
        """Give each battery the requested order, and repeat orders and releases that are not followed.

        A battery that is no longer in CONFIG is released. Concurrent calls wait for each other.
        """
        async with self._one_at_a_time:
            for battery in batteries[len(self.orders) :]:
                if self._is_uncertain:
                    # CONFIG names what may have been left on.
                    left_on = {name: Loan(name, value) for name, value in normal_values(battery.orders).items()}
                    self.loans.held = {**left_on, **self.loans.held}
                self.orders.append(BatteryOrder(self._ports, self.loans, battery.place))
            await self.loans.update_due(view)
            for place, order in enumerate(self.orders):
                orders: BatteryOrders = batteries[place].orders if place < len(batteries) else NO_ORDERS
                await order.update(orders, requests[place] if place < len(batteries) else UNUSED, view)
