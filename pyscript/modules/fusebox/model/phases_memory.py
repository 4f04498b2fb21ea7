"""What is known of the phases that a load uses, and of how it shows up in the meters. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .. import tuning
from .durations import NEVER_S
from .electrics import PerPhase, Phase
from .records import record


@record
class PhasesTrial:
    """A move that was clear to the meters, and is still watched."""

    from_a: float
    """The load's draw before it [A]."""
    grid_a: PerPhase
    """What the meters showed before it [A]."""
    begun_s: float
    """When it was judged [s since 1970]."""


@record
class PhasesMemory:
    """What is known of the phases that a load uses."""

    only: Phase | None = None
    """The one that it is known to use, None while it counts on all of them."""
    vote: Phase | None = None
    """The one that its last moves spoke for."""
    votes: int = 0
    """How much they did."""
    on_all: int = 0
    """How often running it has been seen on more than one, counted up to what makes sure of it."""
    steady_a: float | None = None
    """The draw that it stays at [A], None while none is known."""
    steady_s: float = NEVER_S
    """Since when it does [s since 1970]."""
    then_a: float | None = None
    """The last steady draw that the meters have shown [A]."""
    grid_a: PerPhase = PerPhase()
    """What they showed then [A]."""
    others_a: tuple[float, ...] = ()
    """What else could have moved them [A]."""
    trial: PhasesTrial | None = None
    """A clear move that is still watched."""

    @property
    def on_all_surely(self) -> bool:
        """Whether no single chance has shown it on several phases."""
        return self.on_all >= tuning.NO_CHANCE_TIMES


NEW_PHASES = PhasesMemory()


@record
class Move:
    """One change of what a load draws, and what the meters showed of it."""

    drawn_a: PerPhase
    """How far its own sensor moved on the phases that CONFIG gives it [A], None where it has none."""
    seen_a: Mapping[str, PerPhase]
    """Circuit -> how far its meter moved on each phase [A]."""
    noise_a: Mapping[str, PerPhase] = field(default_factory=dict)
    """Circuit -> how far it wavered before and after [A]; without it, as little as a meter that is still."""
    level_a: Mapping[str, PerPhase] = field(default_factory=dict)
    """Circuit -> the reading before or after that was further from zero [A]; + is import."""
    single_a: float | None = None
    """What a draw that is one value for several phases would mean on one of them [A], None for any other."""
    is_power: bool = False
    """Whether that value is a power, which the phases share."""
    told_a: float | None = None
    """How far it was told to move on each of its phases [A], None where nobody told it."""


@record
class WiringMemory:
    """What a load's changes have shown; when CONFIG says otherwise of it or of its meters, all is forgotten."""

    phases: tuple[Phase, ...]
    """What CONFIG said then of the load's phases."""
    meters: tuple[object, ...]
    """What it said then of the meters' entities and signs."""
    steady_a: PerPhase | None = None
    """The draw that it stays at [A], None while none is known."""
    steady_s: float = 0.0
    """Since when it does [s since 1970]."""
    then_a: PerPhase | None = None
    """The last steady draw that the meters have shown [A]."""
    grid_a: PerPhase = PerPhase()
    """What they showed then [A]."""
    others_a: tuple[float, ...] = ()
    """What else could have moved them [A]."""
    moves: tuple[Move, ...] = ()
    """The last changes."""
