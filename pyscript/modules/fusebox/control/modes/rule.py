"""What a mode is: how urgent it is, which budget it lives on, and what it wants of what is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...model.ceiling import Budget
from ...model.decision import MinimumSource
from ...model.load import Load
from ...model.snapshot import LoadState, Snapshot


@dataclass(frozen=True, slots=True)
class Want:
    """What a mode asks for: at most `max_a` amps on each phase; 0 asks for nothing. `reason` says why not more."""

    max_a: float
    reason: str = ""


def everything(load: Load, state: LoadState, snapshot: Snapshot) -> Want:
    """As much as the load can use."""
    return Want(load.max_a)


@dataclass(frozen=True, slots=True)
class ModeRule:
    """A row of the table of modes.

    `want` is pure: it sees the load, its own state and the whole snapshot, and remembers nothing. `urgency`: order of
    service between modes, lower first. `budget`: the energy that loads in this mode share, None for any source.
    `minimum_source`: who vouches for the minimum when the budget does not hold it.
    """

    want: Callable[[Load, LoadState, Snapshot], Want] = everything
    urgency: int = 0
    budget: Budget | None = None
    minimum_source: MinimumSource = MinimumSource.NONE
