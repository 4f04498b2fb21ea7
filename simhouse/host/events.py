"""Events, and the contexts that link them to their cause."""

from collections.abc import Callable
from itertools import count
from typing import Any

_ids = count(1)


class Context:
    """The cause of a change: an id, and the id of the context it came from."""

    __slots__ = ("id", "parent_id", "user_id")

    def __init__(self, parent_id: str | None = None, user_id: str | None = None) -> None:
        self.id = f"{next(_ids):032x}"
        self.parent_id = parent_id
        self.user_id = user_id


class EventBus:
    """Delivers events by type; listeners are called at once, in the order of registration."""

    def __init__(self) -> None:
        self._listeners: dict[str, list[Callable[[dict[str, Any], Context], None]]] = {}

    def listened(self, event_type: str) -> bool:
        """Whether an event type has a listener; without one its data need not be built."""
        return event_type in self._listeners

    def listen(self, event_type: str, listener: Callable[[dict[str, Any], Context], None]) -> Callable[[], None]:
        """Call `listener(data, context)` for each such event; returns a function that ends it."""
        self._listeners.setdefault(event_type, []).append(listener)

        def remove() -> None:
            listeners = self._listeners.get(event_type, [])
            if listener in listeners:
                listeners.remove(listener)
            if not listeners:
                self._listeners.pop(event_type, None)

        return remove

    def fire(self, event_type: str, data: dict[str, Any], context: Context | None = None) -> None:
        """Deliver one event."""
        for listener in tuple(self._listeners.get(event_type, ())):
            listener(data, context or Context())
