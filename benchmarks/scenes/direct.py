"""Fusebox without its scripts: readings, one step and its calls for each second of a house of number chargers.

Some times as quick as the embedded host, for many evenings; what scripts add, such as persistence, is not there.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from fusebox import tuning
from fusebox.balancer.device_sessions import DeviceSessions
from fusebox.balancer.observe import snapshot_of
from fusebox.config.read_config import read_config
from fusebox.control.control import step
from fusebox.model.memory import Memory
from fusebox.model.readings import Meters, View


class Shown(str):
    """A state as pyscript gives it."""

    last_reported: datetime

    @classmethod
    def of(cls, state: Mapping[str, Any], now: datetime) -> Shown:
        """A report of this moment."""
        shown = cls(state["state"])
        shown.__dict__ |= {**state.get("attributes", {}), "last_reported": now}
        return shown


class Direct:
    """Answers a house's lines as the host does."""

    def __init__(self, config: Mapping[str, Any], start: datetime) -> None:
        plan = read_config(config).plan
        if plan is None:
            raise ValueError("; ".join(map(str, read_config(config).errors)))
        self._plan, self._start = plan, start.astimezone(UTC)
        self._site = plan.site({})
        self._meters, self._sessions, self._memory = Meters(), DeviceSessions(), Memory()
        self._states: dict[str, Shown] = {}

    async def __aenter__(self) -> Self:
        tuning.override(self._plan.tuning)
        return self

    async def __aexit__(self, *_: object) -> None:
        tuning.override({})

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """A second of the house: what reported, and the calls that follow from it."""
        now = self._start + timedelta(seconds=message["t"])
        self._states |= {entity: Shown.of(state, now) for entity, state in message["states"].items()}
        view = View(self._state, now.timestamp())
        snapshot = self._sessions.observe(self._site, view, snapshot_of(self._site, view, self._meters))
        decision = step(self._site, snapshot, self._memory)
        self._memory = decision.memory
        calls = [
            {"service": f"{call.domain}.{call.service}", "data": dict(call.data)}
            for _, made in self._sessions.calls(self._site, view, snapshot, decision)
            for call in made
        ]
        return {"t": message["t"], "calls": calls, "states": {}, "responses": []}

    def _state(self, entity: str) -> Shown:
        try:
            return self._states[entity]
        except KeyError:
            raise NameError(entity) from None
