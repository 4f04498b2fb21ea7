"""Read CONFIG into a plan of the site, or into all its errors, each with path, value and remedy."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import partial
from itertools import chain
from types import MappingProxyType
from typing import Any, cast

import voluptuous as vol

from .. import tuning
from ..model.equipment import Circuit
from ..model.load import Mode
from ..model.messages.message import Message, message, with_frame
from ..model.numbers import is_number, number_of
from ..model.site import Distribution, Site
from ..model.units import live_unit_fits
from .build import EMPTY_SITE, build_site
from .check_loads import control_errors, domain_problems, load_warnings, order_errors, plan_errors, switching_errors
from .check_sections import section_errors, section_warnings
from .check_site import fuse_path, load_errors, site_errors, site_warnings
from .fields import at
from .front_door import plain
from .load_schemas import LOADS
from .sections import CONFIG
from .tree import Entity, Kind, Problem, Secret, Slot, Wrong, leaves, place_of, resolve, show, slug, with_paths
from .values import DISTRIBUTIONS, Number
from .wiring import Parts, Values, Wires

__all__ = ["ConfigResult", "Plan", "Problem", "allowed_modes", "parse_distribution", "parse_mode", "read_config"]

_SECTIONS = ("huawei", "tariff", "prices", "forecast", "radiators", "power_saving")
_COMMANDING = ("radiators", "power_saving")
NEEDED_UNITS: Mapping[str, str] = {"C": "°C"}
"""Unit of a key -> its spelling in a sentence, where the two differ."""

_NO_VALUES: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True)
class Plan:
    """A CONFIG without errors: which entities to read live, and the site for any set of live values.

    `live`: path -> entity to read. `named`: path -> every other entity in CONFIG. `defaults`: path -> value used until
    a live or set value is known; an unknown fuse rating is 6 A. `raw_values`: path -> what CONFIG says for the paths
    that services may set; `said`: those of them that CONFIG writes out, to notice an edit. `sections`: all sections
    except site, loads and tuning, with their defaults, None where missing; `sections_with` gives them with live values.
    `secret_values`: texts that must not appear in a log or state. `tuning`: name in tuning.py -> number that replaces
    it.
    """

    live: Mapping[str, str]
    named: Mapping[str, str]
    defaults: Mapping[str, object]
    raw_values: Mapping[str, object]
    said: frozenset[str]
    sections: Mapping[str, object]
    secret_values: frozenset[str] = field(repr=False)
    tuning: Mapping[str, float]
    _tree: Mapping[str, object] = field(repr=False)
    _slots: Mapping[str, Slot] = field(repr=False)

    @property
    def has_site(self) -> bool:
        """Whether CONFIG has a site section; without one, `site()` has no phases and no loads."""
        return self._tree["site"] is not None

    def site(self, values: Mapping[str, object] = _NO_VALUES) -> Site:
        """Return the site with these live values (path -> state, or a value set by a service).

        Values out of range are clamped, a maximum above its circuit's fuse to that fuse; unusable values (unknown, NaN,
        a mode that the load does not have) count as not given. A load whose live maximum is below its minimum is off.
        """
        return build_site(cast(Values, resolve(self._tree, values))) if self.has_site else EMPTY_SITE

    def sections_with(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """Return `sections` with live values. In a dry run, sections that send commands themselves are in test mode."""
        found = {name: resolve(self._tree[name], values) for name in _SECTIONS}
        if resolve(at(self._tree["site"], "dry_run"), values) is True:
            # They run independently of the site, but a dry run must not move any relay or helper.
            found |= {name: _only_looking(found[name]) for name in _COMMANDING}
        return MappingProxyType(found)

    def loads_of(self, load_type: str, values: Mapping[str, object] = _NO_VALUES) -> Mapping[str, Mapping[str, object]]:
        """Return name -> CONFIG keys of the loads of a type, with live values; also without a site section."""
        # Scripts call this every second, so only the loads of this type are resolved.
        loads = cast(Mapping[str, Mapping[str, object]], self._tree["loads"])
        found = {name: resolve(load, values) for name, load in loads.items() if load["type"] == load_type}
        return cast(Mapping[str, Mapping[str, object]], found)

    def understands(self, path: str, value: object) -> bool:
        """Whether a live value is usable at a path: a finite number, a known word. False for an unknown path."""
        slot = self._slots.get(path)
        return slot is not None and slot.kind.read(value) is not None

    def kind(self, path: str) -> Kind:
        """What the value at a path may be; KeyError where it is neither live nor settable."""
        return self._slots[path].kind

    def meant(self, path: str, value: object) -> object:
        """What a form, a template or MQTT means by a value at a path, as CONFIG would say it; nonsense as it is."""
        kind = self.kind(path)
        if isinstance(kind, Number):
            number = number_of(value)
            return value if number is None else int(number) if number.is_integer() else number
        read = kind.read(value)
        return value if read is None else getattr(read, "value", read)

    def unit_problem(self, path: str, unit: str) -> Message | None:
        """Say why an entity with this unit cannot provide the value of a path; None when it can."""
        slot = self._slots.get(path)
        needed = slot.kind.unit if slot is not None and isinstance(slot.kind, Number) else ""
        if live_unit_fits(needed, unit):
            return None
        return message("unit_of_key", unit=unit, own_unit=NEEDED_UNITS.get(needed, needed))

    def refusal(self, path: str, value: object, values: Mapping[str, object] = _NO_VALUES) -> str | None:
        """Say in a sentence why a service may not set a path to a value; None when it may."""
        slot = self._slots.get(path)
        if slot is None or path not in self.raw_values:
            return message("no_setting", path=path)
        # The load's own limits first: they give a better remedy than the range of the key.
        beyond = self._beyond_limits(path, value, values)
        if beyond is not None:
            return with_frame(beyond, "path", path)
        try:
            checked = slot.kind.check(value)
        except vol.Invalid as error:
            return with_frame(error.msg, "path", path)
        if isinstance(checked, Slot) and checked.entity is not None:
            return with_frame(message("value_is_entity", value=show(value)), "path", path)
        return None

    def service_minimums_out_of_limits(self, values: Mapping[str, object], given: Collection[str]) -> Mapping[str, str]:
        """Return path -> why, for minimums set by a service (paths in `given`) that no longer fit CONFIG's limits.

        A live maximum is not such a limit: moving it below the minimum switches the load off.
        """
        found = {}
        for path in given:
            if not path.endswith(".min_a") or isinstance(self.raw_values.get(path), str):
                continue
            judged = dict(values)
            most = path.replace(".min_a", ".max_a")
            if most in self.live:
                judged[most] = values[path]
            why = self._beyond_limits(path, values[path], judged)
            if why is not None:
                outgrown = message("setting_outgrown", cause=why, own=show(self.raw_values[path]))
                found[path] = with_frame(outgrown, "path", path)
        return found

    def _beyond_limits(self, path: str, value: object, values: Mapping[str, object]) -> Message | None:
        """Say why a load's current cannot have this value: a fuse, or the load's other limit; None when it can."""
        name, _, key = path.removeprefix("loads.").partition(".")
        if key not in ("min_a", "max_a") or not is_number(value):
            return None
        site = self.site(values)
        load = next(each for each in site.loads if each.name == name)
        above = Wires({each.name: each for each in site.circuits}).above(value, load.circuit)
        if above is not None:
            return self._above_fuse(value, above, values)
        if key == "min_a" and value > load.max_a:
            first = self._movable("raise max_a", f"loads.{name}.max_a", value)
            return message("setting_above_max", value=show(value), max_a=load.max_a, **first)
        if key == "max_a" and value < load.min_a:
            first = self._movable("lower min_a", f"loads.{name}.min_a", value)
            return message("setting_below_min", value=show(value), min_a=load.min_a, **first)
        return None

    def _above_fuse(self, value: object, circuit: Circuit, values: Mapping[str, object]) -> Message:
        place = fuse_path(circuit.name)
        if place in self.live and place not in values:
            entity = self.live[place]
            return message("setting_not_judged", value=show(value), entity=entity, circuit=circuit.name)
        return message("current_above_circuit", value=show(value), circuit=circuit.name, rating_a=circuit.fuse_a)

    def _movable(self, how: str, bound: str, value: object) -> dict[str, str]:
        """Return `first`: how to move the other limit, where it may have this value; nothing otherwise."""
        try:
            self._slots[bound].kind.check(value)
        except vol.Invalid:
            return {}
        return {"first": how}


@dataclass(frozen=True)
class ConfigResult:
    """The result of reading CONFIG: a plan, or at least one error; warnings in both cases."""

    plan: Plan | None
    errors: tuple[Problem, ...]
    warnings: tuple[Problem, ...]


def read_config(config: object, secrets: Mapping[str, str] = MappingProxyType({})) -> ConfigResult:
    """Check the whole of CONFIG, whatever it is."""
    written = plain(config, secrets)
    if not isinstance(written, dict):
        why = message("config_not_dict", value=show(written), example="{'site': ..., 'loads': ...}")
        return ConfigResult(None, (Problem("CONFIG", written.text if isinstance(written, Wrong) else why),), ())
    tree = cast(dict[str, object], with_paths(CONFIG(written)))
    parts = Parts.of(tree, written)
    errors, warnings = tuple(_errors(parts)), tuple(chain.from_iterable(check(parts) for check in WARNINGS))
    return ConfigResult(None if errors else _plan(tree, parts), errors, warnings)


ERRORS = (
    site_errors, load_errors, partial(domain_problems, wrong=True), control_errors, section_errors, plan_errors,
    order_errors, switching_errors,
)  # fmt: skip
WARNINGS = (site_warnings, partial(domain_problems, wrong=False), load_warnings, section_warnings)
"""The cross-checks: parts of CONFIG -> problems."""


def _errors(parts: Parts) -> Iterator[Problem]:
    """Yield every error. A path that is wrong by itself is not reported again by the cross-checks."""
    wrong = [Problem(path, leaf.text) for path, leaf in parts.leaves if isinstance(leaf, Wrong)]
    yield from wrong
    paths = {problem.path for problem in wrong}
    for check in ERRORS:
        yield from (problem for problem in check(parts) if problem.path not in paths)


def allowed_modes(load_type: str) -> tuple[str, ...]:
    """Return the modes of a load type, as CONFIG writes them."""
    return tuple(dict.fromkeys(str(mode) for mode in LOADS[load_type].modes.values()))


def parse_mode(load_type: str, mode: object) -> Mode | None:
    """Return the mode that a text means, whatever its case, or None when this load type does not have it."""
    return LOADS[load_type].modes.get(slug(mode)) if isinstance(mode, str) else None


def parse_distribution(distribution: object) -> Distribution | None:
    """Return the distribution that a text means, or None for any other value."""
    return DISTRIBUTIONS.get(slug(distribution)) if isinstance(distribution, str) else None


def _only_looking(section: Any) -> object:
    """Return a section, or a tuple of sections, with test mode on; None stays None."""
    if section is None or isinstance(section, tuple):
        return section and tuple(_only_looking(own) for own in section)
    return {**section, "test_mode": True}


def _plan(tree: Mapping[str, object], parts: Parts) -> Plan:
    written, slots = parts.written, {path: leaf for path, leaf in parts.leaves if isinstance(leaf, Slot)}
    settable = [path for path, slot in slots.items() if slot.settable]
    secret = {str(leaf) for _, leaf in leaves(written) if isinstance(leaf, Secret)}
    secret |= {str(load.node[key]) for load in parts.loads for key in ("username", "password") if key in load.node}
    return Plan(
        live=MappingProxyType({path: slot.entity for path, slot in slots.items() if slot.entity is not None}),
        named=MappingProxyType(dict(_named_entities(parts))),
        defaults=MappingProxyType({path: slot.fallback for path, slot in slots.items()}),
        raw_values=MappingProxyType({path: _raw(written, slots, path) for path in settable}),
        said=frozenset(path for path in settable if _says(written, path)),
        sections=MappingProxyType({name: resolve(tree[name], {}) for name in _SECTIONS}),
        secret_values=frozenset(secret),
        tuning=MappingProxyType(_tuning(parts.config)),
        _tree=tree,
        _slots=MappingProxyType(slots),
    )


def _tuning(config: Values) -> dict[str, float]:
    """Return the tuning numbers of the site's `caution`, overridden by those in the tuning section."""
    by_caution = {} if config["site"] is None else tuning.CAUTION[config["site"]["caution"]]
    return {**by_caution, **config["tuning"]}


def _named_entities(parts: Parts) -> Iterator[tuple[str, str]]:
    """Yield path and id of each entity that CONFIG itself contains.

    Without those that a preset adds, and those of a guard, which reports missing ones itself.
    """
    for path, leaf in parts.leaves:
        if not isinstance(leaf, Entity) or isinstance(leaf.entity, Secret) or leaf.entity.startswith("pyscript."):
            continue
        section, *way = path.split(".")
        if section != "loads" or (way[1] in parts.written["loads"][way[0]] and way[1] != "guard"):
            yield place_of(path), leaf.entity


def _raw(written: object, slots: Mapping[str, Slot], path: str) -> object:
    """Return what CONFIG writes at a path, or the path's default. A secret is returned as its reference."""
    said = at(written, *path.split("."))
    if isinstance(said, Secret):
        return said.reference
    return said if _says(written, path) else slots[path].fallback


def _says(written: object, path: str) -> bool:
    *way, key = path.split(".")
    holder = at(written, *way)
    return isinstance(holder, Mapping) and key in holder
