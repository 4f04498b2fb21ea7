"""All that Home Assistant shows, with what each entity was called before a person renamed it, and its device."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from ..runtime.ports import Ports, attributes_of


async def entity_dump(ports: Ports) -> dict[str, dict[str, object]]:
    """Entity -> what `detect` looks at."""
    dump: dict[str, dict[str, object]] = {}
    registered = _registered()
    for entity in await ports.names():
        with suppress(NameError):  # removed since
            state = str(ports.get(entity))
            dump[entity] = {"state": state, "attributes": attributes_of(ports, entity), **registered.get(entity, {})}
    return dump


def _registered() -> Mapping[str, dict[str, object]]:
    """Entity -> its first id and its device, of those that Home Assistant has registered."""
    core: Any = sys.modules.get("homeassistant.core")
    entities: Any = sys.modules.get("homeassistant.helpers.entity_registry")
    devices: Any = sys.modules.get("homeassistant.helpers.device_registry")
    util: Any = sys.modules.get("homeassistant.util")
    if core is None or entities is None or devices is None or util is None:
        return {}
    hass = core.async_get_hass()
    known = devices.async_get(hass)
    found: dict[str, dict[str, object]] = {}
    for entry in entities.async_get(hass).entities.values():
        device = known.async_get(entry.device_id) if entry.device_id else None
        first = entry.original_name or ""
        if entry.has_entity_name and device is not None and device.name:
            first = f"{device.name} {first}"
        name = util.slugify(first)
        called = f"{entry.domain}.{name}" if first.strip() else ""
        # A second one of the same name has a number behind it, which nobody has given it.
        own = called and not entry.entity_id.startswith(called)
        found[entry.entity_id] = {"called": called if own else "", "device": entry.device_id or ""}
    return found
