"""What is remembered of a load after a step: when it started, stopped, rose, and since when it fits. Pure.

And what is left where all of that is dropped.
"""

from __future__ import annotations

from .. import tuning
from ..model.decision import Demand, Share
from ..model.durations import LONGEST_DAY_S, NEVER_S
from ..model.load import Load
from ..model.load_memory import LoadMemory
from ..model.memory import Memory
from ..model.records import replace_if_changed
from ..model.site import Site
from ..model.snapshot import Snapshot
from .demand.holds_turn import turn_after


def dropped(site: Site, memory: Memory, back_s: float) -> Memory:
    """What is left of a memory that is no use any more: when those that may seldom be told anything were told last.

    Their makers count that, whatever is remembered here. `back_s`: by how much the clock was set back [s].
    """
    past = {load.name: memory.loads[load.name] for load in site.loads if load.min_write_s and load.name in memory.loads}
    return Memory({name: LoadMemory(sent_s=each.sent_s - back_s) for name, each in past.items()})


def remembered(
    load: Load,
    snapshot: Snapshot,
    past: LoadMemory,
    demand: Demand,
    setpoint_a: float,
    share: Share,
) -> LoadMemory:
    """The memory of a load after this step."""
    now_s, state = snapshot.now_s, snapshot.loads.get(load.name)
    was_on, is_on = past.setpoint_a > 0, setpoint_a > 0
    paused_s, paused_by, starts_s = past.paused_s, past.paused_by, past.starts_s
    if is_on:
        paused_s = NEVER_S
    elif was_on and demand.max_a > 0:
        paused_s, paused_by = now_s, next((c.name for c in share.limited_by if c.budget is None), "")
    elif demand.max_a <= 0 and state is not None and state.available:
        # Who does not want anything is not paused: no patience is owed when it comes back. Of one that is away it is
        # not known whether it does.
        paused_s = NEVER_S
    spent = past.spent if demand.max_a <= 0 else demand.spent
    if is_on and not was_on:
        starts_s = (*(s for s in starts_s if now_s - s < LONGEST_DAY_S), now_s)
    return replace_if_changed(
        past,
        setpoint_a=setpoint_a,
        switched_s=now_s if was_on != is_on else past.switched_s,
        changed_s=now_s if setpoint_a != past.setpoint_a else past.changed_s,
        before_a=past.setpoint_a if setpoint_a != past.setpoint_a else past.before_a,
        raised_s=now_s if setpoint_a > past.setpoint_a else past.raised_s,
        admitted_s=now_s if share.amps > 0 and not is_on and not was_on else past.admitted_s,
        paused_s=paused_s,
        paused_by=paused_by,
        spent={} if paused_s == NEVER_S else spent,
        fits_since_s=_since(past.fits_since_s, demand.fits, now_s),
        budget_ok_since_s=_since(past.budget_ok_since_s, demand.budget_ok, now_s),
        budget_short_since_s=_since(past.budget_short_since_s, is_on and not demand.budget_ok, now_s),
        starts_s=starts_s,
        vacant=state is not None and state.available and not state.can_use_power,
        turn=turn_after(past.turn, demand, now_s),
        budget_stops_s=_energy_stops_s(past, demand, is_on, now_s),
        # A plug that would be off by now in any case has no hand on it any longer.
        manual_off=past.manual_off and not (load.on_off and not (demand.fits and demand.budget_ok)),
        switched=replace_if_changed(
            past.switched, manual_on=past.switched.manual_on and is_on and not _would_run(demand)
        ),
    )


def _would_run(demand: Demand) -> bool:
    """Whether a load that its user has switched on would be on in any case by now."""
    return demand.wish_a > 0 and demand.fits and demand.budget_ok


def _energy_stops_s(past: LoadMemory, demand: Demand, is_on: bool, now_s: float) -> tuple[float, ...]:
    """When the load was last stopped for want of energy; of no interest once it is gone."""
    if demand.max_a <= 0:
        return ()
    if is_on or past.setpoint_a <= 0 or demand.budget_ok:
        return past.budget_stops_s
    return (*past.budget_stops_s, now_s)[-tuning.LAST_TIMES :]


def _since(before_s: float | None, holds: bool, now_s: float) -> float | None:
    """Since when something has been so, None while it is not."""
    return (now_s if before_s is None else before_s) if holds else None
