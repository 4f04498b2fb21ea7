"""Looks at Home Assistant from the inside: `fusebox_probe.look` returns the present tasks.

`fusebox_probe.compile_statistics` has the recorder do at once what it does at the end of five minutes.
"""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

from homeassistant.core import HomeAssistant, ServiceCall, SupportsResponse


async def async_setup(hass: HomeAssistant, config: dict[str, Any]) -> bool:
    """Offer the services."""

    async def look(call: ServiceCall) -> dict[str, Any]:
        return {"tasks": sorted(_told(task) for task in asyncio.all_tasks() if task is not asyncio.current_task())}

    async def compile_statistics(call: ServiceCall) -> None:
        from homeassistant.components.recorder import get_instance, tasks

        now = datetime.now(UTC)
        start = now.replace(minute=now.minute // 5 * 5, second=0, microsecond=0)
        get_instance(hass).queue_task(tasks.StatisticsTask(start, True))

    hass.services.async_register("fusebox_probe", "look", look, supports_response=SupportsResponse.ONLY)
    hass.services.async_register("fusebox_probe", "compile_statistics", compile_statistics)
    return True


def _told(task: asyncio.Task[Any]) -> str:
    """The coroutine and its file; those of pyscript's tasks reveal little, so what they wait in is added."""
    inner = task.get_coro()
    names = []
    while inner is not None and hasattr(inner, "__qualname__"):
        code = getattr(inner, "cr_code", None)
        names.append(inner.__qualname__ if code is None else f"{inner.__qualname__} ({code.co_filename})")
        inner = getattr(inner, "cr_await", None)
    return " > ".join(names) or repr(task.get_coro())
