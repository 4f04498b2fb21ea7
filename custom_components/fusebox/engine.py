"""The scripts in pyscript: whether it can run them, copying them, and waiting for them to start."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from homeassistant.config_entries import SOURCE_USER
from homeassistant.core import HomeAssistant
from homeassistant.loader import IntegrationNotFound, async_get_integration

from .const import (
    IS_COMPLETE,
    IS_RELEASE,
    LOOK_S,
    OLDEST_PYSCRIPT,
    PYSCRIPT,
    RELEASED,
    RELEASED_FILES,
    SCRIPTS_FOLDER,
    START_S,
)
from .scripts import ChangedByHand, Scripts, hashes

LOG = logging.getLogger(__name__)
STORE = "_fusebox_store"
"""Where the scripts keep what outlives a reload; `started` in it is script -> version with which it has started."""
SETUP = "fusebox_setup"


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the scripts cannot run: the key of a translation, and the values in it."""

    key: str
    values: dict[str, str] = field(default_factory=dict)


async def find_obstacle(hass: HomeAssistant) -> Obstacle | None:
    """Return what is wrong with this integration's files or with pyscript, None if the scripts can run."""
    if not await hass.async_add_executor_job(is_complete):
        return Obstacle("incomplete")
    try:
        pyscript = await async_get_integration(hass, PYSCRIPT)
    except IntegrationNotFound:
        return Obstacle("pyscript_missing")
    if pyscript.version is None or pyscript.version < OLDEST_PYSCRIPT:
        return Obstacle("pyscript_old", {"version": str(pyscript.version), "oldest": OLDEST_PYSCRIPT})
    if hass.services.has_service(PYSCRIPT, "reload"):
        return None
    if hass.config_entries.async_entries(PYSCRIPT):
        return Obstacle("pyscript_not_started", {"version": str(pyscript.version)})
    return Obstacle("pyscript_not_added")


def is_complete() -> bool:
    """Return whether the files of this integration are those of a release, or a checkout. Blocks on the disk.

    The store unpacks them one after another: after a kill some may be missing, cut short, or of the version before.
    """
    if not IS_RELEASE:
        return IS_COMPLETE
    try:
        return bool(hashes(RELEASED) == json.loads(RELEASED_FILES.read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return False


async def add_pyscript(hass: HomeAssistant) -> None:
    """Add the pyscript integration with its usual options, as a person does with two clicks."""
    options = {"allow_all_imports": False, "hass_is_global": False}
    await hass.config_entries.flow.async_init(PYSCRIPT, context={"source": SOURCE_USER}, data=options)
    await hass.async_block_till_done()


async def scripts_of(hass: HomeAssistant) -> Scripts:
    """Return the scripts to copy, for the config folder of this Home Assistant.

    Their version is read from the files: the store may have replaced them while an older integration still runs.
    """
    version = await hass.async_add_executor_job(_version)
    return Scripts(Path(hass.config.config_dir), SCRIPTS_FOLDER, version)


def _version() -> str:
    file = SCRIPTS_FOLDER / "modules" / "fusebox" / "runtime" / "version.py"
    written = file.read_text(encoding="utf-8") if file.is_file() else ""
    found = re.search(r'^VERSION = "(.+)"$', written, re.MULTILINE)
    return "" if found is None else found[1]


async def start_scripts(hass: HomeAssistant, scripts: Scripts) -> bool:
    """Have pyscript load what was copied; return whether it starts, after going back to the version before if not."""
    version, files = await hass.async_add_executor_job(_expected, scripts)
    await hass.services.async_call(PYSCRIPT, "reload", {}, blocking=True)

    def have_started() -> bool:
        store = getattr(sys.modules.get(STORE), "started", {})
        return all(store.get(file) == version for file in files) and hass.services.has_service(PYSCRIPT, SETUP)

    if await wait_until(have_started, START_S):
        await hass.async_add_executor_job(scripts.confirm)
        return True
    if await hass.async_add_executor_job(scripts.is_unproven):
        LOG.error("Fusebox %s does not start; going back to the version before", version)
        await hass.async_add_executor_job(scripts.roll_back)
        await hass.services.async_call(PYSCRIPT, "reload", {}, blocking=True)
    return False


def _expected(scripts: Scripts) -> tuple[str | None, list[str]]:
    """Return the version in place and the scripts that have to start with it. Blocks on the disk."""
    now = scripts.installed()
    files = [] if now is None else [path for path in now.files if "/" not in path]
    return (None if now is None else now.version), [path for path in files if (scripts.target / path).exists()]


async def wait_until(is_so: Callable[[], bool], patience_s: float) -> bool:
    """Wait until something is so; return whether it became so in time."""
    try:
        async with asyncio.timeout(patience_s):
            while not is_so():
                await asyncio.sleep(LOOK_S)
    except TimeoutError:
        return False
    return True


async def copy_scripts(hass: HomeAssistant, scripts: Scripts) -> tuple[bool, tuple[str, ...]]:
    """Copy the scripts unless that version has failed before.

    Return whether anything changed, and the files that a person changed, which keep the update back.
    """

    def copy() -> tuple[bool, tuple[str, ...]]:
        recovered = scripts.recover()
        if not scripts.is_current() and scripts.has_failed():
            return recovered, ()
        try:
            return scripts.install() or recovered, ()
        except ChangedByHand as changed:
            return recovered, changed.files

    return await hass.async_add_executor_job(copy)
