"""Orders one home battery to hold or to charge from the grid, and releases it to its own logic.

The calls that release it are on disk before an order is sent: the next start sends them first, whatever CONFIG says
then. So no order is sent if its release cannot be stored.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from ... import tuning
from ...devices.driver import Calls, ServiceCall, set_value_or_option_call
from ...model.durations import NEVER_S, has_passed, may_arrive
from ...model.messages.message import Message, message, with_frame
from ...model.orders import BatteryCommand, BatteryOrders
from ...model.readings import View
from ...model.units import POWER_UNITS
from ...runtime.ports import Ports
from .battery_calls import (
    RELEASED,
    BatteryMode,
    BatteryRequest,
    Faults,
    RetryUntilConfirmed,
    SentCall,
    calls_by_entity,
    charge_power_entity,
    entity_of_call,
    is_confirmed,
    order_calls,
)

AWAY = frozenset({"unavailable", "None"})
"""States of an entity that accepts no value, "None" for one that does not exist."""
UNSTORED = message("battery_free_unstored")
"""The reason while the disk is full."""
Persist = Callable[[], Awaitable[str]]
"""Writes `BatteryControl.release` to the disk; returns why that is impossible, "" when it is done."""


async def report_missing_storage_folder() -> str:
    """Store nothing and return the problem to report: Home Assistant has no folder `.storage`.

    An owner with one replaces it.
    """
    return "Home Assistant's folder .storage is missing"


class TakenEntities:
    """The entities that orders have set, and how each is given back. The owner sets `persist`."""

    def __init__(self, ports: Ports) -> None:
        self.persist: Persist = report_missing_storage_folder
        self.orders: list[BatteryOrder] = []
        """The order of each battery that has been in CONFIG."""
        self.back: Mapping[str, ServiceCall] = {}
        """Entity -> the call that gives it back."""
        self.blind: Calls = ()
        """The last writes of each charge power whose previous value never appeared again, until a user sets another
        value. The next start needs them too, to report them and not to take the value for the user's choice."""
        self.under_way: list[SentCall] = []
        """The orders that may still arrive.

        At `NEVER_S` an unknown one of a killed process: it counts as sent at the first look.
        """
        self._given_back = frozenset[str]()
        """The entities that are due and have displayed their value."""
        self.releases = RetryUntilConfirmed(ports, Faults("battery_release_ignored", "battery_release_unavailable"))

    @property
    def in_use(self) -> frozenset[str]:
        """The entities that orders in force set."""
        return frozenset[str]().union(*(order.entities for order in self.orders))

    @property
    def due(self) -> Calls:
        """The calls that give back what no order in force sets."""
        return tuple(call for entity, call in self.back.items() if entity not in self.in_use)

    def forget_arrived(self, now_s: float) -> None:
        """Remove from `under_way` the orders that are too old to take effect."""
        sent = [each._replace(at_s=now_s) if each.at_s == NEVER_S else each for each in self.under_way]
        self.under_way[:] = [each for each in sent if may_arrive(each.at_s, now_s)]

    def drop_confirmed(self, view: View) -> None:
        """Remove from `back` the due calls whose value is displayed, and those of entities `set_by_user`.

        Except of entities with an order `under_way`.
        """
        confirmed = {entity_of_call(call) for call in self.due if self.releases.has_confirmed(view, call)}
        done = (confirmed | self.set_by_user(view)) - {each.entity for each in self.under_way}
        self._given_back = (self._given_back | confirmed) & {entity_of_call(call) for call in self.due} - done
        self.back = {entity: call for entity, call in self.back.items() if entity not in done}

    def set_by_user(self, view: View) -> frozenset[str]:
        """Return the due entities that displayed the value given back, and now display one that no order has set."""
        found = set[str]()
        for call in self.due:
            entity = entity_of_call(call)
            ours = (call, *(each.call for each in self.under_way if each.entity == entity))
            is_ours = view.word(entity) is None or any(each is None or is_confirmed(view, each) for each in ours)
            if entity in self._given_back and not is_ours:
                found.add(entity)
        return frozenset(found)

    def prepare_write(self, write: ServiceCall, view: View, *, is_due: bool, begins: bool, has_begun: bool) -> bool:
        """Store the number to give back, or that this write is blind; return whether to write the charge power now.

        The first write waits for its value; while an order `begins` also for that order, as some numbers are there only
        then; and for as long as its entity accepts none. One that still displays no number is written blind. Later
        writes are those that are due, and right after the order `has_begun` one that is not displayed.
        """
        power = entity_of_call(write)
        last = [call for call in self.blind if entity_of_call(call) == power][-1:]
        if power not in self.back and not last:
            before_w, is_due = view.number(power), True
            if before_w is not None:
                self.back = {**self.back, power: set_value_or_option_call(power, before_w)}
            elif begins or str(view.raw(power)).strip() in AWAY:
                return False
        if is_due and power not in self.back:
            # The last one stays too: that is displayed until the new one arrives.
            others = [call for call in self.blind if entity_of_call(call) != power]
            self.blind = (*others, *last, write)
        return is_due or (has_begun and not is_confirmed(view, write))


