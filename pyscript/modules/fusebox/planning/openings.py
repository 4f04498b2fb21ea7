"""Slots that are opened for a load that cannot run at just any power; who is in the way finds other ones."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .exchange import LEAST_MOVE_KW, Exchange, Step
from .ledger import Ledger
from .need import DUST_KW, SLOT_H
from .terms import LAST_CHOICE, TIE

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
    exchange.forget()
    floor = exchange.floor(need)
    usable = _usable_kw(ledger, need)
    spares, powers = ledger.spare_kw[need], ledger.power_kw[need]
    least_kw = max(ledger.needs[need].min_kw, DUST_KW)
    best: Opening | None = None
    # Where there is room first: most of the others cannot be cheaper.
    for is_taken in (False, True):
        for least, slot in ledger.order[need]:
            if best is not None and least >= best.cost:
                break
            spare = spares[slot]
            lowest = DUST_KW if powers[slot] > DUST_KW else least_kw
            if is_taken is not (spare < lowest - DUST_KW or spare <= DUST_KW):
                continue
            step: Step | None = Step(ledger.cost_of(need, slot), slot)
            if is_taken:
                if best is not None and best.cost <= floor and ledger.is_full(need, slot):
                    continue
                spare, step = _by_moving(ledger, exchange, need, slot)
            if step is None:
                continue
            for found in _found(ledger, need, step, spare, usable):
                more = best is not None and found.power_kw > best.power_kw
                if best is None or found.cost < best.cost + (TIE if more else -TIE):
                    best = found
    return best


def _lowest(ledger: Ledger, need: int, slot: int) -> float:
    """The least that a need can take more in a slot."""
    return DUST_KW if ledger.power_kw[need][slot] > DUST_KW else max(ledger.needs[need].min_kw, DUST_KW)


def _by_moving(ledger: Ledger, exchange: Exchange, need: int, slot: int) -> tuple[float, Step | None]:
    """What a need may have of a slot where others leave it, and what that costs."""
    lowest = _lowest(ledger, need, slot)
    spare = ledger.room_kw(need, slot, exchange.fixed) - ledger.power_kw[need][slot]
    step = exchange.by_moving(need, slot) if spare >= max(lowest, LEAST_MOVE_KW) - DUST_KW else None
    return min(spare, max(lowest, MOST_AT_ONCE * ledger.needs[need].max_kw)), step


def _found(ledger: Ledger, need: int, step: Step, spare: float, usable: float) -> Iterator[Opening]:
    """Above the sun each kWh costs more, but below its least power nothing runs."""
    slot, wanted = step.slot, ledger.left_kwh[need] / SLOT_H
    lowest = _lowest(ledger, need, slot)
    most = max(min(spare, wanted), lowest)
    now = ledger.power_kw[need][slot]
    sun = ledger.sun_left_kw(need, slot) - now
    for power in (most, min(max(sun, lowest), most)) if sun > LEAST_MOVE_KW else (most,):
        mean = ledger.price_of(need, slot, now + power, above_kw=now)
        cost = step.cost + mean - ledger.price_of(need, slot, now + DUST_KW, above_kw=now)
        yield Opening(cost * max(power / usable, 1.0) if cost > 0 else cost, slot, power)


def _usable_kw(ledger: Ledger, need: int) -> float:
    """How much more is of use: what is needed, and what may be taken off again where a need has more than its least."""
    over = [power - ledger.needs[need].min_kw for power in ledger.power_kw[need] if power > DUST_KW]
    return ledger.left_kwh[need] / SLOT_H + sum([each for each in over if each > 0])


def clear(ledger: Ledger, exchange: Exchange, need: int, opened: Opening) -> None:
    """Gives a need more power in a slot; who has to make room for it there finds another one."""
    slot = opened.slot
    ledger.add(need, slot, opened.power_kw)
    left = set()
    for limit, _ in ledger.weights[need]:
        for other in sorted(ledger.users[slot], key=lambda at: (-ledger.needs[at].priority, at)):
            weight = ledger.shares[limit][other]
            over = -ledger.slack_kw[limit][slot]
            if over > DUST_KW and weight and other != need and other not in exchange.fixed:
                ledger.add(other, slot, -min(over / weight, ledger.power_kw[other][slot]))
                left.add(other)
    exchange.forget()
    exchange.fixed.add(need)
    for other in sorted(left):
        exchange.place(other)
    exchange.fixed.discard(need)
