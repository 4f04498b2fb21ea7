"""The requests of all loads -> one problem for the planner: needs in slots, and the limits of wires and tariff."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..model.durations import QUARTER_S
from ..model.electrics import Phase
from ..model.load import Load, Mode
from ..model.site import MAIN, Site
from . import battery
from .load_needs import (
    LoadRequest,
    cable_limits,
    end_slot,
    load_of_need,
    low_price_need,
    low_price_slots,
    low_slots_limit,
    reserve_limit,
    split_into_now_and_later,
    whole_need,
)
from .need import (
    MOST_SLOTS,
    Limit,
    Need,
    PeakTariff,
    PlanProblem,
    spare_energy_kwh,
)
from .prices import NO_PRICES, NO_SURCHARGE, Prices, Surcharge, quarter_start_s
from .slot_forecast import (
    UNLIMITED_KW,
    Forecast,
    PhasePowers,
    after_radiators,
    beside_radiators,
    forecast_slots,
    house_load_kw,
    likely_load_kw,
    seldom_exceeded_kw,
    spare_sun_kw,
    unbalance_limits,
    wire_limits,
    with_present_load,
    without_radiators,
)
from .times import Ahead


@dataclass(frozen=True, slots=True)
class TariffTerms:
    """How a tariff limits and bills planned imports [kW]."""

    most_kw: float
    """The highest import planned in any slot."""
    free_kw: float
    """The peak that the month is billed for in any case."""
    price_per_kw: float
    """The price of each kW above that; 0 where unknown."""
    share: Callable[[float], float] = lambda start_s: 1.0
    """Returns how much of an import counts in the slot that begins at this time [s since 1970]: 1 all, 0 none."""
    target_kw: Callable[[float], float] | None = None
    """Returns the highest import planned in the slot that begins then; None: `most_kw` in all slots."""
    surcharge: Surcharge = NO_SURCHARGE
    """What each kWh costs in addition while the kWh of the month cap the bill for its peak."""
    unpaid_kw: Callable[[float], float] | None = None
    """Returns by how much less than `free_kw` is free in the slot that begins then, in a new month; None: nowhere."""

    @property
    def bills_peaks(self) -> bool:
        """Whether a lower peak saves money."""
        return self.price_per_kw > 0 and (self.free_kw < self.most_kw or self.unpaid_kw is not None)

    def allowed_import_kw(self, start_s: float) -> float:
        """Return the highest import that the tariff allows in the slot that begins at `start_s` [kW].

        The target there, `most_kw` without targets, and more where not all of it counts.
        """
        limit_kw, share = self.most_kw if self.target_kw is None else self.target_kw(start_s), self.share(start_s)
        return limit_kw / share if share > 0 else limit_kw + UNLIMITED_KW


@dataclass(frozen=True, slots=True)
class LoadNeeds:
    """A problem, and the load of each need."""

    problem: PlanProblem
    from_s: float
    """When its first slot began [s since 1970]."""
    owners: Mapping[str, str] = field(default_factory=dict)
    """Need -> load."""
    spare_kwh: Mapping[str, float] = field(default_factory=dict)
    """Need -> the energy it could take until its exact time in addition to the plan; negative for too much planned.

    Only needs with a time that counts.
    """
    likely_limits: tuple[Limit, ...] = ()
    """The problem's limits with the house load of `likely_load_kw`: they decide whether a load is said to be late."""


class Expectations(NamedTuple):
    """Forecasts and present measurements."""

    forecast: Forecast
    ahead: Ahead
    tariff: TariffTerms | None = None
    storage: battery.Storage | None = None
    """The home battery, None where it is not charged from the grid."""
    import_now_kw: float | None = None
    """The present import without planned loads [kW], None where unknown."""
    house_now_kw: Mapping[str, Mapping[Phase, float]] = {}
    """Circuit -> phase -> present draw without planned loads [kW], as far as known."""
    paid: Prices = NO_PRICES
    """The published prices per kWh, fees included."""


