"""Chargers by make: `PRESETS` is the table, a row is all there is to know of one. docs/chargers.md is made of it."""

from __future__ import annotations

from collections.abc import Mapping

from .core_rows import CORE_ROWS
from .hacs_rows import HACS_ROWS
from .modbus_rows import MODBUS_ROWS
from .row import ROLES, Preset

__all__ = ["NAMES", "NOT_STEERABLE", "PRESETS", "ROLES", "Preset", "preset_named"]

PRESETS: Mapping[str, Preset] = {row.name: row for row in (*CORE_ROWS, *HACS_ROWS, *MODBUS_ROWS)}

NAMES: Mapping[str, str] = {name: row.name for row in PRESETS.values() for name in (row.name, *row.also)}
"""Every name of a preset -> the one that it goes by."""

NOT_STEERABLE: Mapping[str, str] = {
    "tesla_wall_connector": "the Tesla Wall Connector only tells; steer the car instead (preset 'tesla'), and name "
    "sensor.<name>_total_power as its draw",
    "ohme": "Ohme lets only its mode be chosen, not its current; there is nothing to balance with",
    "myenergi": "a zappi lets only its mode be chosen, not its current; it balances by itself with its own clamps",
    "blue_current": "Blue Current's integration only blocks and unblocks a charge point; use OCPP if yours allows it",
}
"""Chargers whose integrations cannot set a current -> why, and what to do."""


def preset_named(name: object) -> Preset | None:
    """The preset that a person means, in any spelling; None when there is none of that name."""
    if not isinstance(name, str):
        return None
    called = "_".join("".join(c if c.isalnum() else " " for c in name.lower()).split())
    return PRESETS.get(NAMES.get(called, ""))
