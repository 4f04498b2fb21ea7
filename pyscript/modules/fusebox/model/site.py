"""What is installed: a site, its circuits and its loads. Frozen; made by `read_config`, never changed.

Live entities of CONFIG are already numbers here: a changed live value makes a new Site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations

from .electrics import Phase

MAIN = "main"
"""Name of the root circuit: the main fuse."""

QUASAR_LEAST_W = 1380
"""A Wallbox Quasar cannot modulate below this [W], either way: then it stops."""


def slug(name: str) -> str:
    """A name as Home Assistant writes it in an entity id: lower case, one underscore for all that is no letter."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower())
    return "_".join(plain.split())


class Mode(StrEnum):
    """How a load wants to be served; the names that users of chargers and plugs know."""

    STANDARD = "standard"
    CONTINUOUS = "continuous"
    SOLAR_PRIORITY = "solar_priority"
    SOLAR_ONLY = "solar_only"
    EXCESS = "excess"
    OFF = "off"
    NORMAL = "normal"
    BOOST = "boost"


class Distribution(StrEnum):
    """How loads of one urgency share what is left above the minimums."""

    SHARED = "shared"
    PRIORITY = "priority"
    OPTIMIZED = "optimized"
    STRICT = "strict"


class FuseType(StrEnum):
    """Which thermal budget a fuse has."""

    B = "B"
    C = "C"
    GG = "gG"
    LINKY = "linky"


@dataclass(frozen=True, slots=True)
class Source:
    """Where one measured quantity comes from: one signed entity, or an import and an export entity.

    `unit` overrides the entity's own; `invert` turns a clamp that was mounted the wrong way round; an entity
    without `heartbeat` reports only on change, so its age says nothing.
    """

    entity: str | None = None
    import_entity: str | None = None
    export_entity: str | None = None
    unit: str | None = None
    invert: bool = False
    heartbeat: bool = True

    @property
    def entities(self) -> tuple[str, ...]:
        """The entity ids behind this source, in reading order."""
        return tuple(e for e in (self.entity, self.import_entity, self.export_entity) if e is not None)


SOLAR_MODES = frozenset({Mode.SOLAR_PRIORITY, Mode.SOLAR_ONLY})
"""Modes that share the solar budget."""

MAY_BE_SUNNY = SOLAR_MODES | {Mode.EXCESS, Mode.BOOST}
"""Modes that nobody chooses without own production; who is boosted may have been in one of them a moment ago."""


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


@dataclass(frozen=True, slots=True)
class Capabilities:
    """What a type of load is beside amps between a minimum and a maximum. Thinking asks for these, never for a type."""

    by_signal: bool = False
    """It is told what it may do and no current; how long it waits before it does is its own affair."""

    keeps_heat: bool = False
    """What it needs depends on its temperature."""

    heat_pump: bool = False
    """A large one is dimmed to a share of its rating, not to a fixed power (paragraph 14a EnWG)."""

    discharges: bool = False
    """It can give power to the house."""

    uses_surplus: bool = False
    """It does something with a surplus in whatever mode, so what flows out has to be known."""

    slow_to_tell: bool = False
    """Whoever wants it off, too: its cloud bears one write in `min_write_s` and no more."""


PLAIN = Capabilities()

CAPABILITIES: Mapping[str, Capabilities] = {
    "quasar": Capabilities(discharges=True, uses_surplus=True),
    "sg_ready": Capabilities(by_signal=True, heat_pump=True, uses_surplus=True),
    "tank": Capabilities(keeps_heat=True),
    "wallbox": Capabilities(slow_to_tell=True),
}
"""Type of load -> what is special about it."""


