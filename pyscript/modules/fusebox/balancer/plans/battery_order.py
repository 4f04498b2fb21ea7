"""Orders one home battery to hold or to charge from the grid, and releases it to its own logic."""

from __future__ import annotations

from collections.abc import Iterable

from ... import tuning
from ...model.durations import NEVER_S, has_passed
from ...model.messages.message import Message, message, with_frame
from ...model.orders import BatteryCommand, BatteryOrders
from ...model.readings import View
from ...model.units import POWER_UNITS
from ...runtime.ports import Ports
from .battery_calls import RELEASED, BatteryMode, BatteryRequest, charge_power_entity, normal_values, order_values
from .loan import is_silent
from .loans import Loans

UNSTORED = message("battery_free_unstored")
"""The reason while the disk is full."""


class BatteryOrder:
    """The order in force of one battery. `place`: its path in CONFIG."""

    def __init__(self, ports: Ports, loans: Loans, place: str) -> None:
        self.place = place
        self._ports = ports
        self._loans = loans
        self._unstored = ""
        """Why the last order was not sent."""
        self._stopped_s = self._unneeded_s = self._power_s = NEVER_S
        """When charging had to stop at once, since when no order is needed, and when the power was written last."""
        self._request = RELEASED
        self._commands: tuple[BatteryCommand | None, ...] = ()
        """How CONFIG had the battery ordered when the order began."""

    @property
    def mode(self) -> BatteryMode:
        """The kind of the order in force."""
        return self._request.mode

    def reason(self, request: BatteryRequest) -> Message:
        """Return why the battery has its present order: the request's reason if that is of the same mode.

        Otherwise that the order could not be stored; while a release waits, the reason with which the order began or
        was updated; in a dry run, what the battery would do.
        """
        if request.mode is self.mode:
            return request.reason
        if self._unstored or request.mode is BatteryMode.NORMAL:
            return UNSTORED if self._unstored else self._request.reason
        return with_frame(request.reason, "would", request.mode.value)

    def may_charge(self, now_s: float) -> bool:
        """Return whether charging may begin: it rests for `BATTERY_RAISE_EVERY_S` after a stop at once."""
        return has_passed(tuning.BATTERY_RAISE_EVERY_S, self._stopped_s, now_s)

    @property
    def problem(self) -> Message | None:
        """Why the battery gets no orders, None if it gets them."""
        return message("battery_orders_unstored", error=self._unstored) if self._unstored else None

    def forget(self) -> None:
        """Drop the order in force without sending anything: what it has set is due to be given back then."""
        self._request, self._commands = RELEASED, ()
        self._loans.orders.pop(self, None)

    def take_over(self, earlier: BatteryOrder) -> None:
        """Continue the order in force of `earlier`, which is of a load of the script that is over; nothing is sent."""
        self._request, self._commands = earlier._request, earlier._commands
        self._loans.orders[self] = earlier._loans.orders.get(earlier, {})
        self._stopped_s, self._unneeded_s, self._power_s = earlier._stopped_s, earlier._unneeded_s, earlier._power_s

    async def update(self, orders: BatteryOrders, request: BatteryRequest, view: View) -> None:
        """Bring the battery to the requested order: begin, update, repeat or release it.

        A request for normal operation releases the present order: at once if it demands that, else `LASTING_S` after
        the first of such requests, because cars pause at times. A charging order that has to end at once is remembered
        (`may_charge`). Some numbers accept a power, or are there, only once the order is in force.
        """
        if request.at_once and self.mode is BatteryMode.CHARGE:
            self._stopped_s = view.now_s
        if request.mode is not BatteryMode.NORMAL:
            self._unneeded_s = NEVER_S
            if await self._send_due(orders, request, view):
                power = [name for name in self._loans.orders[self] if name == orders.charging_power_entity]
                await self._send_values(orders, power, View(self._ports.get, view.now_s), at_once=True)
            return
        self._unstored = ""
        if self.mode is BatteryMode.NORMAL:
            return
        if self._unneeded_s == NEVER_S:
            self._unneeded_s = view.now_s
        if request.at_once or has_passed(tuning.LASTING_S, self._unneeded_s, view.now_s):
            await self._release_order(view)

    async def _release_order(self, view: View) -> None:
        """Release the order in force: give back at once what it has set."""
        self._unneeded_s = NEVER_S
        self.forget()
        await self._loans.update_due(view)

    async def _send_due(self, orders: BatteryOrders, request: BatteryRequest, view: View) -> bool:
        """Send those values of a requested order that are due; return whether it is new and was sent.

        New is another mode, or the same after another CONFIG. Of the present one a power is changed if that is due;
        otherwise ignored values are repeated.
        """
        commands = (orders.hold, orders.charge_from_grid)
        is_new = request.mode is not self.mode or commands != self._commands
        if is_new or self._is_power_due(request, view.now_s):
            self._request, self._commands, self._power_s = request, commands, view.now_s
        unit_w = POWER_UNITS.get(view.unit(charge_power_entity(orders)), 1.0)
        self._loans.orders[self] = values = order_values(orders, self._request, unit_w)
        if is_new:
            await self._loans.update_due(view)
        return await self._send_values(orders, values, view, waits=is_new) and is_new

    async def _send_values(
        self, orders: BatteryOrders, entities: Iterable[str], view: View, *, waits: bool = False, at_once: bool = False
    ) -> bool:
        """Send these entities of the order in force their values where due; return whether each could be stored first.

        If one could not, the order is released. A charge power that displays no number is not written for now if the
        order `waits` for it, or while it accepts none; else blind. `at_once`: those sent before are sent again.
        """
        normal = normal_values(orders)
        for entity in entities:
            before = normal.get(entity)
            if before is None and entity not in self._loans.held:
                before = view.number(entity)
                if before is None and (waits or not is_silent(view, entity)):
                    continue
            await self._loans.update(entity, view, before, at_once=at_once)
            self._unstored = self._loans.unstored.get(entity, "")
            if self._unstored:
                await self._release_order(view)
                return False
        return True

    def _is_power_due(self, request: BatteryRequest, now_s: float) -> bool:
        """Return whether to write the requested power: at once if it is lower by `CLEARLY_W` than the one in force.

        One that is higher by `BATTERY_RAISE_W` is written `BATTERY_RAISE_EVERY_S` after the last write.
        """
        more_w = request.power_w - self._request.power_w
        rested = has_passed(tuning.BATTERY_RAISE_EVERY_S, self._power_s, now_s)
        return more_w <= -tuning.CLEARLY_W or (rested and more_w >= tuning.BATTERY_RAISE_W)
