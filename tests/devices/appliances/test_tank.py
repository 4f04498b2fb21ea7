"""Tanks: what their entities say, and what cannot be believed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.devices import DRIVERS
from fusebox.devices.appliances.tank import TANK, ThermostatMemory, next_thermostat_calls
from fusebox.devices.driver import Aim, Contact
from fusebox.model.appliance_memory import ApplianceNeed, SwitchedMemory
from fusebox.model.decision import Command
from fusebox.model.equipment import Source

from ...control.houses import plug
from ...runtime.home import Home

FACTS = {"switch": "switch.tank", "temperature": "sensor.tank", "power": None, "boost_c": 65, "hygiene_c": 60}


def seen(**more: object):
    load = replace(plug("tank"), type="tank", device={**FACTS, **more})
    home = Home()
    home.shows("switch.tank", "on")
    home.shows("sensor.tank", more.pop("shows", "48.2"), unit_of_measurement=more.pop("unit", "°C"))
    home.shows("water_heater.tank", "eco", current_temperature=52, temperature=50, supported_features=11)
    home.shows("climate.tank", "heat", current_temperature=52, temperature=60, hvac_action="idle")
    home.shows("sensor.power", "0", unit_of_measurement="W")
    return TANK.read(load, home.view(), 230.0)


def test_the_driver_table_knows_tanks():
    assert DRIVERS["tank"] is TANK


@pytest.mark.parametrize(
    ("shows", "unit", "celsius"),
    [
        ("48.2", "°C", 48.2),
        ("118.76", "°F", 48.2),
        ("321.35", "K", 48.2),
        ("48.2", "", 48.2),
        ("-127", "°C", None),
        ("850", "°C", None),
        ("48.2", "W", None),
        ("48.2", "%", None),
        ("unknown", "°C", None),
        ("nan", "°C", None),
    ],
)
def test_a_temperature_is_believed_as_far_as_water_goes(shows, unit, celsius):
    assert seen(shows=shows, unit=unit).temperature_c == celsius


@pytest.mark.parametrize(("switch", "on"), [("switch.tank", True), ("water_heater.tank", True), ("switch.gone", None)])
def test_whether_it_is_on_and_whether_it_can_be_steered(switch, on):
    state = seen(switch=switch)
    assert (state.on, state.available) == (on, on is not None)


def test_without_a_power_sensor_its_draw_is_unknown():
    assert seen().draw_a[0] is None
    assert seen(power=Source(entity="sensor.power")).draw_a[0] == 0


@pytest.mark.parametrize(
    ("facts", "hot"),
    [
        ({"shows": "60"}, False),
        ({"shows": "69"}, True),
        ({"switch": "water_heater.tank", "temperature": "water_heater.tank"}, True),
        ({"switch": "water_heater.tank", "shows": "45"}, False),
        ({"switch": "climate.tank", "shows": "45"}, True),
        ({"shows": "unknown"}, False),
    ],
)
def test_a_thermostat_that_has_had_enough_does_not_draw(facts, hot):
    assert seen(**facts).hot is hot


@pytest.mark.parametrize(
    ("shown", "told_c"),
    [
        ({}, 50.5),
        ({"target_temp_step": 1}, 51),
        ({"target_temp_step": 5}, 55),
        ({"max_temp": 48}, 48),
        ({"min_temp": 60}, 60),
    ],
)
def test_a_thermostat_is_sent_no_less_than_requested_within_its_range(shown, told_c):
    """Below its target it would end its heating before we do, and never get there."""
    load = replace(plug("tank"), type="tank", device={**FACTS, "switch": "water_heater.tank"})
    home = Home()
    home.shows("water_heater.tank", "eco", temperature=40, supported_features=11, **shown)
    home.shows("sensor.tank", "45", unit_of_measurement="°C")
    state = TANK.read(load, home.view(), 230.0)
    aim = Aim(10.0, None, False, SwitchedMemory(need=ApplianceNeed("standard", True, "", 50.2)))
    calls, _ = next_thermostat_calls(Contact(load, home.view(), state, 230.0), ThermostatMemory(), aim)
    assert [call.data["temperature"] for call in calls] == [told_c]


@pytest.mark.parametrize(
    ("features", "modes", "service"),
    [(1, ["heat"], "set_temperature"), (1, ["heat", "off"], "set_hvac_mode"), (385, ["heat"], "turn_off")],
)
def test_a_climate_is_stopped_by_what_it_supports(features, modes, service):
    """Home Assistant refuses `climate.turn_off` for an entity without that feature."""
    load = replace(plug("tank"), type="tank", device={**FACTS, "switch": "climate.tank"})
    home = Home()
    home.shows("climate.tank", "heat", temperature=50, min_temp=10, supported_features=features, hvac_modes=modes)
    state = TANK.read(load, home.view(), 230.0)
    contact = Contact(load, home.view(), state, 230.0)
    (call,), _ = next_thermostat_calls(contact, ThermostatMemory(), Aim(0.0, Command("tank", on=False)))
    assert call.service == service
