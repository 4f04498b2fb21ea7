"""What a site is made of beside its loads: circuits, battery, inverter, tariff. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .electrics import Phase
from .source import Source


class FuseType(StrEnum):
    """Which thermal budget a fuse has."""

    B = "B"
    C = "C"
    GG = "gG"
    LINKY = "linky"


@dataclass(frozen=True, slots=True)
class Circuit:
    """A wire with a fuse [A per phase] and a parent; the root is the main fuse. `grid` is its own meter, if any."""

    name: str
    fuse_a: float
    parent: str | None = None
    fuse_type: FuseType = FuseType.B
    grid: Mapping[Phase, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Battery:
    """The home battery. `charge_w` is + when charging."""

    soc_pct: Source
    charge_w: Source
    soc_min_pct: float = 20
    soc_target_pct: float = 80
    hysteresis_pct: float = 3
    max_charge_w: float = 5000
    max_discharge_w: float = 5000
    allow_grid_charging: bool = True
    reserve_w: float | None = None
    sunset_rule: bool = True


@dataclass(frozen=True, slots=True)
class Inverter:
    """Limits of the solar inverter [W]; `output` is its measured current or power a phase."""

    max_w: float | None = None
    max_w_per_phase: float | None = None
    asymmetric: bool = False
    wiring: str = "parallel"
    output: Mapping[Phase, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Tariff:
    """A tariff that bills peaks; `kind` says which rules. Entities are ids, None where there is none.

    `hours` of the day, `weekdays` (1 is Monday) and `months` that count, None for all.
    """

    kind: str
    demand_kw: str | None = None
    month_peak_kw: str | None = None
    target_kw: float = 4.0
    minimum_kw: float = 2.5
    price_per_kw_year: float | None = None
    hours: tuple[int, ...] | None = None
    weekdays: tuple[int, ...] | None = None
    months: tuple[int, ...] | None = None
    night_factor: float | None = None
    dim: str | None = None
