"""A roof that exports nothing while a kWh of export costs money: Belgium, the Netherlands, Germany at noon in May.

A car and a pool pump take the sun first; what is left holds the inverter back, by its number for the export.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
        "netting": "sum",
        "solar_w": "sensor.solar_power",
        "inverter": {"max_w": 6000},
        "export": {
            "max_w": 0,
            "when_price_below": 0,
            "curtail": {"number": "number.inverter_export_limit", "unit": "W", "normal": 6000},
        },
    },
    # Better an entity of your supplier's prices, such as "sensor.epex_feed_in".
    "prices": {"fixed": 0.30, "export": {"hours": {"12-14": -0.03}, "else": 0.05}},
    "loads": {
        "car": {
            "type": "number",
            "current": "number.car_charging_current",
            "switch": "switch.car_charging",
            "draw": "sensor.car_current",
            "status": "sensor.car_status",
            "mode": "solar_only",
            "phases": ["L1"],
        },
        "pool": {"type": "plug", "switch": "switch.pool", "rated_w": 900, "phases": ["L2"], "mode": "solar_only"},
    },
}
