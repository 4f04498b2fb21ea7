"""Admission: no load is cut or stopped for one that starts, unless the starting minimum has fitted for a while. Pure.

A hob that pauses leaves room for a start, and its next burst takes that room back. The load that had made way would
have been cut for nothing, and a car that is stopped has to wait before it may go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...model.decision import Allocation, Demand
from ...model.electrics import DUST
from ...model.memory import Memory
from ...model.records import fast_replace
from ...model.site import Distribution
from ..demand.demands import demands_of
from ..demand.hold import with_hold
from ..demand.holds_energy import room_lasts
from ..limits.sustained_headroom import forecast_ceilings, settled_ceilings, sustained_ceilings
from ..step_context import Limits, Observed, Rooms, Shares
from .allocation import HELD_OFF
from .budget_hold import Instant, shares_of
from .phase_allocation import with_phase_allocation
from .turns import with_turns


def admit(instant: Instant, demands: tuple[Demand, ...]) -> tuple[tuple[Demand, ...], Allocation]:
    """Return the demands with every hold applied, and the share of each load.

    Where a load would be cut, starts that have not fitted for long enough are held back, if that gives it more.
    """
    memory = instant.memory
    found, shares = shares_of(instant, demands)
    if instant.distribution is Distribution.OPTIMIZED:
        in_turn = with_turns(instant, demands, found, shares)
        if in_turn != demands:
            demands = in_turn
            found, shares = shares_of(instant, demands)
    cut = [d.load for d in found if _is_cut(d, shares, memory)]
    if not cut:
        return found, shares
    starting = {d.load for d in found if shares[d.load].amps > 0}
    calm = tuple(with_hold((room_lasts,), instant.context(d)) if d.load in starting else d for d in demands)
    if calm != demands:
        spared, other = shares_of(instant, calm)
        if _spares(cut, shares, other):
            demands, found, shares = calm, spared, other
    stopped = [d.load for d in found if d.load in cut and d.fits and shares[d.load].amps <= 0]
    if stopped:
        # Its minimum fits, so the other loads only want more than they have: the room for that has to last as well.
        settled = settled_ceilings(instant.rooms.expected, memory, instant.now_s)
        rooms = fast_replace(instant.rooms, lasting=settled)
        spared, other = shares_of(replace(instant, rooms=rooms), demands)
        if _spares(stopped, shares, other):
            return spared, other
    return found, shares


def _spares(loads: Sequence[str], shares: Allocation, other: Allocation) -> bool:
    """Return whether any of `loads` gets more in `other` than in `shares`."""
    return any(other[load].amps > shares[load].amps + DUST for load in loads)


def _is_cut(demand: Demand, shares: Allocation, memory: Memory) -> bool:
    """Return whether a load that has a demand and is not held off gets less than its present setpoint."""
    setpoint_a = memory.loads[demand.load].setpoint_a
    return demand.max_a > 0 and demand.hold not in HELD_OFF and shares[demand.load].amps + DUST < setpoint_a


def share_out(seen: Observed, limits: Limits) -> Shares:
    """Return the demand and share of each load, and the rooms (ceilings with forecasts) they were computed from."""
    site, memory, now_s = seen.site, seen.memory, seen.now_s
    demands = demands_of(site, seen.snapshot, memory, limits.ceilings)
    expected = forecast_ceilings(site, limits.ceilings, demands, memory, now_s)
    rooms = Rooms(expected, sustained_ceilings(expected, memory, now_s))
    loads = site.by_name
    instant = Instant(loads, site.distribution, rooms, memory, now_s, seen.snapshot.day_began_s)
    demands, allocation = admit(instant, demands)
    return with_phase_allocation(seen, instant, Shares(rooms, demands, allocation, memory.phase_switches))
