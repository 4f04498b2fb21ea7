"""The numbers that hold inverters back: watts in their own unit and steps, and whose value each displays.

That is Fusebox's, the device's answer to it, or a person's.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from ... import tuning
from ...model.durations import NO_ATTEMPTS, Attempts, has_passed, may_arrive
from ...model.electrics import floor_to_step, number_text
from ...model.messages.message import Message, message
from ...model.orders import Curtail
from ...model.readings import View
from ...model.units import POWER_UNITS
from .plan_file import LoweredNumber


def number_value(curtail: Curtail, view: View, most_w: float) -> float:
    """Return the number's value for a limit [W], rounded down to its steps from its minimum, and at least that.

    An unknown unit counts as watts. Without a minimum that is 0; its maximum is not considered. ZeroDivisionError for a
    percentage of an unknown power.
    """
    percent_w, unit_w = (curtail.of_w or 0.0) / 100, POWER_UNITS.get(view.unit(curtail.entity), 1.0)
    step, low = _step(view, curtail.entity), view.attribute_number(curtail.entity, "min") or 0.0
    return max(floor_to_step(most_w / (percent_w if curtail.unit == "%" else unit_w), step, low), low)


def value_tolerance(view: View, entity: str, usual: float) -> float:
    """Return by how much two values of the number may differ and be the same."""
    return max(_step(view, entity), tuning.CURTAIL_SAME_SHARE * abs(usual))


def _step(view: View, entity: str) -> float:
    """Return the number's step; 1 where it displays none."""
    return view.attribute_number(entity, "step") or 1.0


class Suspects:
    """The numbers that an earlier process may have lowered, but of which no record is left.

    Fusebox does not lift them, as it cannot know that it lowered them: a person has to look. `is_lost`: whether there
    may be more of them.
    """

    def __init__(self, shown: Mapping[str, float], *, is_lost: bool) -> None:
        self.shown = shown
        """Number -> what it displayed at the start."""
        self._is_lost = is_lost
        self._checked: set[str] = set()

    @property
    def problems(self) -> tuple[Message, ...]:
        """A problem for each number, until it displays another value that is not Fusebox's."""
        return tuple(
            message("export_record_lost", entity=name, shown=number_text(shown)) for name, shown in self.shown.items()
        )

    def update(self, curtails: Collection[Curtail], lowered: Collection[str], view: View) -> None:
        """After a lost record, note each number of CONFIG once with the value that it displays, unless it is held now.

        Drops those that a person has moved since, and those at their `normal` or maximum: they are not lowered.
        `lowered`: the numbers that Fusebox holds now.
        """
        for each in curtails if self._is_lost else ():
            shown = view.number(each.entity)
            if each.entity not in self._checked and shown is not None:
                self._checked.add(each.entity)
                if each.entity not in lowered:
                    self.shown = {**self.shown, each.entity: shown}
        normals = {each.entity: each.normal for each in curtails}
        self.shown = {
            name: shown
            for name, shown in self.shown.items()
            if name in lowered or _may_be_lowered(name, shown, normals.get(name), view)
        }


def _may_be_lowered(entity: str, shown: float, normal: float | None, view: View) -> bool:
    """Return whether a number still displays about `shown`, and that is below its `normal` and its maximum.

    True while it displays nothing. A `normal` or maximum that is unknown does not count.
    """
    now, most = view.number(entity), view.attribute_number(entity, "max")
    if now is None:
        return True
    near = value_tolerance(view, entity, shown)
    return abs(now - shown) <= near and all(each is None or each - now > near for each in (normal, most))


@dataclass(frozen=True, slots=True)
class Progress:
    """The last value sent to a number, and whether it was displayed."""

    attempts: Attempts[float] = NO_ATTEMPTS
    last: Attempts[float] = NO_ATTEMPTS
    """The same, also once it was displayed."""
    is_confirmed: bool = False
    has_failed: bool = False
    """Whether its last call failed."""
    has_overtaken: bool = False
    """Whether another value was sent before, which was not displayed and may still arrive."""
    problem: Message | None = None

    def has_sent(self, value: float) -> bool:
        """Return whether this value was sent last, by a call that did not fail, or by several that all failed."""
        may_have_arrived = not self.has_failed or self.attempts.times > tuning.UNRESPONSIVE_TIMES
        return self.attempts.value == value and may_have_arrived

    def after_sending(self, value: float, shown: float | None, now_s: float) -> Progress:
        """Return the progress as a value is sent, with the problem of its attempts before.

        `shown`: what the number displays, None for nothing.
        """
        attempts = self.attempts.after_sending(value, now_s)
        overtakes = self.has_overtaken or self.attempts.value not in (None, value, shown)
        problem = self.problem if attempts.times > 1 else None
        return Progress(attempts, attempts, has_overtaken=overtakes, problem=problem)

    def after_confirmation(self) -> Progress:
        """Return the progress after the value was displayed."""
        return Progress(last=self.last, is_confirmed=True, has_overtaken=self.has_overtaken)

    def may_be_undone(self, now_s: float) -> bool:
        """Return whether an earlier command may still arrive, although the device displays the value sent."""
        return self.has_overtaken and may_arrive(self.last.sent_s, now_s)

    def is_due(self, value: float, now_s: float) -> bool:
        """Return whether to send this value: a new one at once, again every `LASTING_S`, later after longer waits."""
        return self.attempts.is_due(value, tuning.LASTING_S, now_s, tuning.UNRESPONSIVE_TIMES)


def displays_any(view: View, held: LoweredNumber, values: Iterable[float]) -> bool:
    """Return whether a number displays one of some values, within its rounding."""
    shown, near = view.number(held.entity), value_tolerance(view, held.entity, held.before)
    return shown is not None and any(abs(shown - value) <= near for value in values)


def is_device_response(held: LoweredNumber, progress: Progress, shown: float, now_s: float) -> bool:
    """Return whether a displayed value that was not sent is the device's response to the last one, not a person's.

    A device may ramp, or end at a limit of its own between what it displayed before and what it was sent. That counts
    for `LASTING_S` after the command was sent once; after it was confirmed only for the first value that was sent, as
    of numbers that display what they are sent until the device is read again.
    """
    last = progress.last
    if last.value is None or last.times != 1 or has_passed(tuning.LASTING_S, last.sent_s, now_s):
        return False
    return last.value < shown < held.before and (not progress.is_confirmed or len(held.sent) == 1)


def is_silent(view: View, entity: str) -> bool:
    """Return whether a number accepts values and displays none, as one of a device that cannot be read."""
    return str(view.raw(entity)).strip() == "unknown"
