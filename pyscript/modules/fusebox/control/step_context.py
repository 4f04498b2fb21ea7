"""What the stages of one step hand to each other. Frozen; each is made by one stage and read by later ones."""

from __future__ import annotations

from collections.abc import Mapping

from ..model.data_quality import DataQuality
from ..model.decision import Allocation, Demands
from ..model.load_memory import LoadMemories
from ..model.memory import Memory
from ..model.phases_memory import PhaseSwitches
from ..model.records import record
from ..model.site import Site
from ..model.snapshot import Snapshot
from .limits.headroom import Ceilings
from .limits.supply import Supply


@record
class Situation:
    """The situation at one instant: the site, the readings and what was learnt up to now."""

    site: Site
    """With each load on the phases that it is known to use."""

    snapshot: Snapshot
    """With device states corrected by what was learnt, and without the readings of stuck meters."""

    memory: Memory
    """Updated with this snapshot."""

    data_quality: Mapping[str, DataQuality]
    """Load name -> quality of its meters on all its phases, unused ones too: they may be used the next moment."""

    meter_problems: tuple[str, ...]
    """A sentence for each meter whose readings are ignored, and for each wiring that seems to differ from CONFIG."""

    @property
    def now_s(self) -> float:
        """The time of the snapshot, the only clock [s since 1970]."""
        return self.snapshot.now_s


@record
class Limits:
    """All limits of this step, and the site's own production."""

    ceilings: Ceilings
    supply: Supply | None
    """What the site's own production leaves; None where the site has none."""


@record
class CeilingPair:
    """The ceilings in two versions, by which headroom they count on."""

    expected: Ceilings
    """The present headroom, less the loads that are forecast to return; for the shares."""

    lasting: Ceilings
    """The headroom that has lasted; for raises."""


@record
class Shares:
    """The demand and share of each load."""

    limits: Limits
    """As they are now."""

    ceilings: CeilingPair
    """What the shares were computed from."""

    demands: Demands
    allocation: Allocation
    phase_switches: PhaseSwitches
    """Load -> the state of its phase switching after this decision, for loads that can be switched."""


@record
class Setpoint:
    """What a device should do now."""

    amps: float
    """Current on each of its phases [A]."""

    why: str = ""
    """What keeps the setpoint below the load's share, "" for nothing."""

    may_raise: bool = True
    """False while no command may raise the device above the current that it displays."""

    switches: bool = False
    """Whether the setpoint is 0 because the load's phases are being switched."""


@record
class RampResult:
    """The setpoint of each device, and the memory of each load after this step."""

    setpoints: Mapping[str, Setpoint]
    loads: LoadMemories
    phase_switches: PhaseSwitches
