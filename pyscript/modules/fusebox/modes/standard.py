"""`standard` (plugs: `continuous`): as much as the wires allow, from any source."""

from __future__ import annotations

from ..site import Load
from ..snapshot import LoadState, Snapshot
from .contract import Want


def standard(load: Load, state: LoadState, snapshot: Snapshot) -> Want:
    """Everything up to the load's own maximum."""
    return Want(load.max_a)
