"""The parts of a site other than its loads: circuits, battery, inverter, tariff, and the sources of their readings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum, StrEnum, auto
from typing import Annotated, Literal

from .by_time import ByTime
from .electrics import Phase
from .numbers import Span
from .orders import NO_ORDERS, BatteryOrders


@dataclass(frozen=True, slots=True)
class Source:
    """Where one measured quantity comes from: one signed entity, or an import and an export entity."""

    entity: str | None = None
    """The signed entity."""
    import_entity: str | None = None
    """The entity of the import."""
    export_entity: str | None = None
    """The entity of the export."""
    unit: str | None = None
    """Its unit where the entity has none; one that contradicts the entity's own is a mistake."""
    unit_is_wrong: bool = False
    """Whether `unit` counts in place of the entity's own, which is wrong."""
    invert: bool = False
    """Whether its sign is reversed, for a clamp mounted the wrong way round."""
    heartbeat: bool = True
    """False for an entity that reports only on change, so that its age is no evidence."""

    @property
    def entities(self) -> tuple[str, ...]:
        """The entity ids behind this source, in reading order."""
        return tuple(e for e in (self.entity, self.import_entity, self.export_entity) if e is not None)


OPENS_IN_A_MINUTE_RATIO = 2.55
"""Every breaker opens within a minute above this multiple of its rating (IEC 60898-1)."""


class FuseType(StrEnum):
    """The type of a fuse, which determines its thermal budget."""

    B = "B"
    C = "C"
    GG = "gG"
    LINKY = "linky"


@dataclass(frozen=True, slots=True)
class Circuit:
    """A wire with a fuse; the one without a parent is the main fuse."""

    name: str
    """The name that loads and other circuits use for it."""
    fuse_a: float
    """The rating of its fuse on each phase [A]."""
    parent: str | None = None
    """The circuit that feeds it, None for the main fuse."""
    fuse_type: FuseType = FuseType.B
    """Which thermal budget it has."""
    grid: Mapping[Phase, Source] = field(default_factory=dict)
    """Phase -> its own meter there; empty for none."""


MOST_INVERTERS = 32
"""Places in a list of inverters; no home has as many. Chosen."""


@dataclass(frozen=True, slots=True)
class Battery:
    """One home battery."""

    soc_pct: Source
    """Its state of charge [%]."""
    charge_w: Source
    """Its power [W, + = charging]."""
    soc_min_pct: Annotated[float, Span("%", 0, 100)] = 20
    """The battery counts as empty at this state of charge [%]."""
    soc_target_pct: Annotated[float, Span("%", 0, 100)] = 80
    """The battery charges before loads on the sun, up to this state of charge [%]."""
    hysteresis_pct: Annotated[float, Span("%", 0, 50)] = 3
    """A threshold that was passed is left only this far away from it [%]."""
    max_charge_w: Annotated[float, Span("W", 0, 1e6)] = 5000
    """Its highest charging power [W]."""
    max_discharge_w: Annotated[float, Span("W", 0, 1e6)] = 5000
    """Its highest discharging power [W]."""
    allow_grid_charging: bool = True
    """Whether loads may use more than own power."""
    reserve_w: Annotated[float | None, Span("W", 0, 1e6)] = None
    """The part of the surplus reserved for it below its target [W], None for all that it can take."""
    sunset_rule: bool = True
    """Whether its energy does not count as surplus after sunset."""
    orders: BatteryOrders = NO_ORDERS
    """The commands that it accepts."""
    inverter: Annotated[int | None, Span("", 0, MOST_INVERTERS - 1)] = None
    """The place of its inverter in the list of them, from 0; None for the one at its own place, or the last."""
    place: str = "site.battery"
    """Its path in CONFIG."""


