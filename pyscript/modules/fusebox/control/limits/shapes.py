"""The ceilings as they would be if a load were on other phases: who uses how much of them, and what is left. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from ...model.ceiling import Ceiling
from ...model.electrics import Phase
from ...model.load import Load
from ...model.records import fast_replace
from ...model.site import Site
from .headroom import Ceilings


def reshaped(
    site: Site, ceilings: Sequence[Ceiling], load: Load, phases: tuple[Phase, ...], still_on: tuple[Phase, ...] = ()
) -> Ceilings:
    """The ceilings with this load on these of its phases. What others use and what is left for all stays as it is.

    `still_on`: where it draws until it is stopped. There it weighs against the other phases.
    """
    above = {circuit.name for circuit in site.above(load.circuit)}
    return Ceilings.of(
        _with_weight(site, c, load.name, c.weight_on(still_on if c.against and still_on else phases), above)
        for c in ceilings
    )


def _with_weight(site: Site, ceiling: Ceiling, name: str, weight: float, above: set[str]) -> Ceiling:
    if ceiling.fuse is not None and ceiling.fuse not in above:
        return ceiling
    if ceiling.fuse is None and ceiling.phases == site.phases and name not in ceiling.weights:
        return ceiling  # it is over all phases, and not over this load
    weights = {other: own for other, own in ceiling.weights.items() if other != name}
    return fast_replace(ceiling, weights={**weights, name: weight} if weight else weights)
