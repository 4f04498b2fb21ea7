"""What is planned becomes what a load can do: no less than its least power, and runs that are long enough."""

from __future__ import annotations

import math
from collections.abc import Sequence

from .blocks import Choice, cheapest_runs
from .exchange import Exchange
from .ledger import Ledger
from .need import DUST_KW, DUST_KWH, SLOT_H, Need
from .openings import Opening, clear, opening, premiums

PARTS = 4
"""A slot that does not give a load all is reckoned in so many parts of what it could take."""


def settle(ledger: Ledger, exchange: Exchange, at: int) -> None:
    """Fixes what one need gets. What it cannot run at is planned anew; others make room and find other slots."""
    need = ledger.needs[at]
    if ledger.left_kwh[at] > DUST_KWH or not can_run(need, ledger.power_kw[at]):
        if need.min_slots > 1:
            _in_runs(ledger, exchange, at)
        else:
            _refilled(ledger, exchange, at)
    elif ledger.left_kwh[at] < -DUST_KWH:
        _lower(ledger, at)
    exchange.fixed.add(at)


def _refilled(ledger: Ledger, exchange: Exchange, at: int) -> None:
    """Leaves the slots in which it gets too little to run, and opens the best ones with as much as it needs."""
    need = ledger.needs[at]
    for slot, power in enumerate(ledger.power_kw[at]):
        if 0 < power < need.min_kw - DUST_KW:
            ledger.add(at, slot, -power)
    while ledger.left_kwh[at] > DUST_KWH:
        best = opening(ledger, exchange, at)
        if best is None:
            break
        clear(ledger, exchange, at, best)
    _lower(ledger, at)


def _lower(ledger: Ledger, at: int) -> None:
    """Takes what is too much out of the dearest slots, as far as the least power allows."""
    need, powers = ledger.needs[at], ledger.power_kw[at]
    on = [slot for slot, power in enumerate(powers) if power > DUST_KW]
    for slot in sorted(on, key=lambda slot: -ledger.price_of(at, slot, powers[slot])):
        less = min(-ledger.left_kwh[at] / SLOT_H, powers[slot] - need.min_kw)
        if less > DUST_KW:
            ledger.add(at, slot, -less)


def _shorten(ledger: Ledger, at: int) -> None:
    """Takes what is too much off the ends of runs that stay long enough, the dearest first: rooms are told in parts."""
    need, powers = ledger.needs[at], ledger.power_kw[at]
    while True:
        long = [(start, end) for start, end in runs(powers) if end - start > need.min_slots]
        ends = [slot for start, end in long for slot in (start, end - 1)]
        fits = [slot for slot in ends if powers[slot] <= DUST_KW - ledger.left_kwh[at] / SLOT_H]
        if not fits:
            return
        dearest = max(fits, key=lambda slot: ledger.price_of(at, slot, powers[slot]))
        ledger.add(at, dearest, -powers[dearest])


def can_run(need: Need, powers: Sequence[float]) -> bool:
    """Whether a load can do this: each run long enough but for the last before its time, never below its least."""
    if any(DUST_KW < power < need.min_kw - DUST_KW for power in powers):
        return False
    for start, end in runs(powers):
        ran = need.ran_slots if start == 0 else 0
        if end - start + ran < need.min_slots and end != need.end:
            return False
    return True


def runs(powers: Sequence[float]) -> list[tuple[int, int]]:
    """The slots from and until which something runs without a gap."""
    edges = [slot for slot in range(len(powers) + 1) if _on(powers, slot) != _on(powers, slot - 1)]
    return list(zip(edges[::2], edges[1::2], strict=True))


def _on(powers: Sequence[float], slot: int) -> bool:
    return 0 <= slot < len(powers) and powers[slot] > DUST_KW


def _in_runs(ledger: Ledger, exchange: Exchange, at: int) -> None:
    """All of a need with a least run; every slot where they do not give what it needs."""
    need = ledger.needs[at]
    for slot, power in enumerate(ledger.power_kw[at]):
        if power:
            ledger.add(at, slot, -power)
    window = range(max(need.first, 0), min(need.end, len(ledger.slots)))
    rooms = [ledger.room_kw(at, slot, exchange.fixed) for slot in window]
    rooms = [room if room >= need.min_kw - DUST_KW and room > DUST_KW else 0.0 for room in rooms]
    parts = PARTS if any(0 < room < need.max_kw - DUST_KW for room in rooms) else 1
    per_unit = need.max_kw / parts
    units = [int(room / per_unit + DUST_KW) for room in rooms]
    dearer = premiums(ledger, exchange, at)
    costs = [
        unit * (ledger.price_of(at, slot, room) + dearer[slot])
        for slot, room, unit in zip(window, rooms, units, strict=True)
    ]
    wanted = max(math.ceil((need.energy_kwh - DUST_KWH) / (per_unit * SLOT_H)), 0)
    now = max(need.min_slots - need.ran_slots, 1) if need.first <= 0 else need.min_slots
    chosen = cheapest_runs(Choice(units, costs, wanted, need.min_slots, now))
    if chosen is None:
        long_enough = [(start, end) for start, end in runs(rooms) if end - start >= (need.min_slots if start else now)]
        chosen = [each for start, end in long_enough for each in range(start, end)]
    for each in chosen:
        clear(ledger, exchange, at, Opening(0.0, window[each], rooms[each]))
    _shorten(ledger, at)
    _lower(ledger, at)
