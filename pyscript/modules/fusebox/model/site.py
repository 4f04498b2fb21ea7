"""What is installed: one connection to the street and all behind it. Frozen; made by `read_config`, never changed.

Live entities of CONFIG are already numbers here: a changed live value makes a new Site.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from typing import Annotated, Any, Literal

from .electrics import Phase
from .equipment import Battery, Circuit, Inverter, Source, Tariff
from .load import MAY_BE_SUNNY, Load
from .numbers import Span

MAIN = "main"
"""Name of the root circuit: the main fuse."""


def slug(name: str) -> str:
    """A name as Home Assistant writes it in an entity id: lower case, one underscore for all that is no letter."""
    plain = "".join(letter if letter.isascii() and letter.isalnum() else " " for letter in name.lower())
    return "_".join(plain.split())


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
    """Of each phase against neutral [V]."""
    phases: tuple[Phase, ...]
    """The phases that it has."""
    circuits: tuple[Circuit, ...]
    """The main fuse first, every parent before its children."""
    loads: tuple[Load, ...]
    """In the order of CONFIG."""
    max_import_w: Annotated[float | None, Span("W", 0, 1e6)] = None
    """What the contract lets it take [W], None for no limit."""
    imbalance_max_a: Annotated[float | None, Span("A", 1, 1000)] = None
    """How much more our loads may take on one phase than on another [A], None for no limit."""
    distribution: Distribution = Distribution.PRIORITY
    """How loads of one urgency share."""
    netting: Literal["per_phase", "sum"] = "per_phase"
    """Whether the meter counts each phase by itself (`per_phase`) or their sum (`sum`)."""
    excess_threshold_w: Annotated[float, Span("W", 0, 1e6)] = 13000
    """Mode `excess` begins where so much is exported [W]."""
    margin_a: Annotated[float, Span("A", 0, 50)] = 0.5
    """What is kept free under every fuse [A]."""
    stale_after_s: Annotated[float, Span("s", 1, 3600)] = 30
    """A reading counts as late after so long [s]."""
    failsafe_after_s: Annotated[float, Span("s", 1, 3600)] = 60
    """Loads go to their fail-safe currents after so long without one [s]."""
    dry_run: bool = False
    """Whether nothing is commanded."""
    proving: frozenset[str] = frozenset()
    """The circuits whose meters a test looks into: one that stands still is not taken for stuck meanwhile."""
    tested: str | None = None
    """The load that a test of the wiring moves now, "" between two of them; None while there is no test."""
    currency: str = "EUR"
    """What prices are told in."""
    discovery_prefix: str | None = None
    """Under which MQTT topic Home Assistant looks for devices, None where none are shown there."""
    solar_w: Source | None = None
    """What the panels make."""
    inverter: Inverter = Inverter()
    """None of its limits where CONFIG says nothing of it."""
    battery: Battery | None = None
    """None where there is none."""
    tariff: Tariff | None = None
    """None where no peaks are billed."""
    has_generation: bool = field(init=False, compare=False)
    """Whether power may flow out of the house; then a phase's own use may be below zero."""
    by_name: Mapping[str, Load] = field(init=False, compare=False, repr=False)
    """Name -> load."""
    lines: Mapping[tuple[Phase, ...], Mapping[str, float]] = field(init=False, compare=False, repr=False)
    """Choice of phases -> load -> how many of its lines are among them."""
    behind: Mapping[tuple[str, Phase], Mapping[str, float]] = field(init=False, compare=False, repr=False)
    """Circuit and phase -> the loads that are fed through it, each with weight 1."""
    wires: frozenset[tuple[str, Phase]] = field(init=False, compare=False, repr=False)
    """Circuit and phase of every line of a load."""
    derived: dict[object, Any] = field(init=False, compare=False, repr=False)
    """What follows from this site alone, by what it was asked for: worked out once, for a site never changes."""

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
        object.__setattr__(self, "by_name", {load.name: load for load in self.loads})
        object.__setattr__(self, "lines", lines)
        object.__setattr__(self, "behind", behind)
        object.__setattr__(self, "wires", frozenset((load.circuit, p) for load in self.loads for p in load.phases))
        object.__setattr__(self, "derived", {})

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
