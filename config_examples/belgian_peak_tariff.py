"""A house in Flanders: the highest quarter of an hour of each month is billed, and the car stays out of it.

One phase with 40 A, a digital meter on its P1 port and a Wallbox through its cloud. Fluvius bills the mean of the last
twelve month peaks, each of at least 2.5 kW. `target_kw` is what you are willing to pay for: the import of no quarter
of an hour is to go above it because of the car. What the month has cost already is used for free.
`make demo DEMO="--config belgian_peak_tariff"` shows an evening with and without it. The YAML beside this file
(belgian_peak_tariff.yaml) has the helper and a warning, dashboard.yaml the card.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 40,
        "fuse_type": "C",
        # Set the DSMR integration's time between updates to 1 s; it is 30 s at first.
        "grid": {
            "L1": {
                "import": "sensor.electricity_meter_power_consumption",  # in kW; never below 0
                "export": "sensor.electricity_meter_power_production",
            },
        },
        "netting": "sum",
    },
    "loads": {
        "car": {
            "type": "wallbox",
            "current": "number.wallbox_maximum_charging_current",
            "switch": "switch.wallbox_pause_resume",
            "draw": "sensor.wallbox_charging_power",
            "status": "sensor.wallbox_status_description",
            "min_write_s": 60,  # its cloud takes no more; a cut for the tariff waits for it, one for the fuse does not
            "phases": ["L1"],
            "priority": 1,
        },
        "boiler": {
            "type": "plug",
            "switch": "switch.boiler",
            "power": "sensor.boiler_power",
            "rated_w": 1500,
            "phases": ["L1"],
            "priority": 2,  # makes way for the car
        },
    },
    "tariff": {
        "kind": "fluvius",
        "demand_kw": "sensor.current_average_demand",  # 1-0:1.4.0, grows from 0 in each quarter of an hour
        "month_peak_kw": "sensor.maximum_demand_current_month",  # 1-0:1.6.0; both may be None
        "target_kw": 4.0,  # or an entity: "input_number.target_peak"
        "minimum_kw": 2.5,  # what is billed in any case
        "price_per_kw_year": 48.0,  # your grid company's, with VAT
    },
}
