"""A car that charges whenever a kWh costs at most 25 cents, fees included, and always up to 30 %; it stops at 80 %.

Prices by the hour from Nord Pool, with taxes and grid fees on top; the fees are examples. With a helper such as
`input_number.charge_below` in place of 0.25 the limit is a slider on your dashboard.
Copy this file to pyscript/modules/site_config.py and put in your own entities and fees.
With "dry_run": True in `site` it only shows what it would do.

Try it without Home Assistant: make demo DEMO="--config config_examples/below_a_price.py --days 1"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
    },
    "prices": {"import": "sensor.nordpool_kwh_nl_eur_3_10_0", "factor": 1.21, "add": 0.13},
    "loads": {
        "car": {
            "type": "number",
            "current": "number.wall_current",
            "switch": "switch.wall_charging",
            "draw": "sensor.wall_power",
            "status": "sensor.wall_status",
            "max_a": 16,
            "soc_pct": "sensor.car_battery",
            "capacity_kwh": 60,
            "stop_soc_pct": 80,
            "plan": {"max_price": 0.25, "min_soc_pct": 30},
        },
    },
}
