"""`solar_only`: uses surplus only; off while that is below the load's minimum."""

from __future__ import annotations

from ...model.ceiling import Budget
from .rule import ModeRule

SOLAR_ONLY = ModeRule(urgency=2, budget=Budget.SOLAR)
