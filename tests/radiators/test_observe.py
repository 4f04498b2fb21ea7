"""What shows that a radiator heats."""

from __future__ import annotations

from dataclasses import replace

import pytest

from fusebox.radiators.observe import seen_of

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
    ],
)
def test_less_than_twenty_watts_are_its_own_electronics(power: object, unit: str, draws: bool | None) -> None:
    of = group("a")
    of = replace(of, rows=tuple(replace(row, power="sensor.a") for row in of.rows))
    home = Home()
    home.shows("sensor.a", power, unit_of_measurement=unit)
    assert seen_of(of, home.view()).draws.get("a") is draws
