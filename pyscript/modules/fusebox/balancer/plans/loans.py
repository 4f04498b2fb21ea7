"""Entities of a user on loan: set to a value of Fusebox until each is given back what it stood at before.

What an entity is given back, and each value sent to it, are on disk before that value is sent: the next start knows
both, whatever CONFIG says then. So nothing is sent that cannot be stored.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from ... import tuning
from ...config.domains import SET_BY_HAND, domain_of
from ...devices.driver import ServiceCall, is_select, set_value_or_option_call, switch_call
from ...model.durations import NEVER_S, NO_ATTEMPTS, Attempts, has_passed, may_arrive, since_each
from ...model.messages.message import Message, message
from ...model.numbers import number_of
from ...model.readings import View
from ...runtime.ports import Ports, call_error

Value = str | float
"""An option of a select, a number, or "on" or "off" of a switch."""
ON, OFF = "on", "off"
Persist = Callable[[], Awaitable[str]]
"""Writes the loans to the disk; returns why that is impossible, "" when it is done."""


async def report_missing_storage_folder() -> str:
    """Store nothing and return the problem to report: Home Assistant has no folder `.storage`.

    An owner with one replaces it.
    """
    return "Home Assistant's folder .storage is missing"


class Loan(NamedTuple):
    """An entity that Fusebox has set."""

    entity: str
    before: Value | None
    """What it stood at before, and is given back to; None if that is unknown: a user has to set it."""
    sent: tuple[Value, ...] = ()
    """The last values sent; any other that it displays is a person's. Empty: not known."""
    returned: bool = False
    """Whether `before` was sent at the end or the begin of a process."""


class Faults(NamedTuple):
    """The codes of the problems of an entity that does not follow."""

    ignored: str
    """It displays another value."""
    unavailable: str
    """It displays none."""
    failed: str
    """Home Assistant refuses the call."""


class Terms(NamedTuple):
    """How entities of one kind are borrowed."""

    near: Callable[[View, Loan, float, float], bool]
    """Return whether two numbers are the same value of an entity, as devices round."""
    in_force: Faults
    due: Faults
    """The codes while they are to be given back."""
    insists: bool
    """Whether a value counts until it is displayed, whatever a person sets.

    If not, a person's value ends the loan, and an entity that displays nothing is given back once.
    """


@dataclass(frozen=True, slots=True)
class Progress:
    """What was sent to an entity, and what it displayed then. The default is that of an earlier process's loan."""

    attempts: Attempts[Value] = NO_ATTEMPTS
    """The value sent last; its attempts are counted since the entity displayed something new."""
    other_s: float | None = None
    """When another value was sent last [s since 1970]; None: unknown, so that it counts as sent at the next look."""
    shown: Value | None = None
    """What it displayed at the last look."""
    is_confirmed: bool = False
    """Whether it has displayed the value sent last."""
    is_back: bool = False
    """Whether it has become available since the last sending."""
    doubted: tuple[Value | None, ...] = ()
    """What it displayed after its last call failed. It proves nothing: the call before may still change it."""
    problem: Message | None = None

    def has_confirmed(self, value: Value | None) -> bool:
        """Return whether this value was sent last, and has been displayed."""
        return self.is_confirmed and self.attempts.value == value

    def may_change(self, goal: Value, now_s: float) -> bool:
        """Return whether another value than `goal` may still arrive."""
        at_s = self.other_s if self.attempts.value == goal else self.attempts.sent_s
        return may_arrive(NEVER_S if at_s is None else at_s, now_s)

    def is_due(self, goal: Value, now_s: float) -> bool:
        """Return whether to send this value now: a new one at once, the same after waits that grow."""
        first_s = tuning.RETRY_S if self.is_back else tuning.LASTING_S
        return self.attempts.is_due(goal, first_s, now_s, tuning.UNRESPONSIVE_TIMES)

    def is_doubtful(self, shown: Value | None) -> bool:
        """Return whether a displayed value proves nothing, because the last call failed."""
        return shown in self.doubted and self.attempts.times <= tuning.UNRESPONSIVE_TIMES


