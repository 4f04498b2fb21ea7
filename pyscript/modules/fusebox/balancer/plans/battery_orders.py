"""Tells the home battery to hold or to charge from the grid, and gives it back to its own logic.

How it is given back is kept over a restart: whoever starts next does that first, whatever CONFIG says by then.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from ... import tuning
from ...devices.chargers.number import SET_BY_HAND
from ...devices.driver import ServiceCall, is_list, set_call, switch_call
from ...model.battery_orders import BatteryOrders, Order
from ...model.readings import View
from ...runtime.ports import Ports
from .insisting import Insisting, shows


class Told(StrEnum):
    """What it is told."""

    NORMAL = "normal"
    HOLD = "hold"
    CHARGE = "charge"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What it should be told now, and why."""

    told: Told = Told.NORMAL
    power_w: float = 0.0
    """How fast it is to charge [W]."""
    reason: str = "left to its own logic"
    at_once: bool = False
    """Whether that does not wait."""


def set_to(order: Order, value: str | float | None, *, on: bool) -> ServiceCall:
    """The call that brings an order's entity to a value, a switch on or off."""
    if is_list(order.entity):
        return set_call(order.entity, str(value))
    if order.entity.partition(".")[0] in SET_BY_HAND:
        return set_call(order.entity, value)
    return switch_call(order.entity, on)


def calls_for(orders: BatteryOrders, wanted: Wanted) -> tuple[ServiceCall, ...]:
    """All that brings it there: what is over is given back first."""
    found = []
    for told, order in ((Told.HOLD, orders.hold), (Told.CHARGE, orders.charge_from_grid)):
        if order is not None and told is not wanted.told:
            found.append(set_to(order, order.normal, on=False))
    for told, order in ((Told.HOLD, orders.hold), (Told.CHARGE, orders.charge_from_grid)):
        if order is not None and told is wanted.told:
            if order.power_w is not None:
                power = Order(order.power_w, None, None)
                found.append(set_to(power, round(wanted.power_w), on=True))
            value = round(wanted.power_w) if order.active is None else order.active
            found.append(set_to(order, value, on=True))
    # One entity may serve both: what it is set to last counts.
    return tuple({call.data["entity_id"]: call for call in found}.values())


class BatteryTeller:
    """What it was told last, and what it has still to be given back."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._wanted = Wanted()
        self._order = Insisting(ports, fault="the battery does not follow")
        self._return = Insisting(ports, fault="the battery is not given back")
        self._stopped_s = float("-inf")
        """When it had to stop charging at once."""
        self._later: tuple[ServiceCall, ...] = ()
        """What gives it back, empty while it is told nothing."""

    @property
    def told(self) -> Told:
        """What it is told now."""
        return self._wanted.told

    def may_charge(self, now_s: float) -> bool:
        """Whether it has waited since it had to stop: what took its room may come back."""
        return now_s - self._stopped_s >= tuning.PLAN_AGAIN_S

    @property
    def release(self) -> tuple[ServiceCall, ...]:
        """All that gives it back, whether that is due or not: what is kept for the next start."""
        return (*self._return.calls, *self._later)

    @property
    def problems(self) -> tuple[str, ...]:
        """What a person should look at."""
        return tuple(filter(None, (self._return.problem, self._order.problem)))

    def restore(self, kept: object) -> None:
        """What an earlier process has left to be given back."""
        for call in kept if isinstance(kept, list | tuple) else ():
            if isinstance(call, list | tuple) and len(call) == len(("domain", "service", "data")):
                self._return.calls += (ServiceCall(str(call[0]), str(call[1]), dict(call[2])),)

    async def give_back(self) -> None:
        """To its own logic, now, at a start and as the last act. What does not show that stays to be done."""
        self._return.calls, self._later, self._wanted = self.release, (), Wanted()
        for call in self._return.calls:
            await self._return.send(call)
        self._return.calls = self._return.unseen(View(self._ports.get, float("-inf")))

    async def look_back(self, view: View) -> None:
        """Give back again what does not show that it is."""
        await self._return.look(view)
        self._return.calls = self._return.unseen(view)

    async def want(self, orders: BatteryOrders, wanted: Wanted, view: View) -> None:
        """Tell it what is different; again where it has not shown that it has heard."""
        await self.look_back(view)
        if wanted.at_once and self.told is Told.CHARGE:
            self._stopped_s = view.now_s
        if wanted.told is Told.NORMAL:
            # A car that pauses for a moment is no reason to switch to and fro; a silent meter or a full wire is.
            if self._later and (wanted.at_once or view.now_s - self._order.told_s >= tuning.LASTING_S):
                due, self._later, self._wanted = self.release, (), Wanted()
                await self._order.tell((), (), view)
                await self._return.tell(due, due, view)
            return
        calls = calls_for(orders, wanted)
        is_new = wanted.told is not self.told or _entities(calls) != _entities(self._order.calls)
        if is_new or abs(wanted.power_w - self._wanted.power_w) >= tuning.CLEARLY_W:
            again = calls_for(orders, Wanted())
            # What an earlier CONFIG had told is still to be given back.
            self._return.calls = tuple(call for call in self.release if call.data["entity_id"] not in _entities(again))
            self._later, self._wanted = again, wanted
            sent = calls if is_new else tuple(call for call in calls if not shows(view, call))
            await self._order.tell(calls, sent, view)
        else:
            await self._order.look(view)


def _entities(calls: Sequence[ServiceCall]) -> frozenset[object]:
    return frozenset(call.data["entity_id"] for call in calls)


def plain(release: Sequence[ServiceCall]) -> list[list[Any]]:
    """What is to be given back, for a file."""
    return [[call.domain, call.service, dict(call.data)] for call in release]
