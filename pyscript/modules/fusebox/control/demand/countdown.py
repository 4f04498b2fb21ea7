"""Times that run down in the words of a status."""

from __future__ import annotations

import math

from ... import tuning


def tens(rest_s: float) -> int:
    """Seconds in tens, rounded up: a status that counts down every second would be written every second."""
    return tuning.COUNTDOWN_STEP_S * math.ceil(rest_s / tuning.COUNTDOWN_STEP_S)
