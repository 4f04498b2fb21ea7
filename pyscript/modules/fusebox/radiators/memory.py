"""What is remembered of a group between runs. Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ..model.durations import NEVER_S


@dataclass(frozen=True, slots=True)
class RelayMemory:
    """One relay and its radiator; times are in seconds since 1970."""

    served_s: float = 0.0
    """How long it has been on for each of its shares, as of the last step and beyond who has had least [s]."""
    turn_s: float = 0.0
    """How long it has been on since then [s]."""
    waited: int = 0
    """For how many steps it has wanted a turn in vain."""
    passed_on: bool = False
    """Whether it leaves its turn to others until the next step."""
    idle_s: float | None = None
    """Since when it has been on without drawing anything, None while it has not."""
    boosted: bool = False
    """Whether it is boosted."""
    boost_until_s: float | None = None
    """Until when, None where that has no end."""
    shown: bool | None = None
    """What it last showed."""
    told: bool | None = None
    """What it was told and has not shown yet, None for nothing."""
    told_s: float = NEVER_S
    """When it was last told that."""
    tries: int = 0
    """How often it was."""


@dataclass(frozen=True, slots=True)
class GroupMemory:
    """One group of radiators; times are in seconds since 1970."""

    relays: Mapping[str, RelayMemory] = field(default_factory=dict)
    """Relay -> what is remembered of it."""
    calls: Mapping[str, bool] = field(default_factory=dict)
    """Thermostat -> whether it calls for heat, as it is acted upon."""
    changed_s: float | None = None
    """Since when some show otherwise, None while none does."""
    level: int | None = None
    """The power-saving level in force, None while none was ever known."""
    away: bool = False
    """Whether nobody is at home."""
    index: int = 0
    """The row whose turn is next."""
    live: tuple[str, ...] = ()
    """The relays that have the turn, first come first."""
    turned: frozenset[str] = frozenset()
    """Those that were given it at the last step."""
    run_s: float | None = None
    """When the last run was, None before the first."""
    told_s: float = NEVER_S
    """When any relay was last told something."""
    stepped_s: float | None = None
    """When the turn was last passed on, None before the first time."""
    turn_lasts_s: float = 0.0
    """How long the last turn was [s]."""

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
