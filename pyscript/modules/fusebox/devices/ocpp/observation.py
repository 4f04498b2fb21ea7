"""What one step sees of a charge point, and what counts as close, recent or drawing."""

from __future__ import annotations

from dataclasses import dataclass

from ... import tuning
from ...model.load import Load
from ...model.snapshot import LoadState, Status
from .profiles import ProfileForm

QUIET = frozenset({Status.FAULT, Status.FULL})
"""Nothing is sent to a charger in one of these: it would refuse, and some get stuck."""


@dataclass(frozen=True, slots=True)
class Offered:
    """The current that the charger says it offers."""

    current_a: float | None
    """None where it says nothing."""
    reported_s: float


NO_OFFER = Offered(None, float("-inf"))


@dataclass(frozen=True, slots=True)
class Observation:
    """Everything that is seen in one step."""

    load: Load
    state: LoadState
    offered: Offered
    form: ProfileForm
    """In which limits are sent now."""
    unit_is_open: bool
    """Whether nobody has told the unit of limits."""
    now_s: float

    @property
    def draw_a(self) -> float:
        """The most that is drawn on a phase; 0 where nothing measures."""
        return drawn_a(self.state)

    def is_recent(self, reported_s: float, since_s: float) -> bool:
        """Whether a report says something of the present limit, and of now: one that has fallen silent does not."""
        return reported_s >= since_s and self.now_s - reported_s <= tuning.OCPP_SILENT_S


def is_running(state: LoadState) -> bool:
    """Whether a car is there and its session is on, so that a limit can show."""
    return state.available and state.can_use_power and state.on is not False


def drawn_a(state: LoadState) -> float:
    """The most that is drawn on a phase [A]; 0 where nothing measures."""
    return max((a for a in state.draw_a if a is not None), default=0.0)
