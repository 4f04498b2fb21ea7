"""A car, and what counts for a guest: a car that is not in CONFIG. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

from .load_plan import LoadPlan
from .numbers import Span

GUEST: Final = "guest"
"""The name of a car that was not recognised."""


@dataclass(frozen=True, slots=True)
class Vehicle:
    """The car at a charger: one of CONFIG's `vehicles`, a guest, or the one that the charger's own keys describe."""

    soc_pct: str | None = None
    """The entity of its state of charge, None for none."""
    capacity_kwh: Annotated[float | None, Span("kWh", 1, 1000)] = None
    """The capacity of its battery [kWh], None where unknown."""
    efficiency: Annotated[float, Span("", 0.5, 1)] = 0.9
    """The share of energy from the wire that reaches its battery."""
    name: str | None = None
    """Its name in CONFIG, `GUEST`, or None: the car of the charger's own keys, or one that is not recognised yet."""
    plugged: str | None = None
    """The entity that is on while it is plugged in anywhere, None for none."""
    tags: tuple[str, ...] = ()
    """The tags that it is charged with."""
    phases: Annotated[int | None, Span("", 1, 3)] = None
    """On how many phases it charges, None where unknown."""
    max_a: Annotated[float | None, Span("A", 6, 125)] = None
    """The highest current that it may be offered on each phase [A], None for the charger's."""
    min_soc_pct: Annotated[float | None, Span("%", 0, 100)] = None
    """Below this state of charge it charges at once [%]; None for never."""
    plan: LoadPlan | None = None
    """Its own plan, which goes before the charger's; None for none."""

    @property
    def is_known(self) -> bool:
        """Whether it is one of CONFIG's `vehicles`."""
        return self.name not in (None, GUEST)


ANY_VEHICLE = Vehicle()
"""A car of which nothing is known."""


@dataclass(frozen=True, slots=True)
class Guest:
    """What counts at a charger for a car that was not recognised."""

    energy_kwh: Annotated[float | None, Span("kWh", 0, 1000)] = None
    """The energy at which its session stops [kWh], None or 0 for the charger's limit."""
    plan: LoadPlan | None = None
    """Its plan, None for none: the charger's own does not count for it."""


NO_TERMS = Guest()
