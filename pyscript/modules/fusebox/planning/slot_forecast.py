"""What each slot of a plan has from now on: its prices, sun and house load, and the power that the wires leave.

Wires leave to planned loads each fuse's rating less the margin and the house load, the contract's power less the house
load, and on each phase the unbalance that planned loads alone may cause.

A house load is forecast as its mean; as cautious: seldom exceeded in that slot (mean and some spreads); or as likely:
cautious in observed hours, in others the mean and a part of the spread. Sun is forecast as likely (`middle_kw`) or as
sure: nearly certain (`low_kw`).
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import zip_longest
from operator import attrgetter
from typing import NamedTuple

from .. import tuning
from ..model.durations import DAY_S, QUARTER_S
from ..model.electrics import Phase
from ..model.orders import ExportLimit
from ..model.records import remember_results
from ..model.site import MAIN, Site
from .house_model import HouseModel, hour_index
from .need import Limit, SlotForecast
from .prices import NO_FEES, Fees, Prices, quarter_start_s
from .sun_reader import Sun
from .times import Ahead

PhasePowers = Mapping[Phase, Sequence[float]]
"""Phase -> power drawn by everything that is not planned, for each slot [kW]."""


@dataclass(frozen=True, slots=True)
class Forecast:
    """The known forecasts."""

    prices: Prices
    """Market prices; `fees` make them the price that is paid."""
    export: Prices
    """Revenue of export; empty where not known."""
    sun: Sun
    house: HouseModel
    circuits: Mapping[str, HouseModel] = field(default_factory=dict)
    """Circuit with its own meter -> usual load there without planned loads."""
    fees: Fees = NO_FEES
    limit: ExportLimit | None = None
    """The limit on export, None for no limit."""


@remember_results
def forecast_slots(forecast: Forecast, now_s: float, slots: int, ahead: Ahead) -> SlotForecast:
    """Return the forecast for each slot from the present one on; sun is what the mean house load leaves.

    A market price that is not published is guessed: that of one or two days before, else the mean of the known ones (0
    for export). Guessed prices have fees too; without any known price all are 0.
    """
    starts = range(quarter_start_s(now_s), quarter_start_s(now_s) + slots * QUARTER_S, QUARTER_S)
    known = forecast.prices.by_start
    usual = sum(known.values()) / len(known) if known else 0.0
    fees = forecast.fees if known else NO_FEES
    prices = tuple(fees.price_with_fees(_known_or_guessed_price(known, start, usual), start, ahead) for start in starts)
    earned = forecast.export.by_start
    spare_kw = spare_sun_kw(forecast.sun.middle_kw, starts, house_load_kw(forecast.house, starts, ahead))
    return SlotForecast(
        prices,
        tuple(start in known for start in starts),
        tuple(
            _export_revenue(forecast.limit, start, _known_or_guessed_price(earned, start, 0.0), kw, ahead)
            for start, kw in zip(starts, spare_kw, strict=True)
        ),
        spare_kw,
    )


def _export_revenue(limit: ExportLimit | None, start_s: float, price: float, spare_kw: float, ahead: Ahead) -> float:
    """Return what a kWh of sun earns in a slot if it is exported, as a mean over all of the spare sun.

    Above the limit on export it earns nothing. A negative price counts for all of it, because using it is a gain.
    """
    most_w = None if limit is None else limit.most_w(start_s, price, ahead)
    if most_w is None or price <= 0 or spare_kw * 1000 <= most_w:
        return price
    return price * most_w / (spare_kw * 1000)


def spare_sun_kw(sun_kw: Mapping[int, float], starts: range, taken_kw: PhasePowers) -> tuple[float, ...]:
    """Return the sun that the house leaves in each slot [kW]; `sun_kw` by the slots' starts, `taken_kw` by phase."""
    taken = [sum(phase[at] for phase in taken_kw.values()) for at in range(len(starts))]
    return tuple(max(sun_kw.get(start, 0.0) - used, 0.0) for start, used in zip(starts, taken, strict=True))


