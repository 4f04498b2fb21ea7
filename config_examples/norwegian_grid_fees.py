"""A house in Norway: the energy part of the grid fee is lower by night and at the weekend, and peaks are billed.

The tariff keeps each hour within the step up to 5 kW; the plan charges where spot price and fee together are lowest.
Source: Elvia, fees with taxes from 1 February 2023 (43.55 øre by day, 37.30 by night and at the weekend, steps),
https://www.elvia.no/nettleie/alt-om-nettleiepriser/priser-ny-nettleiemodell/
Copy this file to pyscript/modules/site_config.py and put in your own entities and fees.
With "dry_run": True in `site` it only shows what it would do.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,
        # With 230 V and no neutral (IT): "voltage_v": 133, and the meter's currents in A in `grid`.
        "grid": {"L1": "sensor.grid_power_l1", "L2": "sensor.grid_power_l2", "L3": "sensor.grid_power_l3"},
        "currency": "NOK",
    },
    "prices": {
        "import": "sensor.nordpool_kwh_oslo_nok_3_10_025",
        "add": {"hours": {"mon-fri 06-22": 0.4355}, "else": 0.3730},
    },
    "tariff": {"kind": "norway_steps", "target_kw": 5.0},
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
