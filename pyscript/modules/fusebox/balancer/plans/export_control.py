"""Keep the export within its limit: decide how far to hold each inverter back, lower its number, and restore it later.

Only a value that was sent by Fusebox is replaced by the former one. Any other was set by a person and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress

from ... import tuning
from ...control.limits import export_limit
from ...control.limits.export_limit import FREE, NO_LIMIT, Curtailment, PresentPowers, update_curtailment
from ...model.durations import NEVER_S, has_passed
from ...model.electrics import number_text
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.orders import Curtail
from ...model.readings import View
from ...planning.prices import quarter_start_s
from ...planning.times import Ahead
from ...runtime.log_throttle import Failures
from ...runtime.ports import Ports
from ...runtime.store import STORE, singleton
from .export_numbers import TERMS, Suspects, number_value, value_tolerance
from .inputs import StepResult
from .loan import is_silent
from .loans import Loans
from .plan_file import ExportRecord
from .plans import Plans


class ExportControl:
    """The numbers that Fusebox has lowered. `loans.persist` is set by the owner of the file."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self.loans = Loans(ports, TERMS)
        self.suspects = Suspects({}, is_lost=False)
        self._moved: dict[str, tuple[float | None, Message]] = {}
        """Number that a person has set -> the limit on export at that time [W], and the message about it."""

    @property
    def problems(self) -> tuple[Message, ...]:
        """Problems for the user: numbers that do not follow, have no value or were set by a person; a failed write."""
        errors = filter(None, map(self.loans.unstored.get, self.loans.wanted))
        unstored = [message("export_unstored", error=why) for why in errors]
        moved = (moved for _, moved in self._moved.values())
        return (*self.loans.problems.values(), *moved, *self.suspects.problems, *unstored[:1])

    def restore(self, record: ExportRecord, *, is_lost: bool) -> None:
        """Take over the record of an earlier process, except numbers that are known already; nothing is sent.

        `is_lost`: whether a number may have been lowered that the record does not name.
        """
        self.loans.held = {**{each.entity: each for each in record.lowered}, **self.loans.held}
        self.suspects = Suspects(record.suspects, is_lost=is_lost)

    @property
    def record(self) -> ExportRecord:
        """The content of the file of lowered numbers, which the next start hands to `restore`."""
        return ExportRecord(tuple(self.loans.held.values()), self.suspects.shown)

    async def update_suspects(self, curtails: Collection[Curtail], view: View) -> None:
        """Update and persist the numbers of CONFIG that may have been lowered without a record; nothing is sent."""
        before = self.suspects.shown
        self.suspects.update(curtails, self.loans.held.keys(), view)
        if self.suspects.shown != before:
            await self.loans.persist()

    def value_to_restore(self, entity: str, view: View, normal: float | None) -> float | None:
        """Return the value to restore a number to: what it displayed before it was lowered.

        For one that is not lowered, what it displays now; if it is silent, `normal` (CONFIG's value). None while
        unknown.
        """
        if entity in self.loans.held:
            return number_of(self.loans.held[entity].before)
        shown = view.number(entity)
        return normal if shown is None and is_silent(view, entity) else shown

    async def update(self, goals: Sequence[tuple[Curtail, float]], limit_w: float | None, view: View) -> bool:
        """Set or restore each number where that is due; return whether any inverter is to be held back.

        `goals`: what inverters may export or deliver [W]; all other numbers are restored. `limit_w`: the limit on
        export. A number that a person has set is left alone until that limit changes.
        """
        self._moved = {name: each for name, each in self._moved.items() if each[0] == limit_w and limit_w is not None}
        wanted: dict[str, float] = {}
        befores: dict[str, float] = {}
        unknown: set[str] = set()
        for curtail, most_w in goals:
            if curtail.entity in self._moved:
                continue
            entity, value = curtail.entity, number_value(curtail, view, most_w)
            before = self.value_to_restore(entity, view, curtail.normal)
            if before is None:
                unknown.add(entity)
            elif before - value > value_tolerance(view, entity, before):
                wanted[entity], befores[entity] = value, before
        self.loans.orders[self] = wanted
        await self.loans.update_due(view, unknown)
        for entity, before in befores.items():
            shown = await self.loans.update(entity, view, before)
            if shown is not None:
                moved = message("export_number_moved", entity=entity, shown=number_text(float(shown)))
                self._moved[entity] = (limit_w, moved)
        return bool(wanted or unknown) or any(curtail.entity in self._moved for curtail, _ in goals)

    async def restore_numbers(self, now_s: float = NEVER_S) -> None:
        """Send each lowered number its former value at once, and record that it was sent (`returned`)."""
        self.loans.orders.clear()
        await self.loans.return_due(View(self._ports.get, now_s))


