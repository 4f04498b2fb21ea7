"""The grid operator's limit on unbalanced phases, as ceilings over pairs of phases. Pure.

Only our own loads count. What they are measured to draw on the lighter phase is room for the heavier one; what they
only may draw, or are about to stop drawing, is not. A load that is on both phases adds the same to both, unless it is
measured to use only one: a car may have fewer phases than its charger.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.load import Load
from ...model.memory import Memory
from ...model.phase_switch import Stage
from ...model.snapshot import Snapshot
from .flows import Flows


def imbalance_ceilings(flows: Flows) -> Iterator[Ceiling]:
    """Yield a ceiling for each ordered pair of phases of which our loads could load the first more than the second.

    Only loads on one of both count. What runs on the second alone adds room, at most its setpoint. A pair without such
    loads is left out, unless some load can switch its phases.
    """
    site, snapshot, memory, limit_a = flows.site, flows.snapshot, flows.memory, flows.site.imbalance_max_a or 0.0
    stays_a = {load.name: _kept_setpoint_a(load, snapshot, memory) for load in site.loads}
    for heavy, light in permutations(site.phases, 2):
        on_heavy, on_light = flows.drawn.on_phases((heavy,)), flows.drawn.on_phases((light,))
        weights = {name: 1.0 for name, a in on_heavy.items() if not _is_on_both(a, on_light.get(name))}
        if not weights and not any(load.switching for load in site.loads):
            continue
        alone_a = {name: a for name, a in on_light.items() if not _is_on_both(a, on_heavy.get(name))}
        beside_a = sum(min(a, stays_a[name]) for name, a in alone_a.items())
        drawn_a = {name: on_heavy[name] for name in weights}
        yield Ceiling(
            name=f"imbalance {heavy.name} {light.name}",
            cause="limited_by_imbalance",
            details={"heavy": heavy.name, "light": light.name, "light_a": round(beside_a, 0)},
            room_a=limit_a + beside_a,
            weights=weights,
            phases=(heavy,),
            against=(light,),
            drawn_a=drawn_a,
            used_a=-beside_a,
            flow_a=max(sum(drawn_a.values()) - beside_a, 0.0),
            rating_a=limit_a,
            metered=False,
            reported_s=snapshot.now_s,
            voltage_v=site.voltage_v,
        )


def _kept_setpoint_a(load: Load, snapshot: Snapshot, memory: Memory) -> float:
    """Return a load's setpoint as the current that it keeps drawing on each phase [A].

    0 where its draw is not measured on all its phases, and while it stops for a phase switch.
    """
    state, past = snapshot.loads.get(load.name), memory.loads.get(load.name)
    switch = memory.phase_switches.get(load.name)
    if state is None or past is None or any(state.draw_a[phase] is None for phase in load.phases):
        return 0.0
    leaves = switch is not None and switch.stage in (Stage.STOPPING, Stage.RESTING)
    return 0.0 if leaves else past.setpoint_a


def _is_on_both(here_a: float, there_a: float | None) -> bool:
    """Return whether a load's draw on one phase counts on another too; `there_a` None means not wired to it."""
    return there_a is not None and not (here_a > tuning.TOLERANCE_A and there_a < tuning.DRAWS_A)
