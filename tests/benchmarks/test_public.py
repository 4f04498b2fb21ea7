"""Public data are read as they are written, laws are those that were published, and what is played adds up."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Callable
from dataclasses import fields, replace
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from random import Random
from types import SimpleNamespace
from typing import Any

import pytest

from benchmarks.public import wheel
from benchmarks.public.acn_laws import (
    ParkedCar,
    earliest_deadline,
    first_come,
    least_laxity,
    round_robin,
    share_in_order,
)
from benchmarks.public.baselines import RoundRobin, as_late_as_possible, cheapest_kw
from benchmarks.public.files import write_rows
from benchmarks.public.home import ENERGY_TAX, SLOTS, YEAR_BEGINS_S, Home, make_home, slots_of_months
from benchmarks.public.park import CONTROLLERS, DayRow, play_day, sessions_of_day
from benchmarks.public.planned import PlannedHome
from benchmarks.public.sessions import SLOT_H, Place, Session, draw_sessions
from benchmarks.public.street import (
    FAST,
    PLANS,
    CarResult,
    Row,
    make_row,
    play_fusebox,
    play_law,
    play_least_cost,
    play_round_robin,
)
from benchmarks.public.street_table import visits_of_year
from benchmarks.public.wheel import Arrivals, Car, PublicData, data_folder, read_public_data

CARS = (Car("small", 40.0, 3.6, 1), Car("large", 60.0, 11.0, 3))
EVENING = tuple(25.0 if 68 <= at < 72 else 0.0 for at in range(96))
"""All cars arrive between 17:00 and 18:00."""
ARRIVALS = Arrivals(EVENING, EVENING, dict.fromkeys(range(48), 12.0), dict.fromkeys(range(48), 20.0))
DATA = PublicData(
    ((0.6,) * SLOTS, (1.2,) * SLOTS),
    tuple(0.5 if 10 <= hour % 24 < 14 else 0.0 for hour in range(8760)),
    {YEAR_BEGINS_S + hour * 3600: 0.10 + 0.01 * (hour % 24) for hour in range(8760)},
    CARS,
    {"home": ARRIVALS, "workplace": replace(ARRIVALS, weekday_pct=EVENING[40:] + EVENING[:40], weekend_pct=())},
)


def home(sessions: tuple[Session, ...], household_kw: float = 0.9) -> Home:
    """A home without panels whose power gets dearer hour by hour of the day."""
    made = make_home(DATA, 1, 0)
    return replace(made, household_kw=(household_kw,) * SLOTS, sun_kw=(0.0,) * SLOTS, sessions=sessions)


def night(kwh: float = 20.0, phase_count: int = 3) -> Session:
    """From 18:00 on 1 January until 06:00."""
    return Session(72, 120, kwh, phase_count, 16)


# The data


def written(folder: Path) -> Path:
    """The files of the wheel with a few made-up lines, in the shape of its own."""
    lines = {
        "residential_loads.csv": "0,0.425\n1.445,-0.4\n",
        "pv_netherlands.csv": "time,local_time,electricity\n2019-01-01 00:00,2019-01-01 01:00,0.25\n",
        "Netherlands_day-ahead-2015-2024.csv": "Country,Datetime (UTC),Datetime (Local),Price (EUR/MWhe)\n"
        "Netherlands,2022-01-01 00:00:00,2022-01-01 01:00:00,124.7\n"
        "Netherlands,07/01/2025 22:00,07/01/2025 23:00,80.01\n",
        "distribution-of-arrival.csv": '"Arrival time","private","public","workplace"\n"00:00",0.8,0.3,0.01\n',
        "distribution-of-arrival-weekend.csv": '"Arrival time","private","public"\n"00:00",1.1,0.5\n',
        "mean-session-length-per.csv": '"Arrival Time","home","public","work"\n"00:30",9.3,10\n"05:00",4.3,5.8,8.4\n',
        "mean-demand-per-arrival.csv": '"Arrival Time","home","public","work"\n"00:30",30.8,20\n"05:00",22,20,10.8\n',
    }
    for name, text in lines.items():
        (folder / name).write_text("\ufeff" + text, encoding="utf-8")
    spec = {"battery_capacity": 57.5, "max_ac_charge_power": 11, "number_of_registrations": 45545}
    (folder / "ev_specs.json").write_text(json.dumps({"Tesla Model 3": spec}), encoding="utf-8")
    return folder


def test_the_files_of_the_wheel_are_read(tmp_path: Path) -> None:
    found = read_public_data(written(tmp_path))
    assert found.households_kw == ((0.0, 1.445), (0.425, -0.4))
    assert found.sun == (0.25,)
    assert found.prices == {YEAR_BEGINS_S + 3600: pytest.approx(0.1247)}
    assert found.cars == (Car("Tesla Model 3", 57.5, 11, 45545),)
    assert found.arrivals["home"] == Arrivals((0.8,), (1.1,), {1: 9.3, 10: 4.3}, {1: 30.8, 10: 22.0})
    assert found.arrivals["workplace"] == Arrivals((0.01,), (), {10: 8.4}, {10: 10.8})


def test_the_installed_wheel_contains_the_described_files() -> None:
    if data_folder() is None:
        pytest.skip("ev2gym is not installed: make public")
    found = read_public_data()
    assert len(found.households_kw) == 25
    assert {len(each) for each in found.households_kw} == {SLOTS}
    assert len(found.sun) == 8760
    assert all(YEAR_BEGINS_S + hour * 3600 in found.prices for hour in range(8760))
    for arrivals in found.arrivals.values():
        assert sum(arrivals.weekday_pct) == pytest.approx(100)
    assert len(found.arrivals["home"].stay_h) == 48


# Sessions


def place(arrivals_a_day: float) -> Place:
    return Place(ARRIVALS, CARS, 25, 5, arrivals_a_day)


def test_a_seed_draws_the_same_sessions_and_they_do_not_overlap() -> None:
    found = draw_sessions(place(2.0), Random("a"), 60)
    assert found == draw_sessions(place(2.0), Random("a"), 60)
    assert len(found) > 40
    assert all(one.leaves + 2 <= other.arrives for one, other in pairwise(found))
    assert all(68 < each.arrives % 96 <= 72 and each.leaves - each.arrives >= 12 for each in found)
    assert all(5 <= each.kwh <= 55 for each in found)
    assert {(each.phase_count, each.max_a) for each in found} == {(1, 16), (3, 16)}


def test_as_many_cars_come_as_the_distribution_says() -> None:
    days = [len(draw_sessions(place(0.25), Random(f"{seed}"), 365)) for seed in range(6)]
    none_in_four_quarters = (1 - 0.25 * 0.25) ** 4
    assert sum(days) == pytest.approx(6 * 365 * (1 - none_in_four_quarters), rel=0.08)


# The street


def test_periods_are_the_first_days_of_each_month_and_31_make_a_year() -> None:
    assert sum(map(len, slots_of_months(31))) == SLOTS
    assert [len(each) for each in slots_of_months(2)] == [192] * 12
    assert slots_of_months(2)[1].start == 31 * 96


def test_the_least_cost_is_in_the_cheapest_quarter_hours() -> None:
    powers = cheapest_kw(home(()), night(kwh=11.04))
    assert {slot for slot, kw in powers.items() if kw > 0} == set(range(96, 100))  # from midnight on
    sunny = replace(home(()), sun_kw=tuple(3.0 if slot == 110 else 0.0 for slot in range(SLOTS)))
    assert cheapest_kw(sunny, night(kwh=0.4))[110] == pytest.approx(1.6)


def test_own_sun_costs_what_it_would_have_earned() -> None:
    sunny = replace(home(()), sun_kw=(2.9,) * SLOTS)
    price = sunny.prices[80]
    assert sunny.car_cost(80, 4.0) == pytest.approx(0.25 * (2.0 * price + 2.0 * (price - ENERGY_TAX)))


def test_as_late_as_possible_ends_at_the_departure() -> None:
    played = play_law(home((night(),)), 31, as_late_as_possible)
    assert max(played.powers) == 119
    assert played.missing_kwh == pytest.approx(0.0)
    charged = [slot for slot, kw in played.powers.items() if kw > 0]
    assert charged == list(range(112, 120))


def test_the_round_robin_takes_turns_and_gives_the_last_one_the_rest() -> None:
    law = RoundRobin([11.0] * 3)
    cars = {0: 11.0, 1: 11.0, 2: 11.0}
    first = law.powers_kw(16.5, cars)
    second = law.powers_kw(16.5, cars)
    assert sorted(first.values()) == pytest.approx([5.5, 11.0])
    assert set(second) - set(first)
    assert law.powers_kw(-3.0, cars) == {}


def test_plans_cost_little_more_than_the_least_and_keep_fuse_and_departure() -> None:
    sessions = (night(), Session(72 + 96, 120 + 96, 30.0, 1, 25))
    own = home(sessions, household_kw=3.0)
    plans, fast = play_fusebox(own, 1, 3, bills_peaks=False), play_law(own, 3, lambda *of: of[0].max_kw)
    rows = [make_row(own, 1, 3, name, played) for name, played in ((PLANS, plans), (FAST, fast))]
    least = make_row(own, 1, 3, "least", play_least_cost(own, 3))
    assert rows[0].missing_kwh == pytest.approx(0.0, abs=1e-6)
    assert (rows[0].sessions, rows[0].served, rows[0].over_fuse_h) == (2, 2, 0)
    assert least.cost_eur <= rows[0].cost_eur < 1.05 * least.cost_eur
    assert rows[1].cost_eur > 1.2 * least.cost_eur
    assert rows[1].over_fuse_h > 0


def test_plans_give_way_to_an_unexpected_household() -> None:
    own = replace(home((night(),)), household_kw=tuple(12.0 if 96 <= slot < 98 else 0.9 for slot in range(SLOTS)))
    plans = play_fusebox(own, 1, 3, bills_peaks=False)
    row = make_row(own, 1, 3, PLANS, plans)
    assert (row.served, row.over_fuse_h) == (1, 0)
    assert plans.powers[96] == pytest.approx(7 * 0.69)  # 24.5 A less 17.4 leave 7.1


def test_plans_know_no_price_before_it_is_published() -> None:
    planner = PlannedHome(home(()), 1, 0)
    assert len(planner._published(51).by_start) == 45
    assert len(planner._published(52).by_start) == 44 + 96


def test_plans_under_a_peak_tariff_keep_the_peak_lower() -> None:
    own = home((night(), Session(72 + 96, 120 + 96, 20.0, 3, 16)))
    peaks = [make_row(own, 1, 3, "", play_fusebox(own, 1, 3, bills_peaks=bills)).peak_kw for bills in (False, True)]
    assert peaks[1] < 0.6 * peaks[0]


def test_the_street_in_turn_stays_below_what_it_takes_without_cars() -> None:
    homes = [replace(home((night(), Session(170, 200, 20.0, 3, 16)), household_kw=3.0), number=n) for n in range(3)]
    found = play_round_robin(homes, 3)
    assert all(isinstance(each, CarResult) and each.sessions == 2 for each in found)
    assert sum(each.missing_kwh for each in found) == pytest.approx(120.0)  # a constant street leaves nothing
    noon = replace(homes[0], household_kw=tuple(30.0 if slot == 0 else 3.0 for slot in range(SLOTS)))
    found = play_round_robin([noon, *homes[1:]], 3)
    assert sum(each.missing_kwh for each in found) < 120.0
    for slot in range(72, 120):
        assert sum(each.powers.get(slot, 0.0) for each in found) <= 27.0 + 1e-9


def original(class_name: str) -> Any:
    """A controller of ev2gym as it is published; its file is loaded alone, without what the package depends on."""
    folder = data_folder()
    if folder is None:
        pytest.skip("the data of ev2gym are missing: make public")
    spec = spec_from_file_location("heuristics", folder.parent / "baselines" / "heuristics.py")
    assert spec is not None and spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return getattr(module, class_name)


def street_of(left_kwh: list[float], leaves: int, step: int, room_kw: float) -> SimpleNamespace:
    """A street as ev2gym's controllers know it; cars hold 100 kWh, chargers give 11.04 kW."""
    stations = [
        SimpleNamespace(
            max_charge_current=16,
            voltage=690 / math.sqrt(3),
            phases=3,
            n_ports=1,
            evs_connected=[
                None
                if left <= 0
                else SimpleNamespace(
                    get_soc=lambda soc=1 - left / 100: soc, battery_capacity=100.0, time_of_departure=leaves
                )
            ],
        )
        for left in left_kwh
    ]
    return SimpleNamespace(
        charging_stations=stations,
        number_of_ports=len(stations),
        number_of_ports_per_cs=1,
        power_setpoints={step: room_kw},
        current_step=step,
        timescale=15,
    )


