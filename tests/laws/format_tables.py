"""Budgets of FORMAT section 4: a limit for every set of phases, as a table."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Amps = Mapping[str, float]
"""Phase -> amps; a phase that is missing has none."""

PHASES = "ABC"
SETS = range(1, 8)
"""Sets of phases as bits: A is 1, B is 2, C is 4."""
ALL = 7
SIZE = [number.bit_count() for number in range(8)]
INSIDE = [(small, large) for large in (7, 6, 5, 3) for small in SETS if small & large == small != large]
PARTS = [
    (whole, one, other)
    for whole in (3, 5, 6, 7)
    for one in SETS
    for other in SETS
    if one | other == whole and one < other < whole
]


def bits(phases: Iterable[str]) -> int:
    """Return a set of phases as a number."""
    return sum(1 << PHASES.index(phase) for phase in phases)


class Budget:
    """cap(T) for every non-empty set T of phases [A]; closed, so no cap allows what another one forbids."""

    def __init__(self, caps: list[float]) -> None:
        self.caps = [max(cap, 0.0) for cap in caps]
        for small, large in INSIDE:
            self.caps[small] = min(self.caps[small], self.caps[large])
        for whole, one, other in PARTS:
            self.caps[whole] = min(self.caps[whole], self.caps[one] + self.caps[other])

    def alone(self, phases: int) -> float:
        """Return what one load on these phases may take [A on each]."""
        return min(self.caps[s] / SIZE[s & phases] for s in SETS if s & phases)

    def less(self, phases: int, amps: float) -> Budget:
        """Return what is left when a load takes this current on each of its phases."""
        return Budget([cap - amps * SIZE[s & phases] for s, cap in enumerate(self.caps)])

    def together(self, most_a: float) -> Budget:
        """Return the budget limited to `most_a` on all phases together."""
        return Budget([*self.caps[:ALL], min(self.caps[ALL], most_a)])

    def plus(self, other: Budget) -> Budget:
        """Set by set."""
        return Budget([mine + more for mine, more in zip(self.caps, other.caps, strict=True)])


def separate(each: Amps) -> Budget:
    """Return a budget with every phase by itself."""
    return Budget([sum(each.get(p, 0.0) for p in PHASES if s & bits(p)) for s in range(8)])


def pooled(size: float, each: Amps) -> Budget:
    """Return a budget with one amount for all phases, of which a phase may take at most its own value."""
    return Budget([sum(each.get(p, 0.0) for p in PHASES if s & bits(p)) if SIZE[s] == 1 else size for s in range(8)])
