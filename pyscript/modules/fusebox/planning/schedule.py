"""A plan as it is told and followed: from when until when, at which power, for which price."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.durations import QUARTER_S
from .need import DUST_KW, SLOT_H, Need, Outlook


@dataclass(frozen=True, slots=True)
class Block:
    """A time in which a load is to run."""

    start_s: float
    """From when on [s since 1970]."""
    end_s: float
    """Until when."""
    power_kw: float
    """Its mean power [kW]."""
    price: float
    """The mean price per kWh."""


def blocks(powers: Sequence[float], outlook: Outlook, from_s: float) -> tuple[Block, ...]:
    """The blocks of one need in whole slots; the first slot began at `from_s`. It may be done before the last ends."""
    found = []
    for start, end in runs(powers):
        inside = range(start, end)
        sum_kw = sum(powers[slot] for slot in inside)
        price = sum(powers[slot] * outlook.prices[slot] for slot in inside) / sum_kw
        began_s, ended_s = (from_s + each * QUARTER_S for each in (start, end))
        found.append(Block(began_s, ended_s, sum_kw / len(inside), price))
    return tuple(found)


def runs(powers: Sequence[float]) -> list[tuple[int, int]]:
    """The slots from and until which something runs without a gap."""
    on = [power > DUST_KW for power in powers]
    edges = [slot for slot, (was, now) in enumerate(zip([False, *on], [*on, False], strict=True)) if was != now]
    return list(zip(edges[::2], edges[1::2], strict=True))


def at_once_cost(need: Need, outlook: Outlook) -> float:
    """What its energy would cost if it ran from now on at all it can take, and nothing stood in its way."""
    left, cost = need.energy_kwh / SLOT_H, 0.0
    for price in outlook.prices[max(need.first, 0) :]:
        power = min(left, need.max_kw)
        cost += power * SLOT_H * price
        left -= power
        if left <= DUST_KW:
            break
    return cost


def even_cost(need: Need, outlook: Outlook) -> float:
    """What it would cost spread evenly until its time."""
    prices = outlook.prices[max(need.first, 0) : need.end]
    return need.energy_kwh * sum(prices) / len(prices) if prices else 0.0
