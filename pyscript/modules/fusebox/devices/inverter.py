"""The number entity that limits an inverter: watts <-> its own unit, range and steps."""

from __future__ import annotations

from .. import tuning
from ..model.electrics import floor_to_step
from ..model.export_limit import Curtail
from ..model.readings import View
from ..model.units import POWER_UNITS


def watts_of_one(curtail: Curtail, view: View) -> float:
    """Return how many watts a change of the inverter's limit by 1 is: by 1 %, or by 1 of its unit.

    An unknown unit counts as watts; a percentage of an unknown power is 0.
    """
    if curtail.unit == "%":
        return (curtail.of_w or 0.0) / 100
    return POWER_UNITS.get(view.unit(curtail.entity), 1.0)


def number_value(curtail: Curtail, view: View, most_w: float) -> float:
    """Return the number's value for a limit [W], rounded down to its steps from its minimum, and at least that.

    Without a minimum that is 0; its maximum is not considered. ZeroDivisionError for a percentage of an unknown power.
    """
    step, low = _step(view, curtail.entity), view.attribute_number(curtail.entity, "min") or 0.0
    return max(floor_to_step(most_w / watts_of_one(curtail, view), step, low), low)


def value_tolerance(view: View, entity: str, usual: float) -> float:
    """Return by how much two values of the number may differ and be the same."""
    return max(_step(view, entity), tuning.CURTAIL_SAME_SHARE * abs(usual))


def _step(view: View, entity: str) -> float:
    """Return the number's step; 1 where it displays none."""
    step = view.attribute_number(entity, "step")
    return step if step else 1.0
