"""What part of a load's power comes from the sun and from the home battery, as the meters show it now. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.electrics import PerPhase
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, Snapshot
from .flows import Flows, Node, settle_phases

Shares = Mapping[str, tuple[float, float]]
"""Load -> what part of its power comes from the sun, and from the battery."""


def shares_of(site: Site, snapshot: Snapshot, drawn_a: Mapping[str, PerPhase]) -> Shares | None:
    """None where nothing generates or a meter does not tell. `drawn_a`: what each load takes [A]."""
    if not site.has_generation or not any(draw_a for each in drawn_a.values() for draw_a in each):
        return None
    seen = snapshot.grid_a.get(MAIN, {})
    grid_a = [seen.get(phase, NEVER).value for phase in site.phases]
    solar_w = 0.0 if site.solar_w is None else snapshot.solar_w.value
    charge_w = 0.0 if site.battery is None else snapshot.battery_charge_w.value
    if solar_w is None or charge_w is None or None in grid_a:
        return None
    loads_w = [
        {name: max((each[phase] or 0.0) * site.voltage_v, 0.0) for name, each in drawn_a.items()}
        for phase in site.phases
    ]
    own_w = (solar_w - charge_w) / len(site.phases)
    house_w = [(a or 0.0) * site.voltage_v + own_w - sum(w.values()) for a, w in zip(grid_a, loads_w, strict=True)]
    flows = settle_phases(site.netting == "sum", max(solar_w, 0.0), house_w, loads_w, charge_w)
    return {name: _shares(flows, name) for name in drawn_a}


def _shares(flows: Flows, load: str) -> tuple[float, float]:
    sun_w, battery_w, grid_w = (flows.get((node, load), 0.0) for node in (Node.SUN, Node.BATTERY, Node.GRID))
    whole_w = sun_w + battery_w + grid_w
    return (sun_w / whole_w, battery_w / whole_w) if whole_w > 0 else (0.0, 0.0)
