"""Keeps a solar forecast up to date: from an entity, or from a service called each hour."""

from __future__ import annotations

from collections.abc import Mapping
from functools import reduce
from typing import Any

from ... import tuning
from ...model.durations import NEVER_S, has_passed
from ...model.messages.message import Message, message
from ...model.readings import View
from ...model.units import ENERGY_UNITS
from ...planning.sun_reader import Sun, fill_missing_days, knows_tomorrow, read_sun, tomorrow_shaped_as_today
from ...planning.times import Ahead
from ...runtime.ports import Ports
from .source import Feed

SUN_TODAY, SUN_TOMORROW = "energy_production_today", "energy_production_tomorrow"
"""In the names of Forecast.Solar's entities: only today's has a forecast by the hour, tomorrow's only the energy.

Those of a second roof end in a number.
"""


class SunFeed(Feed):
    """The forecast of one source."""

    def __init__(self, ports: Ports) -> None:
        super().__init__(ports)
        self._called_s = NEVER_S
        self._published = Sun()
        """As the source publishes it."""
        self.sun = Sun()
        """The same with days that the source does not cover, which are guessed."""

    async def update(self, source: Mapping[str, Any] | str | None, now_s: float, ahead: Ahead) -> None:
        """Read the source: an entity each time, a service once an hour; None clears the forecast.

        A missing tomorrow is estimated from the source's energy for it, other missing days from the days before.
        """
        if source is None:
            self._published, self._why = Sun(), None
        elif isinstance(source, str):
            self._read_entity(source, ahead)
        elif has_passed(tuning.FORGET_S, self._called_s, now_s):
            self._called_s = now_s
            answer, why = await self.call_service(source["service"], source["config_entry"], {})
            service = source["service"]
            none = message("sun_not_answered", service=service)
            self._store_forecast(
                read_sun(answer, ahead), message("sun_refused", service=service, error=why) if why else none
            )
        sun, self.problem = self._published, self._why
        if source is not None and not self._why and not knows_tomorrow(sun, now_s, ahead):
            name = source if isinstance(source, str) else source["service"]
            sun = sun.with_newer(self._tomorrows_sun(name, now_s, ahead))
            if not knows_tomorrow(sun, now_s, ahead):
                self.problem = message("sun_tomorrow_unknown", source=name)
        self.sun = fill_missing_days(sun, now_s, ahead)

    def _read_entity(self, entity: str, ahead: Ahead) -> None:
        """Read the forecast from the attributes of an entity, if it has reported."""
        found = self.read_if_new(entity, lambda attributes: read_sun(attributes, ahead))
        if found is not None:
            self._store_forecast(reduce(Sun.with_newer, found), message("sun_missing", entity=entity))

    def _tomorrows_sun(self, name: str, now_s: float, ahead: Ahead) -> Sun:
        """Return tomorrow's sun by the entity of tomorrow's energy, empty without that entity."""
        entity = name.replace(SUN_TODAY, SUN_TOMORROW) if SUN_TODAY in name else None
        energy_kwh = View(self._ports.get, now_s).measured(entity, ENERGY_UNITS)
        return Sun() if energy_kwh is None else tomorrow_shaped_as_today(self._published, energy_kwh, now_s, ahead)

    def _store_forecast(self, found: Sun, why_none: Message) -> None:
        """Store a new forecast, or why there is none."""
        if found.middle_kw:
            self._published = found
        self._why = None if found.middle_kw else why_none
