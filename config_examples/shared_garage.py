"""A garage of six households: Germany, 3 x 63 A for the whole building, eight chargers on a feed of 63 A.

Each household (`group`) gets the same power as long as it can use it: flat 1 and flat 2 have two chargers each, and
those two share what the others get for one. When the kitchens leave less than 6 A for each household, they take turns.
`pyscript.fusebox_sessions` with `totals: month`, `by: group` and `csv: true` is the bill. Copy this file to
pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.

Try it without Home Assistant: make demo DEMO="--config shared_garage"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 63,
        "fuse_type": "gG",
        "grid": {"L1": "sensor.building_power_l1", "L2": "sensor.building_power_l2", "L3": "sensor.building_power_l3"},
        "distribution": "shared",  # the cars of one household share equally too; "priority": its first one first
    },
    "prices": {"fixed": {"hours": {"22-06": 0.24}, "else": 0.31}},  # for the bill
    "loads": {
        "bay_1": {
            "type": "number",
            "group": "flat 1",
            "current": "number.bay_1_current",
            "switch": "switch.bay_1_charging",
            "draw": "sensor.bay_1_power",
            "status": "sensor.bay_1_status",
        },
        "bay_2": {
            "type": "number",
            "group": "flat 1",
            "current": "number.bay_2_current",
            "switch": "switch.bay_2_charging",
            "draw": "sensor.bay_2_power",
            "status": "sensor.bay_2_status",
        },
        "bay_3": {
            "type": "number",
            "group": "flat 2",
            "current": "number.bay_3_current",
            "switch": "switch.bay_3_charging",
            "draw": "sensor.bay_3_power",
            "status": "sensor.bay_3_status",
        },
        "bay_4": {
            "type": "number",
            "group": "flat 2",
            "current": "number.bay_4_current",
            "switch": "switch.bay_4_charging",
            "draw": "sensor.bay_4_power",
            "status": "sensor.bay_4_status",
        },
        "bay_5": {
            "type": "number",
            "group": "flat 3",
            "current": "number.bay_5_current",
            "switch": "switch.bay_5_charging",
            "draw": "sensor.bay_5_power",
            "status": "sensor.bay_5_status",
        },
        "bay_6": {
            "type": "number",
            "group": "flat 4",
            "current": "number.bay_6_current",
            "switch": "switch.bay_6_charging",
            "draw": "sensor.bay_6_power",
            "status": "sensor.bay_6_status",
        },
        "bay_7": {
            "type": "number",
            "group": "flat 5",
            "current": "number.bay_7_current",
            "switch": "switch.bay_7_charging",
            "draw": "sensor.bay_7_power",
            "status": "sensor.bay_7_status",
        },
        "bay_8": {
            "type": "number",
            "group": "flat 6",
            "current": "number.bay_8_current",
            "switch": "switch.bay_8_charging",
            "draw": "sensor.bay_8_power",
            "status": "sensor.bay_8_status",
        },
    },
}
