"""Live values: entities that provide CONFIG values, and values that services set instead.

A value that a service sets where no entity provides it survives restarts, until it is edited in CONFIG.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .. import tuning
from ..config.config import NO_CONFIG, Config
from ..model.durations import has_passed, since_each
from ..model.house_memory import HiddenSunMemory
from ..model.memory import Memory, VehicleMemory
from ..model.messages.message import Message, message, with_frame
from ..model.meter_memory import BatteryMemory, known_batteries
from ..model.readings import View
from ..model.site import Site
from . import lifecycle
from .entity_values import MeansIt, entity_refusal, set_entity
from .json_values import to_json_values
from .load_persistence import (
    Latencies,
    StoredLoads,
    loads_to_persist,
    stored_latencies,
    with_last_commands,
    with_stored_loads,
)
from .ports import Ports, entity_attributes
from .store import STORE, PersistedState, save_persistent_states

SETTINGS_ENTITY = "pyscript.fusebox_settings"


class Override(NamedTuple):
    """A value that a service has set instead of one in CONFIG."""

    value: object
    config: object
    """The value in CONFIG at that time."""
    was_written: bool | None = None
    """Whether CONFIG contained that value; False for a default, None from older versions, which did not store it."""


class Thresholds(NamedTuple):
    """The thresholds that the home battery has passed. Losing a hysteresis at a restart could cost a session."""

    charged: bool
    has_surplus: bool
    able: bool


@dataclass(frozen=True, slots=True)
class StoredSettings:
    """Everything persisted over restarts; `overrides`: path of CONFIG -> override."""

    overrides: Mapping[str, Override] = field(default_factory=dict)
    battery: Thresholds | tuple[Thresholds | None, ...] | None = None
    """Of the only battery, or of several in their order."""
    loads: StoredLoads = field(default_factory=dict)
    vehicles: Mapping[str, VehicleMemory] = field(default_factory=dict)
    inverter_lags_s: Latencies = ()
    """How long a throttled inverter took to follow in the last tests [s]."""
    stops_s: Mapping[str, float] = field(default_factory=dict)
    """Device -> when Fusebox stopped its charging session, to begin it again [s since 1970]."""
    test_begun_s: float | None = None
    """When the wiring test under way began [s since 1970], None without one."""


STATE = PersistedState(SETTINGS_ENTITY, "Fusebox settings", StoredSettings)


def good_values() -> dict[tuple[str, str], str]:
    """Return (path of CONFIG, its entity) -> that entity's last good value; the dict outlives a reload."""
    found: dict[tuple[str, str], str] = STORE.setdefault("live_values", {})
    return found


