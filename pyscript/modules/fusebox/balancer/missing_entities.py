"""Entities that CONFIG names and Home Assistant does not have: most often an id that was typed wrong."""

from __future__ import annotations

from collections.abc import Mapping

from .. import tuning
from ..model.readings import View


class MissingEntities:
    """Remembers since when each is missing."""

    def __init__(self, named: Mapping[str, str]) -> None:
        self._named = named
        self._since_s: dict[str, float] = {}

    def problems(self, view: View) -> tuple[str, ...]:
        """A sentence for each that has been missing for long, with its place in CONFIG."""
        now_s = view.now_s
        missing = {path: entity for path, entity in self._named.items() if view.raw(entity) is None}
        self._since_s = {path: self._since_s.get(path, now_s) for path in missing}
        return tuple(
            f"{path}: Home Assistant has no entity {entity}; look its id up under Developer tools > States"
            for path, entity in missing.items()
            if now_s - self._since_s[path] >= tuning.MISSING_ENTITY_S
        )
