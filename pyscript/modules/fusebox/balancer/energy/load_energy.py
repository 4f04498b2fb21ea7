"""What is known of one load's energy: its counter, its present session, its power."""

from __future__ import annotations

import math

from ...model.records import record
from .counter import EnergyCounter, EnergySource
from .power import NOTHING, LoadPower
from .session import Session


@record
class LoadEnergy:
    """What is known of one load's energy."""

    counter: EnergyCounter = EnergyCounter()
    """What it has taken."""
    session: Session | None = None
    """What is under way, None between sessions."""
    last: LoadPower = NOTHING
    """What it took when that was measured last."""
    silent_s: float = math.inf
    """How long ago that was [s], infinite where it never was."""
    shares: tuple[float, float] | None = None
    """What part of its power comes from the sun, and from the battery; None where that is not known."""
    power_w: float | None = None
    """What it takes now [W], None where nothing measures that."""

    @property
    def measured(self) -> bool:
        """Whether what was counted last is measured."""
        return self.counter.source is not EnergySource.RECKONED

    @property
    def session_kwh(self) -> float | None:
        """What the present session has taken [kWh]."""
        return None if self.session is None else self.counter.kwh - self.session.start_kwh
