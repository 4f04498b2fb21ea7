"""A CONFIG without errors: the site for any live values, and which values entities and services may set."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any, cast

import voluptuous as vol

from ..model.electrics import MIN_CHARGE_A, NOMINAL_V, Phase, amps
from ..model.equipment import Battery, Circuit, Tariff
from ..model.load import STOP_KEYS, Load
from ..model.messages.message import Message, Value, message, with_frame
from ..model.numbers import is_number, number_of
from ..model.site import MAIN, Site
from ..model.units import live_unit_fits
from ..model.vehicle import NO_TERMS, Vehicle
from .check_loads import thresholds_out_of_order
from .check_site import fuse_path
from .fields import node_at, raised_message
from .load_schemas import LOADS
from .load_sections import switching_from_keys
from .plan_schema import ANY_ONE, VEHICLE_KEYS
from .tree import Keys, Kind, Slot, as_tuple, is_entity, quote_value, resolve, steps_of
from .values import NEEDED_UNITS, Number, without_entity
from .wiring import Circuits, Values, WiredLoad, main_meters, number_or_unknown, parts_at, shows_starts, wire_loads

SECTIONS = ("huawei", "tariff", "prices", "forecast", "radiators", "power_saving")
_NO_VALUES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Config:
    """A CONFIG without errors: which entities to read live, and the site for any set of live values.

    `live`: path -> entity to read. `named`: path -> every other entity in CONFIG. `defaults`: path -> value used until
    a live or set value is known, which the simulated house begins with. `raw_values`: path -> what CONFIG says for the
    paths that services may set; `written_paths`: those of them that CONFIG writes out, to notice an edit. `sections`:
    all sections except site, loads and tuning, with their defaults, None where missing; `sections_with` gives them with
    live values. `tuning`: name in tuning.py -> number that replaces it.
    """

    sections: Mapping[str, object]
    _tree: Mapping[str, object] = field(repr=False)
    _slots: Mapping[str, Slot] = field(default_factory=dict, repr=False)
    live: Mapping[str, str] = field(default_factory=dict)
    named: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, object] = field(default_factory=dict)
    raw_values: Mapping[str, object] = field(default_factory=dict)
    written_paths: frozenset[str] = frozenset()
    tuning: Mapping[str, float] = field(default_factory=dict)

    @property
    def has_site(self) -> bool:
        """Whether CONFIG has a site section; without one, `site()` has no phases and no loads."""
        return self._tree["site"] is not None

    def site(self, live_values: Mapping[str, object] = _NO_VALUES) -> Site:
        """Return the site with these live values (path -> state, or a value set by a service).

        Values out of range are clamped, a maximum above its circuit's fuse to that fuse; unusable values (unknown, NaN,
        a mode that the load does not have) count as not given. A load whose live maximum is below its minimum is off.
        """
        if not live_values:
            return self._written_site
        return self._site_with(live_values, has_generation=self._written_site.has_generation)

    @cached_property
    def _written_site(self) -> Site:
        """The site without live values, which many objects read when a script begins."""
        return self._site_with(_NO_VALUES)

    def _site_with(self, live_values: Mapping[str, object], *, has_generation: bool = False) -> Site:
        if not self.has_site:
            return EMPTY_SITE
        values = cast(Values, resolve(self._tree, live_values))
        return build_site(values, is_measured="site.voltage_v" in self.live, has_generation=has_generation)

    def sections_with(self, live_values: Mapping[str, object]) -> Mapping[str, object]:
        """Return `sections` with live values. In a dry run, radiators and power saving are tuples in test mode."""
        found = {name: resolve(self._tree[name], live_values) for name in SECTIONS}
        if resolve(node_at(self._tree["site"], "dry_run"), live_values) is True:
            # They run independently of the site, but a dry run must not move any relay or helper.
            for name in ("radiators", "power_saving"):
                found[name] = tuple(replace(section, test_mode=True) for section in as_tuple(found[name]))
        return MappingProxyType(found)

    def loads_of(self, load_type: str, live_values: Mapping[str, object] = _NO_VALUES) -> Mapping[str, Values]:
        """Return name -> CONFIG keys of the loads of a type, with live values; also without a site section."""
        # Scripts call this every second, so only the loads of this type are resolved.
        loads = cast(Mapping[str, Values], self._tree["loads"])
        found = {name: resolve(load, live_values) for name, load in loads.items() if load["type"] == load_type}
        return cast(Mapping[str, Values], found)

    def is_usable(self, path: str, value: object) -> bool:
        """Return whether a live value is usable at a path: a number, a known word. False for an unknown path."""
        slot = self._slots.get(path)
        return slot is not None and slot.kind.read(value) is not None

    def has_table(self, path: str) -> bool:
        """Return whether CONFIG has a table of hours, or another section of keys, at a path."""
        return isinstance(node_at(self._tree, *steps_of(path)), Keys)

    def kind(self, path: str) -> Kind:
        """Return what the value at a path may be; KeyError for a path that is neither live nor settable."""
        return self._slots[path].kind

    def normalise_input(self, path: str, value: object) -> object:
        """Return a value from a form, a template or MQTT as CONFIG would write it; an unusable one unchanged."""
        kind = self.kind(path)
        if isinstance(kind, Number):
            number = number_of(value)
            return value if number is None else int(number) if number.is_integer() else number
        read = kind.read(value)
        return value if read is None else getattr(read, "value", read)

    def unit_problem(self, path: str, unit: str) -> Message | None:
        """Return why an entity with this unit cannot provide the value at a path; None when it can."""
        slot = self._slots.get(path)
        needed = slot.kind.unit if slot is not None and isinstance(slot.kind, Number) else ""
        if live_unit_fits(needed, unit):
            return None
        return message("unit_of_key", unit=unit, own_unit=NEEDED_UNITS.get(needed, needed))

    def refusal(self, path: str, value: object, live_values: Mapping[str, object] = _NO_VALUES) -> Message | None:
        """Return why a service may not set a path to a value; None when it may.

        Because no service sets that path, the load's own limits or a fuse forbid it, it is out of range, or is an
        entity.
        """
        slot = self._slots.get(path)
        if slot is None or path not in self.raw_values:
            return message("no_setting", path=path)
        # The load's own limits first: they give a better remedy than the range of the key.
        if (beyond := self._current_refusal(path, value, live_values)) is not None:
            return with_frame(beyond, "path", path)
        if (disorder := self._order_refusal(path, value, live_values)) is not None:
            return disorder
        if is_entity(value):
            return with_frame(message("value_is_entity", value=quote_value(value)), "path", path)
        try:
            slot.kind.check(value)
        except vol.Invalid as error:
            return with_frame(without_entity(raised_message(error)), "path", path)
        return None

    def outgrown_minimums(self, live_values: Mapping[str, object], given: Collection[str]) -> Mapping[str, str]:
        """Return path -> why, for minimums set by a service (paths in `given`) that no longer fit CONFIG's limits.

        A live maximum is not such a limit: moving it below the minimum switches the load off. Minimums that CONFIG
        takes from an entity are left out.
        """
        found = {}
        for path in given:
            if not path.endswith(".min_a") or isinstance(self.raw_values.get(path), str):
                continue
            most = path.replace(".min_a", ".max_a")
            judged = {**live_values, most: live_values[path]} if most in self.live else live_values
            if (why := self._current_refusal(path, live_values[path], judged)) is not None:
                outgrown = message("setting_outgrown", cause=why, own=quote_value(self.raw_values[path]))
                found[path] = with_frame(outgrown, "path", path)
        return found

    def _current_refusal(self, path: str, value: object, live_values: Mapping[str, object]) -> Message | None:
        """Return why a load's current or rated power may not have this value; None when it may.

        A fuse, whose live rating may be unknown, or the load's other limit (maximum or minimum) may not allow it.
        """
        name, _, key = path.removeprefix("loads.").partition(".")
        if key not in ("min_a", "max_a", "rated_w") or not is_number(value):
            return None
        site = self.site(live_values)
        load = next(each for each in site.loads if each.name == name)
        current_a = round(amps(value, site.voltage_v, len(load.phases)), 1) if key == "rated_w" else value
        above = Circuits({each.name: each for each in site.circuits}).first_fuse_below(current_a, load.circuit)
        if above is not None:
            place, own = fuse_path(above.name), quote_value(value)
            if place in self.live and place not in live_values:
                return message("setting_not_judged", value=own, entity=self.live[place], circuit=above.name)
            fuse: dict[str, Value] = {"value": own, "circuit": above.name, "rating_a": above.fuse_a}
            if key == "rated_w":
                return message("rated_above_circuit", least_a=current_a, **fuse)
            return message("current_above_circuit", **fuse)
        if key == "min_a" and value > load.max_a:
            first = self._remedy_if_possible("raise max_a", f"loads.{name}.max_a", value)
            return message("setting_above_max", value=quote_value(value), max_a=load.max_a, **first)
        if key == "max_a" and value < load.min_a:
            first = self._remedy_if_possible("lower min_a", f"loads.{name}.min_a", value)
            return message("setting_below_min", value=quote_value(value), min_a=load.min_a, **first)
        return None

    def _order_refusal(self, path: str, value: object, live_values: Mapping[str, object]) -> Message | None:
        """Return that one threshold of a load would be above one that it has to stay below; None where none is."""
        load, _, key = path.rpartition(".")
        own_values = resolve(node_at(self._tree, *steps_of(load)), live_values)
        values = {**own_values, key: value} if isinstance(own_values, Mapping) else {}
        for low, high in thresholds_out_of_order(lambda own: number_or_unknown(values.get(own))):
            if key in (low, high):
                least, most = quote_value(values[low]), quote_value(values[high])
                return with_frame(message("above_other_key", value=least, key=high, most=most), "path", f"{load}.{low}")
        return None

    def _remedy_if_possible(self, how: str, bound: str, value: object) -> dict[str, str]:
        """Return {"first": how to move the other limit} where that limit may have this value; empty otherwise."""
        try:
            self._slots[bound].kind.check(value)
        except vol.Invalid:
            return {}
        return {"first": how}


EMPTY_SITE = Site(voltage_v=NOMINAL_V, phases=(), circuits=(Circuit(MAIN, MIN_CHARGE_A),), loads=())
"""The site of a CONFIG without one."""
_NO_SECTIONS: Mapping[str, object] = dict.fromkeys(SECTIONS)
NO_CONFIG = Config(_NO_SECTIONS, {"site": None, "loads": {}, **_NO_SECTIONS})
"""Stands for a CONFIG that is missing or has errors: no site, no loads and no sections."""


def _values_of_fields(record: type[Any], values: Values) -> dict[str, Any]:
    """Return those of these values whose names are fields of a record."""
    return {each.name: values[each.name] for each in fields(record) if each.init and each.name in values}


def build_site(config: Values, *, is_measured: bool, has_generation: bool) -> Site:
    """Return the site of a CONFIG that has one. Live currents are limited to their fuses.

    `is_measured`: whether an entity gives the voltage; watts are then converted by the nominal one. `has_generation`:
    whether it has that by the modes that are written. A load without a priority gets its position in CONFIG.
    """
    site, tariff = config["site"], config["tariff"]
    circuits, phases = Circuits.of(config), tuple(main_meters(config))
    parents_first = sorted(circuits.by_name.values(), key=lambda each: len(circuits.path_to_main(each.name)))
    wired = wire_loads(config, circuits, tuple(phase.name for phase in phases), is_measured=is_measured)
    loads = [_build_load(load, circuits.path_to_main(load.node["circuit"]), n) for n, load in enumerate(wired, 1)]
    made = {
        "phases": phases,
        "circuits": tuple(parents_first),
        "loads": tuple(loads),
        "inverters": as_tuple(site["inverter"]),
        "batteries": tuple(replace(battery, place=path) for path, battery in parts_at(site, "battery", Battery)),
        "vehicles": MappingProxyType({name: replace(car, name=name) for name, car in config["vehicles"].items()}),
        "has_grid": site["grid"] is not None,
        "has_generation": has_generation,
        "tariff": None if tariff is None else Tariff(**tariff),
        "discovery_prefix": None if site["mqtt"] is None else site["mqtt"]["prefix"],
    }
    return Site(**{**_values_of_fields(Site, site), **made})


def _build_load(load: WiredLoad, circuits: Iterable[Circuit], place: int) -> Load:
    """Return a `Load` from a checked load, below these circuits.

    `place`: its position in CONFIG, its priority where it names none.

    A value becomes the field of `Load` with its name, a key of the car (`VEHICLE_KEYS`) one of `vehicle`, and any other
    an entry of `device`. A stop limit of 0 counts as none; `vehicles` "any" means all cars of CONFIG.
    """
    node, phases, kind = load.node, tuple(Phase[name] for name in load.phases), LOADS[load.node["type"]]
    values = {**node, **kind.follows(load)}
    own, vehicle = _values_of_fields(Load, values), {key: values[key] for key in VEHICLE_KEYS if key in values}
    named = values.get("vehicles") or ()
    made = {
        "name": load.name,
        "phases": phases,
        "lends_rating": all(shows_starts(circuit, phases) for circuit in circuits),
        "priority": place if node["priority"] is None else node["priority"],
        "vehicle": Vehicle(**vehicle),
        "guest": values.get("guest") or NO_TERMS,
        "vehicles": tuple(load.config["vehicles"]) if named == ANY_ONE else named,
        "switching": switching_from_keys(node, phases, kind.phases_come_back),
        "device": MappingProxyType({key: each for key, each in values.items() if key not in own | vehicle}),
    }
    # 0, such as of a helper that was never set, is no limit.
    no_stop = dict.fromkeys(key for key in STOP_KEYS if own.get(key) == 0)
    return Load(**{**own, **no_stop, **made})
