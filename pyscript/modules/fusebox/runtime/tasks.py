"""Asynchronous tasks in the background, and a pause of the garbage collector."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class Tasks:
    """The tasks under way, referenced here because asyncio may lose a task without a reference."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Return a new task, referenced until it is done. From Python 3.12 on it starts at once."""
        loop = asyncio.get_running_loop()
        if sys.version_info >= (3, 12):
            task = asyncio.Task(coroutine, loop=loop, eager_start=True)
        else:
            task = loop.create_task(coroutine)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def wait(self, timeout_s: float) -> None:
        """Wait until all present tasks are done, or for `timeout_s`."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=timeout_s)


@contextmanager
def gc_paused() -> Iterator[None]:
    """Pause garbage collection within this block. Only for code that awaits nothing."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
