"""States and calls have a context of their own wherever Home Assistant runs."""

from __future__ import annotations

import asyncio
import sys
from types import SimpleNamespace

from fusebox.runtime.ports import Ports, in_own_context

from .home import Home


class Recorder(Home):
    """Notes the context of each state and event."""

    def __init__(self) -> None:
        super().__init__()
        self.contexts: list[object] = []

    def _set(self, entity, state, new_attributes, context=None) -> None:
        self.contexts.append(context)
        super()._set(entity, state, new_attributes)

    async def _fire(self, event, context=None, **data) -> None:
        self.contexts.append(context)
        await super()._fire(event, **data)


def show(ports: Ports) -> None:
    ports.set("sensor.fusebox_site", "ok", new_attributes={"reason": "well"})
    asyncio.run(ports.fire("fusebox_shed", load="car"))


def test_each_state_and_event_has_a_context_of_its_own(monkeypatch):
    monkeypatch.setitem(sys.modules, "homeassistant.core", SimpleNamespace(Context=object))
    home = Recorder()
    show(in_own_context(home.ports))
    assert None not in home.contexts and len(set(home.contexts)) == 2
    assert home.states["sensor.fusebox_site"] == "ok" and home.calls == [("fusebox_shed", {"load": "car"})]


def test_without_home_assistant_there_is_none(monkeypatch):
    monkeypatch.delitem(sys.modules, "homeassistant.core", raising=False)
    home = Recorder()
    show(in_own_context(home.ports))
    assert home.contexts == [None, None]
