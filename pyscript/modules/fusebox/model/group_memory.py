"""What is remembered of groups of loads: which of them has had less energy than others. Frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field

from .records import record


@record
class GroupsMemory:
    """The energy of all groups, compared with the group that had most."""

    at_s: float
    """When it was last updated [s since 1970]."""
    behind_kwh: Mapping[str, float] = field(default_factory=dict)
    """Group -> how much less energy it has had than the group that had most [kWh]; "" for loads without a group."""
