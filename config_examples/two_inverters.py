"""A hybrid inverter with a battery on the roof, a small one on the shed that must not export, and a second battery.

The roof feeds three phases, the shed only L2. A car takes what both batteries leave below their targets. At negative
prices both inverters are held back.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
        "netting": "sum",
        "inverter": [
            {"max_w": 8000, "solar_w": "sensor.roof_power"},
            {"max_w": 3000, "solar_w": "sensor.shed_power", "phases": ["L2"]},
        ],
        "battery": [
            {
                "soc_pct": "sensor.big_battery_soc",
                "charge_w": "sensor.big_battery_power",
                "capacity_kwh": 10,
                "soc_target_pct": 40,
                "hold": {"select": "select.big_battery_mode", "hold": "hold", "normal": "auto"},
            },
            # Behind the same inverter, from another maker.
            {
                "soc_pct": "sensor.small_battery_soc",
                "charge_w": "sensor.small_battery_power",
                "capacity_kwh": 5,
                "max_charge_w": 2000,
                "max_discharge_w": 2000,
                "soc_target_pct": 30,
                "inverter": 0,
            },
        ],
        "export": {
            "max_w": 0,
            "when_price_below": 0,
            "curtail": [
                {"number": "number.roof_output_limit", "limits": "output", "normal": 8000},
                {"number": "number.shed_output_limit", "limits": "output", "normal": 3000},
            ],
        },
    },
    "prices": {"fixed": 0.3, "export": {"hours": {"12-14": -0.02}, "else": 0.08}},
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
    },
}
