"""What is remembered of one load between steps: its commands, times, patience, manual changes. All frozen.

Times are in seconds since 1970.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .appliance_memory import NEW_SWITCHED, SwitchedMemory
from .durations import NEVER_S
from .electrics import PerPhase
from .meter_memory import FuseMemory
from .records import record
from .trace import NEW_METER_LATENCY, MeterLatency


@record
class UnacknowledgedCommands:
    """The latest commands that the device did not display; retained with a count of 0 after it displays one."""

    count: int = 0
    """How many there were, 0 once the device has displayed all it was sent."""
    since_s: float = NEVER_S
    """When the first of them was sent."""
    from_a: float | None = None
    """The current that the device displayed then [A]."""


@record
class CommandMemory:
    """The last commands to a device, and whether it displays them."""

    sent_a: float | None = None
    """The current that it was last sent [A], None before the first."""
    sent_on: bool | None = None
    """The switch state that it was last sent, None before the first."""
    awaits_a: bool = False
    """Whether the device has not displayed `sent_a` yet."""
    awaits_on: bool = False
    """Whether its switch has not displayed `sent_on` yet."""
    sent_s: float = NEVER_S
    """When the last command was sent, a repetition included."""
    first_sent_s: float = NEVER_S
    """When this current and switch state were first sent."""
    repeats: int = 0
    """How often they were sent again since then."""
    unacknowledged: UnacknowledgedCommands = UnacknowledgedCommands()
    """The commands that it did not display."""
    recent: tuple[tuple[float, float | None, bool | None], ...] = ()
    """The commands of the last minutes: (when, current [A], switch state)."""
    deferred_cut_a: float = 0.0
    """The current it continues with until its write interval ends and a cut can be sent [A], 0 while none waits."""

    @property
    def awaited_a(self) -> float | None:
        """The current that it was sent and does not display yet [A], None for none."""
        return self.sent_a if self.awaits_a else None

    @property
    def awaited_on(self) -> bool | None:
        """The switch state that it was sent and does not display yet, None for none."""
        return self.sent_on if self.awaits_on else None

    @property
    def awaits(self) -> bool:
        """Whether the device does not display all of the last command yet."""
        return self.awaits_a or self.awaits_on


@record
class TimingMemory:
    """When the load's setpoint and draw last changed."""

    changed_s: float = NEVER_S
    """When its setpoint last changed."""
    before_a: float = 0.0
    """Its setpoint before that change [A]."""
    switched_s: float = NEVER_S
    """When it was last switched on or off."""
    raised_s: float = NEVER_S
    """When its setpoint was last raised."""
    admitted_s: tuple[float | None, float] = (None, NEVER_S)
    """Since when it has been allocated a current while it is off, None while it is not; and when it last was."""
    over_since_s: float | None = None
    """Since when it has drawn more than its setpoint, None while it does not."""
    grid_at_report: tuple[float, Mapping[str, PerPhase]] = (NEVER_S, {})
    """When its draw was last reported, and circuit -> its meter then [A], or at a start since then."""
    grid_at_cut: tuple[float, PerPhase] | None = None
    """When it was first cut while it has not followed, or then stopped, and the main meter then [A]; None for neither,
    and once the meter has shown a fall."""
    starts_s: tuple[float, ...] = ()
    """Its starts in the last day."""
    writes_s: tuple[float, ...] = ()
    """Its commands in the last hour."""

    def starts_since(self, at_s: float) -> int:
        """Return how often it has started since a time [s since 1970], at most a day ago."""
        return sum(start_s >= at_s for start_s in self.starts_s)


@record
class TurnMemory:
    """Under `optimized`: whether a load waits for the loads that are served before it."""

    costs: bool = False
    """Whether it would take more from them than it would get."""
    since_s: float = NEVER_S
    """Since when `costs` has its value."""
    balance_s: float = 0.0
    """How much longer it had cost them more than it gained than not, at `since_s` [s]."""
    waits_since_s: float | None = None
    """When it first waited for them, None for no turn. Its own turn begins a while later."""


