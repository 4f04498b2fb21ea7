"""Cross-checks of the sections other than the site: names and levels match, and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .. import tuning
from ..model.heating import Group, PowerSaving, Radiator
from ..model.numbers import is_number
from ..model.tariff_rules import TARIFF_KINDS, WEIGHTED_KINDS, WEIGHTS
from .tree import UNKNOWN, Problem, as_tuple, nearest, problem, quote_value
from .wiring import Parts, number_or_unknown, parts_of, shared_value_errors


def section_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each wrong name, level and margin of radiators and power saving, and for prices of no source.

    Groups that are missing or used twice, names and status entities used twice, a margin that leaves nothing, and a
    blind level that the radiators do not have.
    """
    yield from _price_source_errors(parts)
    groups = parts_of(parts.config["radiators"], "radiators", Group)
    savings = parts_of(parts.config["power_saving"], "power_saving", PowerSaving)
    yield from shared_value_errors(((path, group.name) for path, group in groups), "name")
    statuses = [(path, group.status) for path, group in groups] + [(path, section.status) for path, section in savings]
    yield from shared_value_errors(statuses, "status")
    for path, group in groups:
        yield from _duplicate_radiator_names(path, group)
    yield from _group_errors(parts, groups)
    for path, section in savings:
        margin, most = section.security_margin, section.max_available
        if margin >= most:
            yield problem(f"{path}.security_margin", "margin_leaves_nothing", margin, most=quote_value(most))
        level, levels = number_or_unknown(section.blind_level), _level_count(groups, section.target)
        if level > levels - 1:
            yield problem(f"{path}.blind_level", "blind_above_levels", level, highest=levels - 1)


def _price_source_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error unless `prices` has exactly one source of import prices; none while an unknown key may be it."""
    prices = parts.config["prices"]
    if not isinstance(prices, Mapping):
        return
    sources = [key for key in ("import", "fixed") if prices[key] is not None]
    strays = parts.written["prices"].keys() - prices.keys()
    if len(sources) != 1 and not any(nearest(key, prices) in ("import", "fixed") for key in strays):
        yield problem("prices", "prices_of_both" if sources else "prices_empty")


def _group_errors(parts: Parts, groups: Sequence[tuple[str, Group]]) -> Iterator[Problem]:
    """Yield an error for each load of type `radiators` whose group is missing, ambiguous or used by another load.

    Nothing while a group or its name cannot be read: that is a mistake of its own.
    """
    known = [group.name for _, group in groups]
    if not all(isinstance(name, str) for name in known) or len(known) < len(as_tuple(parts.config["radiators"])):
        return
    names, users = ", ".join(map(quote_value, dict.fromkeys(known))), dict[str, str]()
    for load in parts.loads:
        if load.node.get("type") != "radiators":
            continue
        path, group = f"{load.path}.group", load.node["group"]
        if not known:
            yield problem(path, "radiators_section_missing")
        elif group is None and len(set(known)) > 1:
            yield problem(path, "group_required", known=names)
        elif (name := known[0] if group is None else group) not in known:
            if isinstance(name, str):
                yield problem(path, "group_unknown", name, known=names)
        elif users.setdefault(name, load.path) != load.path:
            yield problem(path, "group_taken", name, other=users[name])


def _duplicate_radiator_names(path: str, group: Group) -> Iterator[Problem]:
    """Yield an error for each name that different radiators of a group share."""
    devices: dict[str, tuple[object, object]] = {}
    for place, radiator in parts_of(group.rows, f"{path}.radiators", Radiator):
        name, device = radiator.name, (radiator.virtual, radiator.actual)
        if isinstance(name, str) and devices.setdefault(name, device) != device:
            yield problem(f"{place}.name", "radiator_name_shared", name)


def _level_count(groups: Sequence[tuple[str, Group]], target: object) -> float:
    """Return how many power-saving levels the radiators that follow the entity `target` have.

    Of several such groups the first counts; `UNKNOWN` if there is none with readable levels.
    """
    followers = [group for _, group in groups if isinstance(target, str) and group.power_saving == target]
    return next((len(group.max_active) for group in followers if isinstance(group.max_active, tuple)), UNKNOWN)


def section_warnings(parts: Parts) -> Iterator[Problem]:
    """Yield warnings of a tariff without a site or with unused keys, changed numbers of tuning, an empty CONFIG."""
    tariff = parts.config["tariff"]
    if tariff is not None and parts.config["site"] is None:
        yield problem("tariff", "tariff_without_site")
    if isinstance(tariff, Mapping) and tariff["kind"] in TARIFF_KINDS and tariff["kind"] not in WEIGHTED_KINDS:
        for key in WEIGHTS:
            if tariff[key] is not None:
                known = " or ".join(WEIGHTED_KINDS)
                yield problem(f"tariff.{key}", "tariff_key_unused", kind=tariff["kind"], known=known)
    numbers = parts.config["tuning"]
    given = numbers.items() if isinstance(numbers, Mapping) else ()
    # Deviations from the shipped numbers are listed, to explain unusual behaviour later.
    if changed := tuning.differences({name: value for name, value in given if is_number(value)}):
        yield problem("tuning", "tuning_changed", changed=changed)
    if not parts.written:
        yield problem("CONFIG", "config_empty")
