"""Cross-checks of the site and its loads: phases, wires, circuits, amps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from ..model.electrics import MIN_CHARGE_A, Phase
from ..model.equipment import Battery, Inverter, Source
from ..model.messages.message import Message, Value, message
from ..model.own_entities import load_entity, owner_of_entity
from ..model.site import MAIN
from .entities import HUAWEI
from .fields import at
from .site_schema import PHASES
from .tree import Problem, choices, show
from .wiring import Parts, Wired, Wires, fixed_number

HOUSE_FUSE_A = 80
"""A main fuse above this causes a warning [A]: homes have at most 63 A, in some countries 80 A. Chosen."""


def site_errors(parts: Parts) -> Iterator[Problem]:
    """Yield unknown parents, cycles of circuits, phases that do not exist, and sources without their section."""
    site, wires = parts.config["site"], parts.wires
    yield from _circuit_errors(parts)
    inverter = at(site, "inverter")
    places: list[tuple[str, object]] = [
        (f"site.circuits.{name}.grid", each.grid) for name, each in wires.circuits.items() if name != MAIN
    ]
    places.append(("site.inverter.output", inverter.output if isinstance(inverter, Inverter) else None))
    for path, node in (*places, *((f"{load.path}.draw", load.node.get("draw")) for load in parts.loads)):
        for phase in _phases_in(node):
            if parts.phases and phase not in parts.phases:
                yield Problem(f"{path}.{phase}", message("phase_not_in_grid", known=", ".join(parts.phases)))
    if parts.config["huawei"] is None:
        for path, leaf in parts.leaves:
            if isinstance(leaf, str) and leaf.startswith(f"{HUAWEI}.") and path.endswith(".entity"):
                why = message("huawei_required", example="'huawei': {'host': '192.168.1.20'}")
                yield Problem(path.removesuffix(".entity"), why)
    # A Quasar's guard has a meter and a limit of its own, as V2G-Liberty's users know them.
    if site is None and any(load.node.get("type") != "quasar" for load in parts.loads):
        yield Problem("site", message("site_required"))


def _phases_in(node: object) -> list[str]:
    """Return the phases in the keys of a mapping."""
    return [phase.name for phase in node if isinstance(phase, Phase)] if isinstance(node, Mapping) else []


def _circuit_errors(parts: Parts) -> Iterator[Problem]:
    """Yield unknown parents and cycles of circuits."""
    seen: set[str] = set()
    known = parts.wires.circuits
    for name, circuit in known.items():
        if circuit.parent is not None and circuit.parent not in known:
            yield Problem(f"site.circuits.{name}.parent", _no_circuit(circuit.parent, known))
        way = [each.name for each in parts.wires.way_up(name)]
        last = known[way[-1]].parent
        ring = way[way.index(last) :] if last in way else []
        if ring and not seen.intersection(ring):
            seen.update(ring)
            why = message("circuit_circle", circle=" -> ".join([*ring, ring[0]]))
            yield Problem(f"site.circuits.{ring[0]}.parent", why)


def _no_circuit(named: str, known: Iterable[str]) -> Message:
    """Return the mistake of a circuit that is not there."""
    return message("circuit_unknown", value=show(named), **choices(named, known))


def load_errors(parts: Parts) -> Iterator[Problem]:
    """Yield unknown circuits and phases, and currents above a fuse on the way to the main fuse."""
    if not parts.wires.circuits:
        return
    names, known = {load.name for load in parts.loads}, parts.wires.circuits
    for load in parts.loads:
        path, circuit = load.path, load.node.get("circuit")
        if (taken := owner_of_entity(load.name, names)) is not None:
            owner, quantity = taken
            why = message("load_name_of_other", entity=load_entity(load.name), what=quantity, load=repr(owner))
            yield Problem(path, why)
        if isinstance(circuit, str) and circuit not in known:
            yield Problem(f"{path}.circuit", _no_circuit(circuit, known))
        for phase in load.phases:
            # Where a phase of the grid is misspelt, that is the mistake.
            if parts.phases and phase not in parts.phases and set(PHASES) >= set(parts.phases):
                why = message("phase_not_in_grid", phase=phase, known=", ".join(parts.phases))
                yield Problem(f"{path}.phases", why)
        for phase in _phases_in(load.node.get("draw")):
            if phase in parts.phases and load.phases and phase not in load.phases:
                yield Problem(f"{path}.draw.{phase}", message("phase_not_of_load", known=", ".join(load.phases)))
        if load.node.get("type") == "quasar" and len(load.phases) > 1:
            yield Problem(f"{path}.phases", message("quasar_on_one_phase", example=f"['{load.phases[0]}']"))
        yield from _current_errors(load, parts.wires, explicit="max_a" in parts.written["loads"][load.name])


def _current_errors(load: Wired, wires: Wires, *, explicit: bool) -> Iterator[Problem]:
    """Yield currents of a load that a fuse does not allow or that contradict each other.

    `explicit`: CONFIG has `max_a`.
    """
    circuit, least, most = load.node.get("circuit"), load.least_a(), load.number("max_a")
    if (fuse := wires.above(least, circuit)) is not None:
        at_fuse: dict[str, Value] = {"circuit": fuse.name, "rating_a": fuse.fuse_a}
        if "rated_w" in load.node:
            why = message("rated_above_circuit", value=show(load.node["rated_w"]), least_a=least, **at_fuse)
            yield Problem(f"{load.path}.rated_w", why)
        else:
            yield Problem(f"{load.path}.min_a", message("above_circuit", value=show(least), **at_fuse))
    elif least > most:
        yield Problem(f"{load.path}.min_a", message("above_max", value=show(least), max_a=most))
    if explicit and (fuse := wires.above(most, circuit)) is not None:
        rating_a = fuse.fuse_a
        why = message("above_circuit", value=show(most), circuit=fuse.name, rating_a=rating_a, most=f"{rating_a:g}")
        yield Problem(f"{load.path}.max_a", why)
    if 0 < load.number("failsafe_a") < MIN_CHARGE_A:
        why = message("too_little_to_charge", value=show(load.node["failsafe_a"]), min_a=MIN_CHARGE_A)
        yield Problem(f"{load.path}.failsafe_a", why)


def fuse_path(circuit: str) -> str:
    """Return the path in CONFIG of a fuse's rating."""
    return "site.main_fuse_a" if circuit == MAIN else f"site.circuits.{circuit}.fuse_a"


