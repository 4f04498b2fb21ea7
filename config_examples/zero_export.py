"""An inverter that may not export: a car, a tank and a pool pump test how much sun it holds back.

The meter reads 0 while the panels could give more, so no surplus can be measured.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
        "netting": "sum",
        "solar_w": "sensor.solar_power",
        "inverter": {"max_w": 8000, "throttles": True},
        # With a "battery", loads test once it is full, or charges at its max_charge_w.
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "number.car_charging_current",
            "switch": "switch.car_charging",
            "draw": "sensor.car_current",
            "status": "sensor.car_status",
            "mode": "solar_only",
            # What the sun has not given by then comes from the grid.
            "plan": {"ready_by": "07:00", "energy_kwh": 8},
        },
        # Its thermostat may stop it at any time; the sensor of its power tells a test from a full tank.
        "tank": {
            "type": "plug",
            "switch": "switch.hot_water",
            "power": "sensor.hot_water_power",
            "rated_w": 2000,
            "phases": ["L1"],
            "mode": "solar_only",
            "priority": 2,
        },
        "pool": {
            "type": "plug",
            "switch": "switch.pool",
            "rated_w": 900,
            "phases": ["L2"],
            "mode": "solar_only",
            "max_starts_per_day": 12,
        },
    },
}
