"""Loads that know something of their own: what each kind shows, and what it is to do after a step. Rows of a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from ...model.load import Load
from ...model.load_memory import LoadMemory
from ...model.snapshot import LoadState, Snapshot
from .sg_ready import with_watched_pump
from .tank import with_watched_tank

Watch = Callable[[Load, LoadState, LoadMemory, Snapshot], LoadMemory]
"""What is remembered of a load, with what it shows now."""

WATCHED: Mapping[str, Watch] = {"keeps_heat": with_watched_tank, "by_signal": with_watched_pump}
"""Capability -> what is watched of a load that has it."""


def with_watched_appliance(load: Load, state: LoadState, past: LoadMemory, snapshot: Snapshot) -> LoadMemory:
    """The memory of a load with what its own kind shows; that of a charger or plug as it is."""
    for capability, watch in WATCHED.items():
        if getattr(load.can, capability):
            past = watch(load, state, past, snapshot)
    return past
