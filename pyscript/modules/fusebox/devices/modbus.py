"""Modbus TCP: bytes to frames and back, the functions 3, 4, 6, 16, 22 and 23, and a connection to a device.

In a stream that is not Modbus the next frame cannot be found: with an impossible length or protocol number the
connection has to be closed. A proper frame with an impossible request is answered.
"""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

CHUNK_BYTES = 1024
"""Bytes read at a time: several frames, of 260 bytes at most."""

HEADER = struct.Struct(">HHHB")
"""Transaction, protocol (0), number of bytes that follow, unit."""

LONGEST_PDU = 253
"""Bytes of the longest request or response, without its header."""

FAILED = 0x80
"""Added to the function's number in a response that reports a failure."""

Address = tuple[str, int]
"""Host and port."""

MOST_READ = 125
"""How many registers one request may read."""


class Function(IntEnum):
    """The supported functions; all others are refused."""

    READ_HOLDING = 3
    READ_INPUT = 4
    WRITE_ONE = 6
    WRITE_MANY = 16
    MASK = 22
    READ_WRITE = 23


MOST_WRITTEN: Mapping[Function, int] = {Function.WRITE_MANY: 123, Function.READ_WRITE: 121}
"""How many registers one request may write, for functions that say how many."""

READING = frozenset({Function.READ_HOLDING, Function.READ_INPUT, Function.READ_WRITE})


class Code(IntEnum):
    """Codes of an exception response."""

    ILLEGAL_FUNCTION = 1
    ILLEGAL_ADDRESS = 2
    ILLEGAL_VALUE = 3
    NO_RESPONSE = 0x0B


class NotModbus(Exception):
    """The bytes of a connection are not Modbus TCP: it has to be closed."""


class Refused(Exception):
    """A request that is answered by the Modbus exception `code`."""

    def __init__(self, code: int) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: `pdu` is the function's number and its data."""

    transaction: int
    unit: int
    pdu: bytes

    def to_bytes(self) -> bytes:
        """Return the frame as bytes."""
        return HEADER.pack(self.transaction, 0, len(self.pdu) + 1, self.unit) + self.pdu


class Splitter:
    """Cuts a stream of bytes into frames; keeps less than one frame."""

    def __init__(self) -> None:
        self._rest = b""

    @property
    def waits(self) -> bool:
        """Whether a frame has begun and is incomplete."""
        return bool(self._rest)

    def feed(self, data: bytes) -> Iterator[Frame]:
        """Yield the frames that these bytes complete. Raises NotModbus when no further frame can be found."""
        self._rest += data
        while len(self._rest) >= HEADER.size:
            transaction, protocol, length, unit = HEADER.unpack_from(self._rest)
            if protocol != 0 or not 2 <= length <= LONGEST_PDU + 1:
                raise NotModbus(f"protocol {protocol}, length {length}")
            end = HEADER.size - 1 + length
            if len(self._rest) < end:
                return
            pdu, self._rest = self._rest[HEADER.size : end], self._rest[end:]
            yield Frame(transaction, unit, pdu)


@dataclass(frozen=True, slots=True)
class Request:
    """A request's PDU, and what it asks: which registers to read, and which to write with which values.

    `masks`: the AND and the OR mask of function 22, whose register is `write_at`.
    """

    pdu: bytes
    read_at: int = 0
    read_count: int = 0
    write_at: int = 0
    values: tuple[int, ...] = ()
    masks: tuple[int, int] | None = None

    @property
    def function(self) -> int:
        """The number of its function."""
        return self.pdu[0]

    @property
    def written(self) -> dict[int, int]:
        """Return register -> value; of a mask only where it keeps no bit of the register."""
        if self.masks is not None:
            return {} if self.masks[0] else {self.write_at: self.masks[1]}
        return {self.write_at + place: value for place, value in enumerate(self.values)}

    def with_values(self, values: tuple[int, ...]) -> Request:
        """Return the request with as many other values, which end its PDU."""
        begins = len(self.pdu) - 2 * len(values)
        return replace(self, values=values, pdu=self.pdu[:begins] + struct.pack(f">{len(values)}H", *values))


def read_request(address: int, count: int) -> Request:
    """Return a request that reads holding registers."""
    return Request(struct.pack(">BHH", Function.READ_HOLDING, address, count), address, count)


def write_request(address: int, value: int) -> Request:
    """Return a request that writes one register; negative values as two's complement."""
    word = value & 0xFFFF
    return Request(struct.pack(">BHH", Function.WRITE_ONE, address, word), write_at=address, values=(word,))


