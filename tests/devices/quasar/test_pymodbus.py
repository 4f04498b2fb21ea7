"""A pymodbus client, as V2G-Liberty uses one, through the guard. Runs with whichever version is installed.

`make pymodbus-matrix` runs it with each from 3.8 on.
"""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

import pytest

from .controllers import ACTION, DRAWN_W, IDLE_S, KIND, OWNER, POWER_W, running
from .homes import Home

pymodbus_client = pytest.importorskip("pymodbus.client")
SIGNATURE = inspect.signature(pymodbus_client.AsyncModbusTcpClient.read_holding_registers).parameters
UNIT: dict[str, Any] = {"device_id" if "device_id" in SIGNATURE else "slave": 1}
"""How this version calls the unit."""


def signed(value: int) -> int:
    return value - 65536 if value > 32767 else value


def test_it_reads_and_writes_and_reports_failures():
    async def play():
        async with Home() as home:
            await home.second()
            client = pymodbus_client.AsyncModbusTcpClient("127.0.0.1", port=home.port, timeout=5)
            assert await client.connect()
            try:
                for register, value in ((OWNER, 1), (KIND, 1), (IDLE_S, 1800), (ACTION, 1), (POWER_W, 3000)):
                    written = await client.write_register(register, value, **UNIT)
                    assert not written.isError()
                    assert written.registers[0] == value
                await home.seconds(3)
                read = await client.read_holding_registers(DRAWN_W, count=17, **UNIT)
                assert len(read.registers) == 17
                assert read.registers[0] == 3000
                assert (await client.read_holding_registers(IDLE_S, count=1, **UNIT)).registers == [1800]

                home.house_w = 4000.0
                await home.second()
                written = await client.write_register(POWER_W, 65536 - 4000, **UNIT)
                assert signed(written.registers[0]) == -4000
                assert home.set_w == -4000
                assert not (await client.write_registers(POWER_W, [6000], **UNIT)).isError()
                assert home.set_w == 1750
                masked = await client.mask_write_register(address=POWER_W, and_mask=0, or_mask=5000, **UNIT)
                assert not masked.isError()
                assert home.set_w == 1750

                unknown = await client.read_holding_registers(400, count=1, **UNIT)
                assert unknown.isError()
                assert unknown.exception_code == 2
                refused = await client.read_coils(0, count=1, **UNIT)
                assert refused.exception_code == 1
                await home.charger.stop()
                away = await client.read_holding_registers(DRAWN_W, count=1, **UNIT)
                assert away.exception_code == 0x0B
            finally:
                client.close()

    running(play())


def test_two_clients_at_once_get_their_own_answers():
    async def play():
        async with Home() as home:
            await home.second()
            home.quasar.registers |= {1000 + place: place for place in range(10)}
            clients = [pymodbus_client.AsyncModbusTcpClient("127.0.0.1", port=home.port) for _ in range(3)]
            for client in clients:
                await client.connect()

            async def ask(client: Any, place: int) -> None:
                for _ in range(10):
                    read = await client.read_holding_registers(1000 + place, count=1, **UNIT)
                    assert read.registers == [place]

            await asyncio.gather(*(ask(client, place) for place, client in enumerate(clients)))
            for client in clients:
                client.close()

    running(play())
