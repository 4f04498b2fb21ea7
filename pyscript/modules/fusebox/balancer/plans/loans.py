"""Entities of a user on loan: set to a value of Fusebox until each is given back what it stood at before.

What an entity is given back, and each value sent to it, are on disk before that value is sent: the next start knows
both, whatever CONFIG says then. So nothing is sent that cannot be stored.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace

from ... import tuning
from ...config.domains import SET_BY_HAND, domain_of
from ...model.durations import NEVER_S, Attempts, has_passed, may_arrive, since_each
from ...model.electrics import number_text
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.readings import View
from ...runtime.ports import Ports, call_error
from .loan import EntityValue, Faults, Loan, LoanTerms, Progress, is_silent, set_call, shown_value

Persist = Callable[[], Awaitable[str]]
"""Writes the loans to the disk; returns why that is impossible, "" when it is done."""


async def report_missing_storage_folder() -> str:
    """Store nothing and return the problem to report: Home Assistant has no folder `.storage`.

    An owner with one replaces it.
    """
    return "Home Assistant's folder .storage is missing"


class Loans:
    """The entities of one kind that are on loan. The owner sets `persist`."""

    def __init__(self, ports: Ports, terms: LoanTerms) -> None:
        self._ports, self._terms = ports, terms
        self.persist: Persist = report_missing_storage_folder
        self.held: dict[str, Loan] = {}
        self.orders: dict[object, Mapping[str, EntityValue]] = {}
        """Owner of an order in force -> entity -> the value that it should have."""
        self.unstored: dict[str, str] = {}
        """Entity -> why its last value could not be stored, and was not sent; "" if it could."""
        self._progress: dict[str, Progress] = {}
        self._silent_s: Mapping[str, float] = {}
        """Entity that should be set and displays no value -> since when [s since 1970]."""
        self._unavailable: Mapping[str, Message] = {}

    @property
    def wanted(self) -> Mapping[str, EntityValue]:
        """The values that the orders in force want; every other loan is due to be given back."""
        return ChainMap(*map(dict, self.orders.values()))

    @property
    def due(self) -> list[Loan]:
        """The loans to be given back: the numbers last, as they may set the power of an order."""
        due = [loan for entity, loan in self.held.items() if entity not in self.wanted]
        return sorted(due, key=lambda loan: domain_of(loan.entity) in SET_BY_HAND)

    @property
    def problems(self) -> Mapping[str, Message]:
        """The problem of each entity that does not follow."""
        own = {name: progress.problem for name, progress in self._progress.items() if progress.problem is not None}
        return {**self._unavailable, **own}

    async def update_due(self, view: View, waiting: Collection[str] = ()) -> None:
        """Give back what no order wants, as `update` does; report what has displayed nothing for `LASTING_S`.

        `waiting`: entities that an order waits for, not on loan yet.
        """
        for loan in self.due:
            await self.update(loan.entity, view)
        # One that displays `unknown` may accept values: it counts only if it is insisted on.
        held = [n.entity for n in self.held.values() if n.before is not None or n.entity in self.wanted]
        needed = [n for n in (*self.wanted, *held) if self._terms.insists or not is_silent(view, n)]
        silent = [name for name in sorted({*waiting, *needed}) if shown_value(view, name) is None]
        self._silent_s = since_each(self._silent_s, silent, view.now_s)
        lasting = [name for name, at_s in self._silent_s.items() if has_passed(tuning.LASTING_S, at_s, view.now_s)]
        self._unavailable = {name: message(self._faults(name).unavailable, entity=name) for name in lasting}

    async def update(
        self, entity: str, view: View, before: EntityValue | None = None, *, at_once: bool = False
    ) -> EntityValue | None:
        """Send an entity the value that it should have, or give it back, where that is due and not displayed.

        A new value is sent at once, and again every `LASTING_S`, later after longer waits; `at_once`: without any.
        Where the entity displays something new the waits begin anew, and with `RETRY_S` if it was unavailable. Nothing
        is sent while it is. The loan ends once the entity has displayed what it was before and no order can arrive any
        more, or when a person has set it. `before`: what it is given back to, None for no change.

        Return the value that a person has set, None for none.
        """
        loan, is_due = self.held.get(entity, Loan(entity, before)), entity not in self.wanted
        progress, shown = self._progress_of(loan, view), shown_value(view, entity)
        self.unstored[entity] = ""
        if before not in (None, loan.before):
            loan = loan._replace(before=before)
            await self._store(loan)
        goal = self.wanted.get(entity, loan.before)
        if shown is not None and loan.sent and not self._displays(view, loan, loan.before, *loan.sent):
            if not self._terms.insists and progress.is_response(loan, shown, view.now_s):
                # No person has set what the device displays instead of the value sent.
                loan = loan._replace(sent=(shown, *loan.sent[-tuning.LAST_TIMES + 1 :]))
                await self._store(loan)
                progress = replace(progress, shown=shown, is_confirmed=False)
            elif not self._terms.insists or (is_due and (goal is None or progress.has_confirmed(goal))):
                await self._forget(entity)
                return shown
        progress, last = progress.with_shown(shown), progress.attempts.value
        if self._displays(view, loan, last) and not progress.is_doubtful(shown):
            progress = replace(progress, is_confirmed=True, problem=None)
        elif goal is None:
            progress = replace(progress, problem=None)
        self._progress[entity] = progress
        if goal is None or (shown is None and not is_silent(view, entity)):
            return None
        may_change = may_arrive(progress.other_than_s(goal, insists=self._terms.insists), view.now_s)
        # It may still display this value only because the one sent last has not arrived.
        is_settled = progress.is_confirmed and (last == goal or not may_change)
        is_persons = not (self._terms.insists or may_change) and last != loan.before
        # What is near the value sent last is that one, and not also another that is near it.
        is_last = self._terms.insists and last not in (None, goal) and self._displays(view, loan, last)
        if is_settled and self._displays(view, loan, goal) and (shown == goal or not is_last):
            if is_due and not may_change:
                await self._forget(entity)
        elif is_settled and is_persons and self._displays(view, loan, loan.before):
            await self._forget(entity)
            return shown
        elif at_once or progress.is_due(goal, view.now_s):
            await self._store_and_send(loan, goal, view)
        return None

    async def return_due(self, view: View) -> None:
        """Send what no order wants its former value, without a look at what an insisted one displays.

        Any other has to display nothing, or a value that was sent. Called again, it repeats a value only after the
        usual waits: many inverters store each write for good. That it was sent is remembered (`returned`).
        """
        for loan in self.due:
            entity, before = loan.entity, loan.before
            is_ours = self._terms.insists or is_silent(view, entity) or self._displays(view, loan, *loan.sent)
            # Nothing is read here: that may be what fails.
            self._progress[entity] = progress = self._progress.get(entity, Progress(other_s=view.now_s))
            self.held[entity] = loan._replace(returned=is_ours)
            if is_ours and before is not None and progress.is_due(before, view.now_s):
                await self._send(entity, before, view.now_s)
            if view.now_s == NEVER_S:
                # Sent by the first or last act of a process: it counts as sent at the next look.
                del self._progress[entity]

    def take_over(self, earlier: Loans) -> None:
        """Continue the loans of `earlier`, which sends no more; the orders in force follow."""
        self.held |= earlier.held
        self._progress = {**earlier._progress}

    def _displays(self, view: View, loan: Loan, *values: EntityValue | None) -> bool:
        """Return whether an entity displays one of these values."""
        shown = shown_value(view, loan.entity)
        if isinstance(shown, float):
            numbers = [number for number in map(number_of, values) if number is not None]
            return any(self._terms.near(view, loan, shown, each) for each in numbers)
        return shown is not None and shown in values

    def _progress_of(self, loan: Loan, view: View) -> Progress:
        """Return the progress of a loan; of an earlier process's, its last value and others count as sent now."""
        shown = shown_value(view, loan.entity)
        last = loan.before if loan.returned else loan.sent[-1] if loan.sent else None
        resumed = Progress(Attempts(last, view.now_s), view.now_s, shown)
        return self._progress.get(loan.entity, resumed if loan.entity in self.held else Progress(shown=shown))

    async def _store_and_send(self, loan: Loan, goal: EntityValue, view: View) -> None:
        """Send a value, once a new one is stored. A loan that is given back ends where nothing displays it."""
        entity, is_due = loan.entity, loan.entity not in self.wanted
        is_stored = is_due or self._progress[entity].attempts.value == goal
        others = [each for each in loan.sent if each != goal][-tuning.LAST_TIMES + 1 :]
        if is_stored or await self._store(loan._replace(sent=(*others, goal), returned=False)):
            await self._send(entity, goal, view.now_s)
            progress = self._progress[entity]
            if is_due and not self._terms.insists and progress.shown is None and not progress.is_doubtful(None):
                await self._forget(entity)

    async def _store(self, loan: Loan) -> bool:
        """Put a loan into `held` and on the disk; return whether both succeeded. If not, `held` stays as it was."""
        entity, before = loan.entity, self.held.get(loan.entity)
        self.held[entity] = loan
        why = self.unstored[entity] = await self.persist()
        if why and before is None:
            del self.held[entity]
        elif why and before is not None:
            self.held[entity] = before
        return not why

    async def _send(self, entity: str, value: EntityValue, now_s: float) -> None:
        """Set an entity and count the attempt. A failed call is not raised: it becomes the entity's problem.

        So does a value that was sent `UNRESPONSIVE_TIMES` without effect.
        """
        progress, faults, call = self._progress[entity], self._faults(entity), set_call(entity, value)
        attempts, shown = progress.attempts.after_sending(value, now_s), progress.shown
        problem = progress.problem if attempts.times > 1 else None
        if attempts.times > tuning.UNRESPONSIVE_TIMES and shown is not None:
            text = shown if isinstance(shown, str) else number_text(shown)
            problem = message(faults.ignored, entity=entity, shown=text, sent=value)
        why = await call_error(self._ports, call.domain, call.service, call.data)
        if why:
            problem = message(faults.failed, entity=entity, error=why)
        doubted = (shown_value(View(self._ports.get, now_s), entity),) if why else ()
        other_s = progress.other_than_s(value, insists=self._terms.insists)
        self._progress[entity] = Progress(attempts, other_s, shown, doubted=doubted, problem=problem)

    async def _forget(self, entity: str) -> None:
        """End a loan, and persist that."""
        del self.held[entity]
        self._progress.pop(entity, None)
        await self.persist()

    def _faults(self, entity: str) -> Faults:
        return self._terms.in_force if entity in self.wanted else self._terms.due
