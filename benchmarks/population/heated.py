"""A home's radiators in turn without Home Assistant: grant and thermostats in, switching calls and a status out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from fusebox.config.config import Config
from fusebox.devices.driver import ServiceCall
from fusebox.model.decision import Decision
from fusebox.model.readings import View
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot
from fusebox.radiators.group import GroupMemory
from fusebox.radiators.groups import allocate_radiators, allowed_count, configured_groups
from fusebox.radiators.observe import read_group, switching_call
from fusebox.radiators.run import status_attributes, step
from fusebox.radiators.turns import with_command
from fusebox.runtime.store import STORE

STEP_MINUTES = 2
"""Minutes between two turns: CONFIG's default `step`, by the clock."""


class Radiators:
    """The group of a home, run once a second."""

    def __init__(self, config: Config, start: datetime) -> None:
        (self._group,) = configured_groups(config.sections)
        self._site: Site = config.site({})
        self._since_s, self._memory = start.timestamp(), GroupMemory()
        STORE.pop("grants", None)  # of a home that this process has played before

    def allocate(self, snapshot: Snapshot, decision: Decision) -> None:
        """Store how many radiators the decision grants."""
        allocate_radiators(self._site, snapshot, decision)

    def run(self, view: View, at: datetime) -> tuple[list[ServiceCall], Mapping[str, Any]]:
        """Return the calls of this second and the state of the group's status entity."""
        group, now_s = self._group, view.now_s
        granted = allowed_count(self._site, group, now_s, self._since_s, 0)
        stepping = at.second == 0 and at.minute % STEP_MINUTES == 0
        outcome = step(group, replace(read_group(group, view), granted=granted), self._memory, stepping)
        self._memory = outcome.memory
        for switching in outcome.switchings:
            self._memory = with_command(self._memory, switching, now_s)
        calls = [switching_call(view, switching.relay, switching.on) for switching in outcome.switchings]
        attributes = status_attributes(group, outcome, granted, outcome.problems)
        return calls, {"entity": group.status, "state": str(len(outcome.active)), "attributes": attributes}
