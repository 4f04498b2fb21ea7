"""A wiring test never overloads a fuse, even where the meter is not as CONFIG describes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import pytest

from fusebox.control.commissioning.safety import circuits_under_test, flows_as_wired, may_overload, overload_message
from fusebox.control.diagnostics.wiring_evidence import CircuitWiring, LoadWiring, MeterWiring
from fusebox.control.diagnostics.wiring_fit import Explanation
from fusebox.model.electrics import PerPhase, Phase
from fusebox.model.equipment import Circuit, Source
from fusebox.model.load_memory import LoadMemory
from fusebox.model.phases_memory import Move
from fusebox.model.site import MAIN

from ..houses import car, plug, seen, site

GARAGE = Circuit("garage", 20, MAIN, grid={Phase.L1: Source("sensor.garage")})
CAR, POOL = car("car"), plug("pool", 2300)
HOUSE = site(CAR, POOL, circuits=(GARAGE,))
OFF, AT_MINIMUM, RAISED = LoadMemory(), LoadMemory(setpoint_a=6.0), LoadMemory(setpoint_a=10.0)


def wired(gain: float) -> Explanation:
    """The main meter shows this share of each amp."""
    return Explanation(0.0, {MAIN: CircuitWiring((MeterWiring(Phase.L1, Phase.L1, gain),), -4.6)}, {})


SEEN = Move(PerPhase(), {})


@dataclass
class Known:
    wiring: Explanation | None = None
    moves: Mapping[str, Sequence[Move]] = field(default_factory=lambda: {"car": [SEEN], "pool": [SEEN]})
    longest_meter_lags_s: Mapping[str, float] = field(default_factory=dict)


@pytest.mark.parametrize(("gain", "shown_a"), [(0.001, 0.016), (-1.0, -16.0), (1.0, 16.0)])
def test_what_flows_follows_from_how_the_meter_is_wired(gain, shown_a):
    (flow,) = flows_as_wired(HOUSE, seen({"L1": shown_a}), wired(gain))
    assert (flow.name, round(flow.flow_a, 3), flow.rating_a) == ("main L1", 16.0, 25)


@pytest.mark.parametrize(("shown_a", "fits"), [(0.014, True), (0.016, False)])
def test_a_plug_waits_where_a_meter_in_kilowatts_shows_too_little(shown_a, fits):
    assert may_overload(HOUSE, seen({"L1": shown_a}), Known(wired(0.001)), POOL, OFF) is not fits
    assert may_overload(HOUSE, seen({"L1": shown_a}), Known(), POOL, OFF) is False


@pytest.mark.parametrize(("sunny", "fits"), [(False, False), (True, True)])
def test_what_a_meter_shows_to_flow_out_fills_its_fuse_where_nothing_generates(sunny, fits):
    home = replace(HOUSE, solar_w=Source("sensor.sun")) if sunny else HOUSE
    assert may_overload(home, seen({"L1": -22.0}), Known(), CAR, AT_MINIMUM) is not fits


def test_the_margin_of_every_limit_is_kept():
    assert not may_overload(HOUSE, seen({"L1": 14.8}), Known(), POOL, OFF)
    assert may_overload(replace(HOUSE, margin_a=0.5), seen({"L1": 14.8}), Known(), POOL, OFF)


def test_a_load_that_is_elsewhere_counts_where_it_is():
    there = Explanation(0.0, {}, {"car": LoadWiring((Phase.L1,), "garage", ("garage", MAIN), 1.0, 1.0, -4.6)})
    snapshot = seen({"L1": 12.0})
    full = replace(
        snapshot, grid_a={**snapshot.grid_a, "garage": {Phase.L1: seen({"L1": 17.0}).grid_a[MAIN][Phase.L1]}}
    )
    assert may_overload(HOUSE, full, Known(there), CAR, AT_MINIMUM)
    assert not may_overload(HOUSE, snapshot, Known(there), CAR, AT_MINIMUM)


def test_a_load_never_measured_may_be_on_any_phase_and_has_to_fit_there():
    three = site(CAR, POOL, phases="L1 L2 L3")
    full = seen({"L1": 2.0, "L2": 16.0, "L3": 2.0})
    assert may_overload(three, full, Known(moves={}), POOL, OFF)
    assert not may_overload(three, full, Known(), POOL, OFF)


@pytest.mark.parametrize(("shown_a", "fits"), [(19.0, True), (20.0, False)])
def test_a_charger_that_is_off_needs_room_for_its_minimum(shown_a, fits):
    assert may_overload(HOUSE, seen({"L1": shown_a}), Known(moves={}), CAR, OFF) is not fits


@pytest.mark.parametrize(("late_s", "fits"), [(5.0, True), (20.0, False)])
def test_under_a_late_meter_room_is_kept_for_a_kettle(late_s, fits):
    assert (
        may_overload(HOUSE, seen({"L1": 12.0}), Known(longest_meter_lags_s={MAIN: late_s}), CAR, AT_MINIMUM) is not fits
    )
    assert not may_overload(HOUSE, seen({"L1": 16.0}), Known(longest_meter_lags_s={MAIN: late_s}), CAR, RAISED)


@pytest.mark.parametrize(("late", "fits"), [(MAIN, True), ("garage", False)])
def test_that_room_is_kept_in_the_circuit_whose_own_meter_is_late(late, fits):
    small = site(CAR, plug("pool", 2300, circuit="garage"), circuits=(GARAGE,), fuse_a=40)
    shown = seen({"L1": 1.0})
    both = replace(shown, grid_a={**shown.grid_a, "garage": {Phase.L1: seen({"L1": 1.0}).grid_a[MAIN][Phase.L1]}})
    assert may_overload(small, both, Known(longest_meter_lags_s={late: 20.0}), small.loads[1], OFF) is not fits


def test_an_overload_that_the_meter_hides_is_reported():
    assert (
        overload_message(HOUSE, seen({"L1": 0.026}), wired(0.001))
        == "main L1 carries 26 A, which its meter does not show as it is wired"
    )
    assert overload_message(HOUSE, seen({"L1": 0.024}), wired(0.001)) is None
    assert overload_message(HOUSE, seen({"L1": 26.0}), None) is None


@pytest.mark.parametrize(
    ("shown_a", "pool", "found"),
    [
        (9.0, OFF, {"garage"}),  # 9 A and a step of 10 A are less than the garage's 20 A
        (11.0, OFF, set()),
        (19.0, RAISED, {"garage"}),  # nothing more is raised
        (0.009, OFF, set()),  # perhaps kW
        (-9.0, OFF, {"garage"}),  # nothing generates: it is reversed
        (-11.0, OFF, set()),
        (None, OFF, set()),
    ],
)
def test_a_frozen_meter_may_be_tested_while_the_main_meter_limits_the_flow(shown_a, pool, found):
    known = {"car": AT_MINIMUM, "pool": pool}
    assert circuits_under_test(HOUSE, seen({"L1": shown_a}), None, known) == found


EXCHANGED = CircuitWiring(tuple(map(MeterWiring, Phase, (Phase.L2, Phase.L1, Phase.L3), (1.0,) * 3)), -5.1)


@pytest.mark.parametrize(
    ("meters", "car_is_on", "found"),
    [
        ({}, Phase.L2, {MAIN, "garage"}),
        ({MAIN: EXCHANGED}, Phase.L1, {MAIN, "garage"}),
        ({}, Phase.L1, {"garage"}),
    ],
)
def test_a_frozen_main_meter_is_not_stuck_if_another_meter_shows_its_load(meters, car_is_on, found):
    three = site(CAR, POOL, circuits=(GARAGE,), phases="L1 L2 L3")
    wiring = Explanation(0.0, meters, {"car": LoadWiring((car_is_on,), MAIN, (MAIN,), 1.0, 1.0, -4.6)})
    shown = seen({"L1": 2.0, "L2": 6.0, "L3": 2.0})
    assert circuits_under_test(three, shown, wiring, {"car": AT_MINIMUM, "pool": OFF}) == found


def test_where_the_sun_may_cover_it_the_main_meter_bounds_nothing():
    sunny = replace(HOUSE, solar_w=Source("sensor.sun"))
    assert circuits_under_test(sunny, seen({"L1": 9.0}), None, {"car": AT_MINIMUM, "pool": OFF}) == set()
