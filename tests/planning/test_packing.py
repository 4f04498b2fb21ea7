"""Who runs beside whom below a height, and what a slot may give."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.planning.draft import Draft
from fusebox.planning.ledger import Ledger
from fusebox.planning.need import SLOT_H, Limit, Need, Outlook, Peak, Problem
from fusebox.planning.packing import packing
from fusebox.planning.planner import plan
from fusebox.planning.terms import Terms
from fusebox.planning.ways import NOTHING, Way, ways

from .nights import night

SLOTS = 8
PRICES = (0.1, 0.1, 0.1, 0.1, 0.3, 0.3, 0.3, 0.3)
CAR = Need("car", 4.0, 11.0, SLOTS, min_kw=4.1)
VAN = Need("van", 2.0, 3.7, SLOTS, min_kw=1.4)


def sheet(*needs: Need, height_kw: float = 6.0, limits: tuple[Limit, ...] = (), sun_kw: float = 0.0) -> Ledger:
    outlook = Outlook(PRICES, (True,) * SLOTS, (0.05,) * SLOTS, (sun_kw,) * SLOTS)
    terms = Terms(Problem(needs, limits, outlook, Peak(3.0, 1.0, (0.5,) * SLOTS)))
    return Draft(terms, [], height_kw).ledger


def kw(found: list[Way]) -> list[tuple[float, float]]:
    """What the first and the second take."""
    powers = []
    for _, one, one_kwh, other, other_kwh in found:
        taken = {0: 0.0, 1: 0.0, one: one_kwh / SLOT_H}
        taken[other] += other_kwh / SLOT_H
        powers.append((round(taken[0], 3), round(taken[1], 3)))
    return sorted(powers)


@pytest.mark.parametrize(
    ("height_kw", "powers"),
    [
        (4.0, [(0.0, 0.0), (0.0, 3.5)]),
        (5.0, [(0.0, 0.0), (0.0, 3.7), (4.5, 0.0)]),
        (6.5, [(0.0, 0.0), (0.0, 3.7), (4.1, 1.9), (4.6, 1.4), (6.0, 0.0)]),
    ],
)
def test_one_alone_or_two_as_far_as_they_fit(height_kw: float, powers: list[tuple[float, float]]) -> None:
    found = ways(sheet(CAR, VAN, height_kw=height_kw), [0, 1], 0)
    assert found[0] == NOTHING
    assert kw(found) == powers


def test_wires_count_and_times() -> None:
    wire = Limit("L1", {"car": 1 / 3, "van": 1.0}, (2.0,) * SLOTS)
    assert kw(ways(sheet(CAR, VAN, limits=(wire,)), [0, 1], 0)) == [(0.0, 0.0), (0.0, 2.0), (5.5, 0.0)]
    assert ways(sheet(replace(CAR, first=1)), [0], 0) == [NOTHING]


def test_what_a_way_costs() -> None:
    (_, way) = ways(sheet(VAN), [0], 0)
    assert way.cost == pytest.approx(3.7 * 0.25 * 0.1)
    (_, sunny) = ways(sheet(VAN, sun_kw=2.0), [0], 0)
    assert sunny.cost == pytest.approx((2.0 * 0.05 + 1.7 * 0.1) * 0.25)


def test_both_get_their_energy_in_the_cheap_slots_as_far_as_there_is_room() -> None:
    found = packing(sheet(CAR, VAN), [0, 1])
    assert found is not None
    assert sum(found["car"]) * SLOT_H == pytest.approx(4.0, abs=0.7)
    assert sum(found["van"]) * SLOT_H == pytest.approx(2.0, abs=0.3)
    assert min(map(sum, zip(found["car"][:4], found["van"][:4], strict=True))) >= 3.7


def test_who_lacks_something_takes_a_dear_slot() -> None:
    found = packing(sheet(replace(VAN, energy_kwh=6.0)), [0])
    assert found is not None
    assert min(found["van"][:4]) == 3.7
    assert sum(found["van"]) * SLOT_H >= 6.0


def test_at_one_price_all_get_what_they_need() -> None:
    same = sheet(CAR, VAN)
    flat = Ledger(Terms(Problem((CAR, VAN), (), replace(same.outlook, prices=(0.2,) * SLOTS), same.terms.peak)), 6.0)
    found = packing(flat, [0, 1])
    assert found is not None
    assert sum(found["car"]) * SLOT_H == pytest.approx(4.0, abs=0.7)
    assert sum(found["van"]) * SLOT_H == pytest.approx(2.0, abs=0.3)


def test_nothing_is_looked_for_where_there_is_nothing_or_too_much() -> None:
    assert packing(sheet(CAR), []) is None
    many = tuple(replace(VAN, name=f"van{at}") for at in range(16))
    assert packing(sheet(*many), list(range(16))) is None


@pytest.mark.parametrize("number", [218, 240, 265])
def test_where_wires_leave_little_all_are_ready_who_can_be(number: int) -> None:
    """One after another two of them would lack 1.7 to 2.9 kWh."""
    problem = night(number, loads=2 + number % 3, slots=48)
    tight = [replace(each, room_kw=tuple(max(room - 1.5, 0.0) for room in each.room_kw)) for each in problem.limits]
    assert plan(replace(problem, limits=tuple(tight))).missing_kwh == {}


def test_of_many_slots_those_count_in_which_a_load_may_run() -> None:
    """A plan of the battery looks two days ahead, and cars are packed for the night all the same."""
    needs = tuple(replace(VAN, name=f"van{at}") for at in range(3))
    days = 192
    outlook = Outlook((0.1, 0.3) * (days // 2), (True,) * days, (0.05,) * days, (0.0,) * days)
    peak = Peak(3.0, 1.0, (0.5,) * days)

    def found(end: int) -> bool:
        problem = Problem(tuple(replace(need, end=end) for need in needs), (), outlook, peak)
        return packing(Ledger(Terms(problem), 9.0), [0, 1, 2]) is not None

    assert found(SLOTS)
    assert not found(days)
