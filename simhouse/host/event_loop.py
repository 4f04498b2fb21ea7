"""The event loop of a host: without script sockets it polls the operating system only when it has to wait."""

import asyncio
import selectors
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import Context
from functools import partial
from typing import Any, ClassVar, TypeVar, TypeVarTuple

Args = TypeVarTuple("Args")
Result = TypeVar("Result")

BRIEF_S = 0.05
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
    """An event loop that stops up to `BRIEF_S` for a function in a thread: virtual time stands still meanwhile.

    What has ended in that time once needs nothing from this loop. It is then run without a thread until it takes
    longer, because handing it over takes a tenth of the time of a simulated night.
    """

    _brief: ClassVar[set[object]] = set()
    """The code of the functions that have ended in time, in any loop."""

    def __init__(self) -> None:
        super().__init__(SparingSelector())

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Args], Result], *args: *Args
    ) -> asyncio.Future[Result]:
        """Run a function in a thread as asyncio does; what ends within `BRIEF_S` has ended when this returns.

        The result of a longer one comes through the loop's wake-up socket, which takes longer than most functions.
        """
        code = _code_of(func)
        if executor is None and code in self._brief:
            return self._run_here(func, args, code)
        begun = (executor or _THREADS).submit(func, *args)
        try:
            error = begun.exception(BRIEF_S)
        except TimeoutError:
            return asyncio.wrap_future(begun, loop=self)
        if code is not None:
            self._brief.add(code)
        ended = self.create_future()
        if error is None:
            ended.set_result(begun.result())
        else:
            ended.set_exception(error)
        return ended

    def _run_here(self, func: Callable[..., Result], args: tuple[Any, ...], code: object) -> asyncio.Future[Result]:
        """Run a function that sees no running loop, as in a thread; it runs in a thread again if it takes `BRIEF_S`."""
        ended, begun_s = self.create_future(), time.perf_counter()
        task = _swap_current_task(self, None)
        asyncio._set_running_loop(None)
        try:
            ended.set_result(func(*args))
        except Exception as error:
            ended.set_exception(error)
        finally:
            asyncio._set_running_loop(self)
            _swap_current_task(self, task)
        if time.perf_counter() - begun_s > BRIEF_S:
            self._brief.discard(code)
        return ended


def _swap_current_task(loop: asyncio.AbstractEventLoop, task: object) -> object:
    """Make this the current task of the running loop, and return the one that was it.

    From Python 3.14 on, a loop that a function starts in this thread cannot run while the task of another is current.
    """
    swap = getattr(asyncio.tasks, "_swap_current_task", None)
    return None if swap is None else swap(loop, task)


def _code_of(func: object) -> object:
    """Return the code of the function behind what a thread is to run; None for one that has no Python code."""
    while isinstance(func, partial):
        # `asyncio.to_thread` has the function run in a copy of the context.
        is_in_context = isinstance(getattr(func.func, "__self__", None), Context)
        func = func.args[0] if is_in_context else func.func
    return getattr(func, "__code__", None)


def run_in_host_loop(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a `HostLoop` of its own and return its result, as `asyncio.run` does."""
    with asyncio.Runner(loop_factory=HostLoop) as runner:
        return runner.run(work)
