"""Which plan counts for a load: a service's before CONFIG's, and none once it is skipped or done."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import datetime
from types import SimpleNamespace

import pytest

from fusebox.balancer.plans.course import Course
from fusebox.balancer.plans.inputs import PlanInputs, chargers_without_plan, starts_of
from fusebox.balancer.plans.modes import apply_plans
from fusebox.balancer.plans.plans import Plans
from fusebox.balancer.plans.show import load_plan_attributes
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.load import Load, Mode
from fusebox.model.load_memory import NEW_LOAD
from fusebox.model.load_plan import LoadPlan
from fusebox.model.memory import Memory
from fusebox.model.site import Site
from fusebox.model.snapshot import LoadState, Snapshot, Status
from fusebox.model.vehicle import Vehicle
from fusebox.planning.battery import NAME
from fusebox.planning.need import Need, SlotForecast
from fusebox.planning.plan_progress import Charge, PlanProgress
from fusebox.planning.plan_standing import PlanStanding
from fusebox.planning.prices import Prices, quarter_start_s
from fusebox.planning.schedule import PlanBlock
from fusebox.runtime.ports import Ports

from ..control.houses import T0_S, car, charger, heating, in_watts, plug, seen, site, switched
from ..planning.samples import BERLIN, ahead_in

DAILY, OWN = LoadPlan("07:00", energy_kwh=20.0), LoadPlan("19:10", energy_kwh=1.2)


@pytest.fixture
def plans() -> Plans:
    return Plans(Ports.__new__(Ports))


def house(plan: LoadPlan | None) -> Site:
    return site(car("car", plan=plan))


def counts(plans: Plans, config: LoadPlan | None) -> LoadPlan | None:
    return apply_plans(house(config), plans.now).loads[0].plan


@pytest.mark.parametrize("config", [None, DAILY], ids=["no plan in CONFIG", "a plan in CONFIG"])
def test_a_plan_by_a_service_counts_before_configs(plans: Plans, config: LoadPlan | None):
    assert counts(plans, config) is config
    plans.set_plan("car", OWN, T0_S)
    assert counts(plans, config) is OWN
    plans.set_plan("car", None, T0_S)
    assert counts(plans, config) is config


@pytest.mark.parametrize("own", [None, OWN], ids=["of CONFIG", "of a service"])
@pytest.mark.parametrize("ended", [{"skipped": True}, {"done": True}], ids=str)
def test_a_plan_that_is_skipped_or_done_does_not_count(plans: Plans, own: LoadPlan | None, ended: dict[str, bool]):
    plans.progress["car"] = replace(PlanProgress(own=own), **ended)
    assert counts(plans, DAILY) is None


@pytest.mark.parametrize("own", [None, OWN], ids=["of CONFIG", "of a service"])
def test_a_plan_whose_time_was_missed_counts_until_it_is_done(plans: Plans, own: LoadPlan | None):
    plans.progress["car"] = PlanProgress(own=own, overdue=True)
    assert counts(plans, DAILY) is (own or DAILY)


def test_a_load_called_battery_does_not_charge_the_home_battery(plans: Plans):
    own = {f"{NAME} 1": 3.0, f"{NAME} 2": 0.5}
    plans.planned_kw = {"battery": 4.0, "battery now": 1.0, "battery more": 2.0, **own}
    plans._update_charge(T0_S)
    assert plans.charge_kw == 3.5


@pytest.mark.parametrize(
    ("began_s", "pause_s", "charges"), [(120, 50, True), (120, 60, False), (880, 10, True), (880, 30, False)]
)
def test_a_short_pause_within_a_quarter_hour_does_not_end_the_charging_of_the_home_battery(
    plans: Plans, began_s: int, pause_s: int, charges: bool
):
    """A hob that cycles under a billed peak leaves no headroom for some seconds."""
    at_s = quarter_start_s(T0_S) + began_s
    plans.planned_kw = {f"{NAME} 1": 3.0}
    plans._update_charge(at_s)
    plans.planned_kw = {}
    for second in range(1, pause_s + 1):
        plans._update_charge(at_s + second)
    assert (plans.charge_kw > 0) is charges


@pytest.mark.parametrize(
    ("running", "state", "code"), [({"pool": None}, "running", "plan_runs_out_of_time"), ({}, "waiting", "plan_waits")]
)
def test_a_load_that_has_to_run_before_its_block_does_not_claim_to_wait(plans: Plans, running, state, code):
    load, from_s = plug("pool", mode=Mode.OFF), float(quarter_start_s(T0_S))
    plan = LoadPlan("19:10", energy_kwh=0.5)
    plans.standings["pool"], plans.running = PlanStanding(plan, 0.5, from_s + 2700), running
    plans.prices = Prices(by_start={int(from_s): 0.3, int(from_s) + 900: 0.1, int(from_s) + 1800: 0.3})
    forecast = SlotForecast((0.3, 0.1, 0.3), (True,) * 3, (0.0,) * 3, (0.0,) * 3)
    need, block = Need("pool", 0.5, 2.0, 3), PlanBlock(from_s + 900, from_s + 1800, 2.0, 0.1)
    powers = (0.0, 2.0, 0.0)
    course = Course(
        PlanProgress(),
        plans.standings["pool"],
        need,
        powers,
        powers,
        forecast,
        (block,),
        None,
        from_s + 2700,
        0.0,
        True,
    )
    snapshot, here = Snapshot(from_s, {}, {}), SimpleNamespace(now_s=from_s)
    inputs = PlanInputs(site(load), snapshot, Memory(), SimpleNamespace(loads={}), here, {}, None, lambda _: 0.0)
    found = load_plan_attributes(plans, inputs, replace(load, plan=plan), course)
    assert (found["plan_state"], found["plan_reason"].code) == (state, code)


@pytest.mark.parametrize(
    ("day", "hours_left"), [("2026-03-28", 23.5), ("2026-03-29", 22.5), ("2026-10-25", 24.5)], ids=str
)
def test_the_starts_of_a_new_day_count_from_midnight_when_clocks_change(day: str, hours_left: float):
    now_s = datetime.fromisoformat(f"{day}T00:30").replace(tzinfo=BERLIN).timestamp()
    here, energy = SimpleNamespace(now_s=now_s), SimpleNamespace(loads={})
    load = plug("pool", max_starts_per_day=2)
    inputs = PlanInputs(site(load), Snapshot(now_s, {}, {}), Memory(), energy, here, {}, None, ahead_in(BERLIN))
    assert starts_of(load, NEW_LOAD, inputs).midnight == hours_left * 4


@pytest.mark.parametrize(
    ("load", "state", "found_kw"),
    [
        (car("van"), charger(16), 3.68),
        (car("van", mode=Mode.SOLAR_PRIORITY), charger(16), None),  # it makes way
        (car("van"), charger(16, 0.0), None),
        (car("van"), charger(16, status=Status.UNPLUGGED), None),
        (car("van"), replace(charger(16), draw_a=PerPhase()), 3.68),  # by its offer
        # It has no sensor, and may have no car.
        (car("van"), replace(charger(16), draw_a=PerPhase(), status=Status.UNKNOWN), None),
        (plug("van"), switched(True, 10.0), None),
        (in_watts("van"), heating(10.0), None),
    ],
)
def test_a_charger_without_a_plan_that_charges_from_the_grid_takes_from_the_plans(
    load: Load, state: LoadState, found_kw: float | None
):
    inputs = inputs_of(load, state)
    found = chargers_without_plan(inputs, (), {"van": PlanProgress()})
    assert [each.power_kw([Phase.L1]) for each in found] == ([] if found_kw is None else [pytest.approx(found_kw)])
    requests = [SimpleNamespace(load=load)]
    assert chargers_without_plan(inputs, requests, {"van": PlanProgress()}) == ()  # type: ignore[arg-type]
    # One whose plan is done may go on in its own mode.
    done = {"van": PlanProgress(done=True)}
    assert chargers_without_plan(inputs, requests, done) == found  # type: ignore[arg-type]
    assert chargers_without_plan(inputs, requests, done, {"van"}) == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("limits", "charge", "left_kwh"),
    [
        ({}, Charge(), math.inf),
        ({"stop_energy_kwh": 9.0}, Charge(), 9.0),
        ({}, Charge(80.0), 10.0),
        ({"stop_soc_pct": 90.0}, Charge(80.0), 5.0),
    ],
)
def test_a_charger_without_a_plan_goes_on_until_its_car_is_full_or_its_session_stops(
    limits: dict[str, float], charge: Charge, left_kwh: float
):
    load = car("van", vehicle=Vehicle(capacity_kwh=50.0, efficiency=1.0), **limits)
    (found,) = chargers_without_plan(inputs_of(load, charger(16)), (), {"van": PlanProgress(charge=charge)})
    assert found.left_kwh == pytest.approx(left_kwh)


def test_a_boosted_charger_takes_from_the_plans_in_a_mode_for_the_sun_and_beyond_its_limits():
    load = car("van", mode=Mode.SOLAR_ONLY, stop_energy_kwh=9.0)
    inputs = inputs_of(load, charger(16))
    boosted = inputs._replace(memory=Memory(loads={"van": replace(NEW_LOAD, mode="boost")}))
    (found,) = chargers_without_plan(boosted, (), {"van": PlanProgress()})
    assert (found.total_kw, found.left_kwh) == (pytest.approx(3.68), math.inf)
    assert chargers_without_plan(boosted, (), {"van": PlanProgress()}, {"van"}) == (found,)
    assert chargers_without_plan(inputs, (), {"van": PlanProgress()}, before=[found]) == ()


@pytest.mark.parametrize(
    ("state", "after_s", "drawn_a"),
    [
        (charger(16, 0.0), 899, 16),  # it pauses
        (charger(6), 899, 16),  # it is lowered for a moment
        (charger(6), 900, 6),
        (charger(16, 0.0), 900, None),
        (charger(16, 20.0), 60, 20),
        (charger(16, 0.0, status=Status.UNPLUGGED), 60, None),
        (charger(16, 0.0, status=Status.FULL), 60, None),
    ],
)
def test_the_highest_draw_of_the_last_quarter_hour_counts(state: LoadState, after_s: float, drawn_a: float | None):
    load, progress = car("van"), {"van": PlanProgress()}
    before = chargers_without_plan(inputs_of(load, charger(16)), (), progress)
    found = chargers_without_plan(inputs_of(load, state, after_s), (), progress, before=before)
    assert [each.power_kw([Phase.L1]) for each in found] == ([] if drawn_a is None else [pytest.approx(drawn_a * 0.23)])
    off = inputs_of(replace(load, mode=Mode.OFF), state, after_s)
    assert chargers_without_plan(off, (), progress, before=before) == ()


def inputs_of(load: Load, state: LoadState, after_s: float = 0.0) -> PlanInputs:
    snapshot, energy = seen({"L1": 20.0}, after_s, van=state), SimpleNamespace(loads={})
    here = SimpleNamespace(now_s=snapshot.now_s)
    return PlanInputs(site(load), snapshot, Memory(), energy, here, {}, None, lambda _: 0.0)  # type: ignore[arg-type]
