"""The Quasar of the simulated house, its socket, and a controller that operates it through the guard all day.

The controller imitates V2G-Liberty: it takes control, charges in the cheap hours of night and noon, discharges at the
evening peak, reads the power every few seconds, and writes a set-point only when its plan changes.
"""

import asyncio
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from .entities import Call, State, sensor
from .load_entry import LoadEntry
from .meter import NotSimulated
from .modbus_server import ModbusServer
from .quasar import ACTION, AUTO_START, DRAWN_W, IDLE_S, KIND, OWNER, POWER_W, Quasar

PLAN = ((1.0, 5.0, 3600), (11.5, 14.0, 3600), (17.5, 20.5, -3600))
"""From and to [hours of the day], and the power then [W, + charging]: cheap nights and noons, and the evening peak."""

ASK_EVERY_S = 5
LOOPBACK = ("127.0.0.1", "localhost")
OURS_S = 1800


@dataclass(frozen=True)
class QuasarSpec:
    """The wiring of a Quasar."""

    name: str
    phases: tuple[str, ...]


class QuasarLoad:
    """One Quasar as a load of the house; `handle` and `on` exist because it is stored among the switched loads."""

    def __init__(self, entry: LoadEntry, start: datetime) -> None:
        guard = entry.config.get("guard") or {}
        if not guard.get("enabled") or guard.get("quasar_host") not in LOOPBACK:
            remedy = "write 'enabled': True and 'quasar_host': '127.0.0.1' with a free quasar_port"
            raise NotSimulated(
                f"loads.{entry.name}.guard: a Quasar is simulated on this machine, behind its guard; {remedy}"
            )
        ports = guard.get("quasar_port", 502), guard.get("listen_port", 5020)
        if any(isinstance(port, str) for port in ports):
            raise NotSimulated(f"loads.{entry.name}.guard: a port that an entity provides is not simulated")
        self.spec = QuasarSpec(entry.name, entry.phases[:1])
        self.quasar = Quasar()
        self.server = ModbusServer(self.quasar, int(ports[0]))
        self.controller = Controller(int(ports[1]), start)
        self._meter = guard.get("total_power_entity_id")
        self.commands = 0

    @property
    def on(self) -> bool:
        """Whether any power flows."""
        return abs(self.quasar.power_w) > 1

    @property
    def starts(self) -> int:
        """How often it was started."""
        return self.quasar.starts

    @property
    def taken_kwh(self) -> float:
        """The car's net energy: charged less discharged [kWh]."""
        return self.quasar.charged_kwh - self.quasar.given_kwh

    def draw_a(self, voltage_v: float) -> dict[str, float]:
        """Return the current on its phase [A], negative while discharging."""
        return dict.fromkeys(self.spec.phases, self.quasar.power_w / voltage_v)

    def handle(self, call: Call, now_s: float) -> bool:
        """Return False: service calls are never for it."""
        return False

    def step(self, now_s: float, powered: bool) -> None:
        """Advance by a second."""
        self.quasar.powered = powered
        self.quasar.step(now_s)
        self.commands = len(self.quasar.writes)

    def states(self, voltage_v: float) -> dict[str, State]:
        """Return nothing: it has no entities."""
        return {}

    def meter_states(self, net_w: Mapping[str, float | None]) -> dict[str, State]:
        """Return the state of the guard's own meter of its phase, empty without one."""
        net = net_w.get(self.spec.phases[0])
        if not isinstance(self._meter, str):
            return {}
        return {self._meter: sensor(net, "W")}


class QuasarNetwork:
    """All Quasars' sockets and their controllers, open while the house runs."""

    def __init__(self, loads: Mapping[str, QuasarLoad]) -> None:
        self.loads = loads

    async def __aenter__(self) -> "QuasarNetwork":
        for load in self.loads.values():
            await load.server.start()
        return self

    async def __aexit__(self, *_raised: object) -> None:
        for load in self.loads.values():
            load.controller.close()
            await load.server.stop()

    async def exchange(self, t_s: int) -> None:
        """Let the controllers act in second `t_s`."""
        for load in self.loads.values():
            await load.controller.run_second(t_s)


class Controller:
    """Operates one Quasar through its guard. It retries later when the guard cannot be reached."""

    def __init__(self, port: int, start: datetime) -> None:
        self._port, self._start = port, start
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._transaction = 0
        self._set_w: int | None = None
        self.refused = 0

    async def run_second(self, t_s: int) -> None:
        """Do everything that is due in this second."""
        if t_s % ASK_EVERY_S:
            return
        try:
            await self._send_due_request(t_s)
        except (OSError, EOFError, TimeoutError):
            self.close()

    def close(self) -> None:
        """Disconnect, if connected, and forget the set-point."""
        if self._streams is not None:
            self._streams[1].close()
        self._streams, self._set_w = None, None

    async def change_bits(self, power_w: int, and_mask: int, or_mask: int) -> None:
        """Write a power, then change bits of it with Modbus function 22."""
        await self._write(POWER_W, power_w)
        await self._exchange(struct.pack(">BHHH", 22, POWER_W, and_mask, or_mask))

    async def _send_due_request(self, t_s: int) -> None:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
            for register, value in ((OWNER, 1), (AUTO_START, 0), (KIND, 1), (IDLE_S, OURS_S)):
                await self._write(register, value)
        await self._exchange(struct.pack(">BHH", 3, DRAWN_W, 17))
        wanted_w = planned_w(self._start + timedelta(seconds=t_s))
        if wanted_w == self._set_w:
            return
        if wanted_w:
            await self._write(ACTION, 1)
            await self._write(POWER_W, wanted_w)
        else:
            await self._write(ACTION, 2)
            await self._write(POWER_W, 0)
        self._set_w = wanted_w

    async def _write(self, register: int, value: int) -> None:
        await self._exchange(struct.pack(">BHH", 6, register, value & 0xFFFF))

    async def _exchange(self, pdu: bytes) -> bytes:
        assert self._streams is not None
        reader, writer = self._streams
        self._transaction = (self._transaction + 1) & 0xFFFF
        async with asyncio.timeout(10):
            writer.write(struct.pack(">HHHB", self._transaction, 0, len(pdu) + 1, 1) + pdu)
            head = await reader.readexactly(7)
            answer = await reader.readexactly(struct.unpack(">HHHB", head)[2] - 1)
        if answer[0] & 0x80:
            self.refused += 1
            raise EOFError(f"code {answer[1]}")
        return answer


def planned_w(at: datetime) -> int:
    """Return the planned power at a time [W]."""
    hour = at.hour + at.minute / 60
    return next((power_w for begins, ends, power_w in PLAN if begins <= hour < ends), 0)