def test_our_copies_of_ev2gyms_controllers_decide_as_the_originals() -> None:
    random = Random(5)
    empty = street_of([50.0] * 5, 100, 0, 0.0)
    late, in_turn_there = original("ChargeAsLateAsPossible")(), original("RoundRobin")(empty)
    in_turn_here = RoundRobin([11.04] * 5)
    for step in range(96):
        left_kwh = [random.choice((0.0, random.uniform(0.1, 60))) for _ in range(5)]
        env = street_of(left_kwh, 100, step, random.uniform(0, 40))
        ours = in_turn_here.powers_kw(
            env.power_setpoints[step], {n: 11.04 for n, kwh in enumerate(left_kwh) if kwh > 0}
        )
        assert list(in_turn_there.get_action(env) * 11.04) == pytest.approx([ours.get(n, 0.0) for n in range(5)])
        at_last = [
            as_late_as_possible(Session(0, 100, 60.0, 3, 16), step, kwh) / 11.04 if kwh else 0 for kwh in left_kwh
        ]
        assert list(late.get_action(env)) == pytest.approx(at_last)


# The transformer


def parked(random: Random, charger: int) -> ParkedCar:
    phases = random.choice(((0,), (1,), (2,), (0, 1, 2)))
    arrived = random.randrange(0, 50)
    return ParkedCar(charger, arrived, arrived + random.randrange(60, 120), random.uniform(0.1, 25), 16, phases)


