"""Looks at the limit on export: decides how far the inverter is held back, sends that, and publishes it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import Any

from ...control.limits.export_limit import FREE, Curtailment, Powers, present_powers, update_curtailment
from ...model.export_limit import Curtail
from ...model.messages.message import Message, message
from ...model.readings import View
from ...planning.prices import quarter_start_s
from ...planning.times import Ahead
from ...runtime.log_throttle import Failures
from ...runtime.ports import Ports
from .export_control import ExportControl
from .inputs import Found
from .plans import Plans

NO_POWERS = Powers(None, None)
NO_LIMIT: Mapping[str, Any] = {"export_limit_w": None, "curtailed_w": None}


class ExportLook:
    """The limit on export of one load of the script."""

    def __init__(self, ports: Ports, plans: Plans) -> None:
        self._ports = ports
        self._plans = plans
        self._failures = Failures("holding the inverter back")
        self._failed: Message | None = None
        self._held = FREE
        self.control = ExportControl(ports)
        self.attributes = NO_LIMIT
        """What the site's entity publishes of the limit."""

    @property
    def problems(self) -> tuple[Message, ...]:
        """Problems for the user."""
        return self.control.problems if self._failed is None else (self._failed, *self.control.problems)

    async def update(self, now_s: float, found: Found | None, ahead: Ahead) -> None:
        """Decide and send. If that fails, the inverter is given back."""
        view = View(self._ports.get, now_s)
        try:
            await self._decide_and_send(now_s, found, view, ahead)
            self._failed = None
        except Exception as error:
            self._failed = message("export_fails", error=self._failures.log_failure(error, now_s))
            self._held = FREE
            # The failing part may be needed here too.
            with suppress(Exception):
                await self.control.restore_numbers(view)

    async def _decide_and_send(self, now_s: float, found: Found | None, view: View, ahead: Ahead) -> None:
        """Decide how far the inverter is held back, and send it.

        In a dry run, on an island or without a limit, give it back. Without a decision in `failsafe_after_s` the export
        counts as unknown.
        """
        if found is None:
            # What an earlier process left does not wait for a valid CONFIG.
            await self.control.update((), None, view)
            return
        site = found.site
        price = self._plans.export.price_at(now_s)
        limit_w = None if site.export is None else site.export.most_w(now_s, price, ahead)
        export = None if site.dry_run or site.island else site.export
        is_silent = now_s - found.snapshot.now_s > site.failsafe_after_s
        held, powers = self._held, NO_POWERS if is_silent else present_powers(site, found.snapshot)
        goals: Sequence[tuple[Curtail, float]] = ()
        self._held = FREE
        if export is not None and export.curtail:
            self._held = update_curtailment(export.curtail[0].limits, limit_w, powers, held, now_s)
            if self._held.most_w is not None:
                goals = export.shares_w(self._held.most_w, [inverter.max_w for inverter in site.inverters])
        if not await self.control.update(goals, limit_w, view):
            self._held = Curtailment(over_s=self._held.over_s, unknown_s=self._held.unknown_s)
        self.attributes = NO_LIMIT if site.export is None else self._attributes(limit_w, powers, now_s)

    def _attributes(self, limit_w: float | None, powers: Powers, now_s: float) -> dict[str, Any]:
        """Return the attributes `export_limit_w` and `curtailed_w` (the forecast less the inverter's output) [W].

        The first is None without a limit. The second is 0 while no number is lowered, None without a forecast or
        output.
        """
        held_w: float | None = 0.0
        if self.control.is_lowered:
            forecast_kw = self._plans.sun.sun.middle_kw.get(quarter_start_s(now_s))
            is_known = forecast_kw is not None and powers.output_w is not None
            held_w = max((forecast_kw or 0.0) * 1000 - (powers.output_w or 0.0), 0.0) if is_known else None
        return {
            "export_limit_w": None if limit_w is None else round(limit_w),
            "curtailed_w": None if held_w is None else round(held_w),
        }
