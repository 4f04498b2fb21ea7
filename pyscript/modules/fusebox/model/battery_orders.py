"""What the home battery may be told, and what is wished of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from .load_plan import ReadyBy
from .numbers import Span


@dataclass(frozen=True, slots=True)
class Order:
    """One way to tell it something: a switch, an option of a select, or a number."""

    entity: str
    active: str | float | None
    """What the entity is set to then; of a switch None, of a number None for the power itself."""
    normal: str | float | None
    """What gives it back to its own logic; of a switch None."""
    power_w: str | None = None
    """A number that tells how fast it charges, None where nothing does."""


@dataclass(frozen=True, slots=True)
class BatteryPlan:
    """From when on it is to feed the house, and how full it may be charged from the grid until then."""

    ready_by: ReadyBy
    soc_target_pct: Annotated[float, Span("%", 1, 100)] = 100
    max_price: Annotated[float | None, Span("", -1e6, 1e6)] = None
    """It is charged for no more per kWh, None for no limit but its use."""


@dataclass(frozen=True, slots=True)
class BatteryOrders:
    """All of it, none of which is told where CONFIG names no way."""

    hold: Order | None = None
    """What keeps it from discharging."""
    hold_while: tuple[str, ...] = ("standard", "planned", "boost")
    """Loads that run from the grid in these ways must not empty it."""
    charge_from_grid: Order | None = None
    """What makes it charge from the grid."""
    plan: BatteryPlan | None = None
    """When that is to be done, None for never."""
    capacity_kwh: Annotated[float | None, Span("kWh", 0.5, 1000)] = None
    """What it holds [kWh], None where that is not known."""
    roundtrip: Annotated[float, Span("", 0.3, 1)] = 0.9
    """How much of what it takes it gives back."""

    @property
    def charging_power(self) -> str | None:
        """The number beside the order to charge that says how fast; None where there is none."""
        return None if self.charge_from_grid is None else self.charge_from_grid.power_w


NO_ORDERS = BatteryOrders()
"""It is left to its own logic."""