def test_each_order_serves_its_own_car_first() -> None:
    early = ParkedCar(0, 10, 90, 2.0, 16, (0,))
    urgent = ParkedCar(1, 20, 60, 2.0, 16, (0,))
    hungry = ParkedCar(2, 30, 100, 24.0, 16, (0,))
    cars = (hungry, early, urgent)
    first = {
        order: max(amps, key=lambda each: amps[each])
        for order in (first_come, earliest_deadline, least_laxity)
        if (amps := share_in_order(cars, 40, 16.0, order))
    }
    assert first == {first_come: 0, earliest_deadline: 1, least_laxity: 2}


def test_the_round_robin_of_acnportal_gives_each_its_minimum_then_an_amp_in_turn() -> None:
    cars = [ParkedCar(at, at, 100, 20.0, 16, (0,)) for at in range(3)]
    assert round_robin(cars, 5, 20.0) == {0: 7, 1: 7, 2: 6}
    assert round_robin(cars, 5, 13.0) == {0: 7, 1: 6, 2: 0}


@pytest.mark.parametrize("name", [name for name in CONTROLLERS if not name.endswith("uncontrolled")])
def test_no_load_takes_more_than_the_transformer_gives(name: str) -> None:
    sessions = sessions_of_day(DATA, 3, 1)[:4]
    found = play_day(sessions, 20, CONTROLLERS[name](20))
    assert 6 <= found.peak_a <= 20
    assert 0 < found.delivered_kwh <= found.needed_kwh
    assert found.served <= found.sessions == len(sessions)


