"""A house to display: three phases, roof, battery, car, pool pump, tariff, three radiators; and a car park.

Helpers stand for people and weather; templates are the meters and devices that follow them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).parents[3] / "config_examples"
PHASES = ("L1", "L2", "L3")
ROOMS = ("living", "bath", "office")
PLACES = tuple(f"place_{number}" for number in range(1, 7))
"""Charging places, on all phases; empty but in the scene with ten loads."""

CONFIG: dict[str, Any] = {
    "site": {
        "main_fuse_a": "input_number.house_fuse",
        "grid": {phase: f"sensor.meter_{phase.lower()}" for phase in PHASES},
        "netting": "sum",
        "distribution": "input_select.distribution",
        "solar_w": "sensor.roof",
        "battery": {
            "soc_pct": "sensor.store",
            "charge_w": "sensor.store_power",
            "max_discharge_w": 0,
            "allow_grid_charging": "input_boolean.grid_charging",
        },
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "number.wall_current",
            "switch": "switch.wall_charging",
            "draw": "sensor.wall_draw",
            "status": "sensor.wall_status",
            "mode": "input_select.car_mode",
            "max_a": "input_number.car_max",
            "start_after_s": 5,
        },
        "pool": {
            "type": "plug",
            "switch": "switch.pool",
            "power": "sensor.pool_power",
            "rated_w": 1100,
            "mode": "solar_only",
            "phases": ["L2"],
        },
        "heating": {"type": "radiators", "rated_w": 1000, "phases": ["L3"]},
    },
    "radiators": {
        "max_active": [2, 1, 0],
        "radiators": [
            {"name": room, "virtual": f"input_boolean.{room}_calls", "actual": f"input_boolean.{room}"}
            for room in ROOMS
        ],
    },
    "tariff": {"kind": "fluvius", "target_kw": 9.0},
}

CAR = "((states('input_number.wall_offer') | float) if is_state('input_boolean.wall_on', 'on') else 0)"
STATUS = f"'fault' if is_state('input_boolean.wall_broken', 'on') else 'charging' if {CAR} > 0 else 'ready'"
POOL_W = "(1100 if is_state('input_boolean.pool_on', 'on') else 0)"
HEATING_A = "((" + " + ".join(f"is_state('input_boolean.{room}', 'on')" for room in ROOMS) + ") * 1000 / 230)"
WATER_W = "(2000 if is_state('input_boolean.water', 'on') else 0)"
ROOF_A = "((states('input_number.sun') | float) / 690)"
STORE_A = "((states('input_number.store_w') | float) / 690)"


def place_a(place: str) -> str:
    """Return the template of a charging place's draw [A]."""
    return f"((states('input_number.{place}') | float) if is_state('input_boolean.{place}_on', 'on') else 0)"


CARS = f"({CAR} + {' + '.join(place_a(place) for place in PLACES)})"
OWN = {
    "L1": f"({CARS} + {WATER_W} / 230)",
    "L2": f"({CARS} + {POOL_W} / 230)",
    "L3": f"({CARS} + {HEATING_A})",
}


def entities(*, house_a: float = 3, sun_w: float = 9200) -> dict[str, Any]:
    """Return configuration.yaml of this house: its devices, and our shipped helpers as a package."""
    return {
        "recorder": {"commit_interval": 1},
        "history": None,
        "logbook": None,
        "lovelace": {
            "mode": "yaml",
            "resources": [{"url": "/local/fusebox-card.js", "type": "module"}],
            "dashboards": {
                "fusebox-plain": {
                    "mode": "yaml",
                    "filename": "without_card.yaml",
                    "title": "Plain",
                    "icon": "mdi:home",
                    "show_in_sidebar": True,
                }
            },
        },
        "input_number": {
            "house": _slider(house_a, 0, 100),
            "sun": _slider(sun_w, 0, 12000),
            "wall_offer": _slider(6, 6, 16),
            "store_w": _slider(0, -5000, 5000),
            **{place: {**_slider(6, 6, 16), "unit_of_measurement": "A"} for place in PLACES},
        },
        "input_boolean": {
            "wall_on": {"initial": False},
            "wall_broken": {"initial": False},
            "pool_on": {"initial": False},
            "water": {"initial": False},
            **{f"{place}_on": {"initial": False} for place in PLACES},
            **{f"{room}_calls": {"initial": True} for room in ROOMS},
            **{room: {"initial": False} for room in ROOMS},
        },
        "template": [_devices(), _meters()],
        "homeassistant": {"packages": {"fusebox": _helpers()}, "time_zone": _early_afternoon()},
    }


