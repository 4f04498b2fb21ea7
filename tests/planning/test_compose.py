"""What is wished of loads becomes needs, and what a tariff leaves them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

from fusebox import tuning
from fusebox.model.electrics import Phase
from fusebox.model.equipment import Circuit, Inverter, Source
from fusebox.model.load import Load
from fusebox.model.load_plan import LoadPlan
from fusebox.model.site import MAIN, Distribution, Site
from fusebox.planning.battery import Storage
from fusebox.planning.compose import Expectations, TariffTerms, compose_problem
from fusebox.planning.house_model import HOUSEHOLD_SHAPE, HouseModel, Usual
from fusebox.planning.load_needs import LoadRequest
from fusebox.planning.need import PlanProblem, possible_power_kw
from fusebox.planning.plan_standing import PlanStanding
from fusebox.planning.planner import find_plan
from fusebox.planning.prices import NO_PRICES, Prices
from fusebox.planning.slot_forecast import Forecast, counted_share_of_spread
from fusebox.planning.sun_reader import Sun
from fusebox.planning.wires import Unplanned, without_yielding

from ..control.houses import car, plug
from ..control.houses import site as control_site

T0_S = 1_764_000_000
CAR = car("car", phases="L1 L2 L3")
SITE = Site(voltage_v=230, phases=CAR.phases, circuits=(Circuit(MAIN, 25.0),), loads=(CAR,))
STANDING = PlanStanding(LoadPlan(None, energy_kwh=5.0), 5.0, float(T0_S + 8 * 900))
SUNNY = Sun({T0_S + 900: 6.0}, {T0_S + 900: 2.0})


def limits_with(tariff: TariffTerms, house: HouseModel | None = None) -> dict[str, tuple[float, ...]]:
    expected = Expectations(Forecast(NO_PRICES, NO_PRICES, SUNNY, house or HouseModel()), lambda _: 0.0, tariff)
    found = compose_problem(SITE, [LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=0.0)], expected, T0_S)
    peak = found.problem.peak
    seen = {} if peak is None else {"peak": peak.house_kw, "import_per_kw": peak.import_per_kw}
    return seen | {limit.name: limit.headroom_kw for limit in found.problem.limits}


def test_a_running_load_brings_the_time_it_has_run() -> None:
    expected = Expectations(Forecast(NO_PRICES, NO_PRICES, SUNNY, HouseModel()), lambda _: 0.0)
    wanted = LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=1900.0)
    (need,) = compose_problem(SITE, [wanted], expected, T0_S).problem.needs
    assert (need.ran_slots, need.end, need.energy_kwh) == (2, 8, 5.0)


def test_a_car_on_one_of_its_phases_counts_there_with_all_of_its_power() -> None:
    expected = Expectations(Forecast(NO_PRICES, NO_PRICES, SUNNY, HouseModel()), lambda _: 0.0)
    wanted = LoadRequest(replace(CAR, phases=(Phase.L1,)), STANDING, overdue=False, max_kw=3.7, ran_s=0.0)
    limits = compose_problem(replace(SITE, imbalance_max_a=20.0), [wanted], expected, T0_S).problem.limits
    weights = {limit.name: limit.weights for limit in limits if limit.name.split()[0] in (MAIN, "unbalance")}
    assert weights == {"main L1": {"car": 1.0}, "unbalance L1": {"car": 1.0}}


@pytest.mark.parametrize(
    ("tariff", "early"),
    [
        (TariffTerms(9.0, 4.0, 5.0), True),
        (TariffTerms(4.0, 4.0, 5.0), True),  # the month has this peak already: what is missing at the end stays missing
        (TariffTerms(4.0, 4.0, 0.0), False),
        (None, False),
    ],
)
def test_where_peaks_are_billed_the_earlier_of_equal_slots_is_planned(tariff: TariffTerms | None, early: bool) -> None:
    expected = Expectations(Forecast(NO_PRICES, NO_PRICES, SUNNY, HouseModel()), lambda _: 0.0, tariff)
    wanted = LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=0.0)
    (need,) = compose_problem(SITE, [wanted], expected, T0_S).problem.needs
    assert need.early is early


def test_a_limit_counts_on_the_sun_that_is_nearly_sure() -> None:
    assert limits_with(TariffTerms(4.0, 4.0, 0.0))["tariff"] == pytest.approx((4.0, 6.0, *(4.0,) * 6))


def test_a_slot_is_planned_to_the_target_of_its_own_block() -> None:
    def target_kw(start_s: float) -> float:
        return 9.0 if start_s < T0_S + 4 * 900 else 3.0

    blocks = pytest.approx((9.0, 11.0, 9.0, 9.0, *(3.0,) * 4))
    assert limits_with(TariffTerms(9.0, 9.0, 0.0, target_kw=target_kw))["tariff"] == blocks
    assert limits_with(TariffTerms(9.0, 4.0, 5.0, target_kw=target_kw))["tariff"] == blocks
    assert limits_with(TariffTerms(9.0, 9.0, 0.0, lambda _: 0.5, target_kw))["tariff"][4:] == (6.0,) * 4


def test_what_a_peak_costs_is_reckoned_with_the_sun_that_is_likely() -> None:
    assert limits_with(TariffTerms(9.0, 4.0, 5.0))["peak"] == pytest.approx((0.0, -6.0, *(0.0,) * 6))


def test_in_hours_never_observed_what_will_be_missing_goes_by_a_load_that_is_seldom_exceeded_until_the_end() -> None:
    """The first of the two hours was never observed."""
    house = HouseModel({(phase, 17): Usual(1.0, 0.3, 9) for phase in CAR.phases})
    expected = Expectations(Forecast(NO_PRICES, NO_PRICES, SUNNY, house), lambda _: 0.0)
    found = compose_problem(SITE, [LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=0.0)], expected, T0_S)
    more = tuning.HOUSE_CAUTION_SPREADS * 0.3
    less = HOUSEHOLD_SHAPE[16] / HOUSEHOLD_SHAPE[17]
    cautious, likely = (
        next(limit.headroom_kw for limit in limits if limit.name == "main L1")
        for limits in (found.problem.limits, found.likely_limits)
    )
    usual = [less] * 4 + [1.0] * 4
    assert cautious == pytest.approx([24.5 * 0.23 - kw * (1 + more) for kw in usual])
    shares = [counted_share_of_spread(slot, [8]) for slot in range(4)] + [1.0] * 4
    assert likely == pytest.approx(
        [24.5 * 0.23 - kw * (1 + more * share) for kw, share in zip(usual, shares, strict=True)]
    )
    assert [limit.name for limit in found.likely_limits] == [limit.name for limit in found.problem.limits]


def test_a_peak_leaves_room_for_what_all_phases_together_seldom_exceed() -> None:
    house = HouseModel({(phase, 0): Usual(1.0, 0.3, 9) for phase in CAR.phases})
    more = 3**0.5 * tuning.HOUSE_CAUTION_SPREADS * 0.3
    shares = [counted_share_of_spread(slot, [8]) for slot in range(2, 8)]
    expected = [3.0 + more * share for share in shares]
    assert limits_with(TariffTerms(9.0, 4.0, 5.0), house)["peak"][2:] == pytest.approx(expected)


def test_a_load_may_use_more_now_than_a_careful_plan_would_leave() -> None:
    house = HouseModel({(phase, 0): Usual(1.0, 0.3, 9) for phase in CAR.phases})
    wanted = LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=0.0)

    def headroom_kw(now: Mapping[Phase, float]) -> tuple[float, ...]:
        forecast = Forecast(NO_PRICES, NO_PRICES, SUNNY, house)
        expected = Expectations(forecast, lambda _: 0.0, house_now_kw={MAIN: now})
        (limit,) = (
            each for each in compose_problem(SITE, [wanted], expected, T0_S).problem.limits if each.name == "main L1"
        )
        return limit.headroom_kw

    cautious = headroom_kw({})
    assert headroom_kw({Phase.L1: 0.4})[0] == pytest.approx(cautious[0] + 1.2)
    assert headroom_kw({Phase.L1: 3.0}) == cautious
    assert headroom_kw({Phase.L1: 0.4})[1:] == cautious[1:]


def by_night(share: float) -> Callable[[float], float]:
    return lambda start_s: 1.0 if start_s < T0_S + 4 * 900 else share


@pytest.mark.parametrize(
    ("share", "limit_kw", "per_kw", "house_kw"),
    [(1.0, 4.0, 1.0, 0.0), (0.5, 8.0, 2.0, 0.0), (0.0, 1004.0, 1.0, -1000.0)],
)
def test_what_counts_less_or_not_at_all_leaves_more_room(share, limit_kw, per_kw, house_kw) -> None:
    found = limits_with(TariffTerms(4.0, 4.0, 0.0, by_night(share)))["tariff"]
    assert found == pytest.approx((4.0, 6.0, 4.0, 4.0, *(limit_kw,) * 4))
    found = limits_with(TariffTerms(9.0, 4.0, 5.0, by_night(share)))
    assert found["peak"] == pytest.approx((0.0, -6.0, 0.0, 0.0, *(house_kw,) * 4))
    assert found["import_per_kw"] == (1.0,) * 4 + (per_kw,) * 4


@pytest.mark.parametrize(("unpaid_kw", "slots"), [(6.5, [0, 1, 2, 3]), (0.0, [4, 5, 6, 7])])
def test_a_peak_paid_in_this_month_is_not_paid_in_the_next(unpaid_kw: float, slots: list[int]) -> None:
    """5 kWh cost 1 more in this month; in the next a car of 4.1 kW at least raises the peak above 2.5 kW."""
    prices = Prices({T0_S + 900 * slot: 0.3 if slot < 4 else 0.1 for slot in range(8)})
    tariff = TariffTerms(9.0, 9.0, 5.0, unpaid_kw=lambda start_s: 0.0 if start_s < T0_S + 4 * 900 else unpaid_kw)
    expected = Expectations(Forecast(prices, NO_PRICES, Sun({}, {}), HouseModel()), lambda _: 0.0, tariff)
    wanted = LoadRequest(CAR, STANDING, overdue=False, max_kw=9.0, ran_s=0.0)
    problem = compose_problem(SITE, [wanted], expected, T0_S).problem
    assert problem.peak is not None and problem.peak.most_kw == 9.0 + unpaid_kw
    assert {slot for slot, kw in enumerate(find_plan(problem).powers["car"]) if kw} <= {*slots}


@pytest.mark.parametrize("free_kw", [0.0, 2.5])
def test_a_night_that_counts_half_leaves_a_car_room_whatever_peak_is_paid_in_any_case(free_kw: float) -> None:
    """The house takes 3 of 6 kW and the car 4.1 kW at least: only the night has room, for 9 kW."""
    house = HouseModel({(Phase.L1, 0): Usual(3.0)})
    tariff = TariffTerms(6.0, free_kw, 81.25, by_night(0.5))
    expected = Expectations(Forecast(NO_PRICES, NO_PRICES, Sun({}, {}), house), lambda _: 0.0, tariff)
    wanted = LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=0.0)
    outcome = find_plan(compose_problem(SITE, [wanted], expected, T0_S).problem)
    assert outcome.missing_kwh == {}
    assert outcome.powers["car"][:4] == (0.0,) * 4
    assert outcome.peak_kw == pytest.approx(max((power + 3.0) / 2 for power in outcome.powers["car"] if power))
    assert 3.5 < outcome.peak_kw <= 6.0


@pytest.mark.parametrize(
    ("inverter", "share"),
    [
        (Inverter(), 1.0),
        (Inverter(output=dict.fromkeys(CAR.phases, Source("sensor.output"))), 1 / 3),
        (Inverter(output=dict.fromkeys(CAR.phases, Source("sensor.output")), asymmetric=True), 1.0),
        (Inverter(output={CAR.phases[0]: Source("sensor.output")}), 1.0),
    ],
)
def test_the_whole_battery_may_charge_on_any_phase_unless_its_inverter_spreads_it(inverter, share) -> None:
    store = Storage(0.0, 8.0, 5.0, 5.0, 0.9, end=8)
    house = HouseModel({(phase, 0): Usual(1.0, 0.1, 9) for phase in CAR.phases})
    prices = Prices({T0_S + 900 * at: 0.1 if at < 8 else 0.4 for at in range(48)})
    expected = Expectations(Forecast(prices, NO_PRICES, Sun(), house), lambda _: 0.0, None, store)
    found = compose_problem(replace(SITE, inverters=(inverter,)), [], expected, T0_S).problem
    wires = [limit for limit in found.limits if limit.name.startswith("main L")]
    assert found.needs
    assert len(wires) == len(CAR.phases)
    for limit in wires:
        assert list(limit.weights.values()) == pytest.approx([share] * len(found.needs))


def test_a_load_called_battery_stays_on_its_own_phase_beside_a_home_battery() -> None:
    load = car("battery", phases="L1")
    store = Storage(0.0, 8.0, 5.0, 5.0, 0.9, end=8)
    prices = Prices({T0_S + 900 * at: 0.1 if at < 8 else 0.4 for at in range(48)})
    house = HouseModel({(phase, 0): Usual(1.0, 0.1, 9) for phase in CAR.phases})
    expected = Expectations(Forecast(prices, NO_PRICES, Sun(), house), lambda _: 0.0, None, store)
    request = LoadRequest(load, STANDING, overdue=False, max_kw=3.7, ran_s=0.0)
    found = compose_problem(replace(SITE, loads=(load,)), [request], expected, T0_S).problem
    weights = {limit.name: limit.weights.get("battery") for limit in found.limits if limit.name.startswith("main L")}
    assert weights == {"main L1": 1.0, "main L2": None, "main L3": None}


def test_a_load_has_the_energy_of_its_reserve_to_spare_whichever_phase_a_battery_charges_on() -> None:
    """Its last slot ends as a whole before its time, of which the plan leaves the reserve free."""
    store = Storage(0.0, 8.0, 5.0, 5.0, 0.9, end=8)
    house = HouseModel({(phase, 0): Usual(1.0, 0.1, 9) for phase in CAR.phases})
    prices = Prices({T0_S + 900 * at: 0.1 if at < 8 else 0.4 for at in range(48)})
    expected = Expectations(Forecast(prices, NO_PRICES, Sun(), house), lambda _: 0.0, None, store)
    wanted = LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=0.0)
    spread = Inverter(output=dict.fromkeys(CAR.phases, Source("sensor.output")))
    spare_kwh = [
        compose_problem(replace(SITE, inverters=(each,)), [wanted], expected, T0_S).spare_kwh["car"]
        for each in (spread, Inverter())
    ]
    assert spare_kwh == [pytest.approx(11.0 * tuning.PLAN_RESERVE_S / 3600)] * 2


def test_what_is_bought_for_the_battery_does_not_count_on_sun_that_may_not_come() -> None:
    store = Storage(0.0, 8.0, 5.0, 5.0, 0.9, end=8)
    house = HouseModel({(phase, 0): Usual(0.5, 0.1, 9) for phase in CAR.phases})
    prices = Prices({T0_S + 900 * at: 0.1 if at < 8 else 0.4 for at in range(192)})
    found = []
    sunny = {T0_S + 900 * at: 6.0 for at in range(8, 16)}
    for sun in (Sun(), Sun(sunny, {}), Sun(sunny, sunny)):
        expected = Expectations(Forecast(prices, NO_PRICES, sun, house), lambda _: 0.0, None, store)
        needs = compose_problem(SITE, [], expected, T0_S).problem.needs
        found.append(sum(need.energy_kwh for need in needs))
    assert found[0] == found[1] > found[2]


HEATING = replace(car("heating", phases="L1", priority=5), type="radiators", step_a=4.0, rated_w=2760.0)
LATE = car("late", phases="L1", priority=9)


def rooms_with_radiators(
    tariff: TariffTerms | None = None, *, apart: bool = True, spread_kw: float = 0.0
) -> dict[str, list[object]]:
    """Limit -> its needs and its room in the first slot [kW]: 1 kW of the house, 2 kW of radiators that make way."""
    house = HouseModel({(phase, 0): Usual(3.0) for phase in CAR.phases})
    rest = HouseModel({(phase, 0): Usual(1.0, spread_kw, 9) for phase in CAR.phases})
    circuits = {without_yielding(MAIN): rest} if apart else {}
    forecast = Forecast(NO_PRICES, NO_PRICES, Sun({}, {}), house, circuits)
    asked = [LoadRequest(each, STANDING, overdue=False, max_kw=3.0, ran_s=0.0) for each in (CAR, LATE)]
    site = replace(SITE, loads=(CAR, LATE, HEATING), max_import_w=15_000, margin_a=0.0)
    problem = compose_problem(site, asked, Expectations(forecast, lambda _: 0.0, tariff), T0_S).problem
    found: dict[str, list[object]] = {"sheds": [] if problem.peak is None else [*problem.peak.sheds_kw[:1]]}
    for limit in problem.limits:
        found.setdefault(limit.name, []).append((sorted(limit.weights), pytest.approx(limit.headroom_kw[0])))
    return found


def test_radiators_limit_only_loads_that_are_served_after_them() -> None:
    both, late = ["car", "late"], ["late"]
    found = rooms_with_radiators(TariffTerms(12.0, 12.0, 0.0))
    assert found["main L1"] == [(both, 25 * 0.23 - 1), (late, 25 * 0.23 - 3)]
    assert found["main L2"] == [(["car"], 25 * 0.23 - 1)]
    assert found["contract"] == [(both, 15 - 3), (late, 15 - 9)]
    assert found["tariff"] == [(both, 12 - 3), (late, 12 - 9)]


@pytest.mark.parametrize(("spread_kw", "house_kw"), [(0.3, 1 + 0.3 * tuning.HOUSE_CAUTION_SPREADS), (3.0, 3.0)])
def test_without_radiators_a_tariff_leaves_room_for_the_spread_of_the_house(spread_kw: float, house_kw: float) -> None:
    """It counts up to the mean with radiators."""
    found = rooms_with_radiators(TariffTerms(12.0, 12.0, 0.0), spread_kw=spread_kw)
    assert found["tariff"] == [(["car", "late"], 12 - 3 * house_kw), (["late"], 12 - 9)]


def test_radiators_that_do_not_make_way_limit_all_loads() -> None:
    found = rooms_with_radiators(TariffTerms(12.0, 12.0, 0.0), apart=False)
    assert [found[name] for name in ("main L1", "contract", "tariff")] == [
        [(["car", "late"], room)] for room in (25 * 0.23 - 3, 15 - 9, 12 - 9)
    ]
    assert rooms_with_radiators(TariffTerms(12.0, 4.0, 5.0), apart=False)["sheds"] == []


def test_below_a_billed_peak_radiators_make_way_at_its_limit_only() -> None:
    found = rooms_with_radiators(TariffTerms(12.0, 4.0, 5.0))
    assert (found["sheds"], found["tariff"]) == ([pytest.approx(6.0)], [(["late"], 12 - 9)])


TANK = plug("tank", 2300, priority=5)


@pytest.mark.parametrize(
    ("fuse_a", "distribution", "early_kw"),
    [
        (25, Distribution.PRIORITY, 25 * 0.23 - 3.3),  # beside the car's minimum it stays on
        (25, Distribution.SHARED, 25 * 0.23 - 3.3),
        (25, Distribution.STRICT, 25 * 0.23 - 1),  # served strictly in order it makes way for all that the car takes
        (20, Distribution.PRIORITY, 20 * 0.23 - 1),  # both do not fit: it is switched off, and all is the car's
        (20, Distribution.SHARED, 20 * 0.23 - 1),
    ],
)
@pytest.mark.parametrize("limit", ["main L1", "contract"])
def test_a_tank_without_a_plan_limits_a_car_before_it_only_where_both_fit(
    fuse_a: float, distribution: Distribution, early_kw: float, limit: str
) -> None:
    """The house draws 1 kW, the tank 2.3 kW more; what is served after it gets only what is left."""
    early, late = car("early", priority=2), car("late", priority=9)
    house = HouseModel({(Phase.L1, 0): Usual(3.3)})
    circuits = {without_yielding(MAIN): HouseModel({(Phase.L1, 0): Usual(1.0)})}
    forecast = Forecast(NO_PRICES, NO_PRICES, Sun({}, {}), house, circuits)
    site = control_site(early, TANK, late, fuse_a=fuse_a, margin_a=0.0, distribution=distribution)
    site = replace(site, max_import_w=fuse_a * 230.0)
    for load, most_kw in ((early, early_kw), (late, fuse_a * 0.23 - 3.3)):
        asked = [LoadRequest(load, STANDING, overdue=False, max_kw=3.68, ran_s=0.0)]
        limits = compose_problem(site, asked, Expectations(forecast, lambda _: 0.0), T0_S).problem.limits
        kws = [each.headroom_kw[0] for each in limits if each.name == limit]
        assert min(kws) == pytest.approx(most_kw)


def rooms_beside_tanks(site: Site, *asked: Load, without: HouseModel | None = None) -> dict[tuple[str, ...], float]:
    """Needs under the fuse -> their least room [kW]: 1 kW of the house, 2.3 kW more of tanks or radiators.

    `without`: the house as it is learnt without these.
    """
    house = HouseModel({(Phase.L1, 0): Usual(3.3)})
    circuits = {without_yielding(MAIN): without or HouseModel({(Phase.L1, 0): Usual(1.0)})}
    forecast = Forecast(NO_PRICES, NO_PRICES, Sun({}, {}), house, circuits)
    requests = [LoadRequest(load, STANDING, overdue=False, max_kw=3.68, ran_s=0.0) for load in asked]
    limits = compose_problem(site, requests, Expectations(forecast, lambda _: 0.0), T0_S).problem.limits
    rooms = [(tuple(each.weights), each.headroom_kw[0]) for each in limits if each.name == "main L1"]
    return {needs: min(kw for each, kw in rooms if each == needs) for needs, _ in rooms}


ROOM = replace(HEATING, phases=(Phase.L1,))


@pytest.mark.parametrize(
    ("other", "priority", "distribution", "room_kw"),
    [
        (plug("second", 2300, priority=1), 3, Distribution.PRIORITY, 3.6),
        (plug("second", 2300, priority=1), 3, Distribution.STRICT, 3.6),
        (plug("second", 2300, priority=1), 9, Distribution.PRIORITY, 4.6 - 3.3),
        (replace(ROOM, priority=9), 7, Distribution.PRIORITY, 3.6),
        (ROOM, 7, Distribution.PRIORITY, 4.6 - 3.3),
        (replace(ROOM, priority=1), 3, Distribution.SHARED, 3.6),
    ],
)
def test_a_car_between_loads_that_make_way_is_not_late_for_those_after_it(
    other: Load, priority: int, distribution: Distribution, room_kw: float
) -> None:
    """Without its minimum beside all of them it would never be planned, though the later ones make way."""
    site = control_site(other, TANK, car("car", priority=priority), fuse_a=20, distribution=distribution)
    assert rooms_beside_tanks(site, site.by_name["car"]) == {("car",): pytest.approx(room_kw)}


@pytest.mark.parametrize("without", [HouseModel({}), HouseModel({(Phase.L1, 0): Usual(4.5)})])
def test_what_is_learnt_without_a_tank_is_no_more_than_the_whole(without: HouseModel) -> None:
    """Of a first evening only its peak is known, and nothing at all while the meter is silent."""
    site = control_site(car("car"), TANK, distribution=Distribution.STRICT)
    rooms = rooms_beside_tanks(site, site.by_name["car"], without=without)
    assert rooms == {("car",): pytest.approx(25 * 0.23 - 3.3)}


def test_a_tank_is_on_beside_each_of_two_planned_cars_that_charges_alone() -> None:
    cars = car("one"), car("two", priority=2)
    rooms = rooms_beside_tanks(control_site(*cars, TANK), *cars)
    alone_kw = pytest.approx(25 * 0.23 - 3.3)
    assert rooms == {("one", "two"): pytest.approx(25 * 0.23 - 1), ("one",): alone_kw, ("two",): alone_kw}


def test_a_car_without_a_plan_is_in_the_import_that_a_tariff_limits_or_bills() -> None:
    van = Unplanned(car("van", priority=0), {Phase.L1: 2.0}, left_kwh=0.9)
    site = replace(SITE, loads=(van.load, CAR))
    wanted = LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=0.0)

    def found(tariff: TariffTerms) -> PlanProblem:
        forecast = Forecast(NO_PRICES, NO_PRICES, Sun({}, {}), HouseModel())
        expected = Expectations(forecast, lambda _: 0.0, tariff, unplanned=[van])
        return compose_problem(site, [wanted], expected, T0_S).problem

    limits = [limit.headroom_kw[:3] for limit in found(TariffTerms(8.0, 8.0, 0.0)).limits if limit.name == "tariff"]
    assert [min(kws) for kws in zip(*limits, strict=True)] == pytest.approx([6.0, 6.0, 8.0])
    peak = found(TariffTerms(8.0, 4.0, 5.0)).peak
    assert peak is not None and peak.house_kw[:3] == (2.0, 2.0, 0.0)


@pytest.mark.parametrize(("priority", "most_kw"), [(2, 8.0 - 1.38), (0, 8.0 - 3.5)])
def test_below_a_billed_peak_a_later_car_without_a_plan_makes_way_at_the_limit_only(
    priority: int, most_kw: float
) -> None:
    """Above its minimum; an earlier one keeps all it draws."""
    van = Unplanned(car("van", priority=priority), {Phase.L1: 3.5})
    site = replace(SITE, loads=(van.load, CAR), margin_a=0.0)
    wanted = LoadRequest(CAR, STANDING, overdue=False, max_kw=11.0, ran_s=0.0)
    forecast = Forecast(NO_PRICES, NO_PRICES, Sun({}, {}), HouseModel())
    expected = Expectations(forecast, lambda _: 0.0, TariffTerms(8.0, 4.0, 5.0), unplanned=[van])
    problem = compose_problem(site, [wanted], expected, T0_S).problem
    (need,), peak = problem.needs, problem.peak
    assert peak is not None
    assert peak.headroom_kw(0, 7.0) == pytest.approx(3.5)
    left_kw = min(peak.headroom_kw(0, 8.0), possible_power_kw(need, problem.limits, 0))
    assert left_kw == pytest.approx(max(most_kw, 3 * 1.38))
