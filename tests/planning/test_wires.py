"""The limits that fuses, the contract and chargers without a plan set to planned loads."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from fusebox.model.electrics import Phase
from fusebox.model.equipment import Circuit
from fusebox.model.site import MAIN, Distribution, Site
from fusebox.planning.wires import Unplanned, WireRating, beside_unplanned, unbalance_limits, wire_ratings

from ..control.houses import car, plug, site

L1, L2, L3 = Phase
SITE = Site(
    voltage_v=230,
    phases=(L1, L2, L3),
    circuits=(Circuit(MAIN, 25.0), Circuit("garage", 16.0, parent=MAIN)),
    loads=(car("car", phases="L1 L2 L3", circuit="garage"), plug("pool", phases="L2")),
    max_import_w=10_000,
)
OWNERS = {"car Monday": "car", "pool": "pool"}


def test_fuses_less_their_margin_and_the_house() -> None:
    house = {L1: [1.0, 2.0], L2: [0.5, 9.0], L3: [0.0, 0.0]}
    others = {MAIN: house, "garage": {L1: [0.5, 1.0]}}
    found = {wire.name: wire.limit(others) for wire in wire_ratings(SITE, OWNERS, others, (0, 900))}
    assert set(found) == {"main L1", "main L2", "main L3", "garage L1", "garage L2", "garage L3", "contract"}
    assert found["main L1"].headroom_kw == pytest.approx((24.5 * 0.23 - 1.0, 24.5 * 0.23 - 2.0))
    assert found["main L2"].weights == {"car Monday": pytest.approx(1 / 3), "pool": 1.0}
    assert found["main L2"].headroom_kw[1] == 0
    assert found["garage L2"].weights == {"car Monday": pytest.approx(1 / 3)}
    assert found["garage L1"].headroom_kw == pytest.approx((15.5 * 0.23 - 0.5, 15.5 * 0.23 - 1.0))
    assert found["garage L2"].headroom_kw == pytest.approx((15.5 * 0.23,) * 2)
    assert found["contract"].headroom_kw == (8.5, 0.0)
    assert found["contract"].weights == {"car Monday": 1.0, "pool": 1.0}


def test_a_house_of_which_nothing_is_known_and_no_contract() -> None:
    found = [wire.limit({}) for wire in wire_ratings(replace(SITE, max_import_w=None), OWNERS, {}, (0, 900, 1800))]
    assert {limit.headroom_kw for limit in found} == {(24.5 * 230 / 1000,) * 3, (15.5 * 230 / 1000,) * 3}


def test_only_what_does_not_use_all_phases_makes_them_differ() -> None:
    (found,) = unbalance_limits(SITE, OWNERS, 20.0, 2)
    assert (found.name, found.weights, found.headroom_kw) == ("unbalance L2", {"pool": 1.0}, (4.6, 4.6))


PRIORITY, STRICT, SHARED = Distribution.PRIORITY, Distribution.STRICT, Distribution.SHARED


@pytest.mark.parametrize(
    ("distribution", "before", "rating_a", "left_kwh", "expected_a"),
    [
        (PRIORITY, True, 25.0, math.inf, [9.0, 9.0]),  # what the car without a plan leaves
        (PRIORITY, True, 20.0, math.inf, [6.0, 6.0]),  # minimums come first
        (PRIORITY, True, 11.0, math.inf, [5.0, 5.0]),  # but the minimum of a later load comes last
        (PRIORITY, False, 20.0, math.inf, [14.0, 14.0]),  # a later car keeps its minimum ...
        (PRIORITY, False, 11.0, math.inf, [6.0, 6.0]),  # ... as far as this load's minimum leaves it
        (STRICT, True, 20.0, math.inf, [4.0, 4.0]),
        (STRICT, False, 20.0, math.inf, [20.0, 20.0]),
        (SHARED, False, 25.0, math.inf, [12.5, 12.5]),  # both rise together
        (SHARED, False, 40.0, math.inf, [24.0, 24.0]),  # it takes no more than now
        (PRIORITY, True, 20.0, 0.9, [6.0, 20.0]),  # it has what it needs after a quarter of an hour
    ],
)
def test_a_car_that_charges_without_a_plan_takes_its_share(
    distribution: Distribution, before: bool, rating_a: float, left_kwh: float, expected_a: list[float]
) -> None:
    van, planned = car("van", priority=1 if before else 3), car("car", priority=2)
    house = site(van, planned, phases="L1 L2 L3", distribution=distribution)
    wire = WireRating("main L1", {"car": 1.0}, (rating_a * 0.23,) * 2, MAIN, (L1,))
    charging = Unplanned(van, {L1: 16 * 0.23}, left_kwh)
    found = [each.limit({}).headroom_kw for each in beside_unplanned(wire, house, {"car": "car"}, [charging])]
    assert [min(kws) / 0.23 for kws in zip(*found, strict=True)] == pytest.approx(expected_a)
    other = wire._replace(phases=(L2,))
    assert [each.limit({}).headroom_kw for each in beside_unplanned(other, house, {"car": "car"}, [charging])] == [
        wire.limit({}).headroom_kw
    ]


def test_a_planned_load_that_runs_alone_gets_no_minimum_of_another() -> None:
    van, planned, pool = car("van", priority=1), car("car", priority=2), plug("pool", priority=3)
    wire = WireRating("main L1", {"car": 1.0, "pool": 1.0}, (25 * 0.23,), MAIN, (L1,))
    house, owners = site(planned, pool, van), {"car": "car", "pool": "pool"}
    found = beside_unplanned(wire, house, owners, [Unplanned(van, {L1: 3.68})])
    least_a: dict[tuple[str, ...], float] = {}
    for each in found:
        limited = tuple(each.weights)
        least_a[limited] = min(each.limit({}).headroom_kw[0] / 0.23, least_a.get(limited, math.inf))
    assert least_a == pytest.approx({("car", "pool"): 16.0, ("car",): 9.0, ("pool",): 10.0})


@pytest.mark.parametrize(
    ("draw_kw", "phases", "left_kw"),
    [
        ({L1: 0.46}, (L1,), 40 * 0.23 - 0.46),  # nearly full
        ({L1: 3.68, L2: 0.0, L3: 0.0}, (L1, L2, L3), 40 * 0.23 - 3.68),  # the car uses one phase
    ],
)
def test_a_later_car_without_a_plan_keeps_no_more_than_it_draws(
    draw_kw: dict[Phase, float], phases: tuple[Phase, ...], left_kw: float
) -> None:
    van, planned = car("van", priority=2, phases="L1 L2 L3"), car("car", priority=1)
    house = site(planned, van, phases="L1 L2 L3")
    wire = WireRating("wire", {"car": 1.0}, (40 * 0.23,), MAIN, phases)
    found = beside_unplanned(wire, house, {"car": "car"}, [Unplanned(van, draw_kw)])
    assert [each.limit({}).headroom_kw[0] for each in found] == pytest.approx([left_kw])


def test_a_car_without_a_plan_takes_from_its_circuit_those_above_and_the_contract() -> None:
    van = car("van", circuit="garage", phases="L1 L2", priority=1)
    pool = plug("pool", phases="L2", priority=2)
    house = replace(SITE, loads=(van, pool), max_import_w=8_000)
    charging = Unplanned(van, {L1: 10 * 0.23, L2: 10 * 0.23})
    wires = wire_ratings(house, {"pool": "pool"}, {}, (0,), [charging])
    least_kw: dict[str, float] = {}
    for each in wires:
        least_kw[each.name] = min(each.limit({}).headroom_kw[0], least_kw.get(each.name, math.inf))
    assert least_kw == pytest.approx({"main L2": 14.5 * 0.23, "contract": 8.0 - 2 * 10 * 0.23})
