"""What one load's changes reveal about the wiring of the load and the meters.

Every meter is regressed on every load. Of each amp that a load takes, a meter shows 1 where CONFIG is right, -1 where
its clamp is reversed, -0.5 or 0.5 where it multiplies by another phase's voltage, 0.001 where kW are read as W, and 0
where the load is elsewhere. `wiring_fit` adds up the log-likelihoods of these gains over all loads and meters.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations, permutations, product
from typing import NamedTuple

from ... import tuning
from ...model.electrics import PerPhase, Phase, Wire
from ...model.load import Load
from ...model.phases_memory import Move
from ...model.site import Site

FAULT = -4.6
"""The log-probability that a part is wired otherwise than CONFIG says: once in a hundred."""
LIE = -6.9
"""The log-probability that a sensor shows nothing of what it should: once in a thousand."""
PART = -0.5
"""The log-probability that a car uses fewer phases than its charger has, which is no fault."""

TURNED, OTHER_VOLTAGE, KILO, BLIND = -1.0, -0.5, 0.001, 0.0
"""Gain of a clamp that is reversed, of a meter that multiplies by another phase's voltage (the cosine of 120
degrees), of one whose kW are taken for W, and of one that is somewhere else."""
GAINS = (1.0, TURNED, OTHER_VOLTAGE, -OTHER_VOLTAGE, KILO, BLIND)
UNITS = (1.0, 1 / KILO, KILO)
"""What a load's own sensor may show of each amp: all of it, W read as kW, kW read as W."""
SHARES = (1.0, 0.9, 0.8, 0.6, 0.4, 0.2)
"""Parts of its rating that a switched load may draw: few users read its label."""

LARGEST_A = 100.0
"""No phase of a home carries more than this [A]."""
TINY_A = KILO * LARGEST_A
"""A meter whose kW are read as W never shows more than this [A]."""
QUIET_A = 0.25
"""How far meter and sensor differ in a quiet house [A]: they round, and report at different moments."""
INEXACT = 0.1
"""The relative error of a sensor, or of a car that follows a current."""
CHANCE, ANY_MOVE_A = 0.2, 80.0
"""How often something else moves in the seconds of a move; it may be anything within so many amps."""
RESTLESS = (CHANCE, 0.5, 0.8)
"""The same of a meter that shows a thousandth of each amp or nothing: as often as explains it best. Whatever is lost in
a house's other moves says nothing, and a few coincidences with a load are no evidence."""

EXCHANGED = ((1.0, (TURNED, KILO)), (OTHER_VOLTAGE, (TURNED,)))
"""What exchanged meters, and exchanged clamps, show of each amp, and their possible further faults."""

NOTHING = PerPhase()


class MeterWiring(NamedTuple):
    """How one meter is wired."""

    phase: Phase
    """The phase on which CONFIG puts it."""
    source: Phase
    """The phase that it really measures."""
    gain: float
    """What it shows of each amp on that phase."""

    @property
    def is_moved(self) -> bool:
        """Whether it measures another phase than CONFIG says."""
        return self.source is not self.phase


class CircuitWiring(NamedTuple):
    """How the meters of one circuit are wired."""

    meters: tuple[MeterWiring, ...]
    """One for each meter."""
    prior: float
    """The log-probability of this wiring before any reading."""

    @property
    def is_as_written(self) -> bool:
        """Whether CONFIG agrees with it."""
        return self.prior == 0

    def wiring_of_meter(self, phase: Phase) -> MeterWiring:
        """Return the wiring of the meter that CONFIG puts on this phase."""
        return next(way for way in self.meters if way.phase is phase)


class LoadWiring(NamedTuple):
    """How one load is wired."""

    phases: tuple[Phase, ...]
    """The phases that it really draws on."""
    circuit: str
    """The circuit that it is really in."""
    above: tuple[str, ...]
    """All circuits through which it draws, its own first."""
    sensor_gain: float | None
    """How much its own sensor shows per amp that it draws; None where the sensor is wrong or missing."""
    share: float
    """The part of its commanded current that it draws, where its sensor is not used."""
    prior: float
    """The log-probability of this wiring before any reading."""

    def sensor_is_wrong(self, measured: bool) -> bool:
        """Return whether the load's own sensor, if it has one (`measured`), shows something else than CONFIG says."""
        return measured and (self.sensor_gain is None or not 1 / len(self.phases) <= self.sensor_gain <= 1)

    def change_per_phase_a(self, move: Move) -> float:
        """Return how far the load changed on each of its phases in this move, + for more [A].

        By its own sensor with this unit; without one, what the command changed, times the share that it follows.
        """
        if self.sensor_gain is None:
            return (move.commanded_a or 0.0) * self.share
        if move.single_a is not None:
            return move.single_a / self.sensor_gain / (len(self.phases) if move.is_power else 1)
        return sum(a or 0.0 for a in move.drawn_a) / self.sensor_gain / len(self.phases)

    def shown_per_amp(self, circuit: str, way: MeterWiring) -> float:
        """Return what a meter of this circuit, wired in this way, shows of each amp that the load takes."""
        return way.gain if way.source in self.phases and circuit in self.above else BLIND


