"""Cross-checks of devices, plans and phase switching: everything needed is there, and no device has two loads."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.electrics import Phase
from ..model.equipment import Battery
from ..model.load_plan import LoadPlan
from ..model.messages.message import Message, message
from ..model.price_hours import PriceHours
from ..model.site import slug
from .domains import fit_problem
from .fields import at
from .guard_schema import lets_strangers_in
from .phase_switching import WALLBOX_STAYS
from .plan_schema import UNUSED
from .presets import ROLES, preset_named
from .tree import Entity, Problem, Slot, place_of, show
from .wiring import Parts, Wired, fixed_number

ASCENDING = (("normal_c", "boost_c"), ("minimum_c", "normal_c"), ("recommend_above_w", "force_above_w"))
"""Pairs of thresholds of a load; the first must not be above the second."""

OF_A_CAR = {"soc_pct": "the entity of the car's state of charge", "capacity_kwh": "what the car's battery holds"}
OF_THE_BATTERY = {"capacity_kwh": "what it holds, such as 10", "charge_from_grid": "what makes it charge from the grid"}
"""Key that the battery's plan needs -> its meaning."""


def domain_problems(parts: Parts, *, wrong: bool) -> Iterator[Problem]:
    """Yield entities that cannot do what CONFIG uses them for (`wrong`), or that are unusual for it."""
    for path, leaf in parts.leaves:
        if isinstance(leaf, Slot | Entity) and leaf.entity is not None:
            found = fit_problem(leaf.entity, leaf.use)
            if found is not None and found[1] is wrong:
                yield Problem(place_of(path), found[0])


def control_errors(parts: Parts) -> Iterator[Problem]:
    """Yield devices that two loads would command."""
    owners: dict[str, tuple[str, str]] = {}
    told: set[str] = set()
    for owner, path, device in _commanded_devices(parts):
        first_owner, first_path = owners.setdefault(device.lower(), (owner, path))
        listed_again = first_owner == owner and not owner.startswith("loads.")
        if first_path != path and path not in told and not listed_again:
            told.add(path)
            yield Problem(path, message("already_commanded", other=first_path))


def _commanded_devices(parts: Parts) -> Iterator[tuple[str, str, str]]:
    """Yield (owner, path, device) of everything that is commanded, the loads' first."""
    found: dict[str, list[tuple[str, str, str]]] = {load.path: [] for load in parts.loads}
    for path, leaf in parts.leaves:
        if isinstance(leaf, Entity) and leaf.is_commanded:
            section, key, *_ = path.split(".")
            owner = section if section.startswith("radiators") else f"{section}.{key}"
            found.setdefault(owner, []).append((owner, path, leaf.entity))
    for load in parts.loads:
        found[load.path] += _devices_of(load)
    for devices in found.values():
        yield from devices


def _devices_of(load: Wired) -> Iterator[tuple[str, str, str]]:
    """Yield what a load commands other than entities: a charge point's connector, a charger in a cloud, a Quasar."""
    charger, guard = load.node.get("charger"), load.node.get("guard")
    if isinstance(charger, str) and load.node["type"] == "ocpp":
        connector, name = load.node["connector"], slug(charger)
        yield load.path, f"{load.path}.charger", f"ocpp {name} connector {connector}"
        for key, domain, entity in (("switch", "switch", "charge_control"), ("current", "number", "maximum_current")):
            if load.node[key] is None:
                yield load.path, f"{load.path}.charger", f"{domain}.{name}_connector_{connector}_{entity}"
                if connector == 1:
                    yield load.path, f"{load.path}.charger", f"{domain}.{name}_{entity}"
    elif isinstance(charger, str):
        yield load.path, f"{load.path}.charger", f"{load.node['type']} {charger}"
    if isinstance(at(guard, "quasar_host"), str):
        yield (
            load.path,
            f"{load.path}.guard.quasar_host",
            f"quasar {at(guard, 'quasar_host')} {at(guard, 'quasar_port')}",
        )
        yield (
            load.path,
            f"{load.path}.guard.listen_port",
            f"listen {at(guard, 'listen_host')} {at(guard, 'listen_port')}",
        )


def order_errors(parts: Parts) -> Iterator[Problem]:
    """Yield thresholds of a load in the wrong order."""
    for load in parts.loads:
        for low, high in ASCENDING:
            if load.number(low) > load.number(high):
                values = {"value": show(load.node[low]), "key": high, "most": show(load.node[high])}
                why = message("above_other_key", **values)
                yield Problem(f"{load.path}.{low}", why)


def plan_errors(parts: Parts) -> Iterator[Problem]:
    """Yield plans that need what CONFIG does not contain, or that contradict themselves."""
    for load in parts.loads:
        plan = load.node.get("plan")
        if not isinstance(plan, LoadPlan):
            continue
        if plan.has_no_end and parts.config["prices"] is None:
            yield Problem(f"{load.path}.plan.max_price", message("prices_required"))
        asked = [key for key in ("soc_target_pct", "min_soc_pct") if getattr(plan, key) is not None]
        for key, what in OF_A_CAR.items():
            if asked and key in load.node and load.node[key] is None:
                why = message("required_by_plan", key=f"plan.{asked[0]}", example=what)
                yield Problem(f"{load.path}.{key}", why)
        if fixed_number(plan.min_soc_pct) > fixed_number(plan.soc_target_pct):
            low, most = show(plan.min_soc_pct), show(plan.soc_target_pct)
            why = message("min_soc_above_target", value=low, most=most)
            yield Problem(f"{load.path}.plan.min_soc_pct", why)
    yield from _stop_errors(parts)
    yield from _battery_plan_errors(at(parts.config["site"], "battery"), parts.config["prices"])


