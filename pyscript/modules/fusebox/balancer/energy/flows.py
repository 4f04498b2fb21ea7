"""Who got whose power at one instant: a plain rule that balances exactly.

1. The sun serves the house, then the loads in proportion to what they draw, then the charging battery; the rest is
   exported.
2. What is missing comes from the discharging battery in the same order, then from the grid. What the battery gives
   beyond that is exported, what it takes beyond the sun comes from the grid: it lags behind a cloud by seconds.

With `netting: sum` the rule is applied once, to the sums of all phases: a load on L1 may run on what the sun puts into
L3, as the meter counts it. With `per_phase` it is applied to each phase by itself, with an even share of sun and
battery, and the results are added: one phase may then export what another imports.

A house that feeds back, because a sun shines behind it that nobody measures, counts as sun.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import Enum


class Node(Enum):
    """What power flows between, beside the loads, which go by their names."""

    SUN = "sun"
    BATTERY = "battery"
    GRID = "grid"
    HOUSE = "house"


Taker = Node | str
"""Who may take power."""
Flows = dict[tuple[Node, Taker], float]
"""Power [W] from a source to a taker, never negative; what is missing is 0."""


def settle(solar_w: float, house_w: float, loads_w: Mapping[str, float], charge_w: float) -> Flows:
    """The flows of one instant [W]; `charge_w` is the battery's, + = charging."""
    asked: dict[Taker, float] = {Node.HOUSE: max(0.0, house_w)}
    asked.update((load, power_w) for load, power_w in loads_w.items())
    flows: Flows = {}
    left_w = _serve(flows, Node.SUN, solar_w + max(0.0, -house_w), asked)
    to_battery_w = min(left_w, max(0.0, charge_w))
    flows[Node.SUN, Node.BATTERY] = to_battery_w
    flows[Node.SUN, Node.GRID] = left_w - to_battery_w
    flows[Node.GRID, Node.BATTERY] = max(0.0, charge_w) - to_battery_w
    flows[Node.BATTERY, Node.GRID] = _serve(flows, Node.BATTERY, max(0.0, -charge_w), asked)
    for taker, power_w in asked.items():
        flows[Node.GRID, taker] = power_w
    return flows


def _serve(flows: Flows, source: Node, power_w: float, asked: dict[Taker, float]) -> float:
    """Give to the house, then to the loads; lower what they still ask for and return what is left [W]."""
    flows[source, Node.HOUSE] = served_w = min(power_w, asked[Node.HOUSE])
    asked[Node.HOUSE] -= served_w
    left_w = power_w - served_w
    loads = [taker for taker in asked if taker is not Node.HOUSE]
    wanted_w = sum(asked[load] for load in loads)
    share = min(1.0, left_w / wanted_w) if wanted_w else 0.0
    for load in loads:
        flows[source, load] = served_w = asked[load] * share
        asked[load] -= served_w
    return max(0.0, left_w - wanted_w)


def settle_phases(
    netted: bool,
    solar_w: float,
    house_w: Sequence[float],
    loads_w: Sequence[Mapping[str, float]],
    charge_w: float,
) -> Flows:
    """The flows of one instant [W] in a house of several phases: house and loads are given for each of them."""
    if netted:
        sums_w: dict[str, float] = {}
        for phase_w in loads_w:
            for load, power_w in phase_w.items():
                sums_w[load] = sums_w.get(load, 0.0) + power_w
        return settle(solar_w, sum(house_w), sums_w, charge_w)
    total: Flows = {}
    count = len(house_w)
    for own_w, phase_w in zip(house_w, loads_w, strict=True):
        for between, power_w in settle(solar_w / count, own_w, phase_w, charge_w / count).items():
            total[between] = total.get(between, 0.0) + power_w
    return total
