"""The plan of a load in addition to its mode, and the hours in which prices call upon it or block it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, NamedTuple

from .durations import DAY_S, WEEKDAYS
from .numbers import Span


def is_week(times_s: tuple[int | None, ...]) -> bool:
    """Return whether these are seven entries, each a time of day [s] or None."""
    return len(times_s) == len(WEEKDAYS) and all(time_s is None or 0 <= time_s <= DAY_S for time_s in times_s)


ReadyBy = Annotated[tuple[int | None, ...], is_week] | str | None
"""Monday to Sunday the time of day [s after midnight], None for a day without one; or one date and time as text.

None while the entity that provides it has no value.
"""


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """A plan from CONFIG or a service."""

    ready_by: ReadyBy = None
    """When the load has to be ready; None in a plan without an amount, which runs at or below its `max_price`."""
    energy_kwh: Annotated[float | None, Span("kWh", 0, 1000)] = None
    """The energy it should take until then [kWh]; None for another amount."""
    soc_target_pct: Annotated[float | None, Span("%", 1, 100)] = None
    """The state of charge that its car should reach [%]; None for another amount."""
    hours: Annotated[float | None, Span("h", 0.25, 24)] = None
    """How long it should run [h]; None for another amount."""
    min_soc_pct: Annotated[float | None, Span("%", 0, 100)] = None
    """Below this state of charge it charges at once, at any price [%]; None for never."""
    max_price: Annotated[float | None, Span("", -1e6, 1e6)] = None
    """Above this price per kWh nothing runs before the latest start; None for no limit."""
    finish: Literal["late", "early"] = "late"
    """Which of equal prices is preferred: the `late` or the `early` one."""
    min_block_min: Annotated[float, Span("min", 0, 720)] = 15
    """The shortest run [min]."""

    @property
    def has_no_end(self) -> bool:
        """Whether it says neither when nor how much: its load runs whenever the price is at or below `max_price`."""
        return self.ready_by is None and self.amount is None

    @property
    def is_min_soc_only(self) -> bool:
        """Whether it is only about the least state of charge, as a car without another plan may have it."""
        return self.has_no_end and self.max_price is None and self.min_soc_pct is not None

    @property
    def amount(self) -> float | None:
        """The requested amount in its own unit (h, kWh or %), None for a plan that has none."""
        return next((each for each in (self.hours, self.energy_kwh, self.soc_target_pct) if each is not None), None)


@dataclass(frozen=True, slots=True)
class PriceHours:
    """The hours of each local day in which prices steer a load; 0 for none."""

    recommend_hours: Annotated[float, Span("h", 0, 24)] = 0.0
    """The cheapest hours, in which a heat pump is recommended to run and a tank heats to `boost_c` [h]."""
    block_hours: Annotated[float, Span("h", 0, 12)] = 0.0
    """The dearest hours, in which a heat pump is blocked [h]."""


@dataclass(frozen=True, slots=True)
class PriceSignal:
    """The signal by price for a load."""

    state: Literal["recommend", "block"]
    until_s: float
    """The end of the hours that call for it [s since 1970]."""


class PresentBlock(NamedTuple):
    """The block of its plan that a load is in."""

    due_s: float
    """The time of the plan [s since 1970]."""
    price: float
    """The present price [currency/kWh]."""
