"""What is installed: one grid connection and everything behind it. Frozen; made by `read_config`, never changed.

Live entities of CONFIG are already numbers here: a changed live value makes a new Site.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from itertools import combinations
from typing import Annotated, Any, Literal, TypeVar

from .by_time import ByTime, TimeTable
from .electrics import Phase, Wire, watts
from .equipment import Battery, Circuit, Inverter, Source, Tariff, merge_inverters, sum_or_none
from .load import MAY_BE_SUNNY, Load
from .numbers import Span
from .orders import ExportLimit
from .records import fast_replace
from .vehicle import Vehicle

Derived = TypeVar("Derived")

MAIN = "main"
"""Name of the root circuit: the main fuse."""


@lru_cache
def slug(name: str) -> str:
    """Return a name in lower case with one underscore for each run of other characters than ASCII letters and digits.

    None at its ends; "" if nothing is left. Other letters are such characters too, unlike in Home Assistant: "Wärme" ->
    "w_rme".
    """
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower())
    return "_".join(plain.split())


def letters_and_digits(text: str) -> str:
    """Return a text for comparison, in lower case: devices write a word with other separators, and in either case."""
    return "".join(letter for letter in text.lower() if letter.isalnum())


class Distribution(StrEnum):
    """How loads of one urgency share what is left above the minimums."""

    SHARED = "shared"
    PRIORITY = "priority"
    OPTIMIZED = "optimized"
    STRICT = "strict"


@dataclass(frozen=True)
class Site:
    """One grid connection and everything behind it."""

    voltage_v: float
    """The voltage of each phase against neutral [V]."""
    phases: tuple[Phase, ...]
    """The phases that it has."""
    circuits: tuple[Circuit, ...]
    """The main fuse first, every parent before its children."""
    loads: tuple[Load, ...]
    """In the order of CONFIG."""
    max_import_w: Annotated[ByTime | None, Span("W", 0, 1e6)] = None
    """The contract's import limit [W], which may depend on the time; None for no limit."""
    imbalance_max_a: Annotated[float | None, Span("A", 1, 1000)] = None
    """By how much our loads on one phase may exceed those on another [A], None for no limit."""
    distribution: Distribution = Distribution.PRIORITY
    """How loads of one urgency share."""
    netting: Literal["per_phase", "sum"] = "per_phase"
    """Whether the meter counts each phase by itself (`per_phase`) or their sum (`sum`)."""
    excess_threshold_w: Annotated[float, Span("W", 0, 1e6)] = 13000
    """The export above which mode `excess` may use power [W]."""
    margin_a: Annotated[float, Span("A", 0, 50)] = 0.5
    """The current left free under every fuse [A]."""
    stale_after_s: Annotated[float, Span("s", 1, 3600)] = 30
    """The age above which a reading is stale [s]."""
    failsafe_after_s: Annotated[float, Span("s", 1, 3600)] = 60
    """The age of a reading above which loads go to their fail-safe currents [s]."""
    dry_run: bool = False
    """Whether commands are only computed and not sent."""
    controls: bool = True
    """Whether the site has controls of its own over MQTT and in the package."""
    proving: frozenset[str] = frozenset()
    """Circuits under a wiring test: a constant meter is not taken for stuck there."""
    tested: str | None = None
    """The load that a wiring test changes now, "" between two loads; None without a test."""
    currency: str = "EUR"
    """The currency of prices."""
    discovery_prefix: str | None = None
    """The MQTT topic of Home Assistant's discovery, None where no devices are published."""
    solar_w: Source | None = None
    """The power of the solar panels."""
    inverters: tuple[Inverter, ...] = (Inverter(),)
    """At least one, without limits where CONFIG has none."""
    batteries: tuple[Battery, ...] = ()
    """In the order of CONFIG."""
    export: ExportLimit | None = None
    """The limit on export, None for no limit."""
    may_export_w: float = 0.0
    """How much may be exported now [W]; infinite while no limit counts and no inverter is held back."""
    island: bool = False
    """Whether the grid is gone now; always for a site that has none."""
    has_grid: bool = True
    """Whether it is ever connected to a grid."""
    vehicles: Mapping[str, Vehicle] = field(default_factory=dict)
    """Name -> car, those of CONFIG."""
    tariff: Tariff | None = None
    """None without a tariff for peaks or power."""
    has_generation: bool = field(default=False, compare=False)
    """Whether power may be exported, so that a phase's own use may be negative. No change of a mode ends that."""
    inverter: Inverter = field(init=False, compare=False, repr=False)
    """All inverters as one."""
    by_name: Mapping[str, Load] = field(init=False, compare=False, repr=False)
    """Name -> load."""
    has_groups: bool = field(init=False, compare=False)
    """Whether any load belongs to a group."""
    phase_weights: Mapping[tuple[Phase, ...], Mapping[str, float]] = field(init=False, compare=False, repr=False)
    """Set of phases -> load -> number of its phases among them."""
    behind: Mapping[Wire, Mapping[str, float]] = field(init=False, compare=False, repr=False)
    """(circuit, phase) -> the loads fed through it, each with weight 1."""
    wires: frozenset[Wire] = field(init=False, compare=False, repr=False)
    """(circuit, phase) of every phase of a load."""
    paths: Mapping[str, tuple[Circuit, ...]] = field(init=False, compare=False, repr=False)
    """Name of a circuit -> the circuit and all that feed it, up to the main fuse."""
    derived: dict[object, Any] = field(init=False, compare=False, repr=False)
    """Cache of values computed from this site alone, by key; valid because a site never changes."""

    def __post_init__(self) -> None:
        """Compute the fields that every step needs several times, from the site's other fields.

        Something generates if there is a measure of sun, a battery, an inverter, or a load that may wait for sun.
        """
        generates = (
            self.has_generation
            or self.measures_sun
            or self.batteries
            or any(each != Inverter() for each in self.inverters)
            or any(load.can.uses_surplus or load.mode in MAY_BE_SUNNY for load in self.loads)
        )
        choices = [choice for count in range(1, len(Phase) + 1) for choice in combinations(self.phases, count)]
        weights = {choice: self._weights(self.loads, choice) for choice in choices}
        paths: dict[str | None, tuple[Circuit, ...]] = {None: ()}
        for circuit in self.circuits:
            paths[circuit.name] = (circuit, *paths[circuit.parent])
        object.__setattr__(self, "paths", paths)
        wires = [(circuit.name, phase) for circuit in self.circuits for phase in self.phases]
        behind = {(name, phase): self._weights(self.loads_below(name), (phase,)) for name, phase in wires}
        object.__setattr__(self, "inverter", merge_inverters(self.inverters))
        object.__setattr__(self, "has_generation", bool(generates))
        object.__setattr__(self, "by_name", {load.name: load for load in self.loads})
        object.__setattr__(self, "has_groups", any(load.group is not None for load in self.loads))
        object.__setattr__(self, "phase_weights", weights)
        object.__setattr__(self, "behind", behind)
        object.__setattr__(self, "wires", frozenset((load.circuit, p) for load in self.loads for p in load.phases))
        object.__setattr__(self, "derived", {})

    def with_only_phases(self, only: tuple[Phase | None, ...]) -> Site:
        """Return the site in which each load with a phase in `only` has that one; cached. None: all of its phases.

        `only` is in the order of the loads; the site itself where it has no phase.
        """

        def narrow() -> Site:
            """Return it as a new site."""
            pairs = zip(self.loads, only, strict=True)
            loads = tuple(load if phase is None else fast_replace(load, phases=(phase,)) for load, phase in pairs)
            return replace(self, loads=loads)

        return self if only.count(None) == len(only) else self.derive(("narrowed", only), narrow)

    def derive(self, key: object, compute: Callable[[], Derived]) -> Derived:
        """Return a value that depends on this site alone, computed once for a key."""
        if key not in self.derived:
            self.derived[key] = compute()
        found: Derived = self.derived[key]
        return found

    @staticmethod
    def _weights(loads: tuple[Load, ...], choice: tuple[Phase, ...]) -> Mapping[str, float]:
        """Return load -> number of its phases in `choice`, for loads with any."""
        counts = {load.name: float(sum(phase in choice for phase in load.phases)) for load in loads}
        return {name: count for name, count in counts.items() if count}

    @property
    def measures_sun(self) -> bool:
        """Whether the power of the panels is measured; then an inverter without a sensor has none."""
        return self.solar_w is not None or any(each.solar_w is not None for each in self.inverters)

    def import_limit_w(self, wall_s: float) -> float | None:
        """Return the contract's import limit at a time of the wall clock [W]; None for no limit then."""
        limit = self.max_import_w
        found = limit.at(wall_s) if isinstance(limit, TimeTable) else limit
        return None if found == math.inf else found

    def inverter_most_w(self, phase: Phase) -> float | None:
        """Return what all inverters may deliver to a phase [W], None where that of one is unknown."""
        return sum_or_none(each.most_w(phase) for each in self.inverters)

    def inverter_of(self, battery: int) -> int:
        """Return the place of a battery's inverter: the one CONFIG names, else its own place, at most the last."""
        named = self.batteries[battery].inverter
        return min(battery if named is None else named, len(self.inverters) - 1)

    def with_loads(self, changed: Mapping[str, Load]) -> Site:
        """Return the site with these loads, by their names, in place of its own; the same site without any."""
        if not changed:
            return self
        return replace(self, loads=tuple(changed.get(load.name, load) for load in self.loads))

    def may_feed(self, inverter: Inverter, circuit: str) -> bool:
        """Return whether an inverter may feed through a circuit: that feeds its own circuit, or its own is unknown."""
        return inverter.circuit is None or circuit in {each.name for each in self.above(inverter.circuit)}

    @property
    def throttles(self) -> bool:
        """Whether its inverter is held back when the house takes nothing more.

        By CONFIG, else while the export is limited.
        """
        stated = self.inverter.throttles
        return self.export is not None and self.may_export_w < math.inf if stated is None else stated

    @property
    def held_export_w(self) -> float:
        """The export beyond which inverters hold back sun [W]: the limit on export in force, 0 without one."""
        return self.may_export_w if self.may_export_w < math.inf else 0.0

    @property
    def hides_sun(self) -> bool:
        """Whether sun may be hidden from the meter: an inverter is held back, and its export starts no load.

        By CONFIG; else where less may be exported than the load needs that starts with most.
        """
        if not self.throttles or self.inverter.throttles:
            return self.throttles
        start_a = max((load.min_a for load in self.loads), default=0.0)
        return self.may_export_w < watts(start_a, self.voltage_v, len(self.phases))

    def circuit(self, name: str) -> Circuit:
        """Return the circuit of that name; KeyError when there is none."""
        return self.paths[name][0]

    def above(self, circuit: str) -> tuple[Circuit, ...]:
        """Return a circuit and all circuits that feed it, up to the main fuse; KeyError for an unknown name."""
        return self.paths[circuit]

    def loads_below(self, circuit: str) -> tuple[Load, ...]:
        """Return the loads on a circuit and on all circuits below it, in the order of CONFIG; empty for none."""
        inside = {each.name for each in self.circuits if any(above.name == circuit for above in self.paths[each.name])}
        return tuple(load for load in self.loads if load.circuit in inside)
