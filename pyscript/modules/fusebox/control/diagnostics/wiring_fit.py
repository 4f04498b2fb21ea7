"""The likeliest explanation of all that was seen: how meters and loads are wired together.

A heap of small hints becomes one number: how much likelier one wiring is than another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ...model.phases_memory import Move
from ...model.site import Site
from .wiring_hypotheses import Hookup, MeterState, meter_states, numbered
from .wiring_likelihood import Likelihoods, meter_phases

SURE = math.log(1000)
"""What is told is a thousand times likelier than that all is as CONFIG says."""
CLEAR = math.log(8)
"""And so much likelier than another fault, which is told with it otherwise."""
Allowed = Callable[[str, MeterState | Hookup], bool]
"""Whether a meter (by circuit) or a load (by name) may be so."""


class Explanation(NamedTuple):
    """One way in which all may be wired."""

    score: float
    """The logarithm of how likely it is with all that was seen."""
    meters: Mapping[str, MeterState]
    """By circuit."""
    loads: Mapping[str, Hookup]
    """By load."""


class Fit:
    """All that was seen, ready to be explained."""

    def __init__(self, site: Site, moves: Mapping[str, Sequence[Move]]) -> None:
        self.site, self.moves = site, moves
        loads = {load.name: load for load in site.loads}
        self._likelihoods = {name: Likelihoods(site, loads[name], mine) for name, mine in moves.items() if mine}
        self._metered = {circuit.name: meter_phases(site, circuit.name) for circuit in site.circuits if circuit.grid}

    @property
    def most(self) -> float:
        """No explanation is likelier than this, in logarithms."""
        return sum(likelihoods.most for likelihoods in self._likelihoods.values())

    def best(self, allowed: Allowed = lambda name, state: True) -> Explanation:
        """The likeliest one of those that are allowed: circuit by circuit, the main one again at the end."""
        states = {circuit: meter_states(phases) for circuit, phases in self._metered.items()}
        usable = {
            name: [number for number, hookup in enumerate(each.candidates) if allowed(name, hookup)]
            for name, each in self._likelihoods.items()
        }
        found = {c: next(n for n, state in enumerate(ways) if allowed(c, state)) for c, ways in states.items()}
        score, hookups = self._with(found, usable)
        circuits = [*self._metered]
        for circuit in (*circuits, circuits[0]) if len(circuits) > 1 else circuits:
            for number, state in enumerate(states[circuit]):
                if allowed(circuit, state):
                    tried = self._with({**found, circuit: number}, usable)
                    if tried[0] > score:
                        found, (score, hookups) = {**found, circuit: number}, tried
        return Explanation(score, {c: states[c][number] for c, number in found.items()}, hookups)

    def _with(self, meters: Mapping[str, int], usable: Mapping[str, Sequence[int]]) -> tuple[float, dict[str, Hookup]]:
        """How likely all is with the meters in these states, and how the loads are wired then."""
        score, chosen, ways = 0.0, dict[str, Hookup](), []
        for circuit, number in meters.items():
            phases = self._metered[circuit]
            score += meter_states(phases)[number].prior
            ways.append((circuit, numbered(phases)[1][number]))
        for name, likelihoods in self._likelihoods.items():
            best, most = None, -math.inf
            for candidate in usable[name]:
                mine, table = likelihoods.candidates[candidate].prior, likelihoods.tables[candidate]
                for circuit, way in ways:
                    for row, place in zip(table[circuit], way, strict=True):
                        mine += row[place]
                if mine > most:
                    best, most = candidate, mine
            if best is None:
                return -math.inf, chosen
            chosen[name] = likelihoods.candidates[best]
            score += most
        return score, chosen
