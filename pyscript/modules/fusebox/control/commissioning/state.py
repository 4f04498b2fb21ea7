"""The state of a wiring test: its progress, its observations, and how sure the results are. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import reduce

from ... import tuning
from ...model.electrics import PerPhase
from ...model.load import Load
from ...model.messages.message import Message
from ...model.phases_memory import Move
from ...model.records import fast_replace, record
from ...model.site import MAIN, Site
from ..diagnostics.wiring_evidence import FAULT
from ..diagnostics.wiring_fit import CLEAR, SURE, Explanation, Fit, find_sure_wiring, log_odds
from .level import likeliest_lag_s, sum_fits
from .plan import Nudge
from .trial import Trial, is_undisturbed

IDLE, RUNNING, DONE, ABORTED = "idle", "running", "done", "aborted"
"""The states of a test."""


@record
class Test:
    """A wiring test, running or over; idle before the first."""

    state: str = IDLE
    """`idle`, `running`, `done` or `aborted`."""
    begun_s: float = 0.0
    """When it began [s since 1970]."""
    waiting: tuple[str, ...] = ()
    """The loads still to be tested."""
    trial: Trial | None = None
    """The load being tested; None between two loads."""
    done: tuple[Trial, ...] = ()
    """The loads already tested."""
    ends_s: float = 0.0
    """When the present trial has to end, to leave time for the other loads [s since 1970]."""
    earlier: tuple[Trial, ...] = ()
    """Observations of earlier tests with the present CONFIG."""
    unsure: tuple[str, ...] = ()
    """The loads whose wiring is not certain."""
    alike: tuple[str, ...] = ()
    """Those of them for which another test would not help."""
    left_out: tuple[Message, ...] = ()
    """A sentence for each load that could not be tested."""
    reason: str = ""
    """Why it was aborted."""
    wiring: Explanation | None = None
    """The wiring found, None while it may be as CONFIG says."""
    proving: frozenset[str] = frozenset()
    """The circuits whose meters may be constant now without counting as stuck."""

    @property
    def nudge(self) -> Nudge | None:
        """The level requested for the load under test now, None where the test is over.

        Between two loads, and before the first plateau, it leaves the load as it is (level None); a load that has to
        rest first is requested to be off.
        """
        if self.state != RUNNING:
            return None
        trial = self.trial
        if trial is None or trial.is_over:
            return Nudge("", None, self.proving, self.alone)
        rest_a = 0.0 if trial.rests and trial.place == 0 else None
        return Nudge(trial.load, rest_a if trial.before is None else trial.level_a, self.proving, trial.alone)

    @property
    def alone(self) -> bool:
        """Whether the next load is tested while the other chargers pause, because waking each takes minutes."""
        return bool(self.done) and self.done[-1].alone

    @property
    def lags_s(self) -> Mapping[str, float]:
        """Circuit -> how late its meters are by all loads together [s], where that is known."""
        fits = reduce(sum_fits, [{}, *(trial.lags for trial in self.trials)])
        return {circuit: lag_s for circuit, fit in fits.items() if (lag_s := likeliest_lag_s(fit)) is not None}

    @property
    def longest_meter_lags_s(self) -> Mapping[str, float]:
        """Circuit -> the longest likely lag of its meters behind any load [s]; without circuits of unknown lag."""
        every = [(circuit, likeliest_lag_s(fit)) for trial in self.trials for circuit, fit in trial.lags.items()]
        known = sorted((lag_s, circuit) for circuit, lag_s in every if lag_s is not None)
        return {circuit: lag_s for lag_s, circuit in known}

    @property
    def trials(self) -> tuple[Trial, ...]:
        """All trials, the oldest first, with earlier tests and the present one; those of one load are joined."""
        found: dict[str, Trial] = {}
        for trial in (*self.earlier, *self.done, *([] if self.trial is None else [self.trial])):
            found[trial.load] = found[trial.load].join_later(trial) if trial.load in found else trial
        return tuple(found.values())

    @property
    def moves(self) -> Mapping[str, tuple[Move, ...]]:
        """Load -> its observed changes, without those that the meters could not show yet when they were read."""
        lag_s = self.lags_s.get(MAIN, 0.0)
        return {trial.load: trial.moves_read_after(lag_s) for trial in self.trials}

    @property
    def missed_a(self) -> Mapping[str, tuple[float, ...]]:
        """Load whose time was up -> the levels it has not been at [A]."""
        last = {trial.load: trial.missed_a for trial in self.done}
        return {name: missed_a for name, missed_a in last.items() if missed_a}

    def late_circuits(self, site: Site) -> tuple[str, ...]:
        """Return the circuits whose meters may show the loads' changes one level late, so that they prove nothing.

        The levels mostly alternate, so late meters look reversed. Only the first change, and two in the same direction,
        tell them apart. Meters count as late if that is `CLEAR` likelier than that they are not; where they differ from
        CONFIG otherwise, unless it is `CLEAR` less likely. Changes read before the main meters are found to have shown
        them do not count.
        """
        trials, lag_s = self.trials, self.lags_s.get(MAIN, 0.0)
        # Late meters show what was before during a load's first change. When a test begins, all chargers go to their
        # minimum.
        still = trials[:1] if not any(load.is_modulated for load in site.loads) else ()
        pairs = {trial.load: _pair_changes(trial, lag_s, begins_still=trial in still) for trial in trials}
        return tuple(c.name for c in site.circuits if c.grid and _is_late(_with_meters_of(site, c.name), pairs))

    def fit(self, site: Site) -> Fit:
        """Return the fit of all observed changes; of none while any circuit has meters that may be too late."""
        return Fit(site, {} if self.late_circuits(site) else self.moves)


def uncertain_loads(test: Test, fit: Fit) -> tuple[str, ...]:
    """Return the loads whose wiring is not certain, those still waiting without an observed change first.

    Then the tested ones that did not go on or off as requested (`short`), those that were sent too few different
    currents (a charger), and those for which another wiring than the one found is likelier than `SURE` allows.
    """
    trials = {trial.load: trial for trial in test.trials}

    def is_known(name: str) -> bool:
        """Return whether a tested load's wiring is certain."""
        trial = trials[name]
        sent_a = {each_a for each_a, _ in trial.shown_a if each_a > 0}
        levels_a = {level_a for level_a in (*trial.levels_a, *trial.missed_a) if level_a > 0}
        # One that was never raised has not shown whether it rounds.
        was_raised = fit.loads[name].on_off or len(sent_a) >= min(tuning.KNOWN_TIMES, len(levels_a))
        return was_raised and not trial.failed and log_odds(fit, name) >= SURE

    untested = [name for name in test.waiting if name not in fit.moves]
    return (*untested, *(name for name in dict.fromkeys(trial.load for trial in test.done) if not is_known(name)))


