"""`excess`: what would be exported above a threshold; once that is open, at least the minimum."""

from __future__ import annotations

from ...model.decision import Backing, Budget
from .rule import ModeRule

EXCESS = ModeRule(urgency=3, budget=Budget.EXCESS, backing=Backing.ONCE_OPEN)
