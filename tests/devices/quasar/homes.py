"""A guard between a simulated Quasar and a house whose phase is metered each second, on a test clock."""

from __future__ import annotations

import asyncio
from typing import Any, Self

from fusebox.devices.quasar.controller import GuardController, GuardSettings
from fusebox.devices.quasar.guard import Guard
from fusebox.devices.quasar.limits import Pace
from fusebox.model.snapshot import NEVER, Reading
from simhouse.devices.modbus_server import ModbusServer
from simhouse.devices.quasar import POWER_W, Quasar, signed

from .controllers import Controller

LIMIT_W = 5750.0
SETTINGS = GuardSettings(LIMIT_W, 7400.0, Pace(10.0, 15.0, 180.0))


class Home:
    """`async with Home() as home:` `house_w` is the phase's other load; the meter sees it and the charger."""

    def __init__(self, settings: GuardSettings = SETTINGS, allowed: tuple[str, ...] = (), **quasar: Any) -> None:
        quick = {"delay_s": (0.0, 0.0), "ramp_w_s": 1e6}
        self.quasar = Quasar(**{**quick, **quasar})
        self.charger = ModbusServer(self.quasar, functions=(3, 4, 6, 16, 22, 23))
        self.settings = settings
        self.house_w = 1000.0
        self.now_s = 0.0
        self.metered = True
        self.every_s = 1
        self.shown: Reading = NEVER
        self._reported_s = 0.0
        self._allowed = allowed
        self.worst_w = 0.0
        self._controllers: list[Controller] = []

    async def __aenter__(self) -> Self:
        await self.charger.start()
        await self.begin()
        return self

    async def __aexit__(self, *raised: object) -> None:
        for controller in self._controllers:
            controller.close()
        await self.guard.stop()
        await self.charger.stop()

    async def begin(self, kept: dict[int, int] | None = None) -> None:
        """Start a guard with these stored requests."""
        self.guard = Guard(("127.0.0.1", 0), ("127.0.0.1", self.charger.port), self._allowed, kept)
        await self.guard.start()
        self.guard_controller = GuardController(self.guard)

    @property
    def port(self) -> int:
        """The guard's port."""
        assert self.guard.server._server is not None
        return int(self.guard.server._server.sockets[0].getsockname()[1])

    async def controller(self) -> Controller:
        """Return a new client of the guard."""
        self._controllers.append(await Controller.to(self.port))
        return self._controllers[-1]

    @property
    def set_w(self) -> int:
        """The charger's set-point [W]."""
        return signed(self.quasar.registers[POWER_W])

    @property
    def phase_w(self) -> float:
        """The present flow on the phase [W]."""
        return self.house_w + self.quasar.power_w

    def look(self) -> Reading:
        """Return the meter's present reading."""
        if self.metered and self.now_s % self.every_s == 0:
            # A true meter's last digits never stand still.
            self.shown, self._reported_s = Reading(self.phase_w, self.phase_w, 0.0), self.now_s
        age_s = self.now_s - self._reported_s if self.shown.last is not None else float("inf")
        return Reading(self.shown.value if self.metered else None, self.shown.last, age_s)

    async def second(self) -> None:
        """Simulate a second: the charger moves, the meter shows it, the guard runs."""
        self.now_s += 1
        self.quasar.step(self.now_s)
        self.worst_w = max(self.worst_w, abs(self.phase_w))
        await self.guard_controller.run(self.now_s, self.look(), self.settings)

    async def seconds(self, count: int) -> None:
        """Simulate this many seconds."""
        for _ in range(count):
            await self.second()


async def until(true: Any) -> None:
    """Wait in real time for something that sockets bring about."""
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.01)
