"""`task.*` for scripts of one file."""

import asyncio
import functools
import inspect
from collections.abc import Callable
from typing import Any

from simhouse.host.world import LOG_PREFIX, World


class TaskFunctions:
    """The functions of one file: unique names belong to the file (`owner`)."""

    def __init__(self, world: World, owner: str) -> None:
        self._world = world
        self._tasks = world.tasks
        self._owner = owner

    def table(self) -> dict[str, Any]:
        """Return function name -> function, as scripts write them."""
        names = (
            "sleep",
            "create",
            "cancel",
            "wait",
            "current_task",
            "unique",
            "name2id",
            "executor",
            "add_done_callback",
            "remove_done_callback",
        )
        return {f"task.{name}": getattr(self, name) for name in names}

    async def sleep(self, seconds: float) -> None:
        """Sleep on the virtual clock [s]."""
        await self._tasks.sleep(seconds)

    async def create(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> asyncio.Task[Any]:
        """Run a function as a task of its own, with the context of the caller."""
        name = f"{LOG_PREFIX}{self._owner}.{getattr(function, '__name__', '<function>')}"
        return self._tasks.start(self._world.calls.call(function, *args, **kwargs), name)

    async def cancel(self, task: asyncio.Task[Any] | None = None) -> None:
        """Cancel a script's task, or the calling task; TypeError for any other task."""
        cancelled = task or asyncio.current_task()
        if cancelled is None or self._tasks.info(cancelled) is None:
            raise TypeError(f"{cancelled} is not a user-started task")
        self._tasks.cancel(cancelled)
        if task is None:
            await self._wait_for_the_end()

    async def wait(self, tasks: Any, **kwargs: Any) -> tuple[set[asyncio.Task[Any]], set[asyncio.Task[Any]]]:
        """Wait like asyncio.wait; `timeout` counts on the virtual clock [s]."""
        timeout = kwargs.pop("timeout", None)
        tasks = list(tasks)
        if timeout is None:
            return await self._tasks.wait_asleep(asyncio.ensure_future(asyncio.wait(tasks, **kwargs)))
        alarm = asyncio.get_running_loop().create_task(self._tasks.sleep(timeout))
        try:
            finished = asyncio.ensure_future(asyncio.wait(tasks, **kwargs))
            await self._tasks.wait_asleep(
                asyncio.ensure_future(asyncio.wait({finished, alarm}, return_when=asyncio.FIRST_COMPLETED))
            )
            finished.cancel()
        finally:
            alarm.cancel()
        return {task for task in tasks if task.done()}, {task for task in tasks if not task.done()}

    async def current_task(self) -> asyncio.Task[Any] | None:
        """Return the calling task."""
        return asyncio.current_task()

    async def unique(self, name: str, kill_me: bool = False) -> None:
        """End the task of this file that has the name (or, with `kill_me`, the caller), and take the name."""
        full_name = f"{self._owner}.{name}"
        current = asyncio.current_task()
        if current is None:
            return
        holder = self._tasks.unique_names.get(full_name)
        if holder is not None and holder is not current:
            if kill_me:
                self._tasks.cancel(current)
                await self._wait_for_the_end()
            self._tasks.cancel(holder)
        info = self._tasks.info(current)
        if info is None:
            return
        if holder is not None and (previous := self._tasks.info(holder)) is not None:
            previous.unique.discard(full_name)
        self._tasks.unique_names[full_name] = current
        info.unique.add(full_name)

    def name2id(self, name: str | None = None) -> Any:
        """Return the task with a unique name, or all of this file by name; NameError when unknown."""
        prefix = f"{self._owner}."
        if name is None:
            return {
                full[len(prefix) :]: task for full, task in self._tasks.unique_names.items() if full.startswith(prefix)
            }
        if prefix + name not in self._tasks.unique_names:
            raise NameError(f"task name '{name}' is unknown")
        return self._tasks.unique_names[prefix + name]

    async def executor(self, function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        """Run an ordinary Python function in a thread; TypeError for interpreted ones."""
        if not callable(function):
            raise TypeError(f"function {function} is not callable by task.executor")
        if inspect.iscoroutinefunction(function):
            raise TypeError("pyscript functions can't be called from task.executor - must be a regular python function")
        return await asyncio.get_running_loop().run_in_executor(None, functools.partial(function, *args, **kwargs))

    async def add_done_callback(
        self, task: asyncio.Task[Any], callback: Callable[..., Any], *args: Any, **kwargs: Any
    ) -> None:
        """Call `callback` when a task of the scripts ends; KeyError for any other task."""
        info = self._tasks.info(task)
        if info is None:
            raise KeyError(task)
        info.callbacks[callback] = (args, kwargs)

    def remove_done_callback(self, task: asyncio.Task[Any], callback: Callable[..., Any]) -> None:
        """Undo `add_done_callback`."""
        info = self._tasks.info(task)
        if info is not None:
            info.callbacks.pop(callback, None)

    @staticmethod
    async def _wait_for_the_end() -> None:
        # The cancellation is pending; nothing after the call that requested it may run.
        await asyncio.get_running_loop().create_future()
