"""The charger's registers, and what of a request reaches them: set-points cut towards zero, a short time-out. Pure.

A request is never reversed and never exceeded: where the house has less room than was asked for, less goes out; what
asks for less than the room passes as it is.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from ...model.electrics import NOMINAL_V
from ...model.load import QUASAR_LEAST_W
from .frames import Code, Function, Refused, Request, failure, registers, signed, with_registers


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

BY_APP = 0
START, STOP = 1, 2

IDLE_S = 60
"""The longest idle time-out that reaches the charger [s], as V2G-Liberty sets it: so long a Home Assistant that died
leaves it running."""
LEAST_W = QUASAR_LEAST_W
LEAST_A = 6
"""The same as a current [A]."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What the charger may be set to."""

    low_w: float
    """The most that it may give [W], 0 or less."""
    high_w: float
    """The most that it may take [W], 0 or more."""
    most_w: float
    """The highest that register 0x0202 may be given [W]."""
    voltage_v: float = NOMINAL_V
    """Makes amps of it for a set-point in amps [V]."""


SHUT = Limits(0.0, 0.0, LEAST_W)
"""Nothing flows: while the room is not known."""


Wishes = Mapping[Register, int]
"""Register -> the last value that a client asked for, as it was written; without those that nobody has asked for."""

_NOTHING: Wishes = {}


@dataclass(frozen=True, slots=True)
class Passage:
    """What goes out for a request, and what its answer and the wishes become when the charger has taken it."""

    asked: Request
    sent: Request
    wishes: Wishes

    def answer(self, response: bytes) -> bytes:
        """The response that the client gets: the value that it asked for, the time-out that it set."""
        if failure(response) is not None:
            return response
        if self.asked.function in (Function.READ_HOLDING, Function.READ_WRITE):
            return _as_set(self.asked, response, self.wishes)
        if self.sent != self.asked and self.asked.function in (Function.WRITE_ONE, Function.MASK):
            return self.asked.packed()
        return response


def passage(request: Request, limits: Limits | None, wishes: Wishes, held: Wishes = _NOTHING) -> Passage:
    """How a request goes through; without limits as it is. Raises Refused where that cannot be told.

    `held`: what the charger holds, for a mask on what nobody has asked for. A mask goes out as the value that it makes:
    the charger itself would apply it to one that was cut, and get anything.
    """
    plain = _mask_resolved(request, {**held, **wishes})
    wished = dict(wishes)
    for register, value in plain.written.items():
        if register in GUARDED:
            wished[Register(register)] = value
        if register == Register.OWNER and value == BY_APP:
            # The charger forgets what Modbus had set, and so nothing of it is brought back later.
            wished = {kept: given for kept, given in wished.items() if kept == Register.MOST_W}
    if limits is None or plain.written.keys().isdisjoint(GUARDED):
        return Passage(request, request, wished)
    cut = tuple(limited(register, value, limits) for register, value in plain.written.items())
    if request.function is Function.MASK:
        return Passage(request, replace(request, masks=(0, cut[0])), wished)
    return Passage(request, replace(request, values=cut), wished)


def masked(request: Request) -> Register | None:
    """The guarded register that a request is to change by a mask, None for any other request."""
    is_mask = request.function is Function.MASK and request.write_at in GUARDED
    return Register(request.write_at) if is_mask else None


def _mask_resolved(request: Request, known: Wishes) -> Request:
    """A mask on a guarded register as the value that it makes of what is known; other requests as they are."""
    register = masked(request)
    if register is None or request.masks is None:
        return request
    and_mask, or_mask = request.masks
    base = known.get(register)
    if base is None and and_mask != 0:
        raise Refused(Code.ILLEGAL_VALUE)  # a bit of a value that nobody knows
    value = ((base or 0) & and_mask) | (or_mask & ~and_mask & 0xFFFF)
    return replace(request, values=(value,))


def _as_set(asked: Request, response: bytes, wishes: Wishes) -> bytes:
    """A response in which the idle time-out is the one that was asked for."""
    place, wish = Register.IDLE_S - asked.read_at, wishes.get(Register.IDLE_S)
    values = list(registers(response))
    if wish is None or not 0 <= place < len(values):
        return response
    values[place] = wish
    return with_registers(response, tuple(values))


def limited(register: int, value: int, limits: Limits) -> int:
    """A register's value as it may go out; registers that are not guarded keep theirs."""
    if register == Register.POWER_W:
        return _cut(signed(value), limits.low_w, limits.high_w, LEAST_W) & 0xFFFF
    if register == Register.CURRENT_A:
        low_a, high_a = limits.low_w / limits.voltage_v, limits.high_w / limits.voltage_v
        return _cut(signed(value), low_a, high_a, LEAST_A) & 0xFFFF
    if register == Register.MOST_W:
        return min(value, math.floor(limits.most_w))
    if register == Register.IDLE_S:
        return value if 1 <= value <= IDLE_S else IDLE_S
    return value


def _cut(asked: int, low: float, high: float, least: float) -> int:
    """The nearest to a request in its own direction that fits; nothing where it would be too little to modulate."""
    given = min(asked, math.floor(high)) if asked > 0 else max(asked, math.ceil(low))
    return 0 if given != asked and abs(given) < least else given


def set_points(limits: Limits, wishes: Wishes) -> dict[Register, int]:
    """What the set-points that somebody asked for have to be now."""
    return {register: limited(register, wishes[register], limits) for register in SET_POINTS if register in wishes}


def wanted_w(wishes: Wishes, by_power: bool, voltage_v: float) -> float:
    """What is asked for [W], signed, by the set-point that counts."""
    if by_power:
        return float(signed(wishes.get(Register.POWER_W, 0)))
    return signed(wishes.get(Register.CURRENT_A, 0)) * voltage_v
