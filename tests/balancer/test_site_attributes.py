"""The entities publish what is installed in addition to the flows: enough to draw the house from them alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.balancer.attributes import fuse_attributes, load_attributes, wiring_test_attributes
from fusebox.balancer.controls import current_range_attributes
from fusebox.control.control import step
from fusebox.model.decision import LoadNote
from fusebox.model.equipment import Circuit
from fusebox.model.load import Load, Mode
from fusebox.model.memory import Memory
from fusebox.model.site import MAIN
from fusebox.model.snapshot import LoadState

from ..control.houses import METER, car, charger, plug, seen, site, switched

GARAGE = Circuit("garage", 16, MAIN)
HOUSE = site(car("car", circuit="garage", phases="L1 L2"), plug("pool"), phases="L1 L2", circuits=(GARAGE,))


def told(house=HOUSE) -> dict:
    snapshot = seen({"L1": 20, "L2": 18}, car=charger(12), pool=switched(True, 10))
    return fuse_attributes(house, step(house, snapshot, Memory()).ceilings)


def load_told(load: Load) -> dict:
    """The attributes of a load that waits for nothing."""
    return load_attributes(seen({"L1": 0}), load, LoadNote(0.0, 0.0, 0.0, "waiting", "", ""), "")


def test_the_site_lists_its_loads_in_the_order_of_config():
    assert told()["loads"] == ["sensor.fusebox_car", "sensor.fusebox_pool"]


def test_the_site_reports_its_fuse():
    found = told()
    assert (found["fuse_a"], found["voltage_v"]) == (25, 230)


def test_a_circuit_reports_its_fuse_its_feeder_and_what_its_loads_take():
    assert told()["circuits"] == {"garage": {"fuse_a": 16, "parent": MAIN, "flow_a": {"L1": 12, "L2": 12}}}


def test_the_current_of_a_circuit_is_not_published_while_its_meter_is_silent():
    metered = Circuit("garage", 16, MAIN, grid=dict.fromkeys(HOUSE.phases, METER))
    found = told(site(car("car", circuit="garage"), plug("pool"), phases="L1 L2", circuits=(metered,)))
    assert found["circuits"]["garage"]["flow_a"] == {}


def test_a_charger_reports_the_ends_of_its_current():
    found = current_range_attributes(site(car("car")), car("car"), 20.0)
    assert found == {"min_a": 6, "max_a": 16, "highest_a": 20}
    assert (load_told(car("car"))["type"], load_told(car("car"))["phases"]) == ("number", ["L1"])


def test_what_is_only_switched_has_no_current_to_set():
    assert current_range_attributes(site(plug("pool")), plug("pool"), None) == {}


@pytest.mark.parametrize(("mode", "boosted"), [(Mode.STANDARD, False), (Mode.BOOST, True)])
def test_whether_it_is_boosted_is_published(mode, boosted):
    assert load_told(car("car", mode=mode))["boosted"] is boosted


def test_a_load_that_cannot_be_boosted_does_not_publish_whether_it_is():
    heating = plug("heating")
    object.__setattr__(heating, "type", "radiators")
    assert "boosted" not in load_told(heating)


def test_the_modes_are_those_that_the_service_takes():
    assert load_told(car("car"))["modes"] == ["standard", "solar_priority", "solar_only", "excess", "off"]


def test_a_load_that_goes_offline_during_its_test_is_not_said_to_be_moved() -> None:
    load = car("car")
    tested = replace(site(load), tested="car")
    moved = wiring_test_attributes(tested, load, load, LoadState())
    assert moved["reason"] == "moved by the wiring test"
    assert wiring_test_attributes(tested, load, load, LoadState(available=False)) == {"mode": "standard"}
