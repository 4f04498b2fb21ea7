"""One random home: its equipment, its meter's behaviour and its residents. `home_of(seed)` draws it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from simhouse.physics.breaker import FuseType
from simhouse.physics.car import Car

Reach = Literal["local", "ocpp", "cloud"]
"""How commands reach a charger and its draw comes back; only the timing differs, protocols are not simulated."""

LENGTH_S = 3600
"""Simulated time of a home [s]."""

DAY = date(2026, 5, 12)


@dataclass(frozen=True)
class Meter:
    """How the grid meter reports."""

    every_s: int
    """Seconds between two readings."""

    delay_s: int
    """Age of a reading when it arrives [s]."""

    step_w: float
    """Readings are multiples of this [W]."""

    gaps_per_h: float
    """How often an hour it is unknown for a while."""


@dataclass(frozen=True)
class SubCircuit:
    """A circuit behind the main fuse or behind another circuit."""

    name: str
    fuse_a: float
    parent: str
    has_meter: bool


@dataclass(frozen=True)
class Box:
    """A charger and its car."""

    name: str
    phases: tuple[str, ...]
    circuit: str
    max_a: float
    reach: Reach
    has_draw: bool
    """Whether the charger reports its current."""

    car: Car
    switches_phases: bool = False
    """Whether it can switch between one phase and three."""


@dataclass(frozen=True)
class SwitchedLoad:
    """An on/off load: a plug, a hot-water tank or an SG-Ready heat pump."""

    name: str
    type: Literal["plug", "tank", "sg_ready"]
    phases: tuple[str, ...]
    circuit: str
    rated_w: float
    has_power: bool
    """Whether it has a power sensor."""


@dataclass(frozen=True)
class Bidirectional:
    """A Quasar behind its guard, on one phase of the main fuse, and what its controller requests."""

    name: str
    phase: str
    most_w: float
    """Its highest power in either direction [W]."""

    soc_pct: float
    """State of charge of its car at the beginning."""

    plan: tuple[tuple[int, int], ...]
    """(from which second, requested power [W], + = charging), in order."""

    def requested_w(self, t_s: int) -> int:
        """Return the power that its controller requests in a second [W], 0 before the first."""
        return next((power_w for from_s, power_w in reversed(self.plan) if from_s <= t_s), 0)


@dataclass(frozen=True)
class Heating:
    """Electric radiators in turn, on one phase of the main fuse."""

    name: str
    phase: str
    count: int
    rated_w: float
    """Rated power of each [W]."""


@dataclass(frozen=True)
class InWatts:
    """A load in watts, on one phase of the main fuse: a heating element behind a power controller."""

    name: str
    phase: str
    most_w: float
    """The power of its element [W]."""


@dataclass(frozen=True)
class Home:
    """A home and its simulated hours."""

    seed: int
    phases: tuple[str, ...]
    fuse_a: float
    fuse_type: FuseType
    circuits: tuple[SubCircuit, ...]
    boxes: tuple[Box, ...]
    switched: tuple[SwitchedLoad, ...]
    meter: Meter
    start_hour: float
    """Local time at which the hour begins."""

    busyness: float
    """Runs of appliances, as a multiple of an average household's."""

    solar_peak_w: float
    """Peak power of the panels [W], 0 without panels."""

    battery_kwh: float
    """Capacity of the battery [kWh], 0 without one."""

    length_s: int = LENGTH_S
    """Simulated time [s]."""

    day: date = DAY
    """The day of the year, for the sun."""

    mode: str = ""
    """The mode of its loads that run on the sun; "" for the default of each type."""

    site: Mapping[str, Any] = field(default_factory=dict)
    """Keys of CONFIG's `site` that do not follow from the home."""

    quasar: Bidirectional | None = None
    heating: Heating | None = None
    in_watts: InWatts | None = None

    @property
    def kind(self) -> str:
        """Its group in statistics: phases, number of cars, and whether the meter is slow."""
        cars = {0: "no car", 1: "one car"}.get(len(self.boxes), "cars")
        meter = "slow meter" if self.meter.every_s + self.meter.delay_s >= 5 else "fast meter"
        return f"{len(self.phases)} phase{'s' if len(self.phases) > 1 else ''}, {cars}, {meter}"

    @property
    def known_to_peers(self) -> bool:
        """Whether other controllers can run it completely: it has a main fuse and chargers and nothing else."""
        rare = (self.quasar, self.heating, self.in_watts)
        switch = any(box.switches_phases for box in self.boxes)
        return not self.circuits and not self.switched and rare == (None, None, None) and not switch
