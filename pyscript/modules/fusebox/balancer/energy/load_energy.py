"""What is known of one load's energy: its counter, its session, its power, and what it took since the last instant."""

from __future__ import annotations

import math

from ... import tuning
from ...model.electrics import PerPhase
from ...model.records import record
from ...model.site import MAIN
from ...model.snapshot import Snapshot
from .counter import WS_PER_KWH, EnergyCounter, EnergySource
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


NO_PHASE = (0.0, "")
"""No meter tells what a phase carries."""


def has_moved(draw_a: PerPhase, then_a: PerPhase) -> bool:
    """Whether a draw is another one, or has come or gone, and not only noise."""
    for now, then in zip(draw_a, then_a, strict=True):
        if now is None or then is None:
            if now is not then:
                return True
        elif abs(now - then) > tuning.TOLERANCE_A:
            return True
    return False


def worst_of(snapshot: Snapshot) -> tuple[float, str]:
    """The phase of the main fuse that carries most now."""
    flows = [(r.value, phase) for phase, r in snapshot.grid_a.get(MAIN, {}).items() if r.value is not None]
    if not flows:
        return NO_PHASE
    worst_a, phase = max(flows)
    return worst_a, phase.name


def split_kwh(past: LoadEnergy, passed_s: float) -> tuple[float, float, float] | None:
    """What has come from where since the last observation, `passed_s` ago [s]: in all, from the sun, from the battery
    [kWh]; None where that is not known."""
    if past.shares is None or passed_s > tuning.LASTING_S:
        return None
    taken_kwh = past.counter.power_w * passed_s / WS_PER_KWH
    return taken_kwh, past.shares[0] * taken_kwh, past.shares[1] * taken_kwh


def cost_of(past: LoadEnergy, counter: EnergyCounter, price: float | None) -> tuple[float, float]:
    """What has been taken since the last instant at a known price [kWh], and what that costs."""
    taken_kwh = counter.kwh - past.counter.kwh
    return (0.0, 0.0) if price is None else (taken_kwh, taken_kwh * price)
