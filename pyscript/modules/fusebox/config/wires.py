"""The circuit tree, as far as it is known: which fuses a load's current passes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.site import MAIN
from .fields import at
from .tree import Slot, Wrong


def settled(node: object) -> object:
    """A value that CONFIG fixes; None where it is live, wrong or absent."""
    if isinstance(node, Slot):
        return None if node.entity is not None else node.fallback
    return None if isinstance(node, Wrong) else node


def amount(node: object) -> float | None:
    """A number that CONFIG fixes."""
    value = settled(node)
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else None


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
