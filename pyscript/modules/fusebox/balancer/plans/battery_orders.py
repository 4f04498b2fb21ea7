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
from ...model.readings import View, finite
from ...runtime.log_throttle import said_by
from ...runtime.ports import Ports


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
    """What it was told last. `release`: what gives it back, empty while that is not due."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._wanted = Wanted()
        self._told_s = float("-inf")
        self._unheard = 0
        self.release: tuple[ServiceCall, ...] = ()
        self.problem = ""
        """What a person should look at."""

    @property
    def told(self) -> Told:
        """What it is told now."""
        return self._wanted.told

    def restore(self, kept: object) -> None:
        """What an earlier process has left to be given back."""
        for call in kept if isinstance(kept, list | tuple) else ():
            if isinstance(call, list | tuple) and len(call) == len(("domain", "service", "data")):
                self.release = (*self.release, ServiceCall(str(call[0]), str(call[1]), dict(call[2])))

    async def give_back(self) -> None:
        """To its own logic, now. What fails stays to be done."""
        left = []
        for call in self.release:
            if not await self._call(call):
                left.append(call)
        self.release, self._wanted = tuple(left), Wanted()

    async def want(self, orders: BatteryOrders, wanted: Wanted, view: View) -> None:
        """Tell it what is different; again where it has not shown that it has heard."""
        told_for_s = view.now_s - self._told_s
        if wanted.told is Told.NORMAL:
            # A car that pauses for a moment is no reason to switch to and fro; a silent meter is.
            if self.release and (wanted.at_once or told_for_s >= tuning.LASTING_S):
                await self.give_back()
            return
        calls = calls_for(orders, wanted)
        unseen = [call for call in calls if not _shows(view, call)]
        is_new = wanted.told is not self._wanted.told
        is_other = is_new or abs(wanted.power_w - self._wanted.power_w) >= tuning.CLEARLY_W
        is_unheard = bool(unseen) and told_for_s >= tuning.LASTING_S
        if is_unheard and self._unheard >= tuning.UNRESPONSIVE_TIMES:
            entity = str(unseen[0].data["entity_id"])
            self.problem = f"the battery does not follow: {entity} stays at {view.word(entity)}"
        elif not unseen:
            self._unheard, self.problem = 0, ""
        if not is_other and (not is_unheard or self._unheard >= tuning.UNRESPONSIVE_TIMES):
            return
        self._unheard = 0 if is_other else self._unheard + 1
        self.release = calls_for(orders, Wanted())
        self._wanted, self._told_s = wanted, view.now_s
        for call in calls if is_new else unseen:
            await self._call(call)

    async def _call(self, call: ServiceCall) -> bool:
        try:
            await self._ports.call(call.domain, call.service, blocking=True, **call.data)
        except Exception as error:  # whatever an integration may raise
            self.problem = f"the battery cannot be told: {call.data['entity_id']}: {said_by(error)}"
            return False
        return True


def _shows(view: View, call: ServiceCall) -> bool:
    """Whether an entity shows what it was told."""
    shown = view.word(str(call.data["entity_id"]))
    if call.service == "select_option":
        return shown == call.data["option"]
    if call.service == "set_value":
        number, told = finite(shown), finite(call.data["value"])
        return number is not None and told is not None and abs(number - told) < tuning.CLEARLY_W
    return shown == {"turn_on": "on", "turn_off": "off"}[call.service]


def plain(release: Sequence[ServiceCall]) -> list[list[Any]]:
    """What is to be given back, for a file."""
    return [[call.domain, call.service, dict(call.data)] for call in release]
