"""Chargers by make: in the table `PRESETS` a row contains everything about one.

docs/chargers.md is generated from it.
"""

from __future__ import annotations

from collections.abc import Mapping

from .core_rows import CORE_ROWS
from .hacs_rows import HACS_ROWS
from .modbus_rows import MODBUS_ROWS
from .row import ROLES, Preset

__all__ = ["NAMES", "NOT_STEERABLE", "PRESETS", "ROLES", "Preset", "preset_named"]

PRESETS: Mapping[str, Preset] = {row.name: row for row in (*CORE_ROWS, *HACS_ROWS, *MODBUS_ROWS)}

NAMES: Mapping[str, str] = {name: row.name for row in PRESETS.values() for name in (row.name, *row.also)}
"""Every name of a preset -> its main name."""

NOT_STEERABLE: Mapping[str, str] = {
    "tesla_wall_connector": "the Tesla Wall Connector only reports; steer the car instead (preset 'tesla'), and name "
    "sensor.<name>_total_power as its draw",
    "ohme": "Ohme lets only its mode be chosen, not its current; there is nothing to balance with",
    "myenergi": "a zappi lets only its mode be chosen, not its current; it balances by itself with its own clamps",
    "blue_current": "Blue Current's integration only blocks and unblocks a charge point; use OCPP if yours allows it",
}
"""Chargers whose integrations cannot set a current -> why, and what to do."""


def preset_named(name: object) -> Preset | None:
    """Return the preset of this name, in any spelling; None for none."""
    if not isinstance(name, str):
        return None
    called = "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
    return PRESETS.get(NAMES.get(called, ""))
