"""A house in Spain (2.0TD) with two contracted powers: punta on working days from 8:00 to 24:00, valle at other times.

The energy has three prices: punta, llano and valle. Public holidays are valle for the grid company, but not here.
Sources: hours of energy and power (potencia: P1, P2) on the mainland, the Balearic and the Canary Islands,
https://www.respiraenergia.com/support/kb/a2364/periodos-de-discriminacion-horaria.aspx; the rule is CNMC's Circular
3/2020. Powers and prices are examples: yours are on your bill.
Copy this file to pyscript/modules/site_config.py and put in your own entities, powers and prices.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 40,
        "grid": {"L1": "sensor.grid_power"},
        "max_import_w": {"hours": {"mon-fri 08-24": 3450}, "else": 6900},
    },
    "prices": {
        "fixed": {
            "hours": {
                "mon-fri 10-14": 0.21,  # punta
                "mon-fri 18-22": 0.21,
                "mon-fri 08-24": 0.14,  # llano: what is left of the day
            },
            "else": 0.10,  # valle
        },
    },
    "loads": {
        "car": {
            "type": "number",
            "current": "number.wall_current",
            "switch": "switch.wall_charging",
            "draw": "sensor.wall_power",
            "status": "sensor.wall_status",
            "max_a": 32,
            "plan": {"ready_by": "07:00", "energy_kwh": 12},
        },
    },
}
