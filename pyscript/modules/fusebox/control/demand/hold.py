"""What a rule of patience is told of one load, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from ...model.ceiling import Budget, Ceiling
from ...model.decision import Demand, Hold
from ...model.durations import NEVER_S
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.local_day import from_clock_text
from ...model.messages.message import Value, message
from ...model.meter_memory import FuseMemory
from ...model.records import fast_replace
from ...model.snapshot import LoadState


class HoldContext(NamedTuple):
    """One load that could use power, as the rules see it. A tuple: one is made for each load in each step."""

    demand: Demand
    load: Load
    past: LoadMemory
    now_s: float
    """The instant of the step [s since 1970]."""

    state: LoadState | None = None
    """What its device shows; None where nothing is known of it."""

    day_began_s: float = float("-inf")
    """The last local midnight [s since 1970]."""

    short: Sequence[Ceiling] = ()
    """The wires and contracts under which its minimum does not fit now."""

    over: Sequence[Ceiling] = ()
    """All ceilings that it counts under."""

    fuses: Mapping[str, FuseMemory] = MappingProxyType({})
    """Circuit's fuse -> how warm it is."""

    before: Mapping[str, float] = MappingProxyType({})
    """The minimums of those that run and are served before it [A]."""

    running: Mapping[str, float] = MappingProxyType({})
    """The minimums of all that run [A]."""

    unexpected: bool = False
    """Whether it was seen a moment ago on more phases than were kept free for it."""

    is_released: bool = False
    """Whether the limit that paused it is no longer in CONFIG."""

    energy: Budget | None = None
    """The budget that may keep it from its minimum; None where it runs on any source."""

    squeezed: bool = False
    """Whether its energy has gone to loads that are served before it."""

    losers: Sequence[str] = ()
    """The loads before it that would lose more to it than it would get; none where they would not."""

    def clock(self, at_s: float) -> str:
        """Return the wall time of an instant to come. No sentence counts seconds: each would be a row in a database."""
        return from_clock_text(at_s, self.day_began_s)

    @property
    def paused(self) -> bool:
        """Whether a limit has paused it."""
        return self.past.patience.paused_s != NEVER_S

    @property
    def on_s(self) -> float:
        """How long a switched load still has to stay on [s]."""
        return self.past.timing.switched_s + self.load.min_on_s - self.now_s if self.load.on_off else 0.0


@dataclass(frozen=True, slots=True)
class Held:
    """The answer of a rule that keeps a load where it is."""

    hold: Hold
    reason: str
    """A sentence for the load's entity."""


Rule = Callable[[HoldContext], Held | None]
"""None: this rule has nothing to say."""


def runs(demand: Demand, past: LoadMemory) -> bool:
    """Whether a load that could use power is on."""
    return demand.max_a > 0 and past.setpoint_a > 0


def on(reason: str) -> Held:
    """It keeps its minimum."""
    return Held(Hold.ON, reason)


def off(reason: str) -> Held:
    """It gets nothing yet."""
    return Held(Hold.OFF, reason)


def off_until(context: HoldContext, at_s: float, code: str, **values: Value) -> Held | None:
    """Hold off until that instant, by the message of `code` with its clock time as `until`; None when it is over."""
    return off(message(code, until=context.clock(at_s), **values)) if at_s > context.now_s else None


def later(reason: str) -> Held:
    """It has not begun yet; nothing has paused it."""
    return Held(Hold.LATER, reason)


def with_hold(rules: Sequence[Rule], context: HoldContext) -> Demand:
    """The demand with what the first rule says that has something to say; as it is where none has."""
    for rule in rules:
        found = rule(context)
        if found is not None:
            return fast_replace(context.demand, hold=found.hold, reason=found.reason)
    return context.demand
