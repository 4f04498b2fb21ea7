"""The margin of a fuse: a raise leaves it free, but no load is cut for it within the rating while no other load
waits."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.control.control import step
from fusebox.model.electrics import Phase
from fusebox.model.load import Load
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState, Reading, Status
from tests.control.houses import Evening, car, charger, seen, site

UNPLUGGED = charger(6, 0, status=Status.UNPLUGGED)


def at_sixteen(*loads: Load, **states: LoadState) -> tuple[Evening, dict[str, LoadState]]:
    """A car at 16 A and a house of 5 A, under 25 A with a margin of half an amp."""
    evening = Evening(site(*(loads or (car("car"),)), margin_a=0.5))
    found = evening.run(5, 0, 120, **{"car": charger(6), **states})
    assert found["car"].offer_a == 16
    return evening, found


@pytest.mark.parametrize(("house_a", "offer_a"), [(8.9, 16), (9.1, 15), (9.6, 14)])
def test_within_the_margin_nothing_is_cut_and_above_the_rating_to_the_margin(house_a: float, offer_a: float):
    evening, found = at_sixteen()
    assert evening.run(house_a, 120, 122, **found)["car"].offer_a == offer_a


@pytest.mark.parametrize(("house_a", "offer_a"), [(7.0, 16), (7.1, 14), (8.0, 14)])
def test_a_wide_margin_is_kept_except_for_one_amp(house_a: float, offer_a: float):
    evening = Evening(site(car("car"), margin_a=3.0))
    found = evening.run(5, 0, 120, car=charger(6))
    assert found["car"].offer_a == 16
    assert evening.run(house_a, 120, 122, **found)["car"].offer_a == offer_a


def test_a_raise_leaves_the_margin_free():
    evening, found = at_sixteen()
    low = evening.run(14, 120, 122, **found)
    assert low["car"].offer_a == 10
    assert evening.run(8.9, 122, 240, **low)["car"].offer_a == 15


def test_a_load_that_waits_for_the_capacity_gets_it():
    evening, found = at_sixteen(car("car"), car("other", priority=2), other=UNPLUGGED)
    assert evening.run(8.9, 120, 122, **found)["car"].offer_a == 16
    found = evening.run(8.9, 122, 300, **{**found, "other": charger(6, 0, on=False, status=Status.CONNECTED)})
    assert (found["other"].offer_a, found["other"].on) == (6, True)
    assert found["car"].offer_a + found["other"].offer_a <= 25 - 0.5 - 8.9


def test_a_late_meter_lowers_within_the_margin_too():
    evening, found = at_sixteen()
    evening.step({"L1": 24.9}, 120, **found)
    evening.step({"L1": None}, 300, **found)
    assert evening.memory.loads["car"].setpoint_a <= 6


def test_a_meter_that_drops_out_briefly_cuts_no_load_within_the_margin():
    evening, found = at_sixteen()
    found = evening.run(8.9, 120, 122, **found)
    blink = replace(seen({}, 122, **found), grid_a={MAIN: {Phase.L1: Reading(None, 24.9, 1.0)}})
    assert step(evening.site, blink, evening.memory).memory.loads["car"].setpoint_a == 16
