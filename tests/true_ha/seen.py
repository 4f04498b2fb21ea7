"""What a real Home Assistant shows: its states, which of them scripts wrote, and what pyscript logs as errors."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from homeassistant.core import HomeAssistant


class States:
    """Home Assistant's states as the tests look at them, and what scripts wrote of them."""

    def __init__(self) -> None:
        self.hass: HomeAssistant | None = None
        self._written: dict[str, None] = {}
        self.note_written: Callable[[str], None] = self._note

    def _note(self, entity_id: str) -> None:
        self._written[entity_id.lower()] = None

    def get(self, entity_id: str) -> Any:
        """The entity, or None."""
        assert self.hass is not None
        return self.hass.states.get(entity_id)

    def take_written(self) -> dict[str, Any]:
        """What scripts wrote since the last call, as it is now; None where the entity is gone."""
        taken, self._written = self._written, {}
        return {entity_id: _as_dict(self.get(entity_id)) for entity_id in taken}

    def listen_to(self, pyscript_state: Any) -> None:
        """Have pyscript's own functions for states say what they write."""
        for name in ("set", "delete", "setattr"):
            setattr(pyscript_state, name, self._noting(getattr(pyscript_state, name)))

    def _noting(self, function: Callable[..., Any]) -> Callable[..., Any]:
        def noting(var_name: str, *args: Any, **kwargs: Any) -> Any:
            self.note_written(".".join(var_name.split(".")[:2]))
            return function(var_name, *args, **kwargs)

        return noting


class Errors(logging.Handler):
    """What pyscript logs as errors of a file, by the name of its context."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.found: dict[str, str] = {}

    def emit(self, record: logging.LogRecord) -> None:
        """Keep the text."""
        _, _, context = record.name.partition("custom_components.pyscript.")
        self.found[context] = self.found.get(context, "") + record.getMessage()


def _as_dict(state: Any) -> dict[str, Any] | None:
    return None if state is None else {"state": state.state, "attributes": dict(state.attributes)}
