"""A house with a roof whose surplus goes into hot water: to the last watts, whatever the clouds do.

A power controller gives 0 to 3 kW to the heating element of a tank; here it is set by a number in watts
(docs/chargers.md has makes). It follows the surplus, ends at 65 °C and never exceeds the main fuse. The pool pump
comes after it and gets what the element cannot use. Copy this file to pyscript/modules/site_config.py and put in your
own entities.

Try it without Home Assistant: make demo DEMO="--config config_examples/load_in_watts.py --hours 06-21"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 35,
        "grid": {"L1": "sensor.house_power"},  # what flows through the meter: + is import
        "solar_w": "sensor.solar_power",
    },
    "loads": {
        "water": {
            "type": "power",
            "power": "number.heater_power",  # it is sent watts
            "draw": "sensor.heater_power",  # what it takes; leave it out where nothing measures it
            "max_w": 3000,
            "mode": "solar_only",  # standard: as much as fits; solar_priority, excess, off
            "temperature": "sensor.water_temperature",
            "max_c": 65,  # a thermostatic mixing valve is needed above 60 °C
            "phases": ["L1"],
        },
        "pool": {
            "type": "plug",
            "switch": "switch.pool",
            "power": "sensor.pool_power",
            "rated_w": 800,
            "mode": "solar_only",
            "phases": ["L1"],
        },
    },
}
