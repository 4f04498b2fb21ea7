"""The likeliest wiring of all meters and loads, given all observations of the loads' changes.

Many weak hints become one number: how much likelier one wiring is than another.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from ...model.equipment import Circuit
from ...model.phases_memory import Move
from ...model.site import Site
from .wiring_evidence import (
    FAULT,
    KILO,
    CircuitWiring,
    LoadWiring,
    MeterWiring,
    gain_likelihoods,
    has_own_sensor,
    meter_value_range,
    possible_circuit_wirings,
    possible_load_wirings,
)

SURE = math.log(1000)
"""A fault is reported where it is a thousand times likelier than a wiring as CONFIG says."""
CLEAR = math.log(8)
"""A fault less than this much likelier than another one is reported together with it."""
NEGLIGIBLE = 15.0
"""A wiring less likely than the best by this logarithm, however the meters are wired, is not considered."""

GainLikelihoods = Mapping[tuple[str, MeterWiring], Mapping[float, float]]
"""A circuit and a way to wire one of its meters -> gain -> log-likelihood of the meter's changes."""
AllowedMeters = Callable[[str, CircuitWiring], bool]
"""Returns whether the meters of a circuit, by its name, may be wired like this."""
AllowedLoads = Callable[[str, LoadWiring], bool]
"""Returns whether a load, by its name, may be wired like this."""


class Explanation(NamedTuple):
    """One possible wiring of everything."""

    score: float
    """Its log-probability given all observations."""
    meters: Mapping[str, CircuitWiring]
    """Circuit -> wiring of its meters."""
    loads: Mapping[str, LoadWiring]
    """Load -> its wiring."""


class Candidate(NamedTuple):
    """A wiring of one load, and how well it explains the meters' readings."""

    wiring: LoadWiring
    scores: Mapping[str, Sequence[float]]
    """Circuit -> log-likelihood of its meters' readings, for each state that they may be in."""

    def log_likelihood(self, chosen: Mapping[str, int]) -> float:
        """Return its log-likelihood with the meters of the circuits in the chosen states (by index)."""
        return self.wiring.prior + sum([self.scores[circuit][number] for circuit, number in chosen.items()])


