"""Choose the form of limits to try next with a charge point that does not follow the present one."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from .memory import ComplianceMemory, ProfilesTried
from .profiles import ProfileForm
from .step import UNITS, Step


def stays_at_safe(step: Step, past: ComplianceMemory) -> bool:
    """Return whether the draw has matched the safe limit for `LASTING_S`."""
    return past.at_safe_since_s is not None and step.now_s - past.at_safe_since_s >= tuning.LASTING_S


def choose_next_form(past: ComplianceMemory, step: Step, has_room: bool | None) -> ProfilesTried | None:
    """Return what to try with a charger that does not follow limits of this form, None for nothing.

    In order: limits with an end again, the other unit, replacing the safe limit, the next kind of profile. `has_room`:
    whether it has room for two profiles, None where it does not report that.
    """
    tried, evidence, form, by_draw = past.tried, past.evidence, step.form, past.at_safe_since_s is not None
    if form.kind == "endless" and tried.kind_changes > 0 and not evidence.has_followed:
        # The expiry of its limits was not the obstacle, and limits that expire are better.
        return replace(tried, kind_changes=0, endless_failed=True)
    # How limits expire in this unit says nothing about the other.
    other_unit = None
    if tried.unit_changes < len(UNITS) and not (evidence.has_followed and evidence.follows_two):
        # Of a charger that has stated its unit the kinds are not tried again in the other: a fault would be named late.
        other_unit = ProfilesTried(tried.unit_changes + 1, 0, not step.unit_is_open, tried.replaces_safe)
    if other_unit is not None and step.unit_is_open:
        return other_unit
    if past.is_at_safe or by_draw:
        may_lack_room = (form.kind == "relative" or by_draw) and form.has_safe_below and has_room is None
        if may_lack_room or (form.is_alone and not form.replaces_safe):
            # It accepted the fail-safe limit, and may have had no room for the other.
            return replace(tried, kind_changes=0, replaces_safe=True)
        # A car that takes no more by itself draws so little too: that is no ground for a limit without an end.
        if has_other_kind(form, past):
            return try_next_kind(tried)
    # A single report of a slow meter is no reason to doubt what the charger has stated.
    since_s = past.deviates_since_s
    lasts = stays_at_safe(step, past) or (since_s is not None and step.now_s - since_s >= tuning.LASTING_S)
    return other_unit if step.unit_may_be_wrong and lasts else None


def try_next_kind(tried: ProfilesTried) -> ProfilesTried:
    """Return what was tried, with the next kind of profile for a charger whose limits end before their lease."""
    return replace(tried, kind_changes=tried.kind_changes + 1)


def has_other_kind(form: ProfileForm, past: ComplianceMemory) -> bool:
    """Return whether there is another kind of profile whose limits may not end early."""
    return form.kind != "endless" and not past.tried.endless_failed and past.at_safe_since_s is None
