"""Noise of less than 1 A neither cuts a load within the margin of a fuse nor raises it back after each cut. Pure.

A house load is never still to half an amp. A load that is cut at every fluctuation has to wait for lasting room before
it may rise again, so it has less most of the time, and the wire carries no less when an appliance starts. Of a margin
set larger than noise only `TOLERANCE_A` is used. A limit without a margin, such as the contract, is obeyed at once; a
raise that only undoes a small cut there needs room that has lasted longer (`undoes_small_cut`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from ... import tuning
from ...model.decision import Demand
from ...model.electrics import DUST
from ...model.load_memory import LoadMemory
from ...model.memory import Memory
from ..limits.headroom import NOBODY, Ceilings


def loads_held_within_margin(
    ceilings: Ceilings, demands: Sequence[Demand], memory: Memory, targets_a: Mapping[str, float]
) -> Collection[str]:
    """Return the loads to leave at their setpoint although their share is less, because only the margin is exceeded.

    Under all of their ceilings no load rises, and all setpoints (or draws, where higher) fit into the room plus the
    margin, of which at most `TOLERANCE_A` is used. Never a load that is held or would be stopped, or whose setpoint is
    above its demand.
    """
    set_a = {demand.load: memory.loads[demand.load].setpoint_a for demand in demands}
    cut = [d for d in demands if d.hold is None and 0 < targets_a[d.load] < set_a[d.load] <= min(d.max_a, d.most_now_a)]
    if not cut:
        return ()
    over = ceilings.by_load.over
    rising = {place for name, amps in set_a.items() if targets_a[name] > amps for place, _ in over.get(name, NOBODY)}

    def tolerates(place: int) -> bool:
        """Return whether no load rises under the ceiling at a place, and all fit under it with its margin."""
        ceiling = ceilings[place]
        taken = (max(ceiling.drawn_a.get(n, 0.0), part * set_a.get(n, 0.0)) for n, part in ceiling.weights.items())
        noise_a = min(ceiling.margin_a, tuning.TOLERANCE_A)
        return place not in rising and sum(taken) <= ceiling.room_a + noise_a + DUST

    return {d.load for d in cut if all(tolerates(place) for place, _ in over.get(d.load, NOBODY))}


def undoes_small_cut(past: LoadMemory, target_a: float, step_a: float) -> bool:
    """Return whether a raise to `target_a` [A] mostly undoes the last cut, and both are at most 1 A or one step of 2 A.

    False for a device with larger steps, because noise alone does not cut it.
    """
    if step_a > 2 * tuning.TOLERANCE_A:
        return False
    small_a = max(tuning.TOLERANCE_A, step_a) + DUST
    return 0 < past.timing.before_a - past.setpoint_a <= small_a and 0 < target_a - past.setpoint_a <= small_a


def room_time_to_undo_cut_s(ceilings: Ceilings, load: str) -> float:
    """Return how long room has to last before a raise that only undoes a small cut [s].

    Shorter if any limit is an energy budget, where waiting wastes sun. Otherwise 0 where each has a margin, within
    which noise stays, or tolerates a short excess, and where there is no limit.
    """
    over = [ceilings[place] for place, _ in ceilings.by_load.over.get(load, NOBODY)]
    if any(ceiling.budget is not None for ceiling in over):
        return tuning.UNDO_ON_SUN_S
    has_margin = all(ceiling.margin_a > 0 or ceiling.tolerates_s is not None for ceiling in over)
    return 0.0 if has_margin else tuning.SLOWEST_S
