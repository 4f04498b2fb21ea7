"""Live values: entities that provide CONFIG values, and values that services set instead.

A value that a service sets where no entity provides it survives restarts, until it is edited in CONFIG.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ..config.read_config import Plan
from ..model.memory import Memory
from ..model.messages.message import Message, message, with_frame
from ..model.meter_memory import BatteryMemory
from ..model.numbers import number_of
from ..model.readings import View
from ..model.site import Site
from .json_values import to_json_values
from .load_persistence import KeptLoads, loads_to_keep, with_restored
from .persisted_state import PersistedState, to_disk
from .ports import Ports, attributes_of
from .store import STORE

SETTINGS_ENTITY = "pyscript.fusebox_settings"


class Override(NamedTuple):
    """A value that a service has set instead of one in CONFIG."""

    value: object
    config: object
    """The value in CONFIG at that time."""
    said: bool | None = None
    """Whether that value was written in CONFIG rather than a default; older versions did not store it."""


class Thresholds(NamedTuple):
    """The thresholds that the home battery has passed. Losing a hysteresis at a restart could cost a session."""

    charged: bool
    has_surplus: bool
    able: bool


@dataclass(frozen=True, slots=True)
class KeptSettings:
    """Everything persisted over restarts; `overrides`: path of CONFIG -> override."""

    overrides: Mapping[str, Override] = field(default_factory=dict)
    battery: Thresholds | None = None
    loads: KeptLoads = field(default_factory=dict)


STATE = PersistedState(SETTINGS_ENTITY, "Fusebox settings", KeptSettings)

SWITCHED_DOMAINS = ("input_boolean", "switch")
"""Domains of entities that stand for a yes or no."""
SERVICE_OF_DOMAIN = {
    "input_select": ("select_option", "option"),
    "select": ("select_option", "option"),
    "input_number": ("set_value", "value"),
    "number": ("set_value", "value"),
    "input_text": ("set_value", "value"),
    "text": ("set_value", "value"),
}
"""Domain of an entity that provides a value -> the service and field that set it."""

MeansIt = Callable[[str], bool]
"""Returns whether a label, such as an input_select's option, means the value to be set."""


class Settings:
    """The present values of the settable paths of one plan."""

    def __init__(self, ports: Ports, plan: Plan | None) -> None:
        self._ports = ports
        self._plan = plan
        self._live: Mapping[str, str] = {} if plan is None else plan.live
        self._good: dict[str, object] = {}
        self._unusable: dict[str, Message] = {}
        known: dict[tuple[str, str], str] = STORE.setdefault("live_values", {})
        for place in self._live.items():
            if place in known:
                self._good[place[0]] = known[place]
        self._battery: Thresholds | None = None
        self._loads: KeptLoads = {}
        self._judged: dict[str, object] = {}
        self._outgrown: Mapping[str, str] = {}

    @property
    def _overrides(self) -> dict[str, Override]:
        """What services have set, by path. The balancer restores and sets it; it counts for every script."""
        found: dict[str, Override] = STORE.setdefault("overrides", {})
        return found

    async def restore(self, now_s: float) -> None:
        """Read the overrides from before the last restart; drop those whose value was edited in CONFIG."""
        if self._plan is None:
            return
        kept = await STATE.restore(self._ports, now_s)
        self._battery, self._loads = kept.battery, kept.loads
        held = {path: each for path, each in kept.overrides.items() if _still_holds(self._plan, path, each)}
        STORE["overrides"] = held
        if to_json_values(self._overrides) != attributes_of(self._ports, SETTINGS_ENTITY).get("overrides"):
            self._save()
        if self._overrides:
            await to_disk(self._ports)

    def values(self, view: View) -> Mapping[str, object]:
        """Return path -> present value; an entity that is unknown keeps its last known value."""
        if self._plan is None:
            return {}
        for path, entity in self._live.items():
            word = view.word(entity)
            unit = self._plan.unit_problem(path, view.shown_unit(entity))
            if word is None or (unit is None and self._plan.understands(path, word)):
                self._unusable.pop(path, None)
            else:
                self._unusable[path] = unit or message("live_shows", value=repr(word))
            if word is not None and path not in self._unusable:
                self._good[path] = STORE["live_values"][path, entity] = word
        kept = {path: each.value for path, each in self._overrides.items() if path in self._plan.raw_values}
        values = {**self._good, **kept}
        if values != self._judged:
            self._judged, self._outgrown = values, self._plan.service_minimums_out_of_limits(values, kept)
        return {path: value for path, value in values.items() if path not in self._outgrown}

    def is_chosen(self, path: str) -> bool:
        """Return whether CONFIG, an entity or a service provides the value at a path, rather than its default."""
        plan = self._plan
        return plan is not None and (path in plan.said or path in self._live or path in self._overrides)

    def is_known(self, path: str) -> bool:
        """Return whether the value at a path is known; not while the entity that provides it has had no value."""
        return path not in self._live or path in self._good

    @property
    def missing(self) -> tuple[str, ...]:
        """Sentences on live values that have never been known, with path and entity."""
        return tuple(
            with_frame(message("live_value_awaited", entity=entity, **self._cause(path)), "path", path)
            for path, entity in self._live.items()
            if path not in self._good
        )

    @property
    def unusable(self) -> tuple[str, ...]:
        """Sentences on live values that are invalid now, with path, entity and the value that counts instead."""
        return tuple(
            with_frame(
                message("live_value_lost", entity=self._live[path], value=str(good), **self._cause(path)), "path", path
            )
            for path in self._unusable
            if (good := self._good.get(path)) is not None
        )

    def _cause(self, path: str) -> dict[str, str]:
        """Return what an unusable entity shows as `cause`; nothing where it shows nothing."""
        return {"cause": self._unusable[path]} if path in self._unusable else {}

    @property
    def outgrown(self) -> tuple[str, ...]:
        """Sentences on minimums set by services that no longer fit CONFIG: they are stored, but not in force."""
        return tuple(self._outgrown.values())

    def refusal(self, view: View, path: str, value: object, means_it: MeansIt) -> str | None:
        """Return why a path may not be set to this value now, as a sentence; None when it may."""
        if self._plan is None:
            return with_frame(message("no_valid_config"), "path", path)
        entity = self._live.get(path)
        why = self._plan.refusal(path, value, self.values(view))
        if why is None and entity is not None:
            why = _not_taken(view, entity, value, means_it)
            return why and with_frame(why, "path", path)
        return why

    async def set(self, path: str, value: object, means_it: MeansIt) -> None:
        """Set a path's value: in its entity where CONFIG names one, else as an override.

        Raises what the service raises.
        """
        if self._plan is None:
            return
        entity = self._live.get(path)
        if entity is None:
            own = _plain(self._plan.raw_values.get(path))
            if _plain(value) == own:
                # A value equal to CONFIG's is no override: a mode that was never chosen waits for a plan.
                self._overrides.pop(path, None)
            else:
                self._overrides[path] = Override(_plain(value), own, path in self._plan.said)
            self._save()
            await to_disk(self._ports)
            return
        domain = entity.split(".")[0]
        if isinstance(value, bool) and domain in SWITCHED_DOMAINS:
            await self._ports.call(domain, f"turn_{'on' if value else 'off'}", entity_id=entity, blocking=True)
            return
        if isinstance(value, bool):
            value = "on" if value else "off"
        service, field = SERVICE_OF_DOMAIN.get(domain, ("set_value", "value"))
        options = attributes_of(self._ports, entity).get("options") or ()
        value = next((option for option in options if means_it(str(option))), value)
        await self._ports.call(domain, service, **{"entity_id": entity, field: value}, blocking=True)

    def with_restored(self, site: Site, memory: Memory, now_s: float) -> Memory:
        """Return the memory with the stored state of battery and loads that it does not contain yet."""
        if site.battery is not None and memory.battery is None and self._battery is not None:
            memory = replace(memory, battery=BatteryMemory(*self._battery, held_s=now_s))
        return with_restored(memory, self._loads, now_s)

    def keep(self, site: Site, memory: Memory) -> None:
        """Persist the battery's thresholds and the loads' state if they have changed."""
        past = memory.battery
        battery = self._battery if past is None else Thresholds(past.charged, past.has_surplus, past.able)
        loads = loads_to_keep(site, memory)
        if (battery, loads) != (self._battery, self._loads):
            self._battery, self._loads = battery, loads
            self._save()

    def _save(self) -> None:
        STATE.write(self._ports, len(self._overrides), KeptSettings(self._overrides, self._battery, self._loads))


