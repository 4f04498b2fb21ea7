"""What is remembered of a car, whichever charger it stands at. Frozen values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .electrics import Phase
from .records import record


@record
class VehicleMemory:
    """What was learnt of one of CONFIG's cars in its earlier stays."""

    follow_s: tuple[float, ...] = ()
    """How long its draw took to fall after the last few cuts [s]."""
    only: Mapping[str, Phase] = field(default_factory=dict)
    """Load -> the only phase that it uses there."""


NEW_VEHICLE = VehicleMemory()
