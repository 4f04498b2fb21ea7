"""A house in Slovenia: five time blocks, each with its own agreed power, kept quarter of an hour by quarter of an hour.

The power agreed for a block is never below that of the block before. Block 1 is the winter's working day, block 5 the
summer's night at the weekend. Holidays count as weekends for the grid company, but not here. These hours hold until the
end of 2026. From 1 January 2027 there are others: the cheaper hours at midday become longer (proposed in 2025: from 11
to 16), and days off have two blocks only. Take them from your bill: no final table was found in November 2026.
Source: https://www.uro.si/w/casovni-blok. The agreed powers are examples: see mojelektro.si.
Copy this file to pyscript/modules/site_config.py and put in your own entities and fees.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
    },
    "prices": {
        "fixed": {"hours": {"mon-fri 06-22": 0.12}, "else": 0.09},  # high and low tariff of a supplier: examples
    },
    "tariff": {
        "kind": "fixed_limit",
        "target_kw": {
            "hours": {
                "nov-feb mon-fri 07-14": 4.5,  # block 1
                "nov-feb mon-fri 16-20": 4.5,
                "nov-feb mon-fri 06-22": 5.0,  # block 2: what is left of the day
                "nov-feb mon-fri 00-24": 6.0,  # block 3: the night
                "nov-feb 07-14": 5.0,  # block 2: weekends in winter
                "nov-feb 16-20": 5.0,
                "nov-feb 06-22": 6.0,  # block 3
                "nov-feb 00-24": 8.0,  # block 4
                "mon-fri 07-14": 5.0,  # block 2: working days in summer
                "mon-fri 16-20": 5.0,
                "mon-fri 06-22": 6.0,  # block 3
                "mon-fri 00-24": 8.0,  # block 4
                "07-14": 6.0,  # block 3: weekends in summer
                "16-20": 6.0,
                "06-22": 8.0,  # block 4
            },
            "else": 10.0,  # block 5
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
