"""Assign power between sources and consumers in one second, by a rule that balances exactly, as Fusebox assigns it.

1. The sun serves the house, then the loads in proportion to their draw, then the charging battery; the rest is
exported.

2. The remaining demand is covered by the discharging battery in the same order, then by the grid. Battery power beyond
that is exported; charging power beyond the sun comes from the grid, because the battery lags a cloud by seconds.

With `netting: sum` the rule is applied once, to the sums of all phases: a load on L1 may use solar power fed into L3,
as the meter counts it. With `per_phase` it is applied to each phase separately, with its share of sun and battery, and
the results are added: one phase may then export while another imports.

`shares` is imported only in this module: while a host runs, `fusebox` is the host's copy of the package.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum

from ..host.package_path import reach_package

reach_package()

from fusebox.balancer.energy.power import source_shares  # noqa: E402


class Node(Enum):
    """Sources and consumers of power other than the loads, which are known by name."""

    SUN = "sun"
    BATTERY = "battery"
    GRID = "grid"
    HOUSE = "house"

    # It is part of a key, some dozen times a second, and what Enum has for that is written in Python.
    __hash__ = object.__hash__


Taker = Node | str
"""A consumer of power."""
Flows = dict[tuple[Node, Taker], float]
"""(source, consumer) -> power [W], never negative; a missing pair means 0."""


def settle(solar_w: float, house_w: float, loads_w: Mapping[str, float], charge_w: float) -> Flows:
    """Return the flows of one instant between sun, house, loads, battery and grid [W]; `charge_w`: + = charging."""
    all_w, own_w, sun_w = sum(loads_w.values()), max(0.0, house_w), solar_w + max(0.0, -house_w)
    sun, battery = source_shares(solar_w, house_w, all_w, charge_w)
    flows: Flows = {(Node.SUN, load): sun * power_w for load, power_w in loads_w.items()}
    flows |= {(Node.BATTERY, load): battery * power_w for load, power_w in loads_w.items()}
    flows |= {(Node.GRID, load): (1.0 - sun - battery) * power_w for load, power_w in loads_w.items()}
    flows[Node.SUN, Node.HOUSE] = sun_to_house_w = min(sun_w, own_w)
    left_w = max(0.0, sun_w - sun_to_house_w - sun * all_w)
    flows[Node.SUN, Node.BATTERY] = to_battery_w = min(left_w, max(0.0, charge_w))
    flows[Node.SUN, Node.GRID] = left_w - to_battery_w
    flows[Node.GRID, Node.BATTERY] = max(0.0, charge_w) - to_battery_w
    given_w = max(0.0, -charge_w)
    flows[Node.BATTERY, Node.HOUSE] = to_house_w = min(given_w, own_w - sun_to_house_w)
    flows[Node.BATTERY, Node.GRID] = max(0.0, given_w - to_house_w - battery * all_w)
    flows[Node.GRID, Node.HOUSE] = own_w - sun_to_house_w - to_house_w
    return flows


def settle_phases(
    netted: bool,
    solar_w: float,
    house_w: Sequence[float],
    loads_w: Sequence[Mapping[str, float]],
    charge_w: float,
    shares: Sequence[float],
) -> Flows:
    """Return the flows of one instant [W] in a house of several phases; house and loads are given by phase.

    `netted`: the phases are summed first; otherwise each is settled with its share of sun and battery.
    """
    if netted:
        sums_w: dict[str, float] = {}
        for phase_w in loads_w:
            for load, power_w in phase_w.items():
                sums_w[load] = sums_w.get(load, 0.0) + power_w
        return settle(solar_w, sum(house_w), sums_w, charge_w)
    total: Flows = {}
    for own_w, phase_w, share in zip(house_w, loads_w, shares, strict=True):
        for between, power_w in settle(solar_w * share, own_w, phase_w, charge_w * share).items():
            total[between] = total.get(between, 0.0) + power_w
    return total