@remember_results
def house_load_kw(house: HouseModel, starts: range, ahead: Ahead, *, cautious: bool = False) -> PhasePowers:
    """Return phase -> usual house load in each slot [kW]; phases never observed are left out.

    `cautious`: a load that is seldom exceeded instead of the mean.
    """
    hours = [hour_index(start + ahead(start)) for start in starts]
    found = {}
    for phase in Phase:
        usual = {hour: house.usual_load(phase, hour) for hour in set(hours)}
        known = {hour: each for hour, each in usual.items() if each is not None}
        usual_kw = {hour: each.cautious_kw if cautious else each.mean_kw for hour, each in known.items()}
        if len(usual_kw) == len(usual):
            found[phase] = tuple([usual_kw[hour] for hour in hours])
    return found


def _known_or_guessed_price(known: Mapping[int, float], start_s: int, usual: float) -> float:
    """Return the price of a slot, else that of one or two days before, else the `usual` one."""
    before = (start_s, start_s - DAY_S, start_s - 2 * DAY_S)
    return next((known[each] for each in before if each in known), usual)


def seldom_exceeded_kw(
    usual_kw: Sequence[float], mean: PhasePowers, cautious: PhasePowers, ends: Sequence[int]
) -> tuple[float, ...]:
    """Return an import in each slot that is seldom exceeded [kW]: `usual_kw` plus a share of the house's spread.

    The spread is `cautious` less `mean`; the phases' spreads are added as independent, because not all draw more at
    once. The share is smaller, the more slots remain until the next of `ends` (the last slots of loads): a load can
    make up for a deviation later.
    """
    by_phase_kw = [[cautious[phase][slot] - mean[phase][slot] for phase in mean] for slot in range(len(usual_kw))]
    spread_kw = [math.hypot(*kws) * counted_share_of_spread(slot, ends) for slot, kws in enumerate(by_phase_kw)]
    return tuple(kw + more_kw for kw, more_kw in zip(usual_kw, spread_kw, strict=True))


def likely_load_kw(house: HouseModel, starts: range, ahead: Ahead, ends: Sequence[int]) -> PhasePowers:
    """Return a cautious house load in each slot [kW]; in hours never observed one seldom exceeded until the next end.

    Those hours have the mean spread of all, of which a share counts, as in `seldom_exceeded_kw`.
    """
    mean, cautious = house_load_kw(house, starts, ahead), house_load_kw(house, starts, ahead, cautious=True)
    hours = [hour_index(start + ahead(start)) for start in starts]
    shares = [counted_share_of_spread(slot, ends) for slot in range(len(starts))]
    return {
        phase: tuple(
            most_kw if house.observed_load(phase, hour) else kw + (most_kw - kw) * share
            for kw, most_kw, hour, share in zip(mean[phase], kws, hours, shares, strict=True)
        )
        for phase, kws in cautious.items()
    }


def counted_share_of_spread(slot: int, ends: Sequence[int]) -> float:
    """Return the share of the house load's spread that counts in a slot: less, the more slots precede the next end.

    All of it in the last slot before an end, and after all ends. A deviation in one quarter hour may be compensated in
    others. If they were independent, those of a night would come to the root of their number, and each had to count
    with 1 / root; if they were identical, with all of it. Houses are in between.
    """
    left = min([end - slot for end in ends if end > slot], default=1)
    return float(left**-tuning.PLAN_MAKES_UP)


def with_present_load(cautious: PhasePowers, now: Mapping[Phase, float]) -> PhasePowers:
    """Return each phase's load in each slot [kW], in the first slot at most the present one, where that is known."""
    return {phase: (min(kws[0], now.get(phase, kws[0])), *kws[1:]) if kws else () for phase, kws in cautious.items()}


RADIATORS = "radiators"
"""The type of a group of radiators."""