@dataclass(frozen=True, slots=True)
class Inverter:
    """One inverter, of solar panels, a battery or both; or several as one."""

    max_w: Annotated[float | None, Span("W", 0, 1e6)] = None
    """Its highest output over all phases [W], None where unknown."""
    max_w_per_phase: Annotated[float | None, Span("W", 0, 1e6)] = None
    """Its highest output on one phase [W], None where unknown."""
    asymmetric: bool = False
    """Whether it feeds each phase what that phase needs."""
    wiring: Literal["parallel", "series"] = "parallel"
    """Whether the loads are parallel to it, or behind it (`series`)."""
    throttles: bool | None = None
    """Whether it is held back when the house takes nothing more; None where only the site's export limit says so."""
    output: Mapping[Phase, Source] = field(default_factory=dict)
    """Phase -> its measured current or power there."""
    phases: tuple[Phase, ...] | None = None
    """The phases that it feeds, None for all."""
    solar_w: Source | None = None
    """The power of its own panels."""
    circuit: str | None = None
    """The circuit that it feeds into, None where unknown."""

    def feeds(self, phase: Phase) -> bool:
        """Return whether it feeds a phase."""
        return self.phases is None or phase in self.phases

    def share_of(self, phase: Phase, count: int) -> float:
        """Return the largest share of its power that it may deliver to a phase.

        1 for one that may load its phases differently, else an equal part of its phases (of the site's `count` if
        CONFIG names none); 0 for a phase that it does not feed.
        """
        if not self.feeds(phase):
            return 0.0
        return 1.0 if self.asymmetric else 1 / (len(self.phases) if self.phases else count)

    def most_w(self, phase: Phase) -> float | None:
        """Return its highest output on a phase [W]: 0 where it feeds nothing, None where unknown.

        This is `max_w_per_phase`; for an inverter on one phase only, also `max_w`.
        """
        if not self.feeds(phase):
            return 0.0
        is_alone = self.phases is not None and len(self.phases) == 1
        limits_w = [w for w in (self.max_w_per_phase, self.max_w if is_alone else None) if w is not None]
        return min(limits_w, default=None)

    def measures(self, phase: Phase) -> bool:
        """Return whether its output on a phase is known: measured, or nothing where it does not feed the phase."""
        return phase in self.output or (bool(self.output) and not self.feeds(phase))


def sum_or_none(parts: Iterable[float | None]) -> float | None:
    """Return the sum, None if one of the parts is unknown."""
    known = list(parts)
    return None if None in known else sum(part for part in known if part is not None)


def merge_inverters(inverters: Sequence[Inverter]) -> Inverter:
    """Return several inverters as one; one alone stays what it is.

    Its `max_w` is their sum, None if one is unknown. It is `asymmetric`, or measured on a phase, only if all are; it
    throttles if any does, which is unknown (None) if one of the others is. The wiring is that of the first. It has no
    limit per phase, panels, circuit or phases of its own, and its outputs name no entity.
    """
    if len(inverters) == 1:
        return inverters[0]
    throttles = [each.throttles for each in inverters]
    return Inverter(
        max_w=sum_or_none(each.max_w for each in inverters),
        asymmetric=all(each.asymmetric for each in inverters),
        wiring=inverters[0].wiring,
        throttles=True if True in throttles else None if None in throttles else False,
        output={p: Source() for p in Phase if all(each.measures(p) for each in inverters)},
    )


class LimitKind(Enum):
    """The quantity that a tariff limits."""

    WINDOWS = auto()
    """The mean import of each window of time."""

    POWER = auto()
    """The import at any moment; its meter tolerates more for a while."""

    DIMMABLE = auto()
    """The power of the controllable loads, while the grid operator dims."""


LIMITED: Mapping[str, LimitKind] = {"italy": LimitKind.POWER, "enwg14a": LimitKind.DIMMABLE}
"""Kind of tariff -> what it limits; a kind that is not here limits the mean import of windows."""


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff that bills peaks, or limits power."""

    kind: str
    """The name of its rules."""
    demand_kw: str | None = None
    """The entity of the meter's running demand, None for none."""
    month_peak_kw: str | None = None
    """The entity of the meter's own peak of the month, None for none."""
    target_kw: Annotated[ByTime, Span("kW", 0.1, 1000, strict=True)] = 4.0
    """The highest mean import of a window [kW]."""
    minimum_kw: Annotated[float, Span("kW", 0, 1000, strict=True)] = 2.5
    """The least peak that a month is billed for [kW]."""
    price_per_kw_year: Annotated[float | None, Span("", 0, 1e6)] = None
    """The price of a kilowatt for a year, None where unknown."""
    maximum_per_kwh: Annotated[float | None, Span("", 0, 1e6)] = None
    """The most that a month's peak costs for each kWh imported in that month, None without such a cap."""
    hours: tuple[int, ...] | None = None
    """The hours of the day that count, None for all."""
    weekdays: tuple[int, ...] | None = None
    """The days of the week that count, 1 is Monday; None for all."""
    months: tuple[int, ...] | None = None
    """The months that count, None for all."""
    night_factor: Annotated[float | None, Span("", 0, 1)] = None
    """The weight of a window by night (1 by day); None where both count alike."""
    dim: str | None = None
    """The entity of the grid operator's relay, None for none."""

    @property
    def limits(self) -> LimitKind:
        """The quantity that it limits."""
        return LIMITED.get(self.kind, LimitKind.WINDOWS)
