"""The charge point's end of the socket: sends its requests and answers those of the central system."""

from datetime import datetime
from typing import Any
from urllib.parse import quote

from ocpp.routing import on
from ocpp.v16 import ChargePoint as Protocol
from ocpp.v16 import call, call_result
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Subprotocol

from .charge_point import ChargePoint
from .messages import Message
from .tasks import Reader

SUBPROTOCOL = Subprotocol("ocpp1.6")


class Station:
    """A charge point with its socket, which is opened, used and lost only on request."""

    def __init__(self, point: ChargePoint) -> None:
        self.point = point
        self._socket: ClientConnection | None = None

    @property
    def open(self) -> bool:
        """Whether it has a socket."""
        return self._socket is not None

    async def connect(self, url: str) -> None:
        """Open the socket to `url`; OSError when nothing listens there."""
        self._socket = await connect(
            f"{url}/{quote(self.point.identity)}", subprotocols=[SUBPROTOCOL], ping_interval=None
        )
        self._protocol = _Answers(self.point, self._socket)
        self._reader = Reader(self._protocol.start())

    async def cut_connection(self) -> None:
        """Cut the socket without a closing message."""
        socket, self._socket = self._socket, None
        if socket is not None:
            socket.transport.abort()
            await self._reader.ended()

    async def send_request(self, message: Message) -> None:
        """Send one request, wait for its answer and let the charge point store what concerns it."""
        payload, session = dict(message.payload), message.session
        if session is not None and message.action != "StartTransaction" and session.id is not None:
            payload["transaction_id"] = session.id
        answer: Any = await self._protocol.call(getattr(call, message.action)(**payload), suppress=False)
        if session is not None and message.action == "StartTransaction":
            session.id = answer.transaction_id
        elif message.action in ("BootNotification", "Heartbeat"):
            self.point.electronics.set_clock(datetime.fromisoformat(answer.current_time))


class _Answers(Protocol):
    """The charge point's answers to requests; none while it is silent."""

    def __init__(self, point: ChargePoint, socket: ClientConnection) -> None:
        super().__init__(point.identity, socket)
        self._point = point

    async def route_message(self, raw_msg: Any) -> None:
        """Handle an incoming message if the charge point is connected."""
        if self._point.electronics.connected:
            await super().route_message(raw_msg)

    @on("SetChargingProfile")
    def _set(self, connector_id: int, cs_charging_profiles: dict[str, Any]) -> Any:
        return call_result.SetChargingProfile(self._point.set_profile(connector_id, cs_charging_profiles))

    @on("ClearChargingProfile")
    def _clear(
        self,
        id: int | None = None,
        connector_id: int | None = None,
        charging_profile_purpose: str | None = None,
        stack_level: int | None = None,
    ) -> Any:
        status = self._point.clear_profiles(
            id=id, connector=connector_id, purpose=charging_profile_purpose, level=stack_level
        )
        return call_result.ClearChargingProfile(status)

    @on("GetConfiguration")
    def _asked(self, key: list[str] | None = None) -> Any:
        known, unknown = self._point.configuration.answer_request(key)
        return call_result.GetConfiguration(known, unknown or None)

    @on("ChangeConfiguration")
    def _change(self, key: str, value: str) -> Any:
        return call_result.ChangeConfiguration(self._point.configuration.change(key, value))

    @on("RemoteStartTransaction")
    def _remote_start(self, id_tag: str, connector_id: int | None = None, **_more: Any) -> Any:
        return call_result.RemoteStartTransaction(self._point.remote_start(connector_id))

    @on("RemoteStopTransaction")
    def _remote_stop(self, transaction_id: int) -> Any:
        return call_result.RemoteStopTransaction(self._point.remote_stop(transaction_id))

    @on("Reset")
    def _reset(self, type: str) -> Any:
        self._point.electronics.reset()
        return call_result.Reset("Accepted")

    @on("TriggerMessage")
    def _trigger(self, requested_message: str, connector_id: int | None = None) -> Any:
        return call_result.TriggerMessage(self._point.repeat(requested_message, connector_id))
