"""Cross-checks of devices and phase switching: everything needed is there, and no device has two loads."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..model.electrics import Phase
from ..model.load_plan import LoadPlan, PriceHours
from ..model.messages.message import Message, message
from ..model.site import slug
from .domains import fit_problem
from .fields import node_at
from .load_sections import WALLBOX_STAYS, is_wider_than_home
from .presets import ROLES, preset_named
from .tree import EntityLeaf, Problem, Slot, problem, quote_value, readable_path
from .wiring import Parts, WiredLoad, number_or_unknown

ASCENDING = (
    ("normal_c", "boost_c"),
    ("minimum_c", "normal_c"),
    ("recommend_above_w", "force_above_w"),
    ("min_w", "max_w"),
    ("off_w", "max_w"),
)
"""Pairs of thresholds of a load; the first must not be above the second."""


def domain_problems(parts: Parts, *, wrong: bool) -> Iterator[Problem]:
    """Yield entities whose domain does not fit their use in CONFIG.

    With `wrong` those that cannot serve it, which are mistakes, otherwise those that are only unusual.
    """
    for path, leaf in parts.leaves:
        if isinstance(leaf, Slot | EntityLeaf) and leaf.entity is not None:
            found = fit_problem(leaf.entity, leaf.use)
            if found is not None and found[1] is wrong:
                yield Problem(readable_path(path), found[0])


def shared_device_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each device or entity that CONFIG would command from two places, at the later one.

    One for each path. A section other than a load may list its own entity twice.
    """
    owners: dict[str, tuple[str, str]] = {}
    reported: set[str] = set()
    for owner, path, device in _commanded_devices(parts):
        first_owner, first_path = owners.setdefault(device.lower(), (owner, path))
        listed_again = first_owner == owner and not owner.startswith("loads.")
        if first_path != path and path not in reported and not listed_again:
            reported.add(path)
            yield problem(path, "already_commanded", other=first_path)


def _commanded_devices(parts: Parts) -> Iterator[tuple[str, str, str]]:
    """Yield (owner, path in CONFIG, device) for everything that is commanded; the loads come first."""
    found: dict[str, list[tuple[str, str, str]]] = {load.path: [] for load in parts.loads}
    for path, leaf in parts.leaves:
        if isinstance(leaf, EntityLeaf) and leaf.is_commanded:
            section, key, *_ = path.split(".")
            owner = section if section.startswith("radiators") else f"{section}.{key}"
            found.setdefault(owner, []).append((owner, path, leaf.entity))
    for load in parts.loads:
        found[load.path] += [(load.path, f"{load.path}.{key}", device) for key, device in _non_entity_devices(load)]
    for devices in found.values():
        yield from devices


def _non_entity_devices(load: WiredLoad) -> Iterator[tuple[str, str]]:
    """Yield (key, device) for a load's devices that are not entities.

    These are a charge point's connector, a charger in a cloud and a Quasar.
    """
    charger, guard = load.node.get("charger"), load.node.get("guard")
    if isinstance(charger, str) and load.node["type"] == "ocpp":
        connector, name = load.node["connector"], slug(charger)
        yield "charger", f"ocpp {name} connector {connector}"
        for key, domain, entity in (("switch", "switch", "charge_control"), ("current", "number", "maximum_current")):
            if load.node[key] is None:
                yield "charger", f"{domain}.{name}_connector_{connector}_{entity}"
                if connector == 1:
                    yield "charger", f"{domain}.{name}_{entity}"
    elif isinstance(charger, str):
        yield "charger", f"{load.node['type']} {charger}"
    if isinstance(node_at(guard, "quasar_host"), str):
        yield "guard.quasar_host", f"quasar {node_at(guard, 'quasar_host')} {node_at(guard, 'quasar_port')}"
        yield "guard.listen_port", f"listen {node_at(guard, 'listen_host')} {node_at(guard, 'listen_port')}"


