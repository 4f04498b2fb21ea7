"""A plan as published and followed: blocks with begin, end, power and price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.durations import QUARTER_S
from .need import DUST_KW, SLOT_H, Need, SlotForecast


@dataclass(frozen=True, slots=True)
class PlanBlock:
    """A time in which a load should run."""

    start_s: float
    """Its begin [s since 1970]."""
    end_s: float
    """Its end [s since 1970]."""
    power_kw: float
    """Its mean power [kW]."""
    price: float
    """The mean price per kWh."""


def plan_blocks(powers: Sequence[float], forecast: SlotForecast, from_s: float) -> tuple[PlanBlock, ...]:
    """Return the blocks of one need: begin and end [s since 1970], mean power [kW] and mean price by energy.

    The first slot begins at `from_s`; a block is an uninterrupted run.
    """
    found = []
    for start, end in uninterrupted_runs(powers):
        inside = range(start, end)
        sum_kw = sum(powers[slot] for slot in inside)
        price = sum(powers[slot] * forecast.prices[slot] for slot in inside) / sum_kw
        began_s, ended_s = (from_s + each * QUARTER_S for each in (start, end))
        found.append(PlanBlock(began_s, ended_s, sum_kw / len(inside), price))
    return tuple(found)


def uninterrupted_runs(powers: Sequence[float]) -> list[tuple[int, int]]:
    """Return (first slot, slot after the last) of each run of slots with power, in order; empty for none."""
    on = [power > DUST_KW for power in powers]
    edges = [slot for slot, (was, now) in enumerate(zip([False, *on], [*on, False], strict=True)) if was != now]
    return list(zip(edges[::2], edges[1::2], strict=True))


def slot_cost(forecast: SlotForecast, slot: int, power_kw: float, sun_kw: float) -> float:
    """Return the cost of a power in a slot, of which `sun_kw` is from the sun.

    Sun costs the export price that is lost, or the import price if that is lower; the rest costs the import price.
    """
    price = forecast.prices[slot]
    return SLOT_H * (power_kw * price - sun_kw * (price - min(price, forecast.export[slot])))


def at_once_cost(need: Need, forecast: SlotForecast) -> float:
    """Return the cost of a need's energy at full power from its first slot on, past its end, without limits.

    All sun counts for it. Energy that the known slots have no time for costs nothing.
    """
    left, cost = need.energy_kwh / SLOT_H, 0.0
    for slot in range(max(need.first, 0), len(forecast.prices)):
        power = min(left, need.max_kw)
        cost += slot_cost(forecast, slot, power, min(forecast.sun_kw[slot], power))
        left -= power
    return cost


def even_cost(need: Need, forecast: SlotForecast) -> float:
    """Return the cost of a need's energy if it were spread evenly until its time; 0 without slots.

    All sun counts for it.
    """
    slots = range(max(need.first, 0), need.end)
    power = need.energy_kwh / SLOT_H / max(len(slots), 1)
    return sum(slot_cost(forecast, slot, power, min(forecast.sun_kw[slot], power)) for slot in slots)
