"""`solar_only`: nothing but surplus; below the load's minimum it waits."""

from __future__ import annotations

from ...model.ceiling import Budget
from .rule import ModeRule

SOLAR_ONLY = ModeRule(urgency=2, budget=Budget.SOLAR)
