"""What shows that a radiator heats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.radiators.group import GroupMemory
from fusebox.radiators.observe import read_group
from fusebox.radiators.run import step

from ..runtime.home import Home
from .rooms import group


@pytest.mark.parametrize(
    ("power", "unit", "draws"),
    [
        (19, "W", False),
        (21, "W", True),
        (0.021, "kW", True),
        (0.08, "A", False),
        (0.1, "A", True),
        ("unknown", "W", None),
        (30, "kWh", None),
        (30, "°C", None),
        (30, "", True),
    ],
)
def test_less_than_twenty_watts_are_its_own_electronics(power: object, unit: str, draws: bool | None) -> None:
    of = group("a")
    of = replace(of, rows=tuple(replace(row, power="sensor.a") for row in of.rows))
    home = Home()
    home.shows("sensor.a", power, unit_of_measurement=unit)
    assert read_group(of, home.view()).draws.get("a") is draws


@pytest.mark.parametrize(("unit", "debt"), [("°C", 2.0), ("", 2.0), ("W", None), ("%", None)])
def test_a_room_is_as_cold_as_a_thermometer_shows_and_nothing_else(unit: str, debt: float | None) -> None:
    of = group("a")
    of = replace(of, rows=tuple(replace(row, temperature="sensor.a", setpoint=20) for row in of.rows))
    home = Home()
    home.shows("sensor.a", 18, unit_of_measurement=unit)
    assert read_group(of, home.view()).debt_k.get("a") == debt


@pytest.mark.parametrize(("shown", "debt"), [(-127, None), (85, None), (-15, 35.0), (35, -15.0)])
def test_a_broken_thermometer_makes_no_room_the_coldest(shown: float, debt: float | None) -> None:
    of = group("a")
    of = replace(of, rows=tuple(replace(row, temperature="sensor.a", setpoint=20) for row in of.rows))
    home = Home()
    home.shows("sensor.a", shown, unit_of_measurement="°C")
    assert read_group(of, home.view()).debt_k.get("a") == debt


@pytest.mark.parametrize(
    ("key", "unit", "told"),
    [
        ("temperature", "W", "which does not fit here; name one in °C, °F, K"),
        ("setpoint", "%", "which does not fit here; name one in °C, °F, K"),
        ("power", "kWh", "which does not fit here; name one in W, kW"),
    ],
)
def test_an_entity_of_another_quantity_is_named_with_its_radiator(key: str, unit: str, told: str) -> None:
    of = group("a")
    of = replace(of, rows=tuple(replace(row, **{key: "sensor.a"}) for row in of.rows))
    home = Home()
    home.shows("sensor.a", 18, unit_of_measurement=unit)
    seen = read_group(of, home.view())
    problem = f"{of.rows[0].name}: {key}: sensor.a has the unit {unit!r}, {told}"
    assert seen.problems == (problem,) and problem in step(of, seen, GroupMemory()).problems
    for right in {"power": ("W", "kW", "A", "")}.get(key, ("°C", "K", "")):
        home.shows("sensor.a", 18, unit_of_measurement=right)
        assert read_group(of, home.view()).problems == ()
