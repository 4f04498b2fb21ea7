"""The event loop of a host: without script sockets it polls the operating system only when it has to wait."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from typing import Any, TypeVar, TypeVarTuple

Args = TypeVarTuple("Args")
Result = TypeVar("Result")

BRIEF_S = 0.01
"""The loop itself waits this long [s of real time] for a function in a thread; most only look at some files."""

_THREADS = ThreadPoolExecutor(thread_name_prefix="asyncio")
"""The threads that all loops share, because starting new ones for each loop takes longer than their work."""


class SparingSelector(selectors.DefaultSelector):
    """Skips polls between callbacks while only the loop's own wake-up socket is registered.

    That socket merely ends a wait: work from another thread is in the loop's queue before the socket is written to. A
    second of a simulated house takes ten polls; without them it costs 4 % less.
    """

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return ready sockets as `DefaultSelector.select` does."""
        if timeout is not None and timeout <= 0 and len(self.get_map()) <= 1:
            return []
        return super().select(timeout)


class HostLoop(asyncio.SelectorEventLoop):
    """An event loop that stops up to `BRIEF_S` for a function in a thread: virtual time stands still meanwhile."""

    def __init__(self) -> None:
        super().__init__(SparingSelector())

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Args], Result], *args: *Args
    ) -> asyncio.Future[Result]:
        """Run a function in a thread as asyncio does; what ends within `BRIEF_S` has ended when this returns.

        The result of a longer one comes through the loop's wake-up socket, which takes longer than most functions.
        """
        begun = (executor or _THREADS).submit(func, *args)
        try:
            error = begun.exception(BRIEF_S)
        except TimeoutError:
            return asyncio.wrap_future(begun, loop=self)
        ended = self.create_future()
        if error is None:
            ended.set_result(begun.result())
        else:
            ended.set_exception(error)
        return ended


def run_in_host_loop(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a `HostLoop` of its own and return its result, as `asyncio.run` does."""
    with asyncio.Runner(loop_factory=HostLoop) as runner:
        return runner.run(work)
