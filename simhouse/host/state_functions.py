"""`state.*` for scripts: plain functions that native code may call too."""

from typing import Any

from simhouse.host.events import Context
from simhouse.host.state_value import METHODS, StateVal, own_attributes
from simhouse.host.states import VIRTUAL_ATTRIBUTES, StateMachine
from simhouse.host.tasks import Tasks

PERSISTED_DOMAIN = "pyscript."


class StateFunctions:
    """Reads and writes the state machine by the rules of pyscript's `state`."""

    def __init__(self, states: StateMachine, tasks: Tasks) -> None:
        self._states = states
        self._tasks = tasks

    def table(self) -> dict[str, Any]:
        """Return function name -> function, as scripts write them."""
        names = ("get", "set", "setattr", "getattr", "persist", "delete", "exist", "names")
        return {f"state.{name}": getattr(self, name) for name in names}

    def get(self, var_name: str) -> Any:
        """The state (`domain.entity`) or an attribute (`domain.entity.attr`); NameError or AttributeError."""
        parts = var_name.split(".")
        if len(parts) not in (2, 3):
            raise NameError(f"invalid name '{var_name}' (should be 'domain.entity' or 'domain.entity.attr')")
        entity_id = f"{parts[0]}.{parts[1]}"
        state = self._states.get(entity_id)
        if state is None:
            raise NameError(f"name '{entity_id}' is not defined")
        value = StateVal(state)
        if len(parts) == 2:
            return value
        try:
            return getattr(value, parts[2])
        except AttributeError:
            raise AttributeError(f"state '{entity_id}' has no attribute '{parts[2]}'") from None

    def set(
        self, var_name: str, value: Any = None, new_attributes: dict[str, Any] | None = None, **kwargs: Any
    ) -> None:
        """Write a state; None keeps the state or the attributes, keywords are attributes on top."""
        if var_name.count(".") != 1:
            raise NameError(f"invalid name {var_name} (should be 'domain.entity')")
        if isinstance(value, StateVal):
            if new_attributes is None:
                new_attributes = own_attributes(value)
            value = str(value)
        old = self._states.get(var_name)
        if value is None and old is not None:
            value = old.state
        if new_attributes is None:
            new_attributes = old.attributes if old is not None else {}
        context = kwargs.pop("context") if isinstance(kwargs.get("context"), Context) else self._tasks.current_context()
        if kwargs:
            new_attributes = {**new_attributes, **kwargs}
        self._states.set(var_name, value, new_attributes, context)
        self._states.note_written(var_name)

    def setattr(self, var_attr_name: str, value: Any) -> None:
        """Write one attribute (`domain.entity.attr`) of an entity that exists; NameError for another."""
        parts = var_attr_name.split(".")
        if len(parts) != 3:
            raise NameError(f"invalid name {var_attr_name} (should be 'domain.entity.attr')")
        entity_id = f"{parts[0]}.{parts[1]}"
        if not self.exist(entity_id):
            raise NameError(f"state {entity_id} doesn't exist")
        self.set(entity_id, **{parts[2]: value})

    def getattr(self, var_name: Any) -> dict[str, Any] | None:
        """Return all attributes of an entity or of a snapshot.

        None for a missing entity, NameError for another name.
        """
        if isinstance(var_name, StateVal):
            return own_attributes(var_name)
        if var_name.count(".") != 1:
            raise NameError(f"invalid name {var_name} (should be 'domain.entity')")
        state = self._states.get(var_name)
        return dict(state.attributes) if state is not None else None

    async def persist(
        self, var_name: str, default_value: Any = None, default_attributes: dict[str, Any] | None = None
    ) -> None:
        """Keep a `pyscript.*` entity over restarts; the defaults apply when no state is known yet."""
        if var_name.count(".") != 1 or not var_name.startswith(PERSISTED_DOMAIN):
            raise NameError(f"invalid name {var_name} (should be 'pyscript.entity')")
        if var_name not in self._states.persisted:
            self._states.persisted.add(var_name)
            self._states.persisted_changed = True
        state = self._states.get(var_name)
        if state is None:
            if default_value is not None:
                self.set(var_name, default_value, default_attributes)
        elif default_attributes is not None:
            missing = {name: value for name, value in default_attributes.items() if name not in state.attributes}
            self.set(var_name, state.state, **missing)

    def delete(self, var_name: str, context: Context | None = None) -> None:
        """Remove an entity or one of its attributes; NameError or AttributeError when it does not exist."""
        parts = var_name.split(".")
        context = context or self._tasks.current_context()
        if len(parts) == 2:
            if not self._states.remove(var_name, context):
                raise NameError(f"name '{var_name}' not defined")
            self._states.note_written(var_name)
            return
        if len(parts) != 3:
            raise NameError(f"invalid name '{var_name}' (should be 'domain.entity' or 'domain.entity.attr')")
        entity_id = f"{parts[0]}.{parts[1]}"
        state = self._states.get(entity_id)
        if state is None:
            raise NameError(f"state {entity_id} doesn't exist")
        if parts[2] not in state.attributes:
            raise AttributeError(f"state '{entity_id}' has no attribute '{parts[2]}'")
        kept = {name: value for name, value in state.attributes.items() if name != parts[2]}
        self.set(entity_id, state.state, new_attributes=kept)

    def exist(self, var_name: str) -> bool:
        """Whether the entity, or its attribute, exists."""
        parts = var_name.split(".")
        if len(parts) not in (2, 3):
            return False
        state = self._states.get(f"{parts[0]}.{parts[1]}")
        if state is None or len(parts) == 2:
            return state is not None
        return parts[2] in state.attributes or parts[2] in VIRTUAL_ATTRIBUTES or parts[2] in METHODS

    async def names(self, domain: str | None = None) -> list[str]:
        """Return all entity ids, or those of one domain."""
        return self._states.entity_ids(domain)
