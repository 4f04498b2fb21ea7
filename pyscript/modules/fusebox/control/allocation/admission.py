"""Who makes way for whom: nobody is cut or stopped for a load whose own minimum has not fitted for a while. Pure.

A hob that pauses leaves room for a start that the next burst takes back. Who had to make way would have done so for
nothing, and a car that is stopped has to wait before it may go on.
"""

from __future__ import annotations

from collections.abc import Sequence

from ... import tuning
from ...model.decision import Allocation, Demand, Hold
from ...model.memory import Memory
from ...model.site import Site
from ..demand.demands import held
from ..limits.headroom import Ceilings
from ..limits.sustained_headroom import settled_ceilings
from .budget_hold import shares_of


def admitted(
    site: Site, ceilings: Ceilings, lasting: Ceilings, demands: Sequence[Demand], memory: Memory, now_s: float
) -> tuple[tuple[Demand, ...], Allocation]:
    """The demands with all their patience, and everybody's share of `ceilings`."""
    found, shares = shares_of(site, ceilings, lasting, demands, memory, now_s)
    cut = [d.load for d in found if _is_cut(d, shares, memory)]
    if not cut:
        return found, shares
    hasty = {d.load for d in found if shares[d.load].amps > 0 and _is_hasty(d, memory, now_s)}
    if hasty:
        why = f"starts when its minimum has fitted for {tuning.HEADROOM_WATCH_S:.0f} s: others would have to make way"
        calm = [held(d, Hold.LATER, why) if d.load in hasty else d for d in demands]
        spared, other = shares_of(site, ceilings, lasting, calm, memory, now_s)
        if _spares(cut, shares, other):
            demands, found, shares = calm, spared, other
    stopped = [d.load for d in found if d.load in cut and d.fits and shares[d.load].amps <= 0]
    if stopped:
        # Its minimum fits, so others only want more: what they want has to last as well.
        settled = settled_ceilings(ceilings, memory, now_s)
        spared, other = shares_of(site, ceilings, settled, demands, memory, now_s)
        if _spares(stopped, shares, other):
            return spared, other
    return found, shares


def _spares(loads: Sequence[str], shares: Allocation, other: Allocation) -> bool:
    return any(other[load].amps > shares[load].amps + tuning.DUST for load in loads)


def _is_hasty(demand: Demand, memory: Memory, now_s: float) -> bool:
    past = memory.loads[demand.load]
    fits_since_s = now_s if past.fits_since_s is None else past.fits_since_s
    return past.setpoint_a <= 0 and now_s - fits_since_s < tuning.HEADROOM_WATCH_S


def _is_cut(demand: Demand, shares: Allocation, memory: Memory) -> bool:
    setpoint_a = memory.loads[demand.load].setpoint_a
    return demand.max_a > 0 and demand.hold is not Hold.OFF and shares[demand.load].amps + tuning.DUST < setpoint_a
