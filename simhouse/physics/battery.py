"""A home battery that regulates the meter's flow to zero, within its limits."""

from dataclasses import dataclass
from math import inf

WS_PER_KWH_PCT = 36_000.0  # watt-seconds in one percent of a kilowatt-hour


@dataclass(frozen=True)
class Battery:
    """A battery: capacity [kWh], power limits [W], state of charge limits [%], and lag of its control [s]."""

    capacity_kwh: float = 10.0
    max_charge_w: float = 5000.0
    max_discharge_w: float = 5000.0
    soc_min_pct: float = 20.0
    efficiency: float = 0.95  # of charging; discharging is taken as lossless
    settles_s: float = 3.0  # 1 is at once; real ones answer in 1 to 4 s


@dataclass(frozen=True)
class BatteryState:
    """State of charge [%] and power at the terminals [W, + = charging]."""

    soc_pct: float = 50.0
    charge_w: float = 0.0


@dataclass(frozen=True)
class Orders:
    """Commands that override the battery's own control."""

    hold: bool = False  # it does not discharge
    charge_w: float = 0.0  # its charge power, also from the grid


FREE = Orders()


def step_battery(
    battery: Battery, state: BatteryState, net_without_w: float, room_w: float = inf, orders: Orders = FREE
) -> BatteryState:
    """Return the battery's state a second later; without it the house draws `net_without_w` [W, + = import].

    Orders precede its own control. It discharges at most what the inverter has left besides the sun (`room_w`), and
    only above `soc_min_pct`. Its target is reached with a lag; its limits apply at once, because its electronics
    enforce them.
    """
    per_pct = WS_PER_KWH_PCT * battery.capacity_kwh
    most_w = min(battery.max_charge_w, max(0.0, 100 - state.soc_pct) * per_pct / battery.efficiency)
    least_w = -min(battery.max_discharge_w, max(0.0, room_w), max(0.0, state.soc_pct - battery.soc_min_pct) * per_pct)
    if orders.hold or orders.charge_w > 0:
        least_w = 0.0
    aim_w = max(-net_without_w, orders.charge_w) if orders.charge_w > 0 else -net_without_w
    wanted_w = max(least_w, min(most_w, aim_w))
    charge_w = state.charge_w + (wanted_w - state.charge_w) / battery.settles_s
    charge_w = max(least_w, min(most_w, charge_w))
    stored_w = charge_w * battery.efficiency if charge_w > 0 else charge_w
    return BatteryState(max(0.0, min(100.0, state.soc_pct + stored_w / per_pct)), charge_w)
