"""`off`: the load gets nothing until its mode changes."""

from __future__ import annotations

from ...model.load import Load
from ...model.messages.message import message
from ...model.snapshot import LoadState, Snapshot
from .rule import ModeRule, Want


def request_nothing(load: Load, state: LoadState, snapshot: Snapshot) -> Want:
    """Request 0 A, with the reason that the mode is off."""
    return Want(0.0, message("mode_off"))


OFF = ModeRule(request_nothing)