def compose_problem(site: Site, requests: Sequence[LoadRequest], expectations: Expectations, now_s: float) -> LoadNeeds:
    """Return the problem to plan from the present slot on, with each need's load and the energy to spare by deadlines.

    Needs of loads (now, later, at low prices) and of the battery; limits by a load's own power, deadlines, wires,
    unbalance and tariff. It reaches to the last need's end, with a battery `MOST_SLOTS`. Deadlines and the battery
    count only on sun that is nearly certain. It has a peak only if the tariff bills peaks; the tariff limits imports
    only where it does not, or has targets.
    """
    forecast, ahead, tariff, storage, import_now_kw, _, paid = expectations
    from_s = quarter_start_s(now_s)
    # Energy missing at the end of a late run would have to be caught up at a higher peak.
    early = tariff is not None and tariff.bills_peaks
    needs: list[Need] = []
    low: dict[Need, tuple[int, ...]] = {}
    for each in requests:
        whole = whole_need(site, each, from_s, early=early)
        needs += split_into_now_and_later(each, whole)
        low_ones = low_price_slots(each.standing.plan, paid, from_s, runs_now=each.ran_s > 0)
        if low_ones and each.standing.can_take_more:
            needs.append(low_price_need(whole, each.standing.plan, low_ones))
            low[needs[-1]] = low_ones
    owners = {need.name: load_of_need(need.name) for need in needs}
    slots = max([need.end for need in needs] + ([] if storage is None else [MOST_SLOTS]), default=0)
    starts = range(from_s, from_s + slots * QUARTER_S, QUARTER_S)
    expected = forecast_slots(forecast, from_s, slots, ahead)
    cautious = house_load_kw(forecast.house, starts, ahead, cautious=True)
    means = _mean_house_load_kw(forecast, starts, ahead)
    due = [each for each in requests if end_slot(each, from_s) is not None]
    ready = {each.load.name: each.standing.due_s or 0.0 for each in due}
    reserves = {need.name: reserve_limit(need, slots) for need in needs if need.name in ready}
    found = [
        *cable_limits(needs, slots),
        *reserves.values(),
        *(low_slots_limit(need, each, slots) for need, each in low.items()),
    ]
    timed = [need for need in needs if owners[need.name] in ready and need.worth is None]
    if storage is not None:
        sure = _sure_import_kw(forecast, starts, means[MAIN])
        own, through = battery.battery_needs(storage, expected, sure)
        needs += own
        found += through
        owners |= {need.name: battery.NAME for need in own}
        site = replace(site, loads=(*site.loads, _battery_as_load(site)))
    in_use = {each.load.name: each.load for each in requests}
    site = replace(site, loads=tuple(in_use.get(load.name, load) for load in site.loads))
    wall_starts_s = [start_s + ahead(start_s) for start_s in starts]
    ends = [need.end for need in needs if need.worth is None]
    careful, likely = (
        [*found, *wire_limits(site, owners, loads_kw, wall_starts_s)]
        for loads_kw in _house_loads_kw(expectations, starts, ends)
    )
    if storage is not None and not battery.charges_evenly(site):
        careful, likely = ([_count_battery_whole(limit, owners) for limit in each] for each in (careful, likely))
    found = []
    if site.imbalance_max_a is not None:
        found += unbalance_limits(site, owners, site.imbalance_max_a, slots)
    peak = None
    if tariff is not None and needs:
        if tariff.bills_peaks:
            seldom = seldom_exceeded_kw(_import_kw(expected.sun_kw, means[MAIN]), means[MAIN], cautious, ends)
            peak = _peak_terms(tariff, seldom if import_now_kw is None else (import_now_kw, *seldom[1:]), starts)
            peak = replace(peak, sheds_kw=_shed_kw(site, owners, means))
        found += _tariff_limits(site, owners, tariff, forecast, means, starts)
    problem = PlanProblem(tuple(needs), (*careful, *found), expected, peak)
    spare = {
        need.name: spare_energy_kwh(need, problem.limits, reserves.get(need.name), ready[owners[need.name]] - from_s)
        for need in timed
    }
    return LoadNeeds(problem, from_s, owners, spare, (*likely, *found))


def _house_loads_kw(expectations: Expectations, starts: range, ends: Sequence[int]) -> Iterator[dict[str, PhasePowers]]:
    """Yield circuit -> phase -> house load in each slot [kW]: first the cautious one, then `likely_load_kw`.

    In the first slot at most the present load.
    """
    forecast, ahead, now_kw = expectations.forecast, expectations.ahead, expectations.house_now_kw
    models = {**forecast.circuits, MAIN: forecast.house}
    cautious = {n: house_load_kw(model, starts, ahead, cautious=True) for n, model in models.items()}
    for loads in (cautious, {n: likely_load_kw(model, starts, ahead, ends) for n, model in models.items()}):
        yield {n: with_present_load(each, now_kw.get(n, {})) for n, each in loads.items()}


