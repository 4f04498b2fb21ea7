"""What is known of the phases that a load uses, and of its traces in the meters. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .. import tuning
from .durations import NEVER_S
from .electrics import PerPhase, Phase
from .records import record


@record
class PhaseChangeTrial:
    """A change that the meters showed clearly, and that is still observed."""

    from_a: float
    """The load's draw before it [A]."""
    grid_a: PerPhase
    """The meters before it [A]."""
    begun_s: float
    """When it was judged [s since 1970]."""


@record
class PhasesMemory:
    """What is known of the phases that a load uses."""

    only: Phase | None = None
    """The only phase that it is known to use, None while it counts on all."""
    vote: Phase | None = None
    """The phase that its last changes indicated."""
    votes: int = 0
    """The number of changes that indicated it."""
    on_all: int = 0
    """How often in a row it was measured on several phases, up to `NO_CHANCE_TIMES`."""
    steady_a: float | None = None
    """Its present steady draw [A], None for none."""
    steady_s: float = NEVER_S
    """Since when it has been steady [s since 1970]."""
    then_a: float | None = None
    """The last steady draw that the meters have shown [A]."""
    grid_a: PerPhase = PerPhase()
    """The meters at that draw [A]."""
    others_a: tuple[float, ...] = ()
    """Other measured currents at that time that could change the meters [A]."""
    trial: PhaseChangeTrial | None = None
    """A clear change that is still observed, None for none."""
    fits_on: Phase | None = None
    """The only phase whose flow is large enough for the draw, None while several or none are."""
    fits_since_s: float = NEVER_S
    """Since when that has been so [s since 1970]."""
    excess_s: float | None = None
    """Since when it has drawn more than its only phase carries [s since 1970], None while it does not."""
    last_car: Phase | None = None
    """The only phase that the car before this one used, None if it used several or that is unknown."""

    @property
    def is_surely_on_all(self) -> bool:
        """Whether it was measured on several phases so often that it is no coincidence."""
        return self.on_all >= tuning.NO_CHANCE_TIMES

    def for_next_car(self) -> PhasesMemory:
        """Return what is known before the next car draws anything: what the present one used."""
        if self.only is not None or self.on_all:
            return PhasesMemory(last_car=self.only)
        return PhasesMemory(last_car=self.last_car)


NEW_PHASES = PhasesMemory()


@record
class Move:
    """One change of a load's draw, and the meters' response."""

    drawn_a: PerPhase
    """The change of its own sensor on its phases in CONFIG [A], None without a sensor."""
    change_a: Mapping[str, PerPhase]
    """Circuit -> change of its meter on each phase [A]."""
    noise_a: Mapping[str, PerPhase] = field(default_factory=dict)
    """Circuit -> fluctuation before and after [A]; empty for that of a quiet meter."""
    level_a: Mapping[str, PerPhase] = field(default_factory=dict)
    """Circuit -> the reading before or after that was further from zero [A]; + is import."""
    single_a: float | None = None
    """The change on one phase for a single draw value of several phases [A], None for any other sensor."""
    is_power: bool = False
    """Whether that value is a power, which the phases share."""
    commanded_a: float | None = None
    """The commanded change on each of its phases [A], None without a command."""


@record
class WiringMemory:
    """The evidence from a load's changes; dropped when CONFIG changes for the load or its meters."""

    phases: tuple[Phase, ...]
    """The load's phases in CONFIG at that time."""
    meters: tuple[object, ...]
    """The meters' entities and signs in CONFIG at that time."""
    steady_a: PerPhase | None = None
    """Its present steady draw [A], None for none."""
    steady_s: float = 0.0
    """Since when it has been steady [s since 1970]."""
    then_a: PerPhase | None = None
    """The last steady draw that the meters have shown [A]."""
    grid_a: PerPhase = PerPhase()
    """The meters at that draw [A]."""
    others_a: tuple[float, ...] = ()
    """Other measured currents at that time that could change the meters [A]."""
    moves: tuple[Move, ...] = ()
    """The last changes."""
