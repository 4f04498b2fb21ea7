"""What the stages of one step hand to each other. Frozen; each is made by one stage and read by those after it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.decision import Allocation, Demand
from ..model.load_memory import LoadMemory
from ..model.memory import Memory
from ..model.phase_switch import PhaseSwitchMemory
from ..model.records import record
from ..model.site import Site
from ..model.snapshot import Snapshot
from .data_quality import DataQuality
from .limits.headroom import Ceilings
from .limits.supply import Supply


@record
class Observed:
    """One instant: what is installed, what is there, and what has been learnt of it until now."""

    site: Site
    """With the phases that each load is known to use."""

    snapshot: Snapshot
    """With devices as they have shown to be, and without meters that are stuck."""

    memory: Memory
    """Up to this instant."""

    data_quality: Mapping[str, DataQuality]
    """Load name -> how well it is seen, on all its phases: those that it does not use may be used the next moment."""

    stuck: tuple[str, ...]
    """Meters that nobody may believe, each in a sentence."""

    @property
    def now_s(self) -> float:
        """The only clock [s since 1970]."""
        return self.snapshot.now_s


@record
class Limits:
    """What may flow."""

    ceilings: Ceilings
    supply: Supply | None
    """What the site's own production leaves; None where nothing generates."""


@record
class Rooms:
    """The ceilings with the room that loads may count on."""

    expected: Ceilings
    """Less what is about to come back on them: what is shared out."""

    lasting: Ceilings
    """With the room that lasts: nothing is raised above that."""


@record
class Shares:
    """Who may have how much."""

    rooms: Rooms
    """The room that was shared out."""

    demands: Sequence[Demand]
    allocation: Allocation
    phase_switches: Mapping[str, PhaseSwitchMemory]
    """By load that may be switched: with what was decided now."""


@record
class Setpoint:
    """What we want a device to do now."""

    amps: float
    """On each of its phases [A]."""

    why: str = ""
    """What keeps it below its share, "" when nothing does."""

    may_raise: bool = True
    """False while no command may make the device draw more than it is seen to be set to."""

    switches: bool = False
    """Whether it is nothing because its phases are switched."""


@record
class Ramped:
    """What each device is to be at now, and what is remembered of each load after this step."""

    setpoints: Mapping[str, Setpoint]
    loads: Mapping[str, LoadMemory]
    phase_switches: Mapping[str, PhaseSwitchMemory]
