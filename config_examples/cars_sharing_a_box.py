"""Two cars and their guests at one charger in the garage: Germany, 3 x 35 A, prices by the hour.

The Ioniq is recognised by its own integration (`plugged`), the Leaf by its card. Each is charged by its own plan: the
Ioniq to 80 % by seven on working days, the Leaf below 20 cents. A guest gets 15 kWh, at once. What Fusebox took for
another car is corrected by a tap on the card, or by pyscript.fusebox_set_vehicle. Copy this file to
pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 35,
        "grid": {"L1": "sensor.net_power_l1", "L2": "sensor.net_power_l2", "L3": "sensor.net_power_l3"},
    },
    "prices": {"import": "sensor.nordpool_kwh_de_lu_eur_3_10_0", "add": 0.16},
    "vehicles": {
        "ioniq": {
            "soc_pct": "sensor.ioniq_ev_battery_level",
            "capacity_kwh": 58,
            "plugged": "binary_sensor.ioniq_ev_battery_plug",
            "min_soc_pct": 20,  # below it, it charges at once
            "plan": {"ready_by": {"mon-fri": "07:00"}, "soc_target_pct": 80},
        },
        "leaf": {
            "tags": ["04 A1 B2 C3"],
            "phases": 1,
            "max_a": 16,
            "plan": {"max_price": 0.20},
        },
    },
    "loads": {
        "garage": {
            "type": "number",
            "current": "number.garage_charging_current",
            "draw": "sensor.garage_charging_power",
            "status": "sensor.garage_status",
            "switch": "switch.garage_charging",
            "tag": "sensor.garage_last_card",  # a charger of type "ocpp" needs no such line
            "phases": ["L1", "L2", "L3"],
            "vehicles": ["ioniq", "leaf"],
            "guest": {"energy_kwh": 15},
        },
    },
}
