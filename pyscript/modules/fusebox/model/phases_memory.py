"""What is known of the phases that a load uses. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from .. import tuning
from .durations import NEVER_S
from .electrics import PerPhase, Phase


@dataclass(frozen=True, slots=True)
class PhasesTrial:
    """A move that was clear to the meters: the draw and what they showed before it [A], and when it was judged."""

    from_a: float
    grid_a: PerPhase
    begun_s: float


@dataclass(frozen=True, slots=True)
class PhasesMemory:
    """What is known of the phases that a load uses.

    `only`: the one that it is known to use, None while it counts on all of them. `vote`, `votes`: the one that the
    last moves spoke for, and how much; `on_all`: how often running it has been seen on more than one, at most twice.
    `steady_a`, `steady_s`: its draw [A] and since when it is steady. `then_a`, `grid_a`, `beside_a`: the last steady
    draw that the meters have shown, what they showed, and what else could move them [A]. `trial`: a clear move that is
    still watched.
    """

    only: Phase | None = None
    vote: Phase | None = None
    votes: int = 0
    on_all: int = 0
    steady_a: float | None = None
    steady_s: float = NEVER_S
    then_a: float | None = None
    grid_a: PerPhase = PerPhase()
    beside_a: tuple[float, ...] = ()
    trial: PhasesTrial | None = None

    @property
    def on_all_surely(self) -> bool:
        """Whether no single chance has shown it on several phases."""
        return self.on_all >= tuning.PHASES_SURE


NEW_PHASES = PhasesMemory()
