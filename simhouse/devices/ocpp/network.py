"""The charge points of a house, their sockets and the central system, in virtual time.

Nothing here uses real time. In each second every charge point sends its messages and waits for the answers; then the
entities are written, the scripts decide, and each of their calls is answered before the next.
"""

from collections.abc import Mapping
from types import TracebackType
from typing import Any, Self

from simhouse.devices.entities import State

from .central import Central
from .charger import OcppCharger
from .known_point import KnownPoint
from .orders import Orders
from .services import ALL
from .shown import displayed_entities
from .station import Station

GONE = "unavailable"
"""Error text of the integration for a charge point that is not connected (its translation is missing)."""


class Network:
    """`async with network:` opens the central system; each second call `exchange`, then `orders.obey`.

    `chargers`: load name -> charger; `names`: the integration's entity id -> CONFIG's.
    """

    def __init__(self, central: Central, chargers: Mapping[str, OcppCharger], names: Mapping[str, str]) -> None:
        self.central, self.chargers = central, dict(chargers)
        points = {charger.point.identity: charger.point for charger in chargers.values()}
        self.stations = {identity: Station(points[identity]) for identity in sorted(points)}
        central.seen |= {identity: KnownPoint(answered=True) for identity in self.stations}
        self.orders = Orders(central, self.chargers, {own: usual for usual, own in names.items()})
        self._names = dict(names)
        self._answers: list[dict[str, Any]] = []
        self._depth = 0

    async def __aenter__(self) -> Self:
        self._depth += 1
        if self._depth == 1:
            await self.central.open()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._depth -= 1
        if self._depth == 0:
            for station in self.stations.values():
                await station.cut_connection()
            await self.central.close()

    async def restart(self) -> None:
        """Restart Home Assistant: sockets and knowledge of the chargers are lost, and the chargers reconnect."""
        await self.central.close()
        for identity, station in self.stations.items():
            await station.cut_connection()
            self.central.seen[identity] = self.central.seen[identity].after_restart()
        self._answers = []
        await self.central.open()

    async def exchange(self, now_s: float) -> dict[str, State]:
        """Run second `now_s`: sockets open and close, charge points send; return the entities written."""
        self.central.now_s = now_s
        shown: dict[str, State] = {}
        for identity, station in self.stations.items():
            point, seen = station.point, self.central.seen[identity]
            if point.electronics.connected:
                await self._store_connection(station, seen)
                await self._send_messages(station)
            elif not point.electronics.silent and station.open:
                await station.cut_connection()
                await self.central.forgotten(identity)
                seen.connected = False  # the integration (0.10 and newer) leaves its entities as they are
            if seen.answered:
                seen.answered = False
                found = displayed_entities(identity, seen, point.firmware.current_by, now_s)
                shown |= {self._names.get(entity, entity): state for entity, state in found.items()}
        return shown

    def answers(self) -> dict[str, Any]:
        """Return changed answers of services as a part of a line to the host; empty if unchanged."""
        found: list[dict[str, Any]] = []
        for identity, seen in self.central.seen.items():
            if not seen.connected:
                found += [{"service": f"ocpp.{s}", "data": {"devid": identity}, "error": GONE} for s in ALL]
                continue
            for key, value in (*seen.configuration.items(), (None, "Unknown")):
                asked = {"devid": identity} | ({} if key is None else {"ocpp_key": key})
                found.append({"service": "ocpp.get_configuration", "data": asked, "response": {"value": value}})
            found.append(
                {"service": "ocpp.configure", "data": {"devid": identity}, "response": {"reboot_required": False}}
            )
        if found == self._answers:
            return {}
        self._answers = found
        return {"respond": found}

    async def _store_connection(self, station: Station, seen: KnownPoint) -> None:
        if station.open:
            return
        point = station.point
        await station.connect(self.central.url)
        await self.central.arrived(point.identity)
        seen.reconnects += seen.ever
        seen.answered = not seen.ever  # after a reconnect the first report writes the entities
        seen.connected = seen.ever = True
        if not any(message.action == "BootNotification" for message in point.outbox):
            point.reconnected()
            await self.central.send_requests_after_boot(point.identity)

    async def _send_messages(self, station: Station) -> None:
        outbox = station.point.outbox
        while outbox:
            message = outbox.pop(0)
            await station.send_request(message)
            if message.action == "BootNotification":
                await self.central.send_requests_after_boot(station.point.identity)
