"""A Huawei SUN2000 on a real socket, with the habits that make it hard to read.

It serves one Modbus TCP client and closes the older for the newer, swallows what is asked in the first second of a
connection, and is busy when it is asked again too soon. Its clock for that is real time, as the client's waits are.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

EARLY_S, HASTY_S = 1.0, 0.03
ILLEGAL_FUNCTION, ILLEGAL_ADDRESS, BUSY = 1, 2, 6
NO_I32, NO_U16 = 0x7FFFFFFF, 0xFFFF
ON_GRID, NO_IRRADIATION = 0x0200, 0xA000


@dataclass
class Sun2000:
    """What it measures [W, + = export at the meter, + = charging at the battery], and what is wrong with it.

    `grid_export_w`: one value a phase; a single one is a single-phase meter. `pv_w` None: it sleeps. `soc_pct` None:
    no battery. Faults: `meter_online`, `busy` requests that are refused from now on, `short` answers, `silent`.
    """

    grid_export_w: tuple[float, ...] = (0.0, 0.0, 0.0)
    pv_w: float | None = 0.0
    soc_pct: float | None = None
    charge_w: float = 0.0
    old_firmware: bool = False
    unit: int = 1
    meter_online: bool = True
    busy: int = 0
    short: bool = False
    silent: bool = False
    port: int = 0
    requests: int = 0
    connections: int = 0
    _server: asyncio.Server | None = None
    _writer: asyncio.StreamWriter | None = None
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(self) -> None:
        """Listen on loopback; on the same port as before after a `stop`."""
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Switch it off, connections included."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
        self.drop()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def drop(self) -> None:
        """Cut the present connection."""
        if self._writer is not None:
            self._writer.transport.abort()
            self._writer = None

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.drop()
        self._writer, self.connections = writer, self.connections + 1
        loop = asyncio.get_running_loop()
        since_s, answered_s = loop.time(), float("-inf")
        with suppress(OSError, asyncio.IncompleteReadError):
            while True:
                head = await reader.readexactly(7)
                transaction, _, length, unit = struct.unpack(">HHHB", head)
                request = await reader.readexactly(length - 1)
                self.requests += 1
                if self.silent or unit != self.unit or loop.time() - since_s < EARLY_S:
                    continue
                hasty = loop.time() - answered_s < HASTY_S
                answer = self._answer(request, hasty)
                writer.write(struct.pack(">HHHB", transaction, 0, len(answer) + 1, unit) + answer)
                await writer.drain()
                answered_s = loop.time()
        writer.close()
        self._tasks.discard(task)

    def _answer(self, request: bytes, hasty: bool) -> bytes:
        function = request[0]
        if function != 3 or len(request) != 5:
            return bytes((function | 0x80, ILLEGAL_FUNCTION))
        if self.busy or hasty:
            self.busy = max(self.busy - 1, 0)
            return bytes((function | 0x80, BUSY))
        first, count = struct.unpack(">HH", request[1:])
        registers = dict(self._registers())
        if not any(address in registers for address in range(first, first + count)):
            return bytes((function | 0x80, ILLEGAL_ADDRESS))
        words = [registers.get(address, 0) for address in range(first, first + count - self.short)]
        return bytes((function, 2 * len(words))) + struct.pack(f">{len(words)}H", *words)

    def _registers(self) -> Iterator[tuple[int, int]]:
        """Address and word of all that it shows now."""
        yield 37100, int(self.meter_online)
        yield from _two(37113, sum(self.grid_export_w))
        yield 37125, int(len(self.grid_export_w) > 1)
        phases = self.grid_export_w if len(self.grid_export_w) > 1 else ()
        for place in range(3):
            yield from _two(37132 + 2 * place, phases[place] if place < len(phases) else None)
        yield from _two(32064, self.pv_w)
        yield 32089, NO_IRRADIATION if self.pv_w is None else ON_GRID
        if self.soc_pct is not None:
            charge, soc = (37001, 37004) if self.old_firmware else (37765, 37760)
            yield from _two(charge, self.charge_w)
            yield soc, round(self.soc_pct * 10)


def _two(address: int, value: float | None) -> Iterator[tuple[int, int]]:
    """A signed number of 32 bits, high word first; None is the marker for no value."""
    raw = NO_I32 if value is None else round(value) & 0xFFFFFFFF
    yield address, raw >> 16
    yield address + 1, raw & 0xFFFF
