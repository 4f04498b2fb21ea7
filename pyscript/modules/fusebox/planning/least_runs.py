"""Places a load that runs for several slots at least once it runs: the cheapest slots by dynamic programming."""

from __future__ import annotations

import math

from .blocks import Choice, cheapest_runs
from .free_room import fill, lower
from .need import DUST_KW, DUST_KWH, SLOT_H
from .response import Responses
from .schedule import runs

PARTS = 4
"""A slot that does not give a load all is counted in so many parts of what it could take."""


def place_run(responses: Responses, at: int) -> None:
    """Place a need anew; where not all of its energy fits, in every run that is long enough."""
    sheet, need = responses.sheet, responses.market.needs[at]
    sheet.clear(at)
    options = responses.whole_slots(at)
    rooms = [0.0 if option is None else option.power_kw for option in options]
    parts = PARTS if any(0 < room < need.max_kw - DUST_KW for room in rooms) else 1
    per_unit = need.max_kw / parts
    units = [int(room / per_unit + DUST_KW) for room in rooms]
    costs = [0.0 if option is None else unit * option.cost for unit, option in zip(units, options, strict=True)]
    wanted = max(math.ceil((need.energy_kwh - DUST_KWH) / (per_unit * SLOT_H)), 0)
    now = max(need.min_slots - need.ran_slots, 1) if need.first <= 0 else need.min_slots
    chosen = cheapest_runs(Choice(units[: need.end], costs[: need.end], wanted, need.min_slots, now))
    if chosen is None:
        long_enough = [(start, end) for start, end in runs(rooms) if end - start >= (need.min_slots if start else now)]
        chosen = [slot for start, end in long_enough for slot in range(start, end)]
    for slot in chosen:
        option = options[slot]
        assert option is not None
        for other, power in option.leaves.items():
            sheet.add(other, slot, -power)
        sheet.add(at, slot, option.power_kw)
    _shorten(responses, at)
    lower(sheet, at)
    for other in sorted({other for option in options if option is not None for other in option.leaves}):
        fill(sheet, other)


def _shorten(responses: Responses, at: int) -> None:
    """Take what is too much off the ends of runs that stay long enough, the dearest first."""
    sheet, powers = responses.sheet, responses.sheet.power_kw[at]
    least = responses.market.needs[at].min_slots
    while True:
        ends = [slot for start, end in runs(powers) if end - start > least for slot in (start, end - 1)]
        fits = [slot for slot in ends if powers[slot] <= DUST_KW - sheet.left_kwh[at] / SLOT_H]
        if not fits:
            return
        dearest = max(fits, key=lambda slot: sheet.price_at(slot, more=False) + responses.market.extra[at][slot])
        sheet.add(at, dearest, -powers[dearest])
