"""The registers of a SUN2000: rows of data, how to decode them, and their names in Fusebox. Pure.

Holding registers of 16 bits; a 32-bit value has its high word first. A value that the inverter does not have is the
highest number of its type. Sources: Huawei's Modbus interface definitions for SUN2000, as public libraries use them.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One value: its first register, number of registers, whether it is signed, and the factor to our unit and sign.

    Huawei counts export as positive, Fusebox import.
    """

    address: int
    words: int
    signed: bool
    factor: float = 1.0


@dataclass(frozen=True, slots=True)
class Block:
    """Registers read in one request."""

    address: int
    count: int
    rows: Mapping[str, RegisterRow]


METER = Block(
    37100,
    38,
    {
        "meter_status": RegisterRow(37100, 1, False),  # 0 offline, 1 normal
        "grid_w": RegisterRow(37113, 2, True, -1.0),
        "meter_type": RegisterRow(37125, 1, False),  # 0 single-phase, 1 three-phase
        **{f"phase_{phase}_w": RegisterRow(37130 + 2 * phase, 2, True, -1.0) for phase in (1, 2, 3)},
    },
)

INVERTER = Block(32064, 26, {"pv_w": RegisterRow(32064, 2, True), "device_status": RegisterRow(32089, 1, False)})

STORAGE = Block(37758, 9, {"soc_pct": RegisterRow(37760, 1, False, 0.1), "charge_w": RegisterRow(37765, 2, True)})
"""The whole of the storage, all its units together."""

FIRST_UNIT = Block(37000, 5, {"soc_pct": RegisterRow(37004, 1, False, 0.1), "charge_w": RegisterRow(37001, 2, True)})
"""The battery values of the first storage unit alone: older firmware does not know the total."""


def decode_block(block: Block, words: Sequence[int]) -> Mapping[str, float | None]:
    """Return the block's values in our units and signs, None where the inverter has none.

    Raises ValueError when the number of words is not the number requested.
    """
    if len(words) != block.count:
        raise ValueError(f"{len(words)} registers instead of {block.count}")
    return {
        name: _decode_value(row, words[row.address - block.address :][: row.words]) for name, row in block.rows.items()
    }


def _decode_value(row: RegisterRow, words: Sequence[int]) -> float | None:
    """Return the number in a row's registers in our unit, None for the marker of an absent value."""
    raw = int.from_bytes(struct.pack(f">{row.words}H", *words), signed=row.signed)
    absent = (1 << (16 * row.words - row.signed)) - 1
    return None if raw == absent else raw * row.factor


DecodedValues = Mapping[str, float | None]

NO_SUN = frozenset({0x0000, 0x0001, 0x0002, 0x0003, 0xA000})
"""Device states in which the panels give no power: standby, and asleep in the dark."""


def readings_by_entity(values: DecodedValues) -> DecodedValues:
    """Return name -> value of all readings of a SUN2000, None where unknown: grid + = import, battery + = charging."""
    grid, pv_w = _grid_powers_w(values), values.get("pv_w")
    # A sleeping inverter reports no power.
    is_asleep = pv_w is None and values.get("device_status") in NO_SUN
    return {
        **{f"huawei.grid_l{phase}": grid.get(phase) for phase in (1, 2, 3)},
        "huawei.solar_w": 0.0 if is_asleep else pv_w,
        "huawei.soc_pct": values.get("soc_pct"),
        "huawei.charge_w": values.get("charge_w"),
    }


def _grid_powers_w(values: DecodedValues) -> Mapping[int, float | None]:
    """Return phase -> power [W], None where unknown; phase 1 alone for a meter of one phase.

    Empty for a meter that is offline: it keeps showing its last numbers.
    """
    if values.get("meter_status") != 1:
        return {}
    if values.get("meter_type") == 0:
        return {1: values.get("grid_w")}
    return {phase: values.get(f"phase_{phase}_w") for phase in (1, 2, 3)}


UNITS = {name: "%" if name.endswith("_pct") else "W" for name in readings_by_entity({})}
"""Name of each reading -> its unit."""
