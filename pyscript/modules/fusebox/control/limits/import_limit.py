"""The contract's limit on import, as ceilings over choices of phases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import combinations

from ...model.ceiling import Ceiling
from ...model.electrics import Phase, amps
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, Reading
from .flows import Flows
from .supply import Supply


def contract_in_force(flows: Flows) -> Iterator[Ceiling]:
    """The limit on import. A meter that does not net its phases bills import on one although another exports.

    The sum of what is imported on each phase is the largest sum over any choice of phases: so there the limit is one
    ceiling for every choice, which is exact; where nothing is exported, the choice of all phases is that one.
    """
    site, snapshot, main, max_import_w = flows.site, flows.snapshot, flows.main, flows.site.max_import_w or 0.0
    limit_a = max_import_w / site.voltage_v
    help_a = 0.0 if flows.supply is None else _help_a(site, flows.supply)
    for phases in _choices(site):
        used_a = sum(main[phase].used_a for phase in phases)
        flow_a = sum(_flow_a(main[phase], snapshot.grid_a.get(MAIN, {}).get(phase, NEVER)) for phase in phases)
        name = _name(phases, len(phases) == len(site.phases))
        yield Ceiling(
            name=name,
            cause="limited_by_contract",
            details={"limit_kw": max_import_w / 1000},
            room_a=limit_a - used_a + help_a * len(phases) / len(site.phases),
            weights=site.lines[phases],
            phases=phases,
            drawn_a=flows.drawn.on(phases),
            used_a=used_a,
            uncertainty_a=sum(main[phase].uncertainty_a for phase in phases),
            flow_a=flow_a,
            rating_a=limit_a,
            known=all(main[phase].known for phase in phases),
            reported_s=max(main[phase].reported_s for phase in phases),
            voltage_v=site.voltage_v,
        )


@cache
def _name(phases: tuple[Phase, ...], every: bool) -> str:
    return "contract" if every else "contract " + " ".join(phase.name for phase in phases)


def _help_a(site: Site, supply: Supply) -> float:
    """What the battery would do about more import [A]: stop charging, then discharge what it has left.

    Only one that is seen to keep the import at zero is believed.
    """
    if supply.blind or not supply.gives_way:
        return 0.0
    help_a = supply.charge_a + (supply.spare_a or 0.0)
    if site.inverter.max_w is None:
        return help_a
    through_a = sum(supply.house_a.values()) + supply.export_a
    return min(help_a, max(amps(site.inverter.max_w, site.voltage_v) - through_a, 0.0))


def _flow_a(fuse: Ceiling, reading: Reading) -> float:
    """What flows in on a phase, signed [A]; what our loads draw where the meter never told a number."""
    return fuse.flow_a if reading.last is None else reading.last


def _choices(site: Site) -> Iterator[tuple[Phase, ...]]:
    yield site.phases
    if site.netting != "sum" and site.has_generation:
        for count in range(1, len(site.phases)):
            yield from combinations(site.phases, count)
