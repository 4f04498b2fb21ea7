"""The state machine: what Home Assistant would hold of each entity, with the same rules for change."""

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
    """An entity id or a state that Home Assistant would not take."""


class EntityState:
    """One entity: state text, attributes, and when it changed, was updated and was last reported (aware UTC)."""

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
        """State and attributes as the line protocol shows them."""
        return {"state": self.state, "attributes": self.attributes}


Listener = Callable[[str, EntityState | None, EntityState | None, Context], None]


class StateMachine:
    """Entity id -> state. `written` collects what scripts wrote since it was last taken."""

    def __init__(self, clock: VirtualClock) -> None:
        self._clock = clock
        self._states: dict[str, EntityState] = {}
        self._listeners: dict[str, list[Listener]] = {}
        self.any_change: Listener | None = None
        self.written: dict[str, dict[str, Any] | None] = {}
        self.persisted: set[str] = set()
        self.persisted_changed = False

    def get(self, entity_id: str) -> EntityState | None:
        """The entity, or None."""
        return self._states.get(entity_id)

    def entity_ids(self, domain: str | None = None) -> list[str]:
        """All entity ids, or those of one domain."""
        if domain is None:
            return list(self._states)
        return [entity_id for entity_id in self._states if entity_id.startswith(f"{domain.lower()}.")]

    def listen(self, entity_id: str, listener: Listener) -> None:
        """Call `listener(entity_id, old, new, context)` when the entity's state or attributes change."""
        self._listeners.setdefault(entity_id, []).append(listener)

    def unlisten(self, entity_id: str, listener: Listener) -> None:
        """Undo `listen`; harmless when it was undone already."""
        listeners = self._listeners.get(entity_id, [])
        if listener in listeners:
            listeners.remove(listener)

    def set(self, entity_id: str, state: Any, attributes: dict[str, Any], context: Context | None = None) -> None:
        """Write an entity as Home Assistant does: what is equal only refreshes `last_reported` and tells nobody."""
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
        same_state = old is not None and old.state == text
        if same_state and old.attributes == attributes:
            old.last_reported = now
            return
        context = context or Context()
        new = EntityState(entity_id, text, dict(attributes), old.last_changed if same_state else now, now, context)
        self._states[entity_id] = new
        self._tell(entity_id, old, new, context)

    def remove(self, entity_id: str, context: Context | None = None) -> bool:
        """Take an entity away; False when there was none."""
        old = self._states.pop(entity_id.lower(), None)
        if old is None:
            return False
        self._tell(old.entity_id, old, None, context or Context())
        return True

    def note_written(self, entity_id: str) -> None:
        """A script wrote this entity: the next reply shows it as it is then."""
        entity_id = entity_id.lower()
        self.written[entity_id] = None

    def take_written(self) -> dict[str, dict[str, Any] | None]:
        """What scripts wrote since the last call, as it is now; None where the entity is gone."""
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
