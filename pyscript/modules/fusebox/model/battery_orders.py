"""The commands that the home battery accepts, and its plan for charging from the grid."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from .load_plan import ReadyBy
from .numbers import Span


@dataclass(frozen=True, slots=True)
class BatteryCommand:
    """One way to command the battery: a switch, an option of a select, or a number."""

    entity: str
    active: str | float | None
    """The value that activates the command; None for a switch, and for a number that is set to the power."""
    normal: str | float | None
    """The value that returns the battery to its own logic; None for a switch."""
    power_w: str | None = None
    """The entity of a number that sets its charging power, None for none."""


@dataclass(frozen=True, slots=True)
class BatteryPlan:
    """When the battery begins to feed the house, and how full it may be charged from the grid until then."""

    ready_by: ReadyBy
    soc_target_pct: Annotated[float, Span("%", 1, 100)] = 100
    max_price: Annotated[float | None, Span("", -1e6, 1e6)] = None
    """The highest price per kWh at which it is charged, None for no limit but its use."""


@dataclass(frozen=True, slots=True)
class BatteryOrders:
    """All commands; one that CONFIG does not name (None) is never sent."""

    hold: BatteryCommand | None = None
    """Prevents discharging."""
    hold_while: tuple[str, ...] = ("standard", "planned", "boost")
    """Loads running from the grid in these ways must not discharge it."""
    charge_from_grid: BatteryCommand | None = None
    """Makes it charge from the grid."""
    plan: BatteryPlan | None = None
    """When it should be charged, None for never."""
    capacity_kwh: Annotated[float | None, Span("kWh", 0.5, 1000)] = None
    """Its capacity [kWh], None where unknown."""
    roundtrip: Annotated[float, Span("", 0.3, 1)] = 0.9
    """The share of charged energy that can be discharged."""

    @property
    def charging_power_entity(self) -> str | None:
        """The entity of the number that sets the charging power; None for none."""
        return None if self.charge_from_grid is None else self.charge_from_grid.power_w


NO_ORDERS = BatteryOrders()
"""No commands: the battery follows its own logic."""
