"""The house load without steered loads, wherever sun and battery feed in and however the loads are measured."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.balancer.plans.house_watch import (
    FuseWatch,
    HouseWatch,
    house_load_now_kw,
    import_without_planned_kw,
    planned_loads_draw_a,
)
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Battery, Inverter, Source
from fusebox.model.house_memory import HouseLoadMemory, Proof
from fusebox.model.load import Mode
from fusebox.model.load_plan import LoadPlan
from fusebox.model.memory import Memory
from fusebox.model.phases_memory import PhasesMemory
from fusebox.model.site import MAIN, Distribution
from fusebox.model.snapshot import BatteryReadings, InverterReadings, Reading, Status
from fusebox.planning.house_model import Usual
from fusebox.planning.wires import runs_unplanned, without_yielding

from ..control.houses import car, charger, plug, seen, site, switched

TOLD = Source(entity="sensor.told")
BATTERY = Battery(TOLD, TOLD)
THREE = "L1 L2 L3"
HOUSE_A = 2.0
"""What it takes on each phase in all of these."""
HOUSE_KW = {phase: pytest.approx(0.46, abs=0.02) for phase in Phase}


def reading(power_w: float | None) -> Reading:
    return Reading(power_w, power_w, 0.0)


def used_kw(sun_a=(0.0, 0.0, 0.0), charge_a=(0.0, 0.0, 0.0), *, output_a=None, loss_a=0.0, **more):
    """What is read from the meter of a house with sun and battery on these phases [A]."""
    inverter = Inverter() if output_a is None else Inverter(output=dict.fromkeys(Phase, TOLD), **more)
    of = site(phases=THREE, solar_w=TOLD, batteries=(BATTERY,), inverters=(inverter,))
    flows = {p.name: HOUSE_A - sun_a[p] + charge_a[p] for p in Phase}
    shown = replace(
        seen(flows),
        solar_w=reading(230 * (sum(sun_a) + loss_a)),
        batteries=(BatteryReadings(charge_w=reading(230 * sum(charge_a))),),
        inverters=(InverterReadings({p: reading(a) for p, a in zip(Phase, output_a or (), strict=False)}),),
    )
    return house_load_now_kw(of, shown, Memory())


@pytest.mark.parametrize(
    ("sun_a", "charge_a"),
    [
        ((0, 0, 0), (0, 0, 0)),
        ((15, 0, 0), (0, 0, 0)),
        ((9, 9, 9), (0, 0, 0)),
        ((0, 0, 0), (0, 20, 0)),
        ((0, 0, 0), (0, -6, 0)),  # it keeps the sum of the meter at nothing
        ((5, 5, 5), (12, 0, 0)),
        ((15, 0, 0), (3, 3, 3)),
        ((15, 0, 0), (0, 0, 14)),
    ],
)
def test_sun_and_battery_feed_the_phase_that_shows_it(sun_a, charge_a):
    assert used_kw(sun_a, charge_a) == HOUSE_KW


def test_what_feeds_several_phases_unevenly_leaves_the_sum_right():
    found = used_kw((20, 8, 0))
    assert sum(found.values()) == pytest.approx(3 * 0.46)
    assert min(found.values()) >= 0


@pytest.mark.parametrize(
    ("sun_a", "charge_a", "output_a"),
    [
        ((1.2, 0.4, 0), (0, 0, 0), (1.2, 0.4, 0)),
        ((4, 3, 1), (0, 9, 0), (4, 3, 1)),  # the battery has an inverter of its own
        ((4, 3, 1), (1, 1, 1), (3, 2, 0)),
    ],
)
def test_an_inverter_that_reports_its_phases_is_trusted(sun_a, charge_a, output_a):
    assert used_kw(sun_a, charge_a, output_a=output_a, loss_a=0.3) == HOUSE_KW


def test_behind_an_inverter_all_flows_through_it():
    flows_a = (HOUSE_A,) * 3
    assert used_kw((9, 9, 9), output_a=flows_a, wiring="series") == HOUSE_KW


def test_while_one_value_is_missing_the_whole_is_unknown():
    of = site(phases=THREE, solar_w=TOLD)
    shown = seen(dict.fromkeys(THREE.split(), HOUSE_A))
    assert house_load_now_kw(of, shown, Memory()) == {}
    assert house_load_now_kw(of, replace(shown, sun_up=True), Memory()) == {}
    assert house_load_now_kw(of, replace(seen({"L1": 2.0, "L2": None, "L3": 2.0}), solar_w=reading(0)), Memory()) == {}
    half = seen({"L1": 2.0, "L2": None, "L3": 2.0})
    assert house_load_now_kw(site(phases=THREE), half, Memory()).keys() == {Phase.L1, Phase.L3}


def test_an_inverter_that_sleeps_reports_nothing():
    night = replace(seen(dict.fromkeys(THREE.split(), HOUSE_A)), sun_up=False)
    tells = Inverter(output=dict.fromkeys(Phase, TOLD))
    assert house_load_now_kw(site(phases=THREE, solar_w=TOLD), night, Memory()) == HOUSE_KW
    assert house_load_now_kw(site(phases=THREE, solar_w=TOLD, inverters=(tells,)), night, Memory()) == HOUSE_KW
    with_battery = site(phases=THREE, solar_w=TOLD, inverters=(tells,), batteries=(BATTERY,))
    assert (
        house_load_now_kw(with_battery, replace(night, batteries=(BatteryReadings(charge_w=reading(0)),)), Memory())
        == {}
    )


def test_unmeasured_sun_lowers_no_phase():
    shown = replace(
        seen({"L1": -10.0, "L2": HOUSE_A, "L3": HOUSE_A}), batteries=(BatteryReadings(charge_w=reading(0)),)
    )
    assert house_load_now_kw(site(phases=THREE, batteries=(BATTERY,)), shown, Memory()) == HOUSE_KW | {Phase.L1: 0}


ALONE = charger(16, 16, phases=THREE)
ONE_VALUE = replace(ALONE, single_a=16.0)
UNMEASURED = replace(charger(16), draw_a=PerPhase())


def test_one_value_counts_on_the_phase_that_it_is_on():
    of = site(car("car", phases=THREE), phases=THREE)
    memory = Memory(phases_in_use={"car": PhasesMemory(only=Phase.L2)})
    shown = seen({"L1": HOUSE_A, "L2": HOUSE_A + 16, "L3": HOUSE_A}, car=ONE_VALUE)
    assert house_load_now_kw(of, shown, memory) == HOUSE_KW
    assert import_without_planned_kw(of, shown, memory) == pytest.approx(3 * 0.46)


def test_the_import_is_unknown_while_the_meter_is_silent():
    of, memory = site(car("car", phases=THREE), phases=THREE), Memory()
    # 11 kW of a car less a meter that counts as 0 would be an export, with room for twice the car.
    silent = seen({"L1": HOUSE_A + 16, "L2": None, "L3": HOUSE_A + 16}, car=ALONE)
    assert import_without_planned_kw(of, silent, memory) is None


@pytest.mark.parametrize(("flow_a", "proven_a"), [(HOUSE_A + 16, 16.0), (HOUSE_A, 0.0), (HOUSE_A + 6, 6.0)])
def test_what_nothing_measures_counts_as_far_as_the_meter_has_shown_it(flow_a, proven_a):
    proof = Proof(16.0, proven_a, proven_a, flow_a)
    memory = Memory(house_load={"main L1": HouseLoadMemory(used_a=HOUSE_A, proof=proof)})
    of = site(car("car"))
    assert house_load_now_kw(of, seen({"L1": flow_a}, car=UNMEASURED), memory) == {Phase.L1: HOUSE_KW[Phase.L1]}


def test_before_the_meter_has_been_looked_at_it_counts_with_its_offer():
    found = planned_loads_draw_a(site(car("car")), seen({"L1": 18.0}, car=UNMEASURED), Memory())
    assert found == {Phase.L1: 16}
    paused = replace(UNMEASURED, status=Status.PAUSED)
    assert planned_loads_draw_a(site(car("car")), seen({"L1": 2.0}, car=paused), Memory()) == {Phase.L1: 0}


def test_a_plug_that_nothing_measures_counts_with_its_rating():
    of = site(plug("pool"))
    assert house_load_now_kw(of, seen({"L1": 12.0}, pool=switched(True)), Memory()) == {Phase.L1: HOUSE_KW[Phase.L1]}


def test_what_is_not_planned_is_the_house():
    of = site(replace(plug("pump"), type="radiators", on_off=False))
    shown = seen({"L1": HOUSE_A}, pump=switched(True, 1.0))
    assert house_load_now_kw(of, shown, Memory()) == {Phase.L1: HOUSE_KW[Phase.L1]}


def test_a_stray_reading_teaches_nothing():
    of = site(phases="L1 L2")
    assert house_load_now_kw(of, seen({"L1": 429_496.7, "L2": HOUSE_A}), Memory()) == {Phase.L2: HOUSE_KW[Phase.L2]}


@pytest.mark.parametrize(
    ("distribution", "apart_kw"), [(Distribution.PRIORITY, (2 + 4) * 0.23), (Distribution.SHARED, None)]
)
def test_radiators_above_one_are_learnt_apart_unless_all_share_equally(distribution, apart_kw):
    heating = replace(car("heating"), type="radiators", step_a=4.0, rated_w=2760.0)
    of = site(car("car"), heating, distribution=distribution)
    on = replace(charger(12, 12), counted=True)
    watch, shown = HouseWatch(), seen({"L1": HOUSE_A + 12 + 16}, car=charger(16), heating=on)
    watch.add_draws(of, of, shown, Memory(), lambda _: 0.0)
    named = "main without radiators"
    assert watch.now_kw[MAIN] == {Phase.L1: pytest.approx((HOUSE_A + 12) * 0.23)}
    assert watch.now_kw.get(named) == (None if apart_kw is None else {Phase.L1: pytest.approx(apart_kw)})
    assert (named in watch.models_for_planning("learnt", of)[1]) is (apart_kw is not None)
    assert named not in watch.models_for_planning(500.0, of)[1]


def test_until_a_quarter_hour_is_over_its_hour_counts_as_the_one_observed() -> None:
    """On a first evening the night has more headroom at once, not only after a quarter of an hour."""
    watch = FuseWatch()
    watch.add_draw({Phase.L1: 2.92}, 18 * 3600.0, lambda at_s: 0.0)
    house = watch.model_for_planning()
    evening, night = (house.usual_load(Phase.L1, hour) for hour in (18, 3))
    assert evening is not None and night is not None
    assert (evening.mean_kw, night.mean_kw) == (2.92, pytest.approx(1.16))


def test_a_house_load_of_config_is_the_same_in_every_hour() -> None:
    house, _ = HouseWatch().models_for_planning(690.0, site())
    assert {house.usual_load(Phase.L1, hour) for hour in range(48)} == {Usual(0.69)}


def test_a_meter_that_repeats_an_old_value_teaches_nothing():
    of, memory = site(phases=THREE), Memory()
    stuck = seen(dict.fromkeys(("L1", "L2", "L3"), HOUSE_A))
    grid_a = {**stuck.grid_a[MAIN], Phase.L2: Reading(HOUSE_A, HOUSE_A, 3600.0)}
    stuck = replace(stuck, grid_a={MAIN: grid_a})
    assert house_load_now_kw(of, stuck, memory).keys() == {Phase.L1, Phase.L3}
    assert import_without_planned_kw(of, stuck, memory) is None


def test_a_draw_that_is_displayed_without_a_car_is_no_part_of_the_import():
    of, memory = site(car("car", phases=THREE), phases=THREE), Memory()
    left = seen(dict.fromkeys(("L1", "L2", "L3"), HOUSE_A), car=replace(ALONE, status=Status.UNPLUGGED))
    assert house_load_now_kw(of, left, memory) == HOUSE_KW
    assert import_without_planned_kw(of, left, memory) == pytest.approx(3 * 0.46)


@pytest.mark.parametrize(
    ("tank", "own", "is_house"),
    [
        (plug("tank"), None, True),
        (plug("tank", mode=Mode.OFF), None, True),
        (plug("tank", plan=LoadPlan(energy_kwh=2.0)), None, False),
        (plug("tank"), LoadPlan(energy_kwh=2.0), False),
        (plug("tank", mode=Mode.EXCESS), None, False),
        (car("tank"), None, False),
        (replace(plug("tank"), type="thermostat"), None, False),
    ],
)
def test_what_is_switched_without_a_plan_runs_like_any_appliance(tank, own, is_house):
    """A tank on a relay draws at five each morning, whether Fusebox may switch it off or not."""
    planned = () if own is None else ("tank",)
    assert runs_unplanned(tank, planned) is is_house


def test_the_draw_of_a_tank_is_no_part_of_the_house_once_it_has_a_plan():
    """Its own draw, learnt for weeks, would leave it no room."""
    of, without = site(car("car"), plug("tank")), site(car("car"))
    watch = HouseWatch()
    for at_s, planned in ((0, without), (900, without), (1800, without), (2700, of)):
        shown = seen({"L1": HOUSE_A + 10}, at_s, car=charger(0), tank=switched(True, 10.0))
        watch.add_draws(of, planned, shown, Memory(), lambda _: 0.0)
        model = watch.models_for_planning(None, of)[0]
        ((found, *_),) = model.to_plain_values()["L1"].values()
        assert found == pytest.approx((HOUSE_A + 10 * (planned is without)) * 0.23)


@pytest.mark.parametrize("distribution", Distribution)
def test_the_draw_of_a_tank_without_a_plan_is_learnt_with_and_without_it(distribution):
    of, tank = site(car("car"), plug("tank"), distribution=distribution), switched(True, 10.0)
    watch, shown = HouseWatch(), seen({"L1": HOUSE_A + 10 + 16}, car=charger(16), tank=tank)
    watch.add_draws(of, site(car("car"), distribution=distribution), shown, Memory(), lambda _: 0.0)
    with_kw, without_kw = ({Phase.L1: pytest.approx(a * 0.23)} for a in (HOUSE_A + 10, HOUSE_A))
    assert watch.now_kw == {MAIN: with_kw, without_yielding(MAIN): without_kw}
