"""A house to look at: three phases, a roof, a battery, a car, a pool pump, a tariff and three radiators.

Helpers are what people and weather turn; templates are the meters and devices that follow.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

EXAMPLES = Path(__file__).parents[3] / "config_examples"
PHASES = ("L1", "L2", "L3")
ROOMS = ("living", "bath", "office")

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
POOL_W = "(1100 if is_state('input_boolean.pool_on', 'on') else 0)"
HEATING_A = "((" + " + ".join(f"is_state('input_boolean.{room}', 'on')" for room in ROOMS) + ") * 1000 / 230)"
ROOF_A = "((states('input_number.sun') | float) / 690)"
OWN = {"L1": CAR, "L2": f"({CAR} + {POOL_W} / 230)", "L3": f"({CAR} + {HEATING_A})"}


def entities(*, house_a: float = 3, sun_w: float = 6900) -> dict[str, Any]:
    """configuration.yaml of this house: what its devices are made of, and the helpers that we ship, as a package."""
    return {
        "recorder": {"commit_interval": 1},
        "history": None,
        "logbook": None,
        "lovelace": {"mode": "yaml"},
        "input_number": {
            "house": _slider(house_a, 0, 100),
            "sun": _slider(sun_w, 0, 12000),
            "wall_offer": _slider(6, 6, 16),
        },
        "input_boolean": {
            "wall_on": {"initial": False},
            "pool_on": {"initial": False},
            **{f"{room}_calls": {"initial": True} for room in ROOMS},
            **{room: {"initial": False} for room in ROOMS},
        },
        "template": [_devices(), _meters()],
        "homeassistant": {"packages": {"fusebox": _helpers()}},
    }


def dashboard() -> dict[str, Any]:
    """The dashboard as it is shipped."""
    return dict(yaml.safe_load((EXAMPLES / "dashboard_without_card.yaml").read_text(encoding="utf-8")))


def _helpers() -> dict[str, Any]:
    """The shipped package, with helpers that begin where a user would have put them."""
    helpers = yaml.safe_load((EXAMPLES / "home_assistant.yaml").read_text(encoding="utf-8"))
    helpers["input_number"]["car_max"]["initial"] = 16
    helpers["input_number"]["house_fuse"]["initial"] = 25
    helpers["input_select"]["distribution"]["initial"] = "priority"
    helpers["input_boolean"]["grid_charging"]["initial"] = True
    return dict(helpers)


def _slider(value: float, low: float, high: float) -> dict[str, Any]:
    return {"min": low, "max": high, "step": 0.1, "initial": value, "mode": "box"}


def _devices() -> dict[str, Any]:
    offer = {"service": "input_number.set_value", "target": {"entity_id": "input_number.wall_offer"}}
    return {
        "number": [
            {
                "name": "wall_current",
                "min": 6,
                "max": 16,
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
        _sensor(f"meter_{phase.lower()}", f"(({house}) + {own} - {ROOF_A}) | round(2)", "A")
        for phase, own in OWN.items()
    ]
    return {
        "trigger": [{"platform": "time_pattern", "seconds": "/1"}],
        "sensor": [
            *meters,
            _sensor("wall_draw", CAR, "A"),
            {"name": "wall_status", "state": f"{{{{ 'charging' if {CAR} > 0 else 'ready' }}}}"},
            _sensor("pool_power", POOL_W, "W"),
            _sensor("roof", "states('input_number.sun') | float", "W"),
            _sensor("store", "85", "%"),
            _sensor("store_power", "0", "W"),
        ],
    }


def _sensor(name: str, value: str, unit: str) -> dict[str, Any]:
    return {"name": name, "state": f"{{{{ {value} }}}}", "unit_of_measurement": unit}