class Fit:
    """All observations of the loads' changes, prepared to find the best explanation."""

    def __init__(self, site: Site, moves: Mapping[str, Sequence[Move]]) -> None:
        self.site, self.moves = site, {name: mine for name, mine in moves.items() if mine}
        self.loads = site.by_name
        metered = [circuit for circuit in site.circuits if circuit.grid]
        self._meters = [(circuit.name, phase) for circuit in metered for phase in circuit.grid]
        every = [move for mine in self.moves.values() for move in mine]
        self._ranges = {meter: meter_value_range(meter, every) for meter in self._meters}
        self._states = {circuit.name: self._possible_states(circuit) for circuit in metered}
        self._ways = {(c, p): [*dict.fromkeys(s.wiring_of_meter(p) for s in self._states[c])] for c, p in self._meters}
        self._priors = {c: [self._state_prior(c, state) for state in each] for c, each in self._states.items()}
        self._candidates = {name: self._candidates_for(name) for name in self.moves}

    def _possible_states(self, circuit: Circuit) -> Sequence[CircuitWiring]:
        """Return the states that the values of a circuit's meters allow: a thousandth only where all are tiny."""
        tiny = [phase for phase in circuit.grid if self._ranges[circuit.name, phase].is_tiny]
        states = possible_circuit_wirings(tuple(circuit.grid))
        return [state for state in states if all(way.gain != KILO or way.phase in tiny for way in state.meters)]

    def _state_prior(self, circuit: str, state: CircuitWiring) -> float:
        """Return the log-probability of a state, lower by `FAULT` if it means export where nothing generates."""
        exports = any(self._ranges[circuit, way.phase].exports(way.gain) for way in state.meters)
        return state.prior + (FAULT if exports and not self.site.has_generation else 0.0)

    def _candidates_for(self, name: str) -> Sequence[Candidate]:
        """Return the wirings of a load with their scores.

        Left out are those that `NEGLIGIBLE` says are too unlikely for the best explanation, however the meters are
        wired.
        """
        moves, has_own = self.moves[name], any(move.own_a for move in self.moves[name])

        @cache
        def regression(steps_a: tuple[float, ...]) -> tuple[GainLikelihoods, float]:
            """Return how well each meter agrees with changes of the load by these steps [A], and all at best."""
            found, best = dict[tuple[str, MeterWiring], Mapping[float, float]](), 0.0
            for (circuit, phase), ways in self._ways.items():
                tiny, differing = self._ranges[circuit, phase].is_tiny, ways if has_own else ways[:1]
                each = [gain_likelihoods(moves, steps_a, circuit, way, tiny=tiny) for way in differing]
                of_ways = each if has_own else each * len(ways)
                found |= {(circuit, way): shown for way, shown in zip(ways, of_ways, strict=True)}
                best += max(max(shown.values()) for shown in each)
            return found, best

        load_wirings = possible_load_wirings(self.site, self.loads[name], moves)
        found = [(wiring, regression(tuple(map(wiring.change_per_phase_a, moves)))) for wiring in load_wirings]
        likely = max(wiring.prior + best for wiring, (_, best) in found) - NEGLIGIBLE
        return [
            Candidate(wiring, {circuit: self._state_scores(circuit, wiring, shown) for circuit in self._states})
            for wiring, (shown, best) in found
            if wiring.prior + best >= likely
        ]

    def _state_scores(self, circuit: str, wiring: LoadWiring, shown: GainLikelihoods) -> Sequence[float]:
        """Return the log-likelihood of each state of a circuit's meters, in order, given this wiring of a load."""
        gains = {way: each for (name, way), each in shown.items() if name == circuit}
        scores = {way: each[wiring.shown_per_amp(circuit, way)] for way, each in gains.items()}
        return [sum([scores[way] for way in state.meters]) for state in self._states[circuit]]

    def find_likeliest(
        self, meters: AllowedMeters = lambda name, state: True, loads: AllowedLoads = lambda name, state: True
    ) -> Explanation:
        """Return the likeliest explanation whose wirings are all allowed; a load without any is left out.

        Found circuit by circuit, each given the others so far, and the main one again at the end.
        """
        usable = {name: [c for c in mine if loads(name, c.wiring)] for name, mine in self._candidates.items()}
        numbers = {c: [n for n, state in enumerate(each) if meters(c, state)] for c, each in self._states.items()}
        chosen, score = {circuit: each[0] for circuit, each in numbers.items()}, -math.inf
        for circuit in (*numbers, *[*numbers][:1]):
            rest = {other: number for other, number in chosen.items() if other != circuit}
            known = [[(each.log_likelihood(rest), each.scores[circuit]) for each in mine] for mine in usable.values()]
            priors = self._priors[circuit]
            scores = {number: priors[number] + _sum_best_candidates(known, number) for number in numbers[circuit]}
            chosen[circuit] = max(scores, key=scores.__getitem__)
            score = scores[chosen[circuit]] + sum(self._priors[other][number] for other, number in rest.items())
        likeliest = {name: max(mine, key=lambda c: c.log_likelihood(chosen)) for name, mine in usable.items() if mine}
        found = {name: candidate.wiring for name, candidate in likeliest.items()}
        return Explanation(score, {circuit: self._states[circuit][n] for circuit, n in chosen.items()}, found)

    def load_agrees(self, name: str, wiring: LoadWiring) -> bool:
        """Return whether CONFIG agrees with the circuit and the sensor of a load, and has at least its phases."""
        load = self.loads[name]
        is_there = set(wiring.phases) <= set(load.phases) and wiring.circuit == load.circuit
        return is_there and not wiring.sensor_is_wrong(has_own_sensor(self.moves[name]))


