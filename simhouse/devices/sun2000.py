"""A Huawei SUN2000: its registers, and a real socket that is as hard to read as the real one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from .modbus_server import READ, Habits, ModbusServer

ILLEGAL_ADDRESS = 2
NO_I32 = 0x7FFFFFFF
ON_GRID, NO_IRRADIATION = 0x0200, 0xA000


@dataclass
class Sun2000:
    """Measured values [W, + = export at the meter, + = charging at the battery] and its socket.

    `grid_export_w`: one value a phase; a single one means a single-phase meter. `pv_w` None: it sleeps. `soc_pct` None:
    no battery. `meter_online` False: the meter keeps its last numbers and reports that it is offline.
    """

    grid_export_w: tuple[float, ...] = (0.0, 0.0, 0.0)
    pv_w: float | None = 0.0
    soc_pct: float | None = None
    charge_w: float = 0.0
    old_firmware: bool = False
    meter_online: bool = True
    server: ModbusServer = field(init=False)

    def __post_init__(self) -> None:
        """Serve one client, the newest, ignore its first second, and need pauses between requests."""
        habits = Habits(one_client=True, unit=1, early_s=1.0, hasty_s=0.03)
        self.server = ModbusServer(self, functions=(READ,), habits=habits)

    def read(self, address: int, count: int) -> list[int] | int:
        """Return registers, 0 for gaps between them; an exception code where there are none."""
        registers, asked = dict(self._registers()), range(address, address + count)
        if registers.keys().isdisjoint(asked):
            return ILLEGAL_ADDRESS
        return [registers.get(place, 0) for place in asked]

    def write(self, address: int, value: int) -> int:
        """Refuse: no simulated register can be written."""
        return ILLEGAL_ADDRESS

    def _registers(self) -> Iterator[tuple[int, int]]:
        """Yield (address, word) of all registers now."""
        yield 37100, int(self.meter_online)
        yield from _as_two_registers(37113, sum(self.grid_export_w))
        yield 37125, int(len(self.grid_export_w) > 1)
        phases = self.grid_export_w if len(self.grid_export_w) > 1 else ()
        for place in range(3):
            yield from _as_two_registers(37132 + 2 * place, phases[place] if place < len(phases) else None)
        yield from _as_two_registers(32064, self.pv_w)
        yield 32089, NO_IRRADIATION if self.pv_w is None else ON_GRID
        if self.soc_pct is not None:
            charge, soc = (37001, 37004) if self.old_firmware else (37765, 37760)
            yield from _as_two_registers(charge, self.charge_w)
            yield soc, round(self.soc_pct * 10)


def _as_two_registers(address: int, value: float | None) -> Iterator[tuple[int, int]]:
    """Yield a signed 32-bit number as two registers, high word first; None gives the marker for no value."""
    raw = NO_I32 if value is None else round(value) & 0xFFFFFFFF
    yield address, raw >> 16
    yield address + 1, raw & 0xFFFF
