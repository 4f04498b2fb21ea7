"""The numbers that hold inverters back: watts in their own unit and steps, and those of a lost record."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from ... import tuning
from ...model.electrics import floor_to_step, number_text
from ...model.messages.message import Message, message
from ...model.orders import Curtail
from ...model.readings import View
from ...model.units import POWER_UNITS
from .loan import Faults, Loan, LoanTerms


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


def is_same_value(view: View, loan: Loan, one: float, other: float) -> bool:
    """Return whether two numbers are the same value of a lowered number."""
    return abs(one - other) <= value_tolerance(view, loan.entity, float(loan.before or 0.0))


FAULTS = Faults("export_ignored", "export_number_unavailable", "export_call_failed")
TERMS = LoanTerms(is_same_value, FAULTS, FAULTS, insists=False)


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
