"""How fast a charger goes up: a meter can contradict before the next step."""

from __future__ import annotations

RAISE_STEP_A = 4.0
RAISE_EVERY_S = 5.0
"""A charger goes up by so much at a time, and not sooner than so long after the last time."""
