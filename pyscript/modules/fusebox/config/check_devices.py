"""Cross-checks of what is commanded and of the sections: nothing is commanded twice, names and levels fit together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from ..model.site import slug
from .check_site import Load, branches
from .domains import domain_problems
from .fields import at
from .guard_schema import lets_strangers_in
from .presets import ROLES, Preset, preset_named
from .tree import Problem, Wrong, join, show
from .wires import amount

_CONTROLS = ("switch", "stop", "current", "relay_1", "relay_2", "reset")


def groups(tree: Mapping[str, object], section: str) -> list[tuple[str, Load]]:
    """The dicts of `radiators` or `power_saving` with their paths, written as one or as a list."""
    node = tree.get(section)
    if isinstance(node, tuple):
        return [(join(section, index), each) for index, each in enumerate(node) if isinstance(each, Mapping)]
    return [(section, node)] if isinstance(node, Mapping) else []


def control_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Devices that two loads would command."""
    owners: dict[str, tuple[str, str]] = {}
    told: set[str] = set()
    for owner, path, device in _commanded(tree):
        first_owner, first_path = owners.setdefault(device.lower(), (owner, path))
        listed_again = first_owner == owner and owner.startswith("radiators")
        if first_path != path and path not in told and not listed_again:
            told.add(path)
            yield Problem(path, f"already commanded by {first_path}; one device belongs to one load")


def _commanded(tree: Mapping[str, object]) -> Iterator[tuple[str, str, str]]:
    """(owner, path, device) of everything that is commanded."""
    for name, load in branches(tree.get("loads")):
        owner = f"loads.{name}"
        for key in _CONTROLS:
            if isinstance(load.get(key), str):
                yield owner, f"{owner}.{key}", str(load[key])
        charger = load.get("charger")
        if isinstance(charger, str) and load["type"] == "ocpp":
            yield from _charge_point(owner, load, charger)
        elif isinstance(charger, str):
            yield owner, f"{owner}.charger", f"{load['type']} {charger}"
        guard = load.get("guard")
        if isinstance(at(guard, "quasar_host"), str):
            yield owner, f"{owner}.guard.quasar_host", f"quasar {at(guard, 'quasar_host')} {at(guard, 'quasar_port')}"
            yield owner, f"{owner}.guard.listen_port", f"listen {at(guard, 'listen_host')} {at(guard, 'listen_port')}"
    for path, group in groups(tree, "radiators"):
        radiators = group.get("radiators")
        for index, radiator in enumerate(radiators if isinstance(radiators, tuple) else ()):
            if isinstance(at(radiator, "actual"), str):
                yield path, f"{path}.radiators[{index}].actual", str(at(radiator, "actual"))


def _charge_point(owner: str, load: Load, charger: str) -> Iterator[tuple[str, str, str]]:
    """What a load commands of a charge point: one of its connectors, with the entities that follow from its name."""
    connector, name = load.get("connector"), slug(charger)
    yield owner, f"{owner}.charger", f"ocpp {name} connector {connector}"
    for key, domain, entity in (("switch", "switch", "charge_control"), ("current", "number", "maximum_current")):
        if load.get(key) is None:
            yield owner, f"{owner}.charger", f"{domain}.{name}_connector_{connector}_{entity}"
            if connector == 1:
                yield owner, f"{owner}.charger", f"{domain}.{name}_{entity}"


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
    for name, load in branches(tree.get("loads")):
        yield from _order_errors(f"loads.{name}", load)


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


def _order_errors(path: str, load: Load) -> Iterator[Problem]:
    for low, high in (("normal_c", "boost_c"), ("minimum_c", "normal_c"), ("recommend_above_w", "force_above_w")):
        first, last = amount(load.get(low)), amount(load.get(high))
        if first is not None and last is not None and first > last:
            yield Problem(f"{path}.{low}", f"{show(first)} is above {high} ({show(last)})")


def device_warnings(tree: Mapping[str, object], written: object) -> Iterator[Problem]:
    """Entities of a domain that is unusual where they stand, and sections that do nothing as they are."""
    rows = presets_of(tree)
    yield from (problem for problem, wrong in domain_problems(tree, rows) if not wrong)
    for path, row in rows.items():
        named = {role: at(tree, *path.split("."), role) for role in ROLES}
        if row.matching({role: at(value, "entity") or value for role, value in named.items()}) is None:
            known = row.names[0]["current"].replace("{p}", "<name>")
            why = f"none of its entities is called as in preset {row.name!r} ({known}), so none follows from it"
            yield Problem(path, f"{why}; name switch, draw and status too, as far as there are such")
    for name, load in branches(tree.get("loads")):
        clients = at(load.get("guard"), "allowed_clients")
        for index, client in enumerate(clients if isinstance(clients, tuple) else ()):
            if lets_strangers_in(client):
                remedy = "write the controller's own address, such as '192.168.1.30'"
                yield Problem(
                    f"loads.{name}.guard.allowed_clients[{index}]", f"{show(client)} lets strangers in; {remedy}"
                )
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


def domain_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Entities that cannot do what they are named for."""
    yield from (problem for problem, wrong in domain_problems(tree, presets_of(tree)) if wrong)


def presets_of(tree: Mapping[str, object]) -> Mapping[str, Preset]:
    """Path of a load -> its preset, of those that have one."""
    return {f"loads.{name}": row for name, load in branches(tree.get("loads")) if (row := preset_of(load)) is not None}


def preset_of(load: Load) -> Preset | None:
    """The preset that a load goes by, None when it has none."""
    return preset_named("wallbox" if load.get("type") == "wallbox" else load.get("preset"))


def _listed_twice(path: str, section: Load) -> Iterator[Problem]:
    extra = section.get("extra_meters")
    seen = [(at(section, "meter", "entity"), at(section, "meter", "attribute"))]
    for index, meter in enumerate(extra if isinstance(extra, tuple) else ()):
        this = (at(meter, "entity"), at(meter, "attribute"))
        if this in seen and isinstance(this[0], str):
            yield Problem(f"{path}.extra_meters[{index}]", f"{show(this[0])} is counted twice")
        seen.append(this)
