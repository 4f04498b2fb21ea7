"""What is remembered between steps: of each load, each ceiling, the battery and the meters. All frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .. import tuning
from .appliance_memory import NEVER_S as NEVER_S
from .appliance_memory import NEW_SWITCHED, SwitchedMemory
from .electrics import PerPhase, Phase
from .house_memory import HouseMemory
from .meter_memory import NEW_ECHO, Echo, MeterReadings
from .others_memory import OthersMemory
from .wiring_evidence import WiringMemory


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


@dataclass(frozen=True, slots=True)
class FuseMemory:
    """Thermal state of one fuse of this rating on one phase at `at_s`: theta 1.0 is a long time at the rating.

    `high_readings`: how many meter readings running were far above the rating, beyond what is about to end;
    `reported_s` is the newest of them.
    """

    theta: float
    at_s: float
    flow_a: float
    rating_a: float
    high_readings: int = 0
    reported_s: float = NEVER_S


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


@dataclass(frozen=True, slots=True)
class HeadroomMemory:
    """Rolling worst case of one ceiling's room [A]: (time, room) pairs, both rising; `since_s`: watched since.

    `reported_s`: the newest reading behind it; `fresh`: whether the last step brought a newer one;
    `blurred`: whether a draw behind it is late. `limit_a`: the limit that the rooms are under, 0 for what has none.
    """

    since_s: float
    pairs: tuple[tuple[float, float], ...]
    reported_s: float
    fresh: bool = True
    blurred: bool = False
    limit_a: float = 0.0

    def worst_since(self, from_s: float) -> float:
        """The least room since then."""
        return next(room_a for at_s, room_a in self.pairs if at_s >= from_s)


@dataclass(frozen=True, slots=True)
class Peak:
    """Something that came on: by how much [A], from what others used before, when, and when it went; None: still on."""

    height_a: float
    from_a: float
    began_s: float
    ended_s: float | None = None


@dataclass(frozen=True, slots=True)
class CycleMemory:
    """What others use on one fuse as of the last reading [A], how long that was after the one before, and the peaks."""

    used_a: float
    reported_s: float
    every_s: float = 0.0
    peaks: tuple[Peak, ...] = ()


@dataclass(frozen=True, slots=True)
class BatteryMemory:
    """Which thresholds of the home battery's state of charge are passed; each lets go only a hysteresis away.

    `charged`: at its target, solar modes run. `lends`: above it, and what it could still give counts as surplus.
    `able`: not empty, so it may discharge. `then_s`, `then_pct`: when the present watch over its sign began, and the
    state of charge then; `charged_ws`: the energy that its power has told since, up to `seen_s` [Ws, + charging];
    `against`: how often running the two have contradicted each other. `power_w`, `power_s`: its power as of the main
    meter's last report [W, + charging]; `held_s`: when the meter last showed no import; `most_w`, `most_s`: the most
    that it has been seen to give, where that is less than CONFIG says, and since when.
    """

    charged: bool = False
    lends: bool = False
    able: bool = False
    then_s: float = NEVER_S
    then_pct: float | None = None
    seen_s: float = NEVER_S
    charged_ws: float = 0.0
    against: int = 0
    power_w: float | None = None
    power_s: float = NEVER_S
    held_s: float = NEVER_S
    most_w: float | None = None
    most_s: float = NEVER_S


@dataclass(frozen=True, slots=True)
class StuckMeterMemory:
    """A meter's value [A] since it last changed at `since_s`, and what was drawn behind it then [A].

    `rests`: what others used in the last time before that, in pieces of (when, least, most). `off_s`: since when the
    draws have been elsewhere without the meter, None while they are not; `mover`: the load that moved most.
    `contradicted`: whether the meter has had its time to answer; `only_if_all`: the loads of which it is not known
    which phases they use, so that the meters of all of them have to be contradicted.
    """

    value_a: float
    since_s: float
    drawn_a: Mapping[str, float]
    battery_a: float | None = None
    rests: tuple[tuple[float, float, float], ...] = ()
    off_s: float | None = None
    contradicted: bool = False
    mover: str = ""
    only_if_all: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Memory:
    """Everything that outlives a step, by load or by ceiling name.

    `readings`: the main meter's last ones on each phase [A]. `phases_in_use`: which of its phases each load uses;
    `wiring_evidence`: on which its moves were seen. `others`: what they use under each metered fuse.
    """

    loads: Mapping[str, LoadMemory] = field(default_factory=dict)
    rooms: Mapping[str, HeadroomMemory] = field(default_factory=dict)
    fuses: Mapping[str, FuseMemory] = field(default_factory=dict)
    others: Mapping[str, OthersMemory] = field(default_factory=dict)
    battery: BatteryMemory | None = None
    still: Mapping[str, StuckMeterMemory] = field(default_factory=dict)
    cycles: Mapping[str, CycleMemory] = field(default_factory=dict)
    phases_in_use: Mapping[str, PhasesMemory] = field(default_factory=dict)
    wiring_evidence: Mapping[str, WiringMemory] = field(default_factory=dict)
    house: HouseMemory | None = None
    readings: Mapping[Phase, MeterReadings] = field(default_factory=dict)
