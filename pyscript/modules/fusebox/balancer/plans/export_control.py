"""Keep the export within its limit: decide how far to hold each inverter back, lower its number, and restore it later.

The number's value before that, and each value sent, are on disk before it is lowered. So a later start knows which
values were sent by Fusebox: only such a value is replaced by the former one. Any other was set by a person and stays.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

from ... import tuning
from ...control.limits import export_limit
from ...control.limits.export_limit import FREE, NO_LIMIT, Curtailment, PresentPowers, update_curtailment
from ...devices.driver import set_value_or_option_call
from ...model.durations import NEVER_S, NO_ATTEMPTS, has_passed, since_each
from ...model.electrics import number_text
from ...model.messages.message import Message, message
from ...model.orders import Curtail
from ...model.readings import View
from ...planning.prices import quarter_start_s
from ...planning.times import Ahead
from ...runtime.log_throttle import Failures
from ...runtime.ports import Ports, call_error
from ...runtime.store import STORE, singleton
from .battery_order import Persist, report_missing_storage_folder
from .export_numbers import (
    Progress,
    Suspects,
    displays_any,
    is_device_response,
    is_silent,
    number_value,
    value_tolerance,
)
from .inputs import StepResult
from .plan_file import ExportRecord, LoweredNumber
from .plans import Plans


class ExportControl:
    """The numbers that Fusebox has lowered. `persist` is set by the owner of the file."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self.persist: Persist = report_missing_storage_folder
        self._held: dict[str, LoweredNumber] = {}
        """The numbers that are lowered, each until it is restored, or set by a person."""
        self.suspects = Suspects({}, is_lost=False)
        self._progress: dict[str, Progress] = {}
        self._moved: dict[str, tuple[float | None, Message]] = {}
        """Number that a person has set -> the limit on export at that time [W], and the message about it."""
        self._unavailable_s: Mapping[str, float] = {}
        """Number that should be set and has no value -> since when [s since 1970]."""
        self._unavailable: Sequence[Message] = ()
        """A problem for each number that has had no value for `LASTING_S`."""
        self._unstored = ""

    @property
    def problems(self) -> tuple[Message, ...]:
        """Problems for the user: numbers that do not follow, have no value or were set by a person; a failed write."""
        unstored = message("export_unstored", error=self._unstored) if self._unstored else None
        own, moved = (each.problem for each in self._progress.values()), (moved for _, moved in self._moved.values())
        return tuple(filter(None, (*own, *moved, *self.suspects.problems, *self._unavailable, unstored)))

    @property
    def lowered(self) -> tuple[LoweredNumber, ...]:
        """The numbers that are lowered, for the next start to restore."""
        return tuple(self._held.values())

    def restore(self, record: ExportRecord, *, is_lost: bool) -> None:
        """Take over the record of an earlier process, except numbers that are known already; nothing is sent.

        `is_lost`: whether a number may have been lowered that the record does not name.
        """
        self._held |= {each.entity: each for each in record.lowered if each.entity not in self._held}
        self.suspects = Suspects(record.suspects, is_lost=is_lost)

    @property
    def record(self) -> ExportRecord:
        """The record to persist."""
        return ExportRecord(self.lowered, self.suspects.shown)

    async def update_suspects(self, curtails: Collection[Curtail], view: View) -> None:
        """Update and persist the numbers of CONFIG that may have been lowered without a record; nothing is sent."""
        before = self.suspects.shown
        self.suspects.update(curtails, self._held.keys(), view)
        if self.suspects.shown != before:
            await self.persist()

    def value_to_restore(self, entity: str, view: View, normal: float | None) -> float | None:
        """Return the value to restore a number to: what it displayed before it was lowered.

        For one that is not lowered, what it displays now; if it is silent, `normal` (CONFIG's value). None while
        unknown.
        """
        if entity in self._held:
            return self._held[entity].before
        shown = view.number(entity)
        return normal if shown is None and is_silent(view, entity) else shown

    async def update(self, goals: Sequence[tuple[Curtail, float]], limit_w: float | None, view: View) -> bool:
        """Set or restore each number where that is due; return whether any inverter is to be held back.

        `goals`: what inverters may export or deliver [W]; all other numbers are restored. `limit_w`: the limit on
        export. A number that a person has set is left alone until that limit changes.
        """
        self._moved = {name: each for name, each in self._moved.items() if each[0] == limit_w and limit_w is not None}
        wanted: dict[str, float] = {}
        unknown: set[str] = set()
        for curtail, most_w in goals:
            if curtail.entity in self._moved:
                continue
            entity, value = curtail.entity, number_value(curtail, view, most_w)
            before = self.value_to_restore(entity, view, curtail.normal)
            if before is None:
                unknown.add(entity)
            elif before - value > value_tolerance(view, entity, before):
                wanted[entity] = value
                self._held.setdefault(entity, LoweredNumber(entity, before))
        for held in self.lowered:
            if held.entity not in unknown:
                await self._set_number(held, wanted.get(held.entity), limit_w, view)
        needed = {*unknown, *(entity for entity in self._held if not is_silent(view, entity))}
        silent = [name for name in sorted(needed) if view.number(name) is None]
        self._unavailable_s = since_each(self._unavailable_s, silent, view.now_s)
        lasting = [name for name, at_s in self._unavailable_s.items() if has_passed(tuning.LASTING_S, at_s, view.now_s)]
        self._unavailable = [message("export_number_unavailable", entity=name) for name in lasting]
        return bool(wanted or unknown) or any(curtail.entity in self._moved for curtail, _ in goals)

    async def restore_numbers(self, now_s: float = NEVER_S) -> None:
        """Send each lowered number its former value at once, and record that it was sent (`returned`).

        Skips a number that is unavailable or displays a value that was not sent from here. Called again, it repeats a
        value only after the usual waits: many inverters store each write for good.
        """
        view = View(self._ports.get, now_s)
        ours = [each for each in self.lowered if is_silent(view, each.entity) or displays_any(view, each, each.sent)]
        self._held = {each.entity: each._replace(returned=each in ours) for each in self.lowered}
        for held in ours:
            if self._progress.get(held.entity, Progress()).is_due(held.before, now_s):
                await self._send(held.entity, held.before, view)

    async def _set_number(self, held: LoweredNumber, value: float | None, limit_w: float | None, view: View) -> None:
        """Send one number a value, or what it displayed before (None), if that is due and it does not display it.

        One that displays neither was set by a person, unless an earlier command may still arrive: its record is dropped
        and nothing sent until `limit_w` changes. One that is unavailable waits. A value that cannot be stored is not
        sent. A former value that an earlier process has sent counts as sent now.
        """
        entity, shown = held.entity, view.number(held.entity)
        sent = NO_ATTEMPTS.after_sending(held.before, view.now_s) if held.returned else NO_ATTEMPTS
        progress, is_back = self._progress.setdefault(entity, Progress(sent)), displays_any(view, held, (held.before,))
        # It may still display its former value only because the lower one has not arrived.
        may_fall = value is None and not progress.is_confirmed and not progress.has_sent(held.before)
        is_settled = progress.is_confirmed or (value is None and not may_fall)
        if shown is None and not is_silent(view, entity):
            # It may come back from a restart of the device with another value, which no person has set.
            self._progress[entity] = replace(progress, is_confirmed=False)
            return
        if shown is not None and not displays_any(view, held, held.sent):
            if not is_back and is_device_response(held, progress, shown, view.now_s):
                progress = self._progress[entity] = replace(progress, attempts=progress.last, is_confirmed=False)
                # No person has set what the device displays instead of the value sent.
                held = await self._store_number(held._replace(sent=(shown, *held.sent[-tuning.LAST_TIMES + 1 :])))
            elif not is_back or (is_settled and not progress.may_be_undone(view.now_s)):
                await self._forget(held)
                if value is not None:
                    moved = message("export_number_moved", entity=entity, shown=number_text(shown))
                    self._moved[entity] = (limit_w, moved)
                return
        goal = held.before if value is None else value
        if shown is not None and displays_any(view, held, (goal,)) and not may_fall:
            self._progress[entity] = progress.after_confirmation()
            return
        if value is not None and not await self._store_before_sending(held, value):
            return
        if progress.is_due(goal, view.now_s):
            await self._send(entity, goal, view)
        if value is None and shown is None and self._progress[entity].has_sent(held.before):
            await self._forget(held)

    async def _send(self, entity: str, value: float, view: View) -> None:
        """Set a number and count the attempt. A failed call is not raised: it becomes the number's problem.

        So does a value that was sent `UNRESPONSIVE_TIMES` without effect, unless the number is silent.
        """
        progress = self._progress.get(entity, Progress()).after_sending(value, view.number(entity), view.now_s)
        problem, call = progress.problem, set_value_or_option_call(entity, value)
        if progress.attempts.times > tuning.UNRESPONSIVE_TIMES and not is_silent(view, entity):
            problem = message("export_ignored", entity=entity, shown=view.word(entity) or "", sent=value)
        why = await call_error(self._ports, call.domain, call.service, call.data)
        if why:
            problem = message("export_call_failed", entity=entity, error=why)
        self._progress[entity] = replace(progress, has_failed=bool(why), problem=problem)

    async def _store_before_sending(self, held: LoweredNumber, value: float) -> bool:
        """Store a value before it is sent; return whether that was possible. If not, it does not count as sent.

        The value sent before stays stored too, because it may still be displayed.
        """
        if value in held.sent[-1:] and not held.returned:
            return not self._unstored
        sent = (*[each for each in held.sent if each != value][-tuning.LAST_TIMES + 1 :], value)
        await self._store_number(held._replace(sent=sent, returned=False))
        if self._unstored and held.sent:
            self._held[held.entity] = held
        elif self._unstored:
            del self._held[held.entity]
        return not self._unstored

    async def _store_number(self, held: LoweredNumber) -> LoweredNumber:
        """Remember and store the present record of a number, and return it; `_unstored` is why that failed."""
        self._held[held.entity] = held
        self._unstored = await self.persist()
        return held

    async def _forget(self, held: LoweredNumber) -> None:
        """Drop the record of a number that has its former value again, or was set by a person, and persist that."""
        self._held.pop(held.entity, None)
        self._progress.pop(held.entity, None)
        await self.persist()


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
            if is_first and any(not each.returned for each in self.control.lowered):
                # A killed process left them held back.
                held = Curtailment(limit_w if limits == "export" else powers.output_w)
            self._held = update_curtailment(limits, limit_w, powers, held, now_s)
            if self._held.most_w is not None:
                goals = export.shares_w(self._held.most_w, [inverter.max_w for inverter in site.inverters])
        if not await self.control.update(goals, limit_w, view):
            self._held = Curtailment(over_s=self._held.over_s, unknown_s=self._held.unknown_s)
        is_free = limit_w is None and not self.control.lowered
        self.may_export_w = 0.0 if site.island else float("inf") if is_free else limit_w or 0.0
        forecast_kw = self._plans.sun.sun.middle_kw.get(quarter_start_s(now_s))
        published = export_limit.limit_attributes(limit_w, powers, forecast_kw, is_held_back=bool(self.control.lowered))
        self.attributes = NO_LIMIT if site.export is None else published
