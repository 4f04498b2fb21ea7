"""Problems of real sites: the ceilings and demands of one step of a random house."""

from __future__ import annotations

from hypothesis import strategies as st

from fusebox.control.demand.demands import compute_demands
from fusebox.control.estimators.production import update_battery_memories
from fusebox.control.limits import fuse_budget
from fusebox.control.limits.ceilings import ceilings_in_force
from fusebox.model.durations import NEVER_S
from fusebox.model.load import Load
from fusebox.model.load_memory import LoadMemory, PatienceMemory, TimingMemory
from fusebox.model.memory import Memory
from fusebox.model.meter_memory import BatteryMemory

from .drawn import among
from .problems import Problem
from .strategies import T0_S, sites, snapshots


@st.composite
def real_problems(draw: st.DrawFn) -> Problem:
    """Draw a problem in which some loads run, some have waited long enough, some are held."""
    site = draw(sites(sunny=True))
    snapshot = draw(snapshots(site, calm=True))
    loads = {load.name: draw(_pasts(load)) for load in site.loads}
    past = draw(st.none() | st.builds(BatteryMemory, *[st.booleans()] * 3))
    memory = Memory(loads, batteries=update_battery_memories(site, snapshot, (past,) * len(site.batteries)))
    ceilings = tuple(ceilings_in_force(site, snapshot, memory)[0])
    memory = fuse_budget.update_fuses(site, snapshot, memory, ceilings)
    demands = compute_demands(site, snapshot, memory, ceilings_in_force(site, snapshot, memory)[0])
    return Problem(list(ceilings), list(demands))


@st.composite
def _pasts(draw: st.DrawFn, load: Load) -> LoadMemory:
    """Draw the memory of a load that has run for long, has just begun, or waits."""
    changed_s = T0_S - draw(among(10.0, 1000.0))
    setpoint_a = draw(among(0.0, load.min_a, load.max_a))
    return LoadMemory(
        setpoint_a,
        adopted=True,
        timing=TimingMemory(switched_s=changed_s),
        patience=PatienceMemory(
            paused_s=changed_s if setpoint_a == 0 and draw(st.booleans()) else NEVER_S,
            fits_since_s=changed_s,
            budget_ok_since_s=changed_s,
            budget_short_since_s=changed_s if setpoint_a > 0 and draw(st.booleans()) else None,
        ),
    )
