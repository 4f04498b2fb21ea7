"""Cross-checks of the site and its loads: phases, wires, circuits, amps. Works on trees that still have mistakes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..model.electrics import MIN_CHARGE_A
from ..model.numbers import is_number
from ..model.own_entities import load_entity, owner_of_entity
from ..model.site import MAIN
from .entities import HUAWEI
from .fields import at
from .site_schema import PHASES
from .tree import Problem, Slot, SourceTree, Wrong, leaves, one_of_these, show


def settled(node: object) -> object:
    """A value that CONFIG fixes; None where it is live, wrong or absent."""
    if isinstance(node, Slot):
        return None if node.entity is not None else node.fallback
    return None if isinstance(node, Wrong) else node


def amount(node: object) -> float | None:
    """A number that CONFIG fixes."""
    value = settled(node)
    return value if is_number(value) else None


@dataclass(frozen=True)
class Wires:
    """Circuit -> parent and circuit -> fuse [A], the main fuse included; a fuse is None while it is not known."""

    parents: Mapping[str, str]
    fuses: Mapping[str, float | None]

    @classmethod
    def of(cls, site: object) -> Wires:
        """The wires of a site's checked or resolved tree."""
        circuits = at(site, "circuits")
        parents: dict[str, str] = {}
        fuses = {MAIN: amount(at(site, "main_fuse_a"))}
        for name, node in circuits.items() if isinstance(circuits, Mapping) else ():
            if name == MAIN:
                continue
            parent = at(node, "parent")
            parents[name] = parent if isinstance(parent, str) else MAIN
            fuses[name] = amount(at(node, "fuse_a"))
        return cls(parents, fuses)

    def way_up(self, circuit: str) -> tuple[str, ...]:
        """The circuit and all above it, by CONFIG's names; ends where a parent is unknown or met again."""
        names = {name: name for name in self.fuses}
        way: list[str] = []
        while circuit in names and circuit not in way:
            way.append(names[circuit])
            circuit = self.parents.get(circuit, "")
        return tuple(way)

    def passed(self, circuit: str) -> list[tuple[str, float]]:
        """The known fuses on the way up: (circuit, amps)."""
        fuses = ((name, self.fuses[name]) for name in self.way_up(circuit))
        return [(name, fuse) for name, fuse in fuses if fuse is not None]

    def room_a(self, circuit: str) -> float:
        """The smallest known fuse on the way up [A]."""
        return min((fuse for _, fuse in self.passed(circuit)), default=float("inf"))

    def above(self, current_a: float, circuit: str) -> tuple[str, float] | None:
        """The first fuse on the way up that is below a current."""
        return next(((name, fuse) for name, fuse in self.passed(circuit) if current_a > fuse), None)

    def sorted(self) -> list[str]:
        """All circuits, every parent before its children."""
        return sorted(self.fuses, key=lambda name: len(self.way_up(name)))


HOUSE_FUSE_A = 80
"""A main fuse above this is asked about [A]: 63 A and, in some countries, 80 A are the largest of homes. Chosen."""

PRINTED = "is it printed on the breaker?"

Load = Mapping[str, object]
"""The checked keys of one load."""


def branches(node: object) -> list[tuple[str, Load]]:
    """The named dicts in a dict; those that are wrong altogether are left out."""
    items = node.items() if isinstance(node, Mapping) else ()
    return [(name, child) for name, child in items if isinstance(child, Mapping)]


def minimum_a(load: Load, site: object) -> float | None:
    """The least that a load takes when it runs [A a phase]; None where CONFIG does not fix it."""
    if "rated_w" not in load:
        return amount(load.get("min_a"))
    rated_w, voltage_v = amount(load["rated_w"]), amount(at(site, "voltage_v"))
    phases = len(phases_of(load, site))
    return None if rated_w is None or voltage_v is None or not phases else round(rated_w / (voltage_v * phases), 1)


def phases_of(load: Load, site: object) -> list[str]:
    """A load's phases by name; all of the site where it names none."""
    own = load.get("phases")
    if isinstance(own, tuple):
        return [phase for phase in own if isinstance(phase, str)]
    grid = at(site, "grid")
    return sorted(grid) if own is None and isinstance(grid, Mapping) else []


def circuit_of(load: Load) -> str:
    """The name of a load's circuit; "" where it is wrong."""
    circuit = load.get("circuit")
    return circuit if isinstance(circuit, str) else ""


