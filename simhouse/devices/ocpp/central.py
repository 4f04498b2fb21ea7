"""The central system of Home Assistant's OCPP integration: a server on loopback that stores what it receives."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import unquote

from ocpp import messages as ocpp_messages
from ocpp.exceptions import OCPPError
from ocpp.routing import on
from ocpp.v16 import ChargePoint as Protocol
from ocpp.v16 import call, call_result
from websockets.asyncio.server import Server, ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from .charge_point import HEARTBEAT_S
from .known_point import KnownPoint
from .station import SUBPROTOCOL

PATIENCE_S = 30.0  # real time; only a program that hangs needs it
NO_PATIENCE_S = 0.02  # real time; for a charge point that is known to be silent
logging.getLogger("ocpp").setLevel(logging.CRITICAL)  # the library logs every message
ocpp_messages.ASYNC_VALIDATION = False  # in this thread: a schema is checked in less time than a thread takes


class Central:
    """Knows charge points by identity; `now_s` (since `start`) is the virtual time that it reports to them."""

    def __init__(self, start: datetime) -> None:
        self.now_s = 0.0
        self.seen: dict[str, KnownPoint] = {}
        self.links: dict[str, Link] = {}
        self._start = start.astimezone(UTC)
        self._arrived = asyncio.Condition()
        self._server: Server | None = None

    @property
    def url(self) -> str:
        """The address for charge points."""
        assert self._server is not None
        return f"ws://127.0.0.1:{next(iter(self._server.sockets)).getsockname()[1]}"

    def wall(self) -> datetime:
        """Return the present virtual date and time."""
        return self._start + timedelta(seconds=self.now_s)

    async def open(self) -> None:
        """Listen on a free port of loopback."""
        self._server = await serve(self._serve, "127.0.0.1", 0, subprotocols=[SUBPROTOCOL], ping_interval=None)

    async def close(self) -> None:
        """Close every socket, as when Home Assistant stops."""
        server, self._server = self._server, None
        if server is not None:
            server.close()
            await server.wait_closed()
            await self.forgotten(*self.links)

    async def arrived(self, identity: str) -> None:
        """Wait until this charge point's socket is connected."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: identity in self.links)

    async def forgotten(self, *identities: str) -> None:
        """Wait until these charge points' sockets are gone."""
        async with self._arrived:
            await self._arrived.wait_for(lambda: not self.links.keys() & set(identities))

    async def send_requests_after_boot(self, identity: str) -> None:
        """Send the requests that the integration sends after a charge point's boot."""
        answer: Any = await self.links[identity].call(call.GetConfiguration(), suppress=False)
        found = {entry["key"]: str(entry.get("value", "")) for entry in answer.configuration_key}
        self.seen[identity].configuration = found
        self.seen[identity].size = int(found.get("NumberOfConnectors", "1"))

    async def request_answer(self, identity: str, request: Any, hears: Callable[[], bool]) -> Any:
        """Send a request and return the answer; None when no answer comes or the request is refused.

        `hears`: whether the charge point can hear at all, to avoid waiting for one that cannot.
        """
        link = self.links[identity]
        link.patience(PATIENCE_S if hears() else NO_PATIENCE_S)
        try:
            return await link.call(request, suppress=False)
        except (OCPPError, TimeoutError, ConnectionClosed):
            return None

    async def _serve(self, socket: ServerConnection) -> None:
        identity = unquote(socket.request.path.rpartition("/")[2]) if socket.request else ""
        link = Link(identity, socket, self.seen.setdefault(identity, KnownPoint()), self)
        async with self._arrived:
            self.links[identity] = link
            self._arrived.notify_all()
        try:
            await link.start()
        except ConnectionClosed:
            pass
        finally:
            async with self._arrived:
                self.links.pop(identity, None)
                self._arrived.notify_all()


class Link(Protocol):
    """The central system's end of one socket."""

    def __init__(self, identity: str, socket: ServerConnection, seen: KnownPoint, central: Central) -> None:
        super().__init__(identity, socket, PATIENCE_S)
        self._seen, self._central = seen, central

    def patience(self, seconds: float) -> None:
        """Set how long the next answer is awaited [s, real time]."""
        self._response_timeout = seconds

    @on("BootNotification")
    def _boot(self, charge_point_vendor: str, charge_point_model: str, **_more: Any) -> Any:
        self._seen.vendor, self._seen.model = charge_point_vendor, charge_point_model
        return call_result.BootNotification(self._central.wall().isoformat(), HEARTBEAT_S, "Accepted")

    @on("Heartbeat")
    def _heartbeat(self) -> Any:
        return call_result.Heartbeat(self._central.wall().isoformat())

    @on("StatusNotification")
    def _status(self, connector_id: int, error_code: str, status: str, **_more: Any) -> Any:
        self._seen.take_status(connector_id, status, error_code)
        return call_result.StatusNotification()

    @on("StartTransaction")
    def _start(self, connector_id: int, meter_start: int, **_more: Any) -> Any:
        id = int(self._central.wall().timestamp())  # as the integration numbers them
        self._seen.take_start(connector_id, id, meter_start, self._central.now_s)
        return call_result.StartTransaction(id, {"status": "Accepted"})

    @on("StopTransaction")
    def _stop(self, transaction_id: int, reason: str = "Local", **_more: Any) -> Any:
        self._seen.take_stop(transaction_id, reason)
        return call_result.StopTransaction({"status": "Accepted"})

    @on("MeterValues")
    def _measured(self, connector_id: int, meter_value: list[Mapping[str, Any]], **more: Any) -> Any:
        self._seen.take_meter_values(connector_id, meter_value, more.get("transaction_id"))
        return call_result.MeterValues()
