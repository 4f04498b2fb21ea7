"""Who reaches into the margin of a fuse by a little is not cut before somebody wants the room. Pure.

A house is never still to half an amp. Who is cut for each flicker has to wait for room that lasts before it may go up
again, and so has less for most of the time, with no less on the wire when something comes. A margin that its owner has
set for more than flicker is kept.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ... import tuning
from ...model.decision import Demand
from ...model.electrics import DUST
from ...model.memory import Memory
from ..limits.headroom import NOBODY, Ceilings


def kept_within_margin(
    ceilings: Ceilings, demands: Sequence[Demand], memory: Memory, targets_a: Mapping[str, float]
) -> Collection[str]:
    """The loads that stay as they are although their share is less: all fits but for a flicker, and nobody rises."""
    set_a = {demand.load: memory.loads[demand.load].setpoint_a for demand in demands}
    cut = [d for d in demands if d.hold is None and 0 < targets_a[d.load] < set_a[d.load] <= min(d.max_a, d.most_now_a)]
    if not cut:
        return ()
    over = ceilings.by_load.over
    rising = {place for name, amps in set_a.items() if targets_a[name] > amps for place, _ in over.get(name, NOBODY)}

    def bears(place: int) -> bool:
        ceiling = ceilings[place]
        taken = (max(ceiling.drawn_a.get(n, 0.0), part * set_a.get(n, 0.0)) for n, part in ceiling.weights.items())
        flicker_a = min(ceiling.margin_a, tuning.TOLERANCE_A)
        return place not in rising and sum(taken) <= ceiling.room_a + flicker_a + DUST

    return {d.load for d in cut if all(bears(place) for place, _ in over.get(d.load, NOBODY))}
