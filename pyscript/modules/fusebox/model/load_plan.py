"""What is wished of a load beside its mode: energy by a time, as cheap as that goes; and the car that it charges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from .durations import DAY_S, WEEKDAYS
from .numbers import Span


def is_week(times_s: tuple[int | None, ...]) -> bool:
    """Whether these are a time of day, or None, for each day of a week."""
    return len(times_s) == len(WEEKDAYS) and all(time_s is None or 0 <= time_s <= DAY_S for time_s in times_s)


ReadyBy = Annotated[tuple[int | None, ...], is_week] | str | None
"""Monday to Sunday the time of day [s after midnight], None for a day without; or one date and time as a text.

None as long as the entity that tells it has told nothing.
"""


@dataclass(frozen=True, slots=True)
class LoadPlan:
    """A plan as CONFIG or a service says it."""

    ready_by: ReadyBy
    """When it is to be done."""
    energy_kwh: Annotated[float | None, Span("kWh", 0, 1000)] = None
    """What it is to take until then [kWh]."""
    soc_target_pct: Annotated[float | None, Span("%", 1, 100)] = None
    """Or the state of charge that its car is to have [%]."""
    hours: Annotated[float | None, Span("h", 0.25, 24)] = None
    """Or how long it is to run [h]."""
    min_soc_pct: Annotated[float | None, Span("%", 0, 100)] = None
    """Below this it charges at once, whatever the price [%]; None for never."""
    max_price: Annotated[float | None, Span("", -1e6, 1e6)] = None
    """Nothing above this price per kWh but what the time left makes necessary; None for no limit."""
    finish: Literal["late", "early"] = "late"
    """Which of equal prices is taken: `late` or `early`."""
    min_block_min: Annotated[float, Span("min", 0, 720)] = 15
    """It runs for so long at least, once it runs [min]."""

    @property
    def amount(self) -> float | None:
        """How much is wanted, in kWh, % or h, as it is told."""
        return next((each for each in (self.hours, self.energy_kwh, self.soc_target_pct) if each is not None), None)


@dataclass(frozen=True, slots=True)
class Vehicle:
    """The car that a charger usually charges."""

    soc_pct: str | None = None
    """The entity of its state of charge, None where nothing tells it."""
    capacity_kwh: Annotated[float | None, Span("kWh", 1, 1000)] = None
    """What its battery holds [kWh], None where that is not known."""
    efficiency: Annotated[float, Span("", 0.5, 1)] = 0.9
    """How much of what it takes from the wire gets there."""


ANY_VEHICLE = Vehicle()
"""One of which nothing is known."""
