"""What is remembered of how loads show up in the meters. Values only."""

from __future__ import annotations

from .electrics import PerPhase, Phase
from .records import record


@record
class Sighting:
    """One change of a load's draw; `seen_a` against `moved_a` is a meter that counts the other way."""

    expected: Phase
    """On which phase CONFIG expects it."""
    seen: Phase
    """On which phase the meters showed it."""
    moved_a: float
    """How far the load moved [A]."""
    seen_a: float
    """How far the meter did [A]."""

    @property
    def turned(self) -> bool:
        """Whether the meter went the other way."""
        return self.moved_a * self.seen_a < 0

    @property
    def is_right(self) -> bool:
        """Whether it was seen where it was expected, and the right way round."""
        return self.expected is self.seen and not self.turned


@record
class WiringMemory:
    """What a load's changes have shown; when CONFIG says otherwise of it or of its meters, all is forgotten."""

    phases: tuple[Phase, ...]
    """What CONFIG said then of the load's phases."""
    meters: tuple[object, ...]
    """What it said then of the meters' entities and signs."""
    steady_a: PerPhase | None = None
    """The draw that it stays at [A], None while none is known."""
    steady_s: float = 0.0
    """Since when it does [s since 1970]."""
    then_a: PerPhase | None = None
    """The last steady draw that the meters have shown [A]."""
    grid_a: PerPhase = PerPhase()
    """What they showed then [A]."""
    others_a: tuple[float, ...] = ()
    """What else could have moved them [A]."""
    sightings: tuple[Sighting, ...] = ()
    """The last changes."""
