"""The complete CONFIG of the interface, with every key, and functions to change one thing in it."""

from __future__ import annotations

import copy
import re
from typing import Any

SECRETS = {"easee_user": "mail@example.com", "easee_password": "hunter2hunter2"}
DELETE = object()
"""As a value: remove the key."""

CONFIG: dict[str, Any] = {
    "site": {
        "voltage_v": 230,
        "main_fuse_a": 25,
        "fuse_type": "B",
        "grid": {
            "L1": "sensor.net_l1",
            "L2": {"import": "sensor.use_l2", "export": "sensor.return_l2"},
            "L3": {"entity": "sensor.net_l3", "unit": "W", "invert": True, "heartbeat": True},
        },
        "max_import_w": None,
        "imbalance_max_a": None,
        "distribution": "priority",
        "caution": "balanced",
        "netting": "per_phase",
        "excess_threshold_w": 13000,
        "margin_a": 0.5,
        "stale_after_s": 30,
        "failsafe_after_s": 60,
        "dry_run": False,
        "mqtt": {"prefix": "homeassistant"},
        "solar_w": None,
        "inverter": {
            "max_w": None,
            "max_w_per_phase": None,
            "asymmetric": False,
            "wiring": "parallel",
            "throttles": True,
            "output": None,
        },
        "battery": {
            "soc_pct": "sensor.soc",
            "charge_w": "sensor.batt",
            "invert": False,
            "soc_min_pct": 20,
            "soc_target_pct": 80,
            "hysteresis_pct": 3,
            "max_charge_w": 5000,
            "max_discharge_w": 5000,
            "allow_grid_charging": True,
            "reserve_w": None,
            "sunset_rule": True,
        },
        "export": {
            "max_w": 5000,
            "when_price_below": None,
            "curtail": {"number": "number.export", "unit": "W", "of_w": None, "normal": None, "limits": "export"},
        },
        "island": None,
        "circuits": {"garage": {"fuse_a": 20, "parent": "main", "grid": None}},
    },
    "loads": {
        "car": {
            "type": "ocpp",
            "charger": "evse1",
            "circuit": "main",
            "phases": ["L1", "L2", "L3"],
            "priority": 1,
            "mode": "standard",
            "min_a": 6,
            "max_a": 16,
            "step_a": 0.1,
            "island": False,
            "pause_s": 180,
            "start_after_s": 60,
            "stop_after_s": 180,
            "rate_unit": "auto",
            "profile": "absolute",
            "lease_s": 120,
            "stack_level": 3,
            "failsafe_a": 6,
            "vehicles": ["ioniq", "leaf"],
            "vehicle": None,
            "tag": None,
            "guest": {"energy_kwh": None, "plan": None},
        },
        "wall": {
            "type": "number",
            "current": "number.wall_current",
            "switch": "switch.wall_charging",
            "draw": "sensor.wall_current",
            "status": "sensor.wall_status",
            "preset": None,
            "min_write_s": 0,
            "phases": ["L1"],
        },
        "wallbox": {
            "type": "wallbox",
            "current": "number.wallbox_maximum_charging_current",
            "switch": "switch.wallbox_pause_resume",
            "draw": "sensor.wallbox_charging_power",
            "status": "sensor.wallbox_status_description",
            "max_a": None,
            "min_write_s": 60,
        },
        "pool": {
            "type": "plug",
            "switch": "switch.pool",
            "power": "sensor.pool_power",
            "rated_w": 2000,
            "mode": "solar_only",
            "min_on_s": 300,
            "min_off_s": 300,
            "max_starts_per_day": None,
            "phases": ["L2"],
        },
        "tank": {
            "type": "tank",
            "switch": "switch.tank",
            "temperature": "sensor.tank",
            "thermostat": None,
            "rated_w": 2500,
            "normal_c": 50,
            "boost_c": 65,
            "hysteresis_c": 6,
            "minimum_c": None,
            "hygiene_c": 60,
            "hygiene_every_days": 7,
            "mode": "solar_only",
            "phases": ["L3"],
        },
        "heatpump": {
            "type": "sg_ready",
            "relay_1": "switch.sg1",
            "relay_2": "switch.sg2",
            "power": None,
            "rated_w": 3000,
            "recommend_above_w": 1500,
            "force_above_w": 4000,
            "dwell_s": 600,
            "max_block_s": 7200,
            "controllable_14a": False,
            "phases": ["L1", "L2", "L3"],
        },
        "v2g": {
            "type": "quasar",
            "phases": ["L2"],
            "max_charge_w": 7400,
            "guard": {
                "enabled": False,
                "quasar_host": "192.168.1.40",
                "quasar_port": 502,
                "listen_host": "127.0.0.1",
                "listen_port": 5020,
                "allowed_clients": [],
                "total_power_entity_id": "sensor.net_power_l2",
                "total_power_limit": 5750,
                "max_charge_power": 3680,
                "adjustment_delay": 10,
                "cooldown_period": 15,
            },
        },
        "roof_car": {
            "type": "easee",
            "charger": "EH123456",
            "site": 1,
            "circuit_id": 2,
            "username": "!secret easee_user",
            "password": "!secret easee_password",
            "ttl_min": 1,
            "base_url": None,
            "mode": "solar_only",
            "phases": ["L1", "L2", "L3"],
        },
        "heating": {"type": "radiators", "group": None, "rated_w": 1150, "phases": ["L1"]},
    },
    "vehicles": {
        "ioniq": {
            "soc_pct": "sensor.ioniq_soc",
            "capacity_kwh": 58,
            "plugged": "binary_sensor.ioniq_plugged",
            "tags": ["04A1B2"],
            "phases": 3,
            "max_a": None,
            "min_soc_pct": None,
            "plan": None,
        },
        "leaf": {"tags": ["77"]},
    },
    "huawei": {"host": "192.168.1.20", "port": 502, "unit": 1, "every_s": 5},
    "tariff": {
        "kind": "fluvius",
        "demand_kw": "sensor.current_average_demand",
        "month_peak_kw": "sensor.maximum_demand_current_month",
        "target_kw": 4.0,
        "minimum_kw": 2.5,
        "price_per_kw_year": None,
        "maximum_per_kwh": None,
        "hours": None,
        "weekdays": None,
        "months": None,
        "night_factor": None,
        "dim": None,
    },
    "radiators": {
        "name": "heating",
        "step": "cron(*/2 * * * *)",
        "away": "input_boolean.away",
        "power_saving": "input_number.power_saving",
        "max_active": [5, 4, 2, 1, 0],
        "radiators": [
            {"name": "living", "virtual": "input_boolean.living", "actual": "switch.living"},
            {"name": "living 2", "virtual": "input_boolean.living", "actual": "switch.living_2"},
        ],
        "external_smoothing": True,
        "hold_off_s": 1,
        "settle_s": 0,
        "boost_timeout_s": None,
        "blind_active": 1,
        "test_mode": False,
        "status": "pyscript.radiator_status",
    },
    "power_saving": {
        "meter": {"entity": "sensor.house_current", "attribute": None, "divisor": 1},
        "extra_meters": [],
        "method": "global",
        "max_available": 30,
        "per_radiator": 5,
        "thermostat_factor": 1.3,
        "hysteresis": 1.2,
        "security_margin": 3,
        "damping_s": 90,
        "blind_level": None,
        "target": "input_number.power_saving",
        "test_mode": False,
        "status": "pyscript.powersavingmode",
    },
    "tuning": {"raise_step_a": 4},
}