def parse_request(pdu: bytes) -> Request:
    """Return the request that a PDU contains.

    Raises Refused for an unknown function, an invalid, missing or superfluous byte, and addresses beyond the last.
    """
    try:
        function = Function(pdu[0])
    except ValueError:
        raise Refused(Code.ILLEGAL_FUNCTION) from None
    try:
        request = _parse_known_function(function, pdu)
    except struct.error:  # bytes are missing or left over
        raise Refused(Code.ILLEGAL_VALUE) from None
    if function in READING and not 1 <= request.read_count <= MOST_READ:
        raise Refused(Code.ILLEGAL_VALUE)
    if max(request.read_at + request.read_count, request.write_at + len(request.values)) > 0x10000:
        raise Refused(Code.ILLEGAL_ADDRESS)
    return request


def _parse_known_function(function: Function, pdu: bytes) -> Request:
    """Return the request of a known function; Refused for contradictory counts, struct.error for a wrong length."""
    read_at, read_count = struct.unpack_from(">HH", pdu, 1) if function in READING else (0, 0)
    rest = pdu[5:] if function in READING else pdu[1:]
    if function in MOST_WRITTEN:
        write_at, count, size = struct.unpack_from(">HHB", rest)
        if not 1 <= count <= MOST_WRITTEN[function] or size != 2 * count:
            raise Refused(Code.ILLEGAL_VALUE)
        return Request(pdu, read_at, read_count, write_at, struct.unpack(f">{count}H", rest[5:]))
    if function is Function.MASK:
        write_at, keeps, sets = struct.unpack(">HHH", rest)
        return Request(pdu, write_at=write_at, masks=(keeps, sets))
    if function is Function.WRITE_ONE:
        write_at, value = struct.unpack(">HH", rest)
        return Request(pdu, write_at=write_at, values=(value,))
    if rest:
        raise Refused(Code.ILLEGAL_VALUE)
    return Request(pdu, read_at, read_count)


def exception_response(function: int, code: int) -> bytes:
    """Return the PDU that answers a request with a failure."""
    return bytes((function | FAILED, code))


def exception_code(response: bytes) -> int | None:
    """Return the code of an exception response, None for any other response."""
    return response[1] if response[0] & FAILED and len(response) == 2 else None


def is_answer_to(request: Request, response: bytes) -> bool:
    """Return whether a response fits this request: its function, its place, and a consistent length.

    An exception response fits. Fewer registers than requested are accepted, because a Quasar sometimes answers so.
    """
    if response[0] == request.function | FAILED:
        return len(response) == 2
    if response[0] != request.function:
        return False
    if request.function in READING:
        size = len(response) - 2
        return size >= 0 and response[1] == size and size % 2 == 0 and size <= 2 * request.read_count
    return len(response) == (7 if request.function == Function.MASK else 5) and response[:3] == request.pdu[:3]


def register_values(response: bytes) -> tuple[int, ...]:
    """Return the values of a response that `answers` a reading request and is not a failure."""
    return struct.unpack_from(f">{response[1] // 2}H", response, 2)


def with_registers(response: bytes, values: tuple[int, ...]) -> bytes:
    """Return the response with other values."""
    return response[:2] + struct.pack(f">{len(values)}H", *values)


def as_signed(value: int) -> int:
    """Return a register as a signed number, by two's complement."""
    return value - 0x10000 if value >= 0x8000 else value


class ModbusConnection:
    """A connection to a device, for one request at a time. It is opened once and cannot be used after an error."""

    def __init__(self, host: str, port: int) -> None:
        self._address = (host, port)
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._is_closed = False
        self._transaction = 0

    @property
    def is_open(self) -> bool:
        """Whether it has been opened and not closed."""
        return self._streams is not None

    async def open(self) -> None:
        """Connect. OSError where that is impossible, or where it was closed meanwhile."""
        streams = await asyncio.open_connection(*self._address, limit=CHUNK_BYTES)
        if self._is_closed:
            streams[1].close()
            raise ConnectionError("closed while it was being opened")
        self._streams = streams

    def close(self) -> None:
        """Disconnect for good."""
        self._is_closed = True
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None

    async def exchange(self, request: Request, unit: int) -> bytes:
        """Return the PDU of the device's answer.

        OSError or EOFError without a connection, NotModbus for anything but the one answer to this request.
        """
        if self._streams is None:
            raise ConnectionError("not connected")
        reader, writer = self._streams
        if reader.at_eof():
            raise EOFError("closed by the device")
        self._transaction = (self._transaction + 1) & 0xFFFF
        writer.write(Frame(self._transaction, unit, request.pdu).to_bytes())
        await writer.drain()
        splitter, frames = Splitter(), list[Frame]()
        while not frames:
            data = await reader.read(CHUNK_BYTES)
            if not data:
                raise EOFError("closed by the device")
            frames += splitter.feed(data)
        if len(frames) > 1 or splitter.waits:
            raise NotModbus("more answers than requests")
        if frames[0].transaction != self._transaction or not is_answer_to(request, frames[0].pdu):
            raise NotModbus("an unexpected answer")
        return frames[0].pdu
