"""The home battery charged from the grid: only energy that saves more later than it costs, losses included."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from .. import tuning
from ..model.load import Load, Mode
from ..model.site import MAIN, Site
from .need import DUST_KWH, SLOT_H, Limit, Need, SlotForecast, possible_power_kw
from .wires import WireRating

NAME = "home battery"
"""Its name as a load and at the beginning of its needs; no load in CONFIG has a blank in its name."""
PARTS = 8
"""Its capacity is planned in at most this many parts, each worth as much as the least of its uses."""


@dataclass(frozen=True, slots=True)
class Storage:
    """A battery and its target."""

    stored_kwh: float
    """The energy above its lowest state of charge [kWh]."""
    target_kwh: float
    """The energy it should hold at most at its time [kWh]."""
    max_charge_kw: float
    """Its highest charging power [kW]."""
    max_discharge_kw: float
    """Its highest discharging power [kW]."""
    roundtrip: float
    """The share of charged energy that can be discharged."""
    end: int
    """The first slot after its time: before it the battery is charged, from then on it feeds the house."""
    max_price: float | None = None
    """The highest price per kWh at which it is charged; None for no limit but its use."""
    min_charge_kw: float = 0.0
    """Its least charging power [kW]: its highest where nothing sets its power."""


def charges_evenly(site: Site) -> bool:
    """Return whether batteries are known to charge evenly on all phases; otherwise all may be on any of them.

    True on a single phase. Otherwise no inverter may be asymmetric or have `phases` of its own, and each phase needs an
    output.
    """
    is_even = all(not each.asymmetric and each.phases is None for each in site.inverters)
    return len(site.phases) == 1 or (is_even and site.inverter.output.keys() >= set(site.phases))


def as_load(site: Site) -> Load:
    """Return the batteries as one load for the limits: on all phases, in the circuit that their inverters share.

    Behind the main fuse if they have different circuits, or none.
    """
    circuits = {site.inverters[site.inverter_of(place)].circuit for place in range(len(site.batteries))}
    circuit = circuits.pop() if len(circuits) == 1 else None
    last = max(load.priority for load in site.loads) + 1 if site.loads else 1
    return Load(NAME, NAME, circuit or MAIN, site.phases, last, Mode.STANDARD, 0.0, 0.0)


def count_on_each_phase(wire: WireRating, owners: Mapping[str, str]) -> WireRating:
    """Return the wire with the battery's whole power counted on it, as it may use any phase; `owners`: need -> load."""
    whole = {need: 1.0 for need in wire.weights if owners[need] == NAME}
    return wire._replace(weights={**wire.weights, **whole})


def battery_needs(
    store: Storage, forecast: SlotForecast, house_kw: Sequence[float]
) -> tuple[tuple[Need, ...], tuple[Limit, ...]]:
    """Return a need for each amount of energy worth charging, the most valuable first, and the charger's limit on them.

    A need is worth the price it saves times `roundtrip`, at most `max_price`. They end when the target is reached. Both
    are empty where nothing that is bought now would be used later.
    """
    one_way = math.sqrt(store.roundtrip)
    headroom_kwh = max(store.target_kwh - store.stored_kwh, 0.0) / one_way
    found: list[Need] = []
    for price, kwh in _worthwhile_uses(store, forecast, house_kw):
        worth = price * store.roundtrip
        if store.max_price is not None:
            worth = min(worth, store.max_price)
        taken = min(kwh / store.roundtrip, headroom_kwh)
        if taken <= DUST_KWH:
            break
        headroom_kwh -= taken
        least_kw = min(store.min_charge_kw, taken / SLOT_H)  # it stops at its target, within a slot
        name = f"{NAME} {len(found) + 1}"
        found.append(Need(name, taken, store.max_charge_kw, store.end, min_kw=least_kw, worth=worth, early=True))
    if not found:
        return (), ()
    through = {need.name: 1.0 for need in found}
    return tuple(found), (Limit(NAME, through, (store.max_charge_kw,) * len(forecast.prices)),)


def relax_least_power(needs: Sequence[Need], limits: Sequence[Limit]) -> tuple[Need, ...]:
    """Return all needs, those of the battery with no more least power than fits often enough where it runs alone.

    When it is due, the house may draw less than its cautious forecast.
    """
    bought = [need for need in needs if need.name.startswith(NAME) and need.min_kw > 0]
    if not bought:
        return tuple(needs)
    slots = math.ceil(sum(need.energy_kwh / need.max_kw for need in bought) / SLOT_H)
    alone = replace(bought[0], min_kw=0.0)  # the same limits count each of them
    fits_kw = sorted((possible_power_kw(alone, limits, slot) for slot in range(alone.end)), reverse=True)
    least_kw = fits_kw[min(slots, alone.end) - 1]
    return tuple(replace(need, min_kw=min(need.min_kw, least_kw)) if need in bought else need for need in needs)


