"""`off`: the load gets nothing until its mode changes."""

from __future__ import annotations

from ...model.load import Load
from ...model.messages.message import message
from ...model.snapshot import LoadState, Snapshot
from .rule import ModeRule, Want


def nothing(load: Load, state: LoadState, snapshot: Snapshot) -> Want:
    """Nothing."""
    return Want(0.0, message("mode_off"))


OFF = ModeRule(nothing)
