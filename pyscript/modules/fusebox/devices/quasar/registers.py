"""The charger's registers, and what of a request reaches them: set-points cut towards zero, a short time-out. Pure.

A request is never reversed and never exceeded: when less power is available than requested, less is sent; a request
below the limit passes unchanged.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum

from ...model.electrics import NOMINAL_V
from ...model.load import QUASAR_LEAST_W
from ...model.snapshot import Status
from ..modbus import (
    Code,
    Function,
    Refused,
    Request,
    as_signed,
    exception_code,
    register_values,
    with_registers,
    write_request,
)


class Register(IntEnum):
    """Addresses of holding registers."""

    OWNER = 0x0051
    """Who controls: 0 its own app, 1 Modbus. Other writes need 1; 0 resets Modbus settings."""
    KIND = 0x0053
    """Which set-point counts: 0 the current, 1 the power."""
    IDLE_S = 0x0058
    """After this time without Modbus it idles [s]; 0 for never."""
    ACTION = 0x0101
    """1 starts, 2 stops."""
    CURRENT_A = 0x0102
    """Set-point [A], signed, + charging."""
    POWER_W = 0x0104
    """Set-point [W], signed, + charging."""
    MOST_W = 0x0202
    """The highest power in either direction [W]."""
    DRAWN_W = 0x020E
    """Present power [W], signed, + = charging."""
    STATE = 0x0219


STATES = {
    **dict.fromkeys(("0", "6"), Status.UNPLUGGED),
    **dict.fromkeys(("1", "11"), Status.CHARGING),
    **dict.fromkeys(("2", "3", "5", "8", "10"), Status.CONNECTED),
    "4": Status.PAUSED,
    **dict.fromkeys(("7", "9"), Status.FAULT),
}
"""Value of the charger's state register -> status."""

SET_POINTS = (Register.POWER_W, Register.CURRENT_A)
GUARDED = frozenset({*SET_POINTS, Register.MOST_W, Register.IDLE_S})
"""The registers whose values are limited on their way to the charger."""

BY_APP = 0
START, STOP = 1, 2

IDLE_S = 60
"""The longest idle time-out that reaches the charger [s], as V2G-Liberty sets it.

The charger continues for this long after Home Assistant has stopped.
"""
LEAST_A = 6
"""`QUASAR_LEAST_W` as a current [A]."""


@dataclass(frozen=True, slots=True)
class RegisterLimits:
    """What the charger may be set to."""

    low_w: float
    """Discharging limit [W], 0 or less."""
    high_w: float
    """Charging limit [W], 0 or more."""
    most_w: float
    """The highest value for register 0x0202 [W]."""
    voltage_v: float = NOMINAL_V
    """Converts a set-point in amps [V]."""


SHUT = RegisterLimits(0.0, 0.0, QUASAR_LEAST_W)
"""Nothing flows: while the headroom is not known."""


Registers = Mapping[int, int]
"""Register -> its value as written: the last one that a client requested, or the charger's own; only known ones."""


@dataclass(frozen=True, slots=True)
class Passage:
    """The frame to send for a request, and the answer and stored requests once the charger has accepted it."""

    request: Request
    sent: Request
    requested: Registers

    def answer(self, response: bytes) -> bytes:
        """Return the response for the client, in which its own values replace those that were limited.

        A read shows the idle time-out that it set, a write the value that it requested. An exception is unchanged.
        """
        if exception_code(response) is not None:
            return response
        if self.request.function in (Function.READ_HOLDING, Function.READ_WRITE):
            return _with_client_time_out(self.request, response, self.requested)
        if self.sent != self.request and self.request.function in (Function.WRITE_ONE, Function.MASK):
            return self.request.pdu
        return response


def limit_request(request: Request, limits: RegisterLimits | None, requested: Registers, held: Registers) -> Passage:
    """Return how a request passes; unchanged without limits. Raises Refused when that cannot be decided.

    `held`: the charger's registers, for a mask on a register that no client has set. A mask is sent as the resulting
    value, because the charger would apply it to a value that was cut.
    """
    plain = _resolve_mask(request, {**held, **requested})
    after_request = dict(requested)
    for register, value in plain.written.items():
        if register in GUARDED:
            after_request[register] = value
        if register == Register.OWNER and value == BY_APP:
            # The charger forgets Modbus settings, so they must not be restored later.
            after_request = {each: given for each, given in after_request.items() if each == Register.MOST_W}
    if limits is None or plain.written.keys().isdisjoint(GUARDED):
        return Passage(request, request, after_request)
    cut = tuple(limit_value(register, value, limits) for register, value in plain.written.items())
    return Passage(request, plain.with_values(cut), after_request)


def _resolve_mask(request: Request, known: Registers) -> Request:
    """Return a mask on a guarded register as a write of the resulting value; other requests unchanged.

    Refused for a mask that keeps bits of a register whose value is unknown.
    """
    if request.masks is None or request.write_at not in GUARDED:
        return request
    and_mask, or_mask = request.masks
    base = known.get(request.write_at)
    if base is None and and_mask != 0:
        raise Refused(Code.ILLEGAL_VALUE)  # a bit of an unknown value
    return write_request(request.write_at, ((base or 0) & and_mask) | (or_mask & ~and_mask))


def _with_client_time_out(request: Request, response: bytes, requested: Registers) -> bytes:
    """Return a read's response with the idle time-out that the client set; unchanged if it set or read none."""
    place, requested_s = Register.IDLE_S - request.read_at, requested.get(Register.IDLE_S)
    values = list(register_values(response))
    if requested_s is None or not 0 <= place < len(values):
        return response
    values[place] = requested_s
    return with_registers(response, tuple(values))


def limit_value(register: int, value: int, limits: RegisterLimits) -> int:
    """Return a register's value as it may be sent: the nearest allowed power, current or time; others unchanged."""
    if register == Register.POWER_W:
        return _nearest_allowed(as_signed(value), limits.low_w, limits.high_w, QUASAR_LEAST_W) & 0xFFFF
    if register == Register.CURRENT_A:
        low_a, high_a = limits.low_w / limits.voltage_v, limits.high_w / limits.voltage_v
        return _nearest_allowed(as_signed(value), low_a, high_a, LEAST_A) & 0xFFFF
    if register == Register.MOST_W:
        return min(value, math.floor(limits.most_w))
    if register == Register.IDLE_S:
        return value if 1 <= value <= IDLE_S else IDLE_S
    return value


def _nearest_allowed(requested: int, low: float, high: float, least: float) -> int:
    """Return the value nearest to a request, in its direction, that fits; 0 when it is too small to modulate."""
    given = min(requested, math.floor(high)) if requested > 0 else max(requested, math.ceil(low))
    return 0 if given != requested and abs(given) < least else given


def limited_set_points(limits: RegisterLimits, requested: Registers) -> dict[Register, int]:
    """Return register -> value within the limits, for the set-points that were requested."""
    return {
        register: limit_value(register, requested[register], limits) for register in SET_POINTS if register in requested
    }


def set_point_power_w(values: Registers, by_power: bool, voltage_v: float) -> float:
    """Return the power that the set-points in these registers mean [W], + = charging; 0 while unknown.

    `by_power`: the set-point in watts counts, otherwise the one in amps.
    """
    if by_power:
        return float(as_signed(values.get(Register.POWER_W, 0)))
    return as_signed(values.get(Register.CURRENT_A, 0)) * voltage_v