def _stop_errors(parts: Parts) -> Iterator[Problem]:
    """Limits of a session that cannot be observed, or that a plan contradicts."""
    for load in parts.loads:
        node, plan = load.node, load.node.get("plan")
        limits = [key for key in ("stop_soc_pct", "stop_energy_kwh") if node.get(key) is not None]
        if limits and "charger" not in node and node.get("status") is None:
            yield Problem(f"{load.path}.{limits[0]}", message("stop_needs_status"))
        if "stop_soc_pct" in limits and node["soc_pct"] is None:
            why = message("required_by_plan", key="stop_soc_pct", example=OF_A_CAR["soc_pct"])
            yield Problem(f"{load.path}.soc_pct", why)
        if isinstance(plan, LoadPlan) and fixed_number(plan.soc_target_pct) > fixed_number(node.get("stop_soc_pct")):
            target, most = show(plan.soc_target_pct), show(node["stop_soc_pct"])
            why = message("target_above_stop", value=target, most=most)
            yield Problem(f"{load.path}.plan.soc_target_pct", why)


def _battery_plan_errors(battery: object, prices: object) -> Iterator[Problem]:
    """Yield what the battery's plan lacks."""
    if not isinstance(battery, Battery) or battery.orders.plan is None:
        return
    for key, what in OF_THE_BATTERY.items():
        if getattr(battery.orders, key) is None:
            yield Problem(f"site.battery.{key}", message("required_by_plan", key="plan", example=what))
    if prices is None:
        yield Problem("site.battery.plan", message("battery_plan_needs_prices"))
    target = getattr(battery.orders.plan, "soc_target_pct", None)
    if fixed_number(target) < battery.soc_min_pct:
        why = message("target_below_reserve", value=show(target), min_pct=battery.soc_min_pct)
        yield Problem("site.battery.plan.soc_target_pct", why)


def load_warnings(parts: Parts) -> Iterator[Problem]:
    """Yield presets that match no entity, open guards, and plans and switches without effect."""
    for load in parts.loads:
        node, path = load.node, load.path
        row = preset_named("wallbox" if node.get("type") == "wallbox" else node.get("preset"))
        named = {role: getattr(node.get(role), "entity", node.get(role)) for role in ROLES}
        if row is not None and row.matching(named) is None:
            known = row.names[0]["current"].replace("{p}", "<name>")
            yield Problem(path, message("no_preset_followed", preset=row.name, known=known))
        clients = at(node.get("guard"), "allowed_clients")
        for index, client in enumerate(clients if isinstance(clients, tuple) else ()):
            if lets_strangers_in(client):
                why = message("strangers_let_in", value=show(client))
                yield Problem(f"{path}.guard.allowed_clients[{index}]", why)
        plan = node.get("plan")
        has_limit = isinstance(plan, LoadPlan) and plan.max_price is not None and not plan.has_no_end
        by_price = {
            f"{path}.plan.max_price": has_limit,
            f"{path}.plan": isinstance(plan, PriceHours),
            f"{path}.warm_hours": fixed_number(node.get("warm_hours")) > 0,
        }
        for place in [place for place, is_set in by_price.items() if is_set and parts.config["prices"] is None]:
            yield Problem(place, message("prices_unused"))
        if node.get("phase_switch") is not None and "switch_phases" not in parts.written["loads"][load.name]:
            yield Problem(f"{path}.phase_switch", message("phase_switch_alone"))
    for section, key in (("prices", "import"), ("prices", "export"), ("forecast", "solar")):
        source = at(parts.config[section], key)
        for unused in UNUSED.get(str(at(source, "service")), ()):
            if at(source, unused) is not None:
                why = message("source_key_unused", service=str(at(source, "service")))
                yield Problem(f"{section}.{key}.{unused}", why)


def switching_errors(parts: Parts) -> Iterator[Problem]:
    """Yield loads with `switch_phases` that cannot switch their phases."""
    for load in parts.loads:
        why = _switching_problem(load, parts) if load.node.get("switch_phases", False) is not False else None
        if why is not None:
            yield Problem(f"{load.path}.switch_phases", why)


def _switching_problem(load: Wired, parts: Parts) -> Message | None:
    """Return why a load cannot switch its phases, None if it can."""
    node, beside = load.node, _on_its_circuit(load, parts)
    if len(load.phases) != len(Phase):
        return message("phases_too_few", phases=len(load.phases))
    if beside:
        return message("phases_circuit_shared", load=beside)
    if node["type"] != "number":
        return None
    if node["phase_switch"] is None and node["preset"] == "wallbox":
        return WALLBOX_STAYS
    if node["phase_switch"] is None:
        return message("phases_untold")
    if node["draw"] is None and node["status"] is None:
        return message("phases_unseen_stop")
    return None


def _on_its_circuit(load: Wired, parts: Parts) -> str:
    """Return the name of another Easee charger on the same Easee circuit, "" for none."""
    place = [load.node.get(key) for key in ("site", "circuit_id")]
    same = (each for each in parts.loads if [each.node.get(key) for key in ("site", "circuit_id")] == place)
    return next((each.name for each in same if each is not load and load.node["type"] == "easee"), "")
