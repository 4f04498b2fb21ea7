"""Radiators in turn: who may be on now, and what to tell which relay. Pure; `step` is the way in."""

from __future__ import annotations

from .group import Group, GroupMemory, GroupReadings, Radiator, RelayMemory, cap_of
from .relays import Switching, counts_as_on, told
from .run import Outcome, step

__all__ = [
    "Group",
    "GroupMemory",
    "GroupReadings",
    "Outcome",
    "Radiator",
    "RelayMemory",
    "Switching",
    "cap_of",
    "counts_as_on",
    "step",
    "told",
]  # fmt: skip
