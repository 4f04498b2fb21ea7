"""The server for controllers: many clients, each served in the order of its own requests."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
from collections.abc import Awaitable, Callable, Sequence

from ... import tuning
from ..modbus import CHUNK_BYTES, Frame, NotModbus, Splitter

MOST_CLIENTS = 16
"""When one more connects, the client silent for longest is dropped if it is idle, else the new one is turned away."""
MOST_TURNED_AWAY = 100
"""Number of refused addresses that are remembered, to log each once."""

LOG = logging.getLogger("fusebox.quasar")


AnswerFrame = Callable[[Frame], Awaitable[bytes]]
"""Frame -> PDU that answers it. Never raises."""


class Server:
    """Listens, and passes every whole frame to `answer`. `allowed`: addresses and networks, empty for all."""

    def __init__(self, host: str, port: int, allowed: Sequence[str], answer: AnswerFrame) -> None:
        self._address = (host, port)
        self._allowed = [ipaddress.ip_network(each, strict=False) for each in allowed]
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._clients: dict[asyncio.StreamWriter, asyncio.Task[None] | None] = {}
        self._heard_s: dict[asyncio.StreamWriter, float] = {}
        self._turned_away: set[str] = set()

    async def start(self) -> None:
        """Listen. Raises OSError when that is impossible."""
        self._server = await asyncio.start_server(self._serve_client, *self._address, limit=CHUNK_BYTES)

    async def stop_listening(self) -> None:
        """Accept no new clients; the present ones stay."""
        if self._server is not None:
            self._server.close()
            self._server = None
        await asyncio.sleep(0)

    async def stop(self) -> None:
        """End all connections."""
        await self.stop_listening()
        tasks = [task for task in self._clients.values() if task is not None]
        for writer in list(self._clients):
            writer.transport.abort()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve_client(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Serve one client until it disconnects, misbehaves or the server stops; then close its connection.

        A client without permission, or for whom there is no room, is closed at once.
        """
        if not self._is_allowed(writer) or not self._drop_idle_client_if_full():
            writer.close()
            return
        self._clients[writer] = asyncio.current_task()
        self._heard_s[writer] = asyncio.get_running_loop().time()
        try:
            await self._answer_frames(reader, writer)
        except (NotModbus, OSError, TimeoutError) as error:
            LOG.debug("a client is disconnected: %s", error or type(error).__name__)
        except asyncio.CancelledError:
            LOG.debug("a client is disconnected: the guard stops")
        finally:
            self._clients.pop(writer, None)
            self._heard_s.pop(writer, None)
            writer.close()

    def _drop_idle_client_if_full(self) -> bool:
        """Return whether one more client may connect. When full, drop the client silent for longest if it is idle."""
        if len(self._clients) < MOST_CLIENTS:
            return True
        quietest = min(self._heard_s, key=lambda writer: self._heard_s[writer])
        if asyncio.get_running_loop().time() - self._heard_s[quietest] < tuning.ANSWER_S:
            return False
        self._clients.pop(quietest, None)
        del self._heard_s[quietest]
        quietest.transport.abort()
        return True

    def _is_allowed(self, writer: asyncio.StreamWriter) -> bool:
        """Return whether a client's address is allowed; every one without a list, none without an address.

        A refused address is logged once.
        """
        peer = writer.get_extra_info("peername")
        if not self._allowed:
            return True
        try:
            address = ipaddress.ip_address(peer[0].partition("%")[0])
        except (TypeError, ValueError):
            return False
        mapped = getattr(address, "ipv4_mapped", None) or address
        if any(mapped in network for network in self._allowed):
            return True
        if str(mapped) not in self._turned_away and len(self._turned_away) < MOST_TURNED_AWAY:
            self._turned_away.add(str(mapped))
            LOG.warning("%s may not connect to the Quasar's guard: it is not in allowed_clients", mapped)
        return False

    async def _answer_frames(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer a client's frames in order until it disconnects.

        Raises TimeoutError when a frame or an answer takes longer than `ANSWER_S`, NotModbus for other data.
        """
        loop = asyncio.get_running_loop()
        splitter, begun_s = Splitter(), 0.0
        while True:
            ends_s = begun_s + tuning.ANSWER_S if splitter.waits else None
            async with asyncio.timeout_at(ends_s):
                data = await reader.read(CHUNK_BYTES)
            if not data:
                return
            if not splitter.waits:
                begun_s = loop.time()
            for frame in splitter.feed(data):
                if writer in self._heard_s:
                    self._heard_s[writer] = loop.time()
                answer = await self._answer(frame)
                writer.write(Frame(frame.transaction, frame.unit, answer).to_bytes())
                async with asyncio.timeout(tuning.ANSWER_S):
                    await writer.drain()
                begun_s = loop.time()