NEW = Progress()


def set_call(entity: str, value: Value | None) -> ServiceCall:
    """Return the call that sets an entity: a select to an option, a number to a value, anything else on or off."""
    if is_select(entity) or domain_of(entity) in SET_BY_HAND:
        return set_value_or_option_call(entity, value)
    return switch_call(entity, value == ON)


def is_silent(view: View, entity: str) -> bool:
    """Return whether an entity accepts values and displays none, as one of a device that cannot be read."""
    return str(view.raw(entity)).strip() == "unknown"


def shown_value(view: View, entity: str) -> Value | None:
    """Return what an entity displays: a number's as such, any other's state; None for nothing."""
    return view.number(entity) if domain_of(entity) in SET_BY_HAND else view.word(entity)


class Loans:
    """The entities of one kind that are on loan. The owner sets `persist`."""

    def __init__(self, ports: Ports, terms: Terms) -> None:
        self._ports, self._terms = ports, terms
        self.persist: Persist = report_missing_storage_folder
        self.held: dict[str, Loan] = {}
        self.orders: dict[str, Mapping[str, Value]] = {}
        """Name of an order in force -> entity -> the value that it should have."""
        self.unstored: dict[str, str] = {}
        """Entity -> why its last value could not be stored, and was not sent."""
        self._progress: dict[str, Progress] = {}
        self._silent_s: Mapping[str, float] = {}
        """Entity that should be set and displays no value -> since when [s since 1970]."""
        self._unavailable: Mapping[str, Message] = {}

    @property
    def wanted(self) -> Mapping[str, Value]:
        """The values that the orders in force want; every other loan is due to be given back."""
        return ChainMap(*map(dict, self.orders.values()))

    @property
    def due(self) -> list[Loan]:
        """The loans to be given back: the numbers last, as they may set the power of an order."""
        due = [loan for entity, loan in self.held.items() if entity not in self.wanted]
        return sorted(due, key=lambda loan: domain_of(loan.entity) in SET_BY_HAND)

    @property
    def lent(self) -> tuple[Loan, ...]:
        """The loans that are not known to be given back."""
        progress, wanted = self._progress, self.wanted
        held = self.held.values()
        return tuple(n for n in held if n.entity in wanted or not progress.get(n.entity, NEW).has_confirmed(n.before))

    @property
    def problems(self) -> Mapping[str, Message]:
        """The problem of each entity that does not follow."""
        own = {name: progress.problem for name, progress in self._progress.items() if progress.problem is not None}
        return {**self._unavailable, **own}

    def displays(self, view: View, loan: Loan, *values: Value | None) -> bool:
        """Return whether an entity displays one of these values."""
        shown = shown_value(view, loan.entity)
        if isinstance(shown, float):
            numbers = [number for number in map(number_of, values) if number is not None]
            return any(self._terms.near(view, loan, shown, each) for each in numbers)
        return shown is not None and shown in values

    async def update_due(self, view: View, waiting: Collection[str] = ()) -> None:
        """Give back what no order wants, as `update` does; report what has displayed nothing for `LASTING_S`.

        `waiting`: entities that an order waits for.
        """
        for loan in self.due:
            await self.update(loan.entity, view)
        self._watch(view, waiting)

    async def update(
        self, entity: str, view: View, before: Value | None = None, *, at_once: bool = False
    ) -> Value | None:
        """Send an entity the value that it should have, or give it back, where that is due and not displayed.

        A new value is sent at once, and again every `LASTING_S`, later after longer waits; `at_once`: without any.
        Where the entity displays something new the waits begin anew, and with `RETRY_S` if it was unavailable. Nothing
        is sent while it is. The loan ends once the entity has displayed what it was before and no order can arrive any
        more, or when a person has set it. `before`: what it is given back to, None for no change.

        Return the value that a person has set, None for none.
        """
        is_new, is_due = entity not in self.held, entity not in self.wanted
        loan = self.held.get(entity, Loan(entity, before))
        if before not in (None, loan.before):
            loan = loan._replace(before=before)
            await self._store(loan)
        goal, shown = self.wanted.get(entity, loan.before), shown_value(view, entity)
        progress = self._known_progress(loan, view, is_new=is_new)
        if shown is not None and loan.sent and not self.displays(view, loan, loan.before, *loan.sent):
            if not self._terms.insists and _is_response(loan, progress, shown, view.now_s):
                # No person has set what the device displays instead of the value sent.
                await self._store(loan._replace(sent=(shown, *loan.sent[-tuning.LAST_TIMES + 1 :])))
                loan, progress = self.held[entity], replace(progress, shown=shown, is_confirmed=False)
            elif not self._terms.insists or (is_due and (goal is None or progress.has_confirmed(goal))):
                await self._forget(entity)
                return shown
        self._progress[entity] = progress = _with_shown(progress, shown)
        if goal is None or (shown is None and not is_silent(view, entity)):
            return None
        is_sent, may_change = progress.attempts.value == goal, progress.may_change(goal, view.now_s)
        # It may still display this value only because the one sent last has not arrived.
        is_settled = is_sent or (progress.is_confirmed and not may_change)
        is_persons = not (self._terms.insists or is_due or may_change)
        if is_settled and self.displays(view, loan, goal) and not progress.is_doubtful(shown):
            self._progress[entity] = replace(progress, is_confirmed=True, problem=None)
            if is_due and not may_change:
                await self._forget(entity)
        elif is_persons and progress.is_confirmed and self.displays(view, loan, loan.before):
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
            entity = loan.entity
            is_ours = self._terms.insists or is_silent(view, entity) or self.displays(view, loan, *loan.sent)
            self.held[entity] = loan._replace(returned=is_ours)
            is_due = loan.before is not None and self._progress.get(entity, NEW).is_due(loan.before, view.now_s)
            if is_ours and is_due and loan.before is not None:
                await self._send(entity, loan.before, view)

    def take_over(self, earlier: Loans) -> None:
        """Continue the loans and orders of `earlier`, which sends no more."""
        self.held |= earlier.held
        self.orders, self._progress = {**earlier.orders}, {**earlier._progress}

    def _watch(self, view: View, waiting: Collection[str]) -> None:
        """Report the entities that should be set and have displayed nothing for `LASTING_S`.

        `waiting`: those not on loan yet. One that displays `unknown` may accept values: only insisted ones count.
        """
        held = [n.entity for n in self.held.values() if n.before is not None or n.entity in self.wanted]
        silent = [name for name in {*waiting, *self.wanted, *held} if shown_value(view, name) is None]
        silent = [name for name in silent if name in waiting or self._terms.insists or not is_silent(view, name)]
        self._silent_s = since_each(self._silent_s, sorted(silent), view.now_s)
        lasting = [name for name, at_s in self._silent_s.items() if has_passed(tuning.LASTING_S, at_s, view.now_s)]
        self._unavailable = {name: message(self._faults(name).unavailable, entity=name) for name in lasting}

    def _known_progress(self, loan: Loan, view: View, *, is_new: bool) -> Progress:
        """Return the progress of a loan; of an earlier process's its last value counts as sent now."""
        shown, progress = shown_value(view, loan.entity), self._progress.get(loan.entity, NEW)
        if is_new:
            return Progress(other_s=NEVER_S, shown=shown)
        if progress.other_s is not None:
            return progress
        last = loan.before if loan.returned else loan.sent[-1] if loan.sent else None
        resumed: Attempts[Value] = Attempts(last, view.now_s)
        attempts = progress.attempts if progress.attempts.times else resumed
        return replace(progress, attempts=attempts, other_s=view.now_s, shown=shown)

    async def _store_and_send(self, loan: Loan, goal: Value, view: View) -> None:
        """Store a value and send it; one given back is not stored, and its loan ends where nothing displays it."""
        entity, is_due = loan.entity, loan.entity not in self.wanted
        others = [each for each in loan.sent if each != goal][-tuning.LAST_TIMES + 1 :]
        if not is_due and not await self._store(loan._replace(sent=(*others, goal), returned=False)):
            return
        await self._send(entity, goal, view)
        progress = self._progress[entity]
        if is_due and not self._terms.insists and progress.shown is None and not progress.is_doubtful(None):
            await self._forget(entity)

    async def _store(self, loan: Loan) -> bool:
        """Store a loan; return whether it is on the disk. If not, what was known of it before stays."""
        entity, before = loan.entity, self.held.get(loan.entity)
        if loan == before:
            return True
        self.held[entity] = loan
        why = self.unstored[entity] = await self.persist()
        if not why:
            del self.unstored[entity]
        elif before is not None:
            self.held[entity] = before
        else:
            del self.held[entity]
        return not why

    async def _send(self, entity: str, value: Value, view: View) -> None:
        """Set an entity and count the attempt. A failed call is not raised: it becomes the entity's problem.

        So does a value that was sent `UNRESPONSIVE_TIMES` without effect.
        """
        progress, faults = self._progress.get(entity, NEW), self._faults(entity)
        last, call = progress.attempts, set_call(entity, value)
        attempts = last.after_sending(value, view.now_s)
        problem = progress.problem if attempts.times > 1 else None
        if attempts.times > tuning.UNRESPONSIVE_TIMES and progress.shown is not None:
            problem = message(faults.ignored, entity=entity, shown=str(view.word(entity)), sent=value)
        why = await call_error(self._ports, call.domain, call.service, call.data)
        if why:
            problem = message(faults.failed, entity=entity, error=why)
        self._progress[entity] = Progress(
            attempts,
            progress.other_s if last.value in (None, value) else last.sent_s,
            progress.shown,
            doubted=(shown_value(View(self._ports.get, view.now_s), entity),) if why else (),
            problem=problem,
        )

    async def _forget(self, entity: str) -> None:
        """End a loan, and persist that."""
        del self.held[entity]
        self._progress.pop(entity, None)
        await self.persist()

    def _faults(self, entity: str) -> Faults:
        return self._terms.in_force if entity in self.wanted else self._terms.due


