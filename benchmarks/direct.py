"""The thinking of Fusebox without Home Assistant: entity states in, service calls out, one step a second.

It reads CONFIG, measures, decides and calls by the very code of the scripts, and leaves out what they are wrapped in:
triggers, files, status entities, services. An evening costs a quarter of what it does in the embedded host.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Self

from fusebox import tuning
from fusebox.balancer.device_sessions import DeviceSessions
from fusebox.balancer.observe import take_snapshot
from fusebox.config.read_config import read_config
from fusebox.control.control import step
from fusebox.devices.driver import ServiceCall
from fusebox.model.decision import Decision
from fusebox.model.memory import Memory
from fusebox.model.readings import LinkState, Meters, View
from fusebox.model.records import fast_replace
from fusebox.model.site import Site
from fusebox.model.snapshot import Snapshot
from fusebox.runtime.load_persistence import loads_to_persist, with_stored_loads


class State(str):
    """A state as pyscript gives it: text with attributes and the time of its last report."""

    last_reported: datetime

    @classmethod
    def of(cls, state: Mapping[str, Any], at: datetime) -> State:
        """Return an entity's state from the house."""
        made = cls(state["state"])
        vars(made).update(state.get("attributes", {}), last_reported=at)
        return made


class Direct:
    """Answers lines as the embedded host does, for chargers and plugs that are Home Assistant entities.

    CONFIG's `tuning` is in force inside its context.
    """

    def __init__(self, config: Mapping[str, Any], start: datetime) -> None:
        found = read_config(config)
        if found.errors:
            raise ValueError("; ".join(str(error) for error in found.errors))
        self._site, self._tuning = found.config.site({}), found.config.tuning
        self._start = start
        self._states: dict[str, State | LinkState] = {}
        self._meters, self._sessions = Meters(), DeviceSessions()
        self.memory = Memory()

    async def __aenter__(self) -> Self:
        tuning.override(self._tuning)
        return self

    async def __aexit__(self, *_: object) -> None:
        tuning.override({})

    def restart_with_memory_of(self, other: Direct, at_s: float) -> Direct:
        """Return another instance that starts at this second with this one's stored memory."""
        now_s = (self._start + timedelta(seconds=at_s)).timestamp()
        other.memory = with_stored_loads(self._site, Memory(), loads_to_persist(self._site, self.memory), now_s)
        return other

    def _get(self, entity: str) -> State | LinkState:
        try:
            return self._states[entity]
        except KeyError:
            raise NameError(entity) from None

    def _report(self, states: Mapping[str, Mapping[str, Any]], now: datetime) -> None:
        """Take in entities that report now."""
        self._states |= {entity: State.of(state, now) for entity, state in states.items()}

    def _surroundings(self, view: View) -> Mapping[str, Any]:
        """Return the fields of a snapshot that are not read from entities, such as `allowance`: here none."""
        return {}

    async def line(self, message: dict[str, Any]) -> dict[str, Any]:
        """Return the calls that follow from the entities reported in a second of the house."""
        now = self._start + timedelta(seconds=message["t"])
        self._report(message["states"], now)
        view = View(self._get, now.timestamp())
        surroundings = self._surroundings(view)
        snapshot = fast_replace(take_snapshot(self._site, view, self._meters, self._sessions), **surroundings)
        site, decision = self.decided(snapshot)
        self.memory = decision.memory
        due = self._sessions.due_calls(site, view, snapshot, decision)
        calls = [plain_call(call) for _, calls in due for call in calls]
        return {"t": message["t"], "calls": calls, "states": {}, "responses": []}

    def decided(self, snapshot: Snapshot) -> tuple[Site, Decision]:
        """Return the site and the decision for it."""
        return self._site, step(self._site, snapshot, self.memory)


def plain_call(call: ServiceCall) -> dict[str, Any]:
    """Return a service call as the embedded host's replies have it."""
    return {"service": f"{call.domain}.{call.service}", "data": dict(call.data)}
