"""`solar_priority`: charges always, at its minimum from any source, and above that on surplus."""

from __future__ import annotations

from ...model.ceiling import Budget
from ...model.decision import MinimumSource
from .rule import ModeRule

SOLAR_PRIORITY = ModeRule(urgency=1, budget=Budget.SOLAR, minimum_source=MinimumSource.GRID)
