"""A house in Germany with the grid fees of module 3 of paragraph 14a EnWG on top of an hourly price.

Three price levels: low from 1:00 to 4:00 and high from 17:00 to 19:00 in the first and the last quarter of the year, at
all other times the standard one. Each grid company has its own hours and fees: they are on its price sheet.
Source: EWW Wanfried, fees of 2025 without VAT (3.45, 8.62 and 10.84 ct/kWh),
https://www.ewwanfried.de/netz/netzanschluss/steuerbare-verbrauchseinrichtungen/
Copy this file to pyscript/modules/site_config.py and put in your own entities and fees.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
    },
    "prices": {
        "import": "sensor.epex_spot_data_market_price",
        "factor": 1.19,  # VAT on the market price
        "add": {
            "hours": {
                "oct-mar 01-04": 0.041,  # low: 3.45 ct and VAT
                "oct-mar 17-19": 0.129,  # high: 10.84 ct and VAT
            },
            "else": 0.103,  # standard: 8.62 ct and VAT; add your supplier's part and the taxes to all three
        },
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "number.wall_current",
            "switch": "switch.wall_charging",
            "draw": "sensor.wall_power",
            "status": "sensor.wall_status",
            "max_a": 16,
            "plan": {"ready_by": "07:00", "energy_kwh": 12},
        },
    },
}
