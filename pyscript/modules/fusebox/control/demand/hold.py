"""The input and the result of a hold rule: why one load is held on or off."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from ...model.ceiling import Ceiling
from ...model.decision import Demand, Hold
from ...model.durations import NEVER_S
from ...model.house_memory import CycleMemory
from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.local_day import clock_text_rounded_up
from ...model.messages.message import Value, message
from ...model.meter_memory import FuseMemory
from ...model.records import fast_replace
from ...model.snapshot import UNAVAILABLE, LoadState


class HoldContext(NamedTuple):
    """What hold rules know about one load that could use power. A tuple, because each step makes one per load."""

    demand: Demand
    load: Load
    past: LoadMemory
    now_s: float
    """The time of the step [s since 1970]."""

    state: LoadState = UNAVAILABLE
    """The state of its device."""

    day_began_s: float = float("-inf")
    """The last local midnight [s since 1970]."""

    short: Sequence[Ceiling] = ()
    """The fuses and contracts under which its minimum does not fit now."""

    over: Sequence[Ceiling] = ()
    """All ceilings that stop it."""

    fuses: Mapping[str, FuseMemory] = MappingProxyType({})
    """Name of a fuse's ceiling -> its thermal state."""

    cycles: Mapping[str, CycleMemory] = MappingProxyType({})
    """Name of a ceiling -> the appliances that cycle under it."""

    before: Mapping[str, float] = MappingProxyType({})
    """Running loads that are served before it -> their minimums [A]."""

    running: Mapping[str, float] = MappingProxyType({})
    """All running loads -> their minimums [A]."""

    unexpected: bool = False
    """Whether it was measured a moment ago on more phases than were reserved for it."""

    group_waits: bool = False
    """Whether a load of another group that has had less energy waits for the headroom that it uses."""

    island_s: float = NEVER_S
    """When the grid was last gone; never for a load that may run while it is [s since 1970]."""

    is_released: bool = False
    """Whether the limit that paused it is no longer in CONFIG."""

    energy: Ceiling | None = None
    """The limit on energy that its minimum depends on; None where it may use any source."""

    squeezed: bool = False
    """Whether loads that are served before it use its energy."""

    tests_sun: bool = False
    """Whether it tests for sun that the inverter holds back."""

    gains_nothing: bool = False
    """Whether such a test has just gained nothing, or the grid has paid too much for loads on the sun: no patience."""

    too_costly_s: float = inf
    """When the grid will have paid too much for loads on hidden sun [s since 1970]."""

    measured_since_s: float = NEVER_S
    """Since when all limits that stop it are measured [s since 1970]; now where one of them is not."""

    losers: Sequence[str] = ()
    """The loads before it that would lose more to it than it would get; empty for none."""

    def clock_text(self, at_s: float) -> str:
        """Return the wall time of a future moment, rounded up to the minute, such as "18:05".

        Reasons state times, because a countdown would be a row in the recorder.
        """
        return clock_text_rounded_up(at_s, self.day_began_s)

    def hold_on(self, code: str, **values: Value) -> Demand:
        """Return the demand held on at its minimum, with this message."""
        return fast_replace(self.demand, hold=Hold.ON, reason=message(code, **values))

    def hold_off(self, code: str, **values: Value) -> Demand:
        """Return the demand held off, with this message."""
        return fast_replace(self.demand, hold=Hold.OFF, reason=message(code, **values))

    def hold_off_until(self, at_s: float, code: str, **values: Value) -> Demand | None:
        """Return the demand held off until `at_s`, with that clock time as `until` in its message; None once past."""
        return self.hold_off(code, until=self.clock_text(at_s), **values) if at_s > self.now_s else None

    def delay_start(self, code: str, **values: Value) -> Demand:
        """Return the demand with its start delayed. Unlike by a hold off, a load stopped by it is not paused."""
        return fast_replace(self.demand, hold=Hold.LATER, reason=message(code, **values))

    @property
    def minimum(self) -> Mapping[str, float]:
        """The minimum of its demand as a value of a message, in the unit of its load."""
        return self.load.in_own_unit(min_a=self.demand.min_a)

    @property
    def is_paused(self) -> bool:
        """Whether a limit has paused the load."""
        return self.past.patience.paused_s != NEVER_S

    @property
    def is_paused_by_energy_limit(self) -> bool:
        """Whether the limit that paused it last is one on energy, such as a tariff's."""
        return any(c.tolerates_s is not None and c.name == self.past.patience.paused_by for c in self.over)

    @property
    def budget_short_s(self) -> float:
        """How long the budget of a running load has been short of its minimum [s]; 0 if it was not before this step."""
        since_s = self.past.patience.budget_short_since_s
        return 0.0 if since_s is None else self.now_s - since_s

    @property
    def minimum_on_left_s(self) -> float:
        """How long a switched load still has to stay on [s]; 0 or less for not at all."""
        return self.past.timing.switched_s + self.load.min_on_s - self.now_s if self.load.on_off else 0.0


HoldRule = Callable[[HoldContext], Demand | None]
"""Returns the demand with a hold and its reason, None where the rule does not apply."""


def is_running(demand: Demand, past: LoadMemory) -> bool:
    """Return whether a load has a demand above 0 and a setpoint above 0."""
    return demand.max_a > 0 and past.setpoint_a > 0


def apply_first_hold(rules: Sequence[HoldRule], context: HoldContext) -> Demand:
    """Return the demand with the hold and reason of the first rule that applies; unchanged where none does."""
    return next(filter(None, (rule(context) for rule in rules)), context.demand)
