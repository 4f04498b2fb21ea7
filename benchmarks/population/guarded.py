"""A home's Quasar behind its guard without sockets: the guard's own code, a controller's requests, and the charger."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from math import isfinite

from fusebox.config.config import Config
from fusebox.control.limits.power_range import PowerRange
from fusebox.devices.modbus import Frame, Request
from fusebox.devices.quasar.controller import GuardController, link_entity
from fusebox.devices.quasar.guard import Guard
from fusebox.devices.quasar.guard_config import GuardConfig, guarded_loads
from fusebox.devices.quasar.upstream import UNIT, ChargerConnection
from fusebox.model.readings import LinkState, Meters, View
from simhouse.devices.modbus_server import ModbusServer
from simhouse.devices.quasar import ACTION, AUTO_START, DRAWN_W, IDLE_S, KIND, OWNER, POWER_W, Quasar
from simhouse.devices.quasar_load import ASK_EVERY_S, OURS_S
from simhouse.population.home import Bidirectional

START, STOP = 1, 2


class InProcess(ChargerConnection):
    """The connection to a charger in this process, which is always there and answers at once."""

    def __init__(self, quasar: Quasar) -> None:
        super().__init__("", 0, _nothing_more)
        self._server = ModbusServer(quasar)

    @property
    def connected(self) -> bool:
        """True."""
        return True

    async def exchange(self, request: Request, unit: int = UNIT) -> bytes:
        """Return the charger's response to a request."""
        return self._server.answer(request.pdu)


class GuardedQuasar:
    """The guard of one Quasar and the controller whose requests pass through it."""

    def __init__(self, config: Config, home: Bidirectional, quasar: Quasar) -> None:
        (self._guarded,) = guarded_loads(config, {})
        guard = Guard(self._guarded.listen, self._guarded.quasar)
        guard.upstream = InProcess(quasar)
        self._home, self._meters = home, Meters()
        self._controller = GuardController(guard)
        self._requested_w: int | None = None

    @property
    def guarded(self) -> GuardConfig:
        """The Quasar's part of CONFIG."""
        return self._guarded

    async def run(self, t_s: int, view: View) -> None:
        """Pass the controller's requests of this second, then measure and enforce the limits."""
        await self._request(t_s)
        await self._controller.run(view.now_s, self._guarded.power(self._meters, view), self._guarded.settings)

    async def enforce(self, view: View, power_ranges: Mapping[str, PowerRange]) -> None:
        """Enforce what the allocation leaves the Quasar."""
        self._controller.store_power_range(view.now_s, power_ranges[self._guarded.name])
        await self._controller.run(view.now_s, self._guarded.power(self._meters, view), self._guarded.settings)

    def states(self) -> dict[str, LinkState]:
        """Return the guard's readings as states, for the driver."""
        return {
            link_entity(self._guarded.name, what): LinkState(value, "" if what == "state" else "W", at_s)
            for what, (value, at_s) in self._controller.known_readings().items()
            if isfinite(at_s)
        }

    async def _request(self, t_s: int) -> None:
        """Request what V2G-Liberty does: take control first, read regularly, write a power when the plan changes."""
        if t_s % ASK_EVERY_S:
            return
        if self._requested_w is None:
            for register, value in ((OWNER, 1), (AUTO_START, 0), (KIND, 1), (IDLE_S, OURS_S)):
                await self._write(register, value)
        await self._pass(struct.pack(">BHH", 3, DRAWN_W, 17))
        wanted_w = self._home.requested_w(t_s)
        if wanted_w != self._requested_w:
            await self._write(ACTION, START if wanted_w else STOP)
            await self._write(POWER_W, wanted_w)
            self._requested_w = wanted_w

    async def _write(self, register: int, value: int) -> None:
        await self._pass(struct.pack(">BHH", 6, register, value & 0xFFFF))

    async def _pass(self, pdu: bytes) -> None:
        await self._controller.guard.answer_client(Frame(0, UNIT, pdu))


async def _nothing_more() -> None:
    """Do nothing: the charger is connected from the beginning."""
