"""How fast a charger goes up: a meter can contradict before the next step."""

from __future__ import annotations

from .. import tuning


def raise_step_a(min_write_s: float, ends: bool) -> float:
    """How much a charger goes up at a time that may be told something every so often [A]; `ends`: in a window."""
    steps = min(max(min_write_s / tuning.SLOW_RAISE_EVERY_S, 1.0), tuning.SLOW_RAISE_STEPS) if ends else 1.0
    return tuning.RAISE_STEP_A * steps
