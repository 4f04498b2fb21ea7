"""Cross-checks of the site and its loads: phases, circuits, amps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..model.electrics import MIN_CHARGE_A, Phase
from ..model.equipment import Battery, Inverter, Source
from ..model.messages.message import Message, Value, message
from ..model.orders import Curtail, ExportLimit
from ..model.own_entities import load_entity, owner_of_entity
from ..model.site import MAIN
from .entities import HUAWEI
from .fields import node_at
from .site_schema import PHASES
from .tree import Problem, known_choices, problem, quote_value
from .wiring import Circuits, Parts, WiredLoad, number_or_unknown, parts_at, parts_of, repeated, shared_value_errors

HOUSE_FUSE_A = 80
"""A main fuse above this causes a warning [A]: homes have at most 63 A, in some countries 80 A. Chosen."""


def site_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each mistake of the site: circuits, phases, inverters, island and limit on export.

    Unknown parents, circles, phases that do not exist, sources of the Huawei link without its section, and no site at
    all.
    """
    site, circuits = parts.config["site"], parts.circuits
    yield from _circuit_errors(parts)
    inverters = parts_at(site, "inverter", Inverter)
    grids = {name: each.grid for name, each in circuits.by_name.items() if name != MAIN}
    places: list[tuple[str, object]] = [(f"site.circuits.{name}.grid", grid) for name, grid in grids.items()]
    places += [(f"{path}.output", each.output) for path, each in inverters]
    places += [(f"{path}.phases", dict.fromkeys(each.phases or ())) for path, each in inverters]
    for path, node in (*places, *((f"{load.path}.draw", load.node.get("draw")) for load in parts.loads)):
        for phase in _phase_keys(node):
            if parts.phases and phase not in parts.phases:
                yield problem(f"{path}.{phase}", "phase_not_in_grid", known=", ".join(parts.phases))
    if parts.config["huawei"] is None:
        for path, leaf in parts.leaves:
            if isinstance(leaf, str) and leaf.startswith(f"{HUAWEI}.") and path.endswith(".entity"):
                yield problem(
                    path.removesuffix(".entity"), "huawei_required", example="'huawei': {'host': '192.168.1.20'}"
                )
    yield from _inverter_errors(site, parts.circuits)
    yield from _island_errors(site)
    yield from _export_errors(site, parts.config["prices"])
    # A Quasar's guard has a meter and a limit of its own, as V2G-Liberty's users know them.
    if site is None and any(load.node.get("type") != "quasar" for load in parts.loads):
        yield problem("site", "site_required")


def _inverter_errors(site: object, circuits: Circuits) -> Iterator[Problem]:
    """Yield an error for each unknown circuit or inverter, a series of several inverters, and a shared battery power.

    A battery names its inverter by place, from 0.
    """
    inverters = parts_at(site, "inverter", Inverter)
    for path, inverter in inverters:
        if isinstance(inverter.circuit, str) and inverter.circuit not in circuits.by_name:
            yield Problem(f"{path}.circuit", _unknown_circuit_message(inverter.circuit, circuits.by_name))
        if inverter.wiring == "series" and len(inverters) > 1:
            yield problem(f"{path}.wiring", "series_of_several")
    batteries = parts_at(site, "battery", Battery)
    powers = [(path, battery.charge_w) for path, battery in batteries if isinstance(battery.charge_w, Source)]
    yield from shared_value_errors(((path, entity) for path, power in powers for entity in power.entities), "charge_w")
    for path, battery in batteries:
        if battery.inverter is not None and number_or_unknown(battery.inverter) >= len(inverters):
            yield problem(f"{path}.inverter", "no_such_inverter", value=battery.inverter, most=len(inverters) - 1)


def _island_errors(site: object) -> Iterator[Problem]:
    """Yield an error for each inverter without a limit in a house that may run as an island.

    A battery is limit enough, unless `island` is True (never connected at all).
    """
    island = node_at(site, "island")
    for path, inverter in () if island in (None, False) else parts_at(site, "inverter", Inverter):
        is_limited = inverter.max_w is not None or inverter.max_w_per_phase is not None
        # A battery limits an island as well, but only where a main fuse is named too.
        if not is_limited and (island is True or node_at(site, "battery") is None):
            yield problem(f"{path}.max_w", "island_needs_limit")


