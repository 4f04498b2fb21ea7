"""A Modbus TCP server on a real socket for a simulated device, with typical faults."""

import asyncio
import contextlib
import struct
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

READ, READ_INPUT, WRITE, WRITE_MANY, MASK, READ_WRITE = 3, 4, 6, 16, 22, 23
ILLEGAL_FUNCTION, ILLEGAL_VALUE, BUSY = 1, 3, 6


class Device(Protocol):
    """Interface of the device that holds the registers."""

    def read(self, address: int, count: int) -> list[int] | int:
        """Return register values, or an exception code."""

    def write(self, address: int, value: int) -> int:
        """Write a register; return an exception code, 0 for success."""


@dataclass
class Faults:
    """Faults of the next requests: numbers of short answers, dropped connections and busy answers; delays [s]."""

    short_reads: int = 0
    drops: int = 0
    busy: int = 0
    silent: bool = False
    late_s: float = 0.0


@dataclass
class Habits:
    """How a device behaves on its connection; its clock is real time, like its clients' waits.

    `one_client`: a new client disconnects the older one. `unit`: requests for another unit get no answer. `early_s`:
    requests so soon after connecting are ignored. `hasty_s`: a request so soon after an answer gets a busy answer.
    """

    one_client: bool = False
    unit: int | None = None
    early_s: float = 0.0
    hasty_s: float = 0.0


@dataclass
class ModbusServer:
    """Serves a device: `async with ModbusServer(device) as server: server.port`.

    Functions 3, 6 and 16, as a Quasar has.

    `seen`: PDUs received, in order; `on_request` is called before each. `accepted`: number of connections.
    """

    device: Device
    port: int = 0
    functions: tuple[int, ...] = (READ, WRITE, WRITE_MANY)
    faults: Faults = field(default_factory=Faults)
    habits: Habits = field(default_factory=Habits)
    accepted: int = 0
    seen: list[bytes] = field(default_factory=list)
    on_request: Callable[[], None] | None = None

    def __post_init__(self) -> None:
        """Set up without listening."""
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()

    async def __aenter__(self) -> "ModbusServer":
        await self.start()
        return self

    async def __aexit__(self, *_raised: object) -> None:
        await self.stop()

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return len(self._writers)

    async def start(self) -> None:
        """Listen on the port, or on a free one that becomes `port`."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Close everything, as a device that is switched off."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.hang_up()
        while self._writers:
            await asyncio.sleep(0)

    def hang_up(self) -> None:
        """Cut all connections."""
        for writer in self._writers:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.habits.one_client:
            self.hang_up()
        self._writers.add(writer)
        self.accepted += 1
        clock = asyncio.get_running_loop().time
        since_s, answered_s = clock(), float("-inf")
        try:
            while True:
                transaction, _, length, unit = struct.unpack(">HHHB", await reader.readexactly(7))
                pdu = await reader.readexactly(length - 1)
                self.seen.append(pdu)
                if self.on_request is not None:
                    self.on_request()
                if self.faults.drops:
                    self.faults.drops -= 1
                    return
                unresponsive = self.habits.unit not in (None, unit) or clock() - since_s < self.habits.early_s
                if self.faults.silent or unresponsive:
                    continue
                answer = self.answer(pdu, hasty=clock() - answered_s < self.habits.hasty_s)
                await asyncio.sleep(self.faults.late_s)
                writer.write(struct.pack(">HHHB", transaction, 0, len(answer) + 1, unit) + answer)
                await writer.drain()
                answered_s = clock()
        except (OSError, EOFError, struct.error):
            pass
        finally:
            self._writers.discard(writer)
            with contextlib.suppress(RuntimeError):  # the loop may have ended
                writer.close()

    def answer(self, pdu: bytes, hasty: bool = False) -> bytes:
        """Return the response to a request, without its frame; an exception "busy" if it came too soon (`hasty`)."""
        function = pdu[0]
        if function not in self.functions:
            return bytes((function | 0x80, ILLEGAL_FUNCTION))
        if hasty or self.faults.busy:
            self.faults.busy = max(self.faults.busy - 1, 0)
            return bytes((function | 0x80, BUSY))
        try:
            return self._execute(function, pdu)
        except (struct.error, ValueError):
            return bytes((function | 0x80, ILLEGAL_VALUE))

    def _execute(self, function: int, pdu: bytes) -> bytes:
        address, second = struct.unpack_from(">HH", pdu, 1)
        if function in (READ, READ_INPUT):
            return self._read_registers(function, address, second)
        if function == WRITE:
            return self._write_registers(function, [(address, second)], pdu)
        if function == WRITE_MANY:
            values = struct.unpack_from(f">{second}H", pdu, 6)
            return self._write_registers(function, list(enumerate(values, address)), pdu[:5])
        if function == MASK:
            found = self.device.read(address, 1)
            if isinstance(found, int):
                return bytes((function | 0x80, found))
            or_mask = struct.unpack_from(">H", pdu, 5)[0]
            return self._write_registers(function, [(address, found[0] & second | or_mask & ~second & 0xFFFF)], pdu)
        write_at, count = struct.unpack_from(">HH", pdu, 5)
        values = struct.unpack_from(f">{count}H", pdu, 10)
        refused = self._write_registers(function, list(enumerate(values, write_at)), b"")
        return refused or self._read_registers(function, address, second)

    def _read_registers(self, function: int, address: int, count: int) -> bytes:
        found = self.device.read(address, count)
        if isinstance(found, int):
            return bytes((function | 0x80, found))
        if self.faults.short_reads:
            self.faults.short_reads -= 1
            found = found[:-1]
        return struct.pack(f">BB{len(found)}H", function, 2 * len(found), *found)

    def _write_registers(self, function: int, pairs: list[tuple[int, int]], answer: bytes) -> bytes:
        for address, value in pairs:
            code = self.device.write(address, value)
            if code:
                return bytes((function | 0x80, code))
        return answer
