"""A roof that may export 60 %, and a freezer that runs on when the grid is gone.

The German solar peak law (paragraph 9 EEG) for a roof of 9.8 kW. A car takes the sun first, then the battery; only what
is left holds the inverter back.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 35,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
        "netting": "sum",
        "solar_w": "sensor.solar_power",
        "inverter": {"max_w": 8000},
        "battery": {"soc_pct": "sensor.battery_soc", "charge_w": "sensor.battery_power", "max_discharge_w": 5000},
        "export": {
            "max_w": {"pct": 60, "of_w": 9800},
            "curtail": {"number": "number.inverter_grid_export_limit", "unit": "W", "normal": 9800},
        },
        # On while the grid is gone; everything but the freezer is then off within a second.
        "island": "binary_sensor.grid_gone",
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "number.car_charging_current",
            "switch": "switch.car_charging",
            "draw": "sensor.car_current",
            "status": "sensor.car_status",
            "mode": "solar_priority",
        },
        "pool": {"type": "plug", "switch": "switch.pool", "rated_w": 1200, "phases": ["L2"]},
        "freezer": {"type": "plug", "switch": "switch.freezer", "rated_w": 150, "phases": ["L3"], "island": True},
    },
}
