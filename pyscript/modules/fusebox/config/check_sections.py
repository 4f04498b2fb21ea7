"""Cross-checks of the sections beside the site: names and levels fit together, and nothing is counted twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from .check_site import Load, amount, branches
from .fields import at
from .tree import Problem, Wrong, join, show


def groups(tree: Mapping[str, object], section: str) -> list[tuple[str, Load]]:
    """The dicts of `radiators` or `power_saving` with their paths, written as one or as a list."""
    node = tree.get(section)
    if isinstance(node, tuple):
        return [(join(section, index), each) for index, each in enumerate(node) if isinstance(each, Mapping)]
    return [(section, node)] if isinstance(node, Mapping) else []


def section_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Radiator groups that are not there or used twice, names and status entities that are not their own."""
    found = groups(tree, "radiators")
    known = {group["name"]: path for path, group in found if isinstance(group["name"], str)}
    yield from _own(tree, "radiators", "name", ("radiators",))
    yield from _own(tree, "status", "status", ("radiators", "power_saving"))
    for path, group in found:
        yield from _radiator_names(path, group)
    users: dict[str, str] = {}
    node = tree.get("radiators")
    whole = not any(isinstance(each, Wrong) for each in (node, *(at(group, "name") for _, group in found)))
    for name, load in branches(tree.get("loads")):
        if load.get("type") == "radiators" and whole:
            yield from _group_errors(f"loads.{name}.group", load.get("group"), known, users)
    for path, section in groups(tree, "power_saving"):
        margin, most = amount(section.get("security_margin")), amount(section.get("max_available"))
        if margin is not None and most is not None and margin >= most:
            yield Problem(f"{path}.security_margin", f"{show(margin)} leaves nothing of max_available ({show(most)})")
        level, levels = amount(section.get("blind_level")), _levels(tree, section)
        if level is not None and levels is not None and level > levels - 1:
            yield Problem(f"{path}.blind_level", f"{show(level)} is above the highest level ({levels - 1})")


def _group_errors(path: str, group: object, known: Mapping[str, str], users: dict[str, str]) -> Iterator[Problem]:
    names = [show(name) for name in known]
    if not known:
        yield Problem(path, "there is no radiators section; write one, or take this load out")
        return
    if group is None and len(known) > 1:
        yield Problem(path, f"required where there are several; write {', '.join(names)}")
        return
    name = next(iter(known)) if group is None else group
    if not isinstance(name, str):
        return
    if name not in known:
        yield Problem(path, f"{show(name)} is no radiators section's name; write {', '.join(names)}")
    elif users.setdefault(name, path) != path:
        yield Problem(path, f"{show(name)} is already the group of {users[name].removesuffix('.group')}")


def _own(tree: Mapping[str, object], what: str, key: str, sections: tuple[str, ...]) -> Iterator[Problem]:
    owners: dict[str, str] = {}
    for section in sections:
        for path, group in groups(tree, section):
            value = group.get(key)
            if isinstance(value, str) and owners.setdefault(value, path) != path:
                remedy = f"give each its own {key}"
                yield Problem(f"{path}.{key}", f"{show(value)} is already that of {owners[value]}; {remedy}")


def _radiator_names(path: str, group: Load) -> Iterator[Problem]:
    devices: dict[str, tuple[object, object]] = {}
    radiators = group.get("radiators")
    for index, radiator in enumerate(radiators if isinstance(radiators, tuple) else ()):
        name, device = at(radiator, "name"), (at(radiator, "virtual"), at(radiator, "actual"))
        if isinstance(name, str) and devices.setdefault(name, device) != device:
            remedy = "give each its own"
            yield Problem(f"{path}.radiators[{index}].name", f"{show(name)} is another radiator's name; {remedy}")


def _levels(tree: Mapping[str, object], section: Load) -> int | None:
    """How many levels the radiators have that follow this section's target."""
    for _, group in groups(tree, "radiators"):
        active = group.get("max_active")
        target = section.get("target")
        if isinstance(active, tuple) and isinstance(target, str) and group.get("power_saving") == target:
            return len(active)
    return None


def section_warnings(tree: Mapping[str, object], written: object) -> Iterator[Problem]:
    """Sections that do nothing as they are, or hardly what is meant."""
    for path, group in groups(tree, "radiators"):
        active = group.get("max_active")
        counts = [each for each in active if isinstance(each, int)] if isinstance(active, tuple) else []
        if any(after > before for before, after in pairwise(counts)):
            why = "each level should allow no more radiators than the one before"
            yield Problem(f"{path}.max_active", f"{counts} rises; {why}")
    for path, section in groups(tree, "power_saving"):
        yield from _listed_twice(path, section)
        if section.get("method") == "individual" and section.get("extra_meters") == ():
            why = "method 'individual' knows of no use but the house meter's"
            yield Problem(f"{path}.extra_meters", f"is empty, so {why}")
    if tree.get("tariff") is not None and tree.get("site") is None:
        yield Problem("tariff", "does nothing without the site section, whose meters it counts")
    if not written:
        yield Problem("CONFIG", "is empty, so nothing is done; copy one of config_examples/ and change it")


def _listed_twice(path: str, section: Load) -> Iterator[Problem]:
    extra = section.get("extra_meters")
    seen = [(at(section, "meter", "entity"), at(section, "meter", "attribute"))]
    for index, meter in enumerate(extra if isinstance(extra, tuple) else ()):
        this = (at(meter, "entity"), at(meter, "attribute"))
        if this in seen and isinstance(this[0], str):
            yield Problem(f"{path}.extra_meters[{index}]", f"{show(this[0])} is counted twice")
        seen.append(this)
