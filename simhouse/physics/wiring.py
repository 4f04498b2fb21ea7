"""The circuits of a house: which loads are behind which breaker, and what a trip switches off."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .breaker import Breaker, Pole, breaker, step_pole

MAIN = "main"


@dataclass(frozen=True)
class Trip:
    """A breaker that opened: where, when [s], on which phase, at what current [A].

    `surely`: every breaker of its kind would have opened; otherwise only a sensitive one.
    """

    circuit: str
    phase: str
    at_s: float
    current_a: float
    surely: bool


@dataclass
class Circuit:
    """A wire with its breaker: one pole a phase; one trip opens all poles."""

    device: Breaker
    parent: str | None
    phases: tuple[str, ...]
    poles: dict[str, Pole] = field(default_factory=dict)
    trip: Trip | None = None

    def __post_init__(self) -> None:
        self.poles = {phase: Pole() for phase in self.phases}

    def carry(self, currents_a: Mapping[str, float], now_s: float, sluggish: bool) -> Trip | None:
        """Carry these currents for a second [A]; return the trip if it happens in this second, else None.

        A sensitive breaker opens at the earliest time that the standard permits, a `sluggish` one at the latest.
        """
        if self.trip is not None:
            return None
        for phase in self.phases:
            pole = step_pole(self.device, self.poles[phase], currents_a.get(phase, 0.0))
            self.poles[phase] = pole
            if pole.must_have_tripped if sluggish else pole.may_have_tripped:
                self.trip = Trip(self.device.name, phase, now_s, abs(currents_a[phase]), pole.must_have_tripped)
        return self.trip


def build_circuits(site: Mapping[str, Any], settings: Mapping[str, str], phases: tuple[str, ...]) -> dict[str, Circuit]:
    """Return every circuit of a CONFIG `site`, the main fuse first; `settings`: entity -> its state (a rating in A)."""
    rated = {MAIN: site["main_fuse_a"]} | {name: each["fuse_a"] for name, each in (site.get("circuits") or {}).items()}
    rated_a = {name: float(settings[a] if isinstance(a, str) else a) for name, a in rated.items()}
    circuits = {MAIN: Circuit(breaker(MAIN, rated_a[MAIN], site.get("fuse_type", "B")), None, phases)}
    for name, entry in (site.get("circuits") or {}).items():
        device = breaker(name, rated_a[name], entry.get("fuse_type", "B"))
        circuits[name] = Circuit(device, entry.get("parent", MAIN), phases)
    return circuits


def way_to_main(circuits: Mapping[str, Circuit], name: str) -> tuple[str, ...]:
    """Return the circuits from this one up to the main fuse, both included."""
    way: list[str] = []
    at: str | None = name
    while at is not None and at not in way:
        way.append(at)
        at = circuits[at].parent
    return tuple(way)
