"""Plugs: what their entities say, and what a command calls."""

from __future__ import annotations

import pytest

from fusebox.devices import DRIVERS
from fusebox.devices.appliances.plug import PLUG
from fusebox.model.decision import Command
from fusebox.model.equipment import Source
from fusebox.model.snapshot import Status

from ...control.houses import plug
from ...runtime.home import Home

POOL = plug("pool", device={"switch": "switch.pool", "power": Source(entity="sensor.pool_power")})
PLAIN = plug("pool", device={"switch": "switch.pool", "power": None})


def seen(word: object, power: object = "2300"):
    home = Home()
    if word is not None:
        home.shows("switch.pool", word)
    home.shows("sensor.pool_power", power, unit_of_measurement="W")
    return PLUG.read(POOL, home.view(), 230.0)


def test_the_driver_table_knows_plugs():
    assert DRIVERS["plug"] is PLUG


def test_switch_and_power_are_watched():
    assert PLUG.entities(POOL) == ("switch.pool", "sensor.pool_power")
    assert PLUG.entities(PLAIN) == ("switch.pool",)


@pytest.mark.parametrize("word, on", [("on", True), ("off", False), ("On", True)])
def test_a_plug_that_answers_is_available(word, on):
    state = seen(word)
    assert (state.on, state.available, state.switched, state.can_use_power) == (on, True, True, True)


@pytest.mark.parametrize("word", [None, "unknown", "unavailable", "", "idle"])
def test_a_plug_whose_switch_says_nothing_is_not_available_and_its_draw_still_counts(word):
    state = seen(word)
    assert (state.on, state.available, state.draw_a[0]) == (None, False, 10)


def test_a_plug_has_no_current_to_offer_and_no_car_to_miss():
    state = seen("on")
    assert (state.offer_a, state.status, state.device_min_a, state.device_max_a) == (None, Status.CONNECTED, None, None)


@pytest.mark.parametrize("power", ["unknown", "unavailable", "nan"])
def test_an_unknown_power_is_not_taken_for_nothing(power):
    assert seen("on", power).draw_a[0] is None


@pytest.mark.parametrize("domain", ["switch", "input_boolean", "light"])
@pytest.mark.parametrize("on, service", [(True, "turn_on"), (False, "turn_off")])
def test_a_plug_is_switched_in_its_own_domain(domain, on, service):
    load = plug("pool", device={"switch": f"{domain}.pool"})
    (call,) = PLUG.calls(load, Command("pool", on=on))
    assert (call.domain, call.service, dict(call.data)) == (domain, service, {"entity_id": f"{domain}.pool"})


def test_a_current_means_nothing_to_a_plug():
    assert PLUG.calls(POOL, Command("pool", current_a=6.0)) == ()
