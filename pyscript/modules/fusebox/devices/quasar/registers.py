"""The registers of a Wallbox Quasar that the guard knows by name. Numbers are signed where said, else unsigned."""

from __future__ import annotations

from enum import IntEnum

from ...model.load import QUASAR_LEAST_W


class Register(IntEnum):
    """Addresses of holding registers."""

    OWNER = 0x0051
    """Who steers: 0 its own app, 1 Modbus. Other writes need 1; 0 resets what Modbus had set."""
    KIND = 0x0053
    """Which set-point counts: 0 the current, 1 the power."""
    IDLE_S = 0x0058
    """After so many seconds without Modbus it idles; 0 never."""
    ACTION = 0x0101
    """1 starts, 2 stops."""
    CURRENT_A = 0x0102
    """Set-point [A], signed, + charging."""
    POWER_W = 0x0104
    """Set-point [W], signed, + charging."""
    MOST_W = 0x0202
    """The most that it may take or give."""
    DRAWN_W = 0x020E
    """What flows [W], signed, + charging."""
    STATE = 0x0219


SET_POINTS = (Register.POWER_W, Register.CURRENT_A)
GUARDED = frozenset({*SET_POINTS, Register.MOST_W, Register.IDLE_S})
"""The registers whose values are limited on their way to the charger."""

BY_APP, BY_MODBUS = 0, 1
START, STOP = 1, 2
RUNNING_STATES = frozenset({1, 11})
"""Charging and discharging."""

LEAST_W = QUASAR_LEAST_W
LEAST_A = 6
"""The same as a current [A]."""
