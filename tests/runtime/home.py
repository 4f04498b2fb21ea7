"""The parts of Home Assistant that native code gets: states to read, and a record of calls and writes."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from fusebox.model.readings import View
from fusebox.runtime.ports import Ports
from fusebox.runtime.store import STORE


class State(str):
    """A state as pyscript gives it: a text with attributes and the time of its last report."""

    last_reported: datetime
    last_changed: datetime

    @classmethod
    def of(cls, text: object, at_s: float = 0.0, **attributes: object) -> State:
        """Return an entity's state since `at_s`."""
        state = cls(text)
        state.last_reported = state.last_changed = datetime.fromtimestamp(at_s, UTC)
        vars(state).update(attributes)
        return state


class Home:
    """Entities by id; `calls`, `writes` and `deleted` record what was done. `refuses`: services that fail."""

    def __init__(self) -> None:
        self.states: dict[str, State] = {}
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.writes: list[tuple[str, str, dict[str, Any]]] = []
        self.deleted: list[str] = []
        self.refuses: dict[str, Exception] = {}
        self.ports = Ports(
            get=self._get,
            set=self._set,
            delete=self._delete,
            persist=self._persist,
            names=self._names,
            call=self._call,
            fire=self._fire,
        )

    async def _fire(self, event: str, **data: Any) -> None:
        self.calls.append((event, data))

    def shows(self, entity: str, text: object, at_s: float = 0.0, **attributes: object) -> None:
        """Let an entity report a state."""
        before, state = self.states.get(entity), State.of(text, at_s, **attributes)
        if before is not None and before == state:
            state.last_changed = before.last_changed
        self.states[entity] = state

    def view(self, now_s: float = 0.0) -> View:
        """Return the view at one instant."""
        return View(self._get, now_s)

    def written(self, entity: str) -> list[str]:
        """Return the states that were written to one entity."""
        return [state for name, state, _ in self.writes if name == entity]

    def _get(self, entity: str) -> State:
        if entity not in self.states:
            raise NameError(f"name '{entity}' is not defined")
        return self.states[entity]

    def _set(self, entity: str, state: object, new_attributes: dict[str, Any]) -> None:
        self.writes.append((entity, str(state), new_attributes))
        self.shows(entity, state, **new_attributes)

    def _delete(self, entity: str) -> None:
        self._get(entity)
        self.deleted.append(entity)
        del self.states[entity]

    async def _names(self) -> list[str]:
        return sorted(self.states)

    async def _persist(self, entity: str, default_value: str, default_attributes: dict[str, Any]) -> None:
        if entity not in self.states:
            self.shows(entity, default_value, **default_attributes)

    async def _call(self, domain: str, service: str, blocking: bool = False, **data: Any) -> None:
        name = f"{domain}.{service}"
        self.calls.append((name, data))
        if name in self.refuses:
            raise self.refuses[name]


def empty_store() -> None:
    """Remove all that the scripts of a process share."""
    for key in [key for key in STORE if not key.startswith("__")]:
        del STORE[key]
