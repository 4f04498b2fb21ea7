"""Possible views of a house on the dashboard: a CONFIG and the values of its helpers."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from ..process.running import HomeAssistant
from .house import CONFIG, PLACES

CALM: Mapping[str, object] = {
    "input_number.house": 3,
    "input_number.sun": 0,
    "input_number.store_w": 0,
    "input_boolean.wall_broken": False,
    "input_select.car_mode": "standard",
    "input_number.car_max": 16,
    "input_number.house_fuse": 25,
    "input_boolean.water": False,
    **{f"input_boolean.{place}_on": False for place in PLACES},
}
"""Start of every scene: devices that are not in its CONFIG keep their state from the scene before."""


@dataclass(frozen=True)
class Scene:
    """A scene. `shows`: texts of the card by which its appearance is recognised."""

    shows: tuple[str, ...]
    config: Mapping[str, Any] = field(default_factory=lambda: CONFIG)
    turned: Mapping[str, object] = field(default_factory=dict)

    def set_up(self, home: HomeAssistant) -> None:
        """Set the helpers, then save the CONFIG."""
        for entity, value in {**CALM, **self.turned}.items():
            turn(home, entity, value)
        home.folder.save(self.config)


def turn(home: HomeAssistant, entity: str, value: object) -> None:
    """Set a helper, whatever its kind."""
    domain = entity.partition(".")[0]
    if domain == "input_boolean":
        home.talk.post(f"{domain}.turn_{'on' if value else 'off'}", entity_id=entity)
    elif domain == "input_select":
        home.talk.post(f"{domain}.select_option", entity_id=entity, option=value)
    else:
        home.talk.post(f"{domain}.set_value", entity_id=entity, value=value)


def _site(**more: Any) -> dict[str, Any]:
    found = deepcopy(CONFIG)
    found["site"] |= more
    return found


def _in_the_dark(**more: Any) -> dict[str, Any]:
    """Return a house without roof and battery."""
    found = _site(**more)
    for key in ("solar_w", "battery", "netting"):
        del found["site"][key]
    return found


def _tight() -> dict[str, Any]:
    found = _in_the_dark(circuits={"garage": {"fuse_a": 20}})
    found["loads"]["car"]["circuit"] = "garage"
    found["loads"]["pool"]["mode"] = "continuous"
    return found


def _planned() -> dict[str, Any]:
    """Return a house with prices, one of whose two cars must be at 70 % tonight and uses the sun until then."""
    found = deepcopy(CONFIG)
    hours = {"06-11": 0.31, "11-16": 0.24, "16-20": 0.38, "20-22": 0.21, "22-06": 0.17}
    found["prices"] = {"fixed": {"hours": hours, "else": 0.3}}
    plan = {"ready_by": "23:00", "soc_target_pct": 70}
    found["vehicles"] = {
        "ioniq_5": {"soc_pct": "sensor.ioniq_charge", "capacity_kwh": 58, "plan": plan},
        "zoe": {"phases": 1},
    }
    found["loads"]["car"] |= {"vehicles": "any", "vehicle": "sensor.wall_car"}
    return found


def _empty() -> dict[str, Any]:
    return {"site": _in_the_dark()["site"]}


def _ten() -> dict[str, Any]:
    found = _site(circuits={"car_park": {"fuse_a": 40}})
    places = {
        place: {
            "type": "number",
            "circuit": "car_park",
            "current": f"input_number.{place}",
            "switch": f"input_boolean.{place}_on",
            "draw": f"sensor.{place}_draw",
        }
        for place in PLACES
    }
    water = {"type": "plug", "switch": "input_boolean.water", "rated_w": 2000, "phases": ["L1"]}
    found["site"] |= {"main_fuse_a": 63, "distribution": "shared"}
    found["tariff"]["target_kw"] = 30
    found["loads"] = {**places, **found["loads"], "hot_water": water}
    return found


SCENES: Mapping[str, Scene] = {
    "sunny_noon": Scene(
        ("Sun only · up to",),
        turned={"input_number.sun": 9200, "input_number.store_w": 400, "input_select.car_mode": "solar_only"},
    ),
    "planned": Scene(
        ("planned", "46 → 70 %"),
        _planned(),
        {"input_number.sun": 9200, "input_number.store_w": 400, "input_select.car_mode": "solar_only"},
    ),
    "tight_evening": Scene(("Loads are limited", "garage"), _tight(), {"input_number.house": 9.5}),
    "fault": Scene(("A load has a fault",), _in_the_dark(), {"input_boolean.wall_broken": True}),
    "dry_run": Scene(("Dry run: nothing is commanded",), _in_the_dark(dry_run=True), {"input_number.house": 8}),
    "empty_house": Scene(("No loads yet",), _empty()),
    "ten_loads": Scene(
        ("Place 6", "Hot water", "car park"), _ten(), {"input_number.sun": 5000, "input_number.store_w": -900}
    ),
}
