"""The first site: one phase, one charger. Copy it to pyscript/modules/site_config.py and put in your own entities.

It sends no commands while `dry_run` is True: sensor.fusebox_site and sensor.fusebox_car show what it would do. When you
agree with that, set `dry_run` to False and save.
"""

CONFIG = {
    "site": {
        "main_fuse_a": 25,  # what is printed on the main breaker
        "fuse_type": "B",  # the letter beside it; C, gG (a fuse) or linky (the French meter)
        "grid": {"L1": "sensor.grid_power"},  # power at the meter, + when you import; W, kW, A or mA
        "dry_run": True,  # False: it may command
    },
    "loads": {
        "car": {
            "type": "number",  # any charger whose current is a number in Home Assistant
            "current": "number.wall_current",  # the number that sets its amps
            "switch": "switch.wall_charging",  # starts and stops it; leave the line out where there is none
            "draw": "sensor.wall_power",  # what the car really takes: W, kW, A or mA
            "status": "sensor.wall_status",  # what the charger says of itself
            "max_a": 16,  # the most that its cable and its own breaker bear
        },
    },
}