@record
class PatienceMemory:
    """What delays a load's start or its raises, or keeps it on for a while."""

    paused_s: float = NEVER_S
    """When a ceiling paused it, never while it runs."""
    paused_by: str = ""
    """The name of that ceiling, "" for none."""
    exhausted_fuses: Mapping[str, FuseMemory] = field(default_factory=dict)
    """Ceiling -> fuse without thermal budget then, as it would be now without the loads that this one displaces."""
    fits_since_s: float | None = None
    """Since when its minimum has fitted under all wires, None while it does not."""
    budget_ok_since_s: float | None = None
    """Since when its minimum has fitted under the budgets, None while it does not."""
    budget_short_since_s: float | None = None
    """Since when its minimum has not fitted under the budgets, None while it does."""
    budget_stops_s: tuple[float, ...] = ()
    """The last times at which it was stopped because its budget was short."""
    pauses: int = 0
    """The number of pauses in this session."""
    turn: TurnMemory = TurnMemory()
    """Whether it waits for the loads before it."""
    undone: int = 0
    """How many raises in a row were taken back soon."""


@record
class ManualMemory:
    """What a user has set at the device itself."""

    displayed_a: float | None = None
    """The current that the device displayed at the last step [A]."""
    displayed_on: bool | None = None
    """The switch state that it displayed at the last step."""
    limit_a: float | None = None
    """The current that a user has set there [A], None for none."""
    off: bool = False
    """Whether a user has switched it off there."""
    on: bool = False
    """Whether a user has switched it on there; only of a load that is on or off."""
    late_s: float = NEVER_S
    """When a command of before may last have arrived [s since 1970]: at a restart, or one that was overtaken."""
    sent_before: tuple[tuple[float | None, bool | None], ...] | None = None
    """The currents [A] and switch states of those commands, and displayed before a restart; None if unknown, empty
    once none can arrive any more."""


@record
class UnusedOfferMemory:
    """How much of its offer a load leaves unused."""

    since_s: float | None = None
    """Since when it has left much unused, None while it does not."""
    most_a: float = 0.0
    """The most that it drew on a phase since then [A]."""
    usage_cap_a: float | None = None
    """The most that it can use [A], None while that is not known to be less than its maximum."""
    scarce_s: float = NEVER_S
    """When other loads last lacked what it leaves."""
    drew_nothing: bool = False
    """Whether it has drawn nothing since the beginning of its last full window."""
    lends: bool = False
    """Whether other loads may use its minimum too, until it draws something."""


@record
class ResponseMemory:
    """How a device usually responds to commands. Only the delays survive a restart."""

    echo_s: tuple[float, ...] = ()
    """How long it took to display the last few commands [s]."""
    follow_s: tuple[float, ...] = ()
    """How long its draw took to fall after the last few cuts [s]."""
    meter_latency: MeterLatency = NEW_METER_LATENCY
    """How late the main meter and its own sensor show its changes."""
    device_step_a: float | None = None
    """The step to which it was observed to round [A], None for none."""
    top_a: float | None = None
    """The highest current that it was observed to accept [A], None for its maximum."""
    top_s: float = NEVER_S
    """When `top_a` was last observed."""
    drew_a: float = 0.0
    """The most that it drew on a phase at the last step [A]."""
    non_compliant_a: float | None = None
    """Its draw on a phase when it last ignored its current [A], None once it complies."""
    non_compliant_s: float = NEVER_S
    """When it last ignored its current."""
    unused_offer: UnusedOfferMemory = UnusedOfferMemory()
    """What it leaves unused of its offer."""


@record
class LoadMemory:
    """What is remembered of one load between steps."""

    setpoint_a: float = 0.0
    """Its setpoint after the last step [A]."""
    adopted: bool = False
    """Whether its setpoint was taken from the device when it became available."""
    vacant: bool = False
    """Whether no car was connected at the last step."""
    mode: str = ""
    """The mode that it was served in, "" before the first step."""
    command: CommandMemory = CommandMemory()
    timing: TimingMemory = TimingMemory()
    patience: PatienceMemory = PatienceMemory()
    manual: ManualMemory = ManualMemory()
    response: ResponseMemory = ResponseMemory()
    switched: SwitchedMemory = NEW_SWITCHED
    """For loads that are only on or off."""

    @property
    def commanded_s(self) -> float:
        """When it was last commanded, or by signal a state was last chosen for it [s since 1970]."""
        signal_s = NEVER_S if self.switched.pump is None else self.switched.pump.commanded_s
        return max(self.timing.changed_s, self.command.sent_s, signal_s)


NEW_LOAD = LoadMemory()
"""The memory of a load before its first step."""

LoadMemories = Mapping[str, LoadMemory]
"""Load -> its memory."""
