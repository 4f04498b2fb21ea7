"""What is remembered of a group between runs. Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..model.durations import NEVER_S


@dataclass(frozen=True, slots=True)
class RelayMemory:
    """One relay and its radiator.

    `served_s`: how long it has been on for each of its shares, as of the last step and beyond who has had least;
    `turn_s`: how long since then. `waited`: for how many steps it has wanted a turn in vain. `lent`: whether it leaves
    its turn to others until the next step; `idle_s`: since when it has been on without drawing anything.
    `boosted`, `boost_until_s`: None where it has no end. `shown`: what it last showed. `told`: what it was told and
    has not shown yet, `told_s` when last, `tries` how often.
    """

    served_s: float = 0.0
    turn_s: float = 0.0
    waited: int = 0
    lent: bool = False
    idle_s: float | None = None
    boosted: bool = False
    boost_until_s: float | None = None
    shown: bool | None = None
    told: bool | None = None
    told_s: float = NEVER_S
    tries: int = 0


@dataclass(frozen=True, slots=True)
class GroupMemory:
    """One group.

    `calls`: which thermostats call, as it is acted upon; `changed_s`: since when some show otherwise. `level`: the one
    in force, None while none was ever known. `index`: the row whose turn is next. `live`: the relays that have the
    turn, first come first; `turned`: those that were given it at the last step. `told_s`: when any was last told
    something; `stepped_s`: when the turn was last passed on; `turn_lasts_s`: how long the last one was.
    """

    relays: Mapping[str, RelayMemory] = field(default_factory=dict)
    calls: Mapping[str, bool] = field(default_factory=dict)
    changed_s: float | None = None
    level: int | None = None
    away: bool = False
    index: int = 0
    live: tuple[str, ...] = ()
    turned: frozenset[str] = frozenset()
    run_s: float | None = None
    told_s: float = NEVER_S
    stepped_s: float | None = None
    turn_lasts_s: float = 0.0

    def of(self, relay: str) -> RelayMemory:
        """One relay's; an empty one where nothing is known of it."""
        return self.relays.get(relay, RelayMemory())

    def boost(self, relay: str, until_s: float | None) -> GroupMemory:
        """With a radiator boosted until then; None: until it is ended."""
        boosted = replace(self.of(relay), boosted=True, boost_until_s=until_s)
        return replace(self, relays={**self.relays, relay: boosted})

    def unboost(self, relay: str) -> GroupMemory:
        """With a radiator's boost ended."""
        plain = replace(self.of(relay), boosted=False, boost_until_s=None)
        return replace(self, relays={**self.relays, relay: plain})