def has_enough_evidence(site: Site, test: Test, load: Load, trial: Trial) -> bool:
    """Return whether more changes of the load would not help: its wiring is certain, or it had enough clean changes.

    True also before its first change.
    """
    moves = trial.moves_read_after(test.lags_s.get(MAIN, 0.0))
    clean = sum(is_undisturbed(load, move) for move in moves)
    is_known = not trial.observed_moves or clean >= 2 * tuning.KNOWN_TIMES
    return is_known or log_odds(test.fit(site), trial.load) >= SURE


def _with_meters_of(site: Site, circuit: str) -> Site:
    """Return the site with the meters of one circuit only."""
    return replace(site, circuits=tuple(c if c.name == circuit else replace(c, grid={}) for c in site.circuits))


def _is_late(site: Site, pairs: Mapping[str, Sequence[tuple[Move, Move]]]) -> bool:
    """Return whether the meters of a site may show each change one level late. `pairs`: load -> see `_pair_changes`."""
    prompt = Fit(site, {name: [now for now, _ in each] for name, each in pairs.items()})
    late = Fit(site, {name: [before for _, before in each] for name, each in pairs.items()})
    odds = prompt.find_likeliest().score - late.find_likeliest().score - FAULT
    return bool(prompt.moves) and odds < (-CLEAR if find_sure_wiring(prompt) is None else CLEAR)


def _pair_changes(trial: Trial, lag_s: float, *, begins_still: bool) -> Sequence[tuple[Move, Move]]:
    """Return the meters' changes, each with the load's at the same level and with that at the one before.

    Those whose level before has no change are left out. Unless the trial `begins_still`, late meters may show anything
    during its first change.
    """
    found, before = list[tuple[Move, Move]](), None
    for number, result in enumerate(trial.results):
        move = result.move
        if move is not None and result.read_s >= lag_s and (before is not None or number == 0):
            noise_a, earlier = move.noise_a, _still(move) if before is None else before
            if number == 0 and not begins_still:
                noise_a = {name: a.apply(abs) for name, a in move.change_a.items()}
            late = fast_replace(earlier, change_a=move.change_a, noise_a=noise_a, level_a=move.level_a)
            found.append((move, late))
        before = move
    return found


def _still(move: Move) -> Move:
    """Return the move in which neither the load nor batteries and panels change."""
    drawn_a = PerPhase(*[None if a is None else 0.0 for a in move.drawn_a])
    single_a, commanded_a = (None if a is None else 0.0 for a in (move.single_a, move.commanded_a))
    return fast_replace(move, drawn_a=drawn_a, single_a=single_a, commanded_a=commanded_a, own_a={})
