"""Exceptions of tasks that were never retrieved, logged while their test is still known.

Python logs them when it frees the task. A task and its traceback often refer to each other, so that may come much
later, in the log of a test that has nothing to do with it.
"""

from __future__ import annotations

import asyncio
import gc


def tell_unretrieved(loop: asyncio.AbstractEventLoop) -> None:
    """Log them for all tasks and futures of a loop, as Python does, which then stays silent about them."""
    for found in gc.get_objects():
        if not issubclass(type(found), asyncio.Future) or found.get_loop() is not loop or not found._log_traceback:
            continue
        kind = type(found).__name__
        context = {"message": f"{kind} exception was never retrieved", "exception": found.exception(), "future": found}
        loop.call_exception_handler(context)