def full() -> dict[str, Any]:
    """Return a copy of the complete CONFIG to change."""
    return copy.deepcopy(CONFIG)


def off_grid() -> dict[str, Any]:
    """Return the complete CONFIG of a site that is never connected to a grid."""
    config = full()
    del config["site"]["grid"]
    output = {phase: f"sensor.out_{phase.lower()}" for phase in ("L1", "L2", "L3")}
    config["site"] |= {"island": True, "inverter": {"max_w": 5000, "output": output}}
    return config


def minimal() -> dict[str, Any]:
    """Return the smallest CONFIG that balances something."""
    return {
        "site": {"main_fuse_a": 25, "grid": {"L1": "sensor.net_l1"}},
        "loads": {"car": {"type": "number", "current": "number.car"}},
    }


def changed(config: dict[str, Any], path: str, value: object) -> dict[str, Any]:
    """Return the config with the value at a path such as `radiators.radiators[0].name` replaced, added or removed."""
    node: Any = config
    keys = [int(part[1:-1]) if part.startswith("[") else part for part in re.findall(r"\[\d+\]|[^.\[\]]+", path)]
    for key in keys[:-1]:
        node = node[key]
    if value is DELETE:
        del node[keys[-1]]
    else:
        node[keys[-1]] = value
    return config
