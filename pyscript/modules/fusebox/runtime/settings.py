"""Live values: entities that stand for CONFIG values, and what services set in their place.

What a service sets without an entity lasts over restarts, until that value is edited in CONFIG.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from ..config.read_config import Plan
from ..model.memory import Memory
from ..model.meter_memory import BatteryMemory
from ..model.readings import View, finite
from ..model.site import Site
from .load_persistence import PlainLoads, to_plain, with_restored
from .ports import Ports, attributes_of
from .store import STORE

SETTINGS_ENTITY = "pyscript.fusebox_settings"
"""Persisted by pyscript; its attribute `overrides` maps a CONFIG path to what was set and what CONFIG said then.

Its attribute `battery` says which thresholds the state of charge has passed, `loads` what switched loads remember.
"""

THRESHOLDS = ("charged", "has_surplus", "able")
"""What of the battery's memory outlives a restart: without it a hysteresis would be lost, and with it a session."""

SERVICE_OF_DOMAIN = {
    "input_select": ("select_option", "option"),
    "select": ("select_option", "option"),
    "input_number": ("set_value", "value"),
    "number": ("set_value", "value"),
    "input_text": ("set_value", "value"),
    "text": ("set_value", "value"),
}
"""How an entity that stands for a value is written: domain -> service and field."""

MeansIt = Callable[[str], bool]
"""Whether a label, such as an input_select's option, stands for the value that is to be set."""


class Settings:
    """The values in force for the settable paths of one plan."""

    def __init__(self, ports: Ports, plan: Plan | None) -> None:
        self._ports = ports
        self._plan = plan
        self._good: dict[str, object] = {}
        self._unusable: dict[str, str] = {}
        known: dict[tuple[str, str], str] = STORE.setdefault("live_values", {})
        for place in plan.live.items() if plan is not None else ():
            if place in known:
                self._good[place[0]] = known[place]
        self._overrides: dict[str, Any] = {}
        self._thresholds: dict[str, bool] = {}
        self._loads: PlainLoads = {}
        self._judged: dict[str, object] = {}
        self._outgrown: Mapping[str, str] = {}

    async def restore(self) -> None:
        """Read what services set before the last restart; drop what CONFIG has been edited away from."""
        if self._plan is None:
            return
        await self._ports.persist(SETTINGS_ENTITY, default_value="0", default_attributes={"overrides": {}})
        attributes = attributes_of(self._ports, SETTINGS_ENTITY)
        self._thresholds = _thresholds(attributes.get("battery"))
        self._loads = _mapping(attributes.get("loads"))
        stored = attributes.get("overrides")
        self._overrides = {
            path: kept for path, kept in _mapping(stored).items() if _still_holds(self._plan, path, kept)
        }
        if self._overrides != (stored or {}):
            self._save()
        if self._overrides:
            await self._to_disk()

    def values(self, view: View) -> Mapping[str, object]:
        """Path -> value now; an entity that is unknown keeps its last known value."""
        if self._plan is None:
            return {}
        for path, entity in self._plan.live.items():
            word = view.word(entity)
            unit = self._plan.unit_problem(path, view.shown_unit(entity))
            if word is None or (unit is None and self._plan.understands(path, word)):
                self._unusable.pop(path, None)
            else:
                self._unusable[path] = unit or f"it shows {word!r}"
            if word is not None and path not in self._unusable:
                self._good[path] = STORE["live_values"][path, entity] = word
        values = {**self._good, **{path: kept["value"] for path, kept in self._overrides.items()}}
        if values != self._judged:
            self._judged, self._outgrown = values, self._plan.outgrown(values, self._overrides)
        return {path: value for path, value in values.items() if path not in self._outgrown}

    def is_chosen(self, path: str) -> bool:
        """Whether CONFIG, an entity or a service says what stands at a settable path, and not its default."""
        plan = self._plan
        return plan is not None and (path in plan.said or path in plan.live or path in self._overrides)

    def is_known(self, path: str) -> bool:
        """Whether the value of a settable path is known: an entity that stands for it may still be silent."""
        return self._plan is None or path not in self._plan.live or path in self._good

    @property
    def missing(self) -> tuple[str, ...]:
        """Live values that have never been known, each with its place and entity."""
        live = {} if self._plan is None else self._plan.live
        return tuple(
            f"{path}: {entity} has no usable value yet{self._shows(path)}"
            for path, entity in live.items()
            if path not in self._good
        )

    @property
    def unusable(self) -> tuple[str, ...]:
        """Live values that make no sense now, each with its place, its entity and what counts instead."""
        live = {} if self._plan is None else self._plan.live
        return tuple(
            f"{path}: {live[path]} has no usable value{self._shows(path)}; its last one, {self._good[path]}, counts"
            for path in self._unusable
            if path in self._good
        )

    def _shows(self, path: str) -> str:
        return f", {self._unusable[path]}" if path in self._unusable else ""

    @property
    def outgrown(self) -> tuple[str, ...]:
        """Minimums that services set and that no longer fit into CONFIG: they are kept, but not in force."""
        return tuple(self._outgrown.values())

    def refusal(self, view: View, path: str, value: object, means_it: MeansIt) -> str | None:
        """Why a path may not be set to this value with what is in force now, in a sentence; None when it may."""
        if self._plan is None:
            return f"{path}: there is no valid CONFIG yet"
        entity = self._plan.live.get(path)
        why = self._plan.refusal(path, value, self.values(view))
        if why is None and entity is not None:
            why = _not_taken(view, entity, value, means_it)
            return why and f"{path}: {why}"
        return why

    async def set(self, path: str, value: object, means_it: MeansIt) -> None:
        """Set a path's value: in its entity where CONFIG names one, else here. Raises what the service raises."""
        if self._plan is None:
            return
        entity = self._plan.live.get(path)
        if entity is None:
            own = _plain(self._plan.raw_values.get(path))
            if _plain(value) == own:
                # What CONFIG has anyway is nobody's choice: a mode that was never chosen waits for a plan.
                self._overrides.pop(path, None)
            else:
                self._overrides[path] = {"value": _plain(value), "config": own, "said": path in self._plan.said}
            self._save()
            await self._to_disk()
            return
        domain = entity.split(".")[0]
        service, field = SERVICE_OF_DOMAIN.get(domain, ("set_value", "value"))
        options = attributes_of(self._ports, entity).get("options") or ()
        value = next((option for option in options if means_it(str(option))), value)
        await self._ports.call(domain, service, **{"entity_id": entity, field: value}, blocking=True)

    def with_restored(self, site: Site, memory: Memory, now_s: float) -> Memory:
        """The memory with what was kept of the battery and the loads, where it knows nothing of them."""
        if site.battery is not None and memory.battery is None and self._thresholds:
            memory = replace(memory, battery=BatteryMemory(held_s=now_s, **self._thresholds))
        return with_restored(memory, self._loads, now_s)

    def keep(self, site: Site, memory: Memory) -> None:
        """Keep for the next restart which thresholds are passed now, and what the loads have to remember."""
        past = memory.battery
        now = self._thresholds if past is None else {name: getattr(past, name) for name in THRESHOLDS}
        loads = to_plain(site, memory)
        if (now, loads) != (self._thresholds, self._loads):
            self._thresholds, self._loads = now, loads
            self._save()

    async def _to_disk(self) -> None:
        """Home Assistant keeps what is persisted in memory for up to a quarter of an hour; a power cut comes sooner."""
        if "homeassistant.core" in sys.modules:
            await self._ports.call("homeassistant", "save_persistent_states", blocking=True)

    def _save(self) -> None:
        attributes: dict[str, Any] = {"overrides": dict(self._overrides), "friendly_name": "Fusebox settings"}
        if self._thresholds:
            attributes["battery"] = dict(self._thresholds)
        if self._loads:
            attributes["loads"] = dict(self._loads)
        self._ports.set(SETTINGS_ENTITY, str(len(self._overrides)), new_attributes=attributes)


