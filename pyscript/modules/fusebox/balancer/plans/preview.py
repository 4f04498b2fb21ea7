"""A plan before it is set: when its load would run, what that would cost, and what would be missing."""

from __future__ import annotations

from typing import Any

from ...model.load import Load
from ...model.load_plan import LoadPlan
from ...model.messages.message import with_codes
from . import show
from .course import build_courses
from .inputs import PlanInputs
from .plans import Plans


async def preview_plan(plans: Plans, inputs: PlanInputs, load: Load, own: LoadPlan) -> dict[str, Any]:
    """Return the plan attributes that a load would have with a plan, as plain values, and `missing_kwh`."""
    found = await plans.preview(inputs, load.name, own)
    course = build_courses(found, inputs.now_s).get(load.name)
    missing_kwh = None if course is None else round(course.missing_kwh, 1)
    return with_codes({**show.load_plan_attributes(found, inputs, load, course), "missing_kwh": missing_kwh})
