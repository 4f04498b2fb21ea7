"""Entities of CONFIG that do not exist, have no value, or measure something other than CONFIG needs."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from .. import tuning
from ..config.domains import PRESSED, READ_ONLY, THERMOSTATS, domain_of
from ..config.presets import ROLES
from ..config.tree import nearest_entity
from ..control.estimators.usage import measures_nothing
from ..devices.appliances.thermostats import is_thermostat
from ..devices.chargers.number import load_preset, phase_option_problems
from ..devices.driver import draw_problems
from ..model.decision import Decision
from ..model.durations import HOUR_S, NEVER_S, has_passed, since_each
from ..model.equipment import Source
from ..model.local_day import clock_text
from ..model.messages.message import Message, code_of, message, values_of, with_frame
from ..model.readings import View, credible_percent, number_problem
from ..model.site import Site
from ..model.snapshot import Snapshot
from ..model.units import (
    ENERGY,
    PERCENT,
    POWER,
    SETPOINT,
    TEMPERATURE,
    Quantity,
    impossible_number_problem,
    other_unit_problem,
)
from ..runtime.ports import Ports
from ..runtime.store import STORE
from .energy.session import is_session_under_way
from .vehicles.naming import car_name_problems


class SensorProblems:
    """Finds entities that measure something else and are therefore ignored; checked every few seconds."""

    def __init__(self) -> None:
        self._site: Site | None = None
        self._looked_s = NEVER_S
        self._problems: tuple[str, ...] = ()
        self._idle_s: Mapping[str, float] = {}
        """Load -> since when it reports charging without a draw."""

    def zero_draw_problems(self, site: Site, snapshot: Snapshot, decision: Decision) -> Iterator[str]:
        """Yield a message for each charger that has long reported charging while its draw sensor shows 0 A.

        Long is `RETRY_LONGEST_S`. Only if the sensor has reported in the meantime and the meter shows the current.
        """
        now_s, set_a = snapshot.now_s, {name: note.setpoint_a for name, note in decision.notes.items()}
        idle = [load.name for load in site.loads if measures_nothing(load, snapshot, set_a.get(load.name, 0.0))]
        self._idle_s = since_each(self._idle_s, idle, now_s)
        for name, since_s in self._idle_s.items():
            state = snapshot.state_of(name)
            has_reported = now_s - state.draw_age_s >= since_s + tuning.LASTING_S and state.draw_a.highest is not None
            if has_reported and has_passed(tuning.RETRY_LONGEST_S, since_s, now_s):
                yield with_frame(message("draw_stays_at_0"), "path", f"loads.{name}")

    def unit_problems(self, site: Site, view: View) -> tuple[str, ...]:
        """Return a message for each entity of the site whose unit belongs to another quantity than CONFIG expects.

        Also for an impossible state of charge. Entities without a value are skipped. The entities are checked every
        `ANSWER_S` and for another site.
        """
        if site is not self._site or has_passed(tuning.ANSWER_S, self._looked_s, view.now_s):
            self._site, self._looked_s, self._problems = site, view.now_s, tuple(_find_unit_problems(site, view))
        return self._problems


def _find_unit_problems(site: Site, view: View) -> Iterator[str]:
    """Yield a message for each entity of the site whose unit, word or percentage does not fit what it is named for."""
    for problems in (draw_problems, car_name_problems, phase_option_problems):
        for load in site.loads:
            yield from problems(view, load)
    for path, entity, quantity in _measured_entities(site):
        unit, word, number = view.shown_unit(entity), view.word(entity), view.number(entity)
        if word is not None and number is None:
            yield with_frame(number_problem(entity, word), "path", path)
        elif word is not None and (unit or quantity is ENERGY) and not quantity.fits(unit):
            yield with_frame(other_unit_problem(entity, unit, quantity), "path", path)
        elif quantity is PERCENT and number is not None and credible_percent(number) is None:
            yield with_frame(impossible_number_problem(entity, word, unit), "path", path)


def _measured_entities(site: Site) -> Iterator[tuple[str, str, Quantity]]:
    """Yield path, entity and quantity of every entity that is read as a plain number."""
    named: list[tuple[str, object, Quantity]] = []
    for load in site.loads:
        place, temperature = f"loads.{load.name}", load.device.get("temperature")
        if not is_thermostat(temperature):
            named.append((f"{place}.temperature", temperature, TEMPERATURE))
        if load.type == "ocpp":  # another charger's own state names this
            named.append((f"{place}.current", load.device.get("current"), SETPOINT))
        named.append((f"{place}.soc_pct", load.vehicle.soc_pct, PERCENT))
        named.append((f"{place}.energy", load.device.get("energy"), ENERGY))
    if site.tariff is not None:
        named.append(("tariff.demand_kw", site.tariff.demand_kw, POWER))
        named.append(("tariff.month_peak_kw", site.tariff.month_peak_kw, POWER))
    paths = [(f"{battery.place}.charge_from_grid.power_w", battery) for battery in site.batteries]
    named += [(path, battery.orders.charging_power_entity, POWER) for path, battery in paths]
    yield from ((path, entity, quantity) for path, entity, quantity in named if isinstance(entity, str))


WITHOUT_VALUE = {
    "grid": "silent_meter",
    **dict.fromkeys(("hold", "charge_from_grid", "target"), "silent_command"),
    "charge_w": "silent_nothing",
    "battery": "silent_battery",
    **dict.fromkeys(("draw", "offered"), "silent_draw"),
    **dict.fromkeys(("energy", "demand_kw", "month_peak_kw"), "silent_own"),
    "soc_pct": "silent_soc",
    "status": "silent_status",
    **dict.fromkeys(("temperature", "setpoint", "transaction_id"), "silent_nothing"),
    **dict.fromkeys(("vehicle", "away", "power_saving", "virtual", "dim"), "silent_last"),
}
"""Key of CONFIG -> the message of its entity without a value: what counts instead. The first in a path decides."""

OFTEN_UNKNOWN = frozenset({"tag", "vehicle", "transaction_id", "prices", "forecast"})
"""Keys of entities that may be unknown while they work; prices and forecasts are in attributes."""

MOST_SILENT = 10
"""How many entities without a value have a sentence each, so that an attribute stays short."""


class MissingEntities:
    """Finds entities that do not exist, mostly because of a typing error in CONFIG, and those that have no value.

    Remembers since when each is missing or without a value, and which entity may be meant. `named`: path -> entity.
    """

    def __init__(self, ports: Ports, named: Mapping[str, str]) -> None:
        self._ports = ports
        self._named = named
        self._since_s: dict[str, float] = {}
        self._absences: dict[str, Message] = {}
        self._silent_s: Mapping[str, float] = {}
        self._rest_until_s: Mapping[str, float] = {}
        self._silences: Mapping[str, Message] = {}
        """Path -> that its entity has no value."""
        self._looked_s = NEVER_S
        self._wait_s = tuning.LASTING_S

    def start(self, now_s: float) -> None:
        """Begin to check the entities of a new CONFIG; after a start of the scripts, integrations get some time."""
        running_s = now_s - STORE.setdefault("running_since_s", now_s)
        self._wait_s = 0.0 if running_s >= tuning.LASTING_S else tuning.LASTING_S

    async def missing_problems(self, view: View) -> Mapping[str, str]:
        """Return path -> message for each entity missing for `_wait_s`, with the one that may be meant.

        That one is looked up when the entity is missing for the first time; later absences have the same message.
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

    def silent_problems(self, site: Site, view: View, snapshot: Snapshot, known: Sequence[str]) -> Iterator[str]:
        """Yield a message for each entity without a value for `LASTING_S`, unless a `known` problem is about it.

        One that a preset adds counts while it is unavailable. Entities of resting devices are left out (`_rest_s`). The
        entities are checked every `ANSWER_S`.
        """
        if has_passed(tuning.ANSWER_S, self._looked_s, view.now_s):
            self._looked_s, self._silences = view.now_s, dict(self._find_silences(site, view, snapshot))
        reported = {values_of(text).get("entity") for text in known}
        silent = self._silent_entities(site, view) if self._silences else {}
        due = [path for path, entity in silent.items() if path in self._silences and entity not in reported]
        yield from (self._silences[path] for path in due[:MOST_SILENT])
        if others := [silent[path] for path in due[MOST_SILENT:]]:
            yield message("silent_others", more=len(others), names=", ".join(others))

    def _find_silences(self, site: Site, view: View, snapshot: Snapshot) -> Iterator[tuple[str, Message]]:
        """Yield path and message of each silent entity; none in the first `SILENT_S` after Home Assistant's start."""
        now_s, before_s = view.now_s, self._rest_until_s
        silent = self._silent_entities(site, view)
        self._rest_until_s = {p: max(before_s.get(p, NEVER_S), now_s + _rest_s(site, snapshot, p)) for p in silent}
        self._silent_s = since_each(self._silent_s, silent, now_s)
        if now_s - STORE.get("running_since_s", now_s) < tuning.SILENT_S:
            return
        for path, since_s in self._silent_s.items():
            if has_passed(tuning.LASTING_S, since_s, now_s) and now_s >= self._rest_until_s[path]:
                since, entity = clock_text(since_s, snapshot.day_began_s), silent[path]
                has_no_last = path == "tariff.dim" and snapshot.dimmed is None
                code = "silent_nothing" if has_no_last else _silent_code(path, entity)
                yield path, with_frame(message(code, entity=entity, since=since), "path", path)

    def _silent_entities(self, site: Site, view: View) -> dict[str, str]:
        """Return path -> entity that exists and has no value: of CONFIG, or an unavailable one that a preset adds."""
        added = {path: entity for path, entity in _charger_entities(site) if str(view.raw(entity)) == "unavailable"}
        return {path: each for path, each in {**added, **self._named}.items() if _is_silent(view, path, each)}

    def without_missing(self, problems: Iterable[str]) -> Iterator[str]:
        """Yield the problems without those of prices, a forecast or a battery's power whose entity does not exist.

        That has a sentence of its own. Until when the last prices count is said in any case.
        """
        missing = {self._named[path] for path in self._since_s}
        for each in problems:
            values = values_of(each)
            is_known = code_of(each) in ("sun_missing", "prices_missing") and values["entity"] in missing
            is_battery = code_of(each) == "surplus_without_battery" and f"{values['key']}.charge_w" in self._since_s
            if not (is_known or is_battery) or "until" in values:
                yield each

    def with_paths(self, problems: Mapping[str, str]) -> Iterator[str]:
        """Yield the problems of entities, each preceded by its path in CONFIG if it has one."""
        places = {entity: path for path, entity in self._named.items()}
        for entity, text in problems.items():
            yield with_frame(text, "path", places[entity]) if entity in places else text


