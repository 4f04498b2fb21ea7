"""Observes which car stands at each charger, and applies it to the site; persisted over restarts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from ... import tuning
from ...config.config import EMPTY_SITE, Config
from ...config.values import YesNo
from ...devices.driver import entity_of
from ...model.durations import NEVER_S, since_each
from ...model.load import Load
from ...model.readings import View
from ...model.site import Site
from ...model.snapshot import Snapshot
from ...model.vehicle import GUEST
from ...runtime.log_throttle import Failures
from ...runtime.ports import Ports
from ...runtime.store import PersistedRecord, PersistedState, save_persistent_states
from ...runtime.tasks import Tasks
from ..energy.load_energy import NEW_ENERGY, LoadEnergy
from ..energy.session import is_session_under_way
from ..plans.modes import reports_car
from .effect import hold_without_plan, with_vehicles
from .naming import (
    OutdatedChoice,
    car_by_entity,
    ends_choice,
    is_possible,
    outdated_choices,
    set_back,
    tag_owner,
    without_choice,
    without_old_choice,
)
from .recognition import ALWAYS_S, NOT_THERE, By, Clues, EndedStays, Stay, Stays, recognise, resumed_stay

ON, OFF = "on", "off"
SILENT = "unavailable"
"""The state of an entity whose device does not answer; what it showed before still counts."""
_IS_PLUGGED = YesNo()


class EntityWord(NamedTuple):
    """What an entity displays."""

    word: str
    since_s: float = NEVER_S
    """Since when [s since 1970], never where it was so at the first observation."""


NO_WORD = EntityWord("")
"""What stands for an entity that is missing: it displays nothing."""


@dataclass(frozen=True, slots=True)
class StoredVehicles:
    """What is persisted: load -> the stay of its car, and entity -> what it displayed last."""

    stays: Stays = field(default_factory=dict)
    shown: Mapping[str, EntityWord] = field(default_factory=dict)
    before_choice: Mapping[str, str] = field(default_factory=dict)
    """Entity that a person's choice was written to -> what it displayed before, until it is set otherwise."""


STATE = PersistedState("pyscript.fusebox_vehicles", "Fusebox vehicles", StoredVehicles)


