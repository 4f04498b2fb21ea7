"""How sure a test is of a load, and whether more changes would tell more. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from ... import tuning
from ...model.load import Load
from ...model.site import Site
from .commissioning_state import Test
from .commissioning_trial import Trial, is_clean
from .wiring_fit import SURE, Explanation, Fit
from .wiring_hypotheses import Hookup, MeterState, draw_is_wrong
from .wiring_likelihood import is_measured, meter_phases


def unsure(test: Test, site: Site) -> tuple[str, ...]:
    """The loads of which nothing is sure: they were not tested for long enough, or nothing was seen of them."""
    trials, missed = {trial.load: trial for trial in test.trials}, test.missed_a
    switched = {load.name for load in site.loads if load.on_off}

    def is_known(name: str) -> bool:
        levels_a = {told_a for told_a, _ in trials[name].shown_a if told_a > 0}
        has_rounded = name in switched or name not in missed or len(levels_a) >= tuning.KNOWN_TIMES
        return has_rounded and not trials[name].short and is_sure(site, test, name)

    untested = [name for name in test.waiting if not test.moves.get(name)]
    return (*untested, *(name for name in dict.fromkeys(trial.load for trial in test.done) if not is_known(name)))


def is_enough(site: Site, test: Test, load: Load, trial: Trial) -> bool:
    """Whether more changes would tell no more: what is not sure by then, two wirings would show alike."""
    clean = sum(is_clean(load, move) for move in trial.moves)
    return not trial.moves or clean >= 2 * tuning.KNOWN_TIMES or is_sure(site, test, trial.load)


def is_sure(site: Site, test: Test, name: str) -> bool:
    """Whether no other wiring of this load is nearly as likely as the likeliest, nor what is not to be told yet."""
    return odds(site, test, name) >= SURE


def odds(site: Site, test: Test, name: str) -> float:
    """The logarithm of how much likelier this load is wired as told than in any other way, and so are its meters."""
    found = _nearest(site, test, name)
    return 0.0 if found is None else found[1].score - found[2].score


def is_alike(site: Site, test: Test, name: str) -> bool:
    """Whether nothing but that every move shows the same if it is wired in another way keeps it from being sure."""
    found = _nearest(site, test, name)
    if found is None or name in test.missed_a:
        return False
    fit, best, rival = found
    return best.score - rival.score < SURE and _shown(fit, best) == _shown(fit, rival)


def _nearest(site: Site, test: Test, name: str) -> tuple[Fit, Explanation, Explanation] | None:
    """The likeliest wiring, and the next with this load or its meters otherwise; None where nothing was seen of it."""
    moves = {each: found for each, found in test.moves.items() if found}
    if name not in moves:
        return None
    fit = Fit(site, moves)
    best = fit.best()
    measured = is_measured(moves[name])

    def told(hookup: Hookup) -> tuple[object, ...]:
        return hookup.phases, hookup.circuit, draw_is_wrong(hookup, measured)

    def differs(other: str, state: MeterState | Hookup) -> bool:
        return other != name or isinstance(state, MeterState) or told(state) != told(best.loads[name])

    rivals = [fit.best(differs), *(fit.best(partial(_as_written, circuit)) for circuit in _told_of(fit, best, name))]
    return fit, best, max(rivals, key=lambda rival: rival.score)


def _shown(fit: Fit, explanation: Explanation) -> Mapping[str, tuple[object, ...]]:
    """What each load takes, its own sensor and all meters make of its moves if all is wired so."""
    found = {}
    for name, hookup in explanation.loads.items():
        above = {circuit.name for circuit in fit.site.above(hookup.circuit)}
        made = [
            gain if circuit in above and source in hookup.phases else 0.0
            for circuit, state in explanation.meters.items()
            for source, gain in zip(state.sources, state.gains, strict=True)
        ]
        found[name] = (hookup.draw, hookup.share, len(hookup.phases), *made)
    return found


def _told_of(fit: Fit, best: Explanation, name: str) -> list[str]:
    """The circuits of which a meter seems to be otherwise than CONFIG says, by what it shows of this load too."""
    hookup, found = best.loads[name], []
    for circuit in fit.site.above(hookup.circuit):
        state = best.meters.get(circuit.name)
        if state is not None:
            pairs = zip(meter_phases(fit.site, circuit.name), *state[:2], strict=True)
            wrong = [source for phase, source, gain in pairs if gain != 1.0 or source is not phase]
            if set(wrong) & set(hookup.phases):
                found.append(circuit.name)
    return found


def _as_written(circuit: str, name: str, state: MeterState | Hookup) -> bool:
    return name != circuit or state.prior == 0
