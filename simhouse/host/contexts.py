"""One loaded interpreted file: its globals, decorated functions and imports."""

import inspect
import logging
import os
from collections.abc import Callable
from types import ModuleType
from typing import Any

from simhouse.host import names
from simhouse.host.runtime import DottedNames, put_into_globals
from simhouse.host.task_functions import TaskFunctions
from simhouse.host.tracebacks import log_exception
from simhouse.host.translate import translate
from simhouse.host.triggered import DecoratedFunction, Decorator, TriggeredFunction
from simhouse.host.triggers import Unsupported
from simhouse.host.world import LOG_PREFIX, World

_PENDING = "@decorators"


class FileContext:
    """What pyscript calls a global context; `name` is like `file.balance_site` or `modules.site_config`."""

    def __init__(
        self,
        world: World,
        name: str,
        path: str,
        import_path: str | None,
        module: ModuleType | None,
        app_config: Any = None,
    ) -> None:
        self.name = name
        self.path = path
        self.import_path = import_path
        self.module = module
        self.app_config = app_config
        self.source = ""
        # How the file looked when it was read: (mtime [ns], size [bytes]).
        self.stamp: tuple[int, int] | None = None
        self.imports: set[str] = set()
        self.started = False
        self.variables: dict[str, Any] = module.__dict__ if module is not None else {"__name__": name.partition(".")[2]}
        if app_config:
            self.variables["pyscript.app_config"] = app_config
        self._world = world
        self._functions: list[TriggeredFunction] = []
        self._nesting = 0
        tasks = TaskFunctions(world, name)
        own = {
            **world.functions,
            **tasks.table(),
            "log.debug": self._log("debug"),
            "log.info": self._log("info"),
            "log.warning": self._log("warning"),
            "log.error": self._log("error"),
            "pyscript.get_global_ctx": self._get_name,
        }
        put_into_globals(
            self.variables, world.calls, DottedNames(self.variables, own, world.services, world.state_functions)
        )
        self.variables[names.PRINT] = own["log.debug"]
        self.variables[names.DEFINE] = self._define
        self.functions = own

    @property
    def logger(self) -> logging.Logger:
        """The logger of the file."""
        return logging.getLogger(LOG_PREFIX + self.name)

    def read(self) -> None:
        """Read the source; OSError or UnicodeDecodeError when that fails."""
        with open(self.path, encoding="utf-8") as file:
            state = os.fstat(file.fileno())
            self.stamp = (state.st_mtime_ns, state.st_size)
            self.source = file.read()

    async def run(self) -> None:
        """Run the file's top level; whatever it raises passes through."""
        code = translate(self.source, self.path, self._world.allow_all_imports)
        result = eval(code, self.variables)
        if inspect.iscoroutine(result):
            await result

    def start(self) -> None:
        """Start the triggers and services defined so far; later ones start as they are defined.

        Nothing if it was started before.
        """
        if not self.started:
            self.started = True
            for function in tuple(self._functions):
                function.start()

    def stop_triggers(self) -> None:
        """Stop and forget triggers and services; shutdown triggers fire, and tasks that run go on."""
        functions, self._functions = self._functions, []
        if self.started:
            for function in functions:
                function.stop()
        self.started = False

    async def _define(
        self, function: Any, own: tuple[Decorator, ...], others: tuple[Any, ...], docstring: str | None
    ) -> Any:
        """Apply the decorators of one function; the host's own take effect after the outermost decorator."""
        name = function.__name__
        decorators = list(own)
        self._nesting += 1
        try:
            for decorator in reversed(others):
                function = await self._world.calls.call(decorator, function)
                pending = getattr(function, "__dict__", {}).pop(_PENDING, ())
                decorators.extend(pending)
        finally:
            self._nesting -= 1
        if not inspect.iscoroutinefunction(function):
            return function
        function.__name__ = name
        if self._nesting:
            setattr(function, _PENDING, decorators)
        elif decorators:
            self._register(DecoratedFunction(function, decorators, docstring))
        return function

    def _register(self, decorated: DecoratedFunction) -> None:
        try:
            triggered = TriggeredFunction(self._world, self.name, decorated)
        except Unsupported:
            raise
        except Exception as error:
            # As in pyscript: the function stays without its triggers, and the file loads on.
            log_exception(self.logger, error)
            return
        self._functions.append(triggered)
        if self.started:
            triggered.start()

    def _log(self, level: str) -> Callable[..., None]:
        def log(message: Any, *args: Any, **kwargs: Any) -> None:
            logger = logging.getLogger(self._world.tasks.current_name() or LOG_PREFIX + self.name)
            getattr(logger, level)(message, *args, **kwargs)

        return log

    async def _get_name(self) -> str:
        return self.name
