"""The shares of a load's power from the sun and from the home battery, by the meters' present readings. Pure.

The sun serves the house, then the loads in proportion to their draw, then the charging battery. What is missing comes
from the discharging battery in this order, then from the grid. A house load below zero, because of solar panels that
are not measured, counts as sun.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...model.electrics import PerPhase, Phase
from ...model.site import MAIN, Site
from ...model.snapshot import NEVER, Snapshot

Shares = Mapping[str, tuple[float, float]]
"""Load -> the shares of its power from the sun and from the battery (0 to 1)."""


def source_shares(solar_w: float, house_w: float, loads_w: float, charge_w: float) -> tuple[float, float]:
    """Return which shares (0 to 1) of `loads_w` came from the sun and from the battery; the rest came from the grid.

    All powers in W: `house_w` is the house without these loads, which is served before them, by the sun first;
    `charge_w` is the battery's, + = charging.
    """
    if loads_w <= 0:
        return 0.0, 0.0
    own_w, sun_w = max(0.0, house_w), solar_w + max(0.0, -house_w)
    sun = min(1.0, max(0.0, sun_w - own_w) / loads_w)
    left_w = max(0.0, -charge_w) - max(0.0, own_w - sun_w)
    return sun, min(1.0 - sun, max(0.0, left_w) / loads_w)


def sun_and_battery_w(site: Site, snapshot: Snapshot) -> tuple[float, float] | None:
    """Return the powers of panels and battery [W, + = charging], 0 where not installed; None if one is unknown."""
    solar_w = snapshot.solar_w.value if site.measures_sun else 0.0
    charge_w = snapshot.battery_charge_w.value if site.batteries else 0.0
    return None if solar_w is None or charge_w is None else (max(solar_w, 0.0), charge_w)


def load_source_shares(site: Site, snapshot: Snapshot, drawn_a: Mapping[str, PerPhase]) -> Shares | None:
    """Return the shares of all loads; None if nothing generates or a meter is silent. `drawn_a`: their draws [A]."""
    if not site.has_generation:
        return None
    seen, powers_w = snapshot.grid_a.get(MAIN, {}), sun_and_battery_w(site, snapshot)
    grid_a = [seen.get(phase, NEVER).value for phase in site.phases]
    if powers_w is None or None in grid_a:
        return None
    (solar_w, charge_w), count = powers_w, len(site.phases)
    takers = {name: each for name, each in drawn_a.items() if any(each)}
    loads_w = [site.voltage_v * sum([max(each[p] or 0.0, 0.0) for each in takers.values()]) for p in site.phases]
    own_w = (solar_w - charge_w) / count
    house_w = [(a or 0.0) * site.voltage_v + own_w - power_w for a, power_w in zip(grid_a, loads_w, strict=True)]
    if site.netting == "sum":
        every = source_shares(solar_w, sum(house_w), sum(loads_w), charge_w)
        return dict.fromkeys(drawn_a, every)
    by_phase = {
        phase: source_shares(solar_w / count, rest_w, power_w, charge_w / count)
        for phase, rest_w, power_w in zip(site.phases, house_w, loads_w, strict=True)
    }
    return {name: _mean_shares(takers[name], by_phase) if name in takers else (0.0, 0.0) for name in drawn_a}


def _mean_shares(drawn_a: PerPhase, by_phase: Mapping[Phase, tuple[float, float]]) -> tuple[float, float]:
    """Return the mean shares over the phases, weighted by the draw on each."""
    whole_a = sun_a = battery_a = 0.0
    for phase, (sun, battery) in by_phase.items():
        taken_a = drawn_a[phase] or 0.0
        if taken_a > 0:
            whole_a, sun_a, battery_a = whole_a + taken_a, sun_a + taken_a * sun, battery_a + taken_a * battery
    return (sun_a / whole_a, battery_a / whole_a) if whole_a > 0 else (0.0, 0.0)
