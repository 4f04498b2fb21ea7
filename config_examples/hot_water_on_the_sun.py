"""A house with a roof and a hot-water tank: the sun heats the water, and nobody showers cold.

The immersion heater (2.5 kW, behind a smart relay with a power meter) runs on surplus up to 65 °C. When there is too
little sun for too long, the water is kept at 42 °C from the grid, and once a week it is held at 60 °C for an hour
against Legionella; both never above the main fuse. Copy this file to pyscript/modules/site_config.py and put in your
own entities.

Try it without Home Assistant: make demo DEMO="--config config_examples/hot_water_on_the_sun.py --hours 06-22"
"""

CONFIG = {
    "site": {
        "main_fuse_a": 35,
        "grid": {"L1": "sensor.house_power"},  # what flows through the meter: + is import
        "solar_w": "sensor.solar_power",
    },
    "loads": {
        "hot_water": {
            "type": "tank",
            "switch": "switch.hot_water",  # or a water_heater or climate entity: that is sent the temperature as well
            "temperature": "sensor.hot_water_temperature",
            "power": "sensor.hot_water_power",  # leave it out where nothing measures the element
            "rated_w": 2500,
            "mode": "solar_only",  # normal: to normal_c from any source; boost: to boost_c; excess, solar_priority, off
            "normal_c": 50,
            "boost_c": 65,  # a thermostatic mixing valve is needed above 60 °C
            "hysteresis_c": 6,
            "minimum_c": 42,  # below it heats in every mode; leave it out to wait for the sun however long
            "hygiene_c": 60,
            "hygiene_every_days": 7,
            "phases": ["L1"],
        },
    },
}
