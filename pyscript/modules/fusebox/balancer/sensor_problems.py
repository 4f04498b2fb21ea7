"""Entities of CONFIG that Home Assistant does not have, or that measure something other than CONFIG needs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import tuning
from ..config.tree import nearest_entity
from ..devices.appliances.thermostats import is_thermostat
from ..devices.driver import counter_problems, draw_problems
from ..model.decision import Decision
from ..model.durations import NEVER_S, has_passed, since_each
from ..model.load import Load
from ..model.messages.message import Message, message, with_frame
from ..model.readings import View
from ..model.site import MAIN, Site
from ..model.snapshot import NEVER, Snapshot, Status
from ..model.units import PERCENT, POWER, SETPOINT, TEMPERATURE, Quantity, other_unit_problem
from ..runtime.ports import Ports
from ..runtime.store import STORE
from .vehicles.naming import car_name_problems


class SensorProblems:
    """Finds entities that measure something else and are therefore ignored; checked every few seconds."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._looked_s = NEVER_S
        self._problems: tuple[str, ...] = ()
        self._idle_s: Mapping[str, float] = {}
        """Load -> since when it reports charging without a draw."""

    def all_problems(self, site: Site, view: View, snapshot: Snapshot, decision: Decision) -> tuple[str, ...]:
        """Return the messages of `unit_problems` and `idle_draws`."""
        return (*self.unit_problems(site, view), *self.idle_draws(site, snapshot, decision))

    def idle_draws(self, site: Site, snapshot: Snapshot, decision: Decision) -> Iterator[str]:
        """Yield a message for each charger that reports charging while its draw sensor has been at 0 A for long.

        That is `RETRY_LONGEST_S`, if the sensor has reported in the meantime and the meter shows the current.
        """
        now_s, idle = snapshot.now_s, [load.name for load in site.loads if _measures_nothing(load, snapshot, decision)]
        self._idle_s = since_each(self._idle_s, idle, now_s)
        for name, since_s in self._idle_s.items():
            has_reported = now_s - snapshot.state_of(name).draw_age_s >= since_s + tuning.LASTING_S
            if has_reported and has_passed(tuning.RETRY_LONGEST_S, since_s, now_s):
                yield with_frame(message("draw_stays_at_0"), "path", f"loads.{name}")

    def unit_problems(self, site: Site, view: View) -> tuple[str, ...]:
        """Return a message for each entity of the site whose unit belongs to another quantity than CONFIG expects.

        Entities without a unit or a value are skipped. The messages are found anew every `ANSWER_S` and for another
        site.
        """
        if site is not self._site or has_passed(tuning.ANSWER_S, self._looked_s, view.now_s):
            self._site, self._looked_s, self._problems = site, view.now_s, tuple(_find_unit_problems(site, view))
        return self._problems


def _find_unit_problems(site: Site, view: View) -> Iterator[str]:
    """Yield a message for each entity of the site whose unit or word does not fit what it is named for."""
    for problems in (draw_problems, counter_problems):
        for load in site.loads:
            yield from problems(view, load)
    for load in site.loads:
        yield from car_name_problems(view, load)
    for path, entity, quantity in _measured_entities(site):
        unit = view.shown_unit(entity)
        if unit and view.word(entity) is not None and not quantity.fits(unit):
            yield with_frame(other_unit_problem(entity, unit, quantity), "path", path)


def _measured_entities(site: Site) -> Iterator[tuple[str, str, Quantity]]:
    """Yield path, entity and quantity of every entity that is read as a plain number."""
    named: list[tuple[str, object, Quantity]] = []
    for load in site.loads:
        place = f"loads.{load.name}"
        temperature = load.device.get("temperature")
        if not is_thermostat(temperature):
            named.append((f"{place}.temperature", temperature, TEMPERATURE))
        named.append((f"{place}.current", load.device.get("current"), SETPOINT))
        named.append((f"{place}.soc_pct", load.vehicle.soc_pct, PERCENT))
    if site.tariff is not None:
        named.append(("tariff.demand_kw", site.tariff.demand_kw, POWER))
        named.append(("tariff.month_peak_kw", site.tariff.month_peak_kw, POWER))
    for battery in site.batteries:
        named.append((f"{battery.place}.charge_from_grid.power_w", battery.orders.charging_power_entity, POWER))
    for path, entity, quantity in named:
        if isinstance(entity, str):
            yield path, entity, quantity


def _measures_nothing(load: Load, snapshot: Snapshot, decision: Decision) -> bool:
    """Return whether a charger reports charging and a draw of 0 A, while the meter shows its current on its phases."""
    state, note, main = snapshot.state_of(load.name), decision.notes.get(load.name), snapshot.grid_a.get(MAIN, {})
    set_a = 0.0 if note is None else note.setpoint_a
    is_due = load.is_modulated and state.status is Status.CHARGING and set_a >= state.starts_at_a
    draws_a = [state.draw_a[phase] for phase in load.phases]
    flows_a = [main.get(phase, NEVER).value for phase in load.phases]
    is_still = all(a is not None and a <= tuning.DRAWS_A for a in draws_a)
    return is_due and is_still and all(a is not None and a >= set_a for a in flows_a)


class MissingEntities:
    """Finds entities that do not exist, mostly because of a typing error in CONFIG.

    Remembers since when each is missing, and which one may be meant. `named`: path -> entity.
    """

    def __init__(self, ports: Ports, named: Mapping[str, str]) -> None:
        self._ports = ports
        self._named = named
        self._since_s: dict[str, float] = {}
        self._absences: dict[str, Message] = {}
        self._wait_s = tuning.LASTING_S

    def start(self, now_s: float) -> None:
        """Begin to check the entities of a new CONFIG; after a start of the scripts, integrations get some time."""
        running_s = now_s - STORE.setdefault("running_since_s", now_s)
        self._wait_s = 0.0 if running_s >= tuning.LASTING_S else tuning.LASTING_S

    async def missing_problems(self, view: View) -> Mapping[str, str]:
        """Return path -> message for each entity missing for `_wait_s`, with the one that may be meant.

        That one is looked up at the first absence only; the message stays the same in later ones.
        """
        now_s = view.now_s
        missing = {path: entity for path, entity in self._named.items() if view.raw(entity) is None}
        self._since_s = since_each(self._since_s, missing, now_s)
        due = {path: entity for path, entity in missing.items() if now_s - self._since_s[path] >= self._wait_s}
        new = set(due.values()) - self._absences.keys()
        if new:
            known = await self._ports.names()
            self._absences |= {entity: _missing_message(entity, known) for entity in new}
        return {path: with_frame(self._absences[entity], "path", path) for path, entity in due.items()}

    def with_paths(self, problems: Mapping[str, str]) -> Iterator[str]:
        """Yield the problems of entities, each preceded by its path in CONFIG if it has one."""
        places = {entity: path for path, entity in self._named.items()}
        for entity, text in problems.items():
            yield with_frame(text, "path", places[entity]) if entity in places else text


def _missing_message(entity: str, known: Sequence[str]) -> Message:
    """Return that an entity does not exist, with the one that may be meant."""
    near = nearest_entity(entity, known)
    if near is None:
        return message("entity_missing", entity=entity)
    return message("entity_missing_near", entity=entity, near=near)
