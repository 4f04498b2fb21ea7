"""Entities that CONFIG names and Home Assistant does not have: most often an id that was typed wrong."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import tuning
from ..config.tree import nearest_entity
from ..model.readings import View
from ..runtime.ports import Ports
from ..runtime.store import STORE

LOOK_IT_UP = "look its id up under Developer tools > States"


class MissingEntities:
    """Remembers since when each is missing, and which one may be meant. `named`: path -> entity."""

    def __init__(self, ports: Ports, named: Mapping[str, str]) -> None:
        self._ports = ports
        self._named = named
        self._since_s: dict[str, float] = {}
        self._remedies: dict[str, str] = {}
        self._wait_s = tuning.LASTING_S

    def begin(self, now_s: float) -> None:
        """This CONFIG has just been loaded: when the scripts have run for a while, all integrations are there."""
        running_s = now_s - STORE.setdefault("running_since_s", now_s)
        self._wait_s = 0.0 if running_s >= tuning.LASTING_S else tuning.LASTING_S

    async def problems(self, view: View) -> Mapping[str, str]:
        """Path -> a sentence for each that has been missing for long enough."""
        now_s = view.now_s
        missing = {path: entity for path, entity in self._named.items() if view.raw(entity) is None}
        self._since_s = {path: self._since_s.get(path, now_s) for path in missing}
        due = {path: entity for path, entity in missing.items() if now_s - self._since_s[path] >= self._wait_s}
        new = set(due.values()) - self._remedies.keys()
        if new:
            known = await self._ports.names()
            self._remedies |= {entity: _remedy(entity, known) for entity in new}
        return {
            path: f"{path}: Home Assistant has no entity {entity}; {self._remedies[entity]}"
            for path, entity in due.items()
        }

    def placed(self, problems: Mapping[str, str]) -> Iterator[str]:
        """Entity -> a sentence about it, each behind the place in CONFIG that names the entity."""
        places = {entity: path for path, entity in self._named.items()}
        for entity, text in problems.items():
            yield f"{places[entity]}: {text}" if entity in places else text


def _remedy(entity: str, known: Sequence[str]) -> str:
    near = nearest_entity(entity, known)
    return LOOK_IT_UP if near is None else f"did you mean {near!r}?"
