"""How likely one load's moves are under each way in which it, and the meters, may be wired.

Each move of a load is compared with what each way of wiring would show of it; what else came or went in the same moment
is a chance that is known.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from ... import tuning
from ...model.electrics import Phase
from ...model.load import Load
from ...model.phases_memory import Move
from ...model.site import Site
from .wiring_hypotheses import KILO, LARGEST_A, UNITS, Hookup, hookups, numbered

QUIET_A = 0.25
"""So far meters and sensors of a still house are apart [A]: they round, and tell at different moments."""
TINY_A = KILO * LARGEST_A
"""What tells kW that are taken for W never shows more [A]."""
CHANCE = 0.2
"""How often something else comes or goes in the seconds of a move."""
ANY_MOVE_A = 80.0
"""That may be anything in a range as wide as this [A]."""
INEXACT = 0.1
"""A sensor, or a car that was told a current, is exact to this part."""
NEGLIGIBLE = 15.0
"""What is less likely by this logarithm, however the rest may be, is not looked at."""


def step_a(move: Move, hookup: Hookup) -> float:
    """How far a load moved on each of its phases if it is wired so [A]."""
    count = len(hookup.phases)
    if hookup.draw is None:
        return (move.told_a or 0.0) * hookup.share
    if move.single_a is not None:
        return move.single_a / hookup.draw / (count if move.is_power else 1)
    return sum(a or 0.0 for a in move.drawn_a) / hookup.draw / count


def log_likelihood(seen_a: float, expected_a: float, noise_a: float, made: float = 1.0, *, tiny: bool = False) -> float:
    """How likely a meter that makes so much of each amp shows that where this is to be expected.

    `tiny`: it has never shown more than a thousandth of what a house may take.
    """
    quiet_a = TINY_A / 2 if tiny and not made else QUIET_A
    if made != KILO or abs(expected_a) <= KILO * tuning.CLEARLY_A:
        return _log_density(seen_a, expected_a, math.hypot(quiet_a, noise_a))
    # What tells a thousandth of everything tells a thousandth of all that wavers, comes and goes too. That it is still,
    # as any meter of an unused phase is, says nothing of a load.
    quiet_a = math.hypot(QUIET_A * KILO, noise_a)
    still = _log_density(seen_a, 0.0, quiet_a, KILO) - _log_density(seen_a, 0.0, math.hypot(TINY_A / 2, noise_a))
    return _log_density(seen_a, expected_a, quiet_a, KILO) - max(still, 0.0)


def _log_density(seen_a: float, expected_a: float, noise_a: float, scale: float = 1.0) -> float:
    """The same of a meter that makes so much, `scale`, of all that comes and goes."""
    spread_a = math.hypot(noise_a, INEXACT * expected_a)
    off = (seen_a - expected_a) / spread_a
    chance = CHANCE / (ANY_MOVE_A * scale)
    return math.log((1 - CHANCE) * math.exp(-off * off / 2) / (spread_a * math.sqrt(2 * math.pi)) + chance)


def log_obedience(move: Move, load: Load, hookup: Hookup) -> float:
    """How likely a load moves so far: less than it was told to it may, but hardly more. A switch has no say in that."""
    if hookup.draw is None or move.told_a is None or load.on_off:
        return 0.0
    most_a = abs(move.told_a)
    more = max(abs(step_a(move, hookup)) - most_a, 0.0) / math.hypot(tuning.TOLERANCE_A, INEXACT * most_a)
    return max(-more * more / 2, math.log(CHANCE))


class Likelihoods:
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
            for phase, ways in zip(phases, numbered(phases)[0], strict=True)
        ]

    def _of(self, hookup: Hookup, circuit: str, phase: Phase, source: Phase, gain: float) -> float:
        """What the meter of this phase has shown, if it is on `source` with that gain."""
        behind = circuit in self._above[hookup.circuit] and source in hookup.phases
        made = gain if behind else 0.0
        if gain == KILO and (circuit, phase) not in self._tiny:
            return -math.inf
        tiny = (circuit, phase) in self._tiny
        key = (len(hookup.phases), hookup.draw, hookup.share, circuit, phase.value, made)
        if key not in self._known:
            found = 0.0
            for move in self._moves:
                seen_a = move.seen_a[circuit][phase] if circuit in move.seen_a else None
                if seen_a is not None:
                    noise_a = move.noise_a[circuit][phase] if circuit in move.noise_a else None
                    found += log_likelihood(seen_a, made * step_a(move, hookup), noise_a or 0.0, made, tiny=tiny)
            self._known[key] = found
        return self._known[key]

    def _is_tiny(self, circuit: str, phase: Phase) -> bool:
        """Whether a meter has never shown more than a thousandth of what a house may take."""
        shown = [move.level_a[circuit][phase] for move in self._moves if circuit in move.level_a]
        return len(shown) == len(self._moves) and all(a is not None and abs(a) <= TINY_A for a in shown)


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
