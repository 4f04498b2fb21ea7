"""In which form a charge point takes its limits: unit, kind of profile, stack level, and phases for watts."""

from __future__ import annotations

from dataclasses import replace

from ...model.readings import View
from ...model.site import Load
from ...model.snapshot import LoadState, Status
from .entities import connector_of, entity
from .memory import OcppMemory, PhasesUsed
from .profiles import IN_ITS_PLACE, ProfileForm
from .vendors import Quirks, quirks_of

KINDS = ("absolute", "relative", "endless")
"""Kinds of profile, the best first; where one ends early, the next is taken."""

USUAL_KIND, USUAL_STACK = "absolute", 3
"""What CONFIG says by itself; a maker's row counts where it says no more than that."""

USES_A, TOO_MUCH_A = 0.5, 1.0
METERED_S = 150.0
"""A car of which only the whole power is known is kept at its minimum for so long, while nothing tells its phases."""

SHOWN_S = 10.0
"""Once it is known that it uses one phase, a charger has shown after so long how it shares watts [s]."""

SETTLED_S = 3.0
"""A phase is used that carries more than the first [A]; how many are is believed after so long [s]."""


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
    level = stack if isinstance(stack, int) else USUAL_STACK
    if kind == USUAL_KIND and quirks.kind is not None:
        kind = quirks.kind
    if level == USUAL_STACK and quirks.stack is not None:
        level = quirks.stack
    if memory.configuration.most_stack is not None:
        level = min(level, memory.configuration.most_stack)
    ends = min(KINDS.index(kind) + memory.compliance.ends, len(KINDS) - 1)
    return ProfileForm(
        unit_of_limits(load, memory, quirks), KINDS[ends], level, phases_in_use(load, memory), _is_alone(load, memory)
    )


def _is_alone(load: Load, memory: OcppMemory) -> int:
    """In which place there is room for one profile only, 0 where there is more."""
    said = IN_ITS_PLACE if says_room(load, memory) is False else 0
    return memory.compliance.alone or said


def says_room(load: Load, memory: OcppMemory) -> bool | None:
    """Whether the charger says that it has room for two profiles; each connector needs two. None where it does not."""
    slots = memory.configuration.slots
    return None if slots is None else slots >= 2 * connector_of(load)


def unit_of_limits(load: Load, memory: OcppMemory, quirks: Quirks) -> str:
    """A or W: as CONFIG says, as its maker is known, as it answered, or as it turned out."""
    said = load.device["rate_unit"]
    if said != "auto":
        return str(said)
    return quirks.unit or memory.configuration.unit or ("W" if memory.compliance.units == 1 else "A")


def unit_is_open(load: Load, memory: OcppMemory, quirks: Quirks) -> bool:
    """Whether nobody has told the unit: then it can only be tried."""
    return load.device["rate_unit"] == "auto" and quirks.unit is None and not memory.configuration.unit


def phases_in_use(load: Load, memory: OcppMemory) -> int:
    """How many phases share a limit in watts."""
    return min(memory.phases.count or len(load.phases), len(load.phases))


def watched_phases(state: LoadState, memory: OcppMemory, now_s: float) -> PhasesUsed:
    """How many phases share a limit in watts.

    All of them, until a car on fewer goes on drawing more than it was told on one: then the charger counts those that
    are used. All again where it then offers nothing at all. What a sensor for all phases tells is no evidence, unless
    another beside it tells how many draw, or the house's meter has.
    """
    past, told = memory.phases, memory.commanded
    if state.status is Status.UNPLUGGED:
        return PhasesUsed()
    if past.count is not None and memory.compliance.starves:
        return PhasesUsed()
    drawn_a = [a for a in state.draw_a if a is not None]
    using = sum(a > USES_A for a in drawn_a)
    if past.drew_s is None and using:
        past = replace(past, drew_s=now_s)
    if state.single_a is not None and state.lines is None and past.metered == 1:
        drawn_a, using = [state.single_a], int(state.single_a > USES_A)
    elif state.single_a is not None and state.lines is None:
        return past
    if not using:
        return past
    if using != past.seen:
        return replace(past, seen=using, since_s=now_s)
    if told is None or now_s - max(past.since_s, told.first_s) < SETTLED_S:
        return past
    if now_s - state.draw_age_s < told.first_s + SETTLED_S / 2:
        return past  # measured before it could have followed
    if past.count is not None and using > past.count:
        return replace(past, count=using)
    too_much = told.form.unit == "W" and told.current_a > 0 and max(drawn_a) > told.current_a + TOO_MUCH_A
    return replace(past, count=using) if too_much and using < told.form.phases else past


def phases_are_open(load: Load, state: LoadState, memory: OcppMemory, form: ProfileForm, now_s: float) -> bool:
    """Whether a limit in watts may all go to one phase: of a car whose whole power alone is known, nobody says."""
    known = memory.phases
    if form.unit != "W" or len(load.phases) == 1 or not state.is_power or known.count is not None:
        return False
    if known.metered is None:
        return known.drew_s is None or now_s - known.drew_s < METERED_S
    # Of a car on one phase it shows next whether the charger counts that one only.
    return known.metered == 1 and (known.seen is None or now_s - known.since_s < SHOWN_S)
