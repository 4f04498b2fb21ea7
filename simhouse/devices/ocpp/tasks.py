"""Reading a socket in the background, as the `ocpp` library does it, until the socket is gone."""

import asyncio
import contextlib
from collections.abc import Coroutine
from typing import Any

from websockets.exceptions import ConnectionClosed


class Reader:
    """A task that reads until its connection closes."""

    def __init__(self, reading: Coroutine[Any, Any, None]) -> None:
        self._task = asyncio.create_task(reading)

    async def ended(self) -> None:
        """Waits until it has stopped; anything but a closed connection is raised."""
        with contextlib.suppress(ConnectionClosed):
            await self._task
