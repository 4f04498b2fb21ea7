"""Work that goes on beside the runs of a script."""

from __future__ import annotations

import asyncio
import gc
import sys
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any


class Tasks:
    """The tasks under way: asyncio itself may lose one that nobody holds."""

    def __init__(self) -> None:
        self._under_way: set[asyncio.Task[None]] = set()

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """A task of its own, held until it is done. Where Python can do it, it begins at once, behind nobody else."""
        loop = asyncio.get_running_loop()
        if sys.version_info >= (3, 12):
            task = asyncio.Task(coroutine, loop=loop, eager_start=True)
        else:
            task = loop.create_task(coroutine)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        return task

    async def wait(self, timeout_s: float) -> None:
        """Until all that are under way now are done, or the time is over."""
        if self._under_way:
            await asyncio.wait(set(self._under_way), timeout=timeout_s)


@contextmanager
def gc_paused() -> Iterator[None]:
    """Collect nothing within this block. Only for what awaits nothing: nobody else runs in the meantime."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()
