"""The contract's limit on import, as ceilings over sets of phases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from ...model.ceiling import Ceiling
from ...model.electrics import Phase
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, Reading
from .flows import Flows
from .supply import battery_help_a


def contract_ceilings(flows: Flows) -> Iterator[Ceiling]:
    """Yield the ceilings of the contract's import limit; one for each set of phases where the meter does not net them.

    None at times without a limit.
    Such a meter bills import on one phase although another exports. The sum of each phase's import is the largest sum
    over any set of phases, so a ceiling for each set is exact; where nothing is exported, the set of all phases is the
    one that counts.
    """
    site, snapshot, main = flows.site, flows.snapshot, flows.main
    max_import_w = site.import_limit_w(snapshot.wall_s)
    if max_import_w is None:
        return
    limit_a = max_import_w / site.voltage_v
    help_a = 0.0 if flows.supply is None else battery_help_a(site, snapshot, flows.supply)
    for phases in _phase_sets(site):
        used_a = sum(main[phase].used_a for phase in phases)
        flow_a = sum(_net_import_a(main[phase], snapshot.grid_a.get(MAIN, {}).get(phase, NEVER)) for phase in phases)
        name = _ceiling_name(phases, len(phases) == len(site.phases))
        yield Ceiling(
            name=name,
            cause="limited_by_contract",
            details={"limit_kw": max_import_w / 1000},
            room_a=limit_a - used_a + help_a * len(phases) / len(site.phases),
            weights=site.phase_weights[phases],
            phases=phases,
            drawn_a=flows.drawn.on_phases(phases),
            used_a=used_a,
            uncertainty_a=sum(main[phase].uncertainty_a for phase in phases),
            flow_a=flow_a,
            rating_a=limit_a,
            known=all(main[phase].known for phase in phases),
            reported_s=max(main[phase].reported_s for phase in phases),
            voltage_v=site.voltage_v,
        )


@cache
def _ceiling_name(phases: tuple[Phase, ...], every: bool) -> str:
    """Return the name of the contract's ceiling over these phases; `every`: whether they are all of the site's."""
    return "contract" if every else "contract " + " ".join(phase.name for phase in phases)


def _net_import_a(fuse: Ceiling, reading: Reading) -> float:
    """Return the net import on a phase [A]; what our loads draw where the meter never reported a number."""
    return fuse.flow_a if reading.last is None else reading.last


def _phase_sets(site: Site) -> Iterator[tuple[Phase, ...]]:
    """Yield the sets of phases that need a ceiling: all together, and each subset if export cannot offset import.

    The subsets only where the home can export (`has_generation`) and its meter does not net the phases.
    """
    yield site.phases
    if site.netting != "sum" and site.has_generation:
        for count in range(1, len(site.phases)):
            yield from combinations(site.phases, count)
