"""What is remembered of the home battery between steps. Frozen values."""

from __future__ import annotations

from dataclasses import dataclass

from .durations import NEVER_S


@dataclass(frozen=True, slots=True)
class BatteryMemory:
    """Which thresholds of the home battery's state of charge are passed; each lets go only a hysteresis away.

    `charged`: at its target, solar modes run. `lends`: above it, and what it could still give counts as surplus.
    `able`: not empty, so it may discharge. `then_s`, `then_pct`: when the present watch over its sign began, and the
    state of charge then; `charged_ws`: the energy that its power has told since, up to `seen_s` [Ws, + charging];
    `against`: how often running the two have contradicted each other. `power_w`, `power_s`: its power as of the main
    meter's last report [W, + charging]; `held_s`: when the meter last showed no import; `most_w`, `most_s`: the most
    that it has been seen to give, where that is less than CONFIG says, and since when.
    """

    charged: bool = False
    lends: bool = False
    able: bool = False
    then_s: float = NEVER_S
    then_pct: float | None = None
    seen_s: float = NEVER_S
    charged_ws: float = 0.0
    against: int = 0
    power_w: float | None = None
    power_s: float = NEVER_S
    held_s: float = NEVER_S
    most_w: float | None = None
    most_s: float = NEVER_S
