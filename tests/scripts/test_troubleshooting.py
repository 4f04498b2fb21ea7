"""What docs/troubleshooting.md quotes is what is really told in such a house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .houses import charger
from .living import Device
from .sunny import Battery, Sunny, sunny

PAGE = Path(__file__).parents[2] / "docs" / "troubleshooting.md"
QUOTED = " ".join(PAGE.read_text(encoding="utf-8").split())
THREE = "L1 L2 L3"


def reason_of(house, mode, *, phases="L1", car="L1", battery=None, soc_pct=50, sun_w=0, night=False, **site):
    load = charger(mode=mode, phases=car.split())
    home = house(sunny(battery=battery, loads={"car": load}, phases=phases, **site))
    life = Sunny(
        home,
        dict.fromkeys(phases.split(), 1 if phases == THREE else 2),
        sun_w=sun_w,
        battery=None if battery is None else Battery(soc_pct=soc_pct),
        more={"sun.sun": "below_horizon" if night else "above_horizon"},
        car=Device(offer_a=6, on=False, phases=car),
    )
    life.run(130)
    return home.shown("car")["reason"]


SITUATIONS = {
    "three phases and little sun": {"mode": "solar_only", "phases": THREE, "car": THREE, "sun_w": 2500},
    "sun on the other phases": {"mode": "solar_only", "phases": THREE, "sun_w": 3500},
    "a battery below its target": {"mode": "solar_only", "battery": {}, "sun_w": 4000},
    "a battery above its target at night": {"mode": "solar_only", "battery": {}, "soc_pct": 95, "night": True},
    "solar priority at night": {"mode": "solar_priority", "night": True},
    "grid charging off": {"mode": "standard", "battery": {"allow_grid_charging": False}, "soc_pct": 10, "night": True},
    "grid charging off, solar priority": {
        "mode": "solar_priority",
        "battery": {"allow_grid_charging": False},
        "soc_pct": 15,
        "night": True,
    },
}


@pytest.mark.parametrize("name", SITUATIONS)
def test_the_quoted_reason_is_the_one_that_is_told(house, name):
    told = reason_of(house, **SITUATIONS[name])
    quotes = [quote for quote in re.findall(r"`([^`]+)`", QUOTED) if len(quote) > 25]
    assert any(quote in told for quote in quotes), told


def test_netting_helps_where_the_sun_is_on_other_phases(house):
    assert "may have" in reason_of(house, "solar_only", phases=THREE, sun_w=3500, netting="sum")


def test_a_reserve_helps_below_the_target(house):
    assert "may have" in reason_of(house, "solar_only", battery={"reserve_w": 1000}, sun_w=4000)


def test_the_page_begins_with_the_list_of_load_juggler():
    headings = re.findall(r"^## (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert headings[:6] == [
        "The charger rejects profiles",
        "The current goes up and down",
        "Solar Only does not charge",
        "Solar Priority is too fast or too slow at night",
        "There are no entities",
        "What switching grid charging off does",
    ]
