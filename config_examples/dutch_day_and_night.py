"""A house in the Netherlands with a day and night contract: two prices in place of a source of prices.

Low from 23:00 to 7:00 and all weekend; in Noord-Brabant and Limburg it begins at 21:00. Holidays count as weekends for
the grid company, but not here.
Source of the hours: https://www.enexis.nl/zakelijk/aansluitingen/tarieven/dubbeltarief; the prices are examples.
Copy this file to pyscript/modules/site_config.py and put in your own entities and fees.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
    },
    "prices": {
        "fixed": {"hours": {"mon-fri 07-23": 0.29}, "else": 0.25},  # all in; Brabant and Limburg: "mon-fri 07-21"
        "export": {"hours": {"11-16": 0.03}, "else": 0.07},  # what a contract pays for sun at noon and otherwise
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
