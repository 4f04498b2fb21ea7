"""What a test of a whole house knows: how far it is, and all that it has seen. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.phases_memory import Move
from ...model.records import record
from ..diagnostics.wiring_fit import Explanation
from .plan import Nudge
from .trial import Trial, joined

IDLE, RUNNING, DONE, ABORTED = "idle", "running", "done", "aborted"
"""The states of a test."""


@record
class Test:
    """A test, under way or over."""

    state: str
    """One of those above."""
    begun_s: float
    """When it began [s since 1970]."""
    waiting: tuple[str, ...]
    """The loads that are still to be tested."""
    trial: Trial | None = None
    """The one that is tested now."""
    done: tuple[Trial, ...] = ()
    """Those that have been."""
    ends_s: float = 0.0
    """By when it has to be over, to leave the others their time [s since 1970]."""
    earlier: tuple[Trial, ...] = ()
    """What was seen in the tests before, while all was set as it is now."""
    unsure: tuple[str, ...] = ()
    """The loads of which it is not sure."""
    alike: tuple[str, ...] = ()
    """Those of them of which another test would not be sure either."""
    left_out: tuple[str, ...] = ()
    """The loads that could not be tested, each with the reason."""
    reason: str = ""
    """Why it was aborted."""
    wiring: Explanation | None = None
    """How all is wired, None while it may be as CONFIG says."""
    proving: frozenset[str] = frozenset()
    """The circuits whose meters are looked into now."""

    @property
    def nudge(self) -> Nudge | None:
        """What is wished now."""
        if self.state != RUNNING:
            return None
        trial = self.trial
        if trial is None or trial.is_over:
            return Nudge("", None, self.proving, self.alone)
        rest_a = 0.0 if trial.rests and trial.place == 0 else None
        return Nudge(trial.load, rest_a if trial.before is None else trial.level_a, self.proving, trial.alone)

    @property
    def alone(self) -> bool:
        """Whether the next load is tested while the other chargers rest: to wake them for each takes minutes."""
        return bool(self.done) and self.done[-1].alone

    @property
    def lags_s(self) -> Mapping[str, float]:
        """Circuit -> how late its meters are known to be [s]."""
        found: dict[str, float] = {}
        for trial in self.trials:
            for circuit, late_s in trial.lag_s.items():
                found[circuit] = max(found.get(circuit, 0.0), late_s)
        return found

    @property
    def trials(self) -> tuple[Trial, ...]:
        """All of them, those of one load as one."""
        found: dict[str, Trial] = {}
        for trial in (*self.earlier, *self.done, *([] if self.trial is None else [self.trial])):
            found[trial.load] = joined(found[trial.load], trial) if trial.load in found else trial
        return tuple(found.values())

    @property
    def moves(self) -> Mapping[str, tuple[Move, ...]]:
        """Load -> what its changes showed."""
        return {trial.load: trial.moves for trial in self.trials}

    @property
    def missed_a(self) -> Mapping[str, tuple[float, ...]]:
        """The loads that had to make way for the next one, each with the levels that it has not been at [A]."""
        last = {trial.load: trial.missed_a for trial in self.done}
        return {name: missed_a for name, missed_a in last.items() if missed_a}
