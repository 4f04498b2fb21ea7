"""In which form a charge point takes its limits, and which is tried next where one is not followed."""

from __future__ import annotations

from dataclasses import replace

from ... import tuning
from ...config.load_schemas import USUAL_PROFILE, USUAL_STACK_LEVEL
from ...model.load import Load
from ...model.readings import View
from .entities import connector_of, entity
from .memory import ComplianceMemory, OcppMemory, ProfilesTried
from .observation import phases_in_use
from .profiles import ProfileForm
from .vendors import Quirks, quirks_of


def quirks_seen(load: Load, view: View) -> Quirks:
    """The row of the charger's maker."""
    maker, model = (entity(load, key, view) for key in ("vendor", "model"))
    return quirks_of(
        load.device.get("vendor"),
        None if maker is None else view.word(maker),
        None if model is None else view.word(model),
    )


def form_of(load: Load, memory: OcppMemory, quirks: Quirks) -> ProfileForm:
    """The form to send limits in now."""
    kind, stack = str(load.device["profile"]), load.device["stack_level"]
    level = stack if isinstance(stack, int) else USUAL_STACK_LEVEL
    # A maker's row counts where CONFIG says no more than it does by itself.
    if kind == USUAL_PROFILE and quirks.kind is not None:
        kind = quirks.kind
    if level == USUAL_STACK_LEVEL and quirks.stack is not None:
        level = quirks.stack
    if memory.configuration.most_stack is not None:
        level = min(level, memory.configuration.most_stack)
    kinds = min(KINDS.index(kind) + memory.compliance.tried.kind_changes, len(KINDS) - 1)
    unit, phases = unit_of_limits(load, memory, quirks), phases_in_use(load, memory)
    replaces_safe = memory.compliance.tried.replaces_safe
    is_alone = replaces_safe or says_room(load, memory) is False
    lines = memory.lines_told
    return ProfileForm(unit, KINDS[kinds], level, phases if lines is None else lines, is_alone, replaces_safe, lines)


def says_room(load: Load, memory: OcppMemory) -> bool | None:
    """Whether the charger says that it has room for two profiles; each connector needs two. None where it does not."""
    slots = memory.configuration.slots
    return None if slots is None else slots >= 2 * connector_of(load)


def unit_of_limits(load: Load, memory: OcppMemory, quirks: Quirks) -> str:
    """A or W: as CONFIG says, as its maker is known, as it answered, or as it turned out."""
    configured = load.device["rate_unit"]
    if configured != "auto":
        return str(configured)
    return quirks.unit or memory.configuration.unit or UNITS[memory.compliance.tried.unit_changes]


def is_unit_open(load: Load, memory: OcppMemory, quirks: Quirks) -> bool:
    """Whether nobody has told the unit: then it can only be tried."""
    return load.device["rate_unit"] == "auto" and quirks.unit is None and not memory.configuration.unit


UNITS = ("A", "W", "A")
"""Units to try where nobody has told which one it takes."""

KINDS = ("absolute", "relative", "endless")
"""Kinds of profile, the best first; where limits of one end early, the next is tried."""


def next_attempt(
    past: ComplianceMemory, form: ProfileForm, unit_is_open: bool, has_room: bool | None
) -> ComplianceMemory:
    """The memory of a charger that has not followed limits of this form, with what is tried now: the first that fits.

    `has_room`: whether it has room for two profiles, None where it does not say.
    """
    tried, evidence = past.tried, past.evidence
    if past.unfollowed < tuning.NO_CHANCE_TIMES:
        return past
    if form.kind == "endless" and tried.kind_changes > 0 and not evidence.has_followed:
        # It was not the end of its limits that kept it: those that end are the better ones.
        return _tries(past, replace(tried, kind_changes=0, endless_failed=True))
    has_other_unit = unit_is_open and tried.unit_changes < len(UNITS) - 1
    if has_other_unit and not (evidence.has_followed and evidence.follows_two):
        # What limits did in this unit says nothing of how they end in the other.
        return _tries(past, ProfilesTried(tried.unit_changes + 1, replaces_safe=tried.replaces_safe))
    if not past.is_at_safe:
        return past
    may_lack_room = form.kind == "relative" and form.has_safe_below and has_room is None
    if may_lack_room or (form.is_alone and not form.replaces_safe):
        # It took the safe limit, and may have had no room for the other.
        return _tries(past, replace(tried, kind_changes=0, replaces_safe=True))
    return after_early_end(past) if has_other_kind(form, past) else past


def after_early_end(past: ComplianceMemory) -> ComplianceMemory:
    """The memory of a charger whose limits end before their lease is over: that others were followed says nothing."""
    tried = replace(past.tried, kind_changes=past.tried.kind_changes + 1)
    return replace(_tries(past, tried), evidence=replace(past.evidence, has_followed=False))


def has_other_kind(form: ProfileForm, past: ComplianceMemory) -> bool:
    """Whether there is a kind of profile whose limits may not end early."""
    return form.kind != "endless" and not past.tried.endless_failed


def _tries(past: ComplianceMemory, tried: ProfilesTried) -> ComplianceMemory:
    return replace(past, tried=tried, unfollowed=0)