def _sum_best_candidates(known: Sequence[Sequence[tuple[float, Sequence[float]]]], number: int) -> float:
    """Return the log-likelihood of all loads with a circuit's meters in this state, each by its best candidate."""
    return sum([max([score + scores[number] for score, scores in mine], default=-math.inf) for mine in known])


def find_sure_wiring(fit: Fit) -> Explanation | None:
    """Return the likeliest explanation; None unless it is likelier by `SURE` than any that agrees with CONFIG."""
    best = fit.find_likeliest()
    by_config = fit.find_likeliest(lambda _, state: state.is_as_written, fit.load_agrees)
    return best if best.score - by_config.score >= SURE else None


def find_clear_wiring(fit: Fit) -> Explanation | None:
    """Return the likeliest explanation without doubtful circuits; None where it is not sure that CONFIG is wrong.

    A circuit is doubtful if another wiring of its meters is less than `CLEAR` less likely. Loads are all included.
    """
    best = find_sure_wiring(fit)
    if best is None:
        return None
    clear = {circuit: state for circuit, state in best.meters.items() if _circuit_is_clear(fit, best, circuit)}
    return best._replace(meters=clear)


def _circuit_is_clear(fit: Fit, best: Explanation, circuit: str) -> bool:
    """Return whether no other wiring of a circuit's meters is nearly as likely."""
    found = best.meters[circuit].meters
    rival = fit.find_likeliest(lambda name, state: name != circuit or state.meters != found)
    return best.score - rival.score >= CLEAR


def log_odds(fit: Fit, name: str) -> float:
    """Return the log-odds that a load and its meters are wired as found, against otherwise; 0 without observations."""
    if name not in fit.moves:
        return 0.0
    best, rival = _best_and_rival(fit, name)
    return best.score - rival.score


def has_identical_rival(fit: Fit, name: str) -> bool:
    """Return whether a load is uncertain only because another wiring would look identical in every move.

    False where it is sure, and without observations.
    """
    if name not in fit.moves:
        return False
    best, rival = _best_and_rival(fit, name)
    return best.score - rival.score < SURE and _observable_gains(best) == _observable_gains(rival)


def _best_and_rival(fit: Fit, name: str) -> tuple[Explanation, Explanation]:
    """Return the likeliest explanation, and the next one with a different wiring of this load or its wrong meters.

    Only the load's phases, circuit and wrong sensor make a difference, and circuits over it whose meters seem wrong.
    """
    best, measured = fit.find_likeliest(), has_own_sensor(fit.moves[name])
    wiring = best.loads[name]

    def parts(of: LoadWiring) -> tuple[object, ...]:
        return of.phases, of.circuit, of.sensor_is_wrong(measured)

    rivals = [fit.find_likeliest(loads=lambda other, its: other != name or parts(its) != parts(wiring))]
    wrong = [circuit for circuit in best.meters if _meters_seem_wrong(best, circuit, wiring)]
    rivals += [_likeliest_with_right_meters(fit, circuit) for circuit in wrong]
    return best, max(rivals, key=lambda rival: rival.score)


def _meters_seem_wrong(best: Explanation, circuit: str, wiring: LoadWiring) -> bool:
    """Return whether one of the circuit's meters that measure this load differs from CONFIG."""
    ways = best.meters[circuit].meters if circuit in wiring.above else ()
    return any(way.source in wiring.phases and (way.is_moved or way.gain != 1.0) for way in ways)


def _likeliest_with_right_meters(fit: Fit, circuit: str) -> Explanation:
    """Return the likeliest explanation in which a circuit's meters are wired as CONFIG says."""
    return fit.find_likeliest(lambda name, state: name != circuit or state.is_as_written)


def _observable_gains(explanation: Explanation) -> Mapping[str, tuple[object, ...]]:
    """Return load -> what its sensor and all meters would show of one amp: all by which two explanations may differ."""
    ways = [(circuit, way) for circuit, state in explanation.meters.items() for way in state.meters]
    return {
        name: (wiring.sensor_gain, wiring.share, len(wiring.phases), *(wiring.shown_per_amp(*each) for each in ways))
        for name, wiring in explanation.loads.items()
    }
