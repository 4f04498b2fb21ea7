"""Loads in watts: what their entities say, and what a command calls."""

from __future__ import annotations

import pytest

from fusebox.config.read_config import read_config
from fusebox.devices import DRIVERS
from fusebox.devices.appliances.power import POWER_DRIVER, command_calls, read_state
from fusebox.model.decision import Command
from fusebox.model.load import Load
from fusebox.model.snapshot import LoadState

from ...runtime.home import Home

HEATER = {"type": "power", "power": "number.heater", "draw": "sensor.heater", "max_w": 3000, "phases": ["L1"]}
LIGHT = {"power": "light.heater", "max_w": 2550}


def heater(*, phases: tuple[str, ...] = ("L1",), voltage_v: object = 230, **more: object) -> Load:
    grid = {phase: f"sensor.{phase.lower()}" for phase in ("L1", "L2", "L3")}
    site = {"main_fuse_a": 25, "grid": grid, "voltage_v": voltage_v}
    load = {key: value for key, value in {**HEATER, "phases": list(phases), **more}.items() if value is not None}
    result = read_config({"site": site, "loads": {"heater": load}})
    assert not result.errors, result.errors
    return result.config.site({"site.voltage_v": "236.4"}).loads[0]


def seen(load: Load, word: object = "1150", power: object = "1150", **attributes: object) -> LoadState:
    home = Home()
    facts = {"min": 0, "max": 3000, "step": 1, "unit_of_measurement": "W", **attributes}
    home.shows(str(load.device["power"]), word, **facts)
    home.shows("sensor.heater", power, unit_of_measurement="W")
    home.shows("switch.heater", "on")
    home.shows("sensor.water", "55.5", unit_of_measurement="°C")
    return read_state(load, home.view(), 230.0)


def sent(load: Load, current_a: float | None, on: bool | None = None) -> list[tuple[str, object]]:
    made = command_calls(load, Command("heater", current_a, on))
    return [(f"{call.domain}.{call.service}", call.data.get("value", call.data.get("brightness"))) for call in made]


def test_the_driver_table_knows_loads_in_watts():
    assert DRIVERS["power"] is POWER_DRIVER


def test_its_entities_are_watched():
    load = heater(switch="switch.heater", temperature="sensor.water", max_c=60)
    assert POWER_DRIVER.entities(load) == ("number.heater", "switch.heater", "sensor.water", "sensor.heater")


def test_its_watts_are_amps_on_each_of_its_phases():
    assert seen(heater()).offer_a == 5.0
    assert seen(heater(phases=("L1", "L2", "L3")), "3450").offer_a == 5.0
    assert seen(heater(phases=("L1", "L2", "L3")), power="3450").draw_a == (5.0, 5.0, 5.0)


def test_amps_are_sent_as_whole_watts_and_none_as_off():
    assert sent(heater(), 5.0) == [("number.set_value", 1150)]
    assert sent(heater(phases=("L1", "L2", "L3")), 5.0) == [("number.set_value", 3450)]
    assert sent(heater(off_w=20), 0.0) == [("number.set_value", 20)]


def test_what_is_sent_is_what_it_displays_whatever_the_voltage_is():
    """A measured voltage moves. A number that stands still would look changed by its user."""
    measured, low = heater(voltage_v="sensor.volts"), heater(voltage_v=120)
    for load in (measured, low):
        assert sent(load, seen(load, "1150").offer_a) == [("number.set_value", 1150)]
    assert measured.watts_of(5.0) == 1150
    assert low.watts_of(5.0) == 600


def test_off_goes_first_and_on_goes_last():
    load = heater(switch="switch.heater")
    assert sent(load, 0.0, False) == [("switch.turn_off", None), ("number.set_value", 0)]
    assert sent(load, 5.0, True) == [("number.set_value", 1150), ("switch.turn_on", None)]


def test_what_it_displays_at_or_below_off_is_off():
    assert [seen(heater(off_w=50), word).offer_a for word in ("0", "50", "230")] == [0.0, 0.0, 1.0]


@pytest.mark.parametrize("word", ["unknown", "unavailable", "", "nan"])
def test_without_its_number_it_is_not_available_and_its_draw_still_counts(word):
    state = seen(heater(), word)
    assert (state.available, state.offer_a, state.draw_a[0]) == (False, None, 5.0)


@pytest.mark.parametrize("unit", ["%", "kW"])
def test_a_number_in_another_unit_is_a_fault(unit):
    state = seen(heater(), unit_of_measurement=unit)
    assert not state.available
    assert state.fault == f"number.heater has the unit '{unit}', which does not fit here; name one in W"


def test_its_number_says_what_it_takes():
    state = seen(heater(), min=460, max=2300, step=230)
    assert (state.device_min_a, state.device_max_a, state.device_step_a) == (2.0, 10.0, 1.0)
    assert not state.can_pause
    assert seen(heater(switch="switch.heater"), min=460).can_pause


def test_a_preset_whose_number_shows_the_draw_displays_no_setting():
    state = seen(heater(preset="my_pv", power="number.thor_power", draw="sensor.heater", temperature=None))
    assert (state.offer_a, state.offer_hidden, state.available) == (None, True, True)


def test_a_light_is_dimmed_by_its_share_of_the_highest_power():
    load = heater(**LIGHT)
    assert sent(load, 1275 / 230) == [("light.turn_on", 128)]
    assert sent(load, 0.0) == [("light.turn_off", None)]
    assert seen(load, "on", brightness=51).offer_a == pytest.approx(510 / 230)
    assert seen(load, "off").offer_a == 0.0


def test_a_light_displays_each_power_that_it_may_be_sent():
    load = heater(**LIGHT)
    step_a = seen(load, "on", brightness=51).device_step_a
    assert step_a is not None
    ((_, brightness),) = sent(load, 77 * step_a)
    assert seen(load, "on", brightness=brightness).offer_a == pytest.approx(77 * step_a)


def test_its_thermometer_is_read():
    assert seen(heater(temperature="sensor.water", max_c=60)).temperature_c == 55.5
