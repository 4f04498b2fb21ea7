"""How CONFIG lets Fusebox hold a battery, charge it from the grid, and limit the export of an inverter."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from .by_time import ByTime, value_at
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


LimitedPower = Literal["export", "output"]
"""What a number limits: what is exported, or all that an inverter delivers."""


@dataclass(frozen=True, slots=True)
class Curtail:
    """The number entity that limits the inverter."""

    entity: str
    """Its entity id."""
    unit: Literal["W", "%"] = "W"
    """What the number counts; a number in kW is `W` too."""
    of_w: Annotated[float | None, Span("W", 1, 1e6)] = None
    """What 100 % of it are [W], None for a number in W."""
    normal: Annotated[float | None, Span("", 0, 1e6)] = None
    """What it is set back to where it never displayed a value, in its own unit; None: such a number is never set."""
    limits: LimitedPower = "export"
    """Whether it limits what is exported, or all that the inverter delivers."""


@dataclass(frozen=True, slots=True)
class ExportLimit:
    """The limit on export."""

    max_w: ByTime | None = 0
    """The highest export, summed over the phases [W]; None while its entity is not known: no limit."""
    when_price_below: Annotated[ByTime | None, Span("", -1e6, 1e6)] = None
    """The limit counts only while a kWh of export earns less than this; None: always."""
    curtail: tuple[Curtail, ...] = ()
    """How each inverter is held back, in the order of the inverters; empty for not at all."""

    def shares_w(self, most_w: float, sizes_w: Sequence[float | None]) -> Sequence[tuple[Curtail, float]]:
        """Return each number with its part of what may be exported or delivered in all [W].

        One that limits the export has all of `most_w`, because it counts at the grid. Outputs are shared by size,
        equally while any size is unknown or all are 0: `of_w` of the number, else the entry of `sizes_w` (the highest
        outputs of the inverters, in the same order).
        """
        given = [*sizes_w, *[None] * len(self.curtail)]
        sizes = [each.of_w or size_w for each, size_w in zip(self.curtail, given, strict=False)]
        known = [1.0 if None in sizes or not any(sizes) else size or 0.0 for size in sizes]
        return [
            (each, most_w if each.limits == "export" else most_w * size / sum(known))
            for each, size in zip(self.curtail, known, strict=True)
        ]

    def most_w(self, at_s: float, price: float | None, ahead: Callable[[float], float]) -> float | None:
        """Return how much may be exported at an instant [W], None for no limit.

        With `when_price_below` there is none at another or an unknown `price` (what a kWh of export earns then).
        `ahead`: how far the wall clock is ahead of UTC.
        """
        if self.max_w is None:
            return None
        below = self.when_price_below
        if below is not None and (price is None or price >= value_at(below, at_s, ahead)):
            return None
        most_w = value_at(self.max_w, at_s, ahead)
        return None if most_w == math.inf else most_w