def _export_errors(site: object, prices: object) -> Iterator[Problem]:
    """Yield an error for each key that the limit on export needs and CONFIG does not have.

    Also for numbers that do not all limit the same, one that stands twice, or an output that nothing measures. Nothing
    without such a limit.
    """
    limit, inverters = node_at(site, "export"), parts_at(site, "inverter", Inverter)
    if not isinstance(limit, ExportLimit):
        return
    if limit.when_price_below is not None and node_at(prices, "export") is None:
        yield problem("site.export.when_price_below", "export_prices_required")
    is_measured = node_at(site, "solar_w") is not None or any(each.output or each.solar_w for _, each in inverters)
    curtails = limit.curtail[0] if len(limit.curtail) == 1 else limit.curtail
    numbers = parts_of(curtails, "site.export.curtail", Curtail)
    yield from shared_value_errors(((path, each.entity) for path, each in numbers), "number")
    for path, curtail in numbers:
        if curtail.unit == "%" and curtail.of_w is None:
            yield problem(f"{path}.of_w", "key_required", example="the watts of 100 %, such as 9800")
        if curtail.limits == "output" and not is_measured:
            yield problem(f"{path}.limits", "output_unmeasured")
        elif curtail.limits != numbers[0][1].limits:
            yield problem(f"{path}.limits", "curtails_differ", known=numbers[0][1].limits)


def _phase_keys(node: object) -> list[str]:
    """Return the phases in the keys of a mapping."""
    return [phase.name for phase in node if isinstance(phase, Phase)] if isinstance(node, Mapping) else []


def _circuit_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each unknown parent of a circuit and for each cycle of circuits."""
    reported: set[str] = set()
    known = parts.circuits.by_name
    for name, circuit in known.items():
        if circuit.parent is not None and circuit.parent not in known:
            yield Problem(f"site.circuits.{name}.parent", _unknown_circuit_message(circuit.parent, known))
        way = [each.name for each in parts.circuits.path_to_main(name)]
        last = known[way[-1]].parent
        ring = way[way.index(last) :] if last in way else []
        if ring and not reported.intersection(ring):
            reported.update(ring)
            yield problem(f"site.circuits.{ring[0]}.parent", "circuit_circle", circle=" -> ".join([*ring, ring[0]]))


def _unknown_circuit_message(named: str, known: Iterable[str]) -> Message:
    """Return the message that no circuit has this name, with the known names."""
    return message("circuit_unknown", value=quote_value(named), **known_choices(named, known))


def load_errors(parts: Parts) -> Iterator[Problem]:
    """Yield an error for each load on an unknown circuit or phase, or with a current above a fuse that feeds it.

    Also for a name that another load's entity has, and a Quasar on several phases. Nothing without a site.
    """
    if not parts.circuits.by_name:
        return
    names, known = {load.name for load in parts.loads}, parts.circuits.by_name
    for load in parts.loads:
        path, circuit = load.path, load.node.get("circuit")
        if (taken := owner_of_entity(load.name, names)) is not None:
            owner, quantity = taken
            yield problem(path, "load_name_of_other", entity=load_entity(load.name), what=quantity, load=repr(owner))
        if isinstance(circuit, str) and circuit not in known:
            yield Problem(f"{path}.circuit", _unknown_circuit_message(circuit, known))
        for phase in load.phases:
            # Where a phase of the grid is misspelt, that is the mistake.
            if parts.phases and phase not in parts.phases and set(PHASES) >= set(parts.phases):
                yield problem(f"{path}.phases", "phase_not_in_grid", phase=phase, known=", ".join(parts.phases))
        for phase in _phase_keys(load.node.get("draw")):
            if phase in parts.phases and load.phases and phase not in load.phases:
                yield problem(f"{path}.draw.{phase}", "phase_not_of_load", known=", ".join(load.phases))
        if load.node.get("type") == "quasar" and len(load.phases) > 1:
            yield problem(f"{path}.phases", "quasar_on_one_phase", example=f"['{load.phases[0]}']")
        yield from _current_errors(load, parts.circuits, explicit="max_a" in parts.written["loads"][load.name])


def _current_errors(load: WiredLoad, circuits: Circuits, *, explicit: bool) -> Iterator[Problem]:
    """Yield an error for each current of a load that a fuse does not allow or that contradicts another.

    The lowest current above a fuse or `max_a`, a fail-safe between 0 and 6 A, and a `max_a` above the fuse, but that
    only if CONFIG writes it (`explicit`).
    """
    circuit, least, most = load.node.get("circuit"), load.lowest_running_a(), load.number("max_a")
    if (fuse := circuits.first_fuse_below(least, circuit)) is not None:
        at_fuse: dict[str, Value] = {"circuit": fuse.name, "rating_a": fuse.fuse_a}
        by_power = next((key for key in ("rated_w", "min_w") if key in load.node), None)
        if by_power is None:
            yield problem(f"{load.path}.min_a", "above_circuit", least, **at_fuse)
        else:
            at_fuse["least_a"] = least
            yield problem(f"{load.path}.{by_power}", "rated_above_circuit", load.node[by_power], **at_fuse)
    elif least > most:
        yield problem(f"{load.path}.min_a", "above_max", least, max_a=most)
    if explicit and (fuse := circuits.first_fuse_below(most, circuit)) is not None:
        at_fuse = {"circuit": fuse.name, "rating_a": fuse.fuse_a, "most": f"{fuse.fuse_a:g}"}
        yield problem(f"{load.path}.max_a", "above_circuit", most, **at_fuse)
    if 0 < load.number("failsafe_a") < MIN_CHARGE_A:
        yield problem(f"{load.path}.failsafe_a", "too_little_to_charge", load.node["failsafe_a"], min_a=MIN_CHARGE_A)


def fuse_path(circuit: str) -> str:
    """Return the path in CONFIG of a fuse's rating."""
    return "site.main_fuse_a" if circuit == MAIN else f"site.circuits.{circuit}.fuse_a"


