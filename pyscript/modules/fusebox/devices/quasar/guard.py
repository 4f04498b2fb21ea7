"""One guarded Quasar: requests pass or are cut, and what was cut is restored as power becomes available.

Nothing here has a clock: the caller passes the limits in, and reads the charger with `poll`.
"""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping

from ... import tuning
from ...model.messages.message import message
from ...model.snapshot import Status
from ..modbus import (
    Address,
    Code,
    Frame,
    Refused,
    as_signed,
    exception_code,
    exception_response,
    parse_request,
    read_request,
    register_values,
    write_request,
)
from .registers import (
    BY_APP,
    GUARDED,
    IDLE_S,
    SET_POINTS,
    SHUT,
    START,
    STATES,
    STOP,
    Passage,
    Register,
    RegisterLimits,
    limit_request,
    limited_set_points,
    set_point_power_w,
)
from .server import LOG, Server
from .upstream import CLIENTS, OURS, Away, ChargerConnection

BLOCK = (Register.DRAWN_W, 17)
"""First register and count: power, state and error words in one reading, as controllers read them."""

AUDITED = (Register.OWNER, Register.KIND, Register.IDLE_S, *SET_POINTS)


Requested = MutableMapping[int, int]
"""Register -> the last value that a client requested; the action `START` while the guard has stopped the charger."""