ORIGINALS: dict[str, Callable[..., Any]] = {
    "first_come_first_served": lambda cars, step, limit_a: share_in_order(cars, step, limit_a, first_come),
    "earliest_deadline_first": lambda cars, step, limit_a: share_in_order(cars, step, limit_a, earliest_deadline),
    "least_laxity_first": lambda cars, step, limit_a: share_in_order(cars, step, limit_a, least_laxity),
    "RoundRobin": round_robin,
}


@pytest.mark.parametrize("name", ORIGINALS)
def test_our_copies_of_acnportals_algorithms_decide_as_the_originals(name: str) -> None:
    """Only where it is installed: pip install acnportal==0.3.3."""
    algorithms = pytest.importorskip("acnportal.algorithms")
    numpy = pytest.importorskip("numpy")
    interface = pytest.importorskip("acnportal.acnsim.interface")
    random = Random(name)
    for _ in range(60):
        cars, step, limit_a = [parked(random, at) for at in range(6)], 45, random.choice((20.0, 25.0, 32.0, 63.0))
        cars = [car for car in cars if car.arrived <= step]
        stations = [str(car.charger) for car in cars]
        infrastructure = interface.InfrastructureInfo(
            numpy.array([[float(phase in car.phases) for car in cars] for phase in range(3)]),
            numpy.array([limit_a] * 3),
            numpy.zeros(len(cars)),
            numpy.array([230.0 * len(car.phases) for car in cars]),
            ["L1", "L2", "L3"],
            stations,
            numpy.array([16.0] * len(cars)),
            numpy.array([6.0] * len(cars)),
            [numpy.array([0.0, *range(6, 17)]) for _ in cars],
            numpy.array([False] * len(cars)),
        )
        amp_steps = {str(car.charger): car.left_amp_steps for car in cars}
        told = SimpleNamespace(
            current_time=step,
            period=5,
            remaining_amp_periods=lambda session, of=amp_steps: of[session.station_id],
            max_pilot_signal=lambda station: 16.0,
        )
        sessions = [
            interface.SessionInfo(
                str(car.charger),
                str(car.charger),
                car.left_kwh,
                0.0,
                car.arrived,
                car.leaves,
                current_time=step,
                max_rates=16.0,
            )
            for car in cars
        ]
        if name == "RoundRobin":
            published = algorithms.RoundRobin(algorithms.first_come_first_served)
            share = published.round_robin
        else:
            published = algorithms.SortedSchedulingAlgo(getattr(algorithms, name))
            share = published.sorting_algorithm
        published.register_interface(told)
        schedule = share(published.run_preprocessing(sessions, infrastructure), infrastructure)
        ours = ORIGINALS[name](cars, step, limit_a)
        assert [ours.get(car.charger, 0) for car in cars] == [int(amps) for amps in schedule]