def _worthwhile_uses(
    store: Storage, forecast: SlotForecast, house_kw: Sequence[float]
) -> Iterator[tuple[float, float]]:
    """Yield what is worth buying for the house after `store.end`: price and energy as discharged [kWh], dearest first.

    Sun before a use serves it first, then what is stored now; what does not fit into the battery in addition is left
    out. Small amounts are put together at the lowest of their prices, as whole slots of its least power; a single slot
    at their mean, as it is bought whole or not at all.
    """
    most_kwh = max(store.target_kwh, store.stored_kwh) * math.sqrt(store.roundtrip)
    brought, suns_before = _sunny_times(store, house_kw)
    left = min(store.stored_kwh * math.sqrt(store.roundtrip) + brought[0], most_kwh)
    held = [0.0] * len(brought)
    later = range(store.end, len(forecast.prices))
    slot_kwh = store.min_charge_kw * SLOT_H * store.roundtrip
    part_kwh = max((store.target_kwh - store.stored_kwh) / PARTS, slot_kwh)
    is_slot = 0 < part_kwh == slot_kwh
    waiting_kwh, saved, price = 0.0, 0.0, 0.0
    for slot in sorted(later, key=lambda slot: (forecast.prices[slot], slot), reverse=True):
        last = suns_before[slot - store.end]
        kwh = min(max(house_kw[slot], 0.0), store.max_discharge_kw) * SLOT_H
        for sun in range(last, 0, -1):
            given = min(kwh, brought[sun], most_kwh - max(held[sun : last + 1]))
            brought[sun] -= given
            kwh -= given
            _add_held(held, sun, last, given)
        bought = min(kwh, most_kwh - max(held[: last + 1]))
        _add_held(held, 0, last, bought)
        served = min(left, bought)
        left -= served
        waiting_kwh += bought - served
        saved += (bought - served) * forecast.prices[slot]
        price = forecast.prices[slot] if bought - served > DUST_KWH else price
        if waiting_kwh >= part_kwh:
            rest_kwh = waiting_kwh % slot_kwh if slot_kwh else 0.0
            kwh, saved = waiting_kwh - rest_kwh, saved - rest_kwh * price
            yield saved / kwh if is_slot else price, kwh
            waiting_kwh, saved = rest_kwh, rest_kwh * price
    if waiting_kwh > 0:
        yield saved / waiting_kwh if is_slot else price, waiting_kwh


def _add_held(held: list[float], first: int, last: int, kwh: float) -> None:
    """Add energy to `held` for the sunny times `first` to `last`."""
    for sun in range(first, last + 1):
        held[sun] += kwh


def _sunny_times(store: Storage, house_kw: Sequence[float]) -> tuple[list[float], list[int]]:
    """Return the energy of each sunny time [kWh, as discharged], and how many precede each slot after `store.end`.

    The first entry is the sun before that, less what the house uses until then, at most what the battery holds.
    """
    found, suns_before, shone = [0.0], [], False
    most_kwh = store.target_kwh * math.sqrt(store.roundtrip)
    for slot, kw in enumerate(house_kw):
        kwh = min(max(-kw, 0.0), store.max_charge_kw) * SLOT_H * store.roundtrip
        if slot < store.end:
            used = min(max(kw, 0.0), store.max_discharge_kw) * SLOT_H
            found[0] = min(max(found[0] + kwh - used, 0.0), most_kwh)
            continue
        if kwh > 0 and not shone:
            found.append(0.0)
        shone = kwh > 0
        found[-1] += kwh if shone else 0.0
        suns_before.append(len(found) - 1)
    return found, suns_before


def planned_charge_kw(powers_kw: Mapping[str, float]) -> float:
    """Return the battery's part of the powers planned for now [kW]; 0 below `CLEARLY_W`, which is never sent to it.

    `powers_kw`: need -> its power.
    """
    sum_kw = sum(kw for need, kw in powers_kw.items() if need.startswith(NAME))
    return sum_kw if sum_kw * 1000 >= tuning.CLEARLY_W else 0.0
