"""Read a socket in the background, as the `ocpp` library does, until it is closed."""

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
        """Wait until reading has stopped; raises any error except a closed connection."""
        with contextlib.suppress(ConnectionClosed):
            await self._task
