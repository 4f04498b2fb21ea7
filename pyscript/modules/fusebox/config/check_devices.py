"""Cross-checks of what is commanded: nothing twice, entities that can do it, thresholds in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..model.site import slug
from .check_sections import groups
from .check_site import Load, amount, branches
from .domains import domain_problems
from .fields import at
from .guard_schema import lets_strangers_in
from .phase_switching import WAYS
from .presets import ROLES, Preset, preset_named
from .tree import Problem, show

_CONTROLS = ("switch", "stop", "current", "relay_1", "relay_2", "reset")
BATTERY = "site.battery"
BATTERY_CONTROLS = ("switch", "select", "number", "power_w")


def control_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Devices that two loads would command."""
    owners: dict[str, tuple[str, str]] = {}
    told: set[str] = set()
    for owner, path, device in _commanded(tree):
        first_owner, first_path = owners.setdefault(device.lower(), (owner, path))
        listed_again = first_owner == owner and owner.startswith(("radiators", BATTERY))
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
        for way in WAYS:
            switch = at(load, "phase_switch", way)
            if isinstance(switch, str):
                yield owner, f"{owner}.phase_switch.{way}", switch
        charger = load.get("charger")
        if isinstance(charger, str) and load["type"] == "ocpp":
            yield from _charge_point(owner, load, charger)
        elif isinstance(charger, str):
            yield owner, f"{owner}.charger", f"{load['type']} {charger}"
        guard = load.get("guard")
        if isinstance(at(guard, "quasar_host"), str):
            yield owner, f"{owner}.guard.quasar_host", f"quasar {at(guard, 'quasar_host')} {at(guard, 'quasar_port')}"
            yield owner, f"{owner}.guard.listen_port", f"listen {at(guard, 'listen_host')} {at(guard, 'listen_port')}"
    for order in ("hold", "charge_from_grid"):
        for key in BATTERY_CONTROLS:
            entity = at(tree.get("site"), "battery", order, key)
            if isinstance(entity, str):
                yield BATTERY, f"{BATTERY}.{order}.{key}", entity
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


def order_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Thresholds of one load in the wrong order."""
    for name, load in branches(tree.get("loads")):
        yield from _order_errors(f"loads.{name}", load)


def _order_errors(path: str, load: Load) -> Iterator[Problem]:
    for low, high in (("normal_c", "boost_c"), ("minimum_c", "normal_c"), ("recommend_above_w", "force_above_w")):
        first, last = amount(load.get(low)), amount(load.get(high))
        if first is not None and last is not None and first > last:
            yield Problem(f"{path}.{low}", f"{show(first)} is above {high} ({show(last)})")


def device_warnings(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Entities of a domain that is unusual where they stand, presets that name nothing, guards that are open."""
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


def domain_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Entities that cannot do what they are named for."""
    yield from (problem for problem, wrong in domain_problems(tree, presets_of(tree)) if wrong)


def presets_of(tree: Mapping[str, object]) -> Mapping[str, Preset]:
    """Path of a load -> its preset, of those that have one."""
    return {f"loads.{name}": row for name, load in branches(tree.get("loads")) if (row := preset_of(load)) is not None}


def preset_of(load: Load) -> Preset | None:
    """The preset that a load goes by, None when it has none."""
    return preset_named("wallbox" if load.get("type") == "wallbox" else load.get("preset"))
