"""@state_trigger: fires when an entity changes its state, appears or disappears; `entity.*` fires on its attributes."""

from collections.abc import Iterable
from typing import Any

from simhouse.host.events import Context
from simhouse.host.state_value import snapshot
from simhouse.host.states import EntityState, StateMachine
from simhouse.host.time_trigger import Fire

ALL_ATTRIBUTES = ".*"


class StateTrigger:
    """Watches names: entities for their state, or with `.*` for their attributes."""

    def __init__(self, names: Iterable[str], states: StateMachine, fire: Fire) -> None:
        self._names = frozenset(names)
        self._entities = {name.removesuffix(ALL_ATTRIBUTES) for name in self._names}
        self._states = states
        self._fire = fire

    def start(self) -> None:
        """Begin to watch."""
        for entity_id in self._entities:
            self._states.listen(entity_id, self._changed)

    def stop(self) -> None:
        """Stop watching."""
        for entity_id in self._entities:
            self._states.unlisten(entity_id, self._changed)

    def _changed(self, entity_id: str, old: EntityState | None, new: EntityState | None, context: Context) -> None:
        if not self._is_watched(entity_id, old, new):
            return
        keywords: dict[str, Any] = {
            "trigger_type": "state",
            "var_name": entity_id,
            "value": snapshot(new),
            "old_value": snapshot(old),
            "context": context,
        }
        self._fire(keywords)

    def _is_watched(self, entity_id: str, old: EntityState | None, new: EntityState | None) -> bool:
        if entity_id in self._names and (old is None or new is None or old.state != new.state):
            return True
        before, after = (state.attributes if state is not None else {} for state in (old, new))
        return f"{entity_id}{ALL_ATTRIBUTES}" in self._names and before != after
