"""Services of integrations that answer: which entry they are asked for, and how long they are waited for."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Mapping
from typing import Any

from ... import tuning
from ...config.plan_schema import UNUSED
from ...runtime.ports import Ports


async def answer_of(ports: Ports, service: str, data: Mapping[str, object]) -> object:
    """What a service answers; whatever the integration raises, TimeoutError when it says nothing for half a minute."""
    domain, _, name = service.partition(".")
    try:
        async with asyncio.timeout(tuning.IGNORES_S):
            return await ports.call(domain, name, return_response=True, **data)
    except TimeoutError as error:
        raise TimeoutError(str(error) or "it does not answer") from None


def entry_data(service: str, chosen: str | None) -> Mapping[str, str]:
    """The part of a call's data that names the entry: CONFIG's, or the only one; nothing where none is asked for."""
    if "config_entry" in UNUSED.get(service, ()):
        return {}
    entry = chosen or _only_entry(service.partition(".")[0])
    return {} if entry is None else {"config_entry": entry}


def _only_entry(domain: str) -> str | None:
    """The id of an integration's entry where just one is in use; of several CONFIG has to say which."""
    core: Any = sys.modules.get("homeassistant.core")
    if core is None:
        return None
    all_entries = core.async_get_hass().config_entries
    entries = all_entries.async_entries(domain, include_ignore=False, include_disabled=False)
    return entries[0].entry_id if len(entries) == 1 else None
