"""The grid operator's limit on how unevenly loads may lie on the phases, as ceilings over pairs of phases. Pure.

Only what our own loads add is counted. What loads draw on the other phase just now is room for this one; what they may
draw is not. A load that is on both phases adds the same to both.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from ...model.ceiling import Ceiling
from ...model.site import Site
from ..estimators.draws import Drawn


def imbalance_in_force(site: Site, drawn: Drawn, limit_a: float, now_s: float) -> Iterator[Ceiling]:
    """A ceiling for each phase that our loads could load more than another."""
    for heavy, light in permutations(site.phases, 2):
        on_heavy, on_light = site.lines[heavy,], site.lines[light,]
        weights = {name: weight for name, weight in on_heavy.items() if name not in on_light}
        if not weights and not any(load.switching for load in site.loads):
            continue
        beside_a = sum(a for name, a in drawn.on((light,)).items() if name not in on_heavy)
        drawn_a = {name: a for name, a in drawn.on((heavy,)).items() if name in weights}
        yield Ceiling(
            name=f"imbalance {heavy.name} {light.name}",
            wording=f"loads on {heavy.name} may take {{rating_a:g}} A more than on {light.name}, {beside_a:.0f} A",
            room_a=limit_a + beside_a,
            weights=weights,
            phases=(heavy,),
            against=(light,),
            drawn_a=drawn_a,
            used_a=-beside_a,
            flow_a=max(sum(drawn_a.values()) - beside_a, 0.0),
            rating_a=limit_a,
            metered=False,
            reported_s=now_s,
            voltage_v=site.voltage_v,
        )
