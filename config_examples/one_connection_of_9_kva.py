"""A car, five radiators, a tank and a heat pump under one 9 kVA connection: 45 A on one phase, and a roof.

Who gets what: the heat pump goes first, since a cold house is worse than an empty battery. The radiators of the old
wing take turns, as many as fit. The car charges on whatever is there, and is slowed down first. The water is heated by
what the roof has over, and kept warm in any case. With an oven and a kettle it does not all fit; nothing trips.
Copy this file to pyscript/modules/site_config.py and put in your own entities.
With "dry_run": True in `site` it only shows what it would do.

Try it without Home Assistant: make demo DEMO="--config config_examples/one_connection_of_9_kva.py"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 45,
        "fuse_type": "linky",
        "max_import_w": 9000,  # the contract
        "grid": {"L1": "sensor.house_power"},
        "solar_w": "sensor.solar_power",
    },
    "loads": {
        "heat_pump": {
            "type": "sg_ready",
            "relay_1": "switch.sg_ready_1",
            "relay_2": "switch.sg_ready_2",
            "power": "sensor.heat_pump_power",
            "rated_w": 2600,
            "priority": 1,
        },
        "car": {
            "type": "number",
            "current": "number.car_charging_current",
            "switch": "switch.car_charging",
            "draw": "sensor.car_current",
            "status": "sensor.car_status",
            "phases": ["L1"],
            "priority": 3,
            "max_a": 32,
        },
        "hot_water": {
            "type": "tank",
            "switch": "switch.hot_water",
            "temperature": "sensor.hot_water_temperature",
            "power": "sensor.hot_water_power",
            "rated_w": 2200,
            "mode": "solar_priority",  # to 50 °C from any source, up to 65 °C from the sun
            "minimum_c": 42,
            "priority": 4,
        },
        "old_wing": {"type": "radiators", "rated_w": 750, "phases": ["L1"], "priority": 2},
    },
    "radiators": {
        "max_active": [5, 0],  # the site's allocation says how many fit
        "radiators": [
            {"name": "living", "virtual": "input_boolean.living", "actual": "switch.living"},
            {"name": "kitchen", "virtual": "input_boolean.kitchen", "actual": "switch.kitchen"},
            {"name": "bath", "virtual": "input_boolean.bath", "actual": "switch.bath"},
            {"name": "bedroom", "virtual": "input_boolean.bedroom", "actual": "switch.bedroom"},
            {"name": "office", "virtual": "input_boolean.office", "actual": "switch.office"},
        ],
    },
}
