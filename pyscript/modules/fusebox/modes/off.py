"""`off`: the load gets nothing until its mode changes."""

from __future__ import annotations

from ..site import Load
from ..snapshot import LoadState, Snapshot
from .contract import ModeRule, Want


def nothing(load: Load, state: LoadState, snapshot: Snapshot) -> Want:
    """Nothing."""
    return Want(0.0, "mode is off")


OFF = ModeRule(nothing)
