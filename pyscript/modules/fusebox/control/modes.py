"""How much a load requests in each mode, and from which budget: `MODES` maps mode to rule."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from ..model.ceiling import Budget
from ..model.decision import MinimumSource
from ..model.load import Load, Mode
from ..model.load_memory import LoadMemory


@dataclass(frozen=True, slots=True)
class ModeRule:
    """One mode of the `MODES` table.

    `request` returns the highest current that a load requests [A on each phase]. `urgency` is the order of service
    between modes, lowest first. `budget` is the energy that loads in this mode share, None for any source.
    `minimum_source` says where the minimum comes from when the budget does not cover it.
    """

    request: Callable[[Load], float] = attrgetter("max_a")
    urgency: int = 0
    budget: Budget | None = None
    minimum_source: MinimumSource = MinimumSource.NONE


STANDARD = ModeRule()
"""As much as the wires allow, from any source."""

MODES: Mapping[Mode, ModeRule] = {
    Mode.STANDARD: STANDARD,
    Mode.CONTINUOUS: STANDARD,
    Mode.NORMAL: STANDARD,
    Mode.BOOST: STANDARD,
    # The minimum from any source, and above that surplus.
    Mode.SOLAR_PRIORITY: ModeRule(urgency=1, budget=Budget.SOLAR, minimum_source=MinimumSource.GRID),
    # Surplus only; off while that is below the load's minimum.
    Mode.SOLAR_ONLY: ModeRule(urgency=2, budget=Budget.SOLAR),
    # What would be exported above a threshold; once open, at least the minimum.
    Mode.EXCESS: ModeRule(urgency=3, budget=Budget.EXCESS, minimum_source=MinimumSource.ONCE_OPEN),
    # Nothing until the mode changes.
    Mode.OFF: ModeRule(lambda load: 0.0),
}
"""Mode -> its rule; complete."""


def served_mode(load: Load, past: LoadMemory | None) -> Mode:
    """Return the mode that a load is served in now: the mode of its need (a tank too cold), else that of CONFIG."""
    need = None if past is None else past.switched.need
    return load.mode if need is None else Mode(need.mode)
