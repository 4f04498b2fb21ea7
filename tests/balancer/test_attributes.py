"""The attributes of a load while the wiring test moves it."""

from __future__ import annotations

from dataclasses import replace

from fusebox.balancer.attributes import wiring_test_attributes
from fusebox.model.snapshot import LoadState

from ..control.houses import car, site

CAR = car("car")
TESTED = replace(site(CAR), tested="car")


def test_a_load_that_goes_offline_during_its_test_is_not_said_to_be_moved() -> None:
    moved = wiring_test_attributes(TESTED, CAR, CAR, LoadState())
    assert moved["reason"] == "moved by the wiring test"
    assert wiring_test_attributes(TESTED, CAR, CAR, LoadState(available=False)) == {"mode": "standard"}
