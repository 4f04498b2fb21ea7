"""What is remembered of a load that is switched between one phase and all of its own. Frozen values.

The states of a switch are a table: whatever is in no row changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import StrEnum

from .durations import NEVER_S
from .electrics import Phase
from .messages.message import Message
from .numbers import Amount, Count
from .records import fast_replace, record
from .snapshot import Reading


class Stage(StrEnum):
    """How far a switch has come."""

    STEADY = "steady"
    """None is under way, and the phases were measured, or nothing can measure them."""
    STOPPING = "stopping"
    """It is offered nothing, and may still draw. Nothing has been switched yet."""
    RESTING = "resting"
    """It draws nothing, and was told to switch."""
    STARTING = "starting"
    """It is offered its minimum and no more, until its phases are measured. So begins whatever is not known."""


class Event(StrEnum):
    """What moves that on."""

    WANTED = "wanted"
    """It was decided on other phases."""
    DRAWS_NOTHING = "draws nothing"
    """Seen after it was offered nothing."""
    IGNORED = "ignored"
    """It goes on drawing, or nothing tells that it does not."""
    LOST = "lost"
    """Its device is away, or reports a fault."""
    RESTED = "rested"
    MEASURED = "measured"
    """The phases in use are those that it was switched to; or nothing can measure them, and it has had its time."""
    CONTRADICTED = "contradicted"
    """They are others."""
    CHANGED = "changed"
    """Its device shows others: its user's hand, or its own automatic."""


STAGES: Mapping[tuple[Stage, Event], Stage] = {
    (Stage.STEADY, Event.WANTED): Stage.STOPPING,
    (Stage.STEADY, Event.CHANGED): Stage.STARTING,
    (Stage.STOPPING, Event.DRAWS_NOTHING): Stage.RESTING,
    (Stage.STOPPING, Event.IGNORED): Stage.STEADY,
    (Stage.STOPPING, Event.LOST): Stage.STARTING,
    (Stage.RESTING, Event.RESTED): Stage.STARTING,
    (Stage.STARTING, Event.MEASURED): Stage.STEADY,
    (Stage.STARTING, Event.CONTRADICTED): Stage.STEADY,
}
"""(stage, event) -> the stage that follows."""


@record
class PhaseSwitchMemory:
    """One load's phases as they are switched; times are in seconds since 1970."""

    stage: Stage = Stage.STARTING
    since_s: float = NEVER_S
    """Since when it is in that stage."""
    lines: Count | None = None
    """On how many phases it is, None while nothing has told."""
    target: int | None = None
    """On how many it is to be while it is stopped and rests, None else."""
    shown: int | None = None
    """How many its device showed last."""
    drawing_s: float = NEVER_S
    """Since when it draws in this stage, never while it does not."""
    off_since_s: float | None = NEVER_S
    """Since when its device is seen to offer nothing, None while it offers something."""
    off_grid_a: Mapping[str, Mapping[Phase, Reading]] = field(default_factory=dict)
    """What the meters of each circuit showed when its device was last seen to offer nothing."""
    idle_since_s: float | None = None
    """Since when it draws nothing and no word tells whether a car is there, None while it does, or one tells."""
    tried_s: float = NEVER_S
    """When a switch was last made or given up. One that was interrupted before that counts for nothing."""
    reserved_a: Amount = 0.0
    """What others must leave it until its phases are measured [A], 0 while none is under way."""
    holds: bool = False
    """Whether it is kept at nothing for it."""
    switches_s: tuple[float, ...] = ()
    """When it was switched, of late."""
    in_session: Count = 0
    """How often since its car was plugged in."""
    failures: Count = 0
    """How often it did not follow since then."""
    up_s: float = NEVER_S
    """When it last went to all phases."""
    short_ups: Count = 0
    """How often running that did not last."""
    stays_on_one: bool = False
    """Whether it was seen not to come back to all of them in this session."""
    proven: bool = False
    """Whether it was once measured to be on one phase when it was told to."""
    beyond_s: float = NEVER_S
    """When it was last seen on more phases than were kept free for it."""
    by_hand: Count | None = None
    """On how many a person wants it until the car is unplugged, None for no such wish."""
    fits_since_s: float | None = None
    """Since when the other phases would be better, None while they would not."""
    short_since_s: float | None = None
    """Since when its minimum on all phases is more than its energy, None while it is not."""
    why: Message | None = None
    """Why it is on these phases, for a person."""
    problem: Message | None = None
    """What a person should look at."""

    def moved(self, event: Event, now_s: float, **known: object) -> PhaseSwitchMemory:
        """The memory after an event, with what is known since; as it is where that means nothing at its stage."""
        stage = STAGES.get((self.stage, event))
        if stage is None:
            return self
        if stage is Stage.STEADY or event is Event.LOST:
            known["reserved_a"] = 0.0
        return fast_replace(self, stage=stage, since_s=now_s, drawing_s=NEVER_S, fits_since_s=None, **known)

    def switches_since(self, began_s: float) -> int:
        """How often it was switched from then on [s since 1970], as far as that is remembered."""
        return sum(s >= began_s for s in self.switches_s)

    @property
    def counts_on(self) -> int | None:
        """On how many phases it is to be reckoned with, None for all."""
        return self.lines if self.target is None else self.target

    @property
    def told(self) -> int | None:
        """How many its device was told last, None while that is not known."""
        return self.lines if self.target is None or self.stage is Stage.STOPPING else self.target


NEW_PHASE_SWITCH = PhaseSwitchMemory()
