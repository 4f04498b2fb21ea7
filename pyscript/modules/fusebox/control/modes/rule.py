"""What defines a mode: its urgency, its energy budget and how much its loads request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...model.ceiling import Budget
from ...model.decision import MinimumSource
from ...model.load import Load
from ...model.messages.message import message
from ...model.snapshot import LoadState, Snapshot


@dataclass(frozen=True, slots=True)
class Want:
    """What a mode requests: at most `max_a` amps on each phase, 0 for nothing. `reason` says why not more."""

    max_a: float
    reason: str = ""


def request_maximum(load: Load, state: LoadState, snapshot: Snapshot) -> Want:
    """Request the load's `max_a`, whatever the readings are."""
    return Want(load.max_a)


def request_nothing(load: Load, state: LoadState, snapshot: Snapshot) -> Want:
    """Request 0 A, with the reason that the mode is off."""
    return Want(0.0, message("mode_off"))


@dataclass(frozen=True, slots=True)
class ModeRule:
    """One mode of the `MODES` table.

    `want` is pure: it gets the load, its state and the whole snapshot. `urgency` is the order of service between modes,
    lowest first. `budget` is the energy that loads in this mode share, None for any source. `minimum_source` says where
    the minimum comes from when the budget does not cover it.
    """

    want: Callable[[Load, LoadState, Snapshot], Want] = request_maximum
    urgency: int = 0
    budget: Budget | None = None
    minimum_source: MinimumSource = MinimumSource.NONE