@pytest.mark.parametrize(("name", "row"), [("street.csv", Row), ("park.csv", DayRow)])
def test_our_published_figures_have_the_columns_that_are_written_now(name: str, row: type) -> None:
    with (Path(wheel.__file__).parent / name).open(newline="", encoding="utf-8") as file:
        lines = list(csv.DictReader(file))
    assert list(lines[0]) == [field.name for field in fields(row)]
    assert {line["seed"] for line in lines} == {"2001"}


def test_sessions_are_listed_with_their_times() -> None:
    (found,) = visits_of_year(home((night(),)))
    assert (found.arrives, found.leaves) == ("2022-01-01T18:00+01:00", "2022-01-02T06:00+01:00")
    assert (found.home, found.needed_kwh, found.phase_count, found.max_a) == (0, 20.0, 3, 16)


def test_rows_are_written_with_their_columns(tmp_path: Path) -> None:
    own = home((night(),))
    row = make_row(own, 7, 3, FAST, play_law(own, 3, lambda *of: of[0].max_kw))
    write_rows(tmp_path / "deep" / "rows.csv", [row])
    with (tmp_path / "deep" / "rows.csv").open(newline="", encoding="utf-8") as file:
        (found,) = csv.DictReader(file)
    assert (found["seed"], found["home"], found["controller"], found["sessions"]) == ("7", "0", FAST, "1")
    assert float(found["needed_kwh"]) == 20.0
    assert SLOT_H == 0.25


@pytest.mark.parametrize(("controller", "named"), [(PLANS, PLANS), (FAST, "as fast as possible")])
def test_the_pages_quote_the_published_year_of_the_street(controller: str, named: str) -> None:
    folder = Path(wheel.__file__).parent
    with (folder / "street.csv").open(newline="", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["controller"] == controller]
    assert (len(rows), {row["days"] for row in rows}) == (25, {"365"})
    needed, missing, cost, over = (
        sum(float(row[name]) for row in rows) for name in ("needed_kwh", "missing_kwh", "cost_eur", "over_fuse_h")
    )
    (line,) = [
        text for text in (folder / "README.md").read_text(encoding="utf-8").splitlines() if f"| {named} | 0." in text
    ]
    assert line.startswith(f"| {named} | {cost / (needed - missing):.3f} |")
    assert f"| {100 * missing / needed:.2f} % |" in line and f"| {over:.0f} h |" in line