def site_warnings(parts: Parts) -> Iterator[Problem]:
    """Yield a warning for each value that is valid but probably unintended.

    Minimums or fail-safe currents that exceed a fuse together, unusual fuses, a meter on two phases, a fail-safe
    current above a fuse, a fail-safe before a meter counts as late, and a battery's minimum above its target.
    """
    site = parts.config["site"]
    yield from _current_sum_warnings(parts, "minimums", WiredLoad.lowest_running_a)
    yield from _current_sum_warnings(
        parts, "fail-safe currents", lambda load: min(load.number("failsafe_a"), load.number("max_a"))
    )
    yield from _unusual_fuses(parts.circuits)
    yield from _shared_meters(node_at(site, "grid"))
    for load in parts.loads:
        failsafe = load.number("failsafe_a")
        if (fuse := parts.circuits.first_fuse_below(failsafe, load.node.get("circuit"))) is not None:
            yield problem(f"{load.path}.failsafe_a", "above_circuit", failsafe, circuit=fuse.name, rating_a=fuse.fuse_a)
    stale_s, failsafe_s = (number_or_unknown(node_at(site, f"{key}_after_s")) for key in ("stale", "failsafe"))
    if stale_s > failsafe_s:
        yield problem("site.failsafe_after_s", "failsafe_before_stale", failsafe_s, stale_s=stale_s)
    for path, battery in parts_at(site, "battery", Battery):
        low, target = battery.soc_min_pct, battery.soc_target_pct
        if low > target:
            yield problem(f"{path}.soc_min_pct", "soc_min_above_target", low, target_pct=target)


def _unusual_fuses(circuits: Circuits) -> Iterator[Problem]:
    """Yield a warning for each circuit rated above a fuse that feeds it, and for a main fuse too high for a home."""
    for name, circuit in circuits.by_name.items():
        if (before := circuits.first_fuse_below(circuit.fuse_a, name)) is not None:
            values: dict[str, Value] = {"fuse_a": circuit.fuse_a, "circuit": before.name, "rating_a": before.fuse_a}
            yield problem(fuse_path(name), "fuse_above_circuit", **values)
        elif name == MAIN and circuit.fuse_a > HOUSE_FUSE_A:
            yield problem(fuse_path(name), "fuse_unusual", fuse_a=circuit.fuse_a)


def _shared_meters(grid: object) -> Iterator[Problem]:
    """Yield a warning for each meter that CONFIG names for two phases."""
    meters = [(phase.name, meter) for phase, meter in grid.items()] if isinstance(grid, Mapping) else []
    entities = ((phase, entity) for phase, meter in meters if isinstance(meter, Source) for entity in meter.entities)
    for phase, entity, other in repeated(entities):
        yield problem(f"site.grid.{phase}", "meter_shared", entity=quote_value(entity), phase=other)


def _current_sum_warnings(parts: Parts, what: str, current_of: Callable[[WiredLoad], float]) -> Iterator[Problem]:
    """Yield a warning for each circuit whose fuse is smaller than the sum of a current over its loads.

    `current_of` gives that current of a load [A], `what` is its name in the message.
    """
    for name, circuit in parts.circuits.by_name.items():
        inside = [load for load in parts.loads if circuit in parts.circuits.path_to_main(load.node.get("circuit"))]
        for phase in PHASES:
            below = [load for load in inside if phase in load.phases]
            total = sum(current for load in below if (current := current_of(load)) > 0)
            if len(below) > 1 and total > circuit.fuse_a:
                values = {"what": what, "phase": phase, "sum_a": total, "rating_a": circuit.fuse_a}
                yield problem(fuse_path(name), "sum_above_fuse", **values)
                break
