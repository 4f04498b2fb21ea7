"""What a load takes at low prices in addition to its need: up to the limit of a plan without an end, or below 0."""

from __future__ import annotations

import math
from dataclasses import replace

from ..model.durations import MINUTE_S, QUARTER_S
from ..model.load_plan import LoadPlan
from ..model.records import remember_results
from .need import DUST_KW, MOST_SLOTS, SLOT_H, Limit, Need
from .prices import Prices
from .schedule import uninterrupted_runs

MORE = " more"
"""Suffix of the need for what a load takes at low prices."""


def is_low_price(plan: LoadPlan, price: float) -> bool:
    """Return whether a load takes all it can at a price.

    A plan with neither time nor amount does so up to its `max_price`, any other plan below a price of 0.
    """
    if plan.has_no_end:
        return plan.max_price is not None and price <= plan.max_price
    return price < 0


@remember_results
def low_price_slots(plan: LoadPlan, paid: Prices, from_s: float, *, runs_now: bool) -> tuple[int, ...]:
    """Return the slots with a low published price; the first slot begins at `from_s`.

    Times that are shorter than the plan's least block are left out; a load that runs now is in one already.
    """
    low = {(start_s - from_s) // QUARTER_S for start_s, price in paid.by_start.items() if is_low_price(plan, price)}
    kws = [float(slot in low) for slot in range(MOST_SLOTS)]
    least = least_run_slots(plan)
    spans = [span for span in uninterrupted_runs(kws) if span[1] - span[0] >= least or (span[0] == 0 and runs_now)]
    return tuple(slot for start, end in spans for slot in range(start, end))


def least_run_slots(plan: LoadPlan) -> int:
    """Return for how many slots a load runs at least, once it runs."""
    return max(math.ceil(plan.min_block_min * MINUTE_S / QUARTER_S), 1)


def low_price_need(whole: Need, plan: LoadPlan, slots: tuple[int, ...]) -> Need:
    """Return an optional need for all that a load can take in these slots, worth what its plan would pay for it.

    That is the `max_price` of a plan without an end, else 0. It may begin and end with any slot and starts with no run
    time. Next to another need of a load that can be regulated it has no least power. `whole`: the load's need, whose
    powers and priority count.
    """
    worth = plan.max_price if plan.has_no_end and plan.max_price is not None else 0.0
    return replace(
        whole,
        name=whole.name + MORE,
        energy_kwh=whole.max_kw * SLOT_H * len(slots),
        # In the slots of what it needs it comes on top of that.
        min_kw=0.0 if whole.energy_kwh > 0 and whole.min_kw < whole.max_kw else whole.min_kw,
        end=slots[-1] + 1,
        min_slots=1,
        ran_s=0.0,
        # A price at the limit itself is low enough.
        worth=worth + DUST_KW,
        max_price=worth,
        cut_s=0.0,
    )


def low_slots_limit(need: Need, low: tuple[int, ...], slots: int) -> Limit:
    """Return a limit that allows a need to run in its low slots only."""
    return Limit(need.name, {need.name: 1.0}, tuple(need.max_kw * (slot in low) for slot in range(slots)))