def thresholds_out_of_order(number: Callable[[str], float]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of `ASCENDING` whose first is above the second. `number`: key -> its value, NaN for none."""
    return ((low, high) for low, high in ASCENDING if number(low) > number(high))


def threshold_order_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each pair of a load's thresholds of which the lower is above the higher.

    A threshold that the load does not have, or that CONFIG does not fix, is passed over. Also an error for a highest
    temperature that nothing measures.
    """
    for load in parts.loads:
        if load.node.get("max_c") is not None and load.node["temperature"] is None:
            yield problem(f"{load.path}.temperature", "required_by_plan", key="max_c", example="what measures it")
        for low, high in thresholds_out_of_order(load.number):
            values = {"value": quote_value(load.node[low]), "key": high, "most": quote_value(load.node[high])}
            yield problem(f"{load.path}.{low}", "above_other_key", **values)


def load_warnings(parts: Parts) -> Iterator[Problem]:
    """Yield a warning for each key of a load that has no effect, and for a guard that admits strangers.

    Keys without effect: a preset that matches no entity, what needs prices without prices, and a phase switch without
    `switch_phases`.
    """
    for load in parts.loads:
        node, path = load.node, load.path
        row = preset_named("wallbox" if node.get("type") == "wallbox" else node.get("preset"))
        named = {role: getattr(node.get(role), "entity", node.get(role)) for role in ROLES}
        if row is not None and row.matching(named) is None:
            known = row.names[0]["current"].replace("{p}", "<name>")
            yield problem(path, "no_preset_followed", preset=row.name, known=known)
        clients = node_at(node.get("guard"), "allowed_clients")
        for index, client in enumerate(clients if isinstance(clients, tuple) else ()):
            if is_wider_than_home(client):
                yield problem(f"{path}.guard.allowed_clients[{index}]", "strangers_let_in", client)
        plan = node.get("plan")
        has_limit = isinstance(plan, LoadPlan) and plan.max_price is not None and not plan.has_no_end
        by_price = {
            f"{path}.plan.max_price": has_limit,
            f"{path}.plan": isinstance(plan, PriceHours),
            f"{path}.warm_hours": number_or_unknown(node.get("warm_hours")) > 0,
        }
        for place in [place for place, is_set in by_price.items() if is_set and parts.config["prices"] is None]:
            yield problem(place, "prices_unused")
        if node.get("phase_switch") is not None and "switch_phases" not in parts.written["loads"][load.name]:
            yield problem(f"{path}.phase_switch", "phase_switch_alone")


def switching_errors(parts: Parts) -> Iterator[Problem]:
    """Yield loads with `switch_phases` that cannot switch their phases."""
    for load in parts.loads:
        why = _switching_problem(load, parts) if load.node.get("switch_phases", False) is not False else None
        if why is not None:
            yield Problem(f"{load.path}.switch_phases", why)


def _switching_problem(load: WiredLoad, parts: Parts) -> Message | None:
    """Return why a load cannot switch its phases, None if it can.

    Reasons: fewer than three phases, another charger on its circuit, no known phase switch, nothing that shows that it
    has stopped.
    """
    node, beside = load.node, _charger_on_same_circuit(load, parts)
    if len(load.phases) != len(Phase):
        return message("phases_too_few", phases=len(load.phases))
    if beside:
        return message("phases_circuit_shared", load=beside)
    if node["type"] != "number":
        return None
    if node["phase_switch"] is None:
        return WALLBOX_STAYS if node["preset"] == "wallbox" else message("phases_untold")
    return message("phases_unseen_stop") if node["draw"] is None and node["status"] is None else None


def _charger_on_same_circuit(load: WiredLoad, parts: Parts) -> str:
    """Return the name of another charger on an Easee charger's Easee circuit, "" for none or another type of load."""
    place = [load.node.get(key) for key in ("site", "circuit_id")]
    same = (each for each in parts.loads if [each.node.get(key) for key in ("site", "circuit_id")] == place)
    return next((each.name for each in same if each is not load and load.node["type"] == "easee"), "")
