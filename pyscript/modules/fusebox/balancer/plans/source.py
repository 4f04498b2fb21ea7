"""The sources of prices and forecasts: the attributes of an entity, or an integration's service with a response."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ...config.plan_schema import UNUSED
from ...model.messages.message import Message
from ...planning.price_services import data_for_older_version
from ...runtime.ports import Ports, await_answer, entity_attributes

Read = TypeVar("Read")

PAIRS: Mapping[str, str] = {
    "_current_day_rates": "_next_day_rates",  # Octopus
    "_forecast_today": "_forecast_tomorrow",  # Solcast
}
"""End of an entity's name -> end of the name of the entity with the next day."""


class Feed:
    """What one source publishes: of an entity it is read when it has reported, of a service when it is called."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._reported: object = None
        """When the entities were last updated."""
        self.problem: Message | None = None
        """What the user should know of the source, None if all is well."""
        self._why: Message | None = None
        """Why the source publishes nothing now, None if it does."""

    def read_if_new(self, entity: str, read: Callable[[Mapping[str, Any]], Read]) -> list[Read] | None:
        """Return what `read` finds in the attributes of an entity, and of the one for the next day if it has one.

        None if neither was updated since the last call. Always returned while an update time is unknown.
        """
        other = next_day_entity(entity)
        names = [entity] if other is None else [entity, other]
        attributes = [entity_attributes(self._ports, name) for name in names]
        reported = [each.get("last_updated") for each in attributes]
        if reported == self._reported and None not in reported:
            return None
        self._reported = reported
        return [read(each) for each in attributes]

    async def call_service(self, service: str, chosen: str | None, data: Mapping[str, object]) -> tuple[object, str]:
        """Return a service's response and "", or None and the error that it reports.

        `chosen`: the config entry in CONFIG. An older version that refuses a newer field is called again without it.
        """
        (domain, _, name), data = service.partition("."), {**_entry_data(service, chosen), **data}
        answer, why = await await_answer(self._ports.call(domain, name, return_response=True, **data))
        older = data_for_older_version(service, data, why)
        if older is not None:
            answer, why = await await_answer(self._ports.call(domain, name, return_response=True, **older))
        return answer, why


def next_day_entity(entity: str) -> str | None:
    """Return the entity that holds the next day, None if one entity holds all days."""
    for end, other in PAIRS.items():
        if entity.endswith(end):
            return entity.removesuffix(end) + other
    return None


def _entry_data(service: str, chosen: str | None) -> Mapping[str, str]:
    """Return the data that names the config entry: CONFIG's, or the only one; nothing if the service takes none."""
    if "config_entry" in UNUSED.get(service, ()):
        return {}
    entry = chosen or _only_entry(service.partition(".")[0])
    return {} if entry is None else {"config_entry": entry}


def _only_entry(domain: str) -> str | None:
    """Return the id of an integration's only entry in use, None for several or outside Home Assistant."""
    core: Any = sys.modules.get("homeassistant.core")
    if core is None:
        return None
    all_entries = core.async_get_hass().config_entries
    entries = all_entries.async_entries(domain, include_ignore=False, include_disabled=False)
    return entries[0].entry_id if len(entries) == 1 else None