class CarsAtChargers(PersistedRecord[StoredVehicles]):
    """The cars at the chargers that several use; persisted over restarts."""

    state = STATE

    def __init__(self, ports: Ports) -> None:
        super().__init__(ports)
        self._values: Mapping[str, object] | None = None
        self._configured = EMPTY_SITE
        """The site with the live values, without the cars that are there."""
        self._newcomers_s: Mapping[str, float] = {}
        """Load -> since when a car is there without a session [s since 1970]."""
        self._left: EndedStays = {}
        self._is_unsaved = False
        """Whether a car has been recognised since the persisted entities were written to the disk."""
        self._outdated: tuple[OutdatedChoice, ...] = ()
        """The entities that display a choice that no longer counts."""
        self._set_back: frozenset[str] = frozenset()
        """Those of them that have been set back; once only, as a select may refuse it."""
        self._tasks, self._failures = Tasks(), Failures("storing the car at a charger")

    def with_present_cars(
        self, config: Config, live_values: Mapping[str, object], view: View, energies: Mapping[str, LoadEnergy]
    ) -> Site:
        """Return the site with these live values and the cars that are there; the same object while nothing changes.

        Updates which cars are there, and persists that.
        """
        if live_values != self._values:
            self._values, self._configured = live_values, config.site(live_values)
        self._observe(view, energies)
        return with_vehicles(self._configured, self.record.stays)

    def hold_newcomers(self, site: Site, snapshot: Snapshot) -> Site:
        """Return the site with loads held whose car has just come, until the next step begins its session.

        Remembers since when each is there: without sessions, such as after an error, a load is held for
        `VEHICLE_NEAR_S` at most, as any car is known by then.
        """
        now_s, stays = snapshot.now_s, self.record.stays
        unknown = [load for load in site.loads if load.vehicles and load.name not in stays]
        new = [load.name for load in unknown if is_session_under_way(load, snapshot.loads[load.name])]
        self._newcomers_s = since_each(self._newcomers_s, new, now_s)
        awaited = {name for name, since_s in self._newcomers_s.items() if now_s - since_s <= tuning.VEHICLE_NEAR_S}
        held = {load.name: hold_without_plan(load, site.vehicles) for load in site.loads if load.name in awaited}
        return site.with_loads(held)

    async def set_car(self, load: str, vehicle: str, written_to: str | None) -> bool:
        """Set the car at a load until it leaves, and persist that; return False, and set nothing, without a car.

        Where a person has set the same car before, it counts no longer: the car there is recognised anew. `written_to`:
        the entity that the caller sets to this car as well, None for none; for later cars it does not count.
        """
        stay = self.record.stays.get(load)
        if stay is None:
            return False
        stays = {name: without_choice(each, vehicle) for name, each in self.record.stays.items()}
        self._left = {name: each for name, each in self._left.items() if without_choice(each[0], vehicle) == each[0]}
        before_choice, shown = dict(self.record.before_choice), self.record.shown
        if written_to is not None:
            before = before_choice.pop(written_to, shown.get(written_to, NO_WORD).word)
            if before != vehicle:
                before_choice[written_to] = before
        stays[load] = Stay(stay.session_s, vehicle, By.PERSON)
        await self.update_on_disk(StoredVehicles(stays, shown, before_choice))
        return True

    async def clear_choice(self, load: str) -> bool:
        """Drop a person's choice at a load and persist that: the car is recognised anew; return False without a car."""
        stay = self.record.stays.get(load)
        if stay is not None and stay.by is By.PERSON:
            await self.update_on_disk(replace(self.record, stays={**self.record.stays, load: Stay(stay.session_s)}))
        return stay is not None

    def start_writing(self, now_s: float) -> bool:
        """Start writing all persisted entities to the disk if a car was recognised by itself; return whether it was.

        Then the caller writes its session too: without that, the car does not count after a restart. Also start setting
        back, once, each entity that displays a choice that counts no longer.
        """
        is_new, self._is_unsaved = self._is_unsaved, False
        due = [each for each in self._outdated if each.entity not in self._set_back]
        self._set_back = frozenset(each.entity for each in self._outdated)
        if is_new or due:
            self._tasks.spawn(self._write(is_new, due, now_s))
        return is_new

    async def _write(self, is_new: bool, due: Iterable[OutdatedChoice], now_s: float) -> None:
        """Write all persisted entities to the disk if a car `is_new`, and set back those `due`; log any failure."""
        with self._failures.logged(now_s):
            if is_new:
                await save_persistent_states(self._ports)
            for each in due:
                await set_back(self._ports, each)

    def _observe(self, view: View, energies: Mapping[str, LoadEnergy]) -> None:
        """Update what entities display and which cars are there, and persist both."""
        site = self._configured
        loads = [load for load in site.loads if load.vehicles]
        last, earlier, words = self.record.shown, self.record.stays, dict(_displayed_words(site, loads, view))
        shown = {each: _displayed_since(last.get(each), word, view.now_s) for each, word in words.items() if each}
        known = {entity: each for entity, each in shown.items() if each is not None}
        renamed = {n.name for n in loads if self._names_another_car(n, earlier.get(n.name, NOT_THERE), known)}
        # A load may have left CONFIG, or its vehicles, while a car is there; or this car its load.
        before = [(n, earlier[n.name]) for n in loads if n.name in earlier and is_possible(n, earlier[n.name])]
        past = {n.name: stay for n, stay in before if not ends_choice(n, stay, renamed)}
        unchanged = {entity_of(n, "vehicle_entity") for n in loads if n.name not in renamed}
        before_choice = {entity: word for entity, word in self.record.before_choice.items() if entity in unchanged}
        all_clues = {n.name: _clues(site, n, view, energies.get(n.name, NEW_ENERGY), known) for n in loads}
        there = [(n, each) for n in loads if (each := all_clues[n.name]) is not None]
        clues = {n.name: without_old_choice(n, each, before_choice) for n, each in there}
        stays = recognise(clues, {**past, **self._resumed_stays(clues)}, view.now_s)
        left = {name: (stay, view.now_s) for name, stay in earlier.items() if name not in stays}
        self._left = {**self._left, **left}
        recognised = {name: stay for name, stay in stays.items() if stay.vehicle not in (None, GUEST)}
        self._is_unsaved |= any(stay != earlier.get(name) for name, stay in recognised.items())
        self.update(StoredVehicles(stays, known, before_choice))
        self._outdated = tuple(outdated_choices(loads, stays, before_choice, self._left, view.now_s))

    def _names_another_car(self, load: Load, stay: Stay, shown: Mapping[str, EntityWord]) -> bool:
        """Return whether the entity that names the car was set to another car than the one that a person has chosen."""
        before, now = _displayed_car(load, self.record.shown), _displayed_car(load, shown)
        chosen = stay.vehicle if stay.by is By.PERSON else None
        return before is not None and now not in (None, before, chosen)

    def _resumed_stays(self, clues: Mapping[str, Clues]) -> dict[str, Stay]:
        """Return load -> stay of a car whose charger has reported for a moment that it was gone."""
        new = {name: each for name, each in clues.items() if name in self._left and name not in self.record.stays}
        found = {name: resumed_stay(each, *self._left[name]) for name, each in new.items()}
        return {name: stay for name, stay in found.items() if stay is not None}