def site_errors(tree: Mapping[str, object]) -> Iterator[Problem]:
    """Unknown parents, cycles, phases that are not there, sources without their section."""
    site = tree.get("site")
    yield from _circuit_errors(Wires.of(site), site)
    grid = at(site, "grid")
    places = [(f"site.circuits.{name}.grid", at(node, "grid")) for name, node in branches(at(site, "circuits"))]
    places.append(("site.inverter.output", at(site, "inverter", "output")))
    places += [(f"loads.{name}.draw", _by_phase(load.get("draw"))) for name, load in branches(tree.get("loads"))]
    for path, node in places:
        for phase in node if isinstance(node, Mapping) else ():
            if isinstance(grid, Mapping) and phase in PHASES and phase not in grid:
                yield Problem(f"{path}.{phase}", f"is not a phase of site.grid ({', '.join(sorted(grid))})")
    if tree.get("huawei") is None:
        for path, leaf in leaves(site, "site"):
            if leaf == HUAWEI and path.endswith(".entity"):
                remedy = "write 'huawei': {'host': '192.168.1.20'} beside the site"
                yield Problem(path.removesuffix(".entity"), f"'huawei' needs the huawei section; {remedy}")
    # A Quasar's guard has a meter and a limit of its own, as V2G-Liberty's users know them.
    if site is None and any(load.get("type") != "quasar" for _, load in branches(tree.get("loads"))):
        yield Problem("site", "required where there are loads; write main_fuse_a and grid")


def _by_phase(node: object) -> object:
    return None if isinstance(node, SourceTree) else node


def _circuit_errors(wires: Wires, site: object) -> Iterator[Problem]:
    seen: set[str] = set()
    for name, node in branches(at(site, "circuits")):
        path = f"site.circuits.{name}.parent"
        parent = at(node, "parent")
        if isinstance(parent, str) and parent not in wires.fuses:
            yield Problem(path, f"{show(parent)} is not a circuit; {one_of_these(parent, wires.fuses)}")
        way = wires.way_up(name)
        ring = way[way.index(wires.parents[way[-1]]) :] if way and wires.parents.get(way[-1]) in way else ()
        if ring and not seen.intersection(ring):
            seen.update(ring)
            circle = " -> ".join([*ring, ring[0]])
            yield Problem(f"site.circuits.{ring[0]}.parent", f"runs in a circle: {circle}; let one end at 'main'")


def load_errors(tree: Mapping[str, object], written: object) -> Iterator[Problem]:
    """Circuits and phases that are not there, and currents that a fuse on the way does not allow."""
    site = tree.get("site")
    if not isinstance(site, Mapping):
        return
    wires = Wires.of(site)
    grid, names = at(site, "grid"), {name for name, _ in branches(tree.get("loads"))}
    for name, load in branches(tree.get("loads")):
        path = f"loads.{name}"
        if (taken := owner_of_entity(name, names)) is not None:
            owner, quantity = taken
            yield Problem(path, f"{load_entity(name)} shows the {quantity} of {owner!r}; choose another name")
        circuit = load.get("circuit")
        if isinstance(circuit, str) and circuit not in wires.fuses:
            yield Problem(f"{path}.circuit", f"{show(circuit)} is not a circuit; {one_of_these(circuit, wires.fuses)}")
        for phase in phases_of(load, site):
            # Where a phase of the grid is misspelt, that is the mistake.
            if isinstance(grid, Mapping) and phase not in grid and set(PHASES) >= set(grid):
                yield Problem(f"{path}.phases", f"{phase} is not a phase of site.grid ({', '.join(sorted(grid))})")
        own_phases = phases_of(load, site)
        draw = _by_phase(load.get("draw"))
        for phase in draw if isinstance(draw, Mapping) and own_phases else ():
            if isinstance(grid, Mapping) and phase in grid and phase not in own_phases:
                yield Problem(f"{path}.draw.{phase}", f"is not a phase of this load ({', '.join(own_phases)})")
        if load.get("type") == "quasar" and len(own_phases) > 1:
            remedy = f"write the one that it is wired to, such as ['{own_phases[0]}']"
            yield Problem(f"{path}.phases", f"a Quasar is on one phase; {remedy}")
        yield from _current_errors(path, load, site, wires, written=at(written, "loads", name))


def _current_errors(path: str, load: Load, site: object, wires: Wires, *, written: object) -> Iterator[Problem]:
    circuit = circuit_of(load)
    minimum, maximum = minimum_a(load, site), amount(load.get("max_a"))
    explicit = isinstance(written, Mapping) and "max_a" in written
    key = "min_a" if "min_a" in load else "rated_w"
    if minimum is not None and (fuse := wires.above(minimum, circuit)) is not None:
        what = f"{show(minimum)}" if key == "min_a" else f"{show(amount(load['rated_w']))} W is {minimum:g} A, which"
        yield Problem(f"{path}.{key}", f"{what} is above circuit {fuse[0]!r} ({fuse[1]:g} A)")
    elif minimum is not None and maximum is not None and key == "min_a" and minimum > maximum:
        yield Problem(f"{path}.min_a", f"{show(minimum)} is above max_a ({show(maximum)} A)")
    if maximum is not None and explicit and (fuse := wires.above(maximum, circuit)) is not None:
        fuse_a = f"{fuse[1]:g}"
        yield Problem(
            f"{path}.max_a", f"{show(maximum)} is above circuit {fuse[0]!r} ({fuse_a} A); write at most {fuse_a}"
        )
    failsafe, least = amount(load.get("failsafe_a")), min(MIN_CHARGE_A, minimum or MIN_CHARGE_A)
    if failsafe is not None and 0 < failsafe < least:
        yield Problem(
            f"{path}.failsafe_a", f"{show(failsafe)} is too little to charge; write 0 to pause, or {least:g} and more"
        )


