"""A house in Denmark with a grid company's fees by hour and season on top of the spot price.

Every household has them: low from 0:00 to 6:00, peak from 17:00 to 21:00, more in winter (October to March).
Sources: the hours and seasons, https://radiuselnet.dk/1-oktober-traeder-vintertarifferne-i-kraft/; the winter's fees
with VAT, as a household had them in October 2024, https://github.com/evcc-io/evcc/issues/16829. The summer's are
examples: take yours from your grid company's page.
Copy this file to pyscript/modules/site_config.py and put in your own entities and fees.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
        "currency": "DKK",
    },
    "prices": {
        "import": "sensor.energi_data_service",
        "add": {
            "hours": {
                "00-06": 0.1431,
                "oct-mar 17-21": 1.28,
                "17-21": 0.56,  # April to September: an example
                "oct-mar 06-24": 0.4293,
            },
            "else": 0.21,  # April to September by day: an example
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
