"""What wires leave to planned loads in each slot: fuses, the contract, and the unbalance of the phases.

A fuse leaves its rating less the margin and the house load, the contract its power less the house load. A charger that
charges without a plan takes its share of them: whoever is served later gets only what it leaves.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import zip_longest
from operator import attrgetter
from typing import NamedTuple

from ..model.durations import NEVER_S
from ..model.electrics import Phase
from ..model.load import MAY_BE_SUNNY, Load
from ..model.site import MAIN, Distribution, Site
from .need import SLOT_H, Limit
from .slot_forecast import PhasePowers

RADIATORS = "radiators"
"""The type of a group of radiators."""

UNLIMITED_KW = 1000.0
"""The power where nothing is limited [kW]: more than any house draws."""


def without_yielding(meter: str) -> str:
    """Return the name under which a meter's load stands without the loads behind it that make way for others.

    The name is that of earlier versions, which have stored it.
    """
    return f"{meter} without radiators"


def sheds_radiators(site: Site) -> bool:
    """Return whether there are radiators that make way for loads served before them: not where all share equally."""
    return site.distribution is not Distribution.SHARED and any(load.type == RADIATORS for load in site.loads)


def runs_unplanned(load: Load, planned: Collection[str]) -> bool:
    """Return whether an on/off load runs whenever it wants to, like any appliance: its draw is house load.

    It has no plan (`planned`: the loads that have one besides CONFIG's), and its mode does not wait for the sun.
    """
    waits = load.plan is not None or load.name in planned or load.mode in MAY_BE_SUNNY
    return load.on_off and not load.can.takes_sg_state and not waits


class Unplanned(NamedTuple):
    """A charger that charges from the grid without a plan: it is expected to go on until its car needs no more."""

    load: Load
    draw_kw: Mapping[Phase, float]
    """Phase -> its draw, the highest of the last quarter hour [kW]."""
    left_kwh: float = math.inf
    """The energy that it still takes [kWh]; infinite where unknown."""
    drew_s: float = NEVER_S
    """When it had this draw [s since 1970]."""

    @property
    def total_kw(self) -> float:
        """Its draw on all phases [kW]."""
        return sum(self.draw_kw.values())

    def is_charging(self, slot: int) -> bool:
        """Return whether it is expected to charge in a slot."""
        return slot * SLOT_H * self.total_kw < self.left_kwh

    def power_kw(self, phases: Sequence[Phase]) -> float:
        """Return its draw on these phases [kW]."""
        return sum(self.draw_kw.get(phase, 0.0) for phase in phases)


class WireRating(NamedTuple):
    """What limits several loads together: the fuse of a circuit on one phase, the contract, or the tariff."""

    name: str
    """The name of its limit."""
    weights: Mapping[str, float]
    """Need -> the share of its power that counts."""
    rating_kw: Sequence[float]
    """The highest power of needs and house together in each slot [kW]."""
    meter: str
    """The name of the house load that counts."""
    phases: Sequence[Phase]
    meter_with_switched: str = ""
    """The name of the house load that counts where it leaves the needs their minimums, "" for none.

    An on/off load that is served after the needs is switched off only if it does not fit beside these minimums.
    """
    unplanned_kw: Sequence[float] = ()
    """The power that chargers without a plan take before these needs in each slot [kW]; none in later slots."""
    minimums_kw: tuple[float, float] = (0.0, 0.0)
    """The minimums of the chargers that are served before these needs, and of the needs: these come first [kW]."""
    shares_equally: bool = False
    """Whether these chargers and the needs share all in proportion to their minimums."""

    def limit(self, house_load_kw: Mapping[str, PhasePowers]) -> Limit:
        """Return the limit on the needs: the rating less the house load (name -> phase -> power in each slot [kW])."""
        alone = self._limit_less(house_load_kw.get(self.meter, {}))
        if not self.depends_on_minimums:
            return alone
        beside = self._limit_less(house_load_kw.get(self.meter_with_switched, {}))
        pairs = zip(alone.headroom_kw, beside.headroom_kw, strict=True)
        left_kw = tuple(kw if kw >= self.minimums_kw[1] else alone_kw for alone_kw, kw in pairs)
        return replace(alone, headroom_kw=left_kw)

    @property
    def depends_on_minimums(self) -> bool:
        """Whether the house load that counts depends on the needs' minimums."""
        return self.meter_with_switched not in ("", self.meter)

    def _limit_less(self, loads_kw: PhasePowers) -> Limit:
        """Return the limit on the needs less these loads, as far as they are on the wire's phases."""
        return self.limit_beside([kws for phase, kws in loads_kw.items() if phase in self.phases])

    def limit_beside(self, loads_kw: Sequence[Sequence[float]], *, is_energy: bool = False) -> Limit:
        """Return the limit on the needs: the rating less `unplanned_kw` and these loads' powers in each slot [kW].

        The needs' minimums, and their part where all share, come before what a charger draws above its own.
        """
        taken_kw = [sum(kws) for kws in zip(*loads_kw, strict=True)]
        left_kw = [max(kw - taken, 0.0) for kw, taken in zip_longest(self.rating_kw, taken_kw, fillvalue=0.0)]
        before_kw, own_kw = self.minimums_kw
        share = own_kw / (own_kw + before_kw) if self.shares_equally and before_kw > 0 else 0.0
        for slot, taken in enumerate(self.unplanned_kw):
            least_kw = max(min(left_kw[slot] - before_kw, own_kw), left_kw[slot] * share, 0.0)
            left_kw[slot] = max(left_kw[slot] - taken, least_kw)
        return Limit(self.name, self.weights, tuple(left_kw), is_energy=is_energy)


def wire_ratings(
    site: Site,
    owners: Mapping[str, str],
    metered: Collection[str],
    wall_starts_s: Sequence[float],
    unplanned: Sequence[Unplanned] = (),
) -> Iterator[WireRating]:
    """Yield the wires that carry needs: the fuses, rated less the margin, then the contract.

    A need counts in equal parts on its load's phases; a fuse limits the loads on and below its circuit, the contract
    all loads together. `owners`: need -> load. `metered`: the names of the known house loads. `wall_starts_s`: the wall
    time of each slot's start. Loads that make way, and `unplanned` chargers, only limit the needs of loads that are
    served after them; an on/off load also those served before it, where it fits beside their minimums.
    """
    shares = _phase_shares(site, owners)
    # Radiators are part of that load too, and make way for more than a minimum.
    keeps_switched = site.distribution is not Distribution.STRICT and not sheds_radiators(site)
    for circuit in site.circuits:
        below = {load.name for load in site.loads_below(circuit.name)}
        fuse_kws = [(circuit.fuse_a - site.margin_a) * site.voltage_v / 1000] * len(wall_starts_s)
        here = [each for each in unplanned if each.load.name in below]
        for phase in site.phases:
            weights = {need: on[phase] for need, on in shares.items() if owners[need] in below and phase in on}
            for own, meter in split_by_yielding(site, owners, weights, metered, circuit.name):
                kept = circuit.name if keeps_switched else ""
                wire = WireRating(f"{circuit.name} {phase.name}", own, fuse_kws, meter, (phase,), kept)
                yield from beside_unplanned(wire, site, owners, here)
    if site.max_import_w is not None and shares:
        limits_w = [site.import_limit_w(wall_s) for wall_s in wall_starts_s]
        contract_kws = [UNLIMITED_KW if limit_w is None else limit_w / 1000 for limit_w in limits_w]
        for own, meter in split_by_yielding(site, owners, dict.fromkeys(shares, 1.0), metered, MAIN):
            kept = MAIN if keeps_switched else ""
            wire = WireRating("contract", own, contract_kws, meter, site.phases, kept)
            yield from beside_unplanned(wire, site, owners, unplanned)


def beside_unplanned(
    wire: WireRating, site: Site, owners: Mapping[str, str], unplanned: Sequence[Unplanned]
) -> Iterator[WireRating]:
    """Yield a wire for all its needs, less the minimums of the chargers on it that charge without a plan.

    Then, for each of these chargers, for the needs that are served after it: less its draw, too. Where all share
    equally, each charger counts as served first, but leaves the needs their share; where they are served strictly in
    order, no minimum is kept.
    """
    going = sorted((each for each in unplanned if each.power_kw(wire.phases)), key=lambda each: each.load.priority)
    order = [load.name for load in sorted(site.loads, key=attrgetter("priority"))]
    has_minimums, is_shared = site.distribution is not Distribution.STRICT, site.distribution is Distribution.SHARED
    draws_kw = [each.power_kw(wire.phases) for each in going]
    minimums_kw = [
        min(_minimum_kw(each.load, wire.phases, site.voltage_v), kw) * has_minimums
        for each, kw in zip(going, draws_kw, strict=True)
    ]
    for count in range(len(going) + 1):
        last = order.index(going[count - 1].load.name) if count and not is_shared else -1
        weights = {need: each for need, each in wire.weights.items() if order.index(owners[need]) > last}
        taken_kws = (*draws_kw[:count], *minimums_kw[count:])
        taken_kw = [
            sum(kw for each, kw in zip(going, taken_kws, strict=True) if each.is_charging(slot))
            for slot in range(len(wire.rating_kw) if going else 0)
        ]
        before = wire._replace(unplanned_kw=taken_kw, shares_equally=is_shared)
        counts_minimums = has_minimums and (count or wire.depends_on_minimums)
        for limited in _together_and_alone(weights, owners) if counts_minimums else [weights]:
            names = {owners[need] for need in limited}
            own = [load for load in site.loads if load.name in names]
            own_kw = sum(_minimum_kw(load, wire.phases, site.voltage_v) for load in own) * has_minimums
            if limited:
                yield before._replace(weights=limited, minimums_kw=(sum(minimums_kw[:count]), own_kw))


def _together_and_alone(weights: Mapping[str, float], owners: Mapping[str, str]) -> Iterator[Mapping[str, float]]:
    """Yield the weights of all needs, then of several loads those of each: one that runs alone gets no other's minimum.

    `owners`: need -> load.
    """
    yield weights
    names = sorted({owners[need] for need in weights})
    for name in names if len(names) > 1 else ():
        yield {need: each for need, each in weights.items() if owners[need] == name}


def _minimum_kw(load: Load, phases: Sequence[Phase], voltage_v: float) -> float:
    """Return the power of a load's lowest current on those of these phases that it is on [kW]."""
    return load.min_a * sum(phase in load.phases for phase in phases) * voltage_v / 1000


def split_by_yielding(
    site: Site, owners: Mapping[str, str], weights: Mapping[str, float], metered: Collection[str], meter: str
) -> Iterator[tuple[Mapping[str, float], str]]:
    """Yield pairs of needs under a limit and the name of the house load behind `meter` that the limit allows for.

    First all needs, with the load without what makes way, if that is among the known ones (`metered`); then those of
    `after_yielding`, with the whole load. A pair without needs is left out.
    """
    apart = without_yielding(meter) if without_yielding(meter) in metered else None
    late = weights if apart is None else after_yielding(site, owners, weights)
    if apart is not None and weights:
        yield weights, apart
    if late:
        yield late, meter


def after_yielding(site: Site, owners: Mapping[str, str], weights: Mapping[str, float]) -> Mapping[str, float]:
    """Return those of the needs whose load is served after any radiators; without radiators, after all that makes way.

    With the whole load, one served between two on/off loads would wait for the latter, which makes way for it.
    """
    order, planned = sorted(site.loads, key=attrgetter("priority")), {*owners.values()}
    switched = [at for at, load in enumerate(order) if runs_unplanned(load, planned)]
    radiators = [at for at, load in enumerate(order) if load.type == RADIATORS and sheds_radiators(site)]
    before = {load.name for load in order[: min(radiators, default=max(switched, default=0))]}
    return {need: each for need, each in weights.items() if owners[need] not in before}


def unbalance_limits(site: Site, owners: Mapping[str, str], most_a: float, slots: int) -> tuple[Limit, ...]:
    """Return for each phase the limit `most_a` [A] on what loads that do not use all phases may add there together.

    A load counts in equal parts on its phases; what the house draws is not counted. None for a phase without such a
    load.
    """
    shares, headroom_kw = _phase_shares(site, owners), (most_a * site.voltage_v / 1000,) * slots
    uneven = {need: on for need, on in shares.items() if len(on) < len(site.phases)}
    by_phase = {p: {need: on[p] for need, on in uneven.items() if p in on} for p in site.phases}
    return tuple(Limit(f"unbalance {p.name}", weights, headroom_kw) for p, weights in by_phase.items() if weights)


def _phase_shares(site: Site, owners: Mapping[str, str]) -> Mapping[str, Mapping[Phase, float]]:
    """Return need -> phase -> the part of its power there: equal parts on the phases of its load (`owners`)."""
    phases = {need: site.by_name[load].phases for need, load in owners.items() if load in site.by_name}
    return {need: dict.fromkeys(on, 1 / len(on)) for need, on in phases.items()}
