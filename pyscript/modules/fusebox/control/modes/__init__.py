"""One file per mode: a rule that says how much a load requests and from which budget. `MODES` maps mode to rule."""

from __future__ import annotations

from collections.abc import Mapping

from ...model.load import Mode
from .excess import EXCESS
from .off import OFF
from .rule import ModeRule
from .solar_only import SOLAR_ONLY
from .solar_priority import SOLAR_PRIORITY
from .standard import STANDARD

MODES: Mapping[Mode, ModeRule] = {
    Mode.STANDARD: STANDARD,
    Mode.CONTINUOUS: STANDARD,
    Mode.NORMAL: STANDARD,
    Mode.BOOST: STANDARD,
    Mode.SOLAR_PRIORITY: SOLAR_PRIORITY,
    Mode.SOLAR_ONLY: SOLAR_ONLY,
    Mode.EXCESS: EXCESS,
    Mode.OFF: OFF,
}
"""Mode -> its rule; complete."""
