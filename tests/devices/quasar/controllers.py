"""Controllers of a Quasar for tests: a raw socket that sends exactly what the test says."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterable
from typing import Any

OWNER, KIND, IDLE_S, ACTION, CURRENT_A, POWER_W, MOST_W, DRAWN_W, STATE = 81, 83, 88, 257, 258, 260, 514, 526, 537


class Refused(Exception):
    """An exception response."""

    def __init__(self, code: int) -> None:
        super().__init__(f"code {code}")
        self.code = code


class Controller:
    """One connection: `await Controller.to(port)`."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer
        self.transaction = 0

    @classmethod
    async def to(cls, port: int) -> Controller:
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    def close(self) -> None:
        self.writer.close()

    def send(self, pdu: bytes, unit: int = 1) -> int:
        """Send a request without waiting for the answer; return its transaction number."""
        self.transaction = (self.transaction + 1) & 0xFFFF
        self.writer.write(struct.pack(">HHHB", self.transaction, 0, len(pdu) + 1, unit) + pdu)
        return self.transaction

    async def answer(self) -> tuple[int, bytes]:
        """Return the next answer: its transaction and its PDU."""
        async with asyncio.timeout(20):
            transaction, protocol, length, _ = struct.unpack(">HHHB", await self.reader.readexactly(7))
            assert protocol == 0
            return transaction, await self.reader.readexactly(length - 1)

    async def ask(self, pdu: bytes, unit: int = 1) -> bytes:
        """Return the answer to a request, whatever it is."""
        number = self.send(pdu, unit)
        transaction, answer = await self.answer()
        assert transaction == number
        return answer

    async def read(self, address: int, count: int = 1, function: int = 3) -> list[int]:
        answer = _good(await self.ask(struct.pack(">BHH", function, address, count)))
        return [_signed(value) for value in struct.unpack_from(f">{answer[1] // 2}H", answer, 2)]

    async def write(self, address: int, value: int) -> int:
        """Write a register with function 6; return the echoed value."""
        answer = _good(await self.ask(struct.pack(">BHH", 6, address, value & 0xFFFF)))
        assert answer[:3] == struct.pack(">BH", 6, address)
        return _signed(struct.unpack_from(">H", answer, 3)[0])

    async def write_many(self, address: int, values: Iterable[int]) -> bytes:
        return _good(await self.ask(write_many(address, values)))

    async def take(self, idle_s: int = 1800) -> None:
        """Take control, as V2G-Liberty does first."""
        for register, value in ((OWNER, 1), (82, 0), (KIND, 1), (IDLE_S, idle_s)):
            await self.write(register, value)

    async def charge(self, power_w: int) -> None:
        """Start and set the power, as V2G-Liberty does next."""
        await self.write(ACTION, 1)
        await self.write(POWER_W, power_w)


def write_many(address: int, values: Iterable[int]) -> bytes:
    """Return a request of function 16."""
    words = [value & 0xFFFF for value in values]
    return struct.pack(f">BHHB{len(words)}H", 16, address, len(words), 2 * len(words), *words)


def read_write(read_at: int, count: int, write_at: int, values: Iterable[int]) -> bytes:
    """Return a request of function 23."""
    words = [value & 0xFFFF for value in values]
    return struct.pack(f">BHHHHB{len(words)}H", 23, read_at, count, write_at, len(words), 2 * len(words), *words)


def mask(address: int, and_mask: int, or_mask: int) -> bytes:
    """Return a request of function 22."""
    return struct.pack(">BHHH", 22, address, and_mask, or_mask)


def _good(answer: bytes) -> bytes:
    if answer[0] & 0x80:
        raise Refused(answer[1])
    return answer


def _signed(value: int) -> int:
    return value - 65536 if value > 32767 else value


def running(play: Any) -> None:
    """Run a test's coroutine."""
    asyncio.run(play)
