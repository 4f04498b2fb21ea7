"""The state machine: entity states as Home Assistant would hold them, with the same rules for changes."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any

from simhouse.host.clock import VirtualClock
from simhouse.host.events import Context

ENTITY_ID = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+\Z")
MAX_STATE_LENGTH = 255
VIRTUAL_ATTRIBUTES = frozenset({"entity_id", "last_changed", "last_updated", "last_reported"})


class InvalidStateError(ValueError):
    """An entity id or a state that Home Assistant would reject."""


class EntityState:
    """One entity: state text, attributes, and the times of its last change, update and report (aware UTC)."""

    __slots__ = ("attributes", "context", "entity_id", "last_changed", "last_reported", "last_updated", "state")

    def __init__(
        self, entity_id: str, state: str, attributes: dict[str, Any], changed: datetime, now: datetime, context: Context
    ) -> None:
        self.entity_id = entity_id
        self.state = state
        self.attributes = attributes
        self.last_changed = changed
        self.last_updated = now
        self.last_reported = now
        self.context = context

    def as_dict(self) -> dict[str, Any]:
        """Return state and attributes as in the line protocol."""
        return {"state": self.state, "attributes": self.attributes}


Listener = Callable[[str, EntityState | None, EntityState | None, Context], None]


class StateMachine:
    """Entity id -> state. `written` collects the entities that scripts wrote since `take_written`."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._states: dict[str, EntityState] = {}
        self._listeners: dict[str, list[Listener]] = {}
        self.any_change: Listener | None = None
        self.written: dict[str, dict[str, Any] | None] = {}
        self.persisted: set[str] = set()
        self.persisted_changed = False

    def get(self, entity_id: str) -> EntityState | None:
        """Return the entity, or None."""
        return self._states.get(entity_id)

    def entity_ids(self, domain: str | None = None) -> list[str]:
        """Return all entity ids, or those of one domain."""
        if domain is None:
            return list(self._states)
        return [entity_id for entity_id in self._states if entity_id.startswith(f"{domain.lower()}.")]

    def listen(self, entity_id: str, listener: Listener) -> None:
        """Call `listener(entity_id, old, new, context)` when the entity's state or attributes change."""
        self._listeners.setdefault(entity_id, []).append(listener)

    def unlisten(self, entity_id: str, listener: Listener) -> None:
        """Undo `listen`; harmless when already undone."""
        listeners = self._listeners.get(entity_id, [])
        if listener in listeners:
            listeners.remove(listener)

    def set(self, entity_id: str, state: Any, attributes: dict[str, Any], context: Context | None = None) -> None:
        """Write an entity as Home Assistant does: an equal state only refreshes `last_reported`, without an event."""
        entity_id = entity_id.lower()
        text = str(state)
        if not ENTITY_ID.match(entity_id):
            raise InvalidStateError(
                f"Invalid entity ID encountered: {entity_id}. Format should be <domain>.<object_id>"
            )
        if len(text) > MAX_STATE_LENGTH:
            raise InvalidStateError(
                f"Invalid state with length {len(text)}. State max length is {MAX_STATE_LENGTH} characters."
            )
        now = self._clock.utc()
        old = self._states.get(entity_id)
        same = old if old is not None and old.state == text else None
        if same is not None and same.attributes == attributes:
            same.last_reported = now
            return
        context = context or Context()
        new = EntityState(entity_id, text, dict(attributes), same.last_changed if same else now, now, context)
        self._states[entity_id] = new
        self._tell(entity_id, old, new, context)

    def remove(self, entity_id: str, context: Context | None = None) -> bool:
        """Remove an entity; return False when there was none."""
        old = self._states.pop(entity_id.lower(), None)
        if old is None:
            return False
        self._tell(old.entity_id, old, None, context or Context())
        return True

    def note_written(self, entity_id: str) -> None:
        """Note that a script wrote this entity: the next reply contains its state."""
        entity_id = entity_id.lower()
        self.written[entity_id] = None

    def take_written(self) -> dict[str, dict[str, Any] | None]:
        """Return entity id -> present state of what scripts wrote since the last call; None for removed entities."""
        taken, self.written = self.written, {}
        for entity_id in taken:
            state = self._states.get(entity_id)
            taken[entity_id] = None if state is None else state.as_dict()
        return taken

    def _tell(self, entity_id: str, old: EntityState | None, new: EntityState | None, context: Context) -> None:
        if entity_id in self.persisted:
            self.persisted_changed = True
        for listener in tuple(self._listeners.get(entity_id, ())):
            listener(entity_id, old, new, context)
        if self.any_change is not None:
            self.any_change(entity_id, old, new, context)
