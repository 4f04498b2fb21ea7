"""What a load takes at a moment: measured, held for a while, or reckoned from what it is offered and the main meter."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.balancer.energy.power import NOTHING, LoadPower, bound_powers, is_idle, present_power
from fusebox.model.electrics import PerPhase
from fusebox.model.snapshot import LoadState, Reading, Status

from ...control.houses import METER, car, charger, plug, seen, site, switched

CAR, POOL = car("car", phases="L1 L2 L3"), plug("pool")
THREE_PHASED = charger(16, 10, phases="L1 L2 L3")
UNMEASURED = replace(THREE_PHASED, draw_a=PerPhase())
LAST = LoadPower(PerPhase(5.0, 5.0, 5.0), True)
LONG_S = 6000.0


def taken_a(load, state, last=LAST, silent_s=LONG_S) -> tuple[float, bool]:
    power = present_power(load, state, last, silent_s)
    return power.sum_a, power.measured


def test_what_is_measured_counts():
    assert taken_a(CAR, THREE_PHASED) == (30, True)


@pytest.mark.parametrize("silent_s", [61, 600, LONG_S])
def test_a_draw_that_becomes_unknown_counts_as_it_was_last_and_is_marked(silent_s):
    assert taken_a(CAR, UNMEASURED, silent_s=60) == (15, True)
    assert taken_a(CAR, UNMEASURED, silent_s=silent_s) == (15, False)


def test_a_draw_that_is_unknown_counts_no_more_than_what_is_offered_now():
    assert taken_a(CAR, replace(UNMEASURED, offer_a=4.0)) == (12, False)
    assert taken_a(CAR, replace(UNMEASURED, offer_a=0.0)) == (0, False)


def test_a_draw_that_was_never_known_counts_with_the_offer():
    assert taken_a(CAR, UNMEASURED, NOTHING) == (48, False)


@pytest.mark.parametrize(
    ("state", "idle"),
    [
        (replace(charger(16, 0, phases="L1 L2 L3")), True),
        (THREE_PHASED, False),
        (replace(UNMEASURED, status=Status.UNPLUGGED), True),
        (UNMEASURED, False),
        (LoadState(available=False), False),
    ],
)
def test_a_load_is_idle_where_a_sensor_or_its_device_says_so(state, idle):
    power = present_power(CAR, state, LoadPower(PerPhase(0.0, 0.0, 0.0), True), LONG_S)
    assert is_idle(CAR, state, power, power.sum_a * 230) is idle


@pytest.mark.parametrize("status", [Status.FULL, Status.UNPLUGGED, Status.CONNECTED, Status.PAUSED])
def test_a_load_that_does_not_charge_counts_with_no_power(status):
    assert taken_a(CAR, replace(charger(16, status=status), draw_a=PerPhase())) == (0, False)


@pytest.mark.parametrize("draw_a", [PerPhase(), PerPhase(10.0, 10.0, 10.0)])
def test_without_a_car_nothing_counts_whatever_its_sensor_showed(draw_a):
    state = replace(charger(16, status=Status.UNPLUGGED), draw_a=draw_a)
    assert taken_a(CAR, state, silent_s=10.0) == (0, False)


def test_what_a_charger_without_a_car_needs_itself_counts():
    assert taken_a(POOL, charger(16, 0.2, status=Status.UNPLUGGED)) == (0.2, True)


def test_a_device_that_is_away_continues_for_a_while():
    away = LoadState(available=False)
    assert taken_a(CAR, away, silent_s=600) == (15, False)
    assert taken_a(CAR, away, silent_s=601) == (0, False)


def test_an_old_draw_is_not_measured_and_counts_no_more_than_what_is_offered_now():
    old = replace(THREE_PHASED, draw_age_s=LONG_S)
    assert taken_a(CAR, old) == (30, False)
    assert taken_a(CAR, replace(old, draw_a=PerPhase(0.0, 0.0, 0.0))) == (0, True)
    assert taken_a(CAR, replace(old, offer_a=6.0)) == (18, False)
    assert taken_a(CAR, replace(old, draw_age_s=600, offer_a=6.0)) == (30, True)


def test_an_old_draw_of_a_plug_counts_while_it_is_on():
    assert taken_a(POOL, replace(switched(True, 11), draw_age_s=LONG_S)) == (11, False)
    assert taken_a(POOL, replace(switched(False, 11), draw_age_s=LONG_S)) == (0, False)


def test_a_plug_without_a_sensor_takes_its_rating_while_it_is_on():
    assert taken_a(POOL, switched(True), NOTHING) == (10, False)
    assert taken_a(POOL, switched(False), NOTHING) == (0, False)


def test_relays_that_are_counted_are_not_measured():
    assert taken_a(POOL, replace(switched(True, 10), counted=True)) == (10, False)


def test_a_load_that_discharges_takes_nothing():
    assert taken_a(CAR, charger(16, -10, phases="L1 L2 L3")) == (0, True)


HOUSE = site(car("car"), plug("pool"))
SUNNY = replace(HOUSE, solar_w=METER)


def left(grid_a, told=(), of=HOUSE, solar_w=None, **powers) -> dict[str, tuple[float, bool]]:
    snapshot = replace(seen({"L1": grid_a}), solar_w=Reading(solar_w, solar_w, 0.0))
    given = {name: LoadPower(PerPhase(a), measured) for name, (a, measured) in powers.items()}
    return {name: (power.sum_a, power.measured) for name, power in bound_powers(of, snapshot, given, told).items()}


def test_a_load_without_a_reported_draw_takes_no_more_than_the_meter_leaves():
    assert left(3, car=(10.0, False)) == {"car": (3, False)}
    assert left(12, car=(10.0, False)) == {"car": (10, False)}
    assert left(12, ("pool",), car=(10.0, False), pool=(8.0, True)) == {"car": (4, False), "pool": (8, True)}
    assert left(12, car=(10.0, False), pool=(10.0, False)) == {"car": (6, False), "pool": (6, False)}


def test_a_sensor_that_reported_for_minutes_counts_unless_the_meter_contradicts_it():
    assert left(9.5, car=(10.0, True)) == {"car": (10, True)}
    assert left(3, car=(10.0, True)) == {"car": (3, False)}
    assert left(3, ("car",), car=(10.0, True)) == {"car": (10, True)}


@pytest.mark.parametrize("grid_a", [None, -5.0])
def test_a_silent_meter_or_unmeasured_sun_bounds_nothing(grid_a):
    assert left(grid_a, car=(10.0, False)) == {"car": (10, False)}


def test_what_is_generated_may_flow_too():
    assert left(-2, of=SUNNY, solar_w=1380, car=(10.0, False)) == {"car": (4, False)}
    assert left(-2, of=SUNNY, car=(10.0, False)) == {"car": (10, False)}
    assert left(0, ("pool",), car=(10.0, False), pool=(-6.0, True)) == {"car": (6, False), "pool": (0, True)}
