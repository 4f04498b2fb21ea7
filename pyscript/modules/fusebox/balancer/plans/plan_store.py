"""Stores plans, and how battery and inverter are released: read at the start, written on change and at the end."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

from ... import tuning
from ...model.durations import NEVER_S, has_passed
from ...model.messages.message import Message, message
from ...runtime import lifecycle
from ...runtime.json_values import to_json_values
from ...runtime.log_throttle import LOG, describe_fault
from ...runtime.store import STORE, ValuesFile, replace_file
from .battery_control import BatteryControl
from .export_control import ExportControl
from .plan_file import (
    EXPORT_NAME,
    NAME,
    ExportRecord,
    StoredPlans,
    calls_to_file,
    export_record,
    parse_plans,
    read_file,
)
from .plans import Plans

OVER = "the scripts were loaded anew"
"""Why nothing is stored after `PlansKeeper.stop`."""


class PlansKeeper:
    """The files of one load of the script; started and stopped by `runtime.lifecycle`.

    It releases the batteries and inverters of these controls at its end, and at its start what no order in force sets.
    """

    def __init__(self, folder: Path, plans: Plans, battery: BatteryControl, export: ExportControl) -> None:
        self._folder = folder
        self._plans = plans
        self._battery, self._export = battery, export
        self._file = ValuesFile(folder / NAME, {})
        self._record = ValuesFile(folder / EXPORT_NAME, to_json_values(ExportRecord()))
        self._written_s = NEVER_S
        self._disk = asyncio.Lock()
        self._is_over = False
        self.damaged: Message | None = None
        """What could not be read of the file at the start, None if all could."""
        self.problem: Message | None = None
        """Why the file cannot be written, None if it can."""
        battery.loans.persist = self.write_if_changed
        export.loans.persist = self.write_record

    async def start(self) -> None:
        """Restore the stored plans and orders, and release the batteries that the script's load before did not order.

        Nothing is planned or repeated yet.

        A damaged or unreadable file is logged, reported in `damaged`, and does not prevent the start.
        """
        found = await asyncio.to_thread(read_file, StoredPlans, self._folder / NAME)
        if found.why:
            self.damaged = message("plan_file_unreadable", file=NAME, error=found.why)
        elif found.damaged:
            self.damaged = message("plan_file_damaged", file=NAME, parts=", ".join(found.damaged))
        if self.damaged is not None:
            LOG.warning(self.damaged)
        is_certain = not any(place.startswith(("release", NAME)) for place in found.damaged)
        # First release the battery: no fault in the plans may prevent that.
        self._battery.restore(found.content.release, found.content.blind, is_certain=is_certain)
        earlier, STORE["battery"] = STORE.get("battery"), self._battery
        await self._battery.start(earlier)
        # A number is given back when it displays a value: it may be a person's by now.
        own = await asyncio.to_thread(read_file, ExportRecord, self._folder / EXPORT_NAME)
        if own.damaged:
            LOG.warning("%s is damaged: %s", EXPORT_NAME, own.why or ", ".join(own.damaged))
        if not own.is_absent:
            self._record.written = None
        record, is_lost = export_record(own, found)
        self._export.restore(record, is_lost=is_lost)
        try:
            self._plans.restore(found.content)
        except Exception as error:  # a bug of Fusebox
            LOG.error("plans start again: %s", describe_fault(error))

    async def stop(self) -> None:
        """Write the file, as the last act of this keeper; first release batteries and inverters.

        Without that if a newer load of the scripts goes on: it continues the orders.
        """
        self._is_over = True
        if STORE.get("plans") is self._plans:
            await self._battery.release_all()
            await self._export.restore_numbers()
        await self._write()

    async def write_if_due(self, now_s: float, *, at_once: bool) -> None:
        """Write the file if it has changed: at once with `at_once`, otherwise at most every `ENERGY_KEPT_S`."""
        if at_once or has_passed(tuning.ENERGY_KEPT_S, self._written_s, now_s):
            self._written_s = now_s
            await self.write_if_changed()

    async def write_if_changed(self) -> str:
        """Write both files if they have changed; return why that of the plans cannot be written, "" if it is.

        The scripts' end prevents it too.
        """
        return OVER if self._is_over else (await self._write())[0]

    async def write_record(self) -> str:
        """Do the same; return why the file of the lowered numbers cannot be written."""
        return OVER if self._is_over else (await self._write())[1]

    async def _write(self) -> tuple[str, str]:
        """Write both files, plans and lowered numbers, if they have changed; return why each cannot be, "" if it is.

        The battery's part is written even if the plans cannot be. A problem is logged once and stored in `problem`.
        """
        async with self._disk:
            values, problem = self._values()
            release, blind = map(calls_to_file, (self._battery.release, self._battery.blind))
            own = {"release": release, "blind": blind, "lowered": to_json_values(self._export.record.lowered)}
            why_no_record = await self._record.write(to_json_values(self._export.record), replace_file)
            why = await self._file.write({**values, **own}, replace_file)
            for name, error in ((EXPORT_NAME, why_no_record), (NAME, why)):
                if error:
                    problem = message("plan_file_unwritable", file=name, error=error)
            if problem not in (None, self.problem):
                LOG.warning(problem)
            self.problem = problem
            return why, why_no_record

    def _values(self) -> tuple[dict[str, Any], Message | None]:
        """Return the plans as JSON values, and None; if that fails, the values last written and the problem.

        Writes nothing.
        """
        try:
            values = self._plans.plain()
            json.dumps(values)
            return values, None
        except Exception as error:  # a bug of Fusebox
            return self._file.written, message("plans_not_stored", error=describe_fault(error))


async def start_keeper(
    folder: Path | None, owner: object, plans: Plans, battery: BatteryControl, export: ExportControl
) -> PlansKeeper | None:
    """Take over the plans of an earlier load of the scripts, then start and return the keeper; None without a folder.

    Plans that cannot be taken over start anew, which is logged. The keeper of an earlier load is stopped.
    """
    earlier = STORE.get("plans")
    STORE["plans"] = plans
    if earlier is not None and earlier is not plans:
        try:
            plans.restore(parse_plans(earlier.plain()).content)
        except Exception as error:  # an earlier version of this code
            LOG.warning("plans of the previous load of the scripts are unknown: %s", describe_fault(error))
    if folder is None:
        return None
    keeper = PlansKeeper(folder, plans, battery, export)
    await lifecycle.start("plans", owner, keeper)
    return keeper
