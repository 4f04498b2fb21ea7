"""Starts and stops a real Home Assistant with the real pyscript in it, in this process."""

from __future__ import annotations

import importlib
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import watchdog.observers
from homeassistant import loader
from homeassistant.core import CoreState, HomeAssistant
from homeassistant.helpers import restore_state
from homeassistant.setup import async_setup_component
from pytest_homeassistant_custom_component.common import async_test_home_assistant

from .file_watch import Observer

RESTORE_FILE = Path(".storage") / restore_state.STORAGE_KEY


def use_pyscript(component: Path, place: Path) -> None:
    """Have `import custom_components.pyscript` find this component; `place` is an empty folder for that."""
    sys.pycache_prefix = str(place / "compiled")
    parent = place / "custom_components"
    parent.mkdir()
    (parent / "__init__.py").touch()
    (parent / "pyscript").symlink_to(component)
    sys.path.insert(0, str(place))
    importlib.import_module("custom_components")
    watchdog.observers.Observer = Observer


@asynccontextmanager
async def home_assistant(config_folder: Path, time_zone: str, kept: Path) -> AsyncIterator[HomeAssistant]:
    """A Home Assistant that has yet to start, with what the last one saved in `kept`; stopped at the end."""
    async with async_test_home_assistant(
        load_registries=True, config_dir=str(config_folder), initial_state=CoreState.not_running
    ) as hass:
        del hass.data[loader.DATA_CUSTOM_COMPONENTS]
        hass.config.latitude, hass.config.longitude = 52.37, 4.89
        await hass.config.async_set_time_zone(time_zone)
        await hass.async_add_executor_job(_copy, kept, config_folder / RESTORE_FILE)
        await restore_state.async_load(hass)
        try:
            yield hass
        finally:
            await hass.async_stop(force=True)
            await hass.async_add_executor_job(_copy, config_folder / RESTORE_FILE, kept)


async def start_pyscript(hass: HomeAssistant, options: dict[str, Any], before: Any) -> None:
    """Boot as Home Assistant does: the scripts load while it starts, their triggers begin when it has started."""
    await hass.async_add_executor_job(_import_anew)
    before(sys.modules["custom_components.pyscript.state"].State)
    assert await async_setup_component(hass, "pyscript", {"pyscript": options})
    await hass.async_block_till_done()
    await hass.async_start()


def _import_anew() -> None:
    """pyscript keeps its state in classes: each Home Assistant gets its own. What Python compiles of it is kept."""
    for name in [name for name in sys.modules if name.startswith("custom_components.pyscript")]:
        del sys.modules[name]
    sys.dont_write_bytecode, before = False, sys.dont_write_bytecode
    try:
        importlib.import_module("custom_components.pyscript")
    finally:
        sys.dont_write_bytecode = before


def _copy(source: Path, target: Path) -> None:
    if source.exists():
        target.parent.mkdir(exist_ok=True)
        shutil.copy(source, target)