@cache
def possible_circuit_wirings(phases: tuple[Phase, ...]) -> Sequence[CircuitWiring]:
    """Return all ways in which the meters of these phases may be wired: exchanged, or with a wrong sign, unit or none.

    Those with more than two faults are left out; the same fault in all meters counts as two.
    """
    found = []
    for sources in permutations(phases):
        moved = [source is not phase for source, phase in zip(sources, phases, strict=True)]
        # One mistake exchanges two meters, two mistakes exchange three.
        prior = FAULT * (sum(moved) - 1) + PART if any(moved) else 0.0
        # Whole meters that are exchanged show the other phase; clamps alone multiply it by the wrong voltage.
        for gain, faults in EXCHANGED if any(moved) else ((1.0, GAINS[1:]),):
            for factors in product((1.0, *faults), repeat=len(phases)):
                wrong = [factor for factor in factors if factor != 1.0]
                # Whoever installs one meter wrongly may install all of them so: that counts as two faults.
                if len(wrong) <= 2 or len(set(factors)) == 1:
                    gains = [factor * gain if away else factor for factor, away in zip(factors, moved, strict=True)]
                    ways = tuple(map(MeterWiring, phases, sources, gains))
                    faults_prior = sum(LIE if factor == BLIND else FAULT for factor in wrong[:2])
                    found.append(CircuitWiring(ways, prior + faults_prior))
    return tuple(found)


def possible_load_wirings(site: Site, load: Load, moves: Sequence[Move]) -> Iterator[LoadWiring]:
    """Yield all ways in which a load may be wired that the site's meters can distinguish, with log-probabilities.

    CONFIG's own is the likeliest beforehand, a wrong sensor the least likely.
    """
    metered = [circuit.name for circuit in site.circuits if circuit.grid]
    # Circuits that the same meters measure cannot be told apart: CONFIG's own stands for them.
    measured_by = {tuple(c.name for c in site.above(name) if c.grid): name for name in (*metered, load.circuit)}
    draws = _possible_sensor_units(load, moves)
    for count in range(1, len(site.phases) + 1):
        for phases, circuit, draw in product(combinations(site.phases, count), measured_by.values(), draws):
            prior = 0.0 if phases == load.phases else PART if set(phases) < set(load.phases) else FAULT
            prior += 0.0 if circuit == load.circuit else FAULT
            # A wrong sensor is the last explanation: any other that fits as well says more.
            prior += 0.0 if draw is draws[0] else LIE if draw is None else FAULT
            units = [(draw, share) for share in (SHARES if draw is None and load.on_off else SHARES[:1])]
            if draw is not None and len(load.phases) == 1 < count:
                # One value, thought to be of one phase: the power of all of them, or the current of each.
                units.append((draw / count, 1.0))
            above = tuple(each.name for each in site.above(circuit))
            for unit, share in units:
                found = LoadWiring(phases, circuit, above, unit, share, prior)
                yield found._replace(prior=prior + sum(_log_obedience(move, load, found) for move in moves))


def has_own_sensor(moves: Sequence[Move]) -> bool:
    """Return whether a load has a sensor of its own: a draw is known in any of its moves."""
    return any(a is not None for move in moves for a in move.drawn_a)


