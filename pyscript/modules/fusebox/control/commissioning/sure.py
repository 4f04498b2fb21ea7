"""How sure a test is of a load, and whether more changes would tell more. Pure."""

from __future__ import annotations

from ... import tuning
from ...model.load import Load
from ...model.site import Site
from ..diagnostics.wiring_fit import SURE, Fit, odds
from .state import Test
from .trial import Trial, is_clean


def unsure(test: Test, site: Site) -> tuple[str, ...]:
    """The loads of which nothing is sure: they were not tested for long enough, or nothing was seen of them."""
    trials, missed = {trial.load: trial for trial in test.trials}, test.missed_a
    switched = {load.name for load in site.loads if load.on_off}
    fit = Fit(site, test.moves)

    def is_known(name: str) -> bool:
        levels_a = {told_a for told_a, _ in trials[name].shown_a if told_a > 0}
        has_rounded = name in switched or name not in missed or len(levels_a) >= tuning.KNOWN_TIMES
        return has_rounded and not trials[name].short and odds(fit, name) >= SURE

    untested = [name for name in test.waiting if not test.moves.get(name)]
    return (*untested, *(name for name in dict.fromkeys(trial.load for trial in test.done) if not is_known(name)))


def is_enough(site: Site, test: Test, load: Load, trial: Trial) -> bool:
    """Whether more changes would tell no more: what is not sure by then, two wirings would show alike."""
    clean = sum(is_clean(load, move) for move in trial.moves)
    return not trial.moves or clean >= 2 * tuning.KNOWN_TIMES or is_sure(site, test, trial.load)


def is_sure(site: Site, test: Test, name: str) -> bool:
    """Whether no other wiring of this load is nearly as likely as the likeliest, nor what is not to be told yet."""
    return odds(Fit(site, test.moves), name) >= SURE
