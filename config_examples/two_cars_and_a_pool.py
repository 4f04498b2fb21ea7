"""Two cars and a pool pump on one phase: a small house in France, 45 A, Linky meter.

Both chargers share one phase with the kettle and the oven. The first car goes first, the second takes what is left, and
the pool pump runs on whatever the roof has over. Copy this file to pyscript/modules/site_config.py and put in your own
entities; everything that is not written here has a sensible default.

Try it without Home Assistant: make demo DEMO="--config config_examples/two_cars_and_a_pool.py"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 45,  # what the supplier's contract or the main breaker allows, per phase
        "fuse_type": "linky",  # a Linky meter cuts by a slow average; B, C or gG for a breaker or a fuse
        "grid": {"L1": "sensor.house_power"},  # what flows through the meter: + is import. W, kW, A or mA by its unit
        "solar_w": "sensor.solar_power",  # leave this out when there is no roof
        "distribution": "priority",  # the first car first; "shared" gives both the same
    },
    "loads": {
        "family_car": {
            "type": "number",  # any charger whose current Home Assistant can set
            "current": "number.family_car_charging_current",
            "switch": "switch.family_car_charging",
            "draw": "sensor.family_car_current",  # what the car really takes; A, W or kW
            "status": "sensor.family_car_status",
            "phases": ["L1"],
            "priority": 1,
            "max_a": 32,
        },
        "small_car": {
            "type": "number",
            "current": "number.small_car_charging_current",
            "switch": "switch.small_car_charging",
            "draw": "sensor.small_car_current",
            "status": "sensor.small_car_status",
            "phases": ["L1"],
            "priority": 2,
            "max_a": 16,  # the cable of the second charger
        },
        "pool": {
            "type": "plug",
            "switch": "switch.pool_pump",
            "power": "sensor.pool_pump_power",
            "rated_w": 1100,
            "mode": "solar_only",  # runs on surplus; a passing cloud does not switch it off at once
            "phases": ["L1"],
            "priority": 3,
        },
    },
}
