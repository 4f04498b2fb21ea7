"""A house in Flanders with a supplier's day and night prices, and the grid company's bill for the month's peak.

The grid fee has known no day or night since 2023; a supplier's price may. Its hours are on your contract: here day is
7:00 to 22:00 on working days. Plans weigh the price of each hour against a higher peak of the month.
Sources: no day and night in grid fees, https://www.vlaanderen.be/distributienettarieven-voor-elektriciteit-en-aardgas;
month peaks, billed from 2.5 kW on, https://www.vreg.be/nl/faq/nieuwe-nettarieven; the maximum tariff is on the tariff
cards of 2026 (34.73 cents per kWh). Hours and prices are examples.
Copy this file to pyscript/modules/site_config.py and put in your own entities and fees.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
        "netting": "sum",
    },
    "prices": {
        "fixed": {"hours": {"mon-fri 07-22": 0.31}, "else": 0.27},  # all in
        "export": 0.03,
    },
    "tariff": {
        "kind": "fluvius",
        "demand_kw": "sensor.current_average_demand",
        "month_peak_kw": "sensor.maximum_demand_current_month",
        "target_kw": {"hours": {"mon-fri 17-21": 4.0}, "else": 5.5},  # the less by cooking time
        "price_per_kw_year": 57.0,  # with VAT
        "maximum_per_kwh": 0.29,  # the maximum tariff less the network's price per kWh, with VAT
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
