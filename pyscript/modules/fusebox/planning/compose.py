"""The requests of all loads -> one problem for the planner: needs in slots, and the limits of wires and tariff."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import NamedTuple

from ..model.durations import QUARTER_S
from ..model.electrics import Phase
from ..model.site import MAIN, Site
from . import battery
from .load_needs import (
    LoadRequest,
    cable_limits,
    end_slot,
    load_of_need,
    low_slots_limit,
    needs_of_loads,
    reserve_limit,
)
from .need import MOST_SLOTS, Limit, PeakTariff, PlanProblem, SlotForecast, spare_energy_kwh
from .prices import NO_PRICES, NO_SURCHARGE, Prices, Surcharge, quarter_start_s
from .slot_forecast import (
    Forecast,
    PhasePowers,
    forecast_slots,
    house_load_kw,
    likely_load_kw,
    seldom_exceeded_kw,
    spare_sun_kw,
    with_present_load,
)
from .times import Ahead
from .wires import (
    UNLIMITED_KW,
    Unplanned,
    WireRating,
    after_yielding,
    beside_unplanned,
    split_by_yielding,
    unbalance_limits,
    wire_ratings,
    without_yielding,
)


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
    """The problem's limits with the likely house load in place of the cautious one: they decide whether a load is said
    to be late."""


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
    unplanned: Sequence[Unplanned] = ()
    """The chargers that charge from the grid now, without a plan."""


class _Horizon(NamedTuple):
    """The inputs from which the limits that needs share are computed."""

    site: Site
    """With loads on the phases in use, and the batteries as a load where they are charged from the grid."""
    owners: Mapping[str, str]
    """Need -> load."""
    expectations: Expectations
    starts: range
    """The start of each slot [s since 1970]."""
    ends: Sequence[int]
    """The slots by which needs have to be met."""
    mean_kw: Mapping[str, PhasePowers]
    """The mean house load (`_mean_house_load_kw`)."""


def compose_problem(site: Site, requests: Sequence[LoadRequest], expectations: Expectations, now_s: float) -> LoadNeeds:
    """Return the problem to plan from the present slot on, with each need's load and the energy to spare by deadlines.

    Needs of loads (now, later, at low prices) and of the battery; limits by a load's own power, deadlines, wires,
    unbalance and tariff. It reaches to the last need's end, with a battery `MOST_SLOTS`. Deadlines and the battery
    count only on sun that is nearly certain. It has a peak only if the tariff bills peaks; the tariff limits imports
    only where it does not, or has targets.
    """
    forecast, ahead, tariff, storage, *_ = expectations
    from_s = quarter_start_s(now_s)
    # Energy missing at the end of a late run could be caught up only at a higher peak, or not at all below a target.
    early = tariff is not None and tariff.price_per_kw > 0
    needs, low_slots = needs_of_loads(site, requests, expectations.paid, from_s, early=early)
    owners = {need.name: load_of_need(need.name) for need in needs}
    slots = max([need.end for need in needs] + ([] if storage is None else [MOST_SLOTS]), default=0)
    starts = range(from_s, from_s + slots * QUARTER_S, QUARTER_S)
    expected = forecast_slots(forecast, from_s, slots, ahead)
    mean_kw = _mean_house_load_kw(forecast, starts, ahead)
    ready_s = {each.load.name: each.standing.due_s or 0.0 for each in requests if end_slot(each, from_s) is not None}
    timed = [need for need in needs if owners[need.name] in ready_s and need.worth is None]
    reserves = {need.name: reserve_limit(need, slots) for need in needs if need.name in ready_s}
    own_limits = [*cable_limits(needs, slots), *reserves.values()]
    own_limits += [low_slots_limit(need, low, slots) for need, low in low_slots.items()]
    if storage is not None:
        bought, through = battery.battery_needs(storage, expected, _sure_import_kw(forecast, starts, mean_kw[MAIN]))
        needs += bought
        own_limits += through
        owners |= {need.name: battery.NAME for need in bought}
    ends = [need.end for need in needs if need.worth is None]
    horizon = _Horizon(_planned_site(site, requests, storage), owners, expectations, starts, ends, mean_kw)
    cautious, likely = _wire_limits(horizon)
    other_limits: list[Limit] = []
    if site.imbalance_max_a is not None:
        other_limits += unbalance_limits(horizon.site, owners, site.imbalance_max_a, slots)
    peak = None
    if tariff is not None and needs:
        other_limits += _tariff_limits(horizon, tariff)
        peak = _peak_tariff(horizon, tariff, expected) if tariff.bills_peaks else None
    limits = (*own_limits, *cautious, *other_limits)
    problem = PlanProblem(battery.relax_least_power(needs, limits), limits, expected, peak)
    spare = {
        need.name: spare_energy_kwh(need, problem.limits, reserves.get(need.name), ready_s[owners[need.name]] - from_s)
        for need in timed
    }
    return LoadNeeds(problem, from_s, owners, spare, (*own_limits, *likely, *other_limits))


def _planned_site(site: Site, requests: Sequence[LoadRequest], storage: battery.Storage | None) -> Site:
    """Return the site with loads on the phases in use, and with batteries that are charged from the grid as a load."""
    in_use = {each.load.name: each.load for each in requests}
    loads = [in_use.get(load.name, load) for load in site.loads]
    return replace(site, loads=(*loads, *([] if storage is None else [battery.as_load(site)])))


def _wire_limits(horizon: _Horizon) -> Iterator[list[Limit]]:
    """Yield the limits by wires: first less the cautious house load, then less the likely one."""
    forecast, ahead, *_ = horizon.expectations
    models = {**forecast.circuits, MAIN: forecast.house}
    cautious = {n: house_load_kw(model, horizon.starts, ahead, cautious=True) for n, model in models.items()}
    likely = {n: likely_load_kw(model, horizon.starts, ahead, horizon.ends) for n, model in models.items()}
    wall_starts_s = [start_s + ahead(start_s) for start_s in horizon.starts]
    unplanned = horizon.expectations.unplanned
    wires = [*wire_ratings(horizon.site, horizon.owners, models, wall_starts_s, unplanned)]
    if not battery.charges_evenly(horizon.site):
        wires = [battery.count_on_each_phase(wire, horizon.owners) for wire in wires]
    now_kw = horizon.expectations.house_now_kw
    for loads in (cautious, likely):
        loads_kw = {n: with_present_load(each, now_kw.get(n, {})) for n, each in loads.items()}
        apart = [(name, without_yielding(name)) for name in loads_kw if without_yielding(name) in loads_kw]
        loads_kw |= {rest: _at_most(loads_kw[name], loads_kw[rest]) for name, rest in apart}
        yield [wire.limit(loads_kw) for wire in wires]


def _at_most(whole: PhasePowers, rest: PhasePowers) -> PhasePowers:
    """Return the powers of `rest`, a part of `whole`: at most those, and those of a phase that `rest` does not know.

    What makes way is learnt later than the whole load: from a first evening on, or again after its plan has ended.
    """
    return {phase: tuple(map(min, kws, rest.get(phase, kws))) for phase, kws in whole.items()}


def _mean_house_load_kw(forecast: Forecast, starts: range, ahead: Ahead) -> dict[str, PhasePowers]:
    """Return the mean house load behind the main meter, and without the loads that make way, where that is learnt.

    The latter counts with its spread, up to the former: loads that have made way make up for no deviation.
    """
    mean = house_load_kw(forecast.house, starts, ahead)
    model = forecast.circuits.get(without_yielding(MAIN))
    if model is None:
        return {MAIN: mean}
    cautious = house_load_kw(model, starts, ahead, cautious=True)
    return {MAIN: mean, without_yielding(MAIN): _at_most(mean, cautious)}


def _tariff_limits(horizon: _Horizon, tariff: TariffTerms) -> Iterator[Limit]:
    """Yield the limits of imports by a tariff.

    One that bills peaks has them only with a target, or where other loads or `unplanned` chargers make way for needs.
    """
    site, owners, mean_kw, unplanned = horizon.site, horizon.owners, horizon.mean_kw, horizon.expectations.unplanned
    every = dict.fromkeys(owners, 1.0)
    allowed = [tariff.allowed_import_kw(start_s) for start_s in horizon.starts]
    for limited, meter in split_by_yielding(site, owners, every, mean_kw, MAIN):
        if not tariff.bills_peaks or tariff.target_kw is not None or len(limited) < len(every) or unplanned:
            used = _sure_import_kw(horizon.expectations.forecast, horizon.starts, mean_kw[meter])
            wire = WireRating("tariff", limited, allowed, meter, site.phases)
            for each in beside_unplanned(wire, site, owners, unplanned):
                yield each.limit_beside([used], is_energy=True)


def _shed_kw(horizon: _Horizon) -> tuple[float, ...]:
    """Return the power of the loads that make way for a need in each slot [kW]; empty where none do."""
    every, least = dict.fromkeys(horizon.owners, 1.0), horizon.mean_kw.get(without_yielding(MAIN))
    if least is None or len(after_yielding(horizon.site, horizon.owners, every)) == len(every):
        return ()
    whole, rest = ([sum(kws) for kws in zip(*each.values(), strict=True)] for each in (horizon.mean_kw[MAIN], least))
    return tuple(max(kw - left_kw, 0.0) for kw, left_kw in zip(whole, rest, strict=True))


def _sure_import_kw(forecast: Forecast, starts: range, house: PhasePowers) -> tuple[float, ...]:
    """Return `_import_kw` with the sun that is nearly certain: deadlines and battery purchases count on no other."""
    return _import_kw(spare_sun_kw(forecast.sun.low_kw, starts, house), house)


def _import_kw(sun_kw: Sequence[float], house: PhasePowers) -> tuple[float, ...]:
    """Return the import of the house in each slot [kW]: its load without sun to spare, else minus that sun (export).

    `sun_kw`: the sun that it leaves.
    """
    taken = [sum(phase[at] for phase in house.values()) for at in range(len(sun_kw))]
    return tuple(used if sun <= 0 else -sun for used, sun in zip(taken, sun_kw, strict=True))


def _peak_tariff(horizon: _Horizon, tariff: TariffTerms, expected: SlotForecast) -> PeakTariff:
    """Return the terms of a billed peak, with the import of the house in each slot that is seldom exceeded.

    Chargers without a plan are part of the house, but make way at the limit, as far as `_tariff_limits` allows. It
    counts as exporting where no import counts, and as importing more, by what is not paid for there, in a new month;
    the tariff's own limit holds.
    """
    starts, house = horizon.starts, horizon.mean_kw[MAIN]
    now_kw, model = horizon.expectations.import_now_kw, horizon.expectations.forecast.house
    cautious = house_load_kw(model, starts, horizon.expectations.ahead, cautious=True)
    house_kw = seldom_exceeded_kw(_import_kw(expected.sun_kw, house), house, cautious, horizon.ends)
    house_kw = house_kw if now_kw is None else (now_kw, *house_kw[1:])
    unplanned_kw = [
        [each.total_kw * each.is_charging(slot) for slot in range(len(starts))]
        for each in horizon.expectations.unplanned
    ]
    house_kw = tuple(map(sum, zip(house_kw, *unplanned_kw, strict=True)))
    sheds_kw = tuple(map(sum, zip_longest(_shed_kw(horizon), *unplanned_kw, fillvalue=0.0)))
    shares = [tariff.share(start_s) for start_s in starts]
    unpaid_kw = [0.0 if tariff.unpaid_kw is None else tariff.unpaid_kw(start_s) for start_s in starts]
    most_kw = tariff.most_kw + max(unpaid_kw, default=0.0)
    counted_kw = (
        kw + unpaid if share > 0 else kw - UNLIMITED_KW
        for kw, unpaid, share in zip(house_kw, unpaid_kw, shares, strict=True)
    )
    import_per_kw = (1 / share if share > 0 else 1.0 for share in shares)
    terms = (tariff.free_kw, tariff.price_per_kw, tuple(counted_kw), most_kw, tuple(import_per_kw))
    return PeakTariff(*terms, sheds_kw=sheds_kw)
