"""`excess`: uses what would be exported above a threshold; once open, it gets at least its minimum."""

from __future__ import annotations

from ...model.ceiling import Budget
from ...model.decision import MinimumSource
from .rule import ModeRule

EXCESS = ModeRule(urgency=3, budget=Budget.EXCESS, minimum_source=MinimumSource.ONCE_OPEN)
