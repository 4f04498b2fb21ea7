"""A roof with a Huawei inverter and a battery, and an Easee charger that takes what is left over: no other integration.

The inverter's own meter is the house's meter, read over Modbus TCP every five seconds. The battery comes first, but
below its target only with 5 kW: what the roof gives beyond that is the car's. Above the target the car may use what the
battery holds, but not after sunset. The charger is commanded over Easee's cloud, with limits that end by themselves.
Copy this file to pyscript/modules/site_config.py, put in your own numbers (python -m simhouse easee-ids tells site and
circuit), and write easee_user and easee_password into secrets.yaml.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,  # per phase
        "grid": {"L1": "huawei", "L2": "huawei", "L3": "huawei"},
        "netting": "sum",  # the meter nets the phases: one surplus
        "solar_w": "huawei",
        "battery": {
            "soc_pct": "huawei",
            "charge_w": "huawei",
            "soc_target_pct": 80,
            "reserve_w": 5000,  # below the target the battery keeps this much of the surplus, the car gets the rest
        },
    },
    "loads": {
        "car": {
            "type": "easee",
            "charger": "EH123456",  # the serial number in the app
            "site": 1,
            "circuit_id": 2,
            "username": "!secret easee_user",  # mail or phone number
            "password": "!secret easee_password",
            "mode": "solar_only",
            "min_a": 7,  # a charger that resumes at exactly 6 A waits for minutes
        },
    },
    "huawei": {"host": "192.168.1.20"},  # the inverter, or its SDongle
}