class Guard:
    """Listens for controllers and speaks to the charger. `requested`: what clients have requested, over reloads.

    `limits` None lets everything pass. `registers`: known values of the charger's registers.
    """

    def __init__(
        self, listen: Address, quasar: Address, allowed: tuple[str, ...] = (), requested: Requested | None = None
    ) -> None:
        self.limits: RegisterLimits | None = SHUT
        self.heard = 0
        """How many requests have come from clients."""
        self.registers: dict[int, int] = {}
        self.problem = ""
        self.requested: Requested = {} if requested is None else requested
        self._closing = False
        self._singly = False
        self.upstream = ChargerConnection(*quasar, self._read_after_connect)
        self.server = Server(*listen, allowed, self.answer_client)

    @property
    def by_app(self) -> bool:
        """Whether the charger's own app controls it, so that other writes have no effect."""
        return self.registers.get(Register.OWNER) == BY_APP

    @property
    def has_car(self) -> bool:
        """Whether a car is connected as far as known; False only if the charger reports that none is."""
        return STATES.get(str(self.registers.get(Register.STATE))) is not Status.UNPLUGGED

    @property
    def drawn_w(self) -> float | None:
        """The power at the last poll [W], + = charging; None while unknown."""
        raw = self.registers.get(Register.DRAWN_W)
        return None if raw is None or not self.upstream.connected else float(as_signed(raw))

    def requested_w(self, voltage_v: float) -> float:
        """Return the power that clients request [W], + = charging; 0 without a request."""
        return set_point_power_w(self.requested, self.registers.get(Register.KIND, 1) != 0, voltage_v)

    def set_w(self, voltage_v: float) -> float:
        """Return the power that the charger is set to [W], + = charging; 0 while unknown."""
        return set_point_power_w(self.registers, self.registers.get(Register.KIND, 1) != 0, voltage_v)

    async def start(self) -> None:
        """Listen, and begin to connect to the charger, which may be absent. Raises OSError when it cannot listen."""
        await self.server.start()
        try:
            await self.upstream.start()
        except BaseException:
            await self.server.stop()
            raise

    async def stop(self) -> None:
        """Leave the charger without power, if it can be reached within `ANSWER_S` (else log a warning); close all."""
        self._closing = True
        await self.server.stop_listening()
        try:
            async with asyncio.timeout(tuning.ANSWER_S):
                await self._set_power_to_zero()
        except (Away, TimeoutError):
            LOG.warning("the Quasar could not be stopped; it stops by itself %d s after the last request", IDLE_S)
        await self.server.stop()
        await self.upstream.stop()

    async def _set_power_to_zero(self) -> None:
        """Set the power to 0; if the charger does not accept that, stop it. Raises Away.

        Nothing in a dry run, and while its app controls it.
        """
        if self.limits is None or self.by_app:
            return
        async with self.upstream.turns.turn(OURS):
            taken = [
                await self._write_register(register, 0) for register in SET_POINTS if self.registers.get(register) != 0
            ]
            if taken and not any(taken) and await self._write_register(Register.ACTION, STOP):
                self.requested[Register.ACTION] = START

    async def stop_charger(self) -> None:
        """Stop a charger that ignores its set-point, and log that; the next set-point starts it again. Raises Away."""
        async with self.upstream.turns.turn(OURS):
            if await self._write_register(Register.ACTION, STOP):
                self.requested[Register.ACTION] = START
        LOG.warning("the Quasar ignores its set-point, so it was stopped")

    async def halt(self) -> None:
        """Stop the charger, as by itself when its controller is silent; forget requested set-points. Raises Away."""
        async with self.upstream.turns.turn(OURS):
            for register in SET_POINTS:
                self.requested.pop(register, None)
            await self._write_register(Register.POWER_W, 0)
            await self._write_register(Register.CURRENT_A, 0)
            await self._write_register(Register.ACTION, STOP)

    async def release(self) -> bool:
        """Give the charger back to its app, at 0 W; if it accepts, forget all requests and return True. Raises Away."""
        async with self.upstream.turns.turn(OURS):
            await self._write_register(Register.POWER_W, 0)
            released = await self._write_register(Register.OWNER, BY_APP)
            if released:
                self.requested.clear()
                self._forget_set_registers()
            return released

    async def answer_client(self, frame: Frame) -> bytes:
        """Pass a client's request to the charger, limited; return the response, an exception if it is refused or away.

        What the client requested is remembered, and restored as the limits rise.
        """
        self.heard += 1
        function = frame.pdu[0]
        try:
            request = parse_request(frame.pdu)
            async with self.upstream.turns.turn(CLIENTS):
                if self._closing:
                    return exception_response(function, Code.NO_RESPONSE)
                register = request.write_at
                if request.masks and register in GUARDED and register not in {**self.requested, **self.registers}:
                    await self._read_and_remember(register)
                # Only now, in turn: the limits may have changed while this request waited.
                way = limit_request(request, self.limits, self.requested, self.registers)
                response = await self.upstream.exchange(way.sent, frame.unit)
                if exception_code(response) is None:
                    self._remember_accepted(way)
        except Refused as refusal:
            return exception_response(function, refusal.code)
        except Away:
            return exception_response(function, Code.NO_RESPONSE)
        return way.answer(response)

    def _remember_accepted(self, way: Passage) -> None:
        """Update `requested` and `registers` by what a client's accepted request has written.

        A register written in part is dropped; so are all set ones if the app gets control. An action ends our stop."""
        self.requested.clear()
        self.requested.update(way.requested)
        written = way.sent.written
        if way.sent.masks and not written:
            self.registers.pop(way.sent.write_at, None)  # the result is read from the charger
        self.registers.update(written)
        if Register.ACTION in written:
            self.requested.pop(Register.ACTION, None)  # the client's own business from now on
        if written.get(Register.OWNER) == BY_APP:
            self._forget_set_registers()

    def _forget_set_registers(self) -> None:
        """Forget the set registers: the charger's own app is in control and has dropped Modbus settings."""
        for register in (*SET_POINTS, Register.KIND, Register.IDLE_S):
            self.registers.pop(register, None)

    async def read_power_and_state(self) -> None:
        """Read the charger's power and state, one by one where it refuses both at once. Raises Away."""
        async with self.upstream.turns.turn(OURS):
            if not self._singly:
                values = await self._read_registers(*BLOCK)
                if values is not None and len(values) == BLOCK[1]:
                    self.registers[Register.DRAWN_W] = values[0]
                    self.registers[Register.STATE] = values[Register.STATE - Register.DRAWN_W]
                    return
                self._singly = values is None  # it does not know this block; a short answer may be whole again
            for register in (Register.DRAWN_W, Register.STATE):
                await self._read_and_remember(register)

    async def read_back_settings(self) -> None:
        """Read back what was set in the charger; if its app controls it now, forget the requests. Raises Away."""
        async with self.upstream.turns.turn(OURS):
            for register in AUDITED:
                await self._read_and_remember(register)
            if self.by_app:
                for register in SET_POINTS:
                    self.requested.pop(register, None)

    async def enforce_limits(self) -> None:
        """Bring the charger's set-points within the limits, and its idle time-out down. Raises Away.

        A charger that was stopped before is started again if a set-point is left. Nothing in a dry run.
        """
        if not self._values_to_write():
            return
        async with self.upstream.turns.turn(OURS):
            # During the wait a client may have written, the limits changed, or the charger been released.
            for register, value in self._values_to_write().items():
                await self._write_register(register, value)
            if self._closing or self.by_app:
                return
            is_due = Register.ACTION in self.requested and any(self.registers.get(register) for register in SET_POINTS)
            if is_due and await self._write_register(Register.ACTION, START):
                del self.requested[Register.ACTION]

    def _values_to_write(self) -> dict[Register, int]:
        """Return register -> value to write so that the charger has what clients requested, as far as the limits allow.

        Empty in a dry run, while its app controls it, and while the guard closes.
        """
        if self.limits is None or self.by_app or self._closing:
            return {}
        held: dict[int, int] = {r: self.registers[r] for r in SET_POINTS if r in self.registers}
        requested = {**held, **self.requested}
        due = {r: v for r, v in limited_set_points(self.limits, requested).items() if self.registers.get(r) != v}
        idle_s = self.registers.get(Register.IDLE_S)
        if idle_s is not None and not 1 <= idle_s <= IDLE_S:
            due[Register.IDLE_S] = IDLE_S
        return due

    async def _read_after_connect(self) -> None:
        """Read the charger after connecting, take its set-points as requested (not its app's), enforce the limits."""
        self.registers.clear()
        self._singly = False
        await self.read_back_settings()
        if not self.by_app:
            is_known = bool(self.requested)
            for register in (*SET_POINTS, Register.IDLE_S):
                found = self.registers.get(register)
                # A charge of unknown requests has to be stopped as by the charger, which no longer does that by itself,
                # because the guard goes on reading it. Where they are known, a short time-out may be the guard's own.
                if found and (register != Register.IDLE_S or found > IDLE_S or (self.requested and not is_known)):
                    self.requested.setdefault(register, found)
        await self.read_power_and_state()
        await self.enforce_limits()

    async def _read_and_remember(self, register: int) -> None:
        """Read one register and remember its value; forget it when the charger refuses."""
        values = await self._read_registers(register, 1)
        if values is None or not values:
            self.registers.pop(register, None)
        else:
            self.registers[register] = values[0]

    async def _read_registers(self, address: int, count: int) -> tuple[int, ...] | None:
        """Return the values of registers, None when the charger refuses. To be called while holding a turn."""
        response = await self.upstream.exchange(read_request(address, count))
        return None if exception_code(response) is not None else register_values(response)

    async def _write_register(self, register: Register, value: int) -> bool:
        """Write one register in our turn; return whether the charger accepted it. A refusal is stored in `problem`."""
        response = await self.upstream.exchange(write_request(register, value))
        code = exception_code(response)
        if code is None:
            self.problem, self.registers[register] = "", value & 0xFFFF
        else:
            self.problem = message("quasar_refuses", value=value, register=f"{register:#06x}", exception=code)
            self.registers.pop(register, None)
        return code is None