def _still_holds(plan: Plan, path: str, kept: Override) -> bool:
    """Return whether a stored override is valid, and CONFIG's value is unchanged since."""
    if path not in plan.raw_values or kept.said not in (None, path in plan.said):
        return False
    return _plain(plan.raw_values[path]) == kept.config and plan.understands(path, kept.value)


def _not_taken(view: View, entity: str, value: object, means_it: MeansIt) -> str | None:
    """Return why an entity would not accept a value, None if it does; Home Assistant often only logs that."""
    domain = entity.split(".")[0]
    raw = view.raw(entity)
    is_switched = isinstance(value, bool) and domain in SWITCHED_DOMAINS
    if domain not in SERVICE_OF_DOMAIN and not is_switched:
        helper = "input_boolean" if isinstance(value, bool) else "input_number"
        helper = "input_select" if isinstance(value, str) else helper
        return f"CONFIG names {entity}, which can only be read; change what it shows, or name an {helper} in CONFIG"
    if raw is None or str(raw) == "unavailable":
        return f"CONFIG names {entity}, which is {'not there' if raw is None else 'unavailable'}; mend that first"
    if is_switched:
        return None
    if domain.endswith("select"):
        options = [str(option) for option in vars(raw).get("options") or ()]
        if options and not any(map(means_it, options)):
            return f"{entity} has no option for {value}; its options are {', '.join(options)}; add one to it"
        return None
    return _outside(view, entity, value)


def _outside(view: View, entity: str, value: object) -> str | None:
    """Return why a value (of a text its length) is outside an entity's `min` and `max`, None if it is inside."""
    text = entity.split(".")[0].endswith("text")
    size = len(str(value)) if text else number_of(value)
    low, high = view.attribute_number(entity, "min"), view.attribute_number(entity, "max")
    if size is None or ((low is None or size >= low) and (high is None or size <= high)):
        return None
    given = {"least" if high is None else "low": low, "most" if low is None else "high": high}
    unit = " characters" if text else ""
    # The unit stands behind the last of them.
    bounds = {name: f"{end:.6g}{'' if name == 'low' else unit}" for name, end in given.items() if end is not None}
    return message("outside_entity", value=str(value), entity=entity, **bounds)


def _plain(value: object) -> object:
    """Return a value as it returns from a file: enumerations as texts."""
    return str(value) if isinstance(value, str) else value
