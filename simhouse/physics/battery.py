"""A home battery that aims at zero flow through the meter, within its limits."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Battery:
    """A battery: capacity [kWh], limits [W], state of charge limits [%], and how quickly it regulates [s]."""

    capacity_kwh: float = 10.0
    max_charge_w: float = 5000.0
    max_discharge_w: float = 5000.0
    soc_min_pct: float = 20.0
    efficiency: float = 0.95  # of charging; discharging is taken as lossless
    settles_s: float = 3.0


@dataclass(frozen=True)
class BatteryState:
    """State of charge [%] and power at the terminals [W, + charging]."""

    soc_pct: float = 50.0
    charge_w: float = 0.0


def step_battery(battery: Battery, state: BatteryState, net_without_w: float) -> BatteryState:
    """The battery one second later, where the house without it takes this from the grid [W, + import]."""
    wanted_w = max(-battery.max_discharge_w, min(battery.max_charge_w, -net_without_w))
    if (wanted_w > 0 and state.soc_pct >= 100) or (wanted_w < 0 and state.soc_pct <= battery.soc_min_pct):
        wanted_w = 0.0
    charge_w = state.charge_w + (wanted_w - state.charge_w) / battery.settles_s
    stored_w = charge_w * battery.efficiency if charge_w > 0 else charge_w
    soc_pct = state.soc_pct + stored_w / 36_000 / battery.capacity_kwh
    return BatteryState(max(0.0, min(100.0, soc_pct)), charge_w)
