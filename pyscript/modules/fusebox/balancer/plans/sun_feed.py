"""What is expected of the sun, as it comes in: from an entity, or from a service that is asked each hour."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ... import tuning
from ...planning.sun_reader import Sun, read_sun
from ...planning.times import Ahead
from ...runtime.log_throttle import said_by
from ...runtime.ports import Ports
from .integration_entry import answer_of, entry_data
from .source_entity import SourceEntity


class SunFeed:
    """One source of a forecast."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._next_s = float("-inf")
        self._entity = SourceEntity(ports)
        self.sun = Sun()
        self.problem = ""
        """Why it tells nothing, in a sentence."""

    async def look(self, source: Mapping[str, Any] | str | None, now_s: float, ahead: Ahead) -> None:
        """Read what is there; ask a service where that is due."""
        if isinstance(source, str):
            self._read(source, ahead)
        elif source is not None and now_s >= self._next_s:
            self._next_s = now_s + tuning.FORGET_S
            await self._ask(source, ahead)

    def _read(self, entity: str, ahead: Ahead) -> None:
        attributes = self._entity.news(entity)
        if attributes is None:
            return
        found = Sun()
        for each in attributes:
            found = found.with_newer(read_sun(each, ahead))
        self._take(found, f"{entity} has no forecast in its attributes")

    async def _ask(self, source: Mapping[str, Any], ahead: Ahead) -> None:
        service = source["service"]
        data = entry_data(service, source["config_entry"])
        try:
            answer = await answer_of(self._ports, service, data)
        except Exception as error:  # whatever an integration may raise
            self._take(Sun(), f"{service} says: {said_by(error)}")
            return
        self._take(read_sun(answer, ahead), f"{service} answers without a forecast")

    def _take(self, found: Sun, problem: str) -> None:
        if found.middle_kw:
            self.sun = found
        self.problem = "" if found.middle_kw else problem
