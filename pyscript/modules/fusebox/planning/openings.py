"""Slots that are opened for a load that cannot run at just any power; who is in the way finds other ones."""

from __future__ import annotations

from typing import NamedTuple

from .exchange import LEAST_MOVE_KW, Exchange, Step
from .ledger import LAST_CHOICE, TIE, Ledger
from .need import DUST_KW, SLOT_H

MOST_AT_ONCE = 0.25
"""Others make room for so much of a need's power at a time: who has gone elsewhere may have no room for more."""


class Opening(NamedTuple):
    """A slot and how much more is to be had there."""

    cost: float
    """Per kWh."""
    slot: int
    power_kw: float


def premiums(ledger: Ledger, exchange: Exchange, need: int) -> list[float]:
    """Slot -> how much more a kWh costs there because of who would have to leave."""
    exchange.forget()
    found = [0.0] * len(ledger.slots)
    for _, slot in ledger.order[need]:
        if ledger.spare_kw[need][slot] <= DUST_KW:
            step = exchange.by_moving(need, slot)
            found[slot] = LAST_CHOICE if step is None else step.cost - ledger.cost_of(need, slot)
    return found


def opening(ledger: Ledger, exchange: Exchange, need: int) -> Opening | None:
    """The cheapest way to more energy that a need can run at: more where it runs, or a slot more."""
    each = ledger.needs[need]
    wanted = ledger.left_kwh[need] / SLOT_H
    best: Opening | None = None
    exchange.forget()
    for least, slot in ledger.order[need]:
        if best is not None and least >= best.cost:
            break
        runs = ledger.power_kw[need][slot] > DUST_KW
        lowest = DUST_KW if runs else max(each.min_kw, DUST_KW)
        spare = ledger.spare_kw[need][slot]
        step: Step | None = Step(ledger.cost_of(need, slot), slot)
        if spare < lowest - DUST_KW or spare <= DUST_KW:
            spare = ledger.room_kw(need, slot, exchange.fixed) - ledger.power_kw[need][slot]
            step = exchange.by_moving(need, slot) if spare >= max(lowest, LEAST_MOVE_KW) - DUST_KW else None
            spare = min(spare, max(lowest, MOST_AT_ONCE * each.max_kw))
        if step is None:
            continue
        most = max(min(spare, wanted), lowest)
        now = ledger.power_kw[need][slot]
        # Above the sun each kWh costs more, but below its least power nothing runs.
        sun = ledger.sun_left_kw(need, slot) - now
        for power in (most, min(max(sun, lowest), most)) if sun > LEAST_MOVE_KW else (most,):
            mean = ledger.price_of(need, slot, now + power, above_kw=now)
            cost = step.cost + mean - ledger.price_of(need, slot, now + DUST_KW, above_kw=now)
            if best is None or cost < best.cost - TIE or (cost < best.cost + TIE and power > best.power_kw):
                best = Opening(cost, slot, power)
    return best


def clear(ledger: Ledger, exchange: Exchange, need: int, opened: Opening) -> None:
    """Gives a need more power in a slot; who has to make room for it there finds another one."""
    slot = opened.slot
    ledger.add(need, slot, opened.power_kw)
    left = set()
    for limit, _ in ledger.weights[need]:
        for other in sorted(range(len(ledger.needs)), key=lambda at: -ledger.needs[at].priority):
            weight = ledger.limits[limit].weights.get(ledger.needs[other].name, 0.0)
            over = -ledger.slack_kw[limit][slot]
            if over > DUST_KW and weight and other != need and other not in exchange.fixed:
                ledger.add(other, slot, -min(over / weight, ledger.power_kw[other][slot]))
                left.add(other)
    exchange.forget()
    exchange.fixed.add(need)
    for other in sorted(left):
        exchange.place(other)
    exchange.fixed.discard(need)