def without_radiators(meter: str) -> str:
    """Return the name under which a meter's load stands without the radiators behind it that make way for others."""
    return f"{meter} without radiators"


UNLIMITED_KW = 1000.0
"""The power where nothing is limited [kW]: more than any house draws."""


class WireRating(NamedTuple):
    """What limits several loads together: the fuse of a circuit on one phase, or the contract."""

    name: str
    """The name of its limit."""
    weights: Mapping[str, float]
    """Need -> the share of its power that counts."""
    rating_kw: Sequence[float]
    """The highest power of needs and house together in each slot [kW]."""
    meter: str
    """The name of the house load that counts."""
    phases: Sequence[Phase]

    def limit(self, house_load_kw: Mapping[str, PhasePowers]) -> Limit:
        """Return the limit on the needs: the rating less the house load (name -> phase -> power in each slot [kW])."""
        loads_kw = house_load_kw.get(self.meter, {})
        taken_kw = [sum(kws) for kws in zip(*(loads_kw[each] for each in self.phases if each in loads_kw), strict=True)]
        left_kw = (max(kw - taken, 0.0) for kw, taken in zip_longest(self.rating_kw, taken_kw, fillvalue=0.0))
        return Limit(self.name, self.weights, tuple(left_kw))


def wire_ratings(
    site: Site, owners: Mapping[str, str], metered: Collection[str], wall_starts_s: Sequence[float]
) -> Iterator[WireRating]:
    """Yield the wires that carry needs: the fuses, rated less the margin, then the contract.

    A need counts in equal parts on its load's phases; a fuse limits the loads on and below its circuit, the contract
    all loads together. `owners`: need -> load. `metered`: the names of the known house loads. `wall_starts_s`: the wall
    time of each slot's start. Radiators only limit the needs of loads that are served after them.
    """
    shares = _phase_shares(site, owners)
    for circuit in site.circuits:
        below = {load.name for load in site.loads_below(circuit.name)}
        fuse_kws = [(circuit.fuse_a - site.margin_a) * site.voltage_v / 1000] * len(wall_starts_s)
        for phase in site.phases:
            weights = {need: on[phase] for need, on in shares.items() if owners[need] in below and phase in on}
            for own, meter in split_by_radiators(site, owners, weights, metered, circuit.name):
                yield WireRating(f"{circuit.name} {phase.name}", own, fuse_kws, meter, (phase,))
    if site.max_import_w is not None and shares:
        limits_w = [site.import_limit_w(wall_s) for wall_s in wall_starts_s]
        contract_kws = [UNLIMITED_KW if limit_w is None else limit_w / 1000 for limit_w in limits_w]
        for own, meter in split_by_radiators(site, owners, dict.fromkeys(shares, 1.0), metered, MAIN):
            yield WireRating("contract", own, contract_kws, meter, site.phases)


def split_by_radiators(
    site: Site, owners: Mapping[str, str], weights: Mapping[str, float], metered: Collection[str], meter: str
) -> Iterator[tuple[Mapping[str, float], str]]:
    """Yield pairs of needs under a limit and the name of the house load behind `meter` that the limit allows for.

    First all needs, with the load without radiators, if that is among the known ones (`metered`); then those served
    after radiators, with the whole load. A pair without needs is left out.
    """
    apart = without_radiators(meter) if without_radiators(meter) in metered else None
    late = weights if apart is None else after_radiators(site, owners, weights)
    if apart is not None and weights:
        yield weights, apart
    if late:
        yield late, meter


def after_radiators(site: Site, owners: Mapping[str, str], weights: Mapping[str, float]) -> Mapping[str, float]:
    """Return those of the needs whose load is served after any radiators; all without any."""
    order = [load.name for load in sorted(site.loads, key=attrgetter("priority"))]
    first = min((order.index(load.name) for load in site.loads if load.type == RADIATORS), default=-1)
    return {need: each for need, each in weights.items() if owners[need] not in order[: max(first, 0)]}


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
