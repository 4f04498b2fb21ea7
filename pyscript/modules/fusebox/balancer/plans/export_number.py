"""Whose value a number that limits an inverter displays: Fusebox's, the device's answer to it, or a person's."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ... import tuning
from ...devices.inverter import value_tolerance
from ...model.durations import NO_ATTEMPTS, Attempts, has_passed, since_each
from ...model.messages.message import Message, message
from ...model.readings import View
from .plan_file import LoweredNumber


@dataclass(frozen=True, slots=True)
class Progress:
    """The last value sent to a number, and whether it was displayed."""

    attempts: Attempts[float] = NO_ATTEMPTS
    last: Attempts[float] = NO_ATTEMPTS
    """The same, also once it was displayed."""
    is_confirmed: bool = False
    problem: Message | None = None


def displays_any(view: View, held: LoweredNumber, values: Iterable[float]) -> bool:
    """Return whether a number displays one of some values, within its rounding."""
    shown, near = view.number(held.entity), value_tolerance(view, held.entity, held.before)
    return shown is not None and any(abs(shown - value) <= near for value in values)


def is_answer(held: LoweredNumber, progress: Progress, shown: float, now_s: float) -> bool:
    """Return whether another value than the one sent is how the device took that command, and no person's.

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


class UnavailableNumbers:
    """Numbers that should be set and show no value."""

    def __init__(self) -> None:
        self._since_s: dict[str, float] = {}
        self.problems: tuple[Message, ...] = ()
        """One for each that has shown none for `LASTING_S`."""

    def update(self, entities: Collection[str], now_s: float) -> None:
        """Take note of the numbers that should be set and show no value now."""
        self._since_s = since_each(self._since_s, entities, now_s)
        lasting = [entity for entity, at_s in self._since_s.items() if has_passed(tuning.LASTING_S, at_s, now_s)]
        self.problems = tuple([message("export_number_unavailable", entity=entity) for entity in lasting])