class BatteryOrder:
    """The order in force of one battery. `place`: its path in CONFIG."""

    def __init__(self, ports: Ports, taken: TakenEntities, place: str) -> None:
        self.place = place
        self._ports = ports
        self._taken = taken
        self._unstored = ""
        """Why the last order was not sent."""
        self._stopped_s = self._unneeded_s = self._power_s = NEVER_S
        """When charging had to stop at once, since when no order is needed, and when the power was written last."""
        self.forget()

    @property
    def mode(self) -> BatteryMode:
        """The kind of the order in force."""
        return self._request.mode

    @property
    def entities(self) -> frozenset[str]:
        """The entities that the order in force sets; empty without one."""
        return frozenset(map(entity_of_call, self._order.calls))

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
        """The problem of the order in force for the user, None for none."""
        return message("battery_orders_unstored", error=self._unstored) if self._unstored else self._order.problem

    def forget(self) -> None:
        """Drop the order in force without sending anything: what it has set is due to be given back then."""
        self._request = RELEASED
        self._commands: tuple[BatteryCommand | None, ...] = ()
        """How CONFIG had the battery ordered when the order began."""
        faults = Faults("battery_order_ignored", "battery_order_unavailable")
        self._order = RetryUntilConfirmed(self._ports, faults, self._taken.under_way)

    def take_over(self, earlier: BatteryOrder) -> None:
        """Continue the order in force of `earlier`, which is of a load of the script that is over; nothing is sent."""
        self._request, self._commands = earlier._request, earlier._commands
        self._stopped_s, self._unneeded_s, self._power_s = earlier._stopped_s, earlier._unneeded_s, earlier._power_s
        self._order.take_over(earlier._order)

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
            if await self._send_due(orders, request, view, has_begun=False):
                await self._send_due(orders, request, View(self._ports.get, view.now_s), has_begun=True)
            return
        self._unstored = ""
        if self.mode is BatteryMode.NORMAL:
            return
        if self._unneeded_s == NEVER_S:
            self._unneeded_s = view.now_s
        if request.at_once or has_passed(tuning.LASTING_S, self._unneeded_s, view.now_s):
            await self._release_order(view)

    async def _release_order(self, view: View) -> None:
        """Release the order in force: send the calls that undo it, which remain due until their effect is displayed."""
        self._unneeded_s = NEVER_S
        ordered = self._order.calls
        self.forget()
        due = self._taken.due
        sent = [call for call in due if _changes_something(call, ordered, view)]
        await self._taken.releases.replace_calls(due, sent, view)

    async def _send_due(self, orders: BatteryOrders, request: BatteryRequest, view: View, *, has_begun: bool) -> bool:
        """Send those calls of a requested order that are due, once its release is stored; return whether it is new.

        New is another mode, or the same after another CONFIG. Of the present one a power that is due, or may be written
        for the first time; otherwise ignored calls are repeated. `has_begun`: right after a new one, a power that is
        not displayed. Where the release cannot be stored, nothing is sent, and the present order is released.
        """
        taken, before = self._taken, (self._taken.back, self._taken.blind)
        unit_w = POWER_UNITS.get(view.unit(charge_power_entity(orders)), 1.0)
        calls = order_calls(orders, request, unit_w)
        commands = (orders.hold, orders.charge_from_grid)
        is_new = request.mode is not self.mode or commands != self._commands
        is_changed = is_new or self._is_power_due(request, view.now_s)
        calls = calls if is_changed else self._order.calls
        due = [call for call in calls if is_new or call not in self._order.calls]
        ended = order_calls(orders, RELEASED) if is_new else ()
        due = [call for call in due if call not in ended or _changes_something(call, self._order.calls, view)]
        if is_new:
            taken.back = {**taken.back, **calls_by_entity(order_calls(orders, RELEASED))}
        write = next((call for call in calls if entity_of_call(call) == orders.charging_power_entity), None)
        if write is not None:
            may = taken.prepare_write(write, view, is_due=write in due, begins=is_new, has_begun=has_begun)
            due = [call for call in calls if (may if call is write else call in due)]
        if is_new or (taken.back, taken.blind) != before:
            self._unstored = await taken.persist()
            if self._unstored:
                taken.back, taken.blind = before
                if self.mode is not BatteryMode.NORMAL:
                    await self._release_order(view)
                return False
        if is_changed:
            self._request, self._commands, self._power_s = request, commands, view.now_s
            await self._order.replace_calls(calls, due, view)
        elif due or has_begun:
            for call in due:
                await self._order.send(call, view.now_s)
        else:
            await self._order.repeat_if_due(view)
        return is_new

    def _is_power_due(self, request: BatteryRequest, now_s: float) -> bool:
        """Return whether to write the requested power: at once if it is lower by `CLEARLY_W` than the one in force.

        One that is higher by `BATTERY_RAISE_W` is written `BATTERY_RAISE_EVERY_S` after the last write.
        """
        more_w = request.power_w - self._request.power_w
        rested = has_passed(tuning.BATTERY_RAISE_EVERY_S, self._power_s, now_s)
        return more_w <= -tuning.CLEARLY_W or (rested and more_w >= tuning.BATTERY_RAISE_W)


def _changes_something(ending: ServiceCall, ordered: Calls, view: View) -> bool:
    """Return whether a call that ends an order is needed: its entity displays, or was last ordered, another value.

    `ordered`: the calls of the order in force; its device may not display them yet. What is left out spares registers
    that wear out: a template may write twelve of them.
    """
    is_ordered = any(entity_of_call(call) == entity_of_call(ending) and call != ending for call in ordered)
    return is_ordered or not is_confirmed(view, ending)
