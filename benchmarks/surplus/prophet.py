"""What a controller that knows the whole day could have charged from the surplus: the 100 % of a day.

An optimistic bound. While the battery is below its target it gets what CONFIG keeps for it, and the car what it draws
of whole amps of the rest, from 6 A or nothing, without ramps. From then on the battery is a store between its target
and full: what is left of the sun goes into it, the car takes any power at any second, down to nothing, for as long as
something is there. Without a battery it is whole amps of each second, from 6 A.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from simhouse.house.house import House
from simhouse.physics.car import MINIMUM_A

from .day import CAR_MAX_A

WS_PER_KWH = 3_600_000.0


@dataclass(frozen=True)
class Keeps:
    """What CONFIG keeps for the battery: state of charge [%] up to which, and the power until then [W]."""

    target_pct: float
    reserve_w: float


def usable_kwh(house: House, keeps: Keeps | None) -> float:
    """Return the most that the car could have had of its own sun [kWh]; with a battery where `keeps` is given."""
    step = _whole_amps if keeps is None else _draw_with_battery_w
    return sum(step(house, keeps)) / WS_PER_KWH


def _surpluses_w(house: House) -> Iterator[float]:
    """Yield the roof's power less the house's [W], for each second from the car's first arrival to the end.

    Negative where the house uses more.
    """
    assert house.roof.solar is not None
    (charger,) = house.chargers.values()
    from_s = charger.car.visits[0].arrives_s
    for t_s, sun_w in enumerate(house.roof.solar):
        if t_s >= from_s:
            yield sun_w - sum(line.watts[t_s] for line in house.base.values())


def _whole_amps(house: House, _keeps: Keeps | None) -> Iterator[float]:
    """Yield the car's power by second [W], at whole amps within the surplus."""
    for surplus_w in _surpluses_w(house):
        yield _draw_on_surplus_w(house, surplus_w)


def _draw_on_surplus_w(house: House, surplus_w: float) -> float:
    """Return the car's draw at the most whole amps that a surplus allows [W]; 0 below the minimum offer."""
    a_watt = house.voltage_v * len(house.phases)
    offer_a = min(floor(surplus_w / a_watt), CAR_MAX_A)
    return (offer_a - _below_a(house)) * a_watt if offer_a >= MINIMUM_A else 0.0


def _below_a(house: House) -> float:
    """Return what the car leaves of any offer [A]."""
    return house.chargers["car"].car.below_offer_a


def _draw_with_battery_w(house: House, keeps: Keeps | None) -> Iterator[float]:
    """Yield the car's power by second [W] with a battery.

    Below the battery's target the car gets whole amps of the surplus less `reserve_w`, above it any power, with the
    battery's help.
    """
    battery = house.roof.battery
    assert battery is not None and keeps is not None
    full_ws = battery.capacity_kwh * WS_PER_KWH
    target_ws, held_ws = keeps.target_pct / 100 * full_ws, house.roof.battery_state.soc_pct / 100 * full_ws
    most_w = (CAR_MAX_A - _below_a(house)) * house.voltage_v * len(house.phases)
    for surplus_w in _surpluses_w(house):
        if held_ws < target_ws:
            car_w = _draw_on_surplus_w(house, surplus_w - keeps.reserve_w)
        else:
            lent_w = min(battery.max_discharge_w, held_ws - target_ws)
            car_w = max(min(most_w, surplus_w + lent_w), 0.0)
        left_w = min(max(surplus_w - car_w, -battery.max_discharge_w), battery.max_charge_w)
        held_ws = min(held_ws + left_w * (battery.efficiency if left_w > 0 else 1.0), full_ws)
        yield car_w
