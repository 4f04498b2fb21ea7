"""What is remembered of a load's phases: which it uses, its traces in the meters, and its switches between them.

Frozen values. The states of a switch are a table: a pair of state and event without a row changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from .. import tuning
from .durations import NEVER_S
from .electrics import PerPhase, Phase
from .messages.message import Message
from .numbers import Amount, Count
from .records import fast_replace, record
from .snapshot import Reading


class Stage(StrEnum):
    """The progress of a switch."""

    STEADY = "steady"
    """No switch is under way, and the phases were measured, or cannot be."""
    STOPPING = "stopping"
    """It is offered nothing, and may still draw. Nothing has been switched yet."""
    RESTING = "resting"
    """It draws nothing, and its device was commanded to switch."""
    STARTING = "starting"
    """It is offered only its minimum until its phases are measured. The initial state."""


class PhaseSwitchEvent(StrEnum):
    """What changes the stage."""

    WANTED = "wanted"
    """A switch to other phases was decided."""
    DRAWS_NOTHING = "draws nothing"
    """No draw is measured after it was offered nothing."""
    IGNORED = "ignored"
    """It continues to draw, or its draw is unknown."""
    LOST = "lost"
    """Its device is unavailable, or reports a fault."""
    RESTED = "rested"
    MEASURED = "measured"
    """The phases in use are as commanded; or they cannot be measured, and time is up."""
    CONTRADICTED = "contradicted"
    """The phases in use differ from the commanded ones."""
    CHANGED = "changed"
    """Its device displays other phases: by its user or its own automation."""


STAGES: Mapping[tuple[Stage, PhaseSwitchEvent], Stage] = {
    (Stage.STEADY, PhaseSwitchEvent.WANTED): Stage.STOPPING,
    (Stage.STEADY, PhaseSwitchEvent.CHANGED): Stage.STARTING,
    (Stage.STOPPING, PhaseSwitchEvent.DRAWS_NOTHING): Stage.RESTING,
    (Stage.STOPPING, PhaseSwitchEvent.IGNORED): Stage.STEADY,
    (Stage.STOPPING, PhaseSwitchEvent.LOST): Stage.STARTING,
    (Stage.RESTING, PhaseSwitchEvent.RESTED): Stage.STARTING,
    (Stage.STARTING, PhaseSwitchEvent.MEASURED): Stage.STEADY,
    (Stage.STARTING, PhaseSwitchEvent.CONTRADICTED): Stage.STEADY,
}
"""(stage, event) -> the stage that follows."""


@record
class PhaseSwitchMemory:
    """The state of one load's phase switching; times are in seconds since 1970."""

    stage: Stage = Stage.STARTING
    since_s: float = NEVER_S
    """Since when it has been in that stage."""
    phase_count: Count | None = None
    """How many phases it is on, None where unknown."""
    target: int | None = None
    """How many phases it will be on, while it stops and rests; else None."""
    shown: int | None = None
    """How many phases its device displayed last."""
    drawing_s: float = NEVER_S
    """Since when it has drawn in this stage, never while it does not."""
    off_since_s: float | None = NEVER_S
    """Since when its device has offered nothing, None while it offers something."""
    off_grid_a: Mapping[str, Mapping[Phase, Reading]] = field(default_factory=dict)
    """Circuit -> phase -> its meter when the device last offered nothing."""
    idle_since_s: float | None = None
    """Since when it has drawn nothing without a status that says whether a car is connected; else None."""
    tried_s: float = NEVER_S
    """When a switch was last made or given up; interrupted ones do not count."""
    reserved_a: Amount = 0.0
    """The current reserved for it until its phases are measured [A], 0 while no switch is under way."""
    holds: bool = False
    """Whether it is held at 0 A for a switch."""
    switches_s: tuple[float, ...] = ()
    """Its switches in the last day."""
    in_session: Count = 0
    """The number of switches since its car was plugged in."""
    failures: Count = 0
    """The number of failed switches since its car was plugged in."""
    up_s: float = NEVER_S
    """When it last went to all phases."""
    short_ups: Count = 0
    """How often in a row all phases did not last."""
    stays_on_one: bool = False
    """Whether its car did not return to all phases in this session."""
    proven: bool = False
    """Whether it was once measured on one phase after a command to use one."""
    beyond_s: float = NEVER_S
    """When it was last measured on more phases than were reserved for it."""
    by_hand: Count | None = None
    """The number of phases that the user chose until the car is unplugged, None for no choice."""
    fits_since_s: float | None = None
    """Since when the other phases would be better, None while they would not."""
    short_since_s: float | None = None
    """Since when its energy has been below its minimum on all phases, None while it is not."""
    why: Message | None = None
    """Why it is on these phases, for the user."""
    problem: Message | None = None
    """A problem for the user to solve, None for none."""

    def after_event(self, event: PhaseSwitchEvent, now_s: float, **known: object) -> PhaseSwitchMemory:
        """Return the memory after an event, with the fields in `known`; unchanged if the table has no row for it.

        The new stage begins now, without a draw yet and without other phases that would be better. Nothing remains
        reserved once the switch is over or lost.
        """
        stage = STAGES.get((self.stage, event))
        if stage is None:
            return self
        if stage is Stage.STEADY or event is PhaseSwitchEvent.LOST:
            known["reserved_a"] = 0.0
        return fast_replace(self, stage=stage, since_s=now_s, drawing_s=NEVER_S, fits_since_s=None, **known)

    def switches_since(self, began_s: float) -> int:
        """Return the number of remembered switches since `began_s` [s since 1970]."""
        return sum(s >= began_s for s in self.switches_s)

    @property
    def assumed_phase_count(self) -> int | None:
        """The number of phases that it counts on, None for all."""
        return self.phase_count if self.target is None else self.target

    @property
    def commanded_phase_count(self) -> int | None:
        """The number of phases last commanded, None where unknown."""
        return self.phase_count if self.target is None or self.stage is Stage.STOPPING else self.target


