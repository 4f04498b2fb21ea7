"""Two cars, a home battery and a heat pump that run where a kilowatt-hour costs least, under 3 x 25 A.

Prices come from an entity with a quarter hour each; the grid fee on top has three levels by the hour, as in Denmark or
with the German module 3. The house of `python -m simhouse demo --prices`.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
        "battery": {
            "soc_pct": "sensor.battery_soc",
            "charge_w": "sensor.battery_power",
            "soc_min_pct": 10,
            "max_charge_w": 3000,
            "max_discharge_w": 3000,
            "capacity_kwh": 10,
            # A car that runs from the grid does not empty it.
            "hold": {"select": "select.battery_mode", "hold": "hold", "normal": "auto"},
            "charge_from_grid": {"switch": "switch.battery_force_charge", "power_w": "number.battery_charge_power"},
            "plan": {"ready_by": "06:00", "soc_target_pct": 90},
        },
    },
    "prices": {
        "import": "sensor.nordpool_kwh_nl_eur_4_10_0",
        "factor": 1.21,  # taxes on the spot price
        "add": {"hours": {"17-21": 0.24, "06-24": 0.14}, "else": 0.08},  # and the grid fee: evening, day, night
    },
    "loads": {
        "estate": {
            "type": "number",
            "current": "number.estate_charging_current",
            "switch": "switch.estate_charging",
            "draw": "sensor.estate_current",
            "status": "sensor.estate_status",
            "priority": 1,
            "max_a": 16,
            "plan": {"ready_by": "07:00", "energy_kwh": 18},
        },
        "runabout": {
            "type": "number",
            "current": "number.runabout_charging_current",
            "switch": "switch.runabout_charging",
            "draw": "sensor.runabout_current",
            "status": "sensor.runabout_status",
            "phases": ["L2"],
            "priority": 2,
            "max_a": 20,
            "plan": {"ready_by": {"mon-fri": "07:30", "sat": "09:30"}, "energy_kwh": 9},
        },
        "heat_pump": {
            "type": "sg_ready",
            "relay_1": "switch.sg_ready_1",
            "relay_2": "switch.sg_ready_2",
            "power": "sensor.heat_pump_power",
            "rated_w": 2000,
            "phases": ["L1"],
            "priority": 3,
            # Recommended in the cheapest hours of a day, blocked in the dearest.
            "plan": {"recommend_hours": 4, "block_hours": 2},
        },
    },
}
