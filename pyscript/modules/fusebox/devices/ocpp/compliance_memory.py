"""What is remembered of how a charge point follows, and of the forms of profile that were tried. All frozen."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...model.durations import NEVER_S
from .profiles import Placement
from .states import COMPLIANCE, Compliance, ComplianceEvent, Deviation


@dataclass(frozen=True, slots=True)
class ProfilesTried:
    """Which forms of profile were tried because the ones before were not followed."""

    unit_changes: int = 0
    kind_changes: int = 0
    """How often the kind was changed because its limits ended early."""
    endless_failed: bool = False
    """Whether a limit without an end did not help either."""
    placement: Placement = Placement.ABOVE_SAFE


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a charger has shown in this session."""

    has_followed: bool = False
    """Whether any limit was followed."""
    followed_a: float | None = None
    """A current that it was commanded and then had."""
    follows_two: bool = False
    """Whether it had another one too, which is no chance."""
    offer_is_mute: bool = False
    """Whether the current that it says it offers means nothing."""
    own_limit_a: float | None = None
    """A limit of its own that it was found to have."""


@dataclass(frozen=True, slots=True)
class Overdraw:
    """A draw above all that was commanded since it was found to be."""

    since_s: float | None = None
    """None while it is not above."""
    commanded_a: float = 0.0
    """The highest that was commanded meanwhile."""


@dataclass(frozen=True, slots=True)
class Dips:
    """A draw that falls to the safe limit before the lease is over, and that a renewal lifts again."""

    fell_s: float | None = None
    count: int = 0
    """How often a renewal has lifted it."""
    last_draw_a: float = 0.0
    """Its draw at the last step."""


@dataclass(frozen=True, slots=True)
class ComplianceMemory:
    """How it follows what it was commanded."""

    state: Compliance = Compliance.UNPROVEN
    deviation: Deviation = Deviation.NONE
    deviates_since_s: float | None = None
    """None while it follows, or nobody knows."""
    deviated_s: float = NEVER_S
    """When that was last seen."""
    is_at_safe: bool = False
    """Whether it shows the safe limit although another was commanded."""
    unfollowed: int = 0
    """How many limits running were not followed."""
    judged_s: float = NEVER_S
    """When the last of them was sent."""
    last_offered_a: float | None = None
    """What it said it offers at the last step."""
    overdraw: Overdraw = Overdraw()
    dips: Dips = Dips()
    evidence: Evidence = Evidence()
    tried: ProfilesTried = ProfilesTried()

    def moved(self, event: ComplianceEvent) -> ComplianceMemory:
        """The same in the state that follows."""
        return replace(self, state=COMPLIANCE.after(self.state, event))


NEW_COMPLIANCE = ComplianceMemory()
"""Of a charger that nothing is known of yet."""
