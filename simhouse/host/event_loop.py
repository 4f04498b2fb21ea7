"""The event loop of a host: without script sockets it polls the operating system only when it has to wait."""

import asyncio
import selectors
from collections.abc import Callable, Coroutine, Hashable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextvars import Context
from functools import partial
from typing import Any, TypeVar, TypeVarTuple

Args = TypeVarTuple("Args")
Result = TypeVar("Result")

BRIEF_S = 0.01
"""The loop itself waits this long [s of real time] for a function in a thread; most only look at some files."""

_THREADS = ThreadPoolExecutor(thread_name_prefix="asyncio")
"""The threads that all loops share, because starting new ones for each loop takes longer than their work."""

_brief: set[Hashable] = set()
"""Functions that ended within `BRIEF_S` in a thread, as `_code_of` gives them."""


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

        A function that did so is run by the loop's own thread from then on: to hand it over takes longer than most
        functions. The result of a longer one comes through the loop's wake-up socket.
        """
        code = _code_of(func, args)
        if executor is None and code in _brief:
            begun = self._run_here(func, *args)
        else:
            begun = (executor or _THREADS).submit(func, *args)
            try:
                begun.exception(BRIEF_S)
            except TimeoutError:
                return asyncio.wrap_future(begun, loop=self)
            _brief.add(code)
        ended = self.create_future()
        error = begun.exception()
        if error is None:
            ended.set_result(begun.result())
        else:
            ended.set_exception(error)
        return ended

    def _run_here(self, func: Callable[[*Args], Result], *args: *Args) -> Future[Result]:
        """Run a function now; as in a thread it finds no running loop."""
        ended: Future[Result] = Future()
        asyncio._set_running_loop(None)
        try:
            ended.set_result(func(*args))
        except Exception as error:
            ended.set_exception(error)
        finally:
            asyncio._set_running_loop(self)
        return ended


def _code_of(func: Any, args: tuple[Any, ...]) -> Hashable:
    """Return the code of the function that a call for a thread ends in, or the function itself if it has none."""
    while True:
        if isinstance(func, partial):
            func, args = func.func, (*func.args, *args)
        elif isinstance(getattr(func, "__self__", None), Context):  # from `asyncio.to_thread`
            func, args = args[0], args[1:]
        else:
            return getattr(func, "__code__", func)


def run_in_host_loop(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a `HostLoop` of its own and return its result, as `asyncio.run` does."""
    with asyncio.Runner(loop_factory=HostLoop) as runner:
        return runner.run(work)
