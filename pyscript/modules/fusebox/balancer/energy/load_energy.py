"""The energy of one load: its counter, its session, its power, and the energy since the last observation."""

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
    """The state of one load's energy."""

    counter: EnergyCounter = EnergyCounter()
    """The counter of its energy."""
    session: Session | None = None
    """The present session, None between sessions."""
    last: LoadPower = NOTHING
    """The last measured draw."""
    silent_s: float = math.inf
    """How long ago that was measured [s], infinite if never."""
    shares: tuple[float, float] | None = None
    """The shares of its power from the sun and from the battery (0 to 1); None if unknown."""
    power_w: float | None = None
    """Its present power [W], None without a sensor."""

    @property
    def measured(self) -> bool:
        """Whether the energy counted last was measured."""
        return self.counter.source is not EnergySource.RECKONED

    @property
    def session_kwh(self) -> float | None:
        """The energy of the present session [kWh], None between sessions."""
        return None if self.session is None else self.counter.kwh - self.session.start_kwh


NO_PHASE = (0.0, "")
"""No meter shows the current of any phase."""


def has_moved(draw_a: PerPhase, then_a: PerPhase) -> bool:
    """Return whether the draw on any phase differs by more than `TOLERANCE_A`, or has become known or unknown."""
    for now, then in zip(draw_a, then_a, strict=True):
        if now is None or then is None:
            if now is not then:
                return True
        elif abs(now - then) > tuning.TOLERANCE_A:
            return True
    return False


def highest_main_phase_a(snapshot: Snapshot) -> tuple[float, str]:
    """Return the highest current of any phase of the main fuse [A] and the phase's name; `NO_PHASE` if unknown."""
    flows = [(r.value, phase) for phase, r in snapshot.grid_a.get(MAIN, {}).items() if r.value is not None]
    if not flows:
        return NO_PHASE
    worst_a, phase = max(flows)
    return worst_a, phase.name


def split_by_source_kwh(past: LoadEnergy, passed_s: float) -> tuple[float, float, float] | None:
    """Return the energy since the last observation: in total, from the sun, from the battery [kWh].

    None while its source is unknown, and after a gap of more than `LASTING_S`. `passed_s`: the time since that
    observation [s].
    """
    if past.shares is None or passed_s > tuning.LASTING_S:
        return None
    taken_kwh = past.counter.power_w * passed_s / WS_PER_KWH
    return taken_kwh, past.shares[0] * taken_kwh, past.shares[1] * taken_kwh
