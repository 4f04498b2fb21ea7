"""Devices that the scripts reach at an address instead of through entities: a Huawei inverter, Easee chargers.

They listen on loopback, on ports of their own; `addressed` returns a CONFIG with these addresses.
"""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from statistics import fmean
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from simhouse.physics.car import Car, CarState, step_car

from .charger import charger_spec
from .easee_cloud import UNEVEN, EaseeCharger, EaseeCloud
from .entities import State
from .in_thread import Device
from .load_entry import LoadEntry
from .sun2000 import Sun2000

if TYPE_CHECKING:
    from simhouse.devices.roof import Generation

HUAWEI = "huawei"


class EaseeBox:
    """An Easee charger's cable and car in the house; everything else goes through the cloud."""

    def __init__(self, entry: LoadEntry, car: Car, start: datetime) -> None:
        config = entry.config
        self.spec = charger_spec(replace(entry, config={"current": "", **config}))
        self.car, self.car_state = car, CarState()
        used = min(car.phases, len(entry.phases))
        place = config["site"], config["circuit_id"]
        # As another charger, it was left by its installer at the maximum of CONFIG.
        self.device = EaseeCharger(str(config["charger"]), place, phases=used, takes_a=None, most_a=self.spec.limit_a)
        self.powered = self.online = True
        self.commands = self.refused = 0
        self._start_s = start.timestamp()

    @property
    def offered_a(self) -> float:
        """The current offered to the car [A a phase]."""
        return self.device.allowed_a if self.powered else 0.0

    @property
    def car_phases(self) -> tuple[str, ...]:
        """The phases of the site that the car uses."""
        return self.spec.phases[: min(self.car_state.using or self.car.phases, self.device.lines)]

    def draw_a(self) -> dict[str, float]:
        """The current on each phase of the cable [A]."""
        used = self.car_phases
        parts = {phase: part if phase in used else 0.0 for phase, part in zip(self.spec.phases, UNEVEN, strict=False)}
        return {phase: self.car_state.draw_a * part for phase, part in parts.items()}

    def handle(self, _call: Any, _now_s: float) -> bool:
        """Return False: it has no entities to command."""
        return False

    def step(self, now_s: float, voltage_v: float, powered: bool) -> None:
        """Advance by a second: commands from the cloud arrive, limits expire, the car follows."""
        self.powered, self.device.online = powered, powered and self.online
        self.device.advance(self._start_s + now_s)
        if not powered:
            self.car_state = replace(self.car_state, draw_a=0.0, offers=())
        was_present, lines = self.car_state.present, self.device.lines
        mean_v = voltage_v * fmean(UNEVEN[: min(self.car.phases, lines)])  # so that its energy is that of its phases
        self.car_state = step_car(self.car, self.car_state, self.offered_a, now_s, mean_v, lines)
        present = self.car_state.present
        if present and not was_present:  # its own limit does not outlast the car before
            self.device.charger_a, self.device.charger_ends_s = self.device.most_a, None
        self.device.takes_a = self.car_state.draw_a if present else None
        self.device.waits = present and not self.car_state.full

    def states(self, _now_s: float, _voltage_v: float) -> dict[str, State]:
        """Return nothing: it has no entities."""
        return {}


class LinkedDevices:
    """The inverter and the cloud of a house. Each `async with linked:` opens their sockets."""

    def __init__(self, inverter: Sun2000 | None, boxes: Mapping[str, EaseeBox]) -> None:
        self.inverter, self.boxes = inverter, dict(boxes)
        self.cloud = EaseeCloud([box.device for box in boxes.values()]) if boxes else None
        self._depth = 0

    async def __aenter__(self) -> Self:
        self._depth += 1
        if self._depth == 1:
            for device in self._sockets():
                await device.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            for device in self._sockets():
                await device.stop()

    def _sockets(self) -> tuple[Device, ...]:
        inverter = () if self.inverter is None else (self.inverter.server,)
        return (*inverter, *(() if self.cloud is None else (self.cloud,)))

    def with_addresses(self, config: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return a copy of CONFIG with the addresses of these devices, and each charger with this cloud's account."""
        found = deepcopy(dict(config))
        if self.inverter is not None:
            server = self.inverter.server
            found[HUAWEI] |= {"host": "127.0.0.1", "port": server.port, "unit": server.habits.unit}
        for name in self.boxes:
            assert self.cloud is not None
            account = {"username": self.cloud.username, "password": self.cloud.password}
            found["loads"][name] |= {**account, "base_url": self.cloud.url}
        return found

    def measure(self, net_w: Mapping[str, float], roof: "Generation", has_battery: bool) -> None:
        """Give the inverter, if any, its present measurements, no charge level without a battery. `net_w`: import."""
        if self.inverter is not None:
            self.inverter.grid_export_w = tuple(-net_w[phase] for phase in sorted(net_w))
            self.inverter.pv_w, self.inverter.charge_w = roof.solar_w, roof.battery_w
            self.inverter.soc_pct = roof.soc_pct if has_battery else None


def linked_where_needed(config: Mapping[str, Any], boxes: Mapping[str, EaseeBox]) -> LinkedDevices | None:
    """Return the devices that CONFIG reaches at an address, None without any."""
    inverter = Sun2000() if config.get(HUAWEI) else None
    return LinkedDevices(inverter, boxes) if inverter or boxes else None