@dataclass(frozen=True, slots=True)
class Load:
    """Something that may be slowed, paused or switched.

    `min_a` and `max_a` are amps on each of `phases`; a load that is only on or off has both at its rating.
    `device` holds what only this type's driver reads (entity ids, write interval, ...), by CONFIG's key.
    """

    name: str
    type: str
    circuit: str
    phases: tuple[Phase, ...]
    priority: int
    mode: Mode
    min_a: float
    max_a: float
    step_a: float = 0.1
    on_off: bool = False
    rated_w: float | None = None
    failsafe_a: float = 6
    pause_s: float = 180
    start_after_s: float = 60
    stop_after_s: float = 180
    min_on_s: float = 0
    min_off_s: float = 0
    max_starts_per_day: int | None = None
    device: Mapping[str, object] = field(default_factory=dict)

    @property
    def can(self) -> Capabilities:
        """What is special about loads of this type."""
        return CAPABILITIES.get(self.type, PLAIN)

    @property
    def is_switched(self) -> bool:
        """Whether it is no charger but something of a known rating that is switched."""
        return self.on_off or self.rated_w is not None

    @property
    def min_write_s(self) -> float:
        """How long the device is left alone after it was told something, but for cuts."""
        value = self.device.get("min_write_s")
        return float(value) if isinstance(value, int | float) else 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """One grid connection and everything behind it. Circuits: the root first, every parent before its children.

    `has_generation`: whether power may flow out of the house; then a phase's own use may be below zero. `lines`: for
    each choice of phases, load -> how many of its lines are among them; `behind`: for each circuit on each phase, the
    loads that are fed through it, each with weight 1.
    """

    voltage_v: float
    phases: tuple[Phase, ...]
    circuits: tuple[Circuit, ...]
    loads: tuple[Load, ...]
    max_import_w: float | None = None
    distribution: Distribution = Distribution.PRIORITY
    netting: str = "per_phase"
    excess_threshold_w: float = 13000
    margin_a: float = 0.5
    stale_after_s: float = 30
    failsafe_after_s: float = 60
    dry_run: bool = False
    solar_w: Source | None = None
    inverter: Inverter = Inverter()
    battery: Battery | None = None
    tariff: Tariff | None = None
    has_generation: bool = field(init=False, compare=False)
    lines: Mapping[tuple[Phase, ...], Mapping[str, float]] = field(init=False, compare=False, repr=False)
    behind: Mapping[tuple[str, Phase], Mapping[str, float]] = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Work out once what every step asks for several times."""
        generates = (
            self.solar_w is not None
            or self.battery is not None
            or self.inverter != Inverter()
            or any(load.can.uses_surplus or load.mode in MAY_BE_SUNNY for load in self.loads)
        )
        choices = [choice for count in range(1, len(Phase) + 1) for choice in combinations(self.phases, count)]
        lines = {choice: self._weights(self.loads, choice) for choice in choices}
        behind = {
            (circuit.name, phase): self._weights(self.loads_below(circuit.name), (phase,))
            for circuit in self.circuits
            for phase in self.phases
        }
        object.__setattr__(self, "has_generation", generates)
        object.__setattr__(self, "lines", lines)
        object.__setattr__(self, "behind", behind)

    @staticmethod
    def _weights(loads: tuple[Load, ...], choice: tuple[Phase, ...]) -> Mapping[str, float]:
        counts = {load.name: float(sum(phase in choice for phase in load.phases)) for load in loads}
        return {name: count for name, count in counts.items() if count}

    def circuit(self, name: str) -> Circuit:
        """The circuit of that name; KeyError when there is none."""
        for circuit in self.circuits:
            if circuit.name == name:
                return circuit
        raise KeyError(name)

    def above(self, circuit: str) -> Iterator[Circuit]:
        """A circuit and all that it is fed through, up to the main fuse."""
        name: str | None = circuit
        while name is not None:
            found = self.circuit(name)
            yield found
            name = found.parent

    def loads_below(self, circuit: str) -> tuple[Load, ...]:
        """The loads on a circuit and on all circuits under it."""
        inside = {circuit}
        for each in self.circuits:
            if each.parent in inside:
                inside.add(each.name)
        return tuple(load for load in self.loads if load.circuit in inside)
