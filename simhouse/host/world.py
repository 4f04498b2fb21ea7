"""The shared parts of one simulated house: clock, states, events, services and tasks."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from simhouse.host.clock import VirtualClock
from simhouse.host.events import Context, EventBus
from simhouse.host.runtime import Calls
from simhouse.host.services import Services
from simhouse.host.state_functions import StateFunctions
from simhouse.host.state_value import snapshot
from simhouse.host.states import EntityState, StateMachine
from simhouse.host.tasks import Tasks
from simhouse.host.virtual_time import virtual_replacements

LOG_PREFIX = "custom_components.pyscript."
"""Loggers have the names they have in Home Assistant."""


@dataclass
class World:
    """One simulated house."""

    clock: VirtualClock
    allow_all_imports: bool = False
    apps: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.bus = EventBus()
        self.tasks = Tasks(self.clock)
        self.states = StateMachine(self.clock)
        self.services = Services(self.tasks, self.bus)
        self.state_functions = StateFunctions(self.states, self.tasks)
        self.calls = Calls(self.tasks, virtual_replacements(self.clock, self.tasks))
        self.states.any_change = self._state_changed
        config = {
            "allow_all_imports": self.allow_all_imports,
            "hass_is_global": False,
            "legacy_decorators": False,
            "apps": self.apps,
        }
        self.functions: dict[str, Any] = {
            **self.state_functions.table(),
            "service.call": self.services.call,
            "service.has_service": self.services.has_service,
            "event.fire": self._fire_event,
            "pyscript.config": config,
        }

    async def _fire_event(self, event_type: str, **kwargs: Any) -> None:
        """Serve `event.fire(type, **data)`; a keyword `context` that is a Context becomes the event's context."""
        context = kwargs.pop("context") if isinstance(kwargs.get("context"), Context) else self.tasks.current_context()
        self.bus.fire(event_type, kwargs, context)

    def _state_changed(
        self, entity_id: str, old: EntityState | None, new: EntityState | None, context: Context
    ) -> None:
        if self.bus.listened("state_changed"):
            self.bus.fire(
                "state_changed",
                {"entity_id": entity_id, "old_state": snapshot(old), "new_state": snapshot(new)},
                context,
            )


async def run_in_thread(function: Callable[..., Any], *args: Any) -> Any:
    """Run a blocking function in a thread and wait for it."""
    return await asyncio.get_running_loop().run_in_executor(None, function, *args)