def _mean_house_load_kw(forecast: Forecast, starts: range, ahead: Ahead) -> dict[str, PhasePowers]:
    """Return the mean house load behind the main meter, and without the radiators that make way, where that is learnt.

    The latter counts with its spread, up to the former: radiators that have made way make up for no deviation.
    """
    mean = house_load_kw(forecast.house, starts, ahead)
    model = forecast.circuits.get(without_radiators(MAIN))
    if model is None:
        return {MAIN: mean}
    careful = house_load_kw(model, starts, ahead, cautious=True)
    least = {phase: tuple(map(min, kws, careful.get(phase, kws))) for phase, kws in mean.items()}
    return {MAIN: mean, without_radiators(MAIN): least}


def _shed_kw(site: Site, owners: Mapping[str, str], means: Mapping[str, PhasePowers]) -> tuple[float, ...]:
    """Return the power of the radiators that make way for a need in each slot [kW]; empty where none do."""
    every, least = dict.fromkeys(owners, 1.0), means.get(without_radiators(MAIN))
    if least is None or len(after_radiators(site, owners, every)) == len(every):
        return ()
    whole, rest = ([sum(kws) for kws in zip(*each.values(), strict=True)] for each in (means[MAIN], least))
    return tuple(max(kw - left_kw, 0.0) for kw, left_kw in zip(whole, rest, strict=True))


def _tariff_limits(
    site: Site,
    owners: Mapping[str, str],
    tariff: TariffTerms,
    forecast: Forecast,
    means: Mapping[str, PhasePowers],
    starts: range,
) -> Iterator[Limit]:
    """Yield the limits of imports by a tariff; one that bills peaks has them only with a target, or by radiators."""
    every = dict.fromkeys(owners, 1.0)
    allowed = [tariff.allowed_import_kw(start_s) for start_s in starts]
    for limited, taken in beside_radiators(site, owners, every, means, MAIN):
        if not tariff.bills_peaks or tariff.target_kw is not None or len(limited) < len(every):
            used = _sure_import_kw(forecast, starts, taken)
            headroom_kw = tuple(max(most - kw, 0.0) for most, kw in zip(allowed, used, strict=True))
            yield Limit("tariff", limited, headroom_kw, is_energy=True)


def _battery_as_load(site: Site) -> Load:
    """Return the batteries as one load for the limits: on all phases, in the circuit that their inverters share.

    Behind the main fuse if they have different circuits, or none.
    """
    circuits = {site.inverters[site.inverter_of(place)].circuit for place in range(len(site.batteries))}
    circuit = circuits.pop() if len(circuits) == 1 else None
    last = max(load.priority for load in site.loads) + 1 if site.loads else 1
    return Load(battery.NAME, battery.NAME, circuit or MAIN, site.phases, last, Mode.STANDARD, 0.0, 0.0)


def _count_battery_whole(limit: Limit, owners: Mapping[str, str]) -> Limit:
    """Return the limit with the battery's whole power counted on it, as it may use any phase; no weight is added."""
    weights = {need: 1.0 if owners[need] == battery.NAME else weight for need, weight in limit.weights.items()}
    return replace(limit, weights=weights)


def _sure_import_kw(forecast: Forecast, starts: range, house: PhasePowers) -> tuple[float, ...]:
    """Return `_import_kw` with the sun that is nearly certain: deadlines and battery purchases count on no other."""
    return _import_kw(spare_sun_kw(forecast.sun.low_kw, starts, house), house)


def _import_kw(sun_kw: Sequence[float], house: PhasePowers) -> tuple[float, ...]:
    """Return the import of the house in each slot [kW]: its load without sun to spare, else minus that sun (export).

    `sun_kw`: the sun that it leaves.
    """
    taken = [sum(phase[at] for phase in house.values()) for at in range(len(sun_kw))]
    return tuple(used if sun <= 0 else -sun for used, sun in zip(taken, sun_kw, strict=True))


def _peak_terms(tariff: TariffTerms, house_kw: Sequence[float], starts: Sequence[float]) -> PeakTariff:
    """Return the terms of a billed peak, with the house's import in each slot [kW]: export where no import counts.

    In a new month the house counts as importing more, by what is not paid for there; the tariff's own limit holds.
    """
    shares = [tariff.share(start_s) for start_s in starts]
    unpaid_kw = [0.0 if tariff.unpaid_kw is None else tariff.unpaid_kw(start_s) for start_s in starts]
    most_kw = tariff.most_kw + max(unpaid_kw, default=0.0)
    counted_kw = (
        kw + unpaid if share > 0 else kw - UNLIMITED_KW
        for kw, unpaid, share in zip(house_kw, unpaid_kw, shares, strict=True)
    )
    import_per_kw = (1 / share if share > 0 else 1.0 for share in shares)
    return PeakTariff(tariff.free_kw, tariff.price_per_kw, tuple(counted_kw), most_kw, tuple(import_per_kw))
