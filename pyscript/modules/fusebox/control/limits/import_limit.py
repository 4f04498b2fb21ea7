"""The contract's limit on import and the grid operator's on unbalanced phases, as ceilings over sets of phases. Pure.

Of an imbalance only our own loads count. What they are measured to draw on the lighter phase is headroom for the
heavier one; what they only may draw, or are about to stop drawing, is not. A load that is on both phases adds the same
to both, unless it is measured to use only one: a car may have fewer phases than its charger.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, permutations

from ... import tuning
from ...model.ceiling import Ceiling
from ...model.electrics import Phase
from ...model.load import Load
from ...model.load_memory import NEW_LOAD
from ...model.memory import Memory
from ...model.phases_memory import Stage
from ...model.site import Site
from ...model.snapshot import Snapshot
from .flows import Flows
from .supply import battery_help_a


def contract_ceilings(flows: Flows) -> Iterator[Ceiling]:
    """Yield the ceilings of the contract's import limit, none at times without one.

    What the batteries would give at once adds to their headroom. One for each set of phases where the meter does not
    net them. Such a meter bills import on one phase although another exports. The sum of each phase's import is the
    largest sum over any set of phases, so a ceiling for each set is exact; where nothing is exported, the set of all
    phases is the one that counts.
    """
    site, snapshot, main = flows.site, flows.snapshot, flows.main
    max_import_w = site.import_limit_w(snapshot.wall_s)
    if max_import_w is None:
        return
    limit_a = max_import_w / site.voltage_v
    help_a = 0.0 if flows.supply is None else battery_help_a(site, snapshot, flows.supply)
    for phases in _phase_sets(site):
        used_a = sum(main[phase].used_a for phase in phases)
        yield flows.ceiling(
            "contract" if phases == site.phases else "contract " + " ".join(phase.name for phase in phases),
            "limited_by_contract",
            phases,
            details={"limit_kw": max_import_w / 1000},
            headroom_a=limit_a - used_a + help_a * len(phases) / len(site.phases),
            used_a=used_a,
            uncertainty_a=sum(main[phase].uncertainty_a for phase in phases),
            flow_a=sum(main[phase].net_a for phase in phases),
            rating_a=limit_a,
        )


def _phase_sets(site: Site) -> Iterator[tuple[Phase, ...]]:
    """Yield the sets of phases that need a ceiling: all together, and each subset if export cannot offset import.

    The subsets only where the home can export (`has_generation`) and its meter does not net the phases.
    """
    yield site.phases
    if site.netting != "sum" and site.has_generation:
        for count in range(1, len(site.phases)):
            yield from combinations(site.phases, count)


def imbalance_ceilings(flows: Flows) -> Iterator[Ceiling]:
    """Yield a ceiling for each ordered pair of phases of which our loads could load the first more than the second.

    Only loads on one of both count. What runs on the second alone adds headroom, at most its setpoint. A pair without
    such loads is left out, unless some load can switch its phases.
    """
    site, snapshot, memory, limit_a = flows.site, flows.snapshot, flows.memory, flows.site.imbalance_max_a
    if limit_a is None:
        return
    stays_a = {load.name: _remaining_setpoint_a(load, snapshot, memory) for load in site.loads}
    for heavy, light in permutations(site.phases, 2):
        on_heavy, on_light = flows.drawn_on((heavy,)), flows.drawn_on((light,))
        weights = {name: 1.0 for name, a in on_heavy.items() if not _counts_on_both(a, on_light.get(name))}
        if not weights and not any(load.switching for load in site.loads):
            continue
        alone_a = {name: a for name, a in on_light.items() if not _counts_on_both(a, on_heavy.get(name))}
        offset_a = sum(min(a, stays_a[name]) for name, a in alone_a.items())
        drawn_a = {name: on_heavy[name] for name in weights}
        yield flows.ceiling(
            f"imbalance {heavy.name} {light.name}",
            "limited_by_imbalance",
            (heavy,),
            details={"heavy": heavy.name, "light": light.name, "light_a": round(offset_a, 0)},
            weights=weights,
            against=(light,),
            drawn_a=drawn_a,
            used_a=-offset_a,
            flow_a=max(sum(drawn_a.values()) - offset_a, 0.0),
            rating_a=limit_a,
            metered=False,
        )


def _remaining_setpoint_a(load: Load, snapshot: Snapshot, memory: Memory) -> float:
    """Return a load's setpoint as the current that it keeps drawing on each phase [A].

    0 where its draw is not measured on all its phases, and while it stops for a phase switch.
    """
    state, switch = snapshot.state_of(load.name), memory.phase_switches.get(load.name)
    if any(state.draw_a[phase] is None for phase in load.phases):
        return 0.0
    leaves = switch is not None and switch.stage in (Stage.STOPPING, Stage.RESTING)
    return 0.0 if leaves else memory.loads.get(load.name, NEW_LOAD).setpoint_a


def _counts_on_both(here_a: float, there_a: float | None) -> bool:
    """Return whether a load's draw on one phase counts on another too.

    False where it is not wired to the other (`there_a` None), or draws clearly on the first and nothing on the other.
    """
    return there_a is not None and not (here_a > tuning.TOLERANCE_A and there_a < tuning.DRAWS_A)
