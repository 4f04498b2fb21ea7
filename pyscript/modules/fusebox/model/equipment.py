"""What a site is made of beside its loads: circuits, battery, inverter, tariff, and where their readings come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import Annotated, Literal

from .battery_orders import NO_ORDERS, BatteryOrders
from .by_time import ByTime
from .electrics import Phase
from .numbers import Span


@dataclass(frozen=True, slots=True)
class Source:
    """Where one measured quantity comes from: one signed entity, or an import and an export entity."""

    entity: str | None = None
    """The signed one."""
    import_entity: str | None = None
    """What flows in."""
    export_entity: str | None = None
    """What flows out."""
    unit: str | None = None
    """Its unit where the entity has none; one that contradicts the entity's own is a mistake."""
    unit_is_wrong: bool = False
    """Whether `unit` counts in place of the entity's own, which is wrong."""
    invert: bool = False
    """Turns a clamp that was mounted the wrong way round."""
    heartbeat: bool = True
    """Without it the entity reports only on change, so its age says nothing."""

    @property
    def entities(self) -> tuple[str, ...]:
        """The entity ids behind this source, in reading order."""
        return tuple(e for e in (self.entity, self.import_entity, self.export_entity) if e is not None)


OPENS_IN_A_MINUTE_RATIO = 2.55
"""Every breaker opens within a minute above so many times its rating (IEC 60898-1)."""


class FuseType(StrEnum):
    """Which thermal budget a fuse has."""

    B = "B"
    C = "C"
    GG = "gG"
    LINKY = "linky"


@dataclass(frozen=True, slots=True)
class Circuit:
    """A wire with a fuse; the one without a parent is the main fuse."""

    name: str
    """By which loads and other circuits call it."""
    fuse_a: float
    """What its fuse is rated for on each phase [A]."""
    parent: str | None = None
    """The circuit that feeds it, None for the main fuse."""
    fuse_type: FuseType = FuseType.B
    """Which thermal budget it has."""
    grid: Mapping[Phase, Source] = field(default_factory=dict)
    """Phase -> its own meter there; empty where it has none."""


@dataclass(frozen=True, slots=True)
class Battery:
    """The home battery."""

    soc_pct: Source
    """Its state of charge [%]."""
    charge_w: Source
    """Its power [W, + = charging]."""
    soc_min_pct: Annotated[float, Span("%", 0, 100)] = 20
    """It is empty at this [%]."""
    soc_target_pct: Annotated[float, Span("%", 0, 100)] = 80
    """It is charged before loads on the sun are served, up to this [%]."""
    hysteresis_pct: Annotated[float, Span("%", 0, 50)] = 3
    """A threshold that was passed lets go so far away from it [%]."""
    max_charge_w: Annotated[float, Span("W", 0, 1e6)] = 5000
    """The most that it takes [W]."""
    max_discharge_w: Annotated[float, Span("W", 0, 1e6)] = 5000
    """The most that it gives [W]."""
    allow_grid_charging: bool = True
    """Whether loads may live on more than own power."""
    reserve_w: Annotated[float | None, Span("W", 0, 1e6)] = None
    """What it keeps of the surplus below its target [W], None for all that it can take."""
    sunset_rule: bool = True
    """Whether it counts as no surplus after sunset."""
    orders: BatteryOrders = NO_ORDERS
    """What it may be told."""


@dataclass(frozen=True, slots=True)
class Inverter:
    """The solar inverter."""

    max_w: Annotated[float | None, Span("W", 0, 1e6)] = None
    """The most that it gives in all [W], None where that is not known."""
    max_w_per_phase: Annotated[float | None, Span("W", 0, 1e6)] = None
    """The most that it gives on one phase [W], None where that is not known."""
    asymmetric: bool = False
    """Whether it gives each phase what that needs."""
    wiring: Literal["parallel", "series"] = "parallel"
    """Whether the loads are beside it (`parallel`) or behind it."""
    output: Mapping[Phase, Source] = field(default_factory=dict)
    """Phase -> its measured current or power there."""


class Limited(Enum):
    """What of the import a tariff limits."""

    WINDOWS = auto()
    """The mean of each window of time."""

    POWER = auto()
    """All of it, at any moment; its meter bears more for a while."""

    DIMMABLE = auto()
    """What the controllable loads take, while the grid operator dims."""


LIMITED: Mapping[str, Limited] = {"italy": Limited.POWER, "enwg14a": Limited.DIMMABLE}
"""Kind of tariff -> what it limits, where that is no window."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff that bills peaks, or limits power."""

    kind: str
    """Which rules it has."""
    demand_kw: str | None = None
    """The entity of the meter's running demand, None for none."""
    month_peak_kw: str | None = None
    """The entity of the meter's own peak of the month, None for none."""
    target_kw: Annotated[ByTime, Span("kW", 0.1, 1000, strict=True)] = 4.0
    """The mean that a window is kept to [kW]."""
    minimum_kw: Annotated[float, Span("kW", 0, 1000, strict=True)] = 2.5
    """A month is billed with no less [kW]."""
    price_per_kw_year: Annotated[float | None, Span("", 0, 1e6)] = None
    """What a kilowatt costs in a year, None where that is not known."""
    hours: tuple[int, ...] | None = None
    """The hours of the day that count, None for all."""
    weekdays: tuple[int, ...] | None = None
    """The days of the week that count, 1 is Monday; None for all."""
    months: tuple[int, ...] | None = None
    """The months that count, None for all."""
    night_factor: Annotated[float | None, Span("", 0, 1)] = None
    """How much a window by night counts, beside 1 by day; None where both count alike."""
    dim: str | None = None
    """The entity of the grid operator's relay, None for none."""

    @property
    def limits(self) -> Limited:
        """What of the import it limits."""
        return LIMITED.get(self.kind, Limited.WINDOWS)
