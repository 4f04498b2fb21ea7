"""Start and stop a real Home Assistant with the real pyscript, in this process."""

from __future__ import annotations

import asyncio
import importlib
import sys
import typing
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

import watchdog.observers
from homeassistant import loader
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import frame, restore_state, translation
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import async_test_home_assistant

from .file_watch import Observer
from .process.start_home_assistant import put_moved_names_back

PYSCRIPT = "custom_components.pyscript"

CREEP = timedelta(microseconds=2)
"""A time difference above what pyscript treats as punctual."""


def use_pyscript(component: Path, place: Path) -> None:
    """Make `import custom_components.pyscript` find this component; `place` is an empty folder for that."""
    put_moved_names_back()
    sys.pycache_prefix = str(place / "compiled")
    parent = place / "custom_components"
    parent.mkdir()
    (parent / "__init__.py").touch()
    (parent / "pyscript").symlink_to(component)
    sys.path.insert(0, str(place))
    importlib.import_module("custom_components")
    watchdog.observers.Observer = Observer


@asynccontextmanager
async def home_assistant(config_folder: Path, time_zone: str) -> AsyncIterator[HomeAssistant]:
    """A Home Assistant that has yet to start, with what is in its storage; stopped at the end."""
    async with async_test_home_assistant(
        load_registries=True, config_dir=str(config_folder), initial_state=CoreState.not_running
    ) as hass:
        del hass.data[loader.DATA_CUSTOM_COMPONENTS]
        frame.async_setup(hass)
        hass.config.latitude, hass.config.longitude = 52.37, 4.89
        await hass.config.async_set_time_zone(time_zone)
        await restore_state.async_load(hass)
        hass.config.components.add("homeassistant")
        await translation.async_load_integrations(hass, {"homeassistant"})
        try:
            yield hass
        finally:
            await hass.async_stop(force=True)


async def start_pyscript(hass: HomeAssistant, options: dict[str, Any], before: Any) -> None:
    """Boot as Home Assistant does: the scripts load while it starts, their triggers begin when it has started."""
    await hass.async_add_executor_job(_import_anew)
    before(sys.modules["custom_components.pyscript.state"].State)
    sys.modules["custom_components.pyscript.trigger"].dt_now = _creeping_clock()
    assert await async_setup_component(hass, "pyscript", {"pyscript": options})
    await hass.async_block_till_done()
    await hass.async_start()


def _creeping_clock() -> Callable[[], datetime]:
    """pyscript's own function for the time: it takes for granted that no task sees the same time twice."""
    seen: WeakKeyDictionary[Any, datetime] = WeakKeyDictionary()

    def dt_now() -> datetime:
        task, now = asyncio.current_task(), datetime.now()  # noqa: DTZ005
        if task in seen and timedelta() <= seen[task] - now < timedelta(seconds=1):
            now = seen[task] + CREEP
        seen[task] = now
        return now

    return dt_now


def _let_go() -> None:
    """Free what pyscript was before, and its Home Assistant: ten megabytes a test are held by these two."""
    for end in list(weakref.finalize._registry):  # type: ignore[attr-defined]
        alive = end.peek()
        if alive is not None and alive[1].__module__.startswith(PYSCRIPT):
            end.detach()
    for clear in typing._cleanups:  # type: ignore[attr-defined]
        clear()


def _import_anew() -> None:
    """pyscript keeps its state in classes: each Home Assistant gets its own. What Python compiles of it is kept."""
    for name in [name for name in sys.modules if name.startswith(PYSCRIPT)]:
        del sys.modules[name]
    _let_go()
    sys.dont_write_bytecode, before = False, sys.dont_write_bytecode
    try:
        importlib.import_module("custom_components.pyscript")
    finally:
        sys.dont_write_bytecode = before
