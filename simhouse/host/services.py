"""Services: those that scripts provide, and a record of all other calls."""

import logging
from collections.abc import Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

from simhouse.host.events import Context, EventBus
from simhouse.host.tasks import Tasks

LOGGER = logging.getLogger("simhouse.host.services")
# The one field besides the entity that a service of this name has, so that `number.x.set_value(5)` works.
_ONLY_FIELD = {
    "set_value": "value",
    "set_datetime": "datetime",
    "select_option": "option",
    "set_humidity": "humidity",
    "turn_on_for": "duration",
}
_CALL_OPTIONS = {"context": Context, "blocking": bool, "return_response": bool}


class HomeAssistantError(Exception):
    """A service answered with an error."""


@dataclass(frozen=True)
class ScriptService:
    """A service that a script registered."""

    owner: str
    run: Callable[[dict[str, Any], Context], Coroutine[Any, Any, Any]]
    supports_response: str
    description: dict[str, Any]


@dataclass
class Services:
    """Registered services by name, the calls made to others, and the answers of others."""

    tasks: Tasks
    bus: EventBus
    registered: dict[str, list[ScriptService]] = field(default_factory=dict)
    calls: list[dict[str, Any]] = field(default_factory=list)
    answers: list[dict[str, Any]] = field(default_factory=list)

    def register(self, name: str, service: ScriptService) -> None:
        """Provide `domain.service`; ValueError when another file owns it."""
        owners = self.registered.setdefault(name, [])
        if owners and owners[0].owner != service.owner:
            raise ValueError(f"{service.owner}: can't register service {name}; already defined in {owners[0].owner}")
        owners.append(service)

    def remove(self, name: str, service: ScriptService) -> None:
        """Withdraw one registration; the service disappears with the last one."""
        owners = self.registered.get(name, [])
        if service in owners:
            owners.remove(service)
        if not owners:
            self.registered.pop(name, None)

    def find(self, name: str) -> ScriptService | None:
        """Return the script's service of that name (the latest registration), or None."""
        owners = self.registered.get(name)
        return owners[-1] if owners else None

    def has_service(self, domain: str, name: str) -> bool:
        """Whether a call would succeed; always True for domains other than pyscript's own."""
        return domain != "pyscript" or f"{domain}.{name}" in self.registered

    async def call(self, domain: str, name: str, **kwargs: Any) -> Any:
        """Call a service: keywords are its data, except context, blocking and return_response."""
        options = {
            option: kwargs.pop(option) for option, kind in _CALL_OPTIONS.items() if isinstance(kwargs.get(option), kind)
        }
        return await self._call(f"{domain}.{name}", kwargs, **options)

    def caller(self, name: str, entity_id: str | None = None) -> Callable[..., Awaitable[Any]]:
        """Return a function for `domain.service(...)`, or with an entity for `domain.entity.service(...)`."""
        domain, service = name.split(".")

        async def call_service(*args: Any, **kwargs: Any) -> Any:
            if entity_id is not None:
                kwargs["entity_id"] = entity_id
                if len(args) == 1 and service in _ONLY_FIELD:
                    kwargs[_ONLY_FIELD[service]] = args[0]
                    args = ()
                if args:
                    raise TypeError(f"service {name} takes no positional arguments")
            if args:
                raise TypeError(f"service {name} takes only keyword arguments")
            return await self.call(domain, service, **kwargs)

        return call_service

    async def _call(
        self,
        name: str,
        data: dict[str, Any],
        *,
        context: Context | None = None,
        blocking: bool = False,
        return_response: bool = False,
    ) -> Any:
        context = context or self.tasks.current_context() or Context()
        if self.bus.listened("call_service"):
            domain, service_name = name.split(".")
            self.bus.fire("call_service", {"domain": domain, "service": service_name, "service_data": data}, context)
        service = self.find(name)
        if service is None:
            if name.startswith("pyscript."):
                # pyscript does the same: it looks the service up in Home Assistant before it calls it.
                raise KeyError(name.removeprefix("pyscript."))
            self.calls.append({"service": name, "data": data})
            return self._answer(name, data, blocking or return_response)
        task = self.tasks.start(service.run(data, context), service.owner, context)
        if return_response or blocking or service.supports_response == "only":
            response = await self.tasks.wait_asleep(task)
            if service.supports_response == "only" and not isinstance(response, dict):
                raise HomeAssistantError(f"Service response data expected a dictionary, was {type(response).__name__}")
            return response if service.supports_response != "none" else None
        return None

    def _answer(self, name: str, data: dict[str, Any], waits: bool) -> Any:
        for entry in self.answers:
            if entry["service"] != name or not _is_part(entry.get("data") or {}, data):
                continue
            if "error" not in entry:
                return entry.get("response")
            if waits:
                raise HomeAssistantError(str(entry["error"]))
            # Home Assistant raises into the caller only when he waits; otherwise the error is in the log alone.
            LOGGER.error("Error executing service %s: %s", name, entry["error"])
            return None
        return None


def _is_part(wanted: Any, given: Any) -> bool:
    """Whether everything in `wanted` is in `given`, at any depth."""
    if isinstance(wanted, dict) and isinstance(given, dict):
        return all(key in given and _is_part(value, given[key]) for key, value in wanted.items())
    return wanted == given
