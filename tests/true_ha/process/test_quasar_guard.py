"""The Quasar's guard in a true Home Assistant: controller and charger on real sockets, a restart, a power cut."""

from __future__ import annotations

import asyncio
import socket
import struct
from collections.abc import Iterator

import pytest

from simhouse.devices.in_thread import DeviceThread
from simhouse.devices.modbus_server import ModbusServer
from simhouse.devices.ports import free_port
from simhouse.devices.quasar import ACTION, IDLE_S, KIND, OWNER, POWER_W, Quasar, signed

from .house import FUSE_A, HOUSE, METER
from .running import HomeAssistant

VOLTS = 230.0
LIMIT = "sensor.quasar_loadbalancer_limit"


class Charger:
    """A Quasar that lives by the wall clock, in a thread of its own."""

    def __init__(self, thread: DeviceThread) -> None:
        self.thread = thread
        self.quasar = Quasar(delay_s=(0, 0), ramp_w_s=1e6)
        self.server = ModbusServer(self.quasar, free_port())
        self._life: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self.server.start()
        self._life = asyncio.create_task(self._live())

    async def stop(self) -> None:
        await self.stand_still()
        await self.server.stop()

    async def stand_still(self) -> None:
        """From now on it moves only when the test says so."""
        assert self._life is not None
        self._life.cancel()

    async def _live(self) -> None:
        while True:
            self.quasar.step(asyncio.get_running_loop().time())
            await asyncio.sleep(0.1)

    @property
    def set_w(self) -> int:
        return signed(self.quasar.registers[POWER_W])


@pytest.fixture
def charger() -> Iterator[Charger]:
    with DeviceThread() as thread:
        made = Charger(thread)
        thread.run(made)
        yield made


def guarded(charger: Charger, port: int) -> dict[str, object]:
    """CONFIG of a Quasar alone; the meter of its phase reports amps."""
    guard = {
        "enabled": True, "quasar_host": "127.0.0.1", "quasar_port": charger.server.port, "listen_port": port,
        "total_power_entity_id": METER, "total_power_limit": FUSE_A * VOLTS, "max_charge_power": 7400,
        "adjustment_delay": 1, "cooldown_period": 1,
    }  # fmt: skip
    return {"loads": {"v2g": {"type": "quasar", "phases": ["L1"], "guard": guard}}}


def written(port: int, *pairs: tuple[int, int]) -> None:
    """A controller comes, writes registers one by one, and goes; every value has to be echoed."""
    with socket.create_connection(("127.0.0.1", port), timeout=20) as controller:
        for register, value in pairs:
            pdu = struct.pack(">BHH", 6, register, value & 0xFFFF)
            controller.sendall(struct.pack(">HHHB", 7, 0, len(pdu) + 1, 1) + pdu)
            assert controller.recv(64) == struct.pack(">HHHB", 7, 0, len(pdu) + 1, 1) + pdu


def listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=5).close()
    except OSError:
        return False
    return True


class Phase:
    """Return its meter's value: the house and the charger."""

    def __init__(self, running: HomeAssistant, charger: Charger) -> None:
        self.running, self.charger, self.house_a = running, charger, 4.0

    def until(self, low_w: float, high_w: float, what: str) -> None:
        """Report the meter repeatedly until the charger is set between these."""

        def told() -> bool:
            flows_a = self.house_a + self.charger.quasar.power_w / VOLTS
            self.running.talk.post("input_number.set_value", entity_id=HOUSE, value=round(flows_a, 1))
            return low_w <= self.charger.set_w <= high_w

        self.running.wait(told, what)


def test_a_guard_cuts_restores_leaves_the_charger_at_rest_and_survives_restarts(home, charger):
    port = free_port()
    running = home(guarded(charger, port), offer_a=6, on=False, house_a=4)
    phase = Phase(running, charger)
    running.wait(lambda: listens(port), "the guard")
    written(port, (OWNER, 1), (KIND, 1), (IDLE_S, 1800), (ACTION, 1), (POWER_W, 4000))
    phase.until(4000, 4000, "the controller's power")
    phase.house_a = 13.0
    phase.until((FUSE_A - 13.2) * VOLTS, (FUSE_A - 13) * VOLTS, "the cut")
    running.wait(lambda: abs(float(running.talk.value(LIMIT)) - charger.set_w) <= 1, "the limit's entity")
    phase.house_a = 4.0
    phase.until(4000, 4000, "the controller's power, again")

    assert running.stop() == 0
    assert charger.set_w == 0
    assert not listens(port)
    running.start()
    running.wait(lambda: listens(port), "the guard after a restart")
    written(port, (ACTION, 1), (POWER_W, 3000))
    phase.until(3000, 3000, "power after a restart")

    charger.thread.do(charger.stand_still())
    running.kill()
    quasar = charger.quasar
    quasar.step(quasar.t_s + 1)
    assert quasar.power_w == 3000
    quasar.step(quasar.t_s + 60)
    assert quasar.power_w == 0
