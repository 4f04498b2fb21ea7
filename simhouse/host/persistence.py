"""Persisted states: what `state.persist` keeps, in a file next to the config."""

import json
import logging
import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from simhouse.host.states import StateMachine

LOGGER = logging.getLogger("simhouse.host.persistence")
FILE_NAME = ".simhouse_states.json"


class PersistedStates:
    """The file's content, restored into a state machine and saved from it.

    As in Home Assistant, an entity that is no longer persisted appears once more, and is dropped at the next save.
    """

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._fails = False

    def restore(self, states: StateMachine) -> None:
        """Set the states that the file holds; a file that cannot be read is reported, and the rest of it ignored."""
        if self._path is None or not self._path.exists():
            return
        try:
            content = json.loads(self._path.read_text(encoding="utf-8"))
            for entity_id, kept in content.items():
                states.set(entity_id, kept["state"], dict(kept["attributes"]))
        except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
            LOGGER.warning("%s cannot be read, starting without the states it should hold: %s", self._path, error)

    def save(self, states: StateMachine) -> None:
        """Write the file, atomically, when a persisted state changed since the last time.

        A file that cannot be written is reported once, and tried again each time.
        """
        if self._path is None or not states.persisted_changed:
            return
        try:
            self._write(self._path, states)
        except (OSError, ValueError, RecursionError) as error:
            if not self._fails:
                LOGGER.warning("%s cannot be written, so no state can be kept for a restart: %s", self._path, error)
            self._fails = True
        else:
            states.persisted_changed = self._fails = False

    @staticmethod
    def _write(path: Path, states: StateMachine) -> None:
        kept: dict[str, Any] = {}
        for entity_id in states.persisted:
            if (state := states.get(entity_id)) is not None:
                kept[entity_id] = state.as_dict()
        text = json.dumps(kept, indent=1, sort_keys=True, default=str) + "\n"
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        try:
            unfinished.write_text(text, encoding="utf-8")
            os.replace(unfinished, path)
        except OSError:
            with suppress(OSError):  # what cannot be written cannot be removed either
                unfinished.unlink(missing_ok=True)
            raise
