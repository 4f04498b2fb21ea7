"""What is remembered of how loads show up in the meters. Values only."""

from __future__ import annotations

from dataclasses import dataclass

from .electrics import PerPhase, Phase


@dataclass(frozen=True, slots=True)
class Sighting:
    """One change of a load's draw: on which phase CONFIG expects it, where it was seen, and how far both moved [A].

    `seen_a` against `moved_a` is a meter that counts the other way.
    """

    expected: Phase
    seen: Phase
    moved_a: float
    seen_a: float

    @property
    def turned(self) -> bool:
        """Whether the meter went the other way."""
        return self.moved_a * self.seen_a < 0

    @property
    def is_right(self) -> bool:
        """Whether it was seen where it was expected, and the right way round."""
        return self.expected is self.seen and not self.turned


@dataclass(frozen=True, slots=True)
class WiringMemory:
    """What a load's changes have shown.

    `phases`, `meters`: what CONFIG said then of the load's phases and of the meters' entities and signs; when it says
    otherwise, all is forgotten. `steady_a`, `steady_s`: its draw [A] and since when it is steady. `then_a`, `grid_a`,
    `beside_a`: the last steady draw that the meters have shown, what they showed, and what else could move them [A].
    `sightings`: the last ones.
    """

    phases: tuple[Phase, ...]
    meters: tuple[object, ...]
    steady_a: PerPhase | None = None
    steady_s: float = 0.0
    then_a: PerPhase | None = None
    grid_a: PerPhase = PerPhase()
    beside_a: tuple[float, ...] = ()
    sightings: tuple[Sighting, ...] = ()
