"""The home battery charged from the grid: no more than what its energy saves later, less what is lost on the way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..model.site import Site
from .need import DUST_KWH, SLOT_H, Limit, Need, Outlook

NAME = "battery"
PARTS = 8
"""Its room is planned in so many parts at most, each worth what the least of its uses is."""


@dataclass(frozen=True, slots=True)
class Store:
    """A battery and what is wanted of it."""

    stored_kwh: float
    """What is in it above its least state of charge [kWh]."""
    target_kwh: float
    """What is to be in it at most by its time [kWh]."""
    max_charge_kw: float
    """The most that it takes [kW]."""
    max_discharge_kw: float
    """The most that it gives [kW]."""
    roundtrip: float
    """How much of what it takes it gives back."""
    end: int
    """The first slot after its time: until then it is charged, from then on it feeds the house."""
    max_price: float | None = None
    """It is charged for no more per kWh; None for no limit but its use."""


def charges_evenly(site: Site) -> bool:
    """Whether its charge is known to be spread over all phases; else all of it may come on any of them."""
    inverter = site.inverter
    return len(site.phases) == 1 or (not inverter.asymmetric and inverter.output.keys() >= set(site.phases))


def needs(store: Store, outlook: Outlook, house_kw: Sequence[float]) -> tuple[tuple[Need, ...], tuple[Limit, ...]]:
    """What it is worth to charge, dearest use first, and that all of it goes through one charger."""
    one_way = math.sqrt(store.roundtrip)
    room_kwh = max(store.target_kwh - store.stored_kwh, 0.0) / one_way
    found: list[Need] = []
    for price, kwh in _uses(store, outlook, house_kw):
        worth = price * store.roundtrip
        if store.max_price is not None:
            worth = min(worth, store.max_price)
        taken = min(kwh / store.roundtrip, room_kwh)
        if taken <= DUST_KWH:
            break
        room_kwh -= taken
        found.append(Need(f"{NAME} {len(found) + 1}", taken, store.max_charge_kw, store.end, worth=worth, early=True))
    if not found:
        return (), ()
    through = {need.name: 1.0 for need in found}
    return tuple(found), (Limit(NAME, through, (store.max_charge_kw,) * len(outlook.prices)),)


def _uses(store: Store, outlook: Outlook, house_kw: Sequence[float]) -> Iterator[tuple[float, float]]:
    """What the house needs from its time on: price and kWh, the dearest first; what is stored now goes there first."""
    later = range(store.end, len(outlook.prices))
    uses = sorted(
        ((outlook.prices[slot], min(max(house_kw[slot], 0.0), store.max_discharge_kw) * SLOT_H) for slot in later),
        reverse=True,
    )
    left = store.stored_kwh * math.sqrt(store.roundtrip)
    part_kwh = (store.target_kwh - store.stored_kwh) / PARTS
    waiting_kwh = 0.0
    for at, (price, kwh) in enumerate(uses):
        served = min(left, kwh)
        left -= served
        waiting_kwh += kwh - served
        if waiting_kwh >= part_kwh or at == len(uses) - 1:
            yield price, waiting_kwh
            waiting_kwh = 0.0