class ExportLimiter:
    """Holds inverters back to the limit on export; with a site (`has_site`), at first as before a reload."""

    def __init__(self, ports: Ports, plans: Plans, *, has_site: bool) -> None:
        self._ports = ports
        self._plans = plans
        self._failures = Failures("holding the inverter back", "export_fails")
        self._held = singleton("curtailment", Curtailment) if has_site else FREE
        self._is_first = self._held == FREE
        """Whether nothing has been decided since a start."""
        self.control = ExportControl(ports)
        self.attributes = NO_LIMIT
        """What the site's entity publishes of the limit."""
        self.may_export_w = 0.0
        """As in `Site`; 0 before the first decision."""

    @property
    def problems(self) -> tuple[Message, ...]:
        """Problems for the user."""
        return (*filter(None, (self._failures.problem,)), *self.control.problems)

    async def update(self, now_s: float, began_s: float, found: StepResult | None, ahead: Ahead) -> None:
        """Decide and send. A failure is logged and becomes the problem; all inverters' numbers are then restored.

        Without a decision, restore them `LASTING_S` after `began_s`, unless they were held before a reload.
        """
        view = View(self._ports.get, now_s)
        with self._failures.logged(now_s):
            if found is not None:
                await self._decide_and_send(now_s, found, view, ahead)
            elif self._held == FREE and has_passed(tuning.LASTING_S, began_s, now_s):
                # What an earlier process left does not wait longer for a valid CONFIG.
                await self.control.update((), None, view)
        if self._failures.since_s is not None:
            self._held, self.may_export_w = FREE, 0.0
            # The failing part may be needed here too.
            with suppress(Exception):
                await self.control.restore_numbers(now_s)
        STORE["curtailment"] = self._held

    async def _decide_and_send(self, now_s: float, found: StepResult, view: View, ahead: Ahead) -> None:
        """Decide how far the inverters are held back, and send that.

        In a dry run, on an island or without a limit, restore them. After `failsafe_after_s` the export is unknown.
        """
        site = found.site
        await self.control.update_suspects(() if site.export is None else site.export.curtail, view)
        limit_w = (
            None
            if site.export is None
            else site.export.most_w(now_s, self._plans.exports.prices.price_at(now_s), ahead)
        )
        export = None if site.dry_run or site.island else site.export
        is_silent = now_s - found.snapshot.now_s > site.failsafe_after_s
        known = export_limit.present_powers(site, found.snapshot, found.decision.memory)
        powers = PresentPowers(None, None) if is_silent else known
        held, self._held, is_first, self._is_first = self._held, FREE, self._is_first, False
        goals: Sequence[tuple[Curtail, float]] = ()
        if export is not None and export.curtail:
            limits = export.curtail[0].limits
            if is_first and any(not each.returned for each in self.control.loans.held.values()):
                # A killed process left them held back.
                held = Curtailment(limit_w if limits == "export" else powers.output_w)
            self._held = update_curtailment(limits, limit_w, powers, held, now_s)
            if self._held.most_w is not None:
                goals = export.shares_w(self._held.most_w, [inverter.max_w for inverter in site.inverters])
        if not await self.control.update(goals, limit_w, view):
            self._held = Curtailment(over_s=self._held.over_s, unknown_s=self._held.unknown_s)
        is_held_back = bool(self.control.loans.held)
        is_free = limit_w is None and not is_held_back
        self.may_export_w = 0.0 if site.island else float("inf") if is_free else limit_w or 0.0
        forecast_kw = self._plans.sun.sun.middle_kw.get(quarter_start_s(now_s))
        published = export_limit.limit_attributes(limit_w, powers, forecast_kw, is_held_back=is_held_back)
        self.attributes = NO_LIMIT if site.export is None else published
