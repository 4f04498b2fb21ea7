"""Link to the inverter: one client, one request at a time, with the pauses that this device needs.

A SUN2000 serves one TCP client, drops requests in the first second of a connection, and answers busy when requests come
too fast. The host's clock (`now_s`) decides when it is polled; only the pauses within a poll are real time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from ... import tuning
from ...config.config import Config
from ...model.messages.message import Message, message
from ...model.readings import LinkState
from ...runtime.log_throttle import exception_text
from ..modbus import ModbusConnection, NotModbus, Refused, exception_code, read_request, register_values
from .registers import FIRST_UNIT, INVERTER, METER, STORAGE, UNITS, Block, decode_block, readings_by_entity

AFTER_CONNECT_S, BETWEEN_S = 1.5, 0.05
"""Earlier requests after connecting are dropped; and the pause between requests [s]."""
BUSY_S = 0.2
"""Pause before asking a busy inverter again [s]; it doubles each further time."""
BUSY = frozenset({4, 6})
ABSENT = 2
"""Modbus exceptions: busy or failing just now; no such register."""


class HuaweiLink:
    """Link to one SUN2000. It connects at the first poll, and again after a failure."""

    def __init__(self, host: str, port: int, unit: int, every_s: float) -> None:
        self.host, self.port, self.unit, self.every_s = host, port, unit, every_s
        self.states: Mapping[str, LinkState] = {}
        self.problems: tuple[str, ...] = ()
        """The link's problems that a user can solve, one sentence each."""
        self._connection = ModbusConnection(host, port)
        self._storage: Block | None = STORAGE
        self._next_s = float("-inf")
        self._polled_s = float("-inf")

    @classmethod
    def for_config(cls, config: Config) -> HuaweiLink | None:
        """Return a new link, None without a `huawei` section."""
        section: Any = config.sections["huawei"]
        return None if section is None else cls(**section)

    async def start(self) -> None:
        """Do nothing: connecting at the first poll keeps an absent inverter from delaying the scripts."""

    async def stop(self) -> None:
        """Disconnect, so that another client can connect to the inverter."""
        self._connection.close()

    async def poll(self, now_s: float) -> bool:
        """Read everything if that is due, and return whether it was read.

        A failure becomes a problem, closes the connection and waits at least `RETRY_S`; the last states stay.
        """
        if self._polled_s <= now_s < self._next_s:
            return False
        self._polled_s = now_s
        try:
            values = await self._read_all()
        except (Refused, NotModbus, OSError, EOFError, ValueError) as error:
            await self.stop()
            self._next_s = now_s + max(self.every_s, tuning.RETRY_S)
            self.problems = (_failure_message(error, f"{self.host}:{self.port}", self.unit),)
            return False
        self.problems, self._next_s = (), now_s + self.every_s
        self.states = {
            entity: LinkState(value, UNITS[entity], now_s) for entity, value in readings_by_entity(values).items()
        }
        return True

    async def _read_all(self) -> Mapping[str, float | None]:
        """Return the values of meter, inverter and battery, None for each unknown; connects first without a connection.

        A battery refused as absent is looked for at the first unit, then not until the next connection. Any other
        refusal, or a failed connection, is raised.
        """
        if not self._connection.is_open:
            await self._connect()
        values = dict(await self._read_block(METER))
        values |= await self._read_block(INVERTER)
        while self._storage is not None:
            try:
                return values | dict(await self._read_block(self._storage))
            except Refused as refused:
                if refused.code != ABSENT:
                    raise
                # Older firmware knows only the first unit, an inverter without a battery none.
                self._storage = FIRST_UNIT if self._storage is STORAGE else None
        return values

    async def _connect(self) -> None:
        """Connect to the inverter and wait as long as it needs. OSError where it refuses, or was closed meanwhile."""
        self._connection, self._storage = ModbusConnection(self.host, self.port), STORAGE
        async with asyncio.timeout(tuning.ANSWER_S):
            await self._connection.open()
        await asyncio.sleep(AFTER_CONNECT_S)

    async def _read_block(self, block: Block) -> Mapping[str, float | None]:
        """Return a block's values; a busy inverter gets the request `UNRESPONSIVE_TIMES` in all, at growing intervals.

        Any other refusal, and the last one, is raised.
        """
        for retry in range(tuning.UNRESPONSIVE_TIMES):
            await asyncio.sleep(BUSY_S * 2.0**retry if retry else BETWEEN_S)
            try:
                return decode_block(block, await self._read_registers(block))
            except Refused as refused:
                if refused.code not in BUSY or retry == tuning.UNRESPONSIVE_TIMES - 1:
                    raise
        raise AssertionError("the last try returns or raises")

    async def _read_registers(self, block: Block) -> tuple[int, ...]:
        """Return a block's registers; raises Refused for a Modbus exception."""
        async with asyncio.timeout(tuning.ANSWER_S):
            response = await self._connection.exchange(read_request(block.address, block.count), self.unit)
        code = exception_code(response)
        if code is not None:
            raise Refused(code)
        return register_values(response)


def _failure_message(error: Exception, where: str, unit: int) -> Message:
    """Return the message for an inverter that is busy, refuses, or does not answer, each with its remedy."""
    if isinstance(error, Refused) and error.code in BUSY:
        return message("inverter_busy", address=where)
    if isinstance(error, Refused):
        return message("inverter_refuses", address=where, unit_id=unit, exception=error.code)
    return message("inverter_silent", address=where, unit_id=unit, error=exception_text(error))
