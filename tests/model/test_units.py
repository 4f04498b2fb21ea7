"""Every conversion of a unit comes from the tables of one module."""

from __future__ import annotations

import pytest

from fusebox.model.units import CURRENT_UNITS, ENERGY_UNITS, POWER_UNITS, celsius, convert_unit


@pytest.mark.parametrize(
    ("unit", "units", "expected"),
    [(" kVA ", POWER_UNITS, 2000), ("MW", POWER_UNITS, 2e6), ("mA", CURRENT_UNITS, 0.002), ("Wh", ENERGY_UNITS, 0.002),
     ("mW", POWER_UNITS, 0.002), ("mWh", ENERGY_UNITS, None),
     ("kWh", POWER_UNITS, None), ("W", CURRENT_UNITS, None), ("", POWER_UNITS, None)],
)  # fmt: skip
def test_a_number_is_converted_only_from_a_unit_of_its_quantity(unit, units, expected):
    assert convert_unit(2, unit, units) == expected


@pytest.mark.parametrize(
    ("degrees", "unit", "expected_c"),
    [(20, "°C", 20), (20, "", 20), (68, "°F", 20), (212, "F", 100), (293.15, " K", 20), (20, "%", None)],
)
def test_a_temperature_is_converted_to_celsius(degrees, unit, expected_c):
    assert celsius(degrees, unit) == (None if expected_c is None else pytest.approx(expected_c))
