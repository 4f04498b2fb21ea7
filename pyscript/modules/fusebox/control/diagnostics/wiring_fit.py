"""The likeliest explanation of all that was seen: how meters and loads are wired together.

Each move of a load is compared with what each way of wiring would show of it; what else came or went in the same moment
is a chance that is known. So a heap of small hints becomes one number: how much likelier one wiring is than another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ... import tuning
from ...model.electrics import Phase
from ...model.load import Load
from ...model.phases_memory import Move
from ...model.site import Site
from .wiring_hypotheses import KILO, LARGEST_A, UNITS, Hookup, MeterState, hookups, meter_states

SURE = math.log(1000)
"""What is told is a thousand times likelier than that all is as CONFIG says."""
CLEAR = math.log(8)
"""And so much likelier than another fault, which is told with it otherwise."""
QUIET_A = 0.25
"""So far meters and sensors of a still house are apart [A]: they round, and tell at different moments."""
CHANCE = 0.2
"""How often something else comes or goes in the seconds of a move."""
ANY_MOVE_A = 80.0
"""That may be anything in a range as wide as this [A]."""
INEXACT = 0.1
"""A sensor, or a car that was told a current, is exact to this part."""
NEGLIGIBLE = 15.0
"""What is less likely by this logarithm, however the rest may be, is not looked at."""

Way = tuple[Phase, float]
"""The phase that a meter is really on, and what it makes of an amp there."""
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


def step_a(move: Move, hookup: Hookup) -> float:
    """How far a load moved on each of its phases if it is wired so [A]."""
    count = len(hookup.phases)
    if hookup.draw is None:
        return (move.told_a or 0.0) * hookup.share
    if move.single_a is not None:
        return move.single_a / hookup.draw / (count if move.is_power else 1)
    return sum(a or 0.0 for a in move.drawn_a) / hookup.draw / count


def log_likelihood(seen_a: float, expected_a: float, noise_a: float, made: float = 1.0) -> float:
    """How likely a meter that makes so much of each amp shows that where this is to be expected."""
    # What tells a thousandth of everything tells a thousandth of all that wavers too.
    quiet_a = QUIET_A * made if made == KILO and abs(expected_a) > KILO * tuning.CLEARLY_A else QUIET_A
    spread_a = math.hypot(quiet_a, noise_a, INEXACT * expected_a)
    off = (seen_a - expected_a) / spread_a
    return math.log((1 - CHANCE) * math.exp(-off * off / 2) / (spread_a * math.sqrt(2 * math.pi)) + CHANCE / ANY_MOVE_A)


def log_obedience(move: Move, load: Load, hookup: Hookup) -> float:
    """How likely a load moves so far: less than it was told to it may, but hardly more. A switch has no say in that."""
    if hookup.draw is None or move.told_a is None or load.on_off:
        return 0.0
    most_a = abs(move.told_a)
    more = max(abs(step_a(move, hookup)) - most_a, 0.0) / math.hypot(tuning.TOLERANCE_A, INEXACT * most_a)
    return max(-more * more / 2, math.log(CHANCE))


class _Likelihoods:
    """Of one load's moves under each way in which it may be wired; each is worked out once."""

    def __init__(self, site: Site, load: Load, moves: Sequence[Move]) -> None:
        self._moves = moves
        self._above = {circuit.name: {c.name for c in site.above(circuit.name)} for circuit in site.circuits}
        self._known: dict[tuple[object, ...], float] = {}
        metered = {circuit.name: meter_phases(site, circuit.name) for circuit in site.circuits if circuit.grid}
        self._tiny = {(c, phase) for c, phases in metered.items() for phase in phases if self._is_tiny(c, phase)}
        every = [*hookups(site, load, [*metered], _draws(load, moves))]
        every = [h._replace(prior=h.prior + sum(log_obedience(move, load, h) for move in moves)) for h in every]
        tables = [{circuit: self._table(h, circuit, phases) for circuit, phases in metered.items()} for h in every]
        best = [
            h.prior + sum(max(row) for table in each.values() for row in table)
            for h, each in zip(every, tables, strict=True)
        ]
        self.most = max(best)
        ordered = sorted(range(len(every)), key=lambda number: -best[number])
        likely = [number for number in ordered if best[number] >= self.most - NEGLIGIBLE]
        self.candidates = [every[number] for number in likely]
        self.tables = [tables[number] for number in likely]
        """Of each candidate by circuit: how likely is what was seen, by place and by the meter's way of being there."""

    def _table(self, hookup: Hookup, circuit: str, phases: tuple[Phase, ...]) -> list[list[float]]:
        return [
            [self._of(hookup, circuit, phase, *way) for way in ways]
            for phase, ways in zip(phases, _numbered(phases)[0], strict=True)
        ]

    def _of(self, hookup: Hookup, circuit: str, phase: Phase, source: Phase, gain: float) -> float:
        """What the meter of this phase has shown, if it is on `source` with that gain."""
        behind = circuit in self._above[hookup.circuit] and source in hookup.phases
        made = gain if behind else 0.0
        if gain == KILO and (circuit, phase) not in self._tiny:
            return -math.inf
        key = (len(hookup.phases), hookup.draw, hookup.share, circuit, phase.value, made)
        if key not in self._known:
            found = 0.0
            for move in self._moves:
                seen_a = move.seen_a[circuit][phase] if circuit in move.seen_a else None
                if seen_a is not None:
                    noise_a = move.noise_a[circuit][phase] if circuit in move.noise_a else None
                    found += log_likelihood(seen_a, made * step_a(move, hookup), noise_a or 0.0, made)
            self._known[key] = found
        return self._known[key]

    def _is_tiny(self, circuit: str, phase: Phase) -> bool:
        """Whether a meter has never shown more than a thousandth of what a house may take."""
        shown = [move.level_a[circuit][phase] for move in self._moves if circuit in move.level_a]
        return len(shown) == len(self._moves) and all(a is not None and abs(a) <= KILO * LARGEST_A for a in shown)