def _charger_entities(site: Site) -> Iterator[tuple[str, str]]:
    """Yield path and id of each entity of the chargers, also of those that a preset adds."""
    for load in site.loads:
        for key in ROLES:
            named = load.device.get(key)
            entity = named.entity if isinstance(named, Source) else named
            if isinstance(entity, str):
                yield f"loads.{load.name}.{key}", entity


def _words_of(path: str) -> list[str]:
    """Return the sections, keys and names in a path of CONFIG."""
    return re.findall(r"\w+", path)


def _is_silent(view: View, path: str, entity: str) -> bool:
    """Return whether an entity has no value although it exists; not if it is unknown and that is usual for it."""
    if view.raw(entity) is None or view.word(entity) is not None:
        return False
    is_often = domain_of(entity) in PRESSED.fits.union(THERMOSTATS) or not OFTEN_UNKNOWN.isdisjoint(_words_of(path))
    return str(view.raw(entity)) == "unavailable" or not is_often


def _silent_code(path: str, entity: str) -> str:
    """Return the code of the message that an entity has no value."""
    section, _, *words = _words_of(path)
    keys = words if section in ("loads", "vehicles") else _words_of(path)
    read = "silent_draw" if "power" in keys else "silent_last"
    found = (code for key, code in WITHOUT_VALUE.items() if key in keys)
    return next(found, read if domain_of(entity) in READ_ONLY else "silent_command")