def site_warnings(parts: Parts) -> Iterator[Problem]:
    """Yield what is valid but probably unintended: sums above a fuse, thresholds in an unusual order."""
    site = parts.config["site"]
    yield from _sums(parts, "minimums", Wired.least_a)
    yield from _sums(parts, "fail-safe currents", lambda load: min(load.number("failsafe_a"), load.number("max_a")))
    yield from _unusual_fuses(parts.wires)
    yield from _shared_meters(at(site, "grid"))
    for load in parts.loads:
        failsafe, most = load.number("failsafe_a"), load.number("max_a")
        if (fuse := parts.wires.above(failsafe, load.node.get("circuit"))) is not None:
            why = message("above_circuit", value=show(failsafe), circuit=fuse.name, rating_a=fuse.fuse_a)
            yield Problem(f"{load.path}.failsafe_a", why)
        elif failsafe > most:
            yield Problem(f"{load.path}.failsafe_a", message("failsafe_above_max", value=show(failsafe), max_a=most))
    stale_s, failsafe_s = fixed_number(at(site, "stale_after_s")), fixed_number(at(site, "failsafe_after_s"))
    if stale_s > failsafe_s:
        why = message("failsafe_before_stale", value=show(failsafe_s), stale_s=stale_s)
        yield Problem("site.failsafe_after_s", why)
    battery = at(site, "battery")
    if isinstance(battery, Battery) and battery.soc_min_pct > battery.soc_target_pct:
        low, target = battery.soc_min_pct, battery.soc_target_pct
        why = message("soc_min_above_target", value=show(low), target_pct=target)
        yield Problem("site.battery.soc_min_pct", why)


def _unusual_fuses(wires: Wires) -> Iterator[Problem]:
    """Yield ratings that are too high for a house, or above the fuse before them."""
    for name, circuit in wires.circuits.items():
        if (before := wires.above(circuit.fuse_a, name)) is not None:
            own_a, rating_a = circuit.fuse_a, before.fuse_a
            why = message("fuse_above_circuit", fuse_a=own_a, circuit=before.name, rating_a=rating_a)
            yield Problem(fuse_path(name), why)
        elif name == MAIN and circuit.fuse_a > HOUSE_FUSE_A:
            yield Problem(fuse_path(name), message("fuse_unusual", fuse_a=circuit.fuse_a))


def _shared_meters(grid: object) -> Iterator[Problem]:
    """Yield meters that are named for two phases."""
    seen: dict[str, Phase] = {}
    for phase, meter in grid.items() if isinstance(grid, Mapping) else ():
        for entity in meter.entities if isinstance(meter, Source) else ():
            if seen.setdefault(entity, phase) != phase:
                why = message("meter_shared", entity=show(entity), phase=seen[entity].name)
                yield Problem(f"site.grid.{phase.name}", why)


def _sums(parts: Parts, what: str, current_of: Callable[[Wired], float]) -> Iterator[Problem]:
    """Yield circuits whose loads' currents add up to more than their fuse. `what`: the name of these currents."""
    for name, circuit in parts.wires.circuits.items():
        inside = [load for load in parts.loads if circuit in parts.wires.way_up(load.node.get("circuit"))]
        for phase in PHASES:
            below = [load for load in inside if phase in load.phases]
            total = sum(current for load in below if (current := current_of(load)) > 0)
            if len(below) > 1 and total > circuit.fuse_a:
                rating_a = circuit.fuse_a
                why = message("sum_above_fuse", what=what, phase=phase, sum_a=total, rating_a=rating_a)
                yield Problem(fuse_path(name), why)
                break