def meter_phases(site: Site, circuit: str) -> tuple[Phase, ...]:
    """The phases that a circuit's own meters are on."""
    return tuple(site.circuit(circuit).grid)


def is_measured(moves: Sequence[Move]) -> bool:
    """Whether a load has a sensor of its own."""
    return any(a is not None for move in moves for a in move.drawn_a)


def _draws(load: Load, moves: Sequence[Move]) -> Sequence[float | None]:
    """What a load's own sensor may tell of its amps; the first is what CONFIG says."""
    if not is_measured(moves):
        return (None,)
    told = [move for move in moves if move.told_a is not None]
    here = Hookup(load.phases, load.circuit, UNITS[0], 1.0, 0.0)
    alike = [abs(step_a(m, here) - (m.told_a or 0.0)) <= tuning.ALIKE_SHARE * abs(m.told_a or 0.0) for m in told]
    # Nobody is doubted who says what it was told.
    return UNITS[:1] if not told or (sum(alike) * 2 > len(alike)) else (*UNITS, None)


class Fit:
    """All that was seen, ready to be explained."""

    def __init__(self, site: Site, moves: Mapping[str, Sequence[Move]]) -> None:
        self.site, self.moves = site, moves
        loads = {load.name: load for load in site.loads}
        self._likelihoods = {name: _Likelihoods(site, loads[name], mine) for name, mine in moves.items() if mine}
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
            ways.append((circuit, _numbered(phases)[1][number]))
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


@cache
def _numbered(phases: tuple[Phase, ...]) -> tuple[list[list[Way]], list[tuple[int, ...]]]:
    """The ways of each of these meters to be wired, and of each state of all of them which of those it is made of."""
    states = meter_states(phases)
    pairs = [list(zip(state.sources, state.gains, strict=True)) for state in states]
    ways = [list(dict.fromkeys(each[place] for each in pairs)) for place in range(len(phases))]
    numbers = [{way: number for number, way in enumerate(each)} for each in ways]
    return ways, [tuple(known[way] for known, way in zip(numbers, each, strict=True)) for each in pairs]
