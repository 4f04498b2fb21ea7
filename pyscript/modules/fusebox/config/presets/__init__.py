"""Devices by make: a row of `PRESETS` has everything about a charger, one of `POWER_PRESETS` about a load in watts.

docs/chargers.md and the table of docs/loads_in_watts.md are generated from them.
"""

from __future__ import annotations

from collections.abc import Mapping

from .core_rows import CORE_ROWS
from .hacs_rows import HACS_ROWS
from .modbus_rows import MODBUS_ROWS
from .row import PowerPreset, Preset

PRESETS: Mapping[str, Preset] = {row.name: row for row in (*CORE_ROWS, *HACS_ROWS, *MODBUS_ROWS)}

NAMES: Mapping[str, Preset] = {name: row for row in PRESETS.values() for name in (row.name, *row.also)}
"""Every name of a preset -> the preset."""

NOT_STEERABLE: Mapping[str, str] = {
    "tesla_wall_connector": "the Tesla Wall Connector only reports; steer the car instead (preset 'tesla'), and name "
    "sensor.<name>_total_power as its draw",
    "ohme": "Ohme lets only its mode be chosen, not its current; there is nothing to balance with",
    "myenergi": "a zappi lets only its mode be chosen, not its current; it balances by itself with its own clamps",
    "blue_current": "Blue Current's integration only blocks and unblocks a charge point; use OCPP if yours allows it",
}
"""Chargers whose integrations cannot set a current -> why, and what to do."""


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
    ),
    PowerPreset(
        "ecoflow",
        "EcoFlow power stations",
        ({"power": "number.{p}_ac_charging_power", "draw": "sensor.{p}_ac_in_power"},),
        keys={"min_w": 200, "step_w": 100, "write_every_s": 30},
        also=("delta", "river"),
    ),
    PowerPreset(
        "zendure",
        "Zendure SolarFlow, Hyper",
        ({"power": "number.{p}_input_limit", "draw": "sensor.{p}_grid_input_power"},),
        keys={"max_w": 1200},
        also=("solarflow", "hyper"),
    ),
    PowerPreset(
        "shelly_dimmer",
        "Shelly Pro Dimmer 0/1-10V PM",
        ({"power": "light.{p}", "draw": "sensor.{p}_power"},),
        keys={"write_every_s": 5},
        also=("shelly", "shelly_pro_dimmer"),
    ),
)
"""Read in November 2026 from dneprojects/mypv 1.7.5, tolwi/hassio-ecoflow-cloud 1.7.1, Zendure/Zendure-HA 1.0.0 and
Home Assistant 2026.10 (shelly)."""


POWER_PRESETS: Mapping[str, PowerPreset] = {row.name: row for row in POWER_ROWS}

POWER_NAMES: Mapping[str, PowerPreset] = {name: row for row in POWER_ROWS for name in (row.name, *row.also)}


def preset_named(name: object) -> Preset | None:
    """Return the preset of this name, in any spelling; None for none."""
    return NAMES.get(_normalise_name(name))


def power_preset_named(name: object) -> PowerPreset | None:
    """Return the preset of this name for a load in watts, in any spelling; None for none."""
    return POWER_NAMES.get(_normalise_name(name))


def _normalise_name(name: object) -> str:
    """Return a name in lower case with its words joined by _; "" for what is no text."""
    return "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split()) if isinstance(name, str) else ""