def _possible_sensor_units(load: Load, moves: Sequence[Move]) -> Sequence[float | None]:
    """Return what a load's own sensor may show of each amp, the value by CONFIG first; None for a wrong sensor.

    Only None without a sensor, only CONFIG's value for one that mostly shows what was commanded.
    """
    if not has_own_sensor(moves):
        return (None,)
    written = LoadWiring(load.phases, load.circuit, (), UNITS[0], 1.0, 0.0)
    pairs = [(written.change_per_phase_a(move), move.commanded_a) for move in moves if move.commanded_a is not None]
    alike = [abs(shown_a - sent_a) <= tuning.ALIKE_SHARE * abs(sent_a) for shown_a, sent_a in pairs]
    # A sensor that mostly shows what was commanded is not doubted.
    return UNITS[:1] if sum(alike) * 2 > len(alike) or not alike else (*UNITS, None)


def _log_obedience(move: Move, load: Load, wiring: LoadWiring) -> float:
    """Return the log-likelihood of a load's change given its command: 0 up to the commanded change, falling above it.

    Never below `log(CHANCE)`; 0 for a load on or off, and without a command or a sensor.
    """
    if wiring.sensor_gain is None or move.commanded_a is None or load.on_off:
        return 0.0
    most_a = abs(move.commanded_a)
    more = max(abs(wiring.change_per_phase_a(move)) - most_a, 0.0) / math.hypot(tuning.TOLERANCE_A, INEXACT * most_a)
    return max(-more * more / 2, math.log(CHANCE))


class Range(NamedTuple):
    """The lowest and highest value of a meter during the moves."""

    lowest_a: float = -math.inf
    """The lowest [A]; minus infinity where not known."""
    highest_a: float = math.inf
    """The highest [A]; infinity where not known."""

    @property
    def is_tiny(self) -> bool:
        """Whether the values are as small as those of a meter whose kW are read as W."""
        return self.lowest_a >= -TINY_A and self.highest_a <= TINY_A

    def exports(self, gain: float) -> bool:
        """Return whether power was surely exported in between, if the meter has this gain."""
        least_a = self.lowest_a if gain > 0 else -self.highest_a
        return -math.inf < least_a < -tuning.TOLERANCE_A and gain != BLIND


def meter_value_range(meter: Wire, moves: Sequence[Move]) -> Range:
    """Return the lowest and highest value of a meter during these moves; unbounded unless all of them have one."""
    shown_a = [a for move in moves if (a := move.level_a.get(meter[0], NOTHING)[meter[1]]) is not None]
    return Range(min(shown_a), max(shown_a)) if moves and len(shown_a) == len(moves) else Range()


def gain_likelihoods(
    moves: Sequence[Move], steps_a: Sequence[float], circuit: str, way: MeterWiring, *, tiny: bool
) -> Mapping[float, float]:
    """Return gain -> log-likelihood of a meter's changes in these moves, where the load changed by `steps_a`.

    Of these changes, those that batteries and panels explain are subtracted, as the meter shows them if it is wired in
    this `way`. Moves in which the meter shows nothing are left out. `tiny`: whether all its values are tiny; then gains
    of a thousandth or nothing are judged on that scale.
    """
    shown = []
    for move, by_a in zip(moves, steps_a, strict=True):
        change_a, own_a = move.change_a.get(circuit, NOTHING)[way.phase], move.own_a.get(circuit, NOTHING)[way.source]
        if change_a is not None:
            own_a, noise_a = way.gain * (own_a or 0.0), move.noise_a.get(circuit, NOTHING)[way.phase] or 0.0
            shown.append((change_a - own_a, by_a, math.hypot(noise_a, INEXACT * own_a)))
    found = {}
    for gain in GAINS:
        # A meter that never shows more than a thousandth of any load is as still, and as restless, as a thousandth of
        # a house.
        is_small = tiny and gain in (KILO, BLIND)
        scale, chances = (KILO, RESTLESS) if is_small else (1.0, (CHANCE,))
        found[gain] = max(
            sum([log_likelihood(change_a, gain * by_a, noise_a, scale, chance) for change_a, by_a, noise_a in shown])
            for chance in chances
        )
    return found


def log_likelihood(
    change_a: float, expected_a: float, noise_a: float, scale: float = 1.0, chance: float = CHANCE
) -> float:
    """Return the log-likelihood that a meter changes by `change_a` where `expected_a` is expected [A].

    `scale`: what it shows of each amp. `chance`: how often something else changes it.
    """
    spread_a = math.hypot(QUIET_A * scale, noise_a, INEXACT * expected_a)
    off = (change_a - expected_a) / spread_a
    moved = (1 - chance) * math.exp(-off * off / 2) / (spread_a * math.sqrt(2 * math.pi))
    return math.log(moved + chance / (ANY_MOVE_A * scale))