NEW_PHASE_SWITCH = PhaseSwitchMemory()

PhaseSwitches = Mapping[str, PhaseSwitchMemory]
"""Load that can be switched -> the state of its phase switching."""


@record
class ComparedDraw:
    """A draw that is compared with the meters; each draw has one value, or one for each phase [A]."""

    steady_a: tuple[float | None, ...] | None = None
    """The present steady draw, None for none."""
    steady_s: float = NEVER_S
    """Since when it has been steady [s since 1970]."""
    then_a: tuple[float | None, ...] | None = None
    """The last steady draw that the meters have shown, None for none."""
    grid_a: PerPhase = PerPhase()
    """The meters at that draw [A]."""
    others_a: tuple[float, ...] = ()
    """Other measured currents at that time that could change the meters [A]."""
    others_s: float = NEVER_S
    """Since when those have been steady [s since 1970]."""
    then_s: float = NEVER_S
    """When the meters were last read at that draw, before the load's next command [s since 1970]."""
    latest_a: PerPhase = PerPhase()
    """The meters at that time: later than `grid_a` where the draw had not been reported again [A]."""


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
    doubted: Phase | None = None
    """The only phase that was known until another one was overloaded, or changed along with it; None for none."""
    doubted_s: float = NEVER_S
    """When such an overload was last measured [s since 1970]."""
    vote: Phase | None = None
    """The phase that its last changes indicated."""
    votes: int = 0
    """The number of changes that indicated it."""
    on_all: int = 0
    """How often in a row it was measured on several phases, up to `NO_CHANCE_TIMES`."""
    evenly: int = 0
    """How often in a row all of its phases shared a change evenly, up to `NO_CHANCE_TIMES`."""
    compared: ComparedDraw = ComparedDraw()
    """Its single draw, compared with the meters; with a sensor on each phase only when that last counted."""
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
    last_on_all: bool = False
    """Whether the car before this one used several phases."""
    unclear: bool = False
    """Whether it has drawn for `LASTING_S` without showing which phases it uses."""

    @property
    def is_surely_on_all(self) -> bool:
        """Whether it was measured on several phases so often that it is no coincidence."""
        return self.on_all >= tuning.NO_CHANCE_TIMES

    @property
    def is_evenly_on_all(self) -> bool:
        """Whether it surely uses all of its phases, and each showed the same share of its draw."""
        return self.is_surely_on_all and self.evenly >= tuning.NO_CHANCE_TIMES

    def for_next_car(self) -> PhasesMemory:
        """Return what is known before the next car draws anything: what the present one used."""
        if self.only is not None or self.on_all:
            return PhasesMemory(last_car=self.only, last_on_all=self.only is None)
        return PhasesMemory(last_car=self.last_car, last_on_all=self.last_on_all)


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
    own_a: Mapping[str, PerPhase] = field(default_factory=dict)
    """Circuit -> how much more batteries and panels drew on each phase [A]; empty where they did not change."""


@record
class WiringMemory:
    """The evidence from a load's changes; dropped when CONFIG changes for the load or its meters."""

    phases: tuple[Phase, ...]
    """The load's phases in CONFIG at that time."""
    meters: tuple[object, ...]
    """The meters' entities and signs in CONFIG at that time."""
    compared: ComparedDraw = ComparedDraw()
    """Its draw on each phase, compared with the meters."""
    moves: tuple[Move, ...] = ()
    """The last changes."""
