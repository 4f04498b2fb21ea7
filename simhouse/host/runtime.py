"""The functions that translated files call: awaiting calls, dotted names, prints, imports, decorated functions."""

import asyncio
import functools
import inspect
from collections.abc import Callable
from types import CoroutineType
from typing import Any

from simhouse.host import names
from simhouse.host.services import Services
from simhouse.host.state_functions import StateFunctions
from simhouse.host.tasks import Tasks

_MISSING = object()


class Calls:
    """Calls as pyscript makes them: results of async functions are awaited, and the clock is virtual."""

    def __init__(self, tasks: Tasks, virtual: dict[Any, Callable[..., Any]]) -> None:
        self._tasks = tasks
        self._virtual = virtual

    async def call(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call anything; what it raises passes through."""
        # A callable without a hash is not one of the clock's functions.
        if type(function).__hash__ is not None:
            function = self._virtual.get(function, function)
        # Its own __init__ only: a class without one does not run those of its interpreted bases, as in pyscript.
        if isinstance(function, type) and (init := vars(function).get(names.CLASS_INIT)) is not None:
            made = function()
            await init(made, *args, **kwargs)
            return made
        result = function(*args, **kwargs)
        if type(result) is CoroutineType and inspect.iscoroutinefunction(function):
            return await result
        return result

    def call_in_class(self, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        """Call a function in a class body, where awaiting is impossible; NotImplementedError for a coroutine."""
        if inspect.iscoroutinefunction(function):
            raise NotImplementedError(
                f"{getattr(function, '__name__', function)}() cannot be called in a class body: call it before"
            )
        return function(*args, **kwargs)

    async def wait(self, value: Any) -> Any:
        """Return the awaited result of a coroutine or future, and any other value unchanged."""
        if isinstance(value, asyncio.Task) and self._tasks.info(value):
            return await self._tasks.wait_asleep(value)
        return await value if asyncio.iscoroutine(value) or asyncio.isfuture(value) else value

    @staticmethod
    def executor(function: Callable[..., Any]) -> Callable[..., Any]:
        """Return a function that runs a natively compiled function in a thread."""
        if inspect.iscoroutinefunction(function):
            raise TypeError("@pyscript_executor() needs a regular, not async, function")

        async def run_in_thread(*args: Any, **kwargs: Any) -> Any:
            return await asyncio.get_running_loop().run_in_executor(None, functools.partial(function, *args, **kwargs))

        return run_in_thread


class Manager:
    """A context manager whose methods may be interpreted, and are awaited then."""

    def __init__(self, manager: Any) -> None:
        self._manager = manager
        self._enter = type(manager).__enter__
        self._exit = type(manager).__exit__

    async def __aenter__(self) -> Any:
        entered = self._enter(self._manager)
        return await entered if inspect.iscoroutinefunction(self._enter) else entered

    async def __aexit__(self, *error: Any) -> Any:
        left = self._exit(self._manager, *error)
        return await left if inspect.iscoroutinefunction(self._exit) else left


class DottedNames:
    """`a.b` and `a.b.c` where `a` is not a variable: a host function, a service, an entity or its attribute."""

    def __init__(
        self, variables: dict[str, Any], functions: dict[str, Any], services: Services, states: StateFunctions
    ) -> None:
        self._variables = variables
        self._functions = functions
        self._services = services
        self._states = states

    def __getitem__(self, name: str) -> Any:
        found = self._known(name)
        if found is not _MISSING:
            return found
        dots = name.count(".")
        if dots == 1 or (dots == 2 and self._states.exist(name)):
            return self._states.get(name)
        return getattr(self[name[: name.rindex(".")]], name[name.rindex(".") + 1 :])

    def called(self, name: str) -> Any:
        """Return the function behind `a.b(...)` or `a.b.c(...)`: a service if nothing else has that name.

        NameError when there is no such service either.
        """
        found = self._known(name)
        if found is not _MISSING:
            return found
        dots = name.count(".")
        if dots == 1 and not self._states.exist(name):
            domain, service = name.split(".")
            if not self._services.has_service(domain, service):
                raise NameError(f"name '{name}' is not defined")
            return self._services.caller(name)
        if dots == 2 and not self._states.exist(name):
            domain, entity, service = name.split(".")
            self._states.get(f"{domain}.{entity}")
            return self._services.caller(f"{domain}.{service}", f"{domain}.{entity}")
        return self[name]

    def __setitem__(self, name: str, value: Any) -> None:
        root, _, rest = name.partition(".")
        if root in self._variables:
            owner = self._variables[root]
            *path, last = rest.split(".")
            setattr(functools.reduce(getattr, path, owner), last, value)
        elif name.count(".") == 1:
            self._states.set(name, value)
        elif name.count(".") == 2:
            self._states.setattr(name, value)
        else:
            raise NameError(f"invalid name '{name}' (should be 'domain.entity' or 'domain.entity.attr')")

    def __delitem__(self, name: str) -> None:
        self._states.delete(name)

    def _known(self, name: str) -> Any:
        root, _, rest = name.partition(".")
        if root in self._variables:
            return functools.reduce(getattr, rest.split("."), self._variables[root])
        for table in (self._variables, self._functions):
            if name in table:
                return table[name]
        if self._services.find(name) is not None:
            return self._services.caller(name)
        return _MISSING


def put_into_globals(variables: dict[str, Any], calls: Calls, dotted: DottedNames) -> None:
    """Put what translated code calls into a file's globals, except imports, print and decorators."""
    variables.update(
        {
            names.CALL: calls.call,
            names.CALL_IN_CLASS: calls.call_in_class,
            names.AWAIT: calls.wait,
            names.MANAGER: Manager,
            names.EXECUTOR: calls.executor,
            names.DOTTED: dotted,
        }
    )
