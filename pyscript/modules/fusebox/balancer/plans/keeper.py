"""Keeps what is known of plans in its file: read at the start, written where it has changed and at the end."""

from __future__ import annotations

import asyncio
import json
import logging
from pathlib import Path
from typing import Any

from ... import tuning
from ...runtime import lifecycle
from ...runtime.files import replace_file
from ...runtime.store import STORE
from . import keep
from .battery_orders import BatteryTeller, plain
from .plans import Plans

LOG = logging.getLogger("fusebox")


class PlansKeeper:
    """The file of one load of the script; started and stopped by `runtime.lifecycle`."""

    def __init__(self, folder: Path, plans: Plans, teller: BatteryTeller) -> None:
        self._folder = folder
        self._plans = plans
        self._teller = teller
        self._written: dict[str, Any] = {}
        self._written_s = float("-inf")

    async def start(self) -> None:
        """Go on from what was kept. What cannot be read is told, and is no reason not to start."""
        try:
            kept = await asyncio.to_thread(keep.read, self._folder)
            self._plans.restore(kept)
            self._teller.restore(kept.get("release"))
        except (OSError, ValueError, RecursionError) as error:
            LOG.warning("what was kept of plans cannot be read, they begin anew: %s", error)
        self._written = self._plain()
        await self._teller.give_back()

    async def stop(self) -> None:
        """The last act: the battery is its own again."""
        await self._teller.give_back()
        await self._write()

    async def look(self, now_s: float, *, at_once: bool) -> None:
        """Write, where that is due."""
        if at_once or not 0 <= now_s - self._written_s < tuning.ENERGY_KEPT_S:
            self._written_s = now_s
            await self._write()

    def _plain(self) -> dict[str, Any]:
        return {**self._plans.plain(), "release": plain(self._teller.release)}

    async def _write(self) -> None:
        now = self._plain()
        if now == self._written:
            return
        try:
            await asyncio.to_thread(replace_file, self._folder / keep.NAME, json.dumps(now))
            self._written = now
        except OSError as error:
            LOG.warning("plans cannot be kept: %s", error)


async def start_keeper(folder: Path | None, owner: object, plans: Plans, teller: BatteryTeller) -> PlansKeeper | None:
    """Go on from what an earlier load or an earlier process knew; None where nothing can be kept."""
    earlier = STORE.get("plans")
    if earlier is not None and earlier is not plans:
        plans.restore(earlier.plain())
    STORE["plans"] = plans
    if folder is None:
        return None
    keeper = PlansKeeper(folder, plans, teller)
    await lifecycle.start("plans", owner, lambda: keeper)
    return keeper
