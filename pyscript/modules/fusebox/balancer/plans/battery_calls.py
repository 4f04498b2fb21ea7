"""The requests to a home battery, and the values of its entities that order it or release it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from ...config.domains import SET_BY_HAND, domain_of
from ...devices.driver import is_select
from ...model.messages.message import Message, message
from ...model.orders import BatteryCommand, BatteryOrders
from .loan import OFF, ON, EntityValue


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


def order_value(command: BatteryCommand, value: EntityValue | None, *, on: bool) -> EntityValue:
    """Return the value that orders an entity on or off: `value` of a select or number, else "on" or "off"."""
    if value is None or not (is_select(command.entity) or domain_of(command.entity) in SET_BY_HAND):
        return ON if on else OFF
    return str(value) if is_select(command.entity) else value


def charge_power_entity(orders: BatteryOrders) -> str | None:
    """Return the entity of the battery's charging power, None if it has none.

    That is its `power_w`, or the entity of the order itself if that is a number without an `active` value.
    """
    order = orders.charge_from_grid
    if order is None or order.power_w is not None or order.active is not None:
        return None if order is None else order.power_w
    return order.entity if domain_of(order.entity) in SET_BY_HAND else None


def normal_values(orders: BatteryOrders) -> dict[str, EntityValue]:
    """Return entity -> the value that returns the battery to its own logic."""
    known = [order for order in (orders.hold, orders.charge_from_grid) if order is not None]
    return {order.entity: order_value(order, order.normal, on=False) for order in known}


def order_values(orders: BatteryOrders, request: BatteryRequest, unit_w: float = 1.0) -> dict[str, EntityValue]:
    """Return entity -> its value for a request, in the order of sending: the power, then the order; none to release it.

    `unit_w`: the watts of 1 in the unit of the `charge_power_entity`, such as 1000 for kW.
    """
    power = round(request.power_w) if unit_w == 1 else round(request.power_w / unit_w, WATTS_OF_KILOWATTS)
    order = {BatteryMode.HOLD: orders.hold, BatteryMode.CHARGE: orders.charge_from_grid}.get(request.mode)
    if order is None:
        return {}
    first: dict[str, EntityValue] = {} if order.power_w is None else {order.power_w: power}
    return {**first, order.entity: order_value(order, power if order.active is None else order.active, on=True)}
