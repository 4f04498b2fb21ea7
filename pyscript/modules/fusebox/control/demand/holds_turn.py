"""Under `optimized`: a charger waits while charging would take more from the loads before it than it would get. Pure.

A car on one phase that holds down a car on three is the usual case. Both cannot have their turn at once, so they take
it one after the other: the later one waits for two hours at most, and is then left alone for as long.
"""

from __future__ import annotations

from ... import tuning
from ...model.load import Mode
from .hold import Held, HoldContext, later, runs


def others_lose_more(context: HoldContext) -> Held | None:
    """Keep a charger off while loads before it would lose more to it than it gets; one that runs after a minute.

    A load with a plan or in `boost` is wanted by a time, and what is switched has no lower step: these never wait.
    """
    load, turn, now_s = context.load, context.past.turn, context.now_s
    if not context.losers or context.demand.hold is not None:
        return None
    if load.is_switched or load.plan is not None or load.mode is Mode.BOOST:
        return None
    since_s = now_s if turn.waits_since_s is None else turn.waits_since_s
    if now_s - since_s >= tuning.TURN_S:
        return None
    costs_since_s = now_s if turn.costs_since_s is None else turn.costs_since_s
    if runs(context.demand, context.past) and now_s - costs_since_s < tuning.LASTING_S:
        return None
    latest = context.clock(since_s + tuning.TURN_S)
    losers = " and ".join(context.losers)
    return later(f"waits until {latest} at the latest: charging would cost {losers} more than it gains")
