"""A decorated function: its triggers and services, and how to run it."""

import inspect
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from simhouse.host.events import Context
from simhouse.host.names import TRIGGERS
from simhouse.host.service_docs import describe
from simhouse.host.services import ScriptService
from simhouse.host.tracebacks import log_exception
from simhouse.host.triggers import UNSUPPORTED_KEYWORDS, Trigger, TriggerMaker, Unsupported
from simhouse.host.world import LOG_PREFIX, World

Decorator = tuple[str, list[Any], dict[str, Any]]

_KEYWORDS = {
    "state_trigger": {"kwargs", *UNSUPPORTED_KEYWORDS},
    "time_trigger": {"kwargs"},
    "event_trigger": {"kwargs"},
    "mqtt_trigger": {"kwargs", "encoding"},
    "service": {"supports_response"},
}
# What every trigger may pass and a function need not take.
_OPTIONAL_KEYWORDS = frozenset(
    {
        "context",
        "event_type",
        "old_value",
        "payload",
        "payload_obj",
        "qos",
        "retain",
        "topic",
        "trigger_type",
        "trigger_time",
        "var_name",
        "value",
    }
)
_BUILT_IN = frozenset({"reload", "jupyter_kernel_start", "generate_stubs"})


@dataclass(frozen=True)
class DecoratedFunction:
    """A function of a file with the host's decorators, and the text that describes its services."""

    function: Callable[..., Any]
    decorators: Sequence[Decorator]
    docstring: str | None


class TriggeredFunction:
    """One decorated function of one file; TypeError, SyntaxError or ValueError when its decorators are wrong."""

    def __init__(self, world: World, owner: str, decorated: DecoratedFunction) -> None:
        function = decorated.function
        self._world = world
        self._owner = owner
        self._function = function
        self.name = f"{LOG_PREFIX}{owner}.{function.__name__}"
        self._where = f"function '{function.__name__}' defined in {owner}"
        code = inspect.unwrap(function).__code__
        self._takes_all = bool(code.co_flags & inspect.CO_VARKEYWORDS)
        self._taken = frozenset(code.co_varnames[code.co_posonlyargcount : code.co_argcount + code.co_kwonlyargcount])
        self._triggers: list[Trigger] = []
        self._services: list[tuple[str, ScriptService]] = []
        self._maker = TriggerMaker(world)
        for kind, args, kwargs in decorated.decorators:
            try:
                self._add(kind, args, kwargs, decorated.docstring)
            except (TypeError, Unsupported) as error:
                raise type(error)(f"{self._where}: decorator @{kind} {error}") from error

    def start(self) -> None:
        """Register the services and start the triggers."""
        for name, service in self._services:
            try:
                self._world.services.register(name, service)
            except ValueError as error:
                log_exception(logging.getLogger(self.name), error)
        for trigger in self._triggers:
            trigger.start()

    def stop(self) -> None:
        """Stop the triggers (a shutdown trigger fires) and take the services back; running tasks go on."""
        for trigger in self._triggers:
            trigger.stop()
        for name, service in self._services:
            self._world.services.remove(name, service)

    def _add(self, kind: str, args: list[Any], kwargs: dict[str, Any], docstring: str | None) -> None:
        for keyword in kwargs:
            if keyword not in _KEYWORDS[kind]:
                raise TypeError(f"invalid keyword argument '{keyword}'")
        if kind in TRIGGERS:
            extra = kwargs.get("kwargs") or {}
            if not isinstance(extra, dict):
                raise TypeError("keyword 'kwargs' should be type dict")
            self._triggers.append(
                self._maker.make(kind, args, kwargs, lambda keywords: self._start({**keywords, **extra}))
            )
        else:
            self._add_service(args, kwargs, docstring)

    def _add_service(self, args: list[Any], kwargs: dict[str, Any], docstring: str | None) -> None:
        answers = str(getattr(kwargs.get("supports_response"), "value", kwargs.get("supports_response") or "none"))
        if answers not in ("none", "optional", "only"):
            raise TypeError("keyword 'supports_response' should be none, optional or only")
        description = describe(self._function.__name__, docstring, sorted(self._taken))
        for name in args or [f"pyscript.{self._function.__name__}"]:
            if not isinstance(name, str) or name.count(".") != 1:
                raise TypeError("argument 1 should be a string with one period")
            if name.partition(".")[2] in _BUILT_IN:
                raise SyntaxError(f"{self._where}: @service conflicts with builtin service")
            self._services.append((name.strip(), ScriptService(self._owner, self._serve, answers, description)))

    def _start(self, keywords: dict[str, Any]) -> None:
        """Run the function as a task of its own after a trigger fired."""
        cause = keywords.get("context")
        context = Context(cause.id if isinstance(cause, Context) else None)
        self._world.tasks.start(self._run(keywords, context), self.name, context)

    async def _run(self, keywords: dict[str, Any], context: Context) -> None:
        if self._world.bus.listened("pyscript_running"):
            name = self.name.removeprefix(LOG_PREFIX).replace(".", "_")
            self._world.bus.fire(
                "pyscript_running", {"name": name, "entity_id": f"pyscript.{name}", "func_args": keywords}, context
            )
        await self._function(**self._accepted(keywords))

    async def _serve(self, data: dict[str, Any], context: Context) -> Any:
        return await self._function(**self._accepted({"trigger_type": "service", "context": context, **data}))

    def _accepted(self, keywords: dict[str, Any]) -> dict[str, Any]:
        """Return the keywords that the function accepts; TypeError for others, except a trigger's own."""
        if self._takes_all:
            return keywords
        unexpected = keywords.keys() - self._taken - _OPTIONAL_KEYWORDS
        if unexpected:
            raise TypeError(
                f"{self._function.__name__}() called with unexpected keyword arguments: {', '.join(sorted(unexpected))}"
            )
        return {name: value for name, value in keywords.items() if name in self._taken}