def _with_shown(progress: Progress, shown: Value | None) -> Progress:
    """Return the progress with what the entity displays now; where that is new, its attempts are counted anew."""
    if shown == progress.shown:
        return progress
    return replace(
        progress,
        attempts=replace(progress.attempts, times=min(progress.attempts.times, 1)),
        shown=shown,
        # It may come back from a restart of the device with another value, which no person has set.
        is_confirmed=progress.is_confirmed and shown is not None,
        is_back=progress.is_back or progress.is_confirmed or progress.shown is None,
        problem=None,
    )


def _is_response(loan: Loan, progress: Progress, shown: Value, now_s: float) -> bool:
    """Return whether a displayed value that was not sent is the device's response to the last one, not a person's.

    A device may ramp, or end at a limit of its own between what it displayed before and what it was sent. That counts
    for `LASTING_S` after the command was sent once; after it was confirmed only for the first value that was sent, as
    of numbers that display what they are sent until the device is read again.
    """
    last = progress.attempts
    if last.times != 1 or has_passed(tuning.LASTING_S, last.sent_s, now_s):
        return False
    sent, now, before = map(number_of, (last.value, shown, loan.before))
    if sent is None or now is None or before is None:
        return False
    return sent < now < before and (not progress.is_confirmed or len(loan.sent) == 1)
