"""How fast a charger goes up: a meter can contradict before the next step."""

from __future__ import annotations

RAISE_STEP_A = 4.0
RAISE_EVERY_S = 5.0
"""A charger goes up by so much at a time, and not sooner than so long after the last time."""

SLOW_EVERY_S, SLOW_STEPS = 20.0, 3.0
"""Where a window of a tariff ends, who may seldom be told anything goes up by a step for each of these times that it
has to wait, by so many at most. Its room has to have lasted for longer, and a cut for a fuse does not wait."""


def raise_step_a(min_write_s: float, ends: bool) -> float:
    """How much a charger goes up at a time that may be told something every so often [A]; `ends`: in a window."""
    return RAISE_STEP_A * (min(max(min_write_s / SLOW_EVERY_S, 1.0), SLOW_STEPS) if ends else 1.0)