def dashboard(name: str) -> dict[str, Any]:
    """Return a dashboard as shipped."""
    return dict(yaml.safe_load((EXAMPLES / name).read_text(encoding="utf-8")))


def _helpers() -> dict[str, Any]:
    """Return the shipped package, with helpers at a user's values."""
    helpers = yaml.safe_load((EXAMPLES / "home_assistant.yaml").read_text(encoding="utf-8"))
    helpers["input_number"]["car_max"]["initial"] = 16
    helpers["input_number"]["house_fuse"]["initial"] = 25
    helpers["input_select"]["distribution"]["initial"] = "priority"
    helpers["input_boolean"]["grid_charging"]["initial"] = True
    return dict(helpers)


def _early_afternoon() -> str:
    """Return a time zone in which it is just after one o'clock now, so that the sun of the pictures is plausible."""
    return f"Etc/GMT{datetime.now(UTC).hour - 13:+d}"


def _slider(value: float, low: float, high: float) -> dict[str, Any]:
    return {"min": low, "max": high, "step": 0.1, "initial": value, "mode": "box"}


def _devices() -> dict[str, Any]:
    offer = {"service": "input_number.set_value", "target": {"entity_id": "input_number.wall_offer"}}
    return {
        "number": [
            {
                "name": "wall_current",
                "min": 6,
                "max": 20,
                "step": 1,
                "state": "{{ states('input_number.wall_offer') }}",
                "set_value": [{**offer, "data": {"value": "{{ value }}"}}],
            }
        ],
        "switch": [_relay("wall_charging", "wall_on"), _relay("pool", "pool_on")],
    }


def _relay(name: str, of: str) -> dict[str, Any]:
    turns = {
        f"turn_{way}": [{"service": f"input_boolean.turn_{way}", "target": {"entity_id": f"input_boolean.{of}"}}]
        for way in ("on", "off")
    }
    return {"name": name, "state": f"{{{{ is_state('input_boolean.{of}', 'on') }}}}", **turns}


def _meters() -> dict[str, Any]:
    house = "states('input_number.house') | float"
    meters = [
        _sensor(f"meter_{phase.lower()}", f"(({house}) + {own} + {STORE_A} - {ROOF_A}) | round(2)", "A")
        for phase, own in OWN.items()
    ]
    return {
        "trigger": [{"platform": "time_pattern", "seconds": "/1"}],
        "sensor": [
            *meters,
            _sensor("wall_draw", CAR, "A"),
            {"name": "wall_status", "state": f"{{{{ {STATUS} }}}}"},
            {"name": "wall_car", "state": "ioniq_5"},
            _sensor("ioniq_charge", "46", "%"),
            *(_sensor(f"{place}_draw", place_a(place), "A") for place in PLACES),
            _sensor("pool_power", POOL_W, "W"),
            _sensor("roof", "states('input_number.sun') | float", "W"),
            _sensor("store", "85", "%"),
            _sensor("store_power", "states('input_number.store_w') | float", "W"),
        ],
    }


def _sensor(name: str, value: str, unit: str) -> dict[str, Any]:
    return {"name": name, "state": f"{{{{ {value} }}}}", "unit_of_measurement": unit}
