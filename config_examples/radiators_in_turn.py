"""A house of six electric radiators on a 30 A connection of one phase, where all of them together are too much.

Thermostats in Home Assistant switch helpers (`virtual`); Fusebox switches the relays (`actual`). How many radiators may
be on at once follows the house's meter: when the kettle or the oven comes on, radiators go off with the next reading,
and come back when the room has lasted. Every two minutes the turn passes on, to the coldest room first where its
temperature is known. The bath is listed twice: it has two turns.
Needs the helpers input_boolean.away, input_number.power_saving (0 to 4, step 1) and one input_boolean a thermostat.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.

Try it without Home Assistant: make demo DEMO="--config config_examples/radiators_in_turn.py"
"""

CONFIG = {
    "site": {  # for the status of the connection; the radiators would do without
        "main_fuse_a": 30,
        "fuse_type": "linky",  # the French meter's own breaker; B, C or gG for others
        "grid": {"L1": "sensor.house_current"},
    },
    "radiators": {
        "name": "heating",
        "step": "cron(*/2 * * * *)",  # when the turn passes on
        "away": "input_boolean.away",  # on: all off
        "power_saving": "input_number.power_saving",
        "max_active": [5, 4, 2, 1, 0],  # how many may be on at level 0, 1, 2, 3, 4
        "boost_timeout_s": 3600,  # a boost that nobody ends
        "radiators": [
            {
                "name": "living",
                "virtual": "input_boolean.living",
                "actual": "switch.living",
                "temperature": "sensor.living_temperature",
                "setpoint": 20,
            },
            {
                "name": "living 2",  # a second radiator on the same thermostat
                "virtual": "input_boolean.living",
                "actual": "switch.living_2",
                "temperature": "sensor.living_temperature_2",
                "setpoint": 20,
            },
            {"name": "bath", "virtual": "input_boolean.bath", "actual": "switch.bath"},
            {"name": "kitchen", "virtual": "input_boolean.kitchen", "actual": "switch.kitchen"},
            {"name": "bath", "virtual": "input_boolean.bath", "actual": "switch.bath"},
            {"name": "bedroom", "virtual": "input_boolean.bedroom", "actual": "switch.bedroom"},
            {"name": "office", "virtual": "input_boolean.office", "actual": "switch.office"},
        ],
    },
    "power_saving": {
        "meter": {"entity": "sensor.house_current"},  # amps; any unit, when all numbers here have it
        "target": "input_number.power_saving",
        "max_available": 30,
        "security_margin": 3,
        "per_radiator": 5,  # what one draws
        "damping_s": 90,
    },
}
