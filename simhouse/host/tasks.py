"""The tasks that scripts run, and when all of them are idle."""

import asyncio
import contextlib
import contextvars
import logging
from collections.abc import Coroutine
from typing import Any

from simhouse.host.clock import VirtualClock
from simhouse.host.events import Context
from simhouse.host.tracebacks import log_exception

_OWNER: contextvars.ContextVar["TaskInfo | None"] = contextvars.ContextVar("simhouse_task", default=None)
_REAL_WAIT_S = 0.005
_PATIENCE_ROUNDS = 200
_BACKGROUND_ROUNDS = 50


class TaskInfo:
    """The host's data about a task: its name (for logs), context, unique names, and whether it sleeps."""

    __slots__ = ("callbacks", "context", "name", "sleepers", "sleeping", "unique")

    def __init__(self, name: str, context: Context | None) -> None:
        self.name = name
        self.context = context
        self.sleeping = False
        self.sleepers = 0
        self.unique: set[str] = set()
        self.callbacks: dict[Any, tuple[tuple[Any, ...], dict[str, Any]]] = {}


class Tasks:
    """Starts tasks, counts the running ones, and waits until none is running.

    A task sleeps while it waits for the virtual clock or for another task; waiting for a thread or a socket counts as
    running.
    """

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._infos: dict[asyncio.Task[Any], TaskInfo] = {}
        self._running = 0
        self._stopped = asyncio.Event()
        self._to_cancel: list[asyncio.Task[Any]] = []
        self.unique_names: dict[str, asyncio.Task[Any]] = {}

    def start(self, work: Coroutine[Any, Any, Any], name: str, context: Context | None = None) -> asyncio.Task[Any]:
        """Run a coroutine as a task of the scripts; its exceptions are logged under `name`."""
        info = TaskInfo(name, context)
        task = asyncio.get_running_loop().create_task(self._run(work, info))
        self._infos[task] = info
        self._running += 1
        task.add_done_callback(self._ended)
        return task

    def info(self, task: asyncio.Task[Any] | None = None) -> TaskInfo | None:
        """Return what the host knows of a task (default: the current one); None when scripts did not start it."""
        found = task or asyncio.current_task()
        return None if found is None else self._infos.get(found)

    def current_name(self) -> str | None:
        """Return the name of the current task, or of the task that started this native subtask; None for neither."""
        owner = _OWNER.get()
        return owner.name if owner else None

    def current_context(self) -> Context | None:
        """Return the context of the current task, None unless scripts started it."""
        info = self.info()
        return info.context if info else None

    def all(self) -> list[asyncio.Task[Any]]:
        """Return every task that has not ended."""
        return list(self._infos)

    async def sleep(self, seconds: float) -> None:
        """Sleep on the virtual clock [s]."""
        seconds = float(seconds)
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        woken = asyncio.get_running_loop().create_future()

        def wake() -> None:
            if not woken.done():
                woken.set_result(None)

        timer = self._clock.call_later(seconds, wake)
        try:
            await self.wait_asleep(woken)
        finally:
            timer.cancel()

    async def wait_asleep(self, awaitable: Any) -> Any:
        """Await something that only the virtual clock or another task can complete; the task counts as sleeping."""
        info = self.info()
        if info is None:
            return await self._wait_in_subtask(awaitable)
        info.sleeping = True
        self._count(-1)
        try:
            return await awaitable
        finally:
            info.sleeping = False
            self._count(1)

    async def _wait_in_subtask(self, awaitable: Any) -> Any:
        owner = _OWNER.get()
        if owner is None:
            return await awaitable
        owner.sleepers += 1
        try:
            return await awaitable
        finally:
            owner.sleepers -= 1

    def cancel(self, task: asyncio.Task[Any]) -> None:
        """Cancel a task, one at a time: as in pyscript, a slow `finally` delays the next cancellation."""
        self._to_cancel.append(task)
        if len(self._to_cancel) == 1:
            self._cancel_first()

    def _cancel_first(self) -> None:
        while self._to_cancel and self._to_cancel[0].done():
            self._to_cancel.pop(0)
        if self._to_cancel:
            self._to_cancel[0].cancel()
            self._to_cancel[0].add_done_callback(self._cancelled)

    def _cancelled(self, task: asyncio.Task[Any]) -> None:
        if self._to_cancel and self._to_cancel[0] is task:
            self._to_cancel.pop(0)
            self._cancel_first()

    async def idle(self) -> None:
        """Return once every task has ended, sleeps in simulated time, or waits for one that sleeps.

        Real I/O inside a task is waited for; background work of native servers only for `_BACKGROUND_ROUNDS` rounds.
        """
        loop = asyncio.get_running_loop()
        ready = getattr(loop, "_ready", ())
        rounds = waits = 0
        while True:
            await asyncio.sleep(0)
            if self._running == 0:
                # Native servers may always be busy; they must not block the line for ever.
                rounds += 1
                if not ready or rounds > _BACKGROUND_ROUNDS:
                    return
            elif not ready:
                rounds = 0
                waits += 1
                if self._only_virtual_waits(patient=waits < _PATIENCE_ROUNDS):
                    return
                self._stopped.clear()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._stopped.wait(), _REAL_WAIT_S)

    def _count(self, change: int) -> None:
        self._running += change
        if self._running == 0:
            self._stopped.set()

    async def _run(self, work: Coroutine[Any, Any, Any], info: TaskInfo) -> Any:
        _OWNER.set(info)
        try:
            return await work
        except asyncio.CancelledError:
            raise
        except Exception as error:
            log_exception(logging.getLogger(info.name), error)
            return None
        finally:
            for callback, (args, kwargs) in list(info.callbacks.items()):
                try:
                    result = callback(*args, **kwargs)
                    if asyncio.iscoroutine(result):
                        await result
                except Exception as error:
                    log_exception(logging.getLogger(info.name), error)
                    break

    def _ended(self, task: asyncio.Task[Any]) -> None:
        info = self._infos.pop(task)
        for name in info.unique:
            if self.unique_names.get(name) is task:
                del self.unique_names[name]
        self._count(-1)

    def _only_virtual_waits(self, patient: bool) -> bool:
        """Whether every running task waits for a sleeping one: for its lock, or for its own native subtask."""
        asleep = any(info.sleeping for info in self._infos.values())
        return all(info.sleeping or _stuck(task, info, asleep, patient) for task, info in self._infos.items())


def _stuck(task: asyncio.Task[Any], info: TaskInfo, somebody_sleeps: bool, patient: bool) -> bool:
    """Whether a task waits for a lock while another task sleeps, or for its own subtasks, one of which sleeps.

    An event or condition may represent real I/O, so with `patient` it does not count.
    """
    inner = task.get_coro()
    while (deeper := getattr(inner, "cr_await", None)) is not None:
        if not hasattr(deeper, "cr_frame"):
            break
        inner = deeper
    frame = getattr(inner, "cr_frame", None)
    if frame is None:
        return False
    if frame.f_code.co_filename.endswith(("asyncio/locks.py", "asyncio\\locks.py")):
        return info.sleepers > 0 or (somebody_sleeps and (frame.f_code.co_name == "acquire" or not patient))
    return info.sleepers > 0
