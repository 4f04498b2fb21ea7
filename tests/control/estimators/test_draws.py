"""The counted draw of every load: measured, assumed, or its uncontrollable part."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.estimators.draws import assumed_draw_a, compute_draws, present_draw
from fusebox.control.estimators.late_readings import currents_by_circuit
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Circuit, Source
from fusebox.model.load_memory import LoadMemory, TimingMemory
from fusebox.model.records import replace_within
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState, Reading, Snapshot, Status
from fusebox.model.trace import MeterLatency

from ..houses import METER, T0_S, car, charger, plug, seen, site, switched

CAR = car("car")
POOL = plug("pool")
SUN = Source(entity="sensor.sun")


def unmeasured(**more: object) -> LoadState:
    return replace(charger(12), draw_a=PerPhase(), **more)


def draws(snapshot: Snapshot, memory: LoadMemory | None = None, load=CAR, **of_site: object):
    past = {} if memory is None else {load.name: memory}
    return compute_draws(site(load, **of_site), snapshot, past, currents_by_circuit(snapshot), {})[load.name]


@pytest.mark.parametrize(
    "state, amps",
    [
        (unmeasured(), 12),
        (unmeasured(status=Status.UNKNOWN), 12),
        (unmeasured(offer_a=None), 16),
        (unmeasured(on=None), 12),
        (unmeasured(on=False), 0),
        (unmeasured(status=Status.PAUSED), 0),
        (unmeasured(status=Status.CONNECTED), 0),
        (unmeasured(status=Status.SUSPENDED_CAR), 0),
        (unmeasured(can_use_power=False), 0),
    ],
)
def test_a_charger_without_a_sensor_counts_with_its_offer_while_it_may_charge(state, amps):
    assert assumed_draw_a(CAR, state) == amps


@pytest.mark.parametrize("on, amps", [(True, 10), (False, 0), (None, 0)])
def test_a_plug_without_a_sensor_counts_with_its_rating_while_it_shows_on(on, amps):
    assert assumed_draw_a(POOL, LoadState(switched=True, on=on)) == amps


def test_a_measured_draw_goes_before_any_assumption():
    assert present_draw(CAR, charger(16, 3)) == (3, None, None)
    assert present_draw(POOL, switched(True, 0.0)) == (0, None, None)


def test_only_the_phases_that_are_not_measured_are_assumed():
    load = car("car", phases="L1 L2 L3")
    assert present_draw(load, replace(charger(12), draw_a=PerPhase(3, None, 5))) == (3, 12, 5)


def test_a_load_of_which_nothing_is_known_may_draw_all_that_flows_and_cannot_be_steered():
    assert draws(seen({"L1": 20})) == ((16, None, None), (0, None, None))
    assert draws(seen({"L1": 9})) == ((9, None, None), (0, None, None))


@pytest.mark.parametrize("meter_a, expected_a", [(20, 12), (5, 5), (0, 0), (-3, 0), (None, 12)])
def test_where_nothing_generates_no_load_draws_more_than_its_phase(meter_a, expected_a):
    assert draws(seen({"L1": meter_a}, car=charger(12))).whole[0] == expected_a


@pytest.mark.parametrize("meter_a", [20, 5, 0, -3])
def test_where_the_sun_shines_a_load_may_draw_more_than_its_phase(meter_a):
    assert draws(seen({"L1": meter_a}, car=charger(12)), solar_w=SUN).whole[0] == 12


def test_a_one_phase_car_on_a_three_phase_box_counts_on_one_phase():
    load = car("car", phases="L1 L2 L3")
    found = draws(seen({"L1": 14, "L2": 1, "L3": 0}, car=charger(12, phases="L1 L2 L3")), load=load, phases="L1 L2 L3")
    assert found.whole == (12, 1, 0)


def test_an_unavailable_load_is_measured_but_not_controlled():
    found = draws(seen({"L1": 20}, car=replace(charger(12), available=False)))
    assert (found.whole[0], found.steerable[0]) == (12, 0)


@pytest.mark.parametrize("over_for_s, ours_a", [(None, 12), (14, 12), (15, 6), (600, 6)])
def test_what_a_load_that_does_not_follow_draws_above_its_setpoint_is_not_ours(over_for_s, ours_a):
    past = LoadMemory(6, timing=TimingMemory(over_since_s=None if over_for_s is None else T0_S - over_for_s))
    found = draws(seen({"L1": 20}, car=charger(6, 12)), past)
    assert (found.whole[0], found.steerable[0]) == (12, ours_a)


def lagging(setpoint_a: float, then_a: float) -> LoadMemory:
    """Commanded three seconds ago, after its last report."""
    timing = TimingMemory(changed_s=T0_S - 3, grid_at_report=(T0_S - 8, {MAIN: PerPhase(then_a)}))
    return LoadMemory(setpoint_a=setpoint_a, timing=timing)


def test_a_lagging_draw_counts_with_the_meters_change():
    state = replace(charger(10, 0), draw_age_s=8)
    assert draws(seen({"L1": 15}, car=state), lagging(10, 5)).steerable[0] == 10


def test_two_lagging_draws_do_not_explain_one_change_twice():
    snapshot = seen({"L1": 17}, a=replace(charger(10, 0), draw_age_s=8), b=replace(charger(10, 0), draw_age_s=8))
    past = {"a": lagging(10, 5), "b": lagging(10, 5)}
    found = compute_draws(site(car("a"), car("b")), snapshot, past, currents_by_circuit(snapshot), {})
    assert (found["a"].whole[0], found["b"].whole[0]) == (10, 2)


@pytest.mark.parametrize(("lags_s", "counts_a"), [((), 0), ((5.0, 2.0), 0), ((5.0, 4.0), 6)])
def test_a_fall_that_a_late_meter_shows_just_after_a_stop_is_not_of_that_stop(lags_s, counts_a):
    late = replace_within(lagging(0, 30), "response", meter_latency=MeterLatency(lags_s=lags_s))
    assert draws(seen({"L1": 22}, car=replace(charger(6), draw_age_s=8)), late).whole[0] == counts_a


def test_a_rise_counts_at_once_also_under_a_late_meter():
    late = replace_within(lagging(10, 11), "response", meter_latency=MeterLatency(lags_s=(5.0, 4.0)))
    assert draws(seen({"L1": 15}, car=replace(charger(10, 6), draw_age_s=8)), late).whole[0] == 10


def test_a_change_on_one_phase_explains_nothing_on_another():
    load = car("car", phases="L1 L2")
    state = replace(charger(10, 0, phases="L1 L2"), draw_age_s=8)
    past = replace_within(lagging(10, 5), "timing", grid_at_report=(T0_S - 8, {MAIN: PerPhase(5, 5)}))
    found = draws(seen({"L1": 15, "L2": 5}, car=state), past, load=load, phases="L1 L2")
    assert found.whole == (10, 0, None)


def idle(*grid_then_a: float) -> LoadMemory:
    """Set to 10 A long ago; the meters were there at its last report, 5 A on L1 by default."""
    then_a = PerPhase(*(grid_then_a or (5.0,)))
    return LoadMemory(10.0, timing=TimingMemory(grid_at_report=(T0_S - 8, {MAIN: then_a})))


@pytest.mark.parametrize(
    ("meter_a", "state", "counts_a"),
    [
        (15, {}, 10),
        (13, {}, 10),
        (17, {}, 10),
        (11, {}, 0),
        (19, {}, 0),
        (15, {"draw_age_s": 0.0}, 0),
        (15, {"on": False}, 0),
        (15, {"can_use_power": False}, 0),
        (15, {"draw_a": PerPhase(2.0)}, 2),
    ],
)
def test_an_idle_load_counts_with_its_setpoint_once_the_meter_rises_by_it(meter_a, state, counts_a):
    now = replace(charger(10, 0), **{"draw_age_s": 8.0, **state})
    assert draws(seen({"L1": meter_a}, car=now), idle()).whole[0] == counts_a


@pytest.mark.parametrize(("l2_a", "counts_a"), [(15, 10), (5, 0)])
def test_an_idle_load_begins_only_where_all_its_phases_rise(l2_a, counts_a):
    state = replace(charger(10, 0, phases="L1 L2"), draw_age_s=8.0)
    snapshot = seen({"L1": 15, "L2": l2_a}, car=state)
    found = draws(snapshot, idle(5, 5), load=car("car", phases="L1 L2"), phases="L1 L2")
    assert found.whole == (counts_a, counts_a, None)


def test_of_two_idle_loads_only_one_begins_by_one_rise():
    snapshot = seen({"L1": 15}, a=replace(charger(10, 0), draw_age_s=8), b=replace(charger(10, 0), draw_age_s=8))
    past = {"a": idle(), "b": idle()}
    found = compute_draws(site(car("a"), car("b")), snapshot, past, currents_by_circuit(snapshot), {})
    assert (found["a"].whole[0], found["b"].whole[0]) == (10, 0)


@pytest.mark.parametrize(("before_a", "counts_a"), [(5, 10), (15, 0)])
def test_a_sensor_that_reports_only_changes_begins_by_the_last_readings(before_a, counts_a):
    snapshot = seen({"L1": 15}, car=replace(charger(10, 0), draw_age_s=3600.0))
    readings = {Phase.L1: ((T0_S - 1, before_a), (T0_S, 15.0))}
    found = compute_draws(site(CAR), snapshot, {"car": idle()}, currents_by_circuit(snapshot), readings)
    assert found["car"].whole[0] == counts_a


def test_phases_that_a_load_does_not_use_have_no_draw():
    found = draws(seen({"L1": 20, "L2": 20}, car=charger(12)), phases="L1 L2")
    assert (found.whole[Phase.L2], found.steerable[Phase.L2]) == (None, None)


def test_a_lagging_draw_follows_the_freshest_meter_above_it():
    wire = Circuit("garage", 25, MAIN, grid={Phase.L1: METER})
    snapshot = seen({"L1": 20}, car=replace(charger(10, 0), draw_age_s=8))
    grid_a = {MAIN: {Phase.L1: Reading(20, 20, 8.0)}, "garage": {Phase.L1: Reading(11, 11, 0.0)}}
    past = replace_within(
        lagging(10, 20), "timing", grid_at_report=(T0_S - 8, {MAIN: PerPhase(20), "garage": PerPhase(1)})
    )
    load = car("car", circuit="garage")
    assert draws(replace(snapshot, grid_a=grid_a), past, load=load, circuits=(wire,)).whole[0] == 10


def test_its_own_circuits_meter_contradicts_a_load_if_the_house_draws_on_that_phase():
    wire = Circuit("garage", 25, MAIN, grid=dict.fromkeys(Phase, METER))
    load = car("car", phases="L1 L2 L3", circuit="garage")
    grid_a = {
        MAIN: {p: Reading(20, 20, 0.0) for p in Phase},
        "garage": {p: Reading(a, a, 0.0) for p, a in zip(Phase, (12.2, 0.2, 0.0), strict=True)},
    }
    snapshot = replace(seen({}, car=charger(12, phases="L1 L2 L3")), grid_a=grid_a)
    assert draws(snapshot, load=load, phases="L1 L2 L3", circuits=(wire,)).whole == (12, 0.2, 0)