def _rest_s(site: Site, snapshot: Snapshot, path: str) -> float:
    """Return for how long from now an entity may be silent because its device rests [s]; 0 for one that should report.

    An inverter rests by night, a car while it is not at its charger; both need time to wake up. So do the meters of a
    grid that is gone. Without a car a charger measures no draw. The switch or current of some makes has no state at
    times.
    """
    section, name, key, *_ = [*_words_of(path), ""]
    if section == "site" and name == "grid":
        return tuning.LASTING_S if site.island else 0.0
    if section == "site":
        return HOUR_S if snapshot.sun_up is False and name in ("solar_w", "inverter", "export") else 0.0
    if section == "vehicles":
        return 0.0 if any(load.vehicle.name == name for load in site.loads) else HOUR_S
    load = site.by_name.get(name) if section == "loads" else None
    if load is None:
        return 0.0
    state = snapshot.state_of(name)
    has_car, draws = is_session_under_way(load, state), (state.draw_a.highest or 0.0) > tuning.DRAWS_A
    if key == "soc_pct":
        return 0.0 if has_car or (has_car is None and draws) else HOUR_S
    is_idle = has_car is False and key in ("draw", "offered", "transaction_id")
    row = load_preset(load)
    comes_and_goes = {"current": state.offer_unset and row.set_with is None, "switch": row.switch_comes_and_goes}
    return tuning.LASTING_S if is_idle or comes_and_goes.get(key) else 0.0


def _missing_message(entity: str, known: Sequence[str]) -> Message:
    """Return that an entity does not exist, with the one that may be meant."""
    near = nearest_entity(entity, known)
    if near is None:
        return message("entity_missing", entity=entity)
    return message("entity_missing_near", entity=entity, near=near)