def site_warnings(tree: Mapping[str, object], written: object) -> Iterator[Problem]:
    """What is legal but probably not meant: sums above a fuse, thresholds in an odd order."""
    site = tree.get("site")
    wires = Wires.of(site)
    loads = branches(tree.get("loads"))
    yield from _sums(wires, site, loads, "minimums", lambda load: minimum_a(load, site))
    yield from _sums(wires, site, loads, "fail-safe currents", _failsafe_a)
    yield from _unusual_fuses(wires)
    yield from _shared_meters(site)
    for name, load in loads:
        failsafe = amount(load.get("failsafe_a"))
        fuse = wires.above(failsafe, circuit_of(load)) if failsafe is not None else None
        most = amount(load.get("max_a"))
        if fuse is not None:
            yield Problem(f"loads.{name}.failsafe_a", f"{show(failsafe)} is above circuit {fuse[0]!r} ({fuse[1]:g} A)")
        elif failsafe is not None and most is not None and failsafe > most:
            yield Problem(f"loads.{name}.failsafe_a", f"{show(failsafe)} is above max_a ({show(most)} A), which counts")
    stale_s, failsafe_s = amount(at(site, "stale_after_s")), amount(at(site, "failsafe_after_s"))
    if stale_s is not None and failsafe_s is not None and stale_s > failsafe_s:
        yield Problem("site.failsafe_after_s", f"{show(failsafe_s)} is below stale_after_s ({show(stale_s)} s)")
    low_pct, target_pct = amount(at(site, "battery", "soc_min_pct")), amount(at(site, "battery", "soc_target_pct"))
    if low_pct is not None and target_pct is not None and low_pct > target_pct:
        yield Problem("site.battery.soc_min_pct", f"{show(low_pct)} is above soc_target_pct ({show(target_pct)} %)")


def _unusual_fuses(wires: Wires) -> Iterator[Problem]:
    """Ratings that no house has, and those that the fuse before them would not let be reached."""
    for circuit, fuse_a in wires.fuses.items():
        path = "site.main_fuse_a" if circuit == MAIN else f"site.circuits.{circuit}.fuse_a"
        before = wires.above(fuse_a, circuit) if fuse_a is not None else None
        if before is not None:
            yield Problem(path, f"{show(fuse_a)} A is above circuit {before[0]!r} ({before[1]:g} A); {PRINTED}")
        elif circuit == MAIN and fuse_a is not None and fuse_a > HOUSE_FUSE_A:
            yield Problem(path, f"{show(fuse_a)} A is more than houses have; {PRINTED}")


def _shared_meters(site: object) -> Iterator[Problem]:
    grid = at(site, "grid")
    seen: dict[object, str] = {}
    for phase, source in grid.items() if isinstance(grid, Mapping) else ():
        for key in ("entity", "import_entity", "export_entity"):
            entity = at(source, key)
            if isinstance(entity, str) and entity != HUAWEI and seen.setdefault(entity, phase) != phase:
                yield Problem(f"site.grid.{phase}", f"{show(entity)} is also the meter of {seen[entity]}")


def _failsafe_a(load: Load) -> float | None:
    """What a charger falls back to [A]: no more than it may have at all."""
    failsafe, most = amount(load.get("failsafe_a")), amount(load.get("max_a"))
    return failsafe if failsafe is None or most is None else min(failsafe, most)


def _sums(
    wires: Wires, site: object, loads: Sequence[tuple[str, Load]], what: str, current_of: Callable[[Load], float | None]
) -> Iterator[Problem]:
    for circuit in wires.fuses:
        fuse = wires.fuses[circuit]
        path = "site.main_fuse_a" if circuit == MAIN else f"site.circuits.{circuit}.fuse_a"
        for phase in PHASES:
            inside = [load for _, load in loads if circuit in wires.way_up(circuit_of(load))]
            below = [load for load in inside if phase in phases_of(load, site)]
            total = sum(current_of(load) or 0 for load in below)
            if fuse is not None and len(below) > 1 and total > fuse:
                why = f"the {what} of the loads on {phase} add up to {total:g} A"
                yield Problem(path, f"{why}, above {fuse:g} A; some will have to pause")
                break
