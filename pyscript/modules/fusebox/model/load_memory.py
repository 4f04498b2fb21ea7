"""What is remembered of one load between steps. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .appliance_memory import NEW_SWITCHED, SwitchedMemory
from .durations import NEVER_S
from .electrics import PerPhase
from .fuse_memory import FuseMemory
from .meter_memory import NEW_ECHO, Echo


@dataclass(frozen=True, slots=True)
class PendingCommand:
    """What a device was last told, kept when it has shown it too.

    `current_a`, `on`: the last of each; `since_s`: when it was first told these; `again`: how often since then.
    `unheard`: how many commands running it has not shown, `unheard_s`: since when, `from_a`: what it showed then.
    """

    current_a: float | None = None
    on: bool | None = None
    since_s: float = NEVER_S
    again: int = 0
    unheard: int = 0
    unheard_s: float = NEVER_S
    from_a: float | None = None


@dataclass(frozen=True, slots=True)
class ResponseTimes:
    """How a device usually does what it is told; nothing of it outlives a restart.

    `echo_s`: how long it took to show the last few commands [s], `follow_s`: how long its draw took to fall after the
    last few cuts [s]. `drew_a`: the most that it drew on a phase at the last step. `device_step_a`: the step that it
    was seen to round to, `top_a`: the most that it was seen to take, at `top_s`. `non_compliant_a`: what it drew on a
    phase when it was last found to ignore its current, at `non_compliant_s`; None once it does not.
    """

    echo_s: tuple[float, ...] = ()
    follow_s: tuple[float, ...] = ()
    drew_a: float = 0.0
    device_step_a: float | None = None
    top_a: float | None = None
    top_s: float = NEVER_S
    non_compliant_a: float | None = None
    non_compliant_s: float = NEVER_S


@dataclass(frozen=True, slots=True)
class UnusedOfferMemory:
    """What a load leaves of its offer.

    `since_s`: since when it has left much, None while it does not; `most_a`: the most that it drew since then [A].
    `usage_cap_a`: what it could do with, None while that is not known to be less than its maximum; `scarce_s`: when
    others were last short of the rest.
    """

    since_s: float | None = None
    most_a: float = 0.0
    usage_cap_a: float | None = None
    scarce_s: float = NEVER_S


@dataclass(frozen=True, slots=True)
class LoadMemory:
    """What is remembered of one load between steps; times are in seconds since 1970.

    `adopted`: whether its setpoint began as what the device was seen at. `switched_s`: when it last went on or off.
    `raised_s`: the last raise. `paused_s`: when a ceiling paused it, never while it runs, and `paused_by`: which wire,
    "" for none; `spent`: the fuses that had no budget left then, each as it would be by now without those who make way
    for this load. `fits_since_s`: since when its minimum has fitted under all wires, None while it does not;
    `budget_ok_since_s`: the same for the budgets, and `budget_short_since_s` since when it has not; `budget_stops_s`:
    when it was stopped for that. `changed_s`: when its setpoint last changed, `before_a`: from what. `admitted_s`: when
    it last had a share that it had not started on yet. `drawn_s`, `grid_then_a`: when its draw was last reported, and
    what each circuit's meter showed then. `over_since_s`: since when it has drawn more than its setpoint, None while it
    follows. `sent_a`, `sent_on`, `sent_s`: the last command, for verification; `told`: the commands of the last
    minutes, each with its time. `seen_a`, `seen_on`: what the device last showed; `manual_limit_a`: the current that
    its user has set there, `manual_off`: whether the user has switched it off. `vacant`: whether no car was there at
    the last step. `mode`: the mode it was served in. `switched`: what counts if it is only on or off. `pending`,
    `response`: how it answers, `unused_offer`: what it leaves, `echo`: how late meters show it. `pauses`: how often
    this session was paused; `writes_s`: the commands of the last hour. `kept_a`: what it is left at because a cut waits
    for the end of its write interval [A], 0 while none does.
    """

    setpoint_a: float = 0.0
    adopted: bool = False
    switched_s: float = NEVER_S
    raised_s: float = NEVER_S
    paused_s: float = NEVER_S
    paused_by: str = ""
    spent: Mapping[str, FuseMemory] = field(default_factory=dict)
    fits_since_s: float | None = None
    budget_ok_since_s: float | None = None
    budget_short_since_s: float | None = None
    over_since_s: float | None = None
    changed_s: float = NEVER_S
    before_a: float = 0.0
    admitted_s: float = NEVER_S
    drawn_s: float = NEVER_S
    grid_then_a: Mapping[str, PerPhase] = field(default_factory=dict)
    starts_s: tuple[float, ...] = ()
    budget_stops_s: tuple[float, ...] = ()
    sent_a: float | None = None
    sent_on: bool | None = None
    sent_s: float = NEVER_S
    told: tuple[tuple[float, float | None, bool | None], ...] = ()
    seen_a: float | None = None
    seen_on: bool | None = None
    manual_limit_a: float | None = None
    manual_off: bool = False
    vacant: bool = False
    mode: str = ""
    switched: SwitchedMemory = NEW_SWITCHED
    pending: PendingCommand = PendingCommand()
    response: ResponseTimes = ResponseTimes()
    unused_offer: UnusedOfferMemory = UnusedOfferMemory()
    echo: Echo = NEW_ECHO
    pauses: int = 0
    writes_s: tuple[float, ...] = ()
    kept_a: float = 0.0
