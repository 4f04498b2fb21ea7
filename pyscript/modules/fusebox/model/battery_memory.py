"""What is remembered of the home battery between steps. Frozen values."""

from __future__ import annotations

from .durations import NEVER_S
from .records import record


@record
class BatteryMemory:
    """What is remembered of the home battery; times are in seconds since 1970.

    A threshold of its state of charge that was passed lets go only a hysteresis away.
    """

    charged: bool = False
    """Whether it is at its target: then solar modes run."""
    has_surplus: bool = False
    """Whether it is above its target, and what it could still give counts as surplus."""
    able: bool = False
    """Whether it is not empty, so that it may discharge."""
    then_s: float = NEVER_S
    """When the present watch over the sign of its power began."""
    then_pct: float | None = None
    """The state of charge then [%]."""
    seen_s: float = NEVER_S
    """Up to when its power has been counted."""
    charged_ws: float = 0.0
    """The energy that its power has told since `then_s` [Ws, + = charging]."""
    against: int = 0
    """How often running power and state of charge have contradicted each other."""
    power_w: float | None = None
    """Its power as of the main meter's last report [W, + = charging]."""
    power_s: float = NEVER_S
    """When that report came."""
    held_s: float = NEVER_S
    """When the meter last showed no import."""
    most_w: float | None = None
    """The most that it has been seen to give [W], None where that is no less than CONFIG says."""
    most_s: float = NEVER_S
    """Since when that counts."""
