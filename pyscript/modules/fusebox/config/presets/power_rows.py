"""Presets of loads in watts. Read from the sources of their integrations in November 2026."""

from __future__ import annotations

from .row import PowerPreset

MY_PV_HEAT = "sensor.{p}_temperatur_1"

POWER_ROWS = (
    PowerPreset(
        "my_pv",
        "my-PV AC THOR, AC ELWA",
        (
            {"power": "number.{p}_power", "draw": "sensor.{p}_power", "temperature": MY_PV_HEAT},
            {"power": "number.{p}_power_ac9s", "draw": "sensor.{p}_power_ac9s", "temperature": MY_PV_HEAT},
            {"power": "number.{p}_power_ac9", "draw": "sensor.{p}_power_ac9", "temperature": MY_PV_HEAT},
            {"power": "number.{p}_power_elwa_2", "draw": "sensor.{p}_power_elwa_2", "temperature": MY_PV_HEAT},
        ),
        keys={"write_every_s": 10, "renew_s": 10},
        shows_draw=True,
        also=("mypv", "ac_thor", "acthor", "elwa"),
        source="dneprojects/mypv 1.7.5",
    ),
    PowerPreset(
        "ecoflow",
        "EcoFlow power stations",
        ({"power": "number.{p}_ac_charging_power", "draw": "sensor.{p}_ac_in_power"},),
        keys={"min_w": 200, "step_w": 100, "write_every_s": 30},
        also=("delta", "river"),
        source="tolwi/hassio-ecoflow-cloud 1.7.1",
    ),
    PowerPreset(
        "zendure",
        "Zendure SolarFlow, Hyper",
        ({"power": "number.{p}_input_limit", "draw": "sensor.{p}_grid_input_power"},),
        keys={"max_w": 1200},
        also=("solarflow", "hyper"),
        source="Zendure/Zendure-HA 1.0.0",
    ),
    PowerPreset(
        "shelly_dimmer",
        "Shelly Pro Dimmer 0/1-10V PM",
        ({"power": "light.{p}", "draw": "sensor.{p}_power"},),
        keys={"write_every_s": 5},
        also=("shelly", "shelly_pro_dimmer"),
        source="Home Assistant 2026.10 (shelly)",
    ),
)
