"""What is remembered of one load between steps. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .appliance_memory import NEW_SWITCHED, SwitchedMemory
from .durations import NEVER_S
from .electrics import PerPhase
from .meter_memory import NEW_METER_LATENCY, FuseMemory, MeterLatency
from .records import record


@record
class PendingCommand:
    """What a device was last told, kept when it has shown it too."""

    current_a: float | None = None
    """The last current that it was told [A], None while it was told none."""
    on: bool | None = None
    """Whether it was last told to be on, None while it was told neither."""
    since_s: float = NEVER_S
    """When it was first told these [s since 1970]."""
    again: int = 0
    """How often it was told them since then."""
    unheard: int = 0
    """How many commands running it has not shown."""
    unheard_s: float = NEVER_S
    """When the first of those was sent [s since 1970]."""
    from_a: float | None = None
    """What it showed then [A]."""


@record
class ResponseTimes:
    """How a device usually does what it is told; of that a restart leaves how long it takes."""

    echo_s: tuple[float, ...] = ()
    """How long it took to show the last few commands [s]."""
    follow_s: tuple[float, ...] = ()
    """How long its draw took to fall after the last few cuts [s]."""
    drew_a: float = 0.0
    """The most that it drew on a phase at the last step [A]."""
    device_step_a: float | None = None
    """The step that it was seen to round to [A], None while none was seen."""
    top_a: float | None = None
    """The most that it was seen to take [A], None while it stops at nothing below its maximum."""
    top_s: float = NEVER_S
    """When it was last seen to [s since 1970]."""
    non_compliant_a: float | None = None
    """What it drew on a phase when it was last found to ignore its current [A], None once it does not."""
    non_compliant_s: float = NEVER_S
    """When that was [s since 1970]."""


@record
class UnusedOfferMemory:
    """What a load leaves of its offer."""

    since_s: float | None = None
    """Since when it has left much [s since 1970], None while it does not."""
    most_a: float = 0.0
    """The most that it drew on a phase since then [A]."""
    usage_cap_a: float | None = None
    """What it could do with [A], None while that is not known to be less than its maximum."""
    scarce_s: float = NEVER_S
    """When others were last short of the rest [s since 1970]."""


@record
class TurnMemory:
    """Under `optimized`: how a load stands with those that are served before it."""

    costs: bool = False
    """Whether it would take more from them than it would get."""
    since_s: float = NEVER_S
    """Since when that is so, or is not so [s since 1970]."""
    balance_s: float = 0.0
    """How much longer it had cost them more than it gets than it had not, at that time [s]."""
    waits_since_s: float | None = None
    """When it first waited for them [s since 1970]; its own turn begins a while later. None for no turn."""


NEW_TURN = TurnMemory()


@record
class LoadMemory:
    """What is remembered of one load between steps; times are in seconds since 1970."""

    setpoint_a: float = 0.0
    """What it was to be at after the last step [A]."""
    adopted: bool = False
    """Whether its setpoint began as what the device was seen at."""
    switched_s: float = NEVER_S
    """When it last went on or off."""
    raised_s: float = NEVER_S
    """When it was last raised."""
    paused_s: float = NEVER_S
    """When a ceiling paused it, never while it runs."""
    paused_by: str = ""
    """Which wire did, "" for none."""
    spent: Mapping[str, FuseMemory] = field(default_factory=dict)
    """The fuses that had no budget left then, each as it would be by now without those who make way for this load."""
    fits_since_s: float | None = None
    """Since when its minimum has fitted under all wires, None while it does not."""
    budget_ok_since_s: float | None = None
    """Since when its minimum has fitted under the budgets, None while it does not."""
    budget_short_since_s: float | None = None
    """Since when its minimum has not fitted under the budgets, None while it does."""
    over_since_s: float | None = None
    """Since when it has drawn more than its setpoint, None while it follows."""
    changed_s: float = NEVER_S
    """When its setpoint last changed."""
    before_a: float = 0.0
    """What the setpoint was before that [A]."""
    admitted_s: float = NEVER_S
    """When it last had a share that it had not started on yet."""
    drawn_s: float = NEVER_S
    """When its draw was last reported."""
    grid_then_a: Mapping[str, PerPhase] = field(default_factory=dict)
    """What each circuit's meter showed then [A]."""
    starts_s: tuple[float, ...] = ()
    """When it started, of late."""
    budget_stops_s: tuple[float, ...] = ()
    """When it was stopped because its budget was short, of late."""
    sent_a: float | None = None
    """The current of the last command [A], None where it had none."""
    sent_on: bool | None = None
    """Whether the last command switched it on, None where it switched nothing."""
    sent_s: float = NEVER_S
    """When the last command was sent."""
    told: tuple[tuple[float, float | None, bool | None], ...] = ()
    """The commands of the last minutes: when, the current [A] and the switch."""
    seen_a: float | None = None
    """What the device last showed as its setting [A]."""
    seen_on: bool | None = None
    """What its switch last showed."""
    manual_limit_a: float | None = None
    """The current that its user has set at the device [A], None for none."""
    manual_off: bool = False
    """Whether its user has switched it off there."""
    vacant: bool = False
    """Whether no car was there at the last step."""
    mode: str = ""
    """The mode that it was served in."""
    switched: SwitchedMemory = NEW_SWITCHED
    """What counts if it is only on or off."""
    pending: PendingCommand = PendingCommand()
    """What it was told, and has perhaps not shown yet."""
    response: ResponseTimes = ResponseTimes()
    """How it usually answers."""
    unused_offer: UnusedOfferMemory = UnusedOfferMemory()
    """What it leaves of its offer."""
    turn: TurnMemory = NEW_TURN
    """Whether it waits for others."""
    meter_latency: MeterLatency = NEW_METER_LATENCY
    """How late meters show it."""
    pauses: int = 0
    """How often this session was paused."""
    writes_s: tuple[float, ...] = ()
    """When it was sent the commands of the last hour."""
    kept_a: float = 0.0
    """What it is left at because a cut waits for the end of its write interval [A], 0 while none does."""