def vehicle_entities(site: Site) -> tuple[str, ...]:
    """Return the entities by which cars are recognised, each once: of loads that list cars, and of these cars.

    These are the load's car name and tag, and each car's sensor of being plugged in.
    """
    found = []
    for load in site.loads:
        if load.vehicles:
            cars = (site.vehicles[name].plugged for name in load.vehicles)
            found += [entity_of(load, "vehicle_entity"), entity_of(load, "tag"), *cars]
    return tuple(dict.fromkeys(entity for entity in found if entity is not None))


def _displayed_words(site: Site, loads: list[Load], view: View) -> Iterator[tuple[str | None, str | None]]:
    """Yield each entity by which cars are recognised with what it displays; None while unknown, or without an entity.

    That is a car, `GUEST` or ""; a tag or ""; `ON` or `OFF`.
    """
    for load in loads:
        yield entity_of(load, "vehicle_entity"), car_by_entity(load, view)
        tag = entity_of(load, "tag")
        is_silent = view.raw(tag) is None or str(view.raw(tag)) == SILENT
        yield tag, None if is_silent else view.word(tag) or ""
        for name in load.vehicles:
            is_plugged = _IS_PLUGGED.read(view.word(site.vehicles[name].plugged))
            yield site.vehicles[name].plugged, None if is_plugged is None else ON if is_plugged else OFF


def _displayed_since(past: EntityWord | None, word: str | None, now_s: float) -> EntityWord | None:
    """Return what an entity displays and since when; `past` while it displays nothing (`word` None) or the same."""
    if word is None or (past is not None and past.word == word):
        return past
    return EntityWord(word) if past is None else EntityWord(word, now_s)


def _clues(site: Site, load: Load, view: View, energy: LoadEnergy, shown: Mapping[str, EntityWord]) -> Clues | None:
    """Return what entities reveal now about the car at a load; None without a session, as no car is there then.

    A charger that does not report its car counts as in one session for ever.
    """
    session_s = energy.session_start_s if reports_car(load) else ALWAYS_S
    if session_s is None:
        return None
    tag = shown.get(entity_of(load, "tag") or "", NO_WORD)
    plugs = {name: shown.get(site.vehicles[name].plugged or "", NO_WORD) for name in load.vehicles}
    plugged_s = {name: each.since_s for name, each in plugs.items() if each.word == ON}
    return Clues(session_s, car_by_entity(load, view), tag_owner(site, load, tag.word), tag.since_s, plugged_s)


def _displayed_car(load: Load, shown: Mapping[str, EntityWord]) -> str | None:
    """Return what the entity that names the car at a load displays; None for none, or while unknown."""
    found = shown.get(entity_of(load, "vehicle_entity") or "")
    return None if found is None else found.word