class Settings:
    """The present values of the settable paths of one CONFIG."""

    def __init__(self, ports: Ports, config: Config) -> None:
        self._ports = ports
        self._config = config
        self._live: Mapping[str, str] = config.live
        self._unusable: dict[str, Message] = {}
        self._silent_s: Mapping[str, float] = {}
        """Path -> since when its entity has had no value, of those that had one."""
        self._lost: tuple[str, ...] = ()
        self.persisted, self._memory = StoredSettings(), Memory()
        """What is persisted, without the overrides; and the memory at the last step."""
        self._judged: dict[str, object] = {}
        self.outgrown: Mapping[str, str] = {}
        """Path -> why a minimum that a service has set no longer fits CONFIG's limits: it is stored, but not in force.
        """

    @property
    def _overrides(self) -> dict[str, Override]:
        """What services have set, by path. The balancer restores and sets it; it counts for every script."""
        found: dict[str, Override] = STORE.setdefault("overrides", {})
        return found

    @property
    def _good(self) -> dict[str, str]:
        """Path -> the last good value of its entity, for those that have had one."""
        known = good_values()
        return {place[0]: known[place] for place in self._live.items() if place in known}

    async def start(self) -> None:
        """Do nothing, because `restore` has read what was persisted: it registers the settings only to be stopped."""

    async def stop(self) -> None:
        """Persist the loads' last commands too, on the disk: as it stops, Home Assistant has written its states."""
        loads = with_last_commands(self.persisted.loads, self._memory)
        if loads != self.persisted.loads:
            self.persisted = replace(self.persisted, loads=loads)
            self._save()
            await save_persistent_states(self._ports)

    async def restore(self, now_s: float, owner: object) -> None:
        """Read what was persisted before the last restart, and put the overrides in force for every script.

        An override that is invalid, or whose value was edited in CONFIG, is dropped, and that is saved. Nothing without
        a valid CONFIG. `stop` follows when Home Assistant stops, or `owner` leaves.
        """
        if self._config is NO_CONFIG:
            return
        await lifecycle.start(SETTINGS_ENTITY, owner, self)
        stored = await STATE.restore(self._ports, now_s)
        self.persisted = replace(stored, overrides={})
        config = self._config
        held = {path: each for path, each in stored.overrides.items() if _is_still_valid(config, path, each)}
        STORE["overrides"] = held
        if to_json_values(self._overrides) != entity_attributes(self._ports, SETTINGS_ENTITY).get("overrides"):
            self._save()

    def read_values(self, view: View) -> Mapping[str, object]:
        """Return path -> present value; an entity that is unknown or shows an invalid value keeps its last good one.

        Overrides by a service come first, except minimums that no longer fit CONFIG's limits. Also remembers the good
        values, and which entities are unusable.
        """
        for path, entity in self._live.items():
            word = view.word(entity)
            unit = self._config.unit_problem(path, view.shown_unit(entity))
            if word is None or (unit is None and self._config.is_usable(path, word)):
                self._unusable.pop(path, None)
            else:
                self._unusable[path] = unit or message("live_shows", value=repr(word))
            if word is not None and path not in self._unusable:
                good_values()[path, entity] = word
        good, now_s = self._good, view.now_s
        silent = [path for path in good if view.word(self._live[path]) is None]
        self._silent_s = since_each(self._silent_s, silent, now_s)
        self._lost = tuple(path for path, at_s in self._silent_s.items() if has_passed(tuning.LASTING_S, at_s, now_s))
        stored = {path: each.value for path, each in self._overrides.items() if path in self._config.raw_values}
        values = {**good, **stored}
        if values != self._judged:
            self._judged, self.outgrown = values, self._config.outgrown_minimums(values, stored)
        return {path: value for path, value in values.items() if path not in self.outgrown}

    def is_chosen(self, path: str) -> bool:
        """Return whether CONFIG, an entity or a service provides the value at a path, rather than its default."""
        return path in self._config.written_paths or path in self._live or path in self._overrides

    def is_known(self, path: str) -> bool:
        """Return whether the value at a path is known; not while the entity that provides it has had no value."""
        return path not in self._live or (path, self._live[path]) in good_values()

    @property
    def missing(self) -> tuple[str, ...]:
        """Sentences on live values that have never been known, with path and entity."""
        return tuple(self._sentence("live_value_awaited", path) for path in self._live if not self.is_known(path))

    @property
    def problems(self) -> tuple[str, ...]:
        """Sentences on live values that are missing, were invalid when last read, or unknown for `LASTING_S`.

        With path, entity and the last good value, which counts instead.
        """
        good = self._good
        lost = [path for path in (*self._unusable, *self._lost) if path in good]
        return (*self.missing, *(self._sentence("live_value_lost", path, value=good[path]) for path in lost))

    def _sentence(self, code: str, path: str, **values: str) -> Message:
        """Return the message `code` about a live value, with its path, its entity, and why that is unusable."""
        cause = {"cause": self._unusable[path]} if path in self._unusable else {}
        return with_frame(message(code, entity=self._live[path], **values, **cause), "path", path)

    def refusal(
        self, view: View, path: str, value: object, together: Mapping[str, object] | None = None
    ) -> Message | None:
        """Return why a path may not be set to this value now, as a sentence; None when it may.

        Without a valid CONFIG, if CONFIG's checks refuse the value, or if the entity that provides it does.
        `together`: path -> value of all that is set in the same call.
        """
        if self._config is NO_CONFIG:
            return with_frame(message("no_valid_config"), "path", path)
        entity = self._live.get(path)
        why = self._config.refusal(path, value, {**self.read_values(view), **(together or {})})
        if why is None and entity is not None:
            why = entity_refusal(view, entity, value, self._meaning(path, value))
            return why and with_frame(why, "path", path)
        return why

    def _meaning(self, path: str, value: object) -> MeansIt:
        """Return the function that says whether a label, such as an option, stands for this value of a path."""
        return lambda label: self._config.normalise_input(path, label) == value

    async def set(self, path: str, value: object) -> None:
        """Set the value at a path: in the entity that provides it, otherwise as a stored override.

        A value equal to CONFIG's ends the override; without a valid CONFIG nothing happens. Raises what the service
        call raises.
        """
        if self._config is NO_CONFIG:
            return
        entity = self._live.get(path)
        if entity is None:
            own = _as_stored(self._config.raw_values.get(path))
            if _as_stored(value) == own:
                # A value equal to CONFIG's is no override: a mode that was never chosen waits for a plan.
                self._overrides.pop(path, None)
            else:
                self._overrides[path] = Override(_as_stored(value), own, path in self._config.written_paths)
            self._save()
            await save_persistent_states(self._ports)
            return
        await set_entity(self._ports, entity, value, self._meaning(path, value))

    def with_stored_state(self, site: Site, memory: Memory, now_s: float) -> Memory:
        """Return the memory with the stored state of batteries, loads, cars and inverter that it does not have yet.

        Cars only if it has none at all; of the inverter only its delays, and only where sun may be hidden.
        """
        stored = self.persisted
        thresholds = _stored_by_battery(stored, len(site.batteries))
        batteries = [
            BatteryMemory(*each, held_s=now_s) if past is None and each is not None else past
            for (_, past), each in zip(known_batteries(site, memory.batteries), thresholds, strict=True)
        ]
        if any(batteries) and tuple(batteries) != memory.batteries:
            memory = replace(memory, batteries=tuple(batteries))
        if stored.vehicles and not memory.vehicles:
            memory = replace(memory, vehicles=stored.vehicles)
        if stored.inverter_lags_s and memory.hidden_sun is None and site.hides_sun:
            lags_s = stored.inverter_lags_s[-tuning.LAST_TIMES :]
            memory = replace(memory, hidden_sun=HiddenSunMemory(lags_s=lags_s))
        return with_stored_loads(site, memory, stored.loads, now_s)

    def persist_if_changed(
        self, site: Site, memory: Memory, stops_s: Mapping[str, float], test_begun_s: float | None = None
    ) -> None:
        """Persist the battery's thresholds, the loads' state and what was learnt of cars and inverter if changed.

        Also the sessions stopped at devices (device -> when), and the begin of a wiring test under way [s since 1970].
        """
        self._memory = memory
        stored, hidden, known = self.persisted, memory.hidden_sun, known_batteries(site, memory.batteries)
        batteries = tuple(
            each if past is None else Thresholds(past.charged, past.has_surplus, past.able)
            for (_, past), each in zip(known, _stored_by_battery(stored, len(known)), strict=True)
        )
        lags_s = stored.inverter_lags_s if hidden is None else stored_latencies(hidden.lags_s or hidden.rise_lags_s)
        battery = batteries if len(batteries) > 1 else next(iter(batteries), stored.battery)
        loads = loads_to_persist(site, memory)
        now = StoredSettings({}, battery, loads, memory.vehicles, lags_s, stops_s, test_begun_s)
        if now != stored:
            self.persisted = now
            self._save()

    def _save(self) -> None:
        """Write the overrides and the other persisted state to `SETTINGS_ENTITY`."""
        STATE.write(self._ports, len(self._overrides), replace(self.persisted, overrides=self._overrides))


def _stored_by_battery(stored: StoredSettings, count: int) -> tuple[Thresholds | None, ...]:
    """Return the stored thresholds of each of `count` batteries, None where there are none."""
    several = stored.battery
    if several is None or isinstance(several, Thresholds):
        several = (several,)
    return (*several, *[None] * count)[:count]


def _is_still_valid(config: Config, path: str, stored: Override) -> bool:
    """Return whether a stored override is still valid, and CONFIG has the same value in the same place as then."""
    if path not in config.raw_values or stored.was_written not in (None, path in config.written_paths):
        return False
    return _as_stored(config.raw_values[path]) == stored.config and config.is_usable(path, stored.value)


def _as_stored(value: object) -> object:
    """Return a value as it returns from a file: enumerations as texts."""
    return str(value) if isinstance(value, str) else value