def _mapping(kept: object) -> dict[str, Any]:
    """What was kept by name; nothing where it makes no sense, which leaves alone what was kept beside it."""
    return dict(kept) if isinstance(kept, Mapping) else {}


def _thresholds(kept: object) -> dict[str, bool]:
    """Thresholds as they were kept; none of them where one makes no sense."""
    said = _mapping(kept)
    found = {name: said[name] for name in THRESHOLDS if isinstance(said.get(name), bool)}
    return found if len(found) == len(THRESHOLDS) else {}


def _still_holds(plan: Plan, path: str, kept: object) -> bool:
    """Whether what was kept makes sense, and CONFIG still says what it said when that was set."""
    if not isinstance(kept, Mapping) or path not in plan.raw_values:
        return False
    said = path in plan.said
    same = _plain(plan.raw_values[path]) == kept.get("config") and kept.get("said", said) is said
    return same and plan.understands(path, kept.get("value"))


def _not_taken(view: View, entity: str, value: object, means_it: MeansIt) -> str | None:
    """Why an entity would not take a value. Home Assistant itself often says so in its log only."""
    domain = entity.split(".")[0]
    raw = view.raw(entity)
    if domain not in SERVICE_OF_DOMAIN:
        helper = "input_select" if isinstance(value, str) else "input_number"
        return f"CONFIG names {entity}, which can only be read; change what it shows, or name an {helper} in CONFIG"
    if raw is None or str(raw) == "unavailable":
        return f"CONFIG names {entity}, which is {'not there' if raw is None else 'unavailable'}; mend that first"
    if domain.endswith("select"):
        options = [str(option) for option in vars(raw).get("options") or ()]
        if options and not any(map(means_it, options)):
            return f"{entity} has no option for {value}; its options are {', '.join(options)}; add one to it"
        return None
    return _outside(view, entity, value)


def _outside(view: View, entity: str, value: object) -> str | None:
    """Why a value is outside an entity's own `min` and `max`: of a number its amount, of a text its length."""
    text = entity.split(".")[0].endswith("text")
    size = len(str(value)) if text else finite(value)
    low, high = view.attribute_number(entity, "min"), view.attribute_number(entity, "max")
    if size is None or ((low is None or size >= low) and (high is None or size <= high)):
        return None
    span = " and ".join(
        f"{word} {end:.6g}" for word, end in (("at least", low), ("at most", high)) if end is not None
    ) + (" characters" if text else "")
    return f"{value} is outside what {entity} takes ({span}); keep to that, or change the entity"


def _plain(value: object) -> object:
    """As it comes back from a file: enumerations as their words, whole floats as they are."""
    return str(value) if isinstance(value, str) else value
