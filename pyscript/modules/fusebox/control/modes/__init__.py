"""How much a load requests in each mode, and from which budget: `MODES` maps mode to rule."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.ceiling import Budget
from ...model.decision import MinimumSource
from ...model.load import Load, Mode
from ...model.load_memory import LoadMemory
from .rule import ModeRule, request_nothing

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
    Mode.OFF: ModeRule(request_nothing),
}
"""Mode -> its rule; complete."""


def served_mode(load: Load, past: LoadMemory | None) -> Mode:
    """Return the mode that a load is served in now: the mode of its need (a tank too cold), else that of CONFIG."""
    need = None if past is None else past.switched.need
    return load.mode if need is None else Mode(need.mode)
