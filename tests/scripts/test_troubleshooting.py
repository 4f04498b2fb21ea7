"""The sentences quoted in docs/troubleshooting.md are really published in such a house."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .houses import charger
from .living import Device
from .sunny import Battery, Sunny, sunny

PAGE = Path(__file__).parents[2] / "docs" / "troubleshooting.md"
QUOTED = " ".join(re.sub(r"```.*?```", "", PAGE.read_text(encoding="utf-8"), flags=re.DOTALL).split())
THREE = "L1 L2 L3"


@dataclass(frozen=True)
class Situation:
    """A car with its mode and phases, the site's phases, and what sun and battery give; `site` has more of CONFIG."""

    mode: str
    phases: str = "L1"
    car: str = "L1"
    sun_w: float = 0.0
    night: bool = False
    battery: Mapping[str, Any] | None = None
    soc_pct: float = 50.0
    site: Mapping[str, Any] = field(default_factory=dict)


def reason_of(house, a: Situation):
    load = charger(mode=a.mode, phases=a.car.split())
    home = house(sunny(battery=a.battery, loads={"car": load}, phases=a.phases, **a.site))
    life = Sunny(
        home,
        dict.fromkeys(a.phases.split(), 1 if a.phases == THREE else 2),
        sun_w=a.sun_w,
        battery=None if a.battery is None else Battery(soc_pct=a.soc_pct),
        more={"sun.sun": "below_horizon" if a.night else "above_horizon"},
        car=Device(offer_a=6, on=False, phases=a.car),
    )
    life.run(130)
    return home.shown("car")["reason"]


NO_GRID = {"allow_grid_charging": False}
SITUATIONS = {
    "three phases and little sun": Situation("solar_only", THREE, THREE, sun_w=2500),
    "sun on the other phases": Situation("solar_only", THREE, sun_w=3500),
    "a battery below its target": Situation("solar_only", sun_w=4000, battery={}),
    "a battery above its target at night": Situation("solar_only", night=True, battery={}, soc_pct=95),
    "solar priority at night": Situation("solar_priority", night=True),
    "grid charging off": Situation("standard", night=True, battery=NO_GRID, soc_pct=10),
    "grid charging off, solar priority": Situation("solar_priority", night=True, battery=NO_GRID, soc_pct=15),
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_quoted_reason_is_the_published_one(house, name):
    told = reason_of(house, SITUATIONS[name])
    quotes = [quote for quote in re.findall(r"`([^`]+)`", QUOTED) if len(quote) > 25]
    assert any(quote in told for quote in quotes), told


def test_netting_helps_where_the_sun_is_on_other_phases(house):
    assert "limited to" in reason_of(house, Situation("solar_only", THREE, sun_w=3500, site={"netting": "sum"}))


def test_a_reserve_helps_below_the_target(house):
    assert "limited to" in reason_of(house, Situation("solar_only", sun_w=4000, battery={"reserve_w": 1000}))


def test_the_page_has_all_that_load_jugglers_list_has():
    headings = re.findall(r"^## (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    wanted = [
        "The charger rejects profiles",
        "The current goes up and down",
        "Solar Only does not charge",
        "Solar Priority charges too fast or too slowly at night",
        "There are no entities",
        "With grid charging off, loads wait",
    ]
    assert [heading for heading in wanted if heading not in headings] == []
