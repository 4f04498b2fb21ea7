"""Times that run down in the words of a status."""

from __future__ import annotations

import math


def tens(rest_s: float) -> int:
    """Seconds in tens, rounded up: a status that counts down every second would be written every second."""
    return 10 * math.ceil(rest_s / 10)
