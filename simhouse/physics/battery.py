"""A home battery that aims at zero flow through the meter, within its limits."""

from dataclasses import dataclass
from math import inf

WS_PER_KWH_PCT = 36_000.0  # watt-seconds in one percent of a kilowatt-hour


@dataclass(frozen=True)
class Battery:
    """A battery: capacity [kWh], limits [W], state of charge limits [%], and how quickly it regulates [s]."""

    capacity_kwh: float = 10.0
    max_charge_w: float = 5000.0
    max_discharge_w: float = 5000.0
    soc_min_pct: float = 20.0
    efficiency: float = 0.95  # of charging; discharging is taken as lossless
    settles_s: float = 3.0  # 1 is at once; real ones answer in 1 to 4 s


@dataclass(frozen=True)
class BatteryState:
    """State of charge [%] and power at the terminals [W, + charging]."""

    soc_pct: float = 50.0
    charge_w: float = 0.0


@dataclass(frozen=True)
class Orders:
    """What it is told beside its own logic."""

    hold: bool = False  # it does not discharge
    charge_w: float = 0.0  # it charges with so much, from the grid too


FREE = Orders()


def step_battery(
    battery: Battery, state: BatteryState, net_without_w: float, room_w: float = inf, orders: Orders = FREE
) -> BatteryState:
    """The battery one second later, where the house without it takes this from the grid [W, + import].

    Orders go before its aim.
    It discharges at most what the inverter has left beside the sun (`room_w`), and only above `soc_min_pct`. The aim is
    reached with a lag; the limits hold at once, because electronics and battery management keep them themselves.
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
